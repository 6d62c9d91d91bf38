/** What `report.ts` says of a frame. */
import type { Message } from '../message/message.ts'
import type { SerializerName, SIZE_NAMES } from './serializers.ts'

/** One field; bytes from the start of the frame, `end` exclusive. */
export interface FieldReport {
  readonly name: string
  readonly kind: string
  readonly start: number
  readonly end: number
  /** True for what stands in Options or Details. */
  readonly isOption: boolean
  /** True for Options or Details without a known end, because the frame is broken; `end` is the head's. */
  readonly isOpen: boolean
  /** The decoded value; undefined for Options and Details, whose entries are fields of their own, and for tables. */
  readonly value: unknown
  /** FlatBuffers: number of the slot in its table. */
  readonly slot?: number
  /** FlatBuffers: how many tables deep. */
  readonly depth?: number
  /** FlatBuffers: what is to be said of a table or an offset. */
  readonly note?: string
}

/** Why a message is refused. */
export interface ErrorReport {
  readonly code: string
  readonly text: string
  /** Byte from the start of the frame. */
  readonly offset: number
}

/** Bytes of a message in one format, or why it has none. */
export interface SizeReport {
  readonly format: (typeof SIZE_NAMES)[number]
  readonly bytes: number | null
  readonly problem: string | null
}

/** One message of a frame. */
export interface MessageReport {
  /** Null when not even the message code could be read. */
  readonly type: string | null
  readonly start: number
  readonly end: number
  readonly fields: readonly FieldReport[]
  readonly error: ErrorReport | null
  /** Null when there is an error. */
  readonly message: Message | null
  /** Empty when there is an error. */
  readonly sizes: readonly SizeReport[]
}

/** One frame. */
export interface FrameReport {
  readonly serializer: SerializerName
  readonly bytes: Uint8Array
  readonly messages: readonly MessageReport[]
}
