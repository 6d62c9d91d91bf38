/** `wamp-codec/tools/payloads`: `codec.payload` and `codec.decodePayload`, codecs of single values. */
import { BYTES_CODEC, FormatCodec } from '../payload/codec.ts'
import type { Tool } from './tool.ts'

/** For `codec.payload` and `codec.decodePayload`. */
export const payloads: Tool<'payloads'> = { name: 'payloads', parts: { FormatCodec, bytes: BYTES_CODEC } }
