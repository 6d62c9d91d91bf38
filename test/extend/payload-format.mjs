/**
 * Run in a copy of the project with payload-format.patch: payloads in the new format, alone and inside of FlatBuffers.
 */
import assert from 'node:assert/strict'
import { createCodec, Publish } from '../../src/index.ts'
import { module } from './kernel.mjs'

const codec = createCodec({ module })
const payload = codec.payload('bencode')
const value = { list: [1, 'two', { three: 3 }], text: 'Grüße' }
const bytes = payload.encode(value)
assert.equal(Buffer.from(bytes).toString(), 'd4:listli1e3:twod5:threei3eee4:text7:Grüßee')
assert.deepEqual(payload.decode(bytes), value)
payload.validate(bytes)
assert.equal(payload.view(bytes).path('list', 2, 'three').toValue(), 3)
for (let length = 0; length < bytes.length; length++) {
  assert.throws(() => payload.validate(bytes.subarray(0, length)), { name: 'ProtocolError' })
  assert.throws(() => payload.decode(bytes.subarray(0, length)), { name: 'ProtocolError' })
}
assert.throws(() => payload.encode(1.5), { name: 'EncodeError', code: 'UNENCODABLE' })

const serializer = codec.serializer('flatbuffers', { payloadSerializer: 'bencode' })
const frame = serializer.encode(new Publish({ request: 1, topic: 'a.b', args: [value], kwargs: { k: 1 } }))
const read = serializer.decode(frame)
assert.deepEqual([read.args, read.kwargs], [[value], { k: 1 }])
// To another format and back, which the kernel leaves to the codec of values.
const cbor = codec.serializer('cbor')
const there = cbor.decode(cbor.encode(read))
assert.deepEqual(there.args, [value])
assert.deepEqual(serializer.decode(serializer.encode(there)).kwargs, { k: 1 })
console.log('payloads in bencode')
