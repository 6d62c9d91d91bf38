/** `wamp-codec/tools/payloads`: `codec.payload` and `codec.decodePayload`, codecs of single values. */
import { bytesCodec, FormatCodec } from '../payload/codec.ts'
import type { Tool } from './tool.ts'

/** For `codec.payload` and `codec.decodePayload`. */
export const payloads: Tool<'payloads'> = { name: 'payloads', parts: { FormatCodec, bytesCodec } }
