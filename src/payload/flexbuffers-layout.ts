/**
 * The bytes of FlexBuffers, for `encode-flexbuffers.ts`. The format is written bottom-up: what an offset points to
 * stands before it, and a vector is as wide as its widest element. So the elements of a container wait on a stack until
 * all of them are known; then the vector is written, and waits in their place.
 *
 * Keys and vectors of keys are written once, whatever the order in which maps have them.
 */
import {
  BLOB,
  BOOL,
  FLOAT,
  INDIRECT_INT,
  INT,
  KEY,
  MAP,
  NULL,
  STRING,
  UINT,
  VECTOR,
} from './flexbuffers-types.ts'
import type { Output } from './output.ts'

/** Elements before the first value: of a vector its size, of a map also the offset and the width of its keys. */
const VECTOR_PREFIX = 1
const MAP_PREFIX = 3

/** A vector of sorted keys that was written: its position and the logarithm of its width. */
interface KeyVector {
  readonly at: number
  readonly width: number
}

/** The keys of maps that have the same ones in the same order. */
interface Shape {
  /** Place of each sorted key in the order of the map. */
  readonly order: readonly number[]
  readonly keys: KeyVector
}

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
  /** Positions of the keys. */
  declare private readonly keys: Map<string, number>
  /** Shapes by the keys in the order of the map, vectors of keys by the keys as they are sorted (`nameOf`). */
  declare private readonly shapes: Map<string, Shape>
  declare private readonly keyVectors: Map<string, KeyVector>

  constructor(out: Output) {
    this.out = out
    this.origin = out.mark()
    this.types = []
    this.widths = []
    this.values = []
    this.keys = new Map()
    this.shapes = new Map()
    this.keyVectors = new Map()
  }

  /** Elements that wait: a container begins at the next one. */
  get waiting(): number {
    return this.types.length
  }

  addNull(): void {
    this.#push(NULL, 0, 0)
  }

  addBoolean(value: boolean): void {
    this.#push(BOOL, 0, value ? 1 : 0)
  }

  /** Adds an integer within ±2^53, or a BigInt of 64 bits beyond. */
  addInteger(value: number | bigint, isRoot: boolean): void {
    if (typeof value === 'bigint') {
      this.#addWide(value <= 0x7fff_ffff_ffff_ffffn ? INT : UINT, value, isRoot)
      return
    }
    const width = integerWidth(value)
    if (width < 3) this.#push(INT, width, value)
    else this.#addWide(INT, value, isRoot)
  }

  addFloat(value: number, isRoot: boolean): void {
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

  hasKey(key: string): boolean {
    return this.keys.has(key)
  }

  /** Writes a key, which has no NUL, for the first time; returns its length in bytes. */
  writeKey(key: string): number {
    this.keys.set(key, this.#position())
    const length = this.out.utf8(key)
    this.out.u8(0)
    return length
  }

  /** Takes the key back that was written last, at this mark. */
  dropKey(key: string, mark: number): void {
    this.keys.delete(key)
    this.out.resume(mark)
  }

  /** Makes one vector of the elements that wait from `first` on. */
  closeArray(first: number): void {
    this.#closeVector(first, null, false)
  }

  /** Makes one map of the elements that wait from `first` on; `keys` are theirs. */
  closeMap(first: number, keys: readonly string[]): void {
    this.#closeVector(first, this.#shapeOf(keys), false)
  }

  /** Writes the one waiting element as the root. */
  finish(): void {
    const { out } = this
    const width = this.#elementWidth(0, this.#position(), 0)
    this.#align(width)
    this.#writeElement(0, width)
    out.u8(this.#packedType(0, width))
    out.u8(1 << width)
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
    this.types.push(type)
    this.widths.push(width)
    this.values.push(value)
  }

  /** The shape of a map with these keys; its vector of keys is written when it is new. */
  #shapeOf(keys: readonly string[]): Shape {
    const name = nameOf(keys)
    let shape = this.shapes.get(name)
    if (shape === undefined) {
      const order = keys.map((_, place) => place)
      order.sort((a, b) => compareBytes(keys[a]!, keys[b]!))
      shape = { order, keys: this.#keyVectorOf(order.map((place) => keys[place]!)) }
      this.shapes.set(name, shape)
    }
    return shape
  }

  #keyVectorOf(sorted: readonly string[]): KeyVector {
    const name = nameOf(sorted)
    let vector = this.keyVectors.get(name)
    if (vector === undefined) {
      const first = this.waiting
      for (const key of sorted) this.#push(KEY, 0, this.keys.get(key)!)
      this.#closeVector(first, null, true)
      this.types.pop()
      vector = { at: this.values.pop() as number, width: this.widths.pop()! }
      this.keyVectors.set(name, vector)
    }
    return vector
  }

  /** Writes the elements that wait from `first` on as a vector, typed when they are keys, or as a map of this shape. */
  #closeVector(first: number, shape: Shape | null, areKeys: boolean): void {
    const { types, widths, values, out } = this
    const count = types.length - first
    const prefix = shape === null ? VECTOR_PREFIX : MAP_PREFIX
    const start = this.#position()
    // Widths depend on the order, too: an offset is the longer, the later its slot comes.
    const place = (i: number): number => first + (shape === null ? i : shape.order[i]!)
    let width = unsignedWidth(count)
    if (shape !== null) width = Math.max(width, offsetWidth(start, 0, shape.keys.at))
    for (let i = 0; i < count; i++) width = Math.max(width, this.#elementWidth(place(i), start, i + prefix))
    out.reserve((prefix + count + 1) << width)
    this.#align(width)
    if (shape !== null) {
      this.#writeInteger(this.#position() - shape.keys.at, width)
      this.#writeInteger(1 << shape.keys.width, width)
    }
    this.#writeInteger(count, width)
    const at = this.#position()
    for (let i = 0; i < count; i++) this.#writeElement(place(i), width)
    if (!areKeys) for (let i = 0; i < count; i++) out.u8(this.#packedType(place(i), width))
    types.length = widths.length = values.length = first
    this.#push(shape === null ? VECTOR : MAP, width, at)
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

/** A text that no other list of keys has: none of them contains NUL. */
function nameOf(keys: readonly string[]): string {
  return `${keys.length} ${keys.join('\0')}`
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

/** Orders text as its UTF-8 bytes: as UTF-16 does, but for surrogates, which stand for what comes last. */
function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left !== right) return byteOrder(left) - byteOrder(right)
  }
  return a.length - b.length
}

function byteOrder(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit
}
