/** The serializers that need the full kernel: UBJSON in both dialects, and FlatBuffers. */
import { unknownId } from '../arguments.ts'
import { FLATBUFFERS } from '../message/flatbuffers-read.ts'
import { UBJSON_DRAFT12_FORMAT, UBJSON_FORMAT } from '../payload/formats-full.ts'
import { UBJSON_DRAFT12_TOKENS, UBJSON_TOKENS } from '../payload/ubjson/write.ts'
import { FlatBuffersWriter } from './flatbuffers/writer.ts'
import { MessageWriter } from './message-writer.ts'
import { peekFlatbuffers, peekUbjson } from './peek-full.ts'
import type { SerializerSpec } from './spec.ts'

export const UBJSON_SPEC: SerializerSpec = {
  name: 'ubjson',
  rawSocketId: 4,
  mimeType: 'application/ubjson',
  isBinary: true,
  reader: null,
  format: ({ ubjsonDialect }) => (ubjsonDialect === 'draft12' ? UBJSON_DRAFT12_FORMAT : UBJSON_FORMAT),
  writer(format, policy) {
    return new MessageWriter(format, format === UBJSON_FORMAT ? UBJSON_TOKENS : UBJSON_DRAFT12_TOKENS, policy)
  },
  peek: peekUbjson,
}

export const FLATBUFFERS_SPEC: SerializerSpec = {
  name: 'flatbuffers',
  rawSocketId: 5,
  mimeType: 'application/x-flatbuffers',
  isBinary: true,
  reader: FLATBUFFERS,
  format({ payloadSerializer = 'cbor', ubjsonDialect }, formats) {
    const wanted =
      payloadSerializer === 'ubjson' && ubjsonDialect === 'draft12' ? 'ubjson-draft12' : payloadSerializer
    const format = formats.find(({ name }) => name === wanted)
    if (format === undefined) throw unknownId('payload serializer', payloadSerializer, formats)
    return format
  },
  writer: (format, policy, { profile }) => new FlatBuffersWriter(format, policy, profile),
  peek: peekFlatbuffers,
}
