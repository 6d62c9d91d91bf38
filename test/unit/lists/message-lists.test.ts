/** Tests of src/lists/message-lists.ts: which lists are read directly. The values are the same when they are not. */
import { afterEach, expect, test, vi } from 'vitest'
import { createCodec } from '../../../src/index.ts'
import { DirectReader } from '../../../src/payload/direct-reader.ts'

afterEach(() => vi.restoreAllMocks())

test('lists of UBJSON that the kernel has checked', () => {
  const lists = createCodec().lists('ubjson')
  const list = [36, 1, 2, {}, [1, 'two'], { a: [3.5] }]
  const frame = lists.encode(list)
  const read = vi.spyOn(DirectReader.prototype, 'read')
  expect(lists.decode(frame)).toEqual(list)
  expect(read).toHaveBeenCalledTimes(1)
})
