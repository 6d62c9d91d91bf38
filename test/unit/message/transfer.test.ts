/** Tests of src/message/transfer.ts: how deep the values of a message may be that gets a frame of its own. */
import { expect, test } from 'vitest'
import { createCodec, Publish } from '../../../src/index.ts'

const codec = createCodec({ maxDepth: 1000 })

const nested = (levels: number): unknown[] => {
  let list: unknown[] = []
  for (let level = 1; level < levels; level++) list = [list]
  return list
}
const publish = (args: unknown[]): Publish => new Publish({ request: 1, topic: 'a.b', args })

test('a built message travels with as many levels as may be encoded, and no more', () => {
  const message = publish(nested(1000))
  const cbor = codec.serializer('cbor')
  const arrived = codec.fromTransferable(message.toTransferable())
  expect(cbor.encode(arrived)).toEqual(cbor.encode(message))
  const deeper = expect.objectContaining({
    code: 'DEPTH_LIMIT',
    path: expect.stringMatching(/^args\[0\]/),
    message: expect.stringMatching(/deeper than 1000$/),
  })
  expect(() => publish(nested(1001)).toTransferable()).toThrow(deeper)
  expect(() => cbor.encode(publish(nested(1001)))).toThrow(deeper)
})
