/**
 * `wamp-codec/formats/flatbuffers`: whole messages in FlatBuffers. It brings the full kernel, and CBOR, in which args
 * and kwargs are unless the option `payloadSerializer` says otherwise.
 */
import { FULL_KERNEL } from '../kernel/full.ts'
import { CBOR_FORMAT } from '../payload/format.ts'
import { FLATBUFFERS_WIRE } from '../serializer/wires-full.ts'
import type { CodecFormat } from './format.ts'

/** FlatBuffers: the serializer `flatbuffers`, and payloads in CBOR. */
export const flatbuffers: CodecFormat<'flatbuffers', 'cbor'> = {
  name: 'flatbuffers',
  serializers: ['flatbuffers'],
  payloads: ['cbor'],
  formats: [CBOR_FORMAT],
  wire: FLATBUFFERS_WIRE,
  kernel: FULL_KERNEL,
}
