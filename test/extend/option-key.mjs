/** Run in a copy of the project with option-key.patch: the new key goes there and back. */
import assert from 'node:assert/strict'
import { createCodec, EventMessage, Publish } from '../../src/index.ts'
import { module } from './kernel.mjs'

const codec = createCodec({ module })
for (const format of ['json', 'msgpack', 'cbor', 'ubjson']) {
  const serializer = codec.serializer(format)
  const frame = serializer.encode(new Publish({ request: 1, topic: 'a.b', priority: 3, args: [1] }))
  const read = serializer.decode(frame)
  assert.deepEqual([read.priority, read.custom, read.args], [3, null, [1]])
  // Only what `from` of the table names goes along.
  assert.equal('priority' in EventMessage.from(read, { subscription: 1, publication: 2 }), false)
}
assert.throws(() => new Publish({ request: 1, topic: 'a.b', priority: -1 }), {
  name: 'TypeError',
  message: 'PUBLISH: expected an integer from 0 for priority, got -1',
})
const { path, kind } = codec.lossReport(
  new Publish({ request: 1, topic: 'a.b', priority: 3 }),
  codec.serializer('flatbuffers'),
)[0]
console.log(`PUBLISH has priority; FlatBuffers: ${path} ${kind ?? ''}`.trim())
