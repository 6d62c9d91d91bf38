/** `wamp-codec/core`: json, msgpack and cbor. */
export * from './api.ts'
export * as message from './message/index.ts'
export type { CorePayloadFormatName as CorePayloadFormat } from './payload/format-names.ts'
export type { CoreSerializerId } from './serializer/ids.ts'
export { type CoreCodec, createCodec, loadCodec } from './variants/core.ts'
