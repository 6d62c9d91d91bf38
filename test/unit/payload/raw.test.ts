/** Raw payloads that were stored and restored (src/payload/raw.ts): what came goes on as it came. */
import { describe, expect, test } from 'vitest'
import {
  createCodec,
  EventMessage,
  Float64,
  Publish,
  type RawPayload,
  type SerializerId,
} from '../../../src/index.ts'
import { hex, unhex, utf8 } from './formats.ts'

const codec = createCodec({ cache: false })
const publish = { request: 1, topic: 'a.b' }
const SERIALIZERS: readonly SerializerId[] = ['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers']

type Values = Pick<Publish, 'args' | 'kwargs'>
const VALUES: readonly (readonly [what: string, values: Values])[] = [
  ['floats that are integral', { args: [new Float64(5), -0], kwargs: { a: new Float64(1) } }],
  ['args alone', { args: ['é', [null, true]], kwargs: null }],
  ['kwargs alone', { args: null, kwargs: { b: 2, a: 1 } }],
  ['a big integer', { args: [2n ** 60n], kwargs: null }],
]

/** The frame of a message with the payload that a database gave back. */
function restored(raw: RawPayload | null, to: SerializerId): string {
  const rawPayload = structuredClone(raw) as RawPayload
  return hex(codec.serializer(to).encode(new Publish({ ...publish, rawPayload })))
}

describe.each(SERIALIZERS)('%s', (id) => {
  test.each(VALUES)('%s are sent as they came, in every serializer', (_, values) => {
    const serializer = codec.serializer(id)
    const message = serializer.decode(serializer.encode(new Publish({ ...publish, ...values }))) as Publish
    for (const to of SERIALIZERS) {
      expect(restored(message.rawPayload, to), to).toBe(hex(codec.serializer(to).encode(message)))
    }
    const again = new Publish({ ...publish, rawPayload: structuredClone(message.rawPayload) })
    expect([again.args, again.kwargs]).toEqual([message.args, message.kwargs])
    expect(again.rawPayload).toEqual(message.rawPayload)
    expect(again.payloadView.toValue()).toEqual(message.payloadView.toValue())
    expect(again.equals(message)).toBe(true)
    expect(codec.fromTransferable(again.toTransferable()).equals(message)).toBe(true)
    const event = EventMessage.from(again, { subscription: 2, publication: 3 })
    const expected = EventMessage.from(message, { subscription: 2, publication: 3 })
    expect(hex(serializer.encode(event))).toBe(hex(serializer.encode(expected)))
  })
})

test('tags and keys that are numbers go on, in FlexBuffers too', () => {
  const cbor = codec.serializer('cbor')
  for (const bytes of ['82fb4014000000000000c11a00000001', '81a10102']) {
    const raw: RawPayload = { format: 'cbor', mode: 'args', bytes: [unhex(bytes)] }
    const message = cbor.decode(cbor.encode(new Publish({ ...publish, rawPayload: raw }))) as Publish
    expect(hex(message.rawPayload?.bytes[0] as Uint8Array)).toBe(bytes)
  }
  const flat = codec.serializer('flatbuffers', { payloadSerializer: 'flexbuffers' })
  const message = flat.decode(
    flat.encode(new Publish({ ...publish, args: [new Float64(5), 'a'] })),
  ) as Publish
  const raw = structuredClone(message.rawPayload) as RawPayload
  const again = flat.decode(flat.encode(new Publish({ ...publish, rawPayload: raw }))) as Publish
  expect(again.rawPayload).toEqual(message.rawPayload)
})

test('the bytes are copied: changing them later changes nothing', () => {
  const raw: RawPayload = { format: 'json', mode: 'args', bytes: [utf8('[1]'), utf8('{"a":2}')] }
  const message = new Publish({ ...publish, rawPayload: raw })
  for (const part of raw.bytes) part.fill(0x20)
  expect(codec.serializer('json').encodeText(message)).toBe('[16,1,{},"a.b",[1],{"a":2}]')
})

test.each([
  ['args', ['{}']],
  ['args', ['"a"']],
  ['kwargs', ['[]', '[]']],
  ['kwargs', ['[1]', '"a"']],
] as const)('%s of another kind are refused', (what, texts) => {
  const raw: RawPayload = { format: 'json', mode: 'args', bytes: texts.map(utf8) }
  expect(() => new Publish({ ...publish, rawPayload: raw })).toThrow(`rawPayload: ${what}`)
})

test('kwargs with keys that are no texts are refused, as in a frame', () => {
  const raw: RawPayload = { format: 'cbor', mode: 'args', bytes: [unhex('80'), unhex('a10102')] }
  expect(() => new Publish({ ...publish, rawPayload: raw })).toThrow('texts as keys')
})

test('null and no bytes are no args and no kwargs', () => {
  for (const texts of [['null', 'null'], ['', ''], []]) {
    const message = new Publish({
      ...publish,
      rawPayload: { format: 'json', mode: 'args', bytes: texts.map(utf8) },
    })
    expect([message.args, message.kwargs, message.rawPayload]).toEqual([null, null, null])
    expect(codec.serializer('json').encodeText(message)).toBe('[16,1,{},"a.b"]')
  }
})
