/** Payloads on their way to other formats: transcoded once for all messages that share them. */
import { describe, expect, test } from 'vitest'
import { FORMATS } from '../../src/formats/full.ts'
import { createCodec, EventMessage, Publish } from '../../src/index.ts'
import { bytesIn } from '../../src/payload/transcode.ts'

const IDS = ['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers'] as const
const args = [1, 'two', [3.5, null], new Uint8Array([4, 5])]
const kwargs = { a: { b: [true] }, 'long key': 'x'.repeat(300) }
const publish = new Publish({ request: 1, topic: 'com.example.topic', args, kwargs })

describe.each(['eager', 'deferred'] as const)('%s', (payloadValidation) => {
  test.each(IDS.flatMap((from) => IDS.map((to) => [from, to] as const)))(
    '%s to %s keeps the payload',
    (from, to) => {
      const codec = createCodec({ payloadValidation })
      const frame = codec.serializer(from).encode(publish)
      const event = EventMessage.from(codec.serializer(from).decode(frame) as Publish, {
        subscription: 5,
        publication: 6,
      })
      const back = codec.serializer(to).decode(codec.serializer(to).encode(event)) as EventMessage
      expect(back.args).toEqual(args)
      expect(back.kwargs).toEqual(kwargs)
    },
  )
})

test('a thousand receivers in four formats cost three transcodes', () => {
  const codec = createCodec({ payloadValidation: 'deferred' })
  const received = codec.serializer('cbor').decode(codec.serializer('cbor').encode(publish)) as Publish
  const before = codec.stats().transcoded
  for (let i = 0; i < 1000; i++) {
    const event = EventMessage.from(received, { subscription: i + 1, publication: 9 })
    codec.serializer(IDS[i % 4] as (typeof IDS)[number]).encode(event)
  }
  expect(codec.stats().transcoded - before).toBe(3)
})

test('other frames in between change nothing', () => {
  const codec = createCodec()
  const cbor = codec.serializer('cbor')
  const received = cbor.decode(cbor.encode(publish)) as Publish
  cbor.decode(cbor.encode(new Publish({ request: 2, topic: 'com.example.other', args: ['else'] })))
  const { bytes, argsEnd } = bytesIn(received._payload, FORMATS.msgpack)
  expect(codec.serializer('msgpack').decode(codec.serializer('msgpack').encode(received)).marshal()).toEqual(
    received.marshal(),
  )
  expect(bytes[0]).toBe(0x94)
  expect(bytes[argsEnd]).toBe(0x82)
})

test('the same object each time, until uncache; never with cache: false', () => {
  const codec = createCodec()
  const received = codec.serializer('json').decode(codec.serializer('json').encode(publish))
  const made = bytesIn(received._payload, FORMATS.cbor)
  expect(bytesIn(received._payload, FORMATS.cbor)).toBe(made)
  received.uncache()
  expect(bytesIn(received._payload, FORMATS.cbor)).not.toBe(made)
  const forgetful = createCodec({ cache: false })
  const other = forgetful.serializer('json').decode(forgetful.serializer('json').encode(publish))
  expect(bytesIn(other._payload, FORMATS.cbor)).not.toBe(bytesIn(other._payload, FORMATS.cbor))
})

test('what the target cannot carry is an error with its path', () => {
  const codec = createCodec()
  const nan = codec
    .serializer('cbor')
    .encode(new Publish({ request: 1, topic: 'com.x', args: [1, Number.NaN] }))
  const received = codec.serializer('cbor').decode(nan)
  expect(() => codec.serializer('json').encode(received)).toThrow(
    expect.objectContaining({ code: 'UNENCODABLE', path: 'args[1]' }),
  )
})

test.each([
  [[16, 1, {}, 'com.x', [], {}], 4],
  [[16, 1, {}, 'com.x', [], { a: 1 }], 6],
  [[16, 1, {}, 'com.x', null, { a: 1 }], 6],
  [[16, 1, {}, 'com.x', [1], {}], 5],
])('%j has %i elements in another format', (list, elements) => {
  const codec = createCodec()
  const received = codec.serializer('json').decode(Buffer.from(JSON.stringify(list)))
  const frame = codec.serializer('cbor').encode(received)
  expect((frame[0] as number) & 15).toBe(elements)
})
