/** The serializers of the core kernel's formats; wires-full.ts has the others. */
import { CBOR_HEADS } from '../payload/cbor/write.ts'
import type { ValueFormat } from '../payload/format.ts'
import { CBOR_FORMAT, JSON_FORMAT, MSGPACK_FORMAT } from '../payload/formats-core.ts'
import type { HeadWriter } from '../payload/head-writer.ts'
import { JSON_HEADS } from '../payload/json/write.ts'
import { MSGPACK_HEADS } from '../payload/msgpack/write.ts'
import type { TransportFormat } from './ids.ts'
import { MessageWriter } from './message-writer.ts'
import { type PeekCode, peekCbor, peekJson, peekMsgpack } from './peek.ts'
import type { Wire } from './wire.ts'

/** The wire of a list format without options. */
function listWire(
  name: TransportFormat,
  format: ValueFormat,
  rawSocketId: number,
  mimeType: string,
  heads: HeadWriter,
  peek: PeekCode,
): Wire {
  return {
    name,
    rawSocketId,
    mimeType,
    isBinary: name !== 'json',
    reader: null,
    format: () => format,
    writer: (_, policy) => new MessageWriter(format, heads, policy),
    peek,
  }
}

export const JSON_WIRE: Wire = jsonWire()
export const MSGPACK_WIRE: Wire = msgpackWire()
export const CBOR_WIRE: Wire = cborWire()

function jsonWire(): Wire {
  return listWire('json', JSON_FORMAT, 1, 'application/json', JSON_HEADS, peekJson)
}

function msgpackWire(): Wire {
  return listWire('msgpack', MSGPACK_FORMAT, 2, 'application/x-msgpack', MSGPACK_HEADS, peekMsgpack)
}

function cborWire(): Wire {
  return listWire('cbor', CBOR_FORMAT, 3, 'application/cbor', CBOR_HEADS, peekCbor)
}
