/**
 * What `ubjson/read.ts` reads before the values themselves: integers of both byte orders, lengths, and the heads of
 * containers with type, count and dimensions. The kernel has the same in assembly/formats/ubjson-parts.ts.
 */
import type { Reader } from '../decode-value.ts'

export const OPEN_ARRAY = 0x5b
export const CLOSE_ARRAY = 0x5d
export const OPEN_MAP = 0x7b
export const CLOSE_MAP = 0x7d
export const TYPE = 0x24
export const COUNT = 0x23
const NO_OP = 0x4e
const UINT_8 = 0x55

/** One of the two dialects. */
export interface Dialect {
  readonly isLittle: boolean
  /** Bytes of each integer that may be a length, negative for signed ones. */
  readonly integers: ReadonlyMap<number, number>
  /** Bytes of each type that a container may have; -1 for those of no fixed size. */
  readonly types: ReadonlyMap<number, number>
  /** The type of a byte string. */
  readonly byte: number
  /** Whether arrays may have dimensions, and be structures of arrays. */
  readonly hasShapes: boolean
}

function byMarker(sizes: Readonly<Record<string, number>>): ReadonlyMap<number, number> {
  return new Map(Object.entries(sizes).map(([marker, size]) => [marker.charCodeAt(0), size]))
}

/** BJData: only types of a fixed size, and none without bytes. */
export const BJDATA: Dialect = {
  isLittle: true,
  integers: byMarker({ i: -1, U: 1, I: -2, u: 2, l: -4, m: 4, L: -8, M: 8 }),
  types: byMarker({ i: 1, U: 1, B: 1, C: 1, I: 2, u: 2, h: 2, l: 4, m: 4, d: 4, L: 8, M: 8, D: 8 }),
  byte: 0x42,
  hasShapes: true,
}

/** UBJSON draft 12. Containers of containers and of no-ops are refused: no known peer writes them, and they amplify. */
export const DRAFT_12: Dialect = {
  isLittle: false,
  integers: byMarker({ i: -1, U: 1, I: -2, l: -4, L: -8 }),
  types: byMarker({ Z: 0, T: 0, F: 0, i: 1, U: 1, C: 1, I: 2, l: 4, d: 4, L: 8, D: 8, S: -1, H: -1 }),
  byte: 0x55,
  hasShapes: false,
}

export function skipNoOps(reader: Reader): void {
  while (reader.at < reader.end && reader.bytes[reader.at] === NO_OP) reader.at++
}

/** True for a marker of an integer that may be a length. */
export function isLength(marker: number, dialect: Dialect): boolean {
  return dialect.integers.has(marker)
}

/** Reads 1, 2 or 4 bytes. Throws TRUNCATED. */
export function readUnsigned(reader: Reader, width: number, dialect: Dialect): number {
  if (width === 1) return reader.u8()
  if (!dialect.isLittle) return width === 2 ? reader.u16() : reader.u32()
  reader.need(width)
  const { bytes, at } = reader
  reader.at = at + width
  const low = bytes[at]! | (bytes[at + 1]! << 8)
  return width === 2 ? low : low + bytes[at + 2]! * 0x1_0000 + bytes[at + 3]! * 0x100_0000
}

/** Reads an integer after its marker: a number within ±2^53, a BigInt beyond. Throws TRUNCATED. */
export function readInteger(reader: Reader, marker: number, dialect: Dialect): number | bigint {
  const size = dialect.integers.get(marker)!
  const width = Math.abs(size)
  if (width === 8) return readWide(reader, size < 0, dialect)
  const value = readUnsigned(reader, width, dialect)
  const limit = 2 ** (8 * width)
  return size < 0 && value >= limit / 2 ? value - limit : value
}

function readWide(reader: Reader, isSigned: boolean, dialect: Dialect): number | bigint {
  const first = readUnsigned(reader, 4, dialect)
  const second = readUnsigned(reader, 4, dialect)
  const low = dialect.isLittle ? first : second
  const upper = dialect.isLittle ? second : first
  const high = isSigned ? upper | 0 : upper
  if (high < 0x20_0000 && high >= -0x20_0000) return high * 0x1_0000_0000 + low
  return (BigInt(high) << 32n) | BigInt(low)
}

/**
 * Reads a length with its marker; one beyond 2^53 is only nearly what stands there. Throws TRUNCATED, `wrong` for what
 * is no integer, and BAD_NUMBER for a negative one.
 */
export function readLength(reader: Reader, dialect: Dialect, wrong: 'BAD_TOKEN' | 'KEY_TYPE'): number {
  const offset = reader.at
  const marker = reader.u8()
  // Nearly all lengths.
  if (marker === UINT_8) return reader.u8()
  if (!isLength(marker, dialect)) throw reader.fail(wrong, offset)
  return notNegative(reader, Number(readInteger(reader, marker, dialect)), offset)
}

function notNegative(reader: Reader, length: number, offset: number): number {
  if (length < 0) throw reader.fail('BAD_NUMBER', offset)
  return length
}

/** What a `#` has behind it. */
export interface Count {
  /** Elements or pairs, in an n-dimensional array the innermost ones; -1 when a bracket ends it. */
  readonly count: number
  /** Sizes of an array of two or more dimensions. */
  readonly shape: readonly number[]
  /** Arrays inside of an n-dimensional one. */
  readonly rows: number
  /** The first of its numbers counts fastest (column-major). */
  readonly byColumn: boolean
}

/** The head of a container. */
export interface ContainerHead extends Count {
  /** The marker of all values, 0 when each has its own. */
  readonly type: number
  readonly isBytes: boolean
  /** A structure of arrays: `ubjson/table.ts` reads it from its schema on. */
  readonly isTable: boolean
}

const UNCOUNTED: ContainerHead = {
  type: 0,
  count: -1,
  shape: [],
  rows: 0,
  byColumn: false,
  isBytes: false,
  isTable: false,
}

/**
 * Reads type and count after the bracket of a container. What they claim fits into the rest of the bytes and into the
 * budget of values. Throws TRUNCATED, BAD_TOKEN, BAD_NUMBER, LENGTH_OVERRUN or NODE_LIMIT.
 */
export function readContainer(reader: Reader, dialect: Dialect, isMap: boolean): ContainerHead {
  const offset = reader.at - 1
  let type = 0
  let next = peek(reader)
  if (next === TYPE) {
    reader.at++
    type = reader.u8()
    reader.need(1)
    if (type === OPEN_MAP && dialect.hasShapes) return { ...UNCOUNTED, isTable: true }
    if (!dialect.types.has(type)) throw reader.fail('BAD_TOKEN', reader.at - 1)
    next = peek(reader)
    if (next !== COUNT) throw reader.fail('BAD_TOKEN')
  }
  if (next !== COUNT) return UNCOUNTED
  reader.at++
  const counted = readCount(reader, dialect, !isMap && dialect.hasShapes, true)
  const { count, rows, shape } = counted
  const isBytes = !isMap && shape.length < 2 && type === dialect.byte
  // A text or number of no fixed size has its length at least, a key too.
  const size = type === 0 ? 1 : dialect.types.get(type)!
  reader.checkLength(count, (isMap ? 2 : 0) + (size < 0 ? 2 : size), offset)
  // What has no bytes of its own is limited by the budget alone.
  if (rows > 0 || size === 0) reader.checkNodes(rows + (size === 0 && !isMap ? count : 0), offset)
  return { ...counted, type, isBytes, isTable: false }
}

/** The next byte; undefined at the end. */
export function peek(reader: Reader): number | undefined {
  return reader.at < reader.end ? reader.bytes[reader.at] : undefined
}

/**
 * Reads what follows a `#`: a number, or the sizes of an n-dimensional array, which an array of its own around them
 * makes column-major. Throws TRUNCATED, BAD_TOKEN, BAD_NUMBER or LENGTH_OVERRUN.
 */
export function readCount(
  reader: Reader,
  dialect: Dialect,
  mayHaveShape: boolean,
  mayHaveColumns: boolean,
): Count {
  if (!mayHaveShape || peek(reader) !== OPEN_ARRAY) {
    const count = readLength(reader, dialect, 'BAD_TOKEN')
    return { count, shape: [], rows: 0, byColumn: false }
  }
  reader.at++
  const wrapper = mayHaveColumns ? takesWrapper(reader, dialect) : 'none'
  const shape = readShape(reader, dialect)
  if (wrapper === 'marked') {
    skipNoOps(reader)
    reader.need(1)
    if (peek(reader) !== CLOSE_ARRAY) throw reader.fail('BAD_TOKEN')
    reader.at++
  }
  let count = shape.length === 0 ? 0 : 1
  let rows = 0
  for (const [i, size] of shape.entries()) {
    if (i > 0) rows += count
    count = Math.min(count * size, Number.MAX_VALUE)
  }
  const isFlat = shape.length < 2
  return { count, shape: isFlat ? [] : shape, rows, byColumn: !isFlat && wrapper !== 'none' }
}

/** Takes what stands before a shape that is the only element of a list: whether there is one, and how it ends. */
function takesWrapper(reader: Reader, dialect: Dialect): 'none' | 'counted' | 'marked' {
  const { at } = reader
  const isCounted = peek(reader) === COUNT
  let isOne = true
  if (isCounted) {
    reader.at++
    isOne = readLength(reader, dialect, 'BAD_TOKEN') === 1
  }
  skipNoOps(reader)
  if (isOne && peek(reader) === OPEN_ARRAY) {
    reader.at++
    return isCounted ? 'counted' : 'marked'
  }
  reader.at = at
  return 'none'
}

/** The sizes of an n-dimensional array: a list of lengths, plain, counted or typed. */
function readShape(reader: Reader, dialect: Dialect): number[] {
  const shape: number[] = []
  let next = peek(reader)
  if (next === TYPE) {
    reader.at++
    const type = reader.u8()
    reader.need(1)
    if (!isLength(type, dialect)) throw reader.fail('BAD_TOKEN', reader.at - 1)
    next = peek(reader)
    if (next !== COUNT) throw reader.fail('BAD_TOKEN')
    reader.at++
    const offset = reader.at
    const sizes = readLength(reader, dialect, 'BAD_TOKEN')
    reader.checkLength(sizes, Math.abs(dialect.integers.get(type)!), offset)
    for (let i = 0; i < sizes; i++) {
      const at = reader.at
      shape.push(notNegative(reader, Number(readInteger(reader, type, dialect)), at))
    }
    return shape
  }
  if (next === COUNT) {
    reader.at++
    const offset = reader.at
    const sizes = readLength(reader, dialect, 'BAD_TOKEN')
    reader.checkLength(sizes, 2, offset)
    for (let i = 0; i < sizes; i++) shape.push(readLength(reader, dialect, 'BAD_TOKEN'))
    return shape
  }
  for (;;) {
    skipNoOps(reader)
    if (peek(reader) === CLOSE_ARRAY) {
      reader.at++
      return shape
    }
    shape.push(readLength(reader, dialect, 'BAD_TOKEN'))
  }
}
