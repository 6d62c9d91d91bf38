/** `wamp-codec/formats/cbor`: CBOR, as a serializer and for payloads. */
import { CBOR_FORMAT } from '../payload/formats-core.ts'
import { CBOR_SPEC } from '../serializer/specs-core.ts'
import type { CodecFormat } from './format.ts'

/** CBOR: the serializers `cbor` and `cbor.batched`, and payloads. */
export const cbor: CodecFormat<'cbor' | 'cbor.batched', 'cbor'> = {
  name: 'cbor',
  serializers: ['cbor', 'cbor.batched'],
  payloads: ['cbor'],
  formats: [CBOR_FORMAT],
  spec: CBOR_SPEC,
  kernel: null,
}
