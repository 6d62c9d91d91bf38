/** The names of payload formats. */

/**
 * The formats of payload values. `ubjson` is its dialect BJData (docs/serializers.md); `ubjson-draft12` the older one.
 * `flexbuffers` is for payloads only: it has no serializer.
 */
export type PayloadFormatName = 'json' | 'msgpack' | 'cbor' | 'ubjson' | 'ubjson-draft12' | 'flexbuffers'

/** A format in which whole messages are lists. @internal */
export type ListFormatName = Exclude<PayloadFormatName, 'flexbuffers'>

/** The payload formats that `wamp-codec/core` has. */
export type CorePayloadFormatName = 'json' | 'msgpack' | 'cbor'

/** How errors spell them. @internal */
export const FORMAT_NAMES: Readonly<Record<PayloadFormatName, string>> = {
  json: 'JSON',
  msgpack: 'MsgPack',
  cbor: 'CBOR',
  ubjson: 'BJData',
  'ubjson-draft12': 'UBJSON',
  flexbuffers: 'FlexBuffers',
}
