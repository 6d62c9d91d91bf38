/** The formats of the full kernel. */
import { CORE_FORMATS } from './core.ts'
import { flatbuffers } from './flatbuffers.ts'
import { flexbuffers } from './flexbuffers.ts'
import type { CodecFormat } from './format.ts'
import { ubjson } from './ubjson.ts'

export const FULL_FORMATS: readonly CodecFormat[] = [...CORE_FORMATS, ubjson, flatbuffers, flexbuffers]
