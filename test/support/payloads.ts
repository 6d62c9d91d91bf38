/** Publications with every kind of payload, received in every serializer: what routers pass on. */
import type { Codec, Publish, Serializer, SerializerId, SerializerOptions } from '../../src/index.ts'
import { Publish as PublishMessage } from '../../src/index.ts'

/** A serializer with its options, and a name for tests. */
export interface Wiring {
  readonly name: string
  readonly id: SerializerId
  readonly options: SerializerOptions
}

/** Every serializer, dialect and batch; FlatBuffers with several formats inside and both profiles. */
export const WIRINGS: readonly Wiring[] = [
  ...(['json', 'msgpack', 'cbor', 'ubjson'] as const).flatMap((id): Wiring[] => [
    { name: id, id, options: {} },
    { name: `${id}.batched`, id: `${id}.batched`, options: {} },
  ]),
  { name: 'json.batched 0x18', id: 'json.batched', options: { batchSeparator: 0x18 } },
  { name: 'ubjson draft12', id: 'ubjson', options: { ubjsonDialect: 'draft12' } },
  { name: 'ubjson.batched draft12', id: 'ubjson.batched', options: { ubjsonDialect: 'draft12' } },
  { name: 'flatbuffers', id: 'flatbuffers', options: {} },
  { name: 'flatbuffers autobahn', id: 'flatbuffers', options: { profile: 'autobahn' } },
  { name: 'flatbuffers json', id: 'flatbuffers', options: { payloadSerializer: 'json' } },
  { name: 'flatbuffers msgpack', id: 'flatbuffers', options: { payloadSerializer: 'msgpack' } },
]

export function serializerFor(codec: Codec, { id, options }: Wiring): Serializer {
  return codec.serializer(id, options)
}

const RECORD = { id: 7, name: 'sensor', ok: true, value: 1.5, tags: ['a', 'ü'], pos: { lat: 1, lon: -2 } }

const ENC = { enc_algo: 'cryptobox', enc_key: 'k', enc_serializer: 'cbor' }

/** Attributes of publications, by what is special about their payload. */
export const PAYLOADS: Readonly<Record<string, object>> = {
  none: {},
  args: { args: [1, 'two', RECORD] },
  'args and kwargs': { args: [RECORD], kwargs: { a: 1, b: [RECORD] } },
  'kwargs alone': { kwargs: { a: [null, 2 ** 40] } },
  'kwargs larger than args': { args: [1], kwargs: { text: 'x'.repeat(500) } },
  'args larger than kwargs': { args: ['x'.repeat(500)], kwargs: { a: 1 } },
  'empty args': { args: [] },
  'empty kwargs': { args: [1], kwargs: {} },
  enc: { payload: Uint8Array.from({ length: 100 }, (_, i) => i), ...ENC },
  'empty enc': { payload: new Uint8Array(0), ...ENC },
  ppt: { payload: Uint8Array.of(1, 2, 3), ppt_scheme: 'x_custom', ppt_serializer: 'cbor' },
  'options too': {
    args: [RECORD],
    transaction_hash: 'h',
    forward_for: [{ session: 1, authid: 'a', authrole: 'r' }],
    custom: { x_trace: [1, { a: 2.5 }] },
  },
  large: { args: Array.from({ length: 60 }, () => RECORD) },
}

/** A publication as an application makes it. */
export function built(attributes: object): Publish {
  return new PublishMessage({ request: 2 ** 40, topic: 'com.example.topic', ...attributes })
}

/** The same as it comes from a peer, in a buffer of its own. */
export function received(serializer: Serializer, attributes: object): Publish {
  return serializer.decode(serializer.encode(built(attributes)).slice()) as Publish
}

/** Compares bytes; `expect(...).toEqual` takes them one by one. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}
