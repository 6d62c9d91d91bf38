/** The formats of the full kernel. */
import type { ValueFormat } from '../payload/format.ts'
import type { PayloadFormatName } from '../payload/format-names.ts'
import { CORE_FORMATS } from './core.ts'
import { flatbuffers } from './flatbuffers.ts'
import { flexbuffers } from './flexbuffers.ts'
import type { CodecFormat } from './format.ts'
import { ubjson } from './ubjson.ts'

export const FULL_FORMATS: readonly CodecFormat[] = [...CORE_FORMATS, ubjson, flatbuffers, flexbuffers]

/** The formats of payloads by their names. */
export const FORMATS: Readonly<Record<PayloadFormatName, ValueFormat>> = byName()

function byName(): Record<PayloadFormatName, ValueFormat> {
  const formats = FULL_FORMATS.flatMap(({ formats }) => formats)
  return Object.fromEntries(formats.map((format) => [format.name, format])) as Record<
    PayloadFormatName,
    ValueFormat
  >
}
