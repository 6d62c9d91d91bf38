/**
 * The bytes of FlexBuffers, for `flexbuffers/write.ts`. The format is written bottom-up: what an offset points to
 * stands before it, and a vector is as wide as its widest element. So the elements of a container wait on a stack until
 * all of them are known; then the vector is written, and waits in their place.
 *
 * Keys and vectors of keys are written once, whatever the order in which maps have them.
 */

import type { Output } from '../output.ts'
import type { KeyMemory, KeySequence, PlacedKey } from './keys.ts'
import { BLOB, BOOL, FLOAT, INDIRECT_INT, INT, KEY, MAP, NULL, STRING, UINT, VECTOR } from './types.ts'

/** Elements before the first value: of a vector its size, of a map also the offset and the width of its keys. */
const VECTOR_PREFIX = 1
const MAP_PREFIX = 3

const scratch = new DataView(new ArrayBuffer(8))
const scratchBytes = new Uint8Array(scratch.buffer)

/** One value that is being written. Positions count from its first byte, widths are logarithms. */
export class Layout {
  declare private readonly out: Output
  /** Mark of the value's first byte. */
  declare private readonly origin: number
  /** Waiting elements: type, width, and the scalar or the position that an offset will point to. */
  declare private readonly types: number[]
  declare private readonly widths: number[]
  declare private readonly values: (number | bigint)[]
  /** How many elements wait: a container begins at the next one. What stands behind them has been written. */
  declare waiting: number
  declare private readonly memory: KeyMemory

  /** `memory` belongs to this writer until `finish`. */
  constructor(out: Output, memory: KeyMemory) {
    this.out = out
    this.origin = out.mark()
    this.types = []
    this.widths = []
    this.values = []
    this.waiting = 0
    this.memory = memory
    memory.begin()
  }

  /** The keys of a map that begins. */
  get noKeys(): KeySequence {
    return this.memory.root
  }

  addNull(): void {
    this.#push(NULL, 0, 0)
  }

  addBoolean(value: boolean): void {
    this.#push(BOOL, 0, value ? 1 : 0)
  }

  /** Adds an integer from -2^53 to 2^53, or a BigInt of 64 bits beyond. */
  addInteger(value: number | bigint, isRoot: boolean): void {
    if (typeof value === 'bigint') {
      this.#addWide(value <= 0x7fff_ffff_ffff_ffffn ? INT : UINT, value, isRoot)
      return
    }
    const width = integerWidth(value)
    if (width < 3) this.#push(INT, width, value)
    else this.#addWide(INT, value, isRoot)
  }

  addFloat(float: number, isRoot: boolean): void {
    // Any NaN becomes the same bytes, as in the other formats.
    const value = Number.isNaN(float) ? Number.NaN : float
    if (Object.is(Math.fround(value), value)) this.#push(FLOAT, 2, value)
    else this.#addWide(FLOAT, value, isRoot)
  }

  /** Adds a text of `length` bytes. */
  addText(text: string, length: number): void {
    const width = this.#writeSize(length)
    const at = this.#position()
    this.out.utf8(text)
    this.out.u8(0)
    this.#push(STRING, width, at)
  }

  addBlob(bytes: Uint8Array): void {
    const width = this.#writeSize(bytes.length)
    const at = this.#position()
    this.out.raw(bytes)
    this.#push(BLOB, width, at)
  }

  /** The keys of a map so far, and one more. */
  after(keys: KeySequence, key: string): KeySequence {
    return this.memory.after(keys, key)
  }

  /** True when the last key was written in this payload. */
  hasKey({ key }: KeySequence): boolean {
    return (key as PlacedKey).payload === this.memory.payload
  }

  /** Writes the last key, which has no NUL, for the first time; returns its length in bytes. */
  writeKey({ key }: KeySequence): number {
    const placed = key as PlacedKey
    placed.payload = this.memory.payload
    placed.at = this.#position()
    const length = this.out.utf8(placed.text)
    this.out.u8(0)
    return length
  }

  /** Takes the key back that was written last, at this mark. */
  dropKey({ key }: KeySequence, mark: number): void {
    const placed = key as PlacedKey
    placed.payload = 0
    this.out.resume(mark)
  }

  /** Makes one vector of the elements that wait from `first` on. */
  closeArray(first: number): void {
    this.#closeVector(first, null, false)
  }

  /** Makes one map of the elements that wait from `first` on; `keys` are theirs. */
  closeMap(first: number, keys: KeySequence): void {
    this.#writeKeys(this.memory.sorted(keys))
    this.#closeVector(first, keys, false)
  }

  /** Writes the one waiting element as the root. */
  finish(): void {
    const { out } = this
    const width = this.#elementWidth(0, this.#position(), 0)
    this.#align(width)
    this.#writeElement(0, width)
    out.u8(this.#packedType(0, width))
    out.u8(1 << width)
    this.memory.end()
  }

  /** Adds a number of 64 bits: indirect, unless it is the root. */
  #addWide(type: number, value: number | bigint, isRoot: boolean): void {
    if (isRoot) {
      this.#push(type, 3, value)
      return
    }
    this.#align(3)
    const at = this.#position()
    this.#writeScalar(type, value, 3)
    this.#push(type - INT + INDIRECT_INT, 3, at)
  }

  #push(type: number, width: number, value: number | bigint): void {
    const { waiting } = this
    this.types[waiting] = type
    this.widths[waiting] = width
    this.values[waiting] = value
    this.waiting = waiting + 1
  }

  /** Writes the vector of sorted keys, unless this payload has it. */
  #writeKeys(sorted: KeySequence): void {
    const { payload } = this.memory
    if (sorted.payload === payload) return
    const first = this.waiting
    for (const { at } of sorted.keys()) this.#push(KEY, 0, at)
    this.#closeVector(first, null, true)
    this.waiting = first
    sorted.payload = payload
    sorted.at = this.values[first] as number
    sorted.width = this.widths[first]!
  }

  /**
   * Writes the elements that wait from `first` on as a vector, typed when they are keys, or as a map with these keys,
   * whose vector is written.
   */
  #closeVector(first: number, mapKeys: KeySequence | null, areKeys: boolean): void {
    const { out } = this
    const count = this.waiting - first
    const prefix = mapKeys === null ? VECTOR_PREFIX : MAP_PREFIX
    const sorted = mapKeys === null ? null : (mapKeys.sorted as KeySequence)
    const order = mapKeys === null ? null : (mapKeys.order as readonly number[])
    const start = this.#position()
    // Widths depend on the order, too: an offset is the longer, the later its slot comes.
    let width = unsignedWidth(count)
    if (sorted !== null) width = Math.max(width, offsetWidth(start, 0, sorted.at))
    for (let i = 0; i < count; i++) {
      width = Math.max(width, this.#elementWidth(placeOf(first, order, i), start, i + prefix))
    }
    out.reserve((prefix + count + 1) << width)
    this.#align(width)
    if (sorted !== null) {
      this.#writeInteger(this.#position() - sorted.at, width)
      this.#writeInteger(1 << sorted.width, width)
    }
    this.#writeInteger(count, width)
    const at = this.#position()
    for (let i = 0; i < count; i++) this.#writeElement(placeOf(first, order, i), width)
    if (!areKeys) {
      for (let i = 0; i < count; i++) out.u8(this.#packedType(placeOf(first, order, i), width))
    }
    this.waiting = first
    this.#push(mapKeys === null ? VECTOR : MAP, width, at)
  }

  /** Bytes since the start of the value. */
  #position(): number {
    return this.out.mark() - this.origin
  }

  #align(width: number): void {
    for (let i = padding(this.#position(), width); i > 0; i--) this.out.u8(0)
  }

  /** Writes a size in its narrowest width, aligned to it; returns the width. */
  #writeSize(size: number): number {
    const width = unsignedWidth(size)
    this.#align(width)
    this.#writeInteger(size, width)
    return width
  }

  /** Width that element `index` of the stack needs as number `place` of a vector that begins at `start`. */
  #elementWidth(index: number, start: number, place: number): number {
    if (isInline(this.types[index]!)) return this.widths[index]!
    return offsetWidth(start, place, this.values[index] as number)
  }

  /** Packed type of an element: an offset's names the width there, a scalar's the width here. */
  #packedType(index: number, width: number): number {
    const type = this.types[index]!
    return (type << 2) | (isInline(type) ? width : this.widths[index]!)
  }

  #writeElement(index: number, width: number): void {
    const type = this.types[index]!
    const value = this.values[index]!
    if (isInline(type)) this.#writeScalar(type, value, width)
    else this.#writeInteger(this.#position() - (value as number), width)
  }

  #writeScalar(type: number, value: number | bigint, width: number): void {
    if (type === FLOAT || typeof value === 'bigint') {
      if (typeof value === 'bigint') scratch.setBigUint64(0, BigInt.asUintN(64, value), true)
      else if (width === 2) scratch.setFloat32(0, value, true)
      else scratch.setFloat64(0, value, true)
      this.out.raw(scratchBytes, 0, 1 << width)
    } else {
      this.#writeInteger(value, width)
    }
  }

  /** Writes an integer of up to 53 bits, little-endian, two's complement. */
  #writeInteger(value: number, width: number): void {
    const { out } = this
    if (width === 0) {
      out.u8(value)
      return
    }
    out.reserve(1 << width)
    const { bytes } = out
    let part = value | 0
    for (let i = 0; i < 1 << width; i++) {
      if (i === 4) part = Math.floor(value / 0x1_0000_0000)
      bytes[out.at++] = part
      part >>= 8
    }
  }
}

/** Where element `i` of a container waits: the elements of a map wait in the order of the map. */
function placeOf(first: number, order: readonly number[] | null, i: number): number {
  return first + (order === null ? i : order[i]!)
}

/** True for what stands in place of an offset. */
function isInline(type: number): boolean {
  return type <= FLOAT || type === BOOL
}

/** Bytes to add to `position` to make it a multiple of the width. */
function padding(position: number, width: number): number {
  return -position & ((1 << width) - 1)
}

/** The narrowest width for an unsigned number below 2^32: sizes and offsets. */
function unsignedWidth(value: number): number {
  return value < 0x100 ? 0 : value < 0x1_0000 ? 1 : 2
}

/** The narrowest width for an integer within ±2^53. */
function integerWidth(value: number): number {
  if (value >= -0x80 && value < 0x80) return 0
  if (value >= -0x8000 && value < 0x8000) return 1
  return value >= -0x8000_0000 && value < 0x8000_0000 ? 2 : 3
}

/** The narrowest width of a vector, to begin at `start`, whose slot `place` can point to `target`. */
function offsetWidth(start: number, place: number, target: number): number {
  for (let width = 0; width < 2; width++) {
    const slot = start + padding(start, width) + (place << width)
    if (unsignedWidth(slot - target) <= width) return width
  }
  return 2
}
