/** `wamp-codec/formats/flexbuffers`: FlexBuffers, for payloads only. It brings the full kernel. */

import { FLEXBUFFERS_FORMAT } from '../payload/formats-full.ts'
import type { CodecFormat } from './format.ts'
import { FULL_KERNEL } from './full-kernel.ts'

/** FlexBuffers: opaque payloads, and args and kwargs inside of FlatBuffers. */
export const flexbuffers: CodecFormat<never, 'flexbuffers'> = {
  name: 'flexbuffers',
  serializers: [],
  payloads: ['flexbuffers'],
  formats: [FLEXBUFFERS_FORMAT],
  spec: null,
  kernel: FULL_KERNEL,
}
