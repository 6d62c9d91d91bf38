/**
 * The byte writer that all value encoders and message writers share. Small results are written straight into a slab
 * and handed out as parts of it, without a copy; those that do not fit get a buffer, which large ones share with none.
 *
 *     slab  | earlier result | origin ... written so far ... at | free          |
 *             never touched     finish() hands this out           next result
 *
 * A result may have to move to a bigger buffer while it grows. So a position that outlives a call of a writing method
 * is never an index into `bytes` but a mark: bytes from the start of the current result (`mark()`).
 */
import { isAttached } from '../brand.ts'
import { EncodeError, WampCodecError } from '../errors.ts'
import { utf8Length } from '../text-coders.ts'
import { type EncodeRules, type Nesting, NOT_DEEP } from './encode-value.ts'
import type { PayloadFormatName } from './format-names.ts'
import { pin } from './pin.ts'
import { readText, viewOf, WRITES_SINGLE, writeText, writeWide } from './utf8.ts'

/**
 * Bytes of one slab. A result that is kept retains its whole slab, as with Node's own Buffer pool of 8 KiB;
 * zeroing a smaller slab more often would cost more than writing into it.
 */
const SLAB_BYTES = 32 * 1024

/** A result beyond this size that the slab has no room for does not begin another slab, half of which would be left. */
const SLAB_RESULT_BYTES = SLAB_BYTES / 2

/** Behind a piece of so many bytes a result mostly ends soon: it gets room for little more than the piece. */
const LARGE_PIECE = 8 * 1024
const ENDING_BYTES = 64

/** Positions stay in 31 bits: no message may be anywhere near, and lengths on the wire have 32. */
const MAX_BYTES = 0x7fff_ffff

/** Below this length a loop over the characters beats `encodeInto`, which pays for a view and a call into C++. */
const CHARWISE_BELOW = 40
/**
 * The same for text that is neither ASCII nor Latin: there the call takes three times as long, and looks for nothing.
 */
const WIDE_CHARWISE_BELOW = 64
/** From here on the call is quicker for text of Latin letters, which engines keep as a byte each. */
const LONG_LATIN = 16

/** Up to here the room for a text is taken for three bytes a character; longer ones are measured first. */
const GUESSED_TEXT = 1024

/** How many unused writers the pool keeps: more than nested getters that encode will ever need. */
const POOLED_OUTPUTS = 4

const NOTHING = new Uint8Array(0)

/** Before the first value. */
const NO_RULES: EncodeRules = { unrepresentable: 'throw', maxDepth: 0 }

/**
 * A growing byte writer. Numbers are big-endian, as in CBOR and MsgPack, unless `isLittle` says otherwise, for BJData.
 * Every method makes room for what it writes; an index is never out of range. Throws EncodeError SIZE_LIMIT beyond
 * 2 GiB.
 */
export class Output implements Nesting {
  /** The buffer that is written to; another one after any call that makes room. */
  bytes: Uint8Array
  /** Index in `bytes` of the next byte. */
  at: number
  /** Made when a number needs it: the caller's bytes mostly never do. */
  private view: DataView | null
  /** That of `bytes`, whose own getter takes as long as making a view; null for the caller's bytes. */
  private buffer: ArrayBuffer | null
  private origin: number
  /** Of the value that is written: its format and rules, and the containers around it beyond the first levels. */
  format: PayloadFormatName
  rules: EncodeRules
  deep: object[]
  /** Whether the text that `utf8` wrote last has a lone surrogate; null when nothing has looked for one. */
  hasLone: boolean | null

  constructor() {
    this.bytes = NOTHING
    this.at = 0
    this.view = null
    this.buffer = null
    this.origin = 0
    this.format = 'cbor'
    this.rules = NO_RULES
    this.deep = NOT_DEEP
    this.hasLone = null
  }

  /** Before a result: another slab when this one was detached through a part that was handed out. */
  begin(): void {
    if (this.bytes.length < this.at) this.drop()
  }

  /** Throws WampCodecError RELEASED when a getter or `toJSON` has detached the slab under what is being written. */
  check(): void {
    if (this.bytes.length < this.at) throw gone()
  }

  /** Bytes written since the start of the current result: a position that stays true when the buffer moves. */
  mark(): number {
    return this.at - this.origin
  }

  /** The index in `bytes` of a mark; true until the next call that makes room. */
  index(mark: number): number {
    return this.origin + mark
  }

  /** Makes room for `count` more bytes. The buffer at least doubles when it moves, so n bytes cost O(n). */
  reserve(count: number): void {
    if (this.at + count > this.bytes.length) this.move(count)
  }

  /** Makes room for a result of `count` bytes before anything of it is written: a new buffer is no larger than that. */
  reserveWhole(count: number): void {
    const isLarge = count > SLAB_RESULT_BYTES && count <= MAX_BYTES
    if (!isLarge || this.at !== this.origin || this.at + count <= this.bytes.length) {
      this.reserve(count)
      return
    }
    this.over(made(count), 0)
  }

  u8(value: number): void {
    this.reserve(1)
    this.bytes[this.at++] = value
  }

  u16(value: number, isLittle: boolean = false): void {
    this.reserve(2)
    const { bytes, at } = this
    bytes[at] = isLittle ? value : value >>> 8
    bytes[at + 1] = isLittle ? value >>> 8 : value
    this.at = at + 2
  }

  u32(value: number, isLittle: boolean = false): void {
    this.reserve(4)
    const { bytes, at } = this
    bytes[at] = isLittle ? value : value >>> 24
    bytes[at + 1] = value >>> (isLittle ? 8 : 16)
    bytes[at + 2] = value >>> (isLittle ? 16 : 8)
    bytes[at + 3] = isLittle ? value >>> 24 : value
    this.at = at + 4
  }

  /** The low 64 bits of a BigInt, so two's complement for negative ones. */
  u64(value: bigint, isLittle: boolean = false): void {
    this.reserve(8)
    this.dataView().setBigUint64(this.at, BigInt.asUintN(64, value), isLittle)
    this.at += 8
  }

  /** Any NaN becomes the same bytes: on x86-64 that of 0 / 0 has another sign than `NaN`, and others have a payload. */
  f64(value: number, isLittle: boolean = false): void {
    this.reserve(8)
    this.dataView().setFloat64(this.at, Number.isNaN(value) ? Number.NaN : value, isLittle)
    this.at += 8
  }

  /** Copies `bytes[start, end)`. */
  raw(bytes: Uint8Array, start: number = 0, end: number = bytes.length): void {
    if (bytes.length < end) throw gone()
    this.reserve(end - start)
    copy(bytes, start, end, this.bytes, this.at)
    this.at += end - start
  }

  /** Copies `bytes[start, end)`, which are encoded and will not change; `OutputParts` leaves them out. */
  splice(bytes: Uint8Array, start: number = 0, end: number = bytes.length): void {
    this.raw(bytes, start, end)
  }

  /** True when `splice` leaves out, and how many bytes of the current result it has left out. */
  get leavesOut(): boolean {
    return false
  }

  get leftOut(): number {
    return 0
  }

  /**
   * Writes text as UTF-8 and returns the number of bytes. A lone surrogate becomes U+FFFD: a caller that refuses it
   * checks the text when the count differs from its length (ASCII has none).
   */
  utf8(text: string): number {
    const { length } = text
    this.hasLone = null
    if (length >= CHARWISE_BELOW && !(length < WIDE_CHARWISE_BELOW && text.charCodeAt(0) > 0xff))
      return this.longText(text)
    this.reserve(length * 3)
    const { bytes, at: before } = this
    let at = before
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i)
      if (code >= 0x80) {
        if (code < 0x100 && length >= LONG_LATIN && WRITES_SINGLE) return this.longText(text)
        const end = writeWide(bytes, at, text, i)
        this.hasLone = end < 0
        this.at = Math.abs(end)
        return this.at - before
      }
      bytes[at++] = code
    }
    this.at = at
    return at - before
  }

  /**
   * Writes short ASCII, which most text is, behind `head` bytes that the caller then writes at `at - length - head`;
   * false for any other text, of which nothing counts as written.
   */
  shortAscii(text: string, head: number): boolean {
    const { length } = text
    if (length >= CHARWISE_BELOW) return false
    this.reserve(head + length)
    const { bytes } = this
    const start = this.at + head
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i)
      if (code >= 0x80) return false
      bytes[start + i] = code
    }
    this.at = start + length
    return true
  }

  /** Writes text that the caller knows to be ASCII: one byte a character. */
  ascii(text: string): void {
    const { length } = text
    this.reserve(length)
    const { bytes, at } = this
    for (let i = 0; i < length; i++) bytes[at + i] = text.charCodeAt(i)
    this.at = at + length
  }

  /**
   * Goes back to the head at mark `head`, whose content begins at mark `start`, to write it anew with `size` bytes; the
   * content moves if that is another number. Returns the mark of the end, for `resume` after the head is written.
   * Costs O(bytes moved), so callers guess the size of a head well.
   */
  rewind(head: number, start: number, size: number): number {
    const change = head + size - start
    if (change > 0) this.reserve(change)
    const from = this.index(start)
    if (change !== 0) this.bytes.copyWithin(from + change, from, this.at)
    const end = this.mark() + change
    this.at = this.index(head)
    return end
  }

  /** Goes on writing at a mark: after `rewind`, or to take back what was written since. */
  resume(mark: number): void {
    this.at = this.index(mark)
  }

  /**
   * Returns the bytes written since `mark` (0 = the whole current result) and begins the next result. The returned
   * bytes are never written again; they may be part of a larger buffer, as those of Node's `Buffer` may.
   */
  finish(mark: number = 0): Uint8Array<ArrayBuffer> {
    const from = this.index(mark)
    const { at } = this
    const bytes = this.bytes as Uint8Array<ArrayBuffer>
    this.check()
    if (bytes.length > SLAB_BYTES) {
      this.drop()
      // A result keeps its buffer alive: copy when more than a quarter of it would be kept for nothing.
      return (at - from) * 4 < bytes.length * 3 ? bytes.slice(from, at) : viewOf(bytes, from, at - from)
    }
    this.origin = this.at = (at + 7) & ~7
    this.buffer ??= bytes.buffer
    return new Uint8Array(this.buffer, from, at - from)
  }

  /** The current result as text; it is UTF-8. Throws as `textOf` does. */
  text(): string {
    this.check()
    return textOf(this.bytes, this.origin, this.at)
  }

  /** Drops what was written since `mark` (0 = the whole current result): after an error. */
  reset(mark: number = 0): void {
    this.at = this.index(mark)
    if (mark === 0 && this.bytes.length > SLAB_BYTES) this.drop()
  }

  /** Begins a result in other bytes, from `offset` on, for as long as there is room in them. */
  over(target: Uint8Array, offset: number): void {
    this.bytes = target
    this.at = this.origin = offset
    this.view = null
    this.buffer = null
  }

  /** A view of `bytes`. */
  dataView(): DataView {
    const { bytes } = this
    this.view ??= new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    return this.view
  }

  private longText(text: string): number {
    this.reserve(text.length <= GUESSED_TEXT ? text.length * 3 : utf8Length(text))
    const written = writeText(this.bytes, text, this.at)
    this.at += written
    return written
  }

  private move(count: number): void {
    this.check()
    const used = this.at - this.origin
    const needed = used + count
    if (needed > MAX_BYTES) throw new EncodeError('SIZE_LIMIT', `cannot encode more than ${MAX_BYTES} bytes`)
    const least = count >= LARGE_PIECE ? needed + ENDING_BYTES : Math.max(needed, 2 * SLAB_BYTES)
    const size = needed <= SLAB_RESULT_BYTES ? SLAB_BYTES : Math.min(MAX_BYTES, Math.max(least, 2 * used))
    const bytes = made(size)
    copy(this.bytes, this.origin, this.at, bytes, 0)
    this.over(bytes, 0)
    this.at = used
  }

  private drop(): void {
    this.over(NOTHING, 0)
  }
}

/** What was written as text. Throws EncodeError SIZE_LIMIT for more than a string of the engine holds. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  try {
    return readText(bytes, start, end)
  } catch {
    const text = `cannot encode ${end - start} bytes as text: strings are shorter`
    throw new EncodeError('SIZE_LIMIT', text)
  }
}

/**
 * A buffer to write to. What other results may come to stand behind cannot be transferred, where runtimes can refuse
 * it.
 */
function made(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size)
  if (size <= SLAB_BYTES) pin(bytes.buffer)
  return bytes
}

/** The error for bytes that are read or written when their buffer has been detached: by a getter, say. */
export function gone(): WampCodecError {
  return new WampCodecError('RELEASED', 'cannot encode: a buffer was detached while it was read or written')
}

/** Copies `from[start, end)` to `to`, at `at`. */
function copy(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): void {
  const count = end - start
  // A loop for a few bytes: set() needs a view of the part first, which costs more than the copy.
  if (count < 32) {
    for (let i = 0; i < count; i++) to[at + i] = from[start + i]!
    return
  }
  // Not subarray: a Buffer's makes another Buffer, which takes twice as long.
  to.set(start === 0 && end === from.length ? from : viewOf(from, start, count), at)
}

const pool: Output[] = []

/**
 * Takes a writer out of the pool. A getter or `toJSON` of the application may encode again while we encode: it gets
 * another writer. Give it back with `releaseOutput` in a `finally`.
 */
export function acquireOutput(): Output {
  const out = pool.pop() ?? new Output()
  out.begin()
  return out
}

/** A copy of `bytes[start, end)`: in a slab when it is small, where it takes a third of the time of `slice`. */
export function copyOf(bytes: Uint8Array, start: number, end: number): Uint8Array<ArrayBuffer> {
  // Up to 64 bytes a slice has no buffer of its own.
  if (end - start > SLAB_RESULT_BYTES || end - start <= 64) return bytes.slice(start, end)
  const out = acquireOutput()
  try {
    out.raw(bytes, start, end)
    return out.finish()
  } finally {
    releaseOutput(out)
  }
}

/** The writers over callers' bytes have no slab to keep. */
const overPool: Output[] = []

/** Takes a writer over the caller's bytes. Give it back with `releaseOver` in a `finally`. */
export function acquireOver(target: Uint8Array, offset: number): Output {
  const out = overPool.pop() ?? new Output()
  out.over(target, offset)
  return out
}

/** Ends a result in the caller's bytes; returns its length. Throws RangeError when it does not fit, and RELEASED. */
export function finishOver(out: Output, target: Uint8Array, offset: number): number {
  const length = out.mark()
  out.check()
  if (out.bytes === target) return length
  if (length > target.length - offset) {
    if (!isAttached(target)) throw gone()
    throw new RangeError(`${length} bytes do not fit into ${target.length - offset}`)
  }
  // Room was asked for more than was needed in the end.
  target.set(viewOf(out.bytes, out.index(0), length), offset)
  return length
}

/** Puts it back, without the caller's bytes. */
export function releaseOver(out: Output): void {
  out.over(NOTHING, 0)
  if (overPool.length < POOLED_OUTPUTS) overPool.push(out)
}

/** Puts a writer back; what was written and not finished is dropped. */
export function releaseOutput(out: Output): void {
  out.reset()
  if (pool.length < POOLED_OUTPUTS) pool.push(out)
}
