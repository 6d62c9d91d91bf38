/** The serializers of the core kernel's formats; specs-full.ts has the others. */
import { CBOR_TOKENS } from '../payload/cbor/write.ts'
import type { ValueFormat } from '../payload/format.ts'
import { CBOR_FORMAT, JSON_FORMAT, MSGPACK_FORMAT } from '../payload/formats-core.ts'
import { JSON_TOKENS } from '../payload/json/write.ts'
import { MSGPACK_TOKENS } from '../payload/msgpack/write.ts'
import type { TokenWriter } from '../payload/token-writer.ts'
import type { TransportFormat } from './ids.ts'
import { MessageWriter } from './message-writer.ts'
import { type PeekCode, peekCbor, peekJson, peekMsgpack } from './peek.ts'
import type { SerializerSpec } from './spec.ts'

/** The specification of a list format without options. */
function listSpec(
  name: TransportFormat,
  format: ValueFormat,
  rawSocketId: number,
  mimeType: string,
  tokens: TokenWriter,
  peek: PeekCode,
): SerializerSpec {
  return {
    name,
    rawSocketId,
    mimeType,
    isBinary: name !== 'json',
    reader: null,
    format: () => format,
    writer: (_, policy) => new MessageWriter(format, tokens, policy),
    peek,
  }
}

export const JSON_SPEC: SerializerSpec = jsonSpec()
export const MSGPACK_SPEC: SerializerSpec = msgpackSpec()
export const CBOR_SPEC: SerializerSpec = cborSpec()

function jsonSpec(): SerializerSpec {
  return listSpec('json', JSON_FORMAT, 1, 'application/json', JSON_TOKENS, peekJson)
}

function msgpackSpec(): SerializerSpec {
  return listSpec('msgpack', MSGPACK_FORMAT, 2, 'application/x-msgpack', MSGPACK_TOKENS, peekMsgpack)
}

function cborSpec(): SerializerSpec {
  return listSpec('cbor', CBOR_FORMAT, 3, 'application/cbor', CBOR_TOKENS, peekCbor)
}
