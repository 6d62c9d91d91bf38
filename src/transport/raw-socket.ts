/**
 * WAMP-over-RawSocket for one connection, without the socket: bytes of the stream go in, frames and replies come out.
 * Applications own the socket; the serializers decode the frames. WAMP, "RawSocket Transport".
 */
import { checkOptions, nameOf, wrongArgument } from '../arguments.ts'
import { isAttached, isBytes, unshared } from '../brand.ts'
import { EncodeError } from '../errors.ts'
import { checkSerializer } from '../serializer/ids.ts'
import type { Serializer } from '../serializer/serializer.ts'
import { PartialFrame } from './partial-frame.ts'
import { RawSocketClose, type RawSocketRefusal } from './raw-socket-close.ts'
import {
  FrameType,
  handshakeOctets,
  MAGIC,
  MAX_LENGTH_EXPONENT,
  MIN_LENGTH_EXPONENT,
  PREFIX_BYTES,
  prefixLength,
  prefixType,
  readPrefix,
  refusalOctets,
  writePrefix,
} from './raw-socket-wire.ts'

/** One end of a connection. */
export interface RawSocketOptions {
  /**
   * A client asks for one serializer. A server takes any number of them and the client chooses by `rawSocketId`; of two
   * with the same number the first is taken. Batched ones are refused: RawSocket has no number for them.
   */
  serializer: Serializer | readonly Serializer[]
  /** Which end this is: a client sends the first octets, a server answers. */
  side: 'client' | 'server'
  /** The longest frame that we take is two to the power of this, in bytes: 9 to 24. Default 24, which is 16 MiB. */
  maxLengthExponent?: number | undefined
  /**
   * Peers that take less than two to the power of this are refused with error 2: 9 to 24. Default 9, which refuses
   * none.
   */
  minPeerLengthExponent?: number | undefined
}

/** What came out of a chunk, each list in the order of the stream. */
export interface RawSocketEvents {
  /** Payloads of messages, one each: views of the chunk where the frame lies in it as a whole, otherwise own bytes. */
  readonly frames: readonly Uint8Array<ArrayBuffer>[]
  /** To be sent as they are, before anything else: the handshake reply of a server, and a PONG for each PING. */
  readonly replies: readonly Uint8Array<ArrayBuffer>[]
  /** Payloads of PONGs, asked for or not. */
  readonly pongs: readonly Uint8Array<ArrayBuffer>[]
  /** One of `RawSocketClose` when the connection must be closed, after the replies were sent; null while it is well. */
  readonly closed: number | null
}

/** `RawSocketEvents` while a chunk is read. */
interface Events {
  readonly frames: Uint8Array<ArrayBuffer>[]
  readonly replies: Uint8Array<ArrayBuffer>[]
  readonly pongs: Uint8Array<ArrayBuffer>[]
  closed: number | null
}

const OPTIONS: readonly string[] = ['serializer', 'side', 'maxLengthExponent', 'minPeerLengthExponent']

const NO_BYTES: Uint8Array = new Uint8Array(0)

/**
 * A RawSocket connection, seen from one end. Nothing that the peer sends makes it throw: what is wrong closes it, and
 * it stays closed. Per connection it holds a few numbers, and the bytes of one frame that is not complete.
 */
export class RawSocketCodec {
  readonly #isClient: boolean
  readonly #serializers: readonly Serializer[]
  readonly #lengthExponent: number
  readonly #maxBytes: number
  readonly #minPeerLengthExponent: number
  #serializer: Serializer | null = null
  #peerMaxBytes = 0
  #closed: number | null = null
  /** The octets of the handshake or prefix that have come so far, the last one lowest, and how many they are. */
  #octets = 0
  #octetCount = 0
  /** The frame after a complete prefix. */
  #type: FrameType = FrameType.MESSAGE
  #length = 0
  #partial: PartialFrame | null = null

  /**
   * Throws TypeError for unknown options, an unknown side and anything but a serializer, RangeError for exponents out
   * of range and serializers that cannot be used.
   */
  constructor(options: RawSocketOptions) {
    checkOptions('RawSocketCodec', options, OPTIONS)
    const { serializer, side, maxLengthExponent = MAX_LENGTH_EXPONENT } = options
    const { minPeerLengthExponent = MIN_LENGTH_EXPONENT } = options
    if (side !== 'client' && side !== 'server') throw wrongArgument('side', 'client or server', side)
    this.#isClient = side === 'client'
    this.#serializers = usable(serializer, this.#isClient)
    this.#lengthExponent = checkedExponent('maxLengthExponent', maxLengthExponent)
    this.#maxBytes = 2 ** this.#lengthExponent
    this.#minPeerLengthExponent = checkedExponent('minPeerLengthExponent', minPeerLengthExponent)
  }

  /** What both sides agreed on; null before the handshake is complete, and when it failed. */
  get serializer(): Serializer | null {
    return this.#serializer
  }

  /** The longest frame that the peer takes, in bytes; 0 before the handshake is complete, and when it failed. */
  get peerMaxBytes(): number {
    return this.#peerMaxBytes
  }

  /** One of `RawSocketClose` once the connection must be closed, otherwise null. */
  get closed(): number | null {
    return this.#closed
  }

  /** Whether the stream may end here: neither a handshake nor a frame has begun. @internal */
  get isBetweenFrames(): boolean {
    return this.#octetCount === 0
  }

  /** What a client sends first; null for a server, whose reply is among the events of `push`. */
  handshake(): Uint8Array<ArrayBuffer> | null {
    const [serializer] = this.#serializers
    return this.#isClient
      ? handshakeOctets(this.#lengthExponent, (serializer as Serializer).rawSocketId)
      : null
  }

  /**
   * Server: turns the client away before the handshake is complete, for example with error 4 because there are too many
   * connections. Gives the reply to send; the codec is closed. Throws RangeError for other errors than 1 to 4,
   * TypeError when it is too late or not a server's.
   */
  refuse(error: RawSocketRefusal): Uint8Array<ArrayBuffer> {
    if (!Number.isInteger(error) || error < 1 || error > 4) {
      throw new RangeError(`an error reply is 1 to 4, got ${nameOf(error)}`)
    }
    if (this.#isClient) throw new TypeError('only a server refuses')
    if (this.#serializer !== null || this.#closed !== null) throw new TypeError('the handshake is over')
    this.#close(error)
    return refusalOctets(error)
  }

  /**
   * Reads the next bytes of the stream, cut anywhere. Frames that lie in the chunk are views of it, so it must not
   * change while they, or messages decoded from them, are in use; a codec with `ownership: 'copy'` needs it no longer
   * than `decode` runs. What comes after an error is ignored, in this chunk and in all later ones. Throws TypeError for
   * anything but bytes, and for those whose buffer was detached.
   */
  push(chunk: Uint8Array): RawSocketEvents {
    if (!isBytes(chunk)) throw wrongArgument('a chunk', 'a Uint8Array', chunk)
    // Else it would be one of no bytes, and the stream would go on without those that it had.
    if (!isAttached(chunk)) throw new TypeError('the bytes of a chunk are gone: their buffer was detached')
    const events: Events = { frames: [], replies: [], pongs: [], closed: null }
    let at = 0
    while (at < chunk.length && this.#closed === null) {
      at =
        this.#octetCount < PREFIX_BYTES
          ? this.#readOctets(chunk, at, events)
          : this.#readPayload(chunk, at, events)
    }
    events.closed = this.#closed
    return events
  }

  /**
   * A frame with the message of the given bytes, or of the given parts as `encodeParts` gives them, in one piece.
   * Throws EncodeError FRAME_TOO_LARGE when the peer does not take it, TypeError without a complete handshake. After an
   * error of the peer it still gives a frame: that is for answers to the frames before the error.
   */
  frame(parts: Uint8Array | readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
    return this.#joined(FrameType.MESSAGE, listOf(parts))
  }

  /** The same frame for a vectored write: its prefix of four bytes, then the very parts that were given. */
  frameParts(parts: Uint8Array | readonly Uint8Array[]): readonly Uint8Array<ArrayBuffer>[] {
    const list = listOf(parts)
    const prefix = new Uint8Array(PREFIX_BYTES)
    writePrefix(prefix, FrameType.MESSAGE, this.#sendable(list))
    return [prefix, ...list.map(unshared)]
  }

  /** A PING; the peer sends the same data back, which `push` gives in `pongs`. Throws as `frame` does. */
  ping(data: Uint8Array = NO_BYTES): Uint8Array<ArrayBuffer> {
    return this.#joined(FrameType.PING, listOf(data))
  }

  /** Octets of a handshake or prefix: all four, or one that may be the last. */
  #readOctets(chunk: Uint8Array, at: number, events: Events): number {
    const isOpen = this.#serializer !== null
    if (isOpen && this.#octetCount === 0 && at + PREFIX_BYTES <= chunk.length) {
      this.#octets = readPrefix(chunk, at)
      this.#octetCount = PREFIX_BYTES
      this.#beginFrame(events)
      return at + PREFIX_BYTES
    }
    this.#octets = (this.#octets << 8) | (chunk[at] as number)
    this.#octetCount += 1
    if (!isOpen && this.#octetCount === 1 && this.#octets !== MAGIC) this.#close(RawSocketClose.BAD_MAGIC)
    else if (this.#octetCount === PREFIX_BYTES) {
      if (isOpen) this.#beginFrame(events)
      else this.#endHandshake(events)
    }
    return at + 1
  }

  /** Four octets of the peer's handshake are there. */
  #endHandshake(events: Events): void {
    const octets = this.#octets
    const number = (octets >>> 16) & 15
    const lengthOrError = (octets >>> 20) & 15
    const lengthExponent = MIN_LENGTH_EXPONENT + lengthOrError
    const serializer = this.#serializers.find(({ rawSocketId }) => rawSocketId === number)
    this.#octetCount = 0
    if ((octets & 0xffff) !== 0) this.#fail(RawSocketClose.RESERVED_BITS, events)
    else if (this.#isClient && number === 0) this.#close(lengthOrError)
    else if (serializer === undefined && this.#isClient) this.#close(RawSocketClose.SERIALIZER_MISMATCH)
    else if (serializer === undefined) this.#fail(RawSocketClose.SERIALIZER_UNSUPPORTED, events)
    else if (lengthExponent < this.#minPeerLengthExponent)
      this.#fail(RawSocketClose.LENGTH_UNACCEPTABLE, events)
    else {
      this.#serializer = serializer
      this.#peerMaxBytes = 2 ** lengthExponent
      if (!this.#isClient) events.replies.push(handshakeOctets(this.#lengthExponent, number))
    }
  }

  /** A prefix is there: what it announces is judged before a byte of it is taken. */
  #beginFrame(events: Events): void {
    const type = prefixType(this.#octets)
    const length = prefixLength(this.#octets)
    // A peer that sends a longer PING than it takes itself cannot be answered.
    const limit = type === FrameType.PING ? Math.min(this.#maxBytes, this.#peerMaxBytes) : this.#maxBytes
    if (type === null) this.#close(RawSocketClose.FRAME_RESERVED)
    else if (length > limit) this.#close(RawSocketClose.FRAME_TOO_LARGE)
    else {
      this.#type = type
      this.#length = length
      if (length === 0) this.#endFrame(new Uint8Array(0), events)
    }
  }

  /** Bytes of a frame: all of them where they are, otherwise what there is of them into a buffer. */
  #readPayload(chunk: Uint8Array, at: number, events: Events): number {
    const end = at + this.#length
    if (this.#partial === null && end <= chunk.length) {
      this.#endFrame(frameIn(chunk, at, this.#length), events)
      return end
    }
    const partial = this.#partial ?? new PartialFrame(this.#length)
    this.#partial = partial
    const next = partial.take(chunk, at)
    if (partial.whole !== null) this.#endFrame(partial.whole, events)
    return next
  }

  #endFrame(payload: Uint8Array<ArrayBuffer>, events: Events): void {
    this.#octetCount = 0
    this.#partial = null
    if (this.#type === FrameType.MESSAGE) events.frames.push(payload)
    else if (this.#type === FrameType.PONG) events.pongs.push(payload)
    else events.replies.push(this.#joined(FrameType.PONG, [payload]))
  }

  #joined(type: FrameType, parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
    const length = this.#sendable(parts)
    const frame = new Uint8Array(PREFIX_BYTES + length)
    writePrefix(frame, type, length)
    let at = PREFIX_BYTES
    for (const part of parts) {
      frame.set(part, at)
      at += part.length
    }
    return frame
  }

  /** The length of parts that may be sent, in bytes. */
  #sendable(parts: readonly Uint8Array[]): number {
    // Also after an error: the frames before it are answered before the connection ends.
    if (this.#serializer === null) throw new TypeError('the RawSocket handshake is not complete')
    let length = 0
    for (const part of parts) length += part.length
    if (length > this.#peerMaxBytes) {
      throw new EncodeError(
        'FRAME_TOO_LARGE',
        `cannot send a frame of ${length} bytes: the peer takes ${this.#peerMaxBytes}`,
        {
          format: this.#serializer.id,
          uri: 'wamp.error.payload_size_exceeded',
        },
      )
    }
    return length
  }

  /** Closes for a reason that a server tells the client. */
  #fail(error: RawSocketRefusal, events: Events): void {
    if (!this.#isClient) events.replies.push(refusalOctets(error))
    this.#close(error)
  }

  #close(reason: number): void {
    this.#closed = reason
  }
}

/**
 * A frame that lies in a chunk: a view of it, or a copy of shared memory. Not `subarray`: a chunk of Node is a Buffer,
 * and frames shall be the same class wherever they lie.
 */
function frameIn(chunk: Uint8Array, at: number, length: number): Uint8Array<ArrayBuffer> {
  return unshared(new Uint8Array(chunk.buffer, chunk.byteOffset + at, length))
}

/** The serializers of one side, checked. */
function usable(serializer: Serializer | readonly Serializer[], isClient: boolean): readonly Serializer[] {
  const list: readonly Serializer[] = Array.isArray(serializer) ? [...serializer] : [serializer as Serializer]
  if (list.length === 0) throw new RangeError('expected at least one serializer')
  for (const one of list) checkSerializer('RawSocketCodec: serializer', one)
  if (isClient && list.length > 1) throw new RangeError('a client asks for one serializer')
  for (const { id, isBatched } of list) {
    if (isBatched) throw new RangeError(`RawSocket has no number for ${id}: batches are for WebSocket`)
  }
  return list
}

function checkedExponent(name: string, value: number): number {
  if (Number.isInteger(value) && value >= MIN_LENGTH_EXPONENT && value <= MAX_LENGTH_EXPONENT) return value
  const range = `${MIN_LENGTH_EXPONENT} to ${MAX_LENGTH_EXPONENT}`
  throw new RangeError(`${name} is an integer from ${range}, got ${nameOf(value)}`)
}

function listOf(parts: Uint8Array | readonly Uint8Array[]): readonly Uint8Array[] {
  const list = Array.isArray(parts) ? (parts as readonly Uint8Array[]) : [parts as Uint8Array]
  checkParts(list)
  return list
}

/**
 * Throws TypeError for parts that are not bytes, or not any more: `ws` would send an empty frame for those. @internal
 */
export function checkParts(parts: readonly Uint8Array[]): void {
  for (const part of parts) {
    if (!isBytes(part)) throw wrongArgument('the bytes of a frame', 'a Uint8Array', part)
    if (!isAttached(part)) throw new TypeError('the bytes of a frame are gone: their buffer was detached')
  }
}
