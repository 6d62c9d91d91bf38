/** `wamp-codec/formats/msgpack`: MsgPack, as a serializer and for payloads. */
import { MSGPACK_FORMAT } from '../payload/formats-core.ts'
import { MSGPACK_SPEC } from '../serializer/specs-core.ts'
import type { CodecFormat } from './format.ts'

/** MsgPack: the serializers `msgpack` and `msgpack.batched`, and payloads. */
export const msgpack: CodecFormat<'msgpack' | 'msgpack.batched', 'msgpack'> = {
  name: 'msgpack',
  serializers: ['msgpack', 'msgpack.batched'],
  payloads: ['msgpack'],
  formats: [MSGPACK_FORMAT],
  spec: MSGPACK_SPEC,
  kernel: null,
}
