/** The formats of the core kernel. */
import { cbor } from './cbor.ts'
import type { CodecFormat } from './format.ts'
import { json } from './json.ts'
import { msgpack } from './msgpack.ts'

export const CORE_FORMATS: readonly CodecFormat[] = [json, msgpack, cbor]
