/** What every entry exports, whichever formats and tools it has. */
export type { Codec, CodecOptions, LoadOptions, StatsOptions } from './codec.ts'
export {
  EncodeError,
  ERROR_CODES,
  type ErrorCode,
  type ErrorDetails,
  InvalidUriError,
  isWampCodecError,
  PayloadRuleError,
  ProtocolError,
  WampCodecError,
} from './errors.ts'
export type { ResponseLike, UrlLike, WasmSource } from './kernel/load.ts'
export type { WasmModule } from './kernel/wasm-module.ts'
export type { PolicyOptions } from './limits.ts'
export type { ListCodec, ListOptions } from './lists/list-codec.ts'
export type { AnyMessage } from './message/classes.ts'
export * from './message/exports.ts'
export type { Attributes } from './message/given.ts'
export type { Parsed, Transferred } from './message/message.ts'
export { MessageType } from './message/types.ts'
export { isUri, type RealmKind, realmKind, type UriPattern, type UriRules } from './message/uri.ts'
export type { ClientRoles, Hop, Role, RouterRoles } from './message/values.ts'
export {
  hasAppPayload,
  initAppPayload,
  type PayloadAttributes,
  type WithAppPayload,
  withAppPayload,
} from './message/with-app-payload.ts'
export {
  hasForwardFor,
  initForwardFor,
  type WithForwardFor,
  withForwardFor,
} from './message/with-forward-for.ts'
export { PAYLOAD_SERIALIZERS, type PayloadCodec, type PayloadSerializer } from './payload/codec.ts'
export type { PayloadFormatName as PayloadFormat } from './payload/format-names.ts'
export type { RawPayload } from './payload/raw-payload.ts'
export type { Loss } from './payload/value-losses.ts'
export { Float64, Tagged, type TaggedKind } from './payload/values.ts'
export type { PayloadView, ViewKind } from './payload/view.ts'
export type { FieldSpan } from './serializer/dissect.ts'
export type { Frame } from './serializer/frame.ts'
export {
  HEAD_ARGS_END,
  HEAD_ARGS_START,
  HEAD_FIRST_ID,
  HEAD_FLAGS,
  HEAD_HAS_CUSTOM,
  HEAD_HAS_MORE,
  HEAD_HAS_OPTIONS,
  HEAD_KWARGS_END,
  HEAD_KWARGS_START,
  HEAD_PAYLOAD,
  HEAD_PAYLOAD_ARGS,
  HEAD_PAYLOAD_ENC,
  HEAD_PAYLOAD_NONE,
  HEAD_PAYLOAD_PPT,
  HEAD_PAYLOAD_UNCHECKED,
  HEAD_RECORD_WORDS,
  HEAD_REQUEST_TYPE,
  HEAD_SECOND_ID,
  HEAD_TYPE,
  HEAD_URI_CLASS,
  HEAD_URI_END,
  HEAD_URI_LOOSE,
  HEAD_URI_REF,
  HEAD_URI_START,
  HEAD_URI_STRICT,
  type HeadRecord,
  headId,
} from './serializer/head-record.ts'
export type { SerializerId } from './serializer/ids.ts'
export type { SerializerOptions } from './serializer/options.ts'
export type { JsonSerializer, Serializer, SerializerOf } from './serializer/serializer.ts'
export type { CodecStats, StatsAutoReset, Traffic } from './stats.ts'
export type { TranscodeMessageOptions, TranscodeOptions } from './tools/transcode-calls.ts'
export { type Negotiated, type NegotiateOptions, negotiate } from './transport/negotiate.ts'
