/**
 * A wire: one transport format with all that a serializer needs to read and write it. Each format (src/formats) has its
 * own, so that a bundle holds the code of no other.
 */

import type { Policy } from '../limits.ts'
import type { Message } from '../message/message.ts'
import { CBOR_HEADS } from '../payload/cbor/write.ts'
import { CBOR_FORMAT, JSON_FORMAT, MSGPACK_FORMAT, type ValueFormat } from '../payload/format.ts'
import type { HeadWriter } from '../payload/head-writer.ts'
import { JSON_HEADS } from '../payload/json/write.ts'
import { MSGPACK_HEADS } from '../payload/msgpack/write.ts'
import type { Output } from '../payload/output.ts'
import type { AttributeReader } from '../payload/payload.ts'
import type { TransportFormat } from './ids.ts'
import type { AttributeLosses } from './losses.ts'
import { MessageWriter } from './message-writer.ts'
import { type PeekCode, peekCbor, peekJson, peekMsgpack } from './peek.ts'
import type { SerializerOptions } from './serializer.ts'

/** Writes the messages of a serializer. */
export interface FrameWriter {
  /** Throws EncodeError, or PayloadRuleError when payload attributes contradict each other. */
  write(out: Output, message: Message, landmarks?: Landmarks | null): void
  /** Writes an id as the first one of a message is written. */
  id(out: Output, value: number): void
  /** Attributes and values that do not arrive as they are, as far as the writer knows; absent for lists. */
  losses?(message: Message): Iterable<AttributeLosses>
}

/** Where parts of a message were written: marks of the output. */
export interface Landmarks {
  /** The first id: in FlatBuffers always eight bytes; start equals end for one that is not written. */
  idStart: number
  idEnd: number
  /** What follows, if anything, is the payload with what divides and closes it. */
  headEnd: number
}

/** The formats and the wires of a codec. */
export interface WireSet {
  readonly formats: readonly ValueFormat[]
  readonly wires: readonly Wire[]
}

/** How one transport format is read and written. */
export interface Wire {
  readonly name: TransportFormat
  /** Number in the RawSocket handshake. */
  readonly rawSocketId: number
  readonly mimeType: string
  readonly isBinary: boolean
  /** Reads the attributes of frames that are no lists; null for lists, which also come in batches. */
  readonly reader: AttributeReader | null
  /** The format of args and kwargs, and of the whole frame when that is a list. Throws RangeError. */
  format(options: SerializerOptions, formats: readonly ValueFormat[]): ValueFormat
  writer(format: ValueFormat, policy: Policy, options: SerializerOptions): FrameWriter
  /** The message code of a frame from its first bytes. */
  readonly peek: PeekCode
}

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
