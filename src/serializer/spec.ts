/**
 * The specification of a serializer: one transport format with all that reads and writes it. Each format (src/formats)
 * has its own, so that a bundle holds the code of no other.
 */

import type { Policy } from '../limits.ts'
import type { Message } from '../message/message.ts'
import type { ValueFormat } from '../payload/format.ts'
import type { Output } from '../payload/output.ts'
import type { AttributeReader } from '../payload/payload.ts'
import type { Loss } from '../payload/value-losses.ts'
import type { TransportFormat } from './ids.ts'
import type { SerializerOptions } from './options.ts'
import type { PeekCode } from './peek.ts'

/**
 * The losses of one attribute. Its name stands beside them because the paths of a million losses deep in a value share
 * their beginning, and no longer do once each is decoded.
 */
export type AttributeLosses = readonly [attribute: string, losses: readonly Loss[]]

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

/** The payload formats of a codec, and the specifications of its serializers. */
export interface SpecSet {
  readonly formats: readonly ValueFormat[]
  readonly specs: readonly SerializerSpec[]
}

/** How one transport format is read and written. */
export interface SerializerSpec {
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
