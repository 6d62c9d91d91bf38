/**
 * JavaScript value to FlexBuffers: for args and kwargs inside of FlatBuffers, and opaque payloads. The rules about
 * values are those of `encode-value.ts`; here are only the bytes.
 *
 * The format is written bottom-up: what an offset points to stands before it, and each vector is as wide as its widest
 * element. A container's elements wait on a stack until all of them are known.
 *
 * - Keys and vectors of keys are shared, strings are not (as with Google's own builder); keys are sorted by their bytes.
 * - Integers are INT in the narrowest width, beyond 2^63-1 UINT. A float has 32 bits when they hold it exactly.
 * - Numbers of 64 bits are indirect in containers: the other elements stay narrow, and the npm package (25.9) cannot read
 *   vectors that are 64 bits wide.
 * - Arrays are untyped vectors: the npm package reads typed ones beyond the end of the buffer. Only keys are typed.
 */
import {
  type EncodeRules,
  isExactInteger,
  Kind,
  MAX_EXACT,
  type MapEntries,
  toWellFormed,
  Walk,
} from './encode-value.ts'
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
import { type Output, utf8Length } from './output.ts'

/** Elements that stand before the first value of a vector: its size, and of a map also the offset and width of its keys. */
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

/**
 * Writes one value to `out`. `path` names the value in errors (`args`). Throws EncodeError with UNENCODABLE (integers
 * beyond 64 bits, keys with NUL, and what no format has), BAD_UTF8, KEY_TYPE, CYCLE, DEPTH_LIMIT or SIZE_LIMIT, and
 * whatever a getter or `toJSON` of the application throws; the caller then resets `out`.
 */
export function encodeFlexbuffers(out: Output, value: unknown, rules: EncodeRules, path: string): void {
  const walk = new Walk('flexbuffers', rules, path)
  const writer = new Writer(out, walk)
  if (!writer.write(value)) writer.writeAbsent(false)
  writer.finish()
}

/** The state of one encoding: what was written, and the elements that wait for their vector. */
class Writer {
  declare private readonly out: Output
  declare private readonly walk: Walk
  /** Mark of the value's first byte; offsets and alignment count from it. */
  declare private readonly origin: number
  /** Waiting elements: type, logarithm of the width, and the scalar or the position that an offset will point to. */
  declare private readonly types: number[]
  declare private readonly widths: number[]
  declare private readonly values: (number | bigint)[]
  /** Positions of the keys. */
  declare private readonly keys: Map<string, number>
  /** Shapes by the keys in the order of the map, vectors of keys by the keys as they are sorted (`nameOf`). */
  declare private readonly shapes: Map<string, Shape>
  declare private readonly keyVectors: Map<string, KeyVector>

  constructor(out: Output, walk: Walk) {
    this.out = out
    this.walk = walk
    this.origin = out.mark()
    this.types = []
    this.widths = []
    this.values = []
    this.keys = new Map()
    this.shapes = new Map()
    this.keyVectors = new Map()
  }

  /** Pushes the value; false when it is absent and nothing was pushed. */
  write(value: unknown): boolean {
    switch (typeof value) {
      case 'string':
        this.#writeText(value)
        return true
      case 'number':
        if (isExactInteger(value)) this.#writeInteger(value)
        else this.#writeFloat(value)
        return true
      case 'boolean':
        this.#push(BOOL, 0, value ? 1 : 0)
        return true
      case 'bigint':
        this.#writeBigInt(value)
        return true
      case 'undefined':
        return false
      default:
        if (value === null) {
          this.#push(NULL, 0, 0)
          return true
        }
        return this.#writeObject(value)
    }
  }

  /** Pushes null where the rules allow it for something that is absent. */
  writeAbsent(isHole: boolean): void {
    this.walk.absent(isHole)
    this.#push(NULL, 0, 0)
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

  #writeObject(object: unknown): boolean {
    const { walk } = this
    const kind = walk.classify(object)
    const { value } = walk
    switch (kind) {
      case Kind.ABSENT:
        return false
      case Kind.SCALAR:
        return this.write(value)
      case Kind.FLOAT:
        this.#writeFloat(value as number)
        return true
      case Kind.BYTES:
        this.#writeBlob(value as Uint8Array)
        return true
      case Kind.ARRAY:
        this.#writeArray(value as readonly unknown[])
        return true
      case Kind.MAP: {
        const { keys, values } = value as MapEntries
        this.#writeMap(keys, values, true)
        return true
      }
      case Kind.OBJECT:
        this.#writeMap(Object.keys(value as object), value, false)
        return true
      case Kind.TAGGED:
        if (!walk.lenient) throw walk.noForm('a Tagged')
        this.#writeMap(['tag', 'value'], value, false)
        return true
    }
  }

  #push(type: number, width: number, value: number | bigint): void {
    this.types.push(type)
    this.widths.push(width)
    this.values.push(value)
  }

  /** Pushes a number of 64 bits: indirect, unless it is the root. */
  #pushWide(type: number, value: number | bigint): void {
    if (this.walk.steps.length === 0) {
      this.#push(type, 3, value)
      return
    }
    this.#align(3)
    const at = this.#position()
    this.#writeScalar(type, value, 3)
    this.#push(type - INT + INDIRECT_INT, 3, at)
  }

  #writeInteger(value: number): void {
    const width = integerWidth(value)
    if (width < 3) this.#push(INT, width, value)
    else this.#pushWide(INT, value)
  }

  #writeFloat(value: number): void {
    if (Object.is(Math.fround(value), value)) this.#push(FLOAT, 2, value)
    else this.#pushWide(FLOAT, value)
  }

  #writeBigInt(value: bigint): void {
    if (value >= -MAX_EXACT && value <= MAX_EXACT) {
      this.#writeInteger(Number(value))
    } else if (value >= -0x8000_0000_0000_0000n && value <= 0xffff_ffff_ffff_ffffn) {
      this.#pushWide(value <= 0x7fff_ffff_ffff_ffffn ? INT : UINT, value)
    } else {
      throw this.walk.noForm('an integer beyond 64 bits')
    }
  }

  #writeText(text: string): void {
    const length = utf8Length(text)
    if (length !== text.length) this.walk.checkText(text)
    const width = this.#writeSize(length)
    const at = this.#position()
    this.out.utf8(text)
    this.out.u8(0)
    this.#push(STRING, width, at)
  }

  #writeBlob(bytes: Uint8Array): void {
    const width = this.#writeSize(bytes.length)
    const at = this.#position()
    this.out.raw(bytes)
    this.#push(BLOB, width, at)
  }

  /** Writes a size in its narrowest width, aligned to it; returns the logarithm of the width. */
  #writeSize(size: number): number {
    const width = unsignedWidth(size)
    this.#align(width)
    this.#integer(size, width)
    return width
  }

  #writeArray(array: readonly unknown[]): void {
    const { walk } = this
    const length = walk.arrayLength(array)
    const level = walk.enter()
    const first = this.types.length
    for (let i = 0; i < length; i++) {
      walk.steps[level] = i
      if (!this.write(array[i])) this.writeAbsent(!(i in array))
    }
    walk.leave()
    this.#closeVector(first, null)
  }

  #writeMap(keys: readonly string[], source: unknown, isMap: boolean): void {
    const { walk, out } = this
    const level = walk.enter()
    const first = this.types.length
    const present: string[] = []
    for (let i = 0; i < keys.length; i++) {
      const name = keys[i]!
      walk.steps[level] = name
      const value = isMap ? (source as readonly unknown[])[i] : (source as Record<string, unknown>)[name]
      if (value === undefined) continue
      const key = walk.lenient ? toWellFormed(name) : name
      const before = out.mark()
      const isNew = this.#writeKey(key)
      if (this.write(value)) {
        present.push(key)
      } else if (isNew) {
        this.keys.delete(key)
        out.resume(before)
      }
    }
    walk.leave()
    this.#closeVector(first, this.#shapeOf(present))
  }

  /** Writes the key unless it stands somewhere already; true when it was written. */
  #writeKey(key: string): boolean {
    if (this.keys.has(key)) return false
    const { out, walk } = this
    if (key.includes('\0')) throw walk.noForm('a key with NUL')
    const at = this.#position()
    if (out.utf8(key) !== key.length) walk.checkText(key)
    out.u8(0)
    this.keys.set(key, at)
    return true
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
      const first = this.types.length
      for (const key of sorted) this.#push(KEY, 0, this.keys.get(key)!)
      this.#closeVector(first, null, true)
      this.types.pop()
      vector = { at: this.values.pop() as number, width: this.widths.pop()! }
      this.keyVectors.set(name, vector)
    }
    return vector
  }

  /**
   * Writes the elements that wait from `first` on as one vector, and pushes it in their place: as a map when there is
   * a shape, as a typed vector when they are keys.
   */
  #closeVector(first: number, shape: Shape | null, areKeys: boolean = false): void {
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
      this.#integer(this.#position() - shape.keys.at, width)
      this.#integer(1 << shape.keys.width, width)
    }
    this.#integer(count, width)
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
    else this.#integer(this.#position() - (value as number), width)
  }

  #writeScalar(type: number, value: number | bigint, width: number): void {
    if (type === FLOAT || typeof value === 'bigint') {
      if (typeof value === 'bigint') scratch.setBigUint64(0, BigInt.asUintN(64, value), true)
      else if (width === 2) scratch.setFloat32(0, value, true)
      else scratch.setFloat64(0, value, true)
      this.out.raw(scratchBytes, 0, 1 << width)
    } else {
      this.#integer(value, width)
    }
  }

  /** Writes an integer of up to 53 bits, little-endian, two's complement. */
  #integer(value: number, width: number): void {
    const { out } = this
    out.reserve(8)
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

/** The logarithm of the narrowest width for an unsigned number below 2^32: sizes and offsets. */
function unsignedWidth(value: number): number {
  return value < 0x100 ? 0 : value < 0x1_0000 ? 1 : 2
}

/** The logarithm of the narrowest width for an integer within ±2^53. */
function integerWidth(value: number): number {
  if (value >= -0x80 && value < 0x80) return 0
  if (value >= -0x8000 && value < 0x8000) return 1
  return value >= -0x8000_0000 && value < 0x8000_0000 ? 2 : 3
}

/** The logarithm of the narrowest width of a vector, to begin at `start`, whose slot `place` can point to `target`. */
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
