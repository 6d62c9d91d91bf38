/** A serializer: frames in, messages out, and back. One object for each serializer id and set of wire options. */
import { ProtocolError, WampCodecError } from '../errors.ts'
import type { Message } from '../message/message.ts'
import type { Receiver } from '../message/receive.ts'
import type { PayloadFormatName, ValueFormat } from '../payload/format.ts'
import type { Loss } from '../payload/losses.ts'
import { acquireOutput, type Output, releaseOutput } from '../payload/output.ts'
import type { AttributeReader } from '../payload/payload.ts'
import { batchSpans, CANCEL_SEPARATOR, RECORD_SEPARATOR, writeBatched } from './batch.ts'
import type { FlatBuffersProfile } from './flatbuffers/plan.ts'
import { type Frame, loadFrame } from './frame.ts'
import { formatOf, type SerializerId } from './ids.ts'
import { withUnnamed } from './losses.ts'
import type { FrameWriter, Wire } from './wire.ts'

/** What is on the wire beside the format itself. */
export interface SerializerOptions {
  /**
   * What `ubjson` means. Default `bjdata`, which autobahn-python writes since 26.6.1; older peers have `draft12`. Both
   * sides must agree: a frame in the wrong dialect may read as another message.
   */
  ubjsonDialect?: 'bjdata' | 'draft12'
  /** Written between batched JSON messages; both are read. Default 0x1e, as specified; autobahn-python wants 0x18. */
  batchSeparator?: typeof RECORD_SEPARATOR | typeof CANCEL_SEPARATOR
  /** FlatBuffers: the format of args and kwargs, which nothing in the frame tells. Default cbor. */
  payloadSerializer?: PayloadFormatName
  /** FlatBuffers: write all that the schema holds (the default), or the very bytes of autobahn-python. */
  profile?: FlatBuffersProfile
}

const DIALECTS: readonly unknown[] = [undefined, 'bjdata', 'draft12']

/** A serializer of a codec. */
export class Serializer {
  readonly id: SerializerId
  /** WebSocket subprotocol, for example `wamp.2.cbor`. */
  readonly subprotocol: string
  /** Number in the RawSocket handshake. */
  readonly rawSocketId: number
  readonly mimeType: string
  /** Whether WebSocket frames are binary. */
  readonly isBinary: boolean
  /** Whether one frame holds several messages. */
  readonly isBatched: boolean
  /**
   * Format of args and kwargs, and of whole messages in a list format: the id without `.batched`, what the option
   * `payloadSerializer` says, or `ubjson-draft12`.
   */
  readonly format: PayloadFormatName
  /** What `format` names. Internal. */
  readonly _format: ValueFormat
  /** The name of the frame's format. */
  readonly #name: string
  /** Reads frames that are no lists. Internal. */
  readonly _reader: AttributeReader | null
  readonly #receiver: Receiver
  readonly #writer: FrameWriter
  readonly #separator: number

  constructor(
    receiver: Receiver,
    id: SerializerId,
    { formats, wires }: { formats: readonly ValueFormat[]; wires: readonly Wire[] },
    options: SerializerOptions = {},
  ) {
    const { name, isBatched } = formatOf(id)
    const wire = wires.find((known) => known.name === name)
    if (wire === undefined || (isBatched && wire.reader !== null)) {
      throw new RangeError(`there is no serializer ${id}`)
    }
    if (!DIALECTS.includes(options.ubjsonDialect)) throw new RangeError('ubjsonDialect is bjdata or draft12')
    const format = wire.format(options, formats)
    const separator = options.batchSeparator ?? RECORD_SEPARATOR
    if (separator !== RECORD_SEPARATOR && separator !== CANCEL_SEPARATOR) {
      throw new RangeError('batchSeparator is 0x1e or 0x18')
    }
    this.id = id
    this.subprotocol = `wamp.2.${id}`
    this.rawSocketId = wire.rawSocketId
    this.mimeType = wire.mimeType
    this.isBinary = wire.isBinary
    this.isBatched = isBatched
    this.format = format.name
    this._format = format
    this.#name = wire.reader?.name ?? format.name
    this._reader = wire.reader
    this.#receiver = receiver
    this.#writer = wire.writer(format, receiver.policy, options)
    this.#separator = separator
  }

  /** The one message of a frame. Throws ProtocolError or one of its children. */
  decode(frame: Frame): Message {
    if (this.isBatched) {
      const messages = this.decodeAll(frame)
      if (messages.length === 1) return messages[0] as Message
      const text = `cannot decode a message from ${this.id}: a batch of ${messages.length}, use decodeAll`
      throw new ProtocolError('BATCH_LENGTH', text, { format: this.#name, offset: 0 })
    }
    const bytes = this.#load(frame)
    return this.#receiver.receive(this._format, bytes, 0, bytes.length, 0, this._reader)
  }

  /** All messages of a frame, or none: one that is refused refuses the batch. */
  decodeAll(frame: Frame): Message[] {
    if (!this.isBatched) return [this.decode(frame)]
    const bytes = this.#load(frame)
    const spans = batchSpans(bytes, this._format.name)
    const receiver = this.#receiver
    let { loads } = receiver.kernel
    const messages: Message[] = []
    for (let i = 0; i < spans.length; i += 2) {
      const start = spans[i] as number
      // A deferred check of an earlier message may have used the window.
      if (receiver.kernel.loads !== loads) {
        receiver.kernel.load(bytes)
        loads = receiver.kernel.loads
      }
      messages.push(receiver.receive(this._format, bytes, start, (spans[i + 1] as number) - start, start))
    }
    return messages
  }

  /** The frame of a message. Read-only by contract: it may be cached and shared. Throws EncodeError. */
  encode(message: Message): Uint8Array {
    const isCached = this.#receiver.policy.cache
    if (isCached) {
      for (let entry = message._encoded; entry !== null; entry = entry.next) {
        if (entry.profile === this) return entry.bytes
      }
    }
    const out = acquireOutput()
    try {
      this.#write(out, message)
      const bytes = out.finish()
      if (isCached) message._encoded = { profile: this, bytes, next: message._encoded }
      return bytes
    } finally {
      releaseOutput(out)
    }
  }

  /** One frame of all messages; for serializers that are not batched, of exactly one. */
  encodeAll(messages: readonly Message[]): Uint8Array {
    if (messages.length === 0) throw new RangeError('a batch of no messages')
    if (messages.length === 1) return this.encode(messages[0] as Message)
    if (!this.isBatched) throw new RangeError(`${this.id} has one message in a frame, use ${this.id}.batched`)
    const out = acquireOutput()
    try {
      for (const message of messages) this.#write(out, message)
      return out.finish()
    } finally {
      releaseOutput(out)
    }
  }

  /** Writes the frame into the caller's bytes at `offset`; returns its length. RangeError when it does not fit. */
  encodeInto(message: Message, target: Uint8Array, offset: number = 0): number {
    const bytes = this.encode(message)
    if (bytes.length > target.length - offset) {
      throw new RangeError(`${bytes.length} bytes do not fit into ${target.length - offset}`)
    }
    target.set(bytes, offset)
    return bytes.length
  }

  /** Bytes that `encode` gives. */
  byteLength(message: Message): number {
    return this.encode(message).length
  }

  /** Attributes and values of a message that `encode` does not carry over as they are. `codec.lossReport` calls it. */
  _losses(message: Message): readonly Loss[] {
    const keepsCustom = this.#receiver.policy.unknownKeys === 'keep'
    return withUnnamed(this.#writer.losses(message), message, this, keepsCustom)
  }

  #load(frame: Frame): Uint8Array {
    return loadFrame(this.#receiver.kernel, frame, this.#name, !this.isBinary, this.#receiver.policy)
  }

  #write(out: Output, message: Message): void {
    try {
      if (this.isBatched) {
        writeBatched(out, this._format.name, this.#separator, () => this.#writer.write(out, message))
      } else {
        this.#writer.write(out, message)
      }
    } catch (error) {
      throw error instanceof WampCodecError ? withType(error, message) : error
    }
  }
}

/** The same error, knowing which message it is about. */
function withType(error: WampCodecError, message: Message): WampCodecError {
  Object.defineProperty(error, 'messageType', { value: message.table.code, enumerable: true })
  return error
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** A JSON serializer gives text as well: WebSocket sends JSON in text frames. */
export class JsonSerializer extends Serializer {
  /** The frame of a message as a string. */
  encodeText(message: Message): string {
    return decoder.decode(this.encode(message))
  }
}
