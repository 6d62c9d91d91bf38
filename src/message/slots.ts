/**
 * What every message keeps beside its positions, as the functions see it that read and write options (options.ts) and
 * lists (attributes.ts). The class is built on those, so it cannot be named there.
 */
import type { Payload } from '../payload/payload.ts'
import type { MessageTable } from './table.ts'

/** What tracing needs beside the message; never on the wire. @internal */
export interface Trace {
  correlation_id: string | null
  correlation_uri: string | null
  correlation_is_anchor: boolean | null
  correlation_is_last: boolean | null
  router_internal: unknown
}

/** Encoded bytes by the serializer that wrote them; see src/serializer. @internal */
export interface EncodedCache {
  readonly profile: object
  /** Empty when a receiver has taken the buffer away: a frame never is. */
  bytes: Uint8Array<ArrayBuffer>
  readonly next: EncodedCache | null
}

/** The slots of a message, which its constructor makes. @internal */
export interface Slots {
  readonly table: MessageTable
  /** The frame of unread options; null once they are read or the message was built. */
  _frame: Payload | null
  /** Unread options: `field | kind << 8 | type << 16`, start, end. */
  _index: readonly number[]
  /** Options by field number: undefined unread, null absent. */
  _options: unknown[] | null
  /** Unknown keys: undefined unread, null none. */
  _custom: Record<string, unknown> | null | undefined
  /** Only payload messages and ABORT ever have another one. */
  _payload: Payload
  /** Null unless the application has set what it traces by. */
  _trace: Trace | null
  /** Null before the first `encode`, and for messages that are written anew each time. */
  _encoded: EncodedCache | null
  /** Keys that WAMP does not define, as the message gives them. */
  readonly custom: Record<string, unknown> | null
}
