/**
 * Tests of src/serializer/flatbuffers/template.ts: what is written from a template is what the builder writes. Two loaded
 * packages write the same messages, one of them from the last to the first: whatever one builds, because it is the first
 * of its shape, the other writes from a template, unless it is the only one.
 */
import { beforeAll, expect, test, vi } from 'vitest'
import { createCodec, EventMessage, type Message, Publish, type Serializer } from '../../../../src/index.ts'
import { randomMessage } from '../../../support/flatbuffers-random.ts'
import { createRandom } from '../../../support/random.ts'
import { hex } from '../../../support/vectors.ts'
import { CLASSES } from '../../message/classes.ts'

const SEED = 20_261_129
/** Messages of each class. */
const MESSAGES = 120

const flat = createCodec({ cache: false }).serializer('flatbuffers')
let other: Serializer

beforeAll(async () => {
  vi.resetModules()
  const { createCodec: createOther } = await import('../../../../src/index.ts')
  other = createOther({ cache: false }).serializer('flatbuffers')
})

/** The message of a frame, with nothing of it left in the frame but its payload. */
function setFree(serializer: Serializer, frame: Uint8Array): Message {
  const message: Message = serializer.decode(frame)
  message.custom = null
  return message
}

test.each(CLASSES)('$name has the same bytes from a template and from the builder', ({ name }) => {
  const random = createRandom(SEED)
  const messages = Array.from({ length: MESSAGES }, () =>
    randomMessage(name, random, random.pick([0, 0.1, 0.3]), random.int(0, 3) === 0),
  )
  const frames = messages.map((message) => flat.encode(message))
  for (const frame of frames.toReversed()) {
    const copy = new Uint8Array(frame)
    expect(hex(other.encode(setFree(other, copy)))).toBe(hex(frame))
  }
})

test('a text beyond ASCII is written in full, before and after one of as many letters that is ASCII', () => {
  const topics = ['com.example.größe', 'com.example.grosz', 'com.example.größe', 'com.example.grosz']
  for (const topic of topics) {
    const frame = flat.encode(new Publish({ request: 1, topic, transaction_hash: 'abc' }))
    expect((flat.decode(frame) as Publish).topic).toBe(topic)
  }
})

test('the longer one of args and kwargs is left out of a frame in parts, and comes from the frame of the list', () => {
  const cbor = createCodec({ cache: false }).serializer('cbor')
  const long = 'x'.repeat(1000)
  for (const payload of [
    { args: [long], kwargs: { a: 1 } },
    { args: [1], kwargs: { a: long } },
  ]) {
    const frame = cbor.encode(new Publish({ request: 1, topic: 'com.example', ...payload }))
    const message = cbor.decode(frame) as Publish
    const event = EventMessage.from(message, { subscription: 1, publication: 2 })
    const parts = flat.encodeParts(event)
    expect(parts[0]?.buffer).not.toBe(frame.buffer)
    expect(parts[1]?.buffer).toBe(frame.buffer)
    expect(parts[1]?.length).toBeGreaterThan(1000)
    expect(hex(new Uint8Array(Buffer.concat(parts)))).toBe(hex(flat.encode(event)))
    // And from FlatBuffers into a list.
    const received = flat.decode(new Uint8Array(flat.encode(event))) as EventMessage
    expect(hex(cbor.encode(received))).toBe(hex(cbor.encode(event)))
  }
})
