/**
 * Views of values in FlexBuffers, which needs no search: offsets lead to each value. A slot holds a value or the offset
 * to it; beside the slots of a vector stand the types of its elements, unless they all have the same.
 *
 * The value was checked before (assembly/formats/flexbuffers.ts) but may have changed, so every place is held against
 * the range before it is read; a step follows one offset only, so none leads round in a circle.
 */
import { textEncoder } from '../../text-coders.ts'
import { Reader } from '../decode-value.ts'
import { isWellFormed } from '../encode-value.ts'
import type { ViewedValue } from '../format.ts'
import { type PayloadView, type ViewKind, walk } from '../view.ts'
import { ValueView } from '../view-value.ts'
import { Parts } from './parts.ts'
import { decodeFlexbuffersAt, elementType, fixedCount } from './read.ts'
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
  VECTOR_STRING,
} from './types.ts'

/** Texts from this length on are read once, however many elements they are. */
const LONG_TEXT = 64

/** Where a value is: its slot, the width of that, its packed type, and where that stands; -1 when nowhere. */
interface Slot {
  readonly at: number
  readonly width: number
  readonly packed: number
  readonly typeAt: number
}

/** The view of a source's whole value: the root is behind it. */
export function viewFlexbuffers(source: ViewedValue): PayloadView {
  const { length } = source
  const width = byte(source, length - 1)
  return new FlexView(
    source,
    {
      at: length - 2 - width,
      width,
      packed: byte(source, length - 2),
      typeAt: length - 2,
    },
    0,
    new Map(),
  )
}

class FlexView implements PayloadView {
  private readonly source: ViewedValue
  private readonly slot: Slot
  private readonly type: number
  /** Where the value itself is, and the width of its numbers, sizes or offsets. */
  private readonly place: number
  private readonly width: number
  /** Elements, entries or bytes. */
  private readonly count: number

  /** Levels above it: a value that was changed may lead back to itself. */
  private readonly depth: number
  /** Long texts of the whole value, by where they are: many elements may be the same one. */
  private readonly known: Map<string, string>
  /** The texts of a deprecated vector of strings, once one was asked for. */
  private texts: readonly string[] | null
  /** Where the value of each key is, once all keys were asked for; of a key that comes twice the last one. */
  private places: ReadonlyMap<string, number> | null

  constructor(source: ViewedValue, slot: Slot, depth: number, known: Map<string, string>) {
    const type = slot.packed >> 2
    if (depth > source.policy.maxDepth) throw source.error('DEPTH_LIMIT', slot.at)
    this.depth = depth
    this.known = known
    this.texts = null
    this.places = null
    this.source = source
    this.slot = slot
    this.type = type
    const isInline = type <= FLOAT || type === BOOL
    this.place = isInline ? slot.at : follow(source, slot.at, slot.width)
    this.width = isInline ? slot.width : 1 << (slot.packed & 3)
    this.count = isSized(type) ? sizeOf(source, this.place, this.width, type) : 0
  }

  get kind(): ViewKind {
    const { type } = this
    if (type === NULL) return 'null'
    if (type === BOOL) return 'boolean'
    if (type === KEY || type === STRING) return 'string'
    if (type === BLOB) return 'bytes'
    if (type === MAP) return 'map'
    if (isArray(type)) return 'array'
    return typeof this.toValue() === 'bigint' ? 'bigint' : 'number'
  }

  get length(): number {
    const { kind } = this
    if (kind === 'string') return (this.toValue() as string).length
    return kind === 'map' && this.count > 1 ? this.allPlaces().size : this.count
  }

  at(index: number): PayloadView | undefined {
    if (!isArray(this.type) || !Number.isInteger(index) || index < 0 || index >= this.count) return undefined
    return this.element(index)
  }

  get(key: unknown): PayloadView | undefined {
    if (this.type !== MAP || typeof key !== 'string' || key.includes('\0') || !isWellFormed(key))
      return undefined
    const { source } = this
    const { at, width } = this.keyVector()
    if (this.places !== null) {
      const place = this.places.get(key)
      return place === undefined ? undefined : this.element(place)
    }
    const text = textEncoder().encode(key)
    // From the end, because the last one counts when a key comes twice.
    for (let i = this.count - 1; i >= 0; i--) {
      if (isKeyAt(source, follow(source, at + i * width, width), text)) return this.element(i)
    }
    return undefined
  }

  path(...steps: (string | number)[]): PayloadView | undefined {
    return walk(this, steps)
  }

  keys(): string[] {
    return this.type === MAP ? [...this.allPlaces().keys()] : []
  }

  toValue(): unknown {
    const { source, slot, type, place: at, width } = this
    if (type === NULL) return null
    if (type === BOOL) return unsigned(source, at, width) !== 0
    if (type === STRING || type === KEY) return this.text()
    if (type === BLOB) return reader(source, at, this.count).binary(this.count)
    if (type <= FLOAT) return number(source, type, at, width)
    if (type <= INDIRECT_FLOAT) return number(source, type - INDIRECT_INT + INT, at, width)
    return this.depth === 0 && source.isWhole ? source.decodeWhole() : this.decoded(slot)
  }

  *[Symbol.iterator](): Generator<PayloadView, void> {
    if (isArray(this.type)) for (let i = 0; i < this.count; i++) yield this.element(i)
    if (this.type !== MAP) return
    for (const i of this.allPlaces().values()) yield this.element(i)
  }

  /** The view of an element or a map's value; an element of the deprecated vector of strings is one of that vector. */
  private element(index: number): PayloadView {
    const { source, type, place, width, count } = this
    const at = place + index * width
    const depth = this.depth + 1
    const { known } = this
    if (type === MAP || type === VECTOR) {
      const typeAt = place + count * width + index
      return new FlexView(source, { at, width, packed: byte(source, typeAt), typeAt }, depth, known)
    }
    if (type === VECTOR_STRING) {
      this.texts ??= this.toValue() as string[]
      return new ValueView(this.texts[index], source.policy)
    }
    return new FlexView(source, { at, width, packed: elementType(type) << 2, typeAt: -1 }, depth, known)
  }

  private text(): string {
    const { source, place, known } = this
    // Throws when the bytes are gone.
    byte(source, place)
    // At one place there may be a key and a string, or strings whose sizes have other widths, which end elsewhere.
    const id = this.type === KEY ? `${place}` : `${place} ${this.count}`
    const before = known.get(id)
    if (before !== undefined) return before
    const read = text(source, place, this.type === KEY ? keyEnd(source, place) - place : this.count)
    if (read.length >= LONG_TEXT) known.set(id, read)
    return read
  }

  /** An array or a map, whole. */
  private decoded({ at, typeAt, width }: Slot): unknown {
    const { bytes, offset, length, policy } = this.source
    const [start, end] = [offset, offset + length]
    const element = { slot: offset + at, type: offset + typeAt, width }
    return decodeFlexbuffersAt(bytes, start, end, policy, element)
  }

  private allPlaces(): ReadonlyMap<string, number> {
    this.places ??= new Map(this.allKeys().map((key, i) => [key, i]))
    return this.places
  }

  /** The keys of a map, one for each value. Those that stand at the same place are read once. */
  private allKeys(): string[] {
    const { source } = this
    const { at, width } = this.keyVector()
    const known = new Map<number, string>()
    return Array.from({ length: this.count }, (_, i) => {
      const place = follow(source, at + i * width, width)
      const key = known.get(place) ?? text(source, place, keyEnd(source, place) - place)
      known.set(place, key)
      return key
    })
  }

  /** The vector of a map's keys: its offset and its width stand before the map's size. */
  private keyVector(): { at: number; width: number } {
    const { source, place, width } = this
    const prefix = place - 3 * width
    const at = follow(source, prefix, width)
    const own = unsigned(source, prefix + width, width)
    check(source, at, this.count * own)
    return { at, width: own }
  }
}

/** True for what has its size before it, and for vectors of a fixed length. */
function isSized(type: number): boolean {
  return type === STRING || type === MAP || type === BLOB || isArray(type)
}

function isArray(type: number): boolean {
  return (type >= VECTOR && type < BLOB) || type === VECTOR_BOOL
}

/** The size of what is at `at`; all of it is in the range. */
function sizeOf(source: ViewedValue, at: number, width: number, type: number): number {
  const fixed = fixedCount(type)
  const size = fixed > 0 ? fixed : unsigned(source, at - width, width)
  const hasTypes = type === MAP || type === VECTOR
  check(source, at, size * (type === STRING || type === BLOB ? 1 : width + (hasTypes ? 1 : 0)))
  return size
}

/** Throws ProtocolError unless `count` bytes at `at` are in the range. */
function check(source: ViewedValue, at: number, count: number): void {
  if (!(at >= 0 && count <= source.length - at)) throw source.error('BAD_OFFSET', Math.max(at, 0))
}

/** A reader of the `count` bytes at `at`. */
function reader(source: ViewedValue, at: number, count: number): Reader {
  check(source, at, count)
  const start = source.offset + at
  return new Reader('flexbuffers', source.bytes, start, start + count, source.policy)
}

function byte(source: ViewedValue, at: number): number {
  check(source, at, 1)
  return source.bytes[source.offset + at] as number
}

/** The unsigned number of `width` bytes at `at`, rounded beyond 2^53. */
function unsigned(source: ViewedValue, at: number, width: number): number {
  check(source, at, width)
  const { bytes, offset } = source
  let value = 0
  for (let i = offset + at + width - 1; i >= offset + at; i--) value = value * 0x100 + (bytes[i] as number)
  return value
}

/** Where the offset in a slot leads. */
function follow(source: ViewedValue, at: number, width: number): number {
  const target = at - unsigned(source, at, width)
  check(source, target, 0)
  return target
}

/** An integer or float, as the codec's options want it. */
function number(source: ViewedValue, type: number, at: number, width: number): unknown {
  const start = source.offset + at
  const parts = new Parts(reader(source, at, width), start, true)
  if (type === INT) return parts.int(start, width)
  return type === UINT ? parts.uint(start, width) : parts.float(start, width)
}

function text(source: ViewedValue, at: number, count: number): string {
  return reader(source, at, count).text(count)
}

/** Where the NUL behind a key stands. */
function keyEnd(source: ViewedValue, at: number): number {
  const { bytes, offset, length } = source
  const nul = bytes.indexOf(0, offset + at) - offset
  if (nul >= at && nul < length) return nul
  throw source.error('TRUNCATED', length)
}

/** True when the key at `at` is this text and nothing more. */
function isKeyAt(source: ViewedValue, at: number, key: Uint8Array): boolean {
  const { bytes, offset, length } = source
  if (key.length >= length - at) return false
  const start = offset + at
  for (let i = 0; i < key.length; i++) if (bytes[start + i] !== key[i]) return false
  return bytes[start + key.length] === 0
}
