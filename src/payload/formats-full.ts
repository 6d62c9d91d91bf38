/** The formats that need the full kernel: both dialects of UBJSON, and FlexBuffers. */
import { FORMAT_FLEXBUFFERS, FORMAT_UBJSON, FORMAT_UBJSON_DRAFT12 } from '../kernel/abi.ts'
import { isEmptyFlexbuffers } from './empty.ts'
import { DirectFlexbuffers } from './flexbuffers/direct.ts'
import { decodeFlexbuffers } from './flexbuffers/read.ts'
import { viewFlexbuffers } from './flexbuffers/view.ts'
import { encodeFlexbuffers } from './flexbuffers/write.ts'
import type { ValueFormat } from './format.ts'
import { DirectUbjson } from './ubjson/direct.ts'
import { BJDATA, DRAFT_12 } from './ubjson/head.ts'
import { decodeUbjson, decodeUbjsonDraft12, isEmptyUbjson } from './ubjson/read.ts'
import { encodeUbjson, encodeUbjsonDraft12 } from './ubjson/write.ts'

export const UBJSON_FORMAT: ValueFormat = {
  id: FORMAT_UBJSON,
  name: 'ubjson',
  decode: decodeUbjson,
  direct: (kernel) => new DirectUbjson(kernel, BJDATA),
  encode: encodeUbjson,
  isEmpty: (bytes, start, end) => isEmptyUbjson('ubjson', BJDATA, bytes, start, end),
}
export const UBJSON_DRAFT12_FORMAT: ValueFormat = {
  id: FORMAT_UBJSON_DRAFT12,
  name: 'ubjson-draft12',
  decode: decodeUbjsonDraft12,
  direct: (kernel) => new DirectUbjson(kernel, DRAFT_12),
  encode: encodeUbjsonDraft12,
  isEmpty: (bytes, start, end) => isEmptyUbjson('ubjson-draft12', DRAFT_12, bytes, start, end),
}

/** For payloads only: opaque ones, and args and kwargs inside of FlatBuffers. */
export const FLEXBUFFERS_FORMAT: ValueFormat = {
  id: FORMAT_FLEXBUFFERS,
  name: 'flexbuffers',
  decode: decodeFlexbuffers,
  direct: (kernel) => new DirectFlexbuffers(kernel),
  encode: encodeFlexbuffers,
  isEmpty: isEmptyFlexbuffers,
  view: viewFlexbuffers,
}
