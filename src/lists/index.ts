/** `wamp-codec/lists`: lists in, frames out, without kernel and WebAssembly. */
export { EncodeError, type ErrorCode, isWampCodecError, ProtocolError, WampCodecError } from '../errors.ts'
export { Float64, Tagged } from '../payload/values.ts'
export { type CreateListsOptions, cborLists, createLists, jsonLists, msgpackLists } from './create.ts'
export type { ListCodec, ListOptions } from './list-codec.ts'
