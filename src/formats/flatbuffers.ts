/**
 * `wamp-codec/formats/flatbuffers`: whole messages in FlatBuffers. It brings the full kernel, and CBOR, in which args
 * and kwargs are unless the option `payloadSerializer` says otherwise.
 */

import { CBOR_FORMAT } from '../payload/formats-core.ts'
import { FLATBUFFERS_SPEC } from '../serializer/specs-full.ts'
import type { CodecFormat } from './format.ts'
import { FULL_KERNEL } from './full-kernel.ts'

/** FlatBuffers: the serializer `flatbuffers`, and payloads in CBOR. */
export const flatbuffers: CodecFormat<'flatbuffers', 'cbor'> = {
  name: 'flatbuffers',
  serializers: ['flatbuffers'],
  payloads: ['cbor'],
  formats: [CBOR_FORMAT],
  spec: FLATBUFFERS_SPEC,
  kernel: FULL_KERNEL,
}
