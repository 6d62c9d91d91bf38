/** Tests of src/message/receive.ts: which calls of the kernel a message takes whose values are read at decode. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createCodec } from '../../../src/index.ts'
import { Kernel } from '../../../src/kernel/kernel.ts'
import type { WithAppPayload } from '../../../src/message/with-app-payload.ts'
import { make } from './classes.ts'

const codec = createCodec({ payloadValues: 'at-decode' })

const args = [1, 'two', [3.5, null], { a: 'a text that is longer than those of one byte', b: [1, 2, 3] }]
const kwargs = { a: { b: { c: 'é' } }, d: 4, e: 'x'.repeat(300) }

/** Positions of lists differ: one to four of them stand before args. */
const NAMES = ['Publish', 'Event', 'Call', 'Result', 'Yield', 'Invocation', 'Error']

afterEach(() => vi.restoreAllMocks())

describe.each(['cbor', 'msgpack', 'json'] as const)('%s', (format) => {
  test.each(NAMES)('args and kwargs of a %s are read in the pass that checks them', (name) => {
    const serializer = codec.serializer(format)
    for (const attributes of [{ args, kwargs }, { args }, { args: [], kwargs }]) {
      const frame = serializer.encode(make(name, attributes))
      const scan = vi.spyOn(Kernel.prototype, 'scan')
      const message = serializer.decode(frame) as unknown as WithAppPayload
      expect(scan).toHaveBeenCalledTimes(1)
      expect(message.args).toEqual(attributes.args)
      expect(message.kwargs).toEqual('kwargs' in attributes ? attributes.kwargs : null)
      expect(scan).toHaveBeenCalledTimes(1)
      vi.restoreAllMocks()
    }
  })

  test('what needs the fallback is checked by the kernel, and is the same', () => {
    const serializer = codec.serializer(format)
    const deep = JSON.parse('['.repeat(120) + ']'.repeat(120)) as unknown[]
    const frame = serializer.encode(make('Publish', { args: deep, kwargs }))
    const message = serializer.decode(frame) as unknown as WithAppPayload
    expect([message.args, message.kwargs]).toEqual([deep, kwargs])
  })
})
