/** A serializer: frames in, messages out, and back. One object for each serializer id and set of options. */
import { nameOf, unknownId, wrongArgument } from '../arguments.ts'
import { isBytes } from '../brand.ts'
import { ProtocolError, WampCodecError } from '../errors.ts'
import { MODE_ENC, MODE_PPT, OK, SCAN_DEFERRED } from '../kernel/abi.ts'
import { acceptance } from '../kernel/kernel.ts'
import { notAMessage } from '../message/build.ts'
import type { AnyMessage } from '../message/classes.ts'
import type { Message } from '../message/message.ts'
import { isLasting } from '../message/options.ts'
import { inEnc, inPpt } from '../message/passthru.ts'
import type { Receiver } from '../message/receive.ts'
import { refusalOf } from '../message/refusal.ts'
import type { EncodedCache } from '../message/slots.ts'
import type { ValueFormat } from '../payload/format.ts'
import type { PayloadFormatName } from '../payload/format-names.ts'
import {
  acquireOutput,
  acquireOver,
  finishOver,
  type Output,
  releaseOutput,
  releaseOver,
  textOf,
} from '../payload/output.ts'
import { acquireParts, releaseParts } from '../payload/output-parts.ts'
import type { AttributeReader } from '../payload/payload.ts'
import {
  batchSpans,
  beginBatched,
  CANCEL_SEPARATOR,
  endBatched,
  LENGTH_BYTES,
  placeInWindow,
  RECORD_SEPARATOR,
  SEPARATOR_BYTES,
} from './batch.ts'
import { type Frame, frameBytes, loadFrame, loadOnly, notBinary } from './frame.ts'
import { checkHeadRecord, fillHeadRecord, HEAD_RECORD_WORDS, type HeadRecord } from './head-record.ts'
import { formatOf, type SerializerId } from './ids.ts'
import type { SerializerOptions } from './options.ts'
import { isSpliced } from './payload-writer.ts'
import type { FrameWriter, Landmarks, SpecSet } from './spec.ts'

const DIALECTS: readonly unknown[] = [undefined, 'bjdata', 'draft12']

/** What makes a message of the dialect in which opaque payloads are written. */
const PASSTHRU = {
  'as-is': null,
  enc: { from: MODE_PPT, make: inEnc },
  ppt: { from: MODE_ENC, make: inPpt },
} as const

function isDialect(value: unknown): value is keyof typeof PASSTHRU {
  return typeof value === 'string' && Object.hasOwn(PASSTHRU, value)
}

/** A serializer of a codec. */
export class Serializer {
  /** As in `codec.serializer(id)`. */
  readonly id: SerializerId
  /** WebSocket subprotocol, for example `wamp.2.cbor`. */
  readonly subprotocol: string
  /** Number in the RawSocket handshake, 1 to 5. WAMP, "RawSocket Transport". */
  readonly rawSocketId: number
  /** Content type of a frame over HTTP, for example `application/cbor`. */
  readonly mimeType: string
  /** Whether WebSocket frames are binary; false for JSON, whose frames are text. */
  readonly isBinary: boolean
  /** Whether one frame holds several messages. */
  readonly isBatched: boolean
  /** Bytes of the longest frame that is read: the codec's limit, for sockets that can refuse a longer one earlier. */
  readonly maxMessageBytes: number
  /**
   * Format of args and kwargs, and of whole messages in a list format: the id without `.batched`, what the option
   * `payloadSerializer` says, or `ubjson-draft12`.
   */
  readonly format: PayloadFormatName
  /** What `format` names. @internal */
  readonly _format: ValueFormat
  /** The name of the frame's format. */
  readonly #name: string
  /** Reads frames that are no lists. @internal */
  readonly _reader: AttributeReader | null
  readonly #receiver: Receiver
  readonly #writer: FrameWriter
  readonly #separator: number
  readonly #passthru: (typeof PASSTHRU)[keyof typeof PASSTHRU]

  /** @internal */
  constructor(
    receiver: Receiver,
    id: SerializerId,
    { formats, specs }: SpecSet,
    options: SerializerOptions = {},
  ) {
    const { name, isBatched } = formatOf(id)
    const spec = specs.find((known) => known.name === name)
    if (spec === undefined || (isBatched && spec.reader !== null)) throw unknownId('serializer', id, specs)
    if (!DIALECTS.includes(options.ubjsonDialect)) {
      throw new RangeError(`ubjsonDialect is bjdata or draft12, got ${nameOf(options.ubjsonDialect)}`)
    }
    const { profile = 'schema', payloadSerializer, batchSeparator: separator = RECORD_SEPARATOR } = options
    if (profile !== 'schema' && profile !== 'autobahn') {
      throw new RangeError(`profile is schema or autobahn, got ${nameOf(profile)}`)
    }
    if (payloadSerializer !== undefined && !formats.some(({ name }) => name === payloadSerializer)) {
      throw unknownId('payload serializer', payloadSerializer, formats)
    }
    const format = spec.format(options, formats)
    if (separator !== RECORD_SEPARATOR && separator !== CANCEL_SEPARATOR) {
      throw new RangeError(`batchSeparator is 0x1e or 0x18, got ${nameOf(separator)}`)
    }
    const dialect: unknown = options.passthru === undefined ? 'as-is' : options.passthru
    const passthru = isDialect(dialect) ? PASSTHRU[dialect] : undefined
    if (passthru === undefined || (passthru === PASSTHRU.ppt && spec.reader !== null)) {
      throw new RangeError(`passthru of ${id} is not ${nameOf(dialect)}`)
    }
    this.id = id
    this.subprotocol = `wamp.2.${id}`
    this.rawSocketId = spec.rawSocketId
    this.mimeType = spec.mimeType
    this.isBinary = spec.isBinary
    this.isBatched = isBatched
    this.maxMessageBytes = receiver.policy.maxMessageBytes
    this.format = format.name
    this._format = format
    this.#name = spec.reader?.name ?? format.name
    this._reader = spec.reader
    this.#receiver = receiver
    this.#writer = spec.writer(format, receiver.policy, options)
    this.#separator = separator
    this.#passthru = passthru
  }

  /** The one message of a frame. Throws ProtocolError or one of its children. */
  decode(frame: Frame): AnyMessage {
    if (this.isBatched) return this.#decodeBatch(frame, true)[0] as AnyMessage
    const receiver = this.#receiver
    if (this._reader !== null) return this.#decodeInPlace(frame, this._reader)
    const bytes = this.#load(frame)
    const message = receiver.receive(this._format, bytes, 0, bytes.length, 0)
    receiver.countIn(message, bytes.length)
    return message
  }

  /** All messages of a frame, or none: one that is refused refuses the batch. */
  decodeAll(frame: Frame): AnyMessage[] {
    return this.isBatched ? this.#decodeBatch(frame, false) : [this.decode(frame)]
  }

  #decodeBatch(frame: Frame, isOne: boolean): AnyMessage[] {
    const bytes = this.#load(frame)
    const spans = batchSpans(bytes, this._format.name)
    const receiver = this.#receiver
    const { loads } = receiver.kernel
    const messages: AnyMessage[] = []
    for (let i = 0; i < spans.length; i += 2) {
      const start = spans[i] as number
      const length = (spans[i + 1] as number) - start
      const at = placeInWindow(receiver.kernel, loads, bytes, start, length)
      messages.push(receiver.receive(this._format, bytes, start, length, at))
    }
    if (isOne && messages.length !== 1) throw this.#notOne(messages.length)
    const around = this.isBinary ? LENGTH_BYTES : SEPARATOR_BYTES
    for (const [i, message] of messages.entries()) {
      receiver.countIn(message, (spans[2 * i + 1] as number) - (spans[2 * i] as number) + around)
    }
    return messages
  }

  /**
   * Reads the head of the one message of a frame into `out`, at the places HEAD_TYPE and so on (docs/router.md), and
   * returns its type code. Makes no object and keeps nothing of the frame; the payload is not checked, nor what
   * `decode` checks beyond the form of the head. Throws ProtocolError, or RangeError when `out` is too short.
   */
  scanInto(frame: Frame, out: HeadRecord): number {
    checkHeadRecord('scanInto: out', out)
    if (out.length < HEAD_RECORD_WORDS) {
      throw new RangeError(`a head record has ${HEAD_RECORD_WORDS} words, got ${out.length}`)
    }
    const { kernel, policy } = this.#receiver
    const length = loadOnly(kernel, frame, this.#name, !this.isBinary, policy)
    let at = 0
    let end = length
    if (this.isBatched) {
      const spans = batchSpans(kernel.bytes.subarray(kernel.input, kernel.input + length), this._format.name)
      if (spans.length > 2) throw this.#notOne(spans.length / 2)
      at = spans[0] as number
      end = spans[1] as number
    }
    const flags = SCAN_DEFERRED | acceptance(policy)
    const status =
      this._reader === null
        ? kernel.scan(at, end - at, this._format.id, flags, policy)
        : kernel.scanFlatBuffers(at, end - at, this._format.id, flags, policy)
    if (status !== OK) {
      const list = this._reader === null ? { format: this._format, at } : null
      throw refusalOf(kernel, status, this.#name, policy, at, list)
    }
    return fillHeadRecord(kernel, out, at)
  }

  /**
   * The frame of a message. Read-only by contract: that of a received message, or of one derived from it, is cached and
   * shared. Throws EncodeError.
   */
  encode(message: Message): Uint8Array<ArrayBuffer> {
    const { policy, counters } = this.#receiver
    const known = policy.cache ? this.#cached(message) : null
    if (known !== null && known.bytes.length > 0) {
      counters.cacheHits++
      counters.countOut(known.bytes.length)
      return known.bytes
    }
    const out = acquireOutput()
    try {
      this._write(out, message)
      const bytes = out.finish()
      if (known !== null) known.bytes = bytes
      else if (policy.cache && isLasting(message)) this.#cache(message, bytes)
      this.#count(message, bytes.length)
      return bytes
    } finally {
      releaseOutput(out)
    }
  }

  /**
   * The frame of a message as `WebSocket.send` takes it: a string for `json` and `json.batched`, which goes out as a
   * text frame, bytes for all others. Bytes are read-only by contract, as those of `encode`. Throws EncodeError.
   */
  encodeFrame(message: Message): string | Uint8Array<ArrayBuffer> {
    return this.encode(message)
  }

  /** The frame of a message as text, for formats that are. The cache has bytes. @internal */
  _text(message: Message): string {
    if (message?._encoded === undefined) throw notAMessage(message)
    if (this.#receiver.policy.cache && isLasting(message)) {
      const bytes = this.encode(message)
      return textOf(bytes, 0, bytes.length)
    }
    const out = acquireOutput()
    try {
      this._write(out, message)
      this.#count(message, out.mark())
      return out.text()
    } finally {
      releaseOutput(out)
    }
  }

  /** One frame of all messages; for serializers that are not batched, of exactly one. */
  encodeAll(messages: readonly Message[]): Uint8Array<ArrayBuffer> {
    if (!Array.isArray(messages)) throw wrongArgument('encodeAll', 'a list of messages', messages)
    if (messages.length === 0) throw new RangeError('an empty batch')
    if (messages.length === 1) return this.encode(messages[0] as Message)
    if (!this.isBatched) throw new RangeError(`${this.id} has one message in a frame, use ${this.id}.batched`)
    const out = acquireOutput()
    try {
      // A copy: holes are messages that are missing, and getters may change the list.
      const all = Array.from(messages)
      const ends = all.map((message, i) => {
        if (message?._encoded === undefined) throw notAMessage(message, ` for messages[${i}]`)
        this._write(out, message)
        return out.mark()
      })
      const bytes = out.finish()
      for (const [i, message] of all.entries()) {
        this.#count(message, (ends[i] as number) - (ends[i - 1] ?? 0))
      }
      return bytes
    } finally {
      releaseOutput(out)
    }
  }

  /**
   * The frame in one to three parts, to be sent one after the other: a payload that goes out as it came is a view of
   * the frame that it came in, not copied. Not cached. Read-only by contract. Throws EncodeError.
   */
  encodeParts(message: Message): readonly Uint8Array<ArrayBuffer>[] {
    const out = acquireParts()
    try {
      this._write(out, message)
      const length = out.mark() + out.leftOut
      const parts = out.finishParts()
      this.#count(message, length)
      return parts
    } finally {
      releaseParts(out)
    }
  }

  /**
   * Writes the frame straight into the caller's bytes from `offset` on; returns its length. Throws RangeError when it
   * does not fit, and EncodeError. Bytes from `offset` on may have been written over then, and a few behind the frame
   * in any case; none before `offset` or beyond `target`.
   */
  encodeInto(message: Message, target: Uint8Array, offset: number = 0): number {
    if (!isBytes(target)) throw wrongArgument('encodeInto: target', 'a Uint8Array', target)
    if (!Number.isInteger(offset) || offset < 0 || offset > target.length) {
      throw new RangeError(`offset is an integer from 0 to ${target.length}, got ${nameOf(offset)}`)
    }
    const out = acquireOver(target, offset)
    try {
      this._write(out, message)
      const length = finishOver(out, target, offset)
      this.#count(message, length)
      return length
    } finally {
      releaseOver(out)
    }
  }

  /** Bytes that `encode` gives; a payload that goes out as it came is not copied for this. Throws EncodeError. */
  byteLength(message: Message): number {
    const known = this.#receiver.policy.cache ? this.#cached(message) : null
    if (known !== null && known.bytes.length > 0) return known.bytes.length
    const out = acquireParts()
    try {
      this._write(out, message)
      return out.mark() + out.leftOut
    } finally {
      releaseParts(out)
    }
  }

  #cached(message: Message): EncodedCache | null {
    let entry = message?._encoded ?? null
    while (entry !== null && entry.profile !== this) entry = entry.next
    return entry
  }

  #cache(message: Message, bytes: Uint8Array<ArrayBuffer>): void {
    try {
      message._encoded = { profile: this, bytes, next: message._encoded }
    } catch {
      // A frozen message keeps nothing.
    }
  }

  #count(message: Message, length: number): void {
    const { counters } = this.#receiver
    if (isSpliced(message._payload, this._format)) counters.spliced++
    counters.countOut(length)
  }

  #notOne(messages: number): ProtocolError {
    const text = `cannot decode a message from ${this.id}: a batch of ${messages}, use decodeAll`
    return new ProtocolError('BATCH_LENGTH', text, { format: this.#name, offset: 0 })
  }

  /** For message-losses.ts and envelope.ts. @internal */
  get _writer(): FrameWriter {
    return this.#writer
  }

  /** For message-losses.ts. @internal */
  get _receiver(): Receiver {
    return this.#receiver
  }

  #decodeInPlace(frame: Frame, reader: AttributeReader): AnyMessage {
    const receiver = this.#receiver
    if (typeof frame === 'string') throw notBinary(this.#name)
    const bytes = frameBytes(frame, this.#name, receiver.policy)
    const message = receiver.receiveInPlace(this._format, bytes, reader)
    receiver.countIn(message, bytes.length)
    return message
  }

  #load(frame: Frame): Uint8Array<ArrayBuffer> {
    return loadFrame(this.#receiver.kernel, frame, this.#name, !this.isBinary, this.#receiver.policy)
  }

  /** Writes the frame of a message; where its parts are is for envelope.ts. @internal */
  _write(out: Output, given: Message, landmarks: Landmarks | null = null): void {
    if (given?._encoded === undefined) throw notAMessage(given)
    let message = given
    try {
      const passthru = this.#passthru
      if (passthru !== null) {
        given._payload.ensureChecked()
        if (given._payload.mode === passthru.from) message = passthru.make(given)
      }
      if (!this.isBatched) {
        this.#writer.write(out, message, landmarks)
        return
      }
      const at = beginBatched(out, !this.isBinary)
      this.#writer.write(out, message, landmarks)
      endBatched(out, !this.isBinary, this.#separator, at)
    } catch (error) {
      throw withType(error, given.table?.code)
    }
  }
}

/** The same error; one of ours knows then which message it is about, unless it is about another one. @internal */
export function withType(error: unknown, messageType: number | undefined): unknown {
  if (error instanceof WampCodecError && error.messageType === null && messageType !== undefined) {
    Object.defineProperty(error, 'messageType', { value: messageType, enumerable: true })
  }
  return error
}

/** A JSON serializer, `json` or `json.batched`: it gives text as well, because WebSocket sends JSON in text frames. */
export class JsonSerializer extends Serializer {
  /** The frame of a message as a string. Throws EncodeError. */
  encodeText(message: Message): string {
    return this._text(message)
  }

  /** The same: what `WebSocket.send` takes for JSON is a string. */
  override encodeFrame(message: Message): string {
    return this._text(message)
  }
}

/** The serializer of an id: for JSON one that also gives text. */
export type SerializerOf<Id extends SerializerId> = Id extends `json${string}` ? JsonSerializer : Serializer
