/**
 * The application payload of a message, and the bytes of the frame that it came in: one object, shared by every
 * message that is derived from that frame. A payload is decoded when it is read; together with its message only with
 * `payloadValues: 'at-decode'`, `duplicateKeys: 'refuse'` or `integers: 'number'`.
 */
import { unshared } from '../brand.ts'
import type { Counters } from '../counters.ts'
import { releasedFrame, WampCodecError } from '../errors.ts'
import {
  MODE_ARGS,
  MODE_ENC,
  MODE_NONE,
  MODE_PPT,
  MODE_UNCHECKED,
  OK,
  RECORD_ARGS_END,
  RECORD_ARGS_START,
  RECORD_KWARGS_END,
  RECORD_KWARGS_START,
  RECORD_MODE,
  RECORD_TEXT_END,
  RECORD_TEXT_START,
  RECORD_WIDE_TEXTS,
  RECORD_WORDS,
  SCAN_NAMES,
} from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Policy } from '../limits.ts'
import { exactRules } from './decode-rules.ts'
import type { DecodeRules } from './decode-value.ts'
import { type CheckedFrame, type FastValues, NOT_DIRECT, readsAlone } from './direct.ts'
import { ARGS, KWARGS } from './direct-keys.ts'
import type { Findings } from './findings.ts'
import type { PayloadValues, ValueFormat } from './format.ts'
import { rewriting } from './growth.ts'
import type { PayloadMode, TranscodedPayload } from './payload-parts.ts'
import type { RawPayload } from './raw-payload.ts'
import { Tagged } from './values.ts'
import type { EncodedViews } from './view-source.ts'

/** What a payload needs of its codec. */
export interface PayloadContext {
  readonly kernel: Kernel
  readonly policy: Policy
  /** Rules for options and details. */
  readonly attributes: DecodeRules
  readonly counters: Counters
  /** The fast ways to values; null for a codec without them. */
  readonly fast: FastValues | null
  /** Views of encoded values; null for a codec without them. */
  readonly views: EncodedViews | null
  /** Checks the payload of a frame that was decoded with `payloadValidation: 'deferred'`; throws ProtocolError. */
  check(payload: Payload): void
  /**
   * The same, and in the same pass args and kwargs in another format. Null when that is not possible, or something is
   * wrong with it: nothing was checked then.
   */
  checkInto(payload: Payload, format: ValueFormat): TranscodedPayload | null
}

/** Reads frames that are no lists, and their attributes. */
export interface AttributeReader {
  /** The name of the frame's format in errors. */
  readonly name: string
  /**
   * The payload of the frame that fills the bytes, found where they are; `found` has the rest of the message until the
   * next call. Null when the kernel must look at it. `flags` are those of a scan, `format` is that of args and kwargs.
   */
  scan(
    context: PayloadContext,
    bytes: Uint8Array<ArrayBuffer>,
    format: ValueFormat,
    flags: number,
  ): Payload | null
  readonly found: Findings
  /** The index of what was found last, as plain numbers. */
  index(): readonly number[]
  /** The type of an option of the message with this code; null when such frames have no place for it. */
  optionType(code: number, field: number): string | null
  /** The type of the text position of the message with this code. */
  textType(code: number): string
  /** The value at `start` bytes from the frame's first, of a type that the reader knows. */
  read(frame: Payload, start: number, type: string): unknown
}

/** What was found in a frame, as the kernel's record says it: `words` from `record` on. */
export interface FrameRecord {
  readonly words: Int32Array
  readonly record: number
}

const NO_RECORD: FrameRecord = { words: new Int32Array(RECORD_WORDS), record: 0 }

/** A received payload with its frame, or one that the application built (`bytes` is null then). */
export class Payload {
  /** The frame's bytes; offsets below count from `base`. */
  bytes: Uint8Array<ArrayBuffer> | null
  base: number
  /** Bytes of the frame; of an opaque payload that the application built, its own. */
  length: number
  /** The format of args and kwargs; of the whole frame when that is a list. */
  readonly format: ValueFormat
  readonly context: PayloadContext | null
  /** Reads the frame's attributes; null for lists. Such a frame holds args, kwargs and opaque bytes one by one. */
  reader: AttributeReader | null
  mode: PayloadMode
  /** Texts beyond ASCII that args and kwargs have, or all of the frame. */
  wideTexts: number
  /** The URI or text position of the list; start equals end when it has none. */
  textStart: number
  textEnd: number
  /** The encoded args or opaque payload; start equals end when there are none. */
  argsStart: number
  argsEnd: number
  kwargsStart: number
  kwargsEnd: number
  /** Values; undefined until they are read. */
  args: unknown[] | null | undefined
  kwargs: Record<string, unknown> | null | undefined
  opaque: Uint8Array | null | undefined
  /** Values were made of it; the codec's statistics count that once. */
  isDecoded: boolean
  /** What `transcode.ts` has made of it, for all messages that share it. */
  transcoded: TranscodedPayload[] | null
  /**
   * The frame is in the kernel's input window, `loadedAt` bytes from its start, while `kernel.loads` is this. Below 0
   * only args and kwargs are there, at the places which that gives.
   */
  loads: number
  loadedAt: number
  /** The same number, of the bytes in which the attributes were found: borrowed ones may change until the next load. */
  headLoads: number

  /** What the application builds has an empty record. */
  constructor(
    bytes: Uint8Array<ArrayBuffer> | null,
    base: number,
    length: number,
    format: ValueFormat,
    context: PayloadContext | null,
    { words, record }: FrameRecord = NO_RECORD,
  ) {
    this.bytes = bytes
    this.base = base
    this.length = length
    this.format = format
    this.context = context
    this.reader = null
    this.mode = words[record + RECORD_MODE] as PayloadMode
    this.wideTexts = words[record + RECORD_WIDE_TEXTS] as number
    this.textStart = words[record + RECORD_TEXT_START] as number
    this.textEnd = words[record + RECORD_TEXT_END] as number
    this.argsStart = words[record + RECORD_ARGS_START] as number
    this.argsEnd = words[record + RECORD_ARGS_END] as number
    this.kwargsStart = words[record + RECORD_KWARGS_START] as number
    this.kwargsEnd = words[record + RECORD_KWARGS_END] as number
    this.args = undefined
    this.kwargs = undefined
    this.opaque = undefined
    this.isDecoded = false
    this.transcoded = null
    this.loads = this.headLoads = -1
    this.loadedAt = 0
  }

  /** Takes over what a later check of the payload has found. */
  found(words: Int32Array, record: number): void {
    this.mode = words[record + RECORD_MODE] as PayloadMode
    this.wideTexts = words[record + RECORD_WIDE_TEXTS] as number
    this.argsStart = words[record + RECORD_ARGS_START] as number
    this.argsEnd = words[record + RECORD_ARGS_END] as number
    this.kwargsStart = words[record + RECORD_KWARGS_START] as number
    this.kwargsEnd = words[record + RECORD_KWARGS_END] as number
  }

  /** Takes args and kwargs that were read, and so checked, in one pass. */
  take({ args, kwargs, argsEnd, kwargsStart, kwargsEnd }: PayloadValues): void {
    this.mode = MODE_ARGS
    // Not counted: as many as there may be.
    this.wideTexts = this.length
    this.argsEnd = argsEnd - this.base
    if (kwargs !== null) {
      this.kwargsStart = kwargsStart - this.base
      this.kwargsEnd = kwargsEnd - this.base
    }
    this.args = args
    this.kwargs = kwargs
    // Counted with its message, which may still be refused.
    this.isDecoded = true
  }

  /**
   * The frame's bytes, for reading. Throws WampCodecError RELEASED when they are gone: the buffer of a borrowed frame
   * was detached or shrunk. Everything below that looks at a byte gets them here.
   */
  source(): Uint8Array<ArrayBuffer> {
    const bytes = this.bytes as Uint8Array<ArrayBuffer>
    if (bytes.length < this.base + this.length) throw releasedFrame(this.frameFormat)
    return bytes
  }

  /** Checks what was deferred at decode. Everything below calls it before a byte is looked at. */
  ensureChecked(): void {
    if (this.mode === MODE_UNCHECKED) this.context?.check(this)
  }

  readArgs(): unknown[] | null {
    if (this.args === undefined) {
      this.ensureChecked()
      const present = this.mode === MODE_ARGS && this.argsEnd > this.argsStart
      this.args = present ? (this.decode(this.argsStart, this.argsEnd) as unknown[]) : null
    } else this.checkViews()
    return this.args
  }

  readKwargs(): Record<string, unknown> | null {
    if (this.kwargs === undefined) {
      this.ensureChecked()
      const present = this.mode === MODE_ARGS && this.kwargsEnd > this.kwargsStart
      this.kwargs = present
        ? (this.decode(this.kwargsStart, this.kwargsEnd) as Record<string, unknown>)
        : null
    } else this.checkViews()
    return this.kwargs
  }

  /** Values that were read before may have views of the frame inside. */
  private checkViews(): void {
    if (this.bytes !== null && this.context?.policy.binary === 'view') this.source()
  }

  /**
   * args for another format: what plain values would lose is kept. Not remembered; the same as args when built. Throws
   * EncodeError SIZE_LIMIT when they would grow beyond measure.
   */
  exactArgs(): unknown {
    if (this.bytes === null) return this.readArgs()
    this.ensureChecked()
    return this.mode === MODE_ARGS && this.argsEnd > this.argsStart
      ? this.decodeExact('args', this.argsStart, this.argsEnd)
      : null
  }

  /** kwargs for another format, likewise. */
  exactKwargs(): unknown {
    if (this.bytes === null) return this.readKwargs()
    this.ensureChecked()
    const present = this.mode === MODE_ARGS && this.kwargsEnd > this.kwargsStart
    return present ? this.decodeExact('kwargs', this.kwargsStart, this.kwargsEnd) : null
  }

  /**
   * The opaque payload, for the application: a view of the frame where the format allows it, and never shared memory.
   */
  readOpaque(): Uint8Array<ArrayBuffer> | null {
    const opaque = this.handOut()
    if (opaque === null) return null
    this.countDecoded()
    return unshared(opaque)
  }

  /** For applications, who may change them. */
  private handOut(): Uint8Array | null {
    const opaque = this.knownOpaque()
    if (opaque !== null && this.bytes !== null && opaque.buffer !== this.bytes.buffer) handedOut.add(this)
    return opaque
  }

  /** The same for serializers: nothing is counted, and the frame's bytes go on, also when those handed out changed. */
  opaqueBytes(): Uint8Array | null {
    const opaque = this.knownOpaque()
    return opaque !== null && handedOut.has(this) ? this.decodeBytes() : opaque
  }

  private knownOpaque(): Uint8Array | null {
    if (this.opaque === undefined) {
      this.ensureChecked()
      const present = this.mode === MODE_ENC || this.mode === MODE_PPT
      this.opaque = present ? this.decodeBytes() : null
    } else if (this.bytes !== null) this.source()
    else if (this.opaque !== null && this.opaque.length < this.length) {
      throw new WampCodecError('RELEASED', 'payload: its buffer was detached or shrunk', { path: 'payload' })
    }
    return this.opaque
  }

  /** True for opaque bytes, also when there are none of them. */
  isOpaque(): boolean {
    this.ensureChecked()
    return this.mode === MODE_ENC || this.mode === MODE_PPT
  }

  /** True for opaque bytes that are not empty. */
  hasOpaque(): boolean {
    if (!this.isOpaque()) return false
    // Base64 takes time, and JSON needs eight bytes to say that there are none. Other formats may take any number.
    if (this.format.name === 'json' && this.argsEnd - this.argsStart > MAX_EMPTY_JSON_BYTES) return true
    return (this.opaqueBytes() as Uint8Array).length > 0
  }

  /** The spans of the payload in its own format; null for one that the application built. */
  raw(): RawPayload | null {
    this.ensureChecked()
    if (this.bytes === null || this.mode === MODE_NONE) return null
    const { mode, format } = this
    if (mode !== MODE_ARGS) {
      const opaque = this.handOut() as Uint8Array
      return { format: format.name, mode: mode === MODE_ENC ? 'enc' : 'ppt', bytes: [opaque] }
    }
    const bytes: Uint8Array[] = []
    if (this.argsEnd > this.argsStart) bytes.push(this.span(this.argsStart, this.argsEnd))
    // Not one for all: its buffer is the application's to transfer.
    else bytes.push(new Uint8Array(0))
    if (this.kwargsEnd > this.kwargsStart) bytes.push(this.span(this.kwargsStart, this.kwargsEnd))
    return { format: format.name, mode: 'args', bytes }
  }

  /** A view of the frame. */
  span(start: number, end: number): Uint8Array<ArrayBuffer> {
    const bytes = this.source()
    return new Uint8Array(bytes.buffer, bytes.byteOffset + this.base + start, end - start)
  }

  /** Puts the frame into the kernel's input window, at `loadedAt`; false when it was there still. */
  makeResident(kernel: Kernel): boolean {
    if (this.loads === kernel.loads && this.loadedAt >= 0) return false
    kernel.load(this.span(0, this.length))
    this.loads = kernel.loads
    this.loadedAt = 0
    return true
  }

  /** Copies the frame out of whatever larger buffer it is a part of; every sharer sees the copy. */
  detach(): void {
    if (this.bytes === null) {
      // Bytes that the application gave: they may be a view of the frame of another message.
      if (this.opaque != null) this.opaque = new Uint8Array(this.opaque)
      return
    }
    // A borrowed buffer is the caller's again after this, also one that the frame fills.
    const isOwn = this.context?.policy.ownership === 'copy'
    if (isOwn && this.bytes.buffer.byteLength === this.length) return
    const copy = new Uint8Array(this.length)
    copy.set(this.span(0, this.length))
    this.rebase(copy)
    const twin = twins.get(this)
    if (twin !== undefined) twin.rebase(copy)
  }

  private rebase(copy: Uint8Array<ArrayBuffer>): void {
    this.bytes = copy
    this.base = 0
    // An opaque payload is a view of the old buffer.
    if (this.opaque != null && (this.mode === MODE_ENC || this.mode === MODE_PPT)) this.opaque = undefined
    // So may be bytes inside of args and kwargs.
    if (this.context?.policy.binary === 'view') this.args = this.kwargs = undefined
  }

  /** Bytes of the buffer that this payload keeps alive. */
  get retainedBytes(): number {
    return this.bytes === null ? 0 : this.bytes.buffer.byteLength
  }

  /** The name of the frame's format. */
  get frameFormat(): string {
    return this.reader === null ? this.format.name : this.reader.name
  }

  /**
   * Decodes one option or position of the frame. `indexedType` is what the index says of its type, `slotType` its type
   * in a schema, where the frame has one.
   */
  decodeAttribute(
    start: number,
    end: number,
    indexedType: number = 0,
    slotType: string | null = null,
    others: Partial<DecodeRules> | null = null,
  ): unknown {
    const { base, context, format } = this
    const bytes = this.source()
    if (this.reader !== null && slotType !== null) return this.reader.read(this, start, slotType)
    const { attributes, kernel, fast } = context as PayloadContext
    // What has no head of its own is not for the direct readers.
    if (fast !== null && indexedType === 0 && this.headLoads === kernel.loads && others === null) {
      const value = fast.attribute(kernel, this, start, end, attributes)
      if (value !== NOT_DIRECT) return value
    }
    const rules = others === null ? attributes : { ...attributes, ...others }
    return format.decode(bytes, base + start, base + end, rules, indexedType)
  }

  /** True when bytes of the frame look like `undefined`; they may be a part of another value. */
  holdsUndefined(start: number, end: number): boolean {
    const { undefinedForm } = this.format
    if (undefinedForm === undefined) return false
    const bytes = this.span(start, end)
    for (let at = bytes.indexOf(undefinedForm[0] as number); at >= 0; ) {
      if (undefinedForm.every((byte, i) => bytes[at + i] === byte)) return true
      at = bytes.indexOf(undefinedForm[0] as number, at + 1)
    }
    return false
  }

  private countDecoded(): void {
    if (this.isDecoded) return
    this.isDecoded = true
    if (this.context !== null) this.context.counters.decodedPayloads++
  }

  private decode(start: number, end: number): unknown {
    this.countDecoded()
    const { policy, kernel, fast } = this.context as PayloadContext
    const { format, base } = this
    const bytes = this.source()
    const isResident = this.loads === kernel.loads
    if (fast?.canRead(policy) && (isResident || !readsAlone(format))) {
      const isKwargs = start === this.kwargsStart
      const checked = isResident ? this : this.checkedAgain(start, end, isKwargs)
      if (checked !== null) {
        const value = fast.value(kernel, checked, start, end, isKwargs ? KWARGS : ARGS, policy)
        if (value !== NOT_DIRECT) return value
      }
    }
    return untagged(format.decode(bytes, base + start, base + end, policy))
  }

  /** Puts args or kwargs before the kernel again; null when a borrowed frame was changed since it was checked. */
  private checkedAgain(start: number, end: number, isKwargs: boolean): CheckedFrame | null {
    const { kernel, policy } = this.context as PayloadContext
    const { format, bytes, base } = this
    kernel.load(this.span(start, end))
    if (kernel.check(0, end - start, format.id, isKwargs ? SCAN_NAMES : 0, policy) !== OK) return null
    const wideTexts = kernel.words[kernel.record + RECORD_WIDE_TEXTS] as number
    return { format, bytes, base, loadedAt: -start, wideTexts }
  }

  private decodeExact(path: string, start: number, end: number): unknown {
    this.countDecoded()
    const { format, base } = this
    const rules = exactRules((this.context as PayloadContext).policy)
    return untagged(rewriting(path, () => format.decode(this.source(), base + start, base + end, rules)))
  }

  private decodeBytes(): Uint8Array {
    if (this.reader !== null) return this.span(this.argsStart, this.argsEnd)
    const { policy } = this.context as PayloadContext
    const start = this.base + this.argsStart
    const end = this.base + this.argsEnd
    // A tag around it means nothing, whatever the codec does with the tags inside of args.
    const rules = { ...policy, binary: 'view' as const, tags: 'plain' as const }
    return this.format.decode(this.source(), start, end, rules) as Uint8Array
  }
}

/** Bytes of "\\u0000", which is an empty byte string in JSON. */
const MAX_EMPTY_JSON_BYTES = 8

/** Payloads that are the same bytes in two dialects (dialect.ts): detaching one detaches the other. */
export const twins: WeakMap<Payload, Payload> = new WeakMap()

/** Payloads whose bytes an application has as a copy, as of base64 or chunks: others are the frame's own. */
const handedOut = new WeakSet<Payload>()

/** args and kwargs are a list and a dictionary, whatever tags stand before them. */
function untagged(value: unknown): unknown {
  while (value instanceof Tagged) value = value.value
  return value
}

/** What was never encoded has no bytes to decode: of its format only the name is asked. */
const NO_FORMAT = { id: 0, name: 'json' } as ValueFormat

/** The payload of messages that have none; shared, and never written to. */
export const NO_PAYLOAD: Payload = emptyPayload()

function emptyPayload(): Payload {
  const payload = new Payload(null, 0, 0, NO_FORMAT, null)
  payload.args = null
  payload.kwargs = null
  payload.opaque = null
  Object.freeze(payload)
  return payload
}

/** A payload that the application gives: args and kwargs, or opaque bytes. */
export function builtPayload(
  args: unknown[] | null,
  kwargs: Record<string, unknown> | null,
  opaque: Uint8Array | null,
  mode: typeof MODE_ENC | typeof MODE_PPT,
): Payload {
  if (args === null && kwargs === null && opaque === null) return NO_PAYLOAD
  const payload = new Payload(null, 0, opaque?.length ?? 0, NO_FORMAT, null)
  payload.mode = opaque === null ? MODE_ARGS : mode
  payload.args = args
  payload.kwargs = kwargs
  payload.opaque = opaque
  return payload
}
