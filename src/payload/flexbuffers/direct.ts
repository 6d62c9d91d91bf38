/**
 * FlexBuffers for the direct readers. The kernel has verified the value: every offset and size is in the range. What
 * one payload names again and again is charged, and falls back before it costs more than the payload's bytes.
 */
import type { Kernel } from '../../kernel/kernel.ts'
import { setOwn } from '../decode-value.ts'
import { DirectReader, FALLBACK } from '../direct-reader.ts'
import type { ReadKey } from '../read-key.ts'
import { arrayOf, SORT_ANY, SORT_DOUBLE, SORT_INTEGER } from '../templates.ts'
import {
  BLOB,
  BOOL,
  FLOAT,
  INDIRECT_FLOAT,
  INDIRECT_INT,
  INT,
  KEY,
  MAP,
  NULL,
  STRING,
  UINT,
  VECTOR,
  VECTOR_BOOL,
  VECTOR_INT,
} from './types.ts'

/** So many times the bytes of the value may become text or blobs; what names one again and again falls back. */
const NAMED = 2
/** Shorter keys are found again and again at no cost. */
const SHORT_KEY = 64

/** Bytes before a text that become a part of text with it, when it stands before the last one. */
const BACK = 256

/** A key ends with NUL. */
const KEY_TAIL = 1

export class DirectFlexbuffers extends DirectReader {
  /** The next element, the byte of its type, and the bytes that it has. */
  declare private slot: number
  declare private type: number
  declare private width: number
  /** The offset of the next key, in maps. */
  declare private keySlot: number
  declare private keyWidth: number
  /** The kernel's count of messages at the beginning. */
  declare private loads: number
  /** Where the value begins. */
  declare private first: number
  /** Bytes of texts and blobs that may still be read, and of parts of text that may still be made. */
  declare private allowance: number
  declare private partsLeft: number

  constructor(kernel: Kernel) {
    super(kernel, NO_SORTS, KEY_TAIL)
    this.slot = this.type = this.width = 0
    this.keySlot = this.keyWidth = 0
    this.loads = this.first = this.allowance = this.partsLeft = 0
  }

  protected override whole(parentKey: ReadKey): unknown {
    const { bytes, at, end } = this
    this.loads = this.kernel.loads
    this.first = at
    this.allowance = this.partsLeft = NAMED * (end - at)
    this.width = bytes[end - 1] as number
    this.type = end - 2
    this.slot = end - 2 - this.width
    return this.value(parentKey)
  }

  /** The next element of the open vector or map. */
  value(parentKey: ReadKey): unknown {
    const { slot, width } = this
    const packed = this.bytes[this.type++] as number
    this.slot = slot + width
    const kind = packed >> 2
    switch (kind) {
      case NULL:
        return null
      case INT:
      case UINT:
      case FLOAT:
        return this.number(kind, slot, width)
      case BOOL:
        return this.unsigned(slot, width) !== 0
    }
    const at = slot - this.unsigned(slot, width)
    const own = 1 << (packed & 3)
    switch (kind) {
      case STRING:
        return this.textAt(at, this.unsigned(at - own, own))
      case MAP:
        return this.mapAt(at, own, parentKey)
      case VECTOR:
        return this.vectorAt(at, own, parentKey)
      case KEY:
        return this.textAt(at, this.keyLength(at))
      case BLOB:
        return this.blobAt(at, this.unsigned(at - own, own))
      case VECTOR_BOOL:
        return this.typedAt(BOOL, at, own)
    }
    if (kind <= INDIRECT_FLOAT) return this.number(kind - INDIRECT_INT + INT, at, own)
    if (kind <= VECTOR_INT + FLOAT - INT) return this.typedAt(kind - VECTOR_INT + INT, at, own)
    throw FALLBACK
  }

  /** Throws FALLBACK for integers that a double does not hold. */
  private number(kind: number, at: number, width: number): number {
    const { view } = this
    if (kind === FLOAT) return width === 8 ? view.getFloat64(at, true) : view.getFloat32(at, true)
    if (kind === UINT) {
      const value = this.unsigned(at, width)
      if (value > Number.MAX_SAFE_INTEGER) throw FALLBACK
      return value
    }
    if (width === 1) return view.getInt8(at)
    if (width === 2) return view.getInt16(at, true)
    if (width === 4) return view.getInt32(at, true)
    const high = view.getInt32(at + 4, true)
    if (high >= 0x20_0000 || high < -0x20_0000) throw FALLBACK
    return high * 0x1_0000_0000 + view.getUint32(at, true)
  }

  /** The unsigned number at `at`; rounded beyond 2^53. */
  private unsigned(at: number, width: number): number {
    const { view } = this
    if (width === 1) return this.bytes[at] as number
    if (width === 2) return view.getUint16(at, true)
    const low = view.getUint32(at, true)
    return width === 4 ? low : view.getUint32(at + 4, true) * 0x1_0000_0000 + low
  }

  private textAt(at: number, length: number): string {
    this.charge(length)
    this.at = at
    return this.text(length)
  }

  private blobAt(at: number, length: number): Uint8Array {
    this.charge(length)
    this.at = at
    return this.binary(length)
  }

  private charge(length: number): void {
    this.allowance -= length
    if (this.allowance < 0) throw FALLBACK
  }

  /** Offsets go anywhere: a map's values are read in the order of its keys, and stand in another. */
  protected override ascii(start: number, end: number): string {
    if (start < this.partStart || end > this.partEnd) {
      if (this.partsLeft < 0) return this.single(start, end)
      if (start < this.partStart) this.openPart(Math.max(this.first, start - BACK), end)
    }
    return super.ascii(start, end)
  }

  protected override openPart(start: number, end: number): void {
    super.openPart(start, end)
    this.partsLeft -= this.partEnd - start
  }

  /** A setter may put another message in the place of this one, whose offsets lead anywhere, and round in circles. */
  protected override enter(count: number): void {
    if (this.kernel.loads !== this.loads) throw FALLBACK
    super.enter(count)
  }

  /** A vector whose elements have types of their own. */
  private vectorAt(at: number, width: number, parentKey: ReadKey): unknown[] {
    const count = this.unsigned(at - width, width)
    const { slot, type, width: outerWidth } = this
    this.at = at
    this.enter(count)
    this.slot = at
    this.type = at + count * width
    this.width = width
    const sort = SORTS[(this.bytes[this.type] as number) >> 2] ?? SORT_ANY
    const values = this.elements(count, sort, parentKey)
    this.slot = slot
    this.type = type
    this.width = outerWidth
    this.levels--
    return values
  }

  /** A vector whose elements are all numbers of one kind, or booleans. */
  private typedAt(kind: number, at: number, width: number): unknown[] {
    const count = this.unsigned(at - width, width)
    if (count > this.end - at) throw FALLBACK
    const values = arrayOf(SORTS[kind] ?? SORT_ANY, count)
    for (let i = 0, from = at; i < count; i++, from += width) {
      values[i] = kind === BOOL ? this.unsigned(from, width) !== 0 : this.number(kind, from, width)
    }
    return values
  }

  private mapAt(at: number, width: number, parentKey: ReadKey): Record<string, unknown> {
    const count = this.unsigned(at - width, width)
    const { slot, type, width: outerWidth, keySlot, keyWidth } = this
    const prefix = at - 3 * width
    this.slot = at
    this.type = at + count * width
    this.width = width
    this.keySlot = prefix - this.unsigned(prefix, width)
    this.keyWidth = this.bytes[prefix + width] as number
    this.at = at
    const object = this.map(count, parentKey)
    this.slot = slot
    this.type = type
    this.width = outerWidth
    this.keySlot = keySlot
    this.keyWidth = keyWidth
    return object
  }

  override expected(previousKey: ReadKey): ReadKey | null {
    this.at = this.keySlot - this.unsigned(this.keySlot, this.keyWidth)
    const key = super.expected(previousKey)
    if (key !== null) this.keySlot += this.keyWidth
    return key
  }

  protected override known(previousKey: ReadKey): ReadKey | null {
    const key = super.known(previousKey)
    if (key !== null) this.keySlot += this.keyWidth
    return key
  }

  protected override pairOfText(object: Record<string, unknown>): void {
    const at = this.keySlot - this.unsigned(this.keySlot, this.keyWidth)
    this.keySlot += this.keyWidth
    const key = this.textAt(at, this.keyLength(at))
    setOwn(object, key, this.value(this.keys.unknown))
  }

  protected keySize(): number {
    this.keyHead = 0
    const length = this.keyLength(this.at)
    if (length > SHORT_KEY) this.charge(length)
    return length + KEY_TAIL
  }

  /** Bytes up to the NUL that ends the key at `at`. */
  private keyLength(at: number): number {
    const { bytes } = this
    let end = at
    while (end < this.end && bytes[end] !== 0) end++
    return end - at
  }
}

/** Vectors have their types elsewhere. */
const NO_SORTS = new Uint8Array(256)

/** What the type of its first element says about a vector. */
const SORTS: Readonly<Record<number, number>> = {
  [INT]: SORT_INTEGER,
  [UINT]: SORT_INTEGER,
  [FLOAT]: SORT_DOUBLE,
}
