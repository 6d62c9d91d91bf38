/**
 * What the FlexBuffers decoder reads besides values: offsets, sizes, numbers, texts and blobs, each checked against the
 * range, and what they may cost together. The rules are those of the kernel (assembly/formats/flexbuffers.ts). For
 * another format all that has bytes is charged each time that it is named (`Reader.charge`).
 */
import type { Reader } from '../decode-value.ts'
import { BLOB, KEY, STRING } from './types.ts'

// Packed types under which texts without a size are claimed.
const KEY_CLAIM = KEY << 2
const LISTED_CLAIM = (KEY << 2) | 1

/** Texts, each once, and blobs together may be so many times as long as the value: whole ones never overlap. */
const OVERLAP = 4

/** What a value of any size may name for another format, beside 64 bytes for each of its own: as in the kernel. */
const LEAST_GROWTH = 0x1_0000

/** A claim in a map takes about so many bytes. */
const FEW = 40

/** The parts of one value. Positions are indexes in the reader's bytes. */
export class Parts {
  declare private readonly reader: Reader
  declare private readonly view: DataView
  declare private readonly start: number
  /** The packed type of what begins at each byte, once it was met: nothing may be two things. */
  declare private claims: Uint8Array | null
  /** The same while few are known: a part of a large value costs no more than the part. */
  declare private readonly few: Map<number, number>
  /** Vectors and texts that may still be visited: as many as there are bytes, as in Google's verifier. */
  declare private visitsLeft: number
  declare private contentLeft: number
  /** Texts by where they were claimed, and their bytes: keys, and strings that are named again. */
  declare private readonly texts: Map<number, readonly [text: string, size: number]>

  /** `isPart` says that less than the whole value is read. */
  constructor(reader: Reader, start: number, isPart: boolean) {
    const { bytes, end } = reader
    this.reader = reader
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.start = start
    this.claims = isPart ? null : new Uint8Array(end - start)
    this.few = new Map()
    this.visitsLeft = end - start
    this.contentLeft = (end - start) * OVERLAP
    this.texts = new Map()
  }

  /** The unsigned number at `at`, which is in the range; rounded beyond 2^53. */
  unsigned(at: number, width: number): number {
    const { view } = this
    if (width === 1) return view.getUint8(at)
    if (width === 2) return view.getUint16(at, true)
    const low = view.getUint32(at, true)
    return width === 4 ? low : view.getUint32(at + 4, true) * 0x1_0000_0000 + low
  }

  /** The signed integer at `at`, which is in the range, as the rules want it. */
  int(at: number, width: number): number | bigint {
    const { view, reader } = this
    if (width === 1) return reader.integer(view.getInt8(at))
    if (width === 2) return reader.integer(view.getInt16(at, true))
    if (width === 4) return reader.integer(view.getInt32(at, true))
    const high = view.getInt32(at + 4, true)
    if (high >= -0x20_0000 && high < 0x20_0000) {
      return reader.integer(high * 0x1_0000_0000 + view.getUint32(at, true))
    }
    return reader.bigInteger(view.getBigInt64(at, true), at)
  }

  /** The unsigned integer at `at`, which is in the range, as the rules want it. */
  uint(at: number, width: number): number | bigint {
    const value = this.unsigned(at, width)
    if (value < 2 ** 53) return this.reader.integer(value)
    return this.reader.bigInteger(this.view.getBigUint64(at, true), at)
  }

  /** The float at `at`, which is in the range. Throws BAD_NUMBER: there are none of 8 and 16 bits. */
  float(at: number, width: number): number {
    if (width === 8) return this.view.getFloat64(at, true)
    if (width === 4) return this.view.getFloat32(at, true)
    throw this.reader.fail('BAD_NUMBER', at)
  }

  /** Throws BAD_TOKEN unless the number, which stands at `at`, is a width in bytes. */
  checkWidth(width: number, at: number): number {
    if (width === 1 || width === 2 || width === 4 || width === 8) return width
    throw this.reader.fail('BAD_TOKEN', at)
  }

  /** Where the offset in the slot at `at` points to. Throws BAD_OFFSET before the start; never behind the slot. */
  target(at: number, width: number): number {
    return this.before(at, this.unsigned(at, width))
  }

  /** The position `offset` bytes before `at`. */
  before(at: number, offset: number): number {
    if (offset <= at - this.start) return at - offset
    throw this.reader.fail('BAD_OFFSET', at)
  }

  /** Where the offset of a value points to, which is a multiple of the width that its type names. */
  aligned(slot: number, width: number, packed: number): number {
    const at = this.target(slot, width)
    const own = 1 << (packed & 3)
    if (((at - this.start) & (own - 1)) === 0) return at
    throw this.reader.fail('MISALIGNED', slot)
  }

  /** Throws LENGTH_OVERRUN unless `length` bytes at `at` are in the range, and are not all of it. */
  checkWithin(at: number, length: number): void {
    const { reader } = this
    if (length > reader.end - at || length >= reader.end - this.start) throw reader.fail('LENGTH_OVERRUN', at)
    reader.charge(length, LEAST_GROWTH, at)
  }

  /** The size before `at`: a number of things that have `each` bytes, the content of something of this kind. */
  sized(at: number, width: number, each: number, kind: number): number {
    this.#visit(at, width, kind)
    const { reader } = this
    reader.at = at
    const count = this.unsigned(at - width, width)
    reader.checkLength(count, each, at - width)
    reader.charge(count * each, LEAST_GROWTH, at)
    return count
  }

  /** The text at `at` that NUL ends. */
  key(at: number): string {
    const isNew = this.#claim(at, KEY_CLAIM)
    const known = this.#known(at)
    if (known !== undefined) return known
    const size = this.#nulFrom(at) - at
    const text = this.#text(at, size, isNew)
    this.texts.set(at, [text, size])
    return text
  }

  /** The string at `at`: its size before it, NUL behind it, and NULs inside as it likes. */
  string(at: number, width: number): string {
    const isNew = this.#visit(at, width, STRING)
    const place = at - width
    if (!isNew) {
      const known = this.#known(place)
      if (known !== undefined) return known
    }
    const { reader } = this
    const size = this.unsigned(place, width)
    reader.at = at
    reader.checkLength(size, 1, place)
    if (!this.#endsAt(at, size)) throw reader.fail('BAD_TOKEN', at + size)
    const text = this.#text(at, size, isNew)
    if (!isNew) this.texts.set(place, [text, size])
    return text
  }

  /**
   * An element of the deprecated vector of strings. Google reads up to the first NUL; we take the narrowest size that
   * ends with NUL, so that text with NUL inside is whole.
   */
  listedString(at: number): string {
    const isNew = this.#claim(at, LISTED_CLAIM)
    const known = this.#known(at)
    if (known !== undefined) return known
    let length = this.#nulFrom(at) - at
    for (let width = 1; width <= 8 && at - this.start >= width; width *= 2) {
      const size = this.unsigned(at - width, width)
      if (size < length || !this.#endsAt(at, size)) continue
      length = size
      break
    }
    const text = this.#text(at, length, isNew)
    this.texts.set(at, [text, length])
    return text
  }

  /** The bytes at `at`; each time that they are named they are produced anew. */
  blob(at: number, width: number): Uint8Array {
    const size = this.sized(at, width, 1, BLOB)
    this.#charge(size, at)
    this.reader.at = at
    return this.reader.binary(size)
  }

  /** The text that was claimed at `place`; undefined when it was not read before. */
  #known(place: number): string | undefined {
    const known = this.texts.get(place)
    if (known === undefined) return undefined
    const [text, size] = known
    this.reader.charge(size, LEAST_GROWTH, place)
    return text
  }

  #text(at: number, length: number, isNew: boolean): string {
    if (isNew) this.#charge(length, at)
    this.reader.charge(length, LEAST_GROWTH, at)
    this.reader.at = at
    return this.reader.text(length)
  }

  /** Counts a visit and claims the size before `at`; true the first time. */
  #visit(at: number, width: number, kind: number): boolean {
    if (this.visitsLeft-- === 0) throw this.reader.fail('NODE_LIMIT', at)
    return this.#claim(this.before(at, width), (kind << 2) | (31 - Math.clz32(width)))
  }

  /** True the first time. Throws BAD_OFFSET when the place belongs to another packed type. */
  #claim(at: number, packed: number): boolean {
    const { claims, few, start } = this
    const place = at - start
    const before = claims === null ? (few.get(place) ?? 0) : claims[place]!
    if (before === packed) return false
    if (before !== 0) throw this.reader.fail('BAD_OFFSET', at)
    if (claims !== null) claims[place] = packed
    else if (few.set(place, packed).size > (this.reader.end - start) / FEW) this.#spread()
    return true
  }

  /** Many are known: a byte for each place costs less. */
  #spread(): void {
    const claims = new Uint8Array(this.reader.end - this.start)
    for (const [place, packed] of this.few) claims[place] = packed
    this.claims = claims
    this.few.clear()
  }

  #charge(bytes: number, at: number): void {
    this.contentLeft -= bytes
    if (this.contentLeft < 0) throw this.reader.fail('SIZE_LIMIT', at)
  }

  #nulFrom(at: number): number {
    const { bytes, end } = this.reader
    const nul = bytes.indexOf(0, at)
    if (nul >= 0 && nul < end) return nul
    throw this.reader.fail('TRUNCATED', end)
  }

  #endsAt(at: number, size: number): boolean {
    const { bytes, end } = this.reader
    return size < end - at && bytes[at + size] === 0
  }
}
