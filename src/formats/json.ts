/** `wamp-codec/formats/json`: JSON, as a serializer and for payloads. */
import { JSON_FORMAT } from '../payload/formats-core.ts'
import { JSON_SPEC } from '../serializer/specs-core.ts'
import type { CodecFormat } from './format.ts'

/** JSON: the serializers `json` and `json.batched`, and payloads. */
export const json: CodecFormat<'json' | 'json.batched', 'json'> = {
  name: 'json',
  serializers: ['json', 'json.batched'],
  payloads: ['json'],
  formats: [JSON_FORMAT],
  spec: JSON_SPEC,
  kernel: null,
}
