/** Payloads: views, values of one format, opaque bytes, and what applications keep. */
import {
  createCodec,
  EventMessage,
  Float64,
  hasAppPayload,
  type PayloadFormat,
  type PayloadView,
  Publish,
  type RawPayload,
  Tagged,
} from 'wamp-codec'

const reverse = {
  decode: (bytes: Uint8Array): unknown => String.fromCharCode(...bytes),
  encode: (value: unknown): Uint8Array => Uint8Array.from(String(value), (char) => char.charCodeAt(0)),
}
const codec = createCodec({ payloadSerializers: { x_text: reverse }, binary: 'view', tags: 'tagged' })

export function prices(frame: Uint8Array): unknown[] {
  const message = codec.serializer('msgpack').decode(frame)
  const values: unknown[] = []
  if (!hasAppPayload(message)) return values
  const items: PayloadView | undefined = message.payloadView.path('kwargs', 'order', 'items')
  for (const item of items ?? []) values.push(item.get('price')?.toValue())
  for (const name of message.payloadView.keys()) values.push(name.length)
  return values
}

export function converted(value: unknown): unknown {
  const bytes: Uint8Array<ArrayBuffer> = codec.payload('cbor').encode(value)
  codec.payload('cbor').validate(bytes)
  const text: Uint8Array<ArrayBuffer> = codec.transcode(bytes, { from: 'cbor', to: 'json', onLoss: 'throw' })
  return [
    codec.payload('cbor').decode(bytes),
    codec.payload('json').decode(text),
    codec.payload('x_text').decode(text),
  ]
}

const FORMATS: readonly PayloadFormat[] = [
  'json',
  'msgpack',
  'cbor',
  'ubjson',
  'ubjson-draft12',
  'flexbuffers',
]
export const sizes: number[] = FORMATS.map((format) => codec.payload(format).encode([new Float64(1)]).length)
export const tag: number | bigint = new Tagged(32, 'https://example.com').tag

/** Bytes of whatever memory are taken; those that are handed out can be encrypted and sent. */
export function opaque(bytes: Uint8Array, own: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const message = new Publish({ request: 1, topic: 'a.b', payload: bytes, enc_algo: 'cryptobox' })
  message.payload = own
  message.payload = bytes
  const ppt: Publish = message.toPpt()
  const plain: unknown = codec.decodePayload(ppt, bytes)
  return plain === null ? null : ppt.payload
}

export function replayed(history: RawPayload): EventMessage {
  return new EventMessage({ subscription: 1, publication: 2, rawPayload: history, retained: true })
}
