/** Run in a copy of the project with message.patch: the new messages go there and back, also in FlatBuffers. */
import assert from 'node:assert/strict'
import { createCodec, Message, MessageType, message, Ping, Probe } from '../../src/index.ts'
import { module } from './kernel.mjs'

const codec = createCodec({ module })
const ping = new Ping({ serial: 2 ** 40, timeout: 5 })
for (const format of ['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers']) {
  const serializer = codec.serializer(format)
  const read = serializer.decode(serializer.encode(ping))
  assert.ok(read instanceof Ping, format)
  assert.equal(read.type, MessageType.PING)
  assert.deepEqual(read.marshal(), [7, 2 ** 40, { timeout: 5 }], format)
  assert.deepEqual(Ping.from(read, { serial: 2 }).marshal(), [7, 2, { timeout: 5 }], format)
  assert.deepEqual(serializer.decode(serializer.encode(new Probe({ class: 'a.b' }))).marshal(), [9, 'a.b'])
  if (format === 'flatbuffers') continue
  for (const check of ['message', 'list']) {
    const lists = codec.lists(format, { check })
    assert.deepEqual(lists.decode(serializer.encode(ping)), [7, 2 ** 40, { timeout: 5 }])
    assert.throws(() => lists.encode([7, -1, {}]), { code: 'BAD_MESSAGE' })
    assert.deepEqual(lists.decode(lists.encode([9, 'a.b'])), [9, 'a.b'])
  }
}
assert.ok(Message.parse([7, 1, {}]).equals(new message.Ping({ serial: 1 })))
console.log('PING is message 7')
