/**
 * `wamp-codec/formats/ubjson`: UBJSON in both dialects, as a serializer and for payloads. It brings the full kernel.
 */

import { UBJSON_DRAFT12_FORMAT, UBJSON_FORMAT } from '../payload/formats-full.ts'
import { UBJSON_SPEC } from '../serializer/specs-full.ts'
import type { CodecFormat } from './format.ts'
import { FULL_KERNEL } from './full-kernel.ts'

/** UBJSON: the serializers `ubjson` and `ubjson.batched`, and payloads in both dialects. */
export const ubjson: CodecFormat<'ubjson' | 'ubjson.batched', 'ubjson' | 'ubjson-draft12'> = {
  name: 'ubjson',
  serializers: ['ubjson', 'ubjson.batched'],
  payloads: ['ubjson', 'ubjson-draft12'],
  formats: [UBJSON_FORMAT, UBJSON_DRAFT12_FORMAT],
  spec: UBJSON_SPEC,
  kernel: FULL_KERNEL,
}
