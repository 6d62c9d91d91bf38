/** `wamp-codec/formats/msgpack`: MsgPack, as a serializer and for payloads. */
import { MSGPACK_FORMAT } from '../payload/format.ts'
import { MSGPACK_WIRE } from '../serializer/wire.ts'
import type { CodecFormat } from './format.ts'

/** MsgPack: the serializers `msgpack` and `msgpack.batched`, and payloads. */
export const msgpack: CodecFormat<'msgpack' | 'msgpack.batched', 'msgpack'> = {
  name: 'msgpack',
  serializers: ['msgpack', 'msgpack.batched'],
  payloads: ['msgpack'],
  formats: [MSGPACK_FORMAT],
  wire: MSGPACK_WIRE,
  kernel: null,
}
