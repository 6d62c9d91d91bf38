/** Lists in, frames out, and back: the types that `codec.lists` and `createLists` share. */
import type { PolicyOptions } from '../limits.ts'
import type { SerializerId } from '../serializer/ids.ts'

/** The options of a codec that also say how lists are read and written. */
type ListPolicy = Pick<
  PolicyOptions,
  | 'peers'
  | 'binary'
  | 'integers'
  | 'maps'
  | 'tags'
  | 'unrepresentable'
  | 'duplicateKeys'
  | 'uri'
  | 'maxDepth'
  | 'maxMessageBytes'
  | 'maxNodes'
  | 'maxBigIntBytes'
>

/** Options of `codec.lists`; those that are not given are the codec's. */
export type ListOptions = ListPolicy & {
  /**
   * What is checked beside the format. `message`: all rules of `decode` and of the message classes. `list`: a
   * list that begins with a known message code, its ids integers from 0 to 2^53. Default `message`.
   */
  check?: 'message' | 'list' | undefined
  /** What `ubjson` means, as in `codec.serializer`. Default `bjdata`. */
  ubjsonDialect?: 'bjdata' | 'draft12' | undefined
}

/** Whole messages as lists of JavaScript values, for applications with a message model of their own. */
export interface ListCodec {
  /** As in `codec.lists(id)`. */
  readonly id: SerializerId
  /** WebSocket subprotocol, for example `wamp.2.cbor`. */
  readonly subprotocol: string
  /** Whether WebSocket frames are binary. */
  readonly isBinary: boolean
  /**
   * The frame of a list: text for JSON, bytes for the others. Options that are undefined are absent. Throws
   * ProtocolError for a list that is no message, EncodeError for a value that has no form in the format.
   */
  encode(list: readonly unknown[]): string | Uint8Array<ArrayBuffer>
  /** The list in a frame, a new array; only JSON may be text. Throws ProtocolError. */
  decode(data: string | Uint8Array | ArrayBuffer): unknown[]
  /** One value by itself, as payload passthru needs it. Throws EncodeError. */
  encodeValue(value: unknown): string | Uint8Array<ArrayBuffer>
  /** The value that `encodeValue` has written. Throws ProtocolError. */
  decodeValue(data: string | Uint8Array | ArrayBuffer): unknown
}
