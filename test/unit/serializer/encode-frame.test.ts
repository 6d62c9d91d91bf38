/** `encodeFrame`: what `WebSocket.send` takes, a string for JSON and bytes for the others. */
import { expect, test } from 'vitest'
import { createCodec, EncodeError, EventMessage, Publish } from '../../../src/index.ts'

const codec = createCodec()
const publish = new Publish({ request: 7, topic: 'com.myapp.hello', args: ['ä', 1], kwargs: { a: [null] } })

const TEXT = ['json', 'json.batched'] as const
const BINARY = [
  ...['msgpack', 'cbor', 'ubjson', 'flatbuffers'],
  ...['msgpack.batched', 'cbor.batched', 'ubjson.batched'],
] as const as readonly ('msgpack' | 'cbor')[]

/** One that was built, one that was received, and one that was derived from that. */
const messages = (id: 'cbor'): [string, Publish | EventMessage][] => {
  const serializer = codec.serializer(id)
  const received = serializer.decode(serializer.encode(publish)) as Publish
  const event = EventMessage.from(received, { subscription: 1, publication: 2 })
  return [
    ['built', publish],
    ['received', received],
    ['derived', event],
  ]
}

test.each(TEXT)('%s gives the text of the bytes that encode gives, each time', (id) => {
  const serializer = codec.serializer(id)
  for (const [name, message] of messages(id as 'cbor')) {
    const text = new TextDecoder().decode(serializer.encode(message))
    expect([serializer.encodeFrame(message), serializer.encodeFrame(message)], name).toEqual([text, text])
    expect(serializer.decode(serializer.encodeFrame(message)).equals(message), name).toBe(true)
  }
})

test.each(BINARY)('%s gives the bytes that encode gives', (id) => {
  const serializer = codec.serializer(id)
  for (const [name, message] of messages(id as 'cbor')) {
    const frame = serializer.encodeFrame(message)
    expect(frame, name).toBeInstanceOf(Uint8Array)
    expect(frame, name).toEqual(serializer.encode(message))
  }
})

test.each([...TEXT, ...BINARY])('%s refuses what encode refuses', (id) => {
  const cycle: unknown[] = []
  cycle.push(cycle)
  const message = new Publish({ request: 1, topic: 'a', args: cycle })
  expect(() => codec.serializer(id).encodeFrame(message)).toThrow(EncodeError)
  expect(() => codec.serializer(id).encodeFrame([36] as never)).toThrow(TypeError)
})

test('a frame counts once in the statistics, as text and as bytes', () => {
  const own = createCodec()
  const length = own.serializer('json').encodeFrame(publish).length
  own.serializer('cbor').encodeFrame(publish)
  const { messages, bytes } = own.stats().out
  const binary = own.serializer('cbor').encode(publish).length
  // One character of two bytes.
  expect([messages, bytes]).toEqual([2, length + 1 + binary])
})
