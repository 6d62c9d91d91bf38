/**
 * UBJSON to JavaScript value, in both dialects: the payload object calls it when somebody reads args or kwargs of a
 * frame or an opaque payload. Iterative; the containers are in `decode-value.ts`, their heads in `ubjson-head.ts`.
 *
 * BJData is little-endian, draft 12 big-endian; neither tells which it is. `[$B#` (draft 12: `[$U#`) is bytes, other
 * typed arrays are arrays of their numbers, and those of n dimensions are nested arrays, row by row. High-precision
 * numbers are integers or doubles. No-ops may stand before any value and key, and after the last.
 */

import type { ProtocolError } from '../errors.ts'
import { halfFloat } from './decode-cbor.ts'
import { type DecodeRules, OPENED, Reader, Tree } from './decode-value.ts'
import { MAX_EXACT } from './encode-value.ts'
import {
  BJDATA,
  CLOSE_ARRAY,
  CLOSE_MAP,
  type Dialect,
  DRAFT_12,
  isLength,
  OPEN_ARRAY,
  OPEN_MAP,
  readContainer,
  readInteger,
  readLength,
  readUnsigned,
  shown,
  skipNoOps,
} from './ubjson-head.ts'
import type { Float64 } from './values.ts'

/** Characters of a decimal with fraction or exponent: the exact text of any double fits. */
const MAX_DECIMAL = 1100

/** The grammar of high-precision numbers, JSON's: an integer, or with a fraction or exponent. */
const NUMBER = /^-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/

/** What is known of an open container beside what `Tree` holds. */
interface Level {
  /** The marker of all values in it, 0 when each has its own. */
  readonly type: number
  /** Sizes of an n-dimensional array, and how many of them are used up. */
  readonly shape: readonly number[]
  readonly place: number
}

const NO_SHAPE: readonly number[] = []
const PLAIN: Level = { type: 0, shape: NO_SHAPE, place: 0 }

/**
 * The one value of BJData that fills `bytes[start, end)`; `type` is its marker when it has none of its own. Throws
 * ProtocolError with TRUNCATED, TRAILING_BYTES, LENGTH_OVERRUN, BAD_UTF8, BAD_TOKEN, BAD_NUMBER, KEY_TYPE,
 * DUPLICATE_KEY, DEPTH_LIMIT, NODE_LIMIT or SIZE_LIMIT (a high-precision integer of more digits than
 * `maxBigIntBytes` bytes have); its `offset` is an index in `bytes`.
 */
export function decodeUbjson(
  bytes: Uint8Array,
  start: number,
  end: number,
  rules: DecodeRules,
  type: number = 0,
): unknown {
  return decode(new Reader('ubjson', bytes, start, end, rules), BJDATA, type)
}

/** The same for UBJSON draft 12. */
export function decodeUbjsonDraft12(
  bytes: Uint8Array,
  start: number,
  end: number,
  rules: DecodeRules,
  type: number = 0,
): unknown {
  return decode(new Reader('ubjson-draft12', bytes, start, end, rules), DRAFT_12, type)
}

function decode(reader: Reader, dialect: Dialect, type: number): unknown {
  const tree = new Tree(reader)
  const levels: Level[] = [type === 0 ? PLAIN : { type, shape: NO_SHAPE, place: 0 }]
  for (;;) {
    let value: unknown
    if (tree.left === 0 || (tree.left < 0 && takesEnd(reader, tree))) {
      value = tree.close()
      levels.pop()
    } else {
      if (tree.isMap) readKey(reader, tree, dialect)
      value = readItem(reader, tree, levels, dialect)
      if (value === OPENED) continue
    }
    if (tree.depth === 0) {
      skipNoOps(reader)
      reader.finish()
      return value
    }
    tree.add(value)
  }
}

/** Takes the bracket that ends the open container, when it is next. */
function takesEnd(reader: Reader, tree: Tree): boolean {
  skipNoOps(reader)
  const isEnd = reader.at < reader.end && reader.bytes[reader.at] === (tree.isMap ? CLOSE_MAP : CLOSE_ARRAY)
  if (isEnd) reader.at++
  return isEnd
}

/** A scalar, or OPENED. */
function readItem(reader: Reader, tree: Tree, levels: Level[], dialect: Dialect): unknown {
  reader.countNode()
  const { type, shape, place } = levels[levels.length - 1]!
  const offset = reader.at
  if (place < shape.length) {
    // A row of an n-dimensional array: nothing in the bytes begins it.
    levels.push({ type, shape, place: place + 1 })
    return tree.openArray(shape[place]!, offset)
  }
  if (type !== 0) return readScalar(reader, type, offset, dialect)
  skipNoOps(reader)
  const marker = reader.u8()
  const isMap = marker === OPEN_MAP
  if (!isMap && marker !== OPEN_ARRAY) return readScalar(reader, marker, reader.at - 1, dialect)
  return openContainer(reader, tree, levels, dialect, isMap)
}

/** Opens the container whose bracket was taken; or reads it whole, when it is bytes. */
function openContainer(
  reader: Reader,
  tree: Tree,
  levels: Level[],
  dialect: Dialect,
  isMap: boolean,
): unknown {
  const offset = reader.at - 1
  const head = readContainer(reader, dialect, isMap)
  if (head.isBytes) return reader.binary(head.count)
  const { type, shape } = head
  if (shape.length > reader.rules.maxDepth - tree.depth) {
    throw reader.fail('DEPTH_LIMIT', `nested deeper than ${reader.rules.maxDepth}`, offset)
  }
  const opened = isMap ? tree.openMap(head.count, offset) : tree.openArray(shape[0] ?? head.count, offset)
  levels.push(type === 0 && shape.length === 0 ? PLAIN : { type, shape, place: 1 })
  return opened
}

function readScalar(reader: Reader, marker: number, offset: number, dialect: Dialect): unknown {
  switch (marker) {
    case 0x55: // U, as most integers are
      return reader.integer(reader.u8())
    case 0x5a: // Z
      return null
    case 0x54: // T
      return true
    case 0x46: // F
      return false
    case 0x43: // C
      reader.need(1)
      if (reader.bytes[reader.at]! >= 0x80) throw reader.fail('BAD_UTF8', 'a character that is not ASCII')
      return reader.text(1)
    case 0x53: // S
      return readText(reader, dialect, 'BAD_TOKEN')
    case 0x64: // d
      return reader.float(readFloat32(reader, dialect))
    case 0x44: // D
      return reader.float(readFloat64(reader, dialect))
    case 0x48: // H
      return readHigh(reader, offset, dialect)
  }
  if (isLength(marker, dialect)) {
    const value = readInteger(reader, marker, dialect)
    return typeof value === 'number' ? reader.integer(value) : reader.bigInteger(value, offset)
  }
  if (dialect === BJDATA) {
    if (marker === 0x42 /* B */) return reader.integer(reader.u8())
    if (marker === 0x68 /* h */) return reader.float(halfFloat(readUnsigned(reader, 2, dialect)))
  }
  throw reader.fail('BAD_TOKEN', `expected a value, got ${shown(marker)}`, offset)
}

function readKey(reader: Reader, tree: Tree, dialect: Dialect): void {
  skipNoOps(reader)
  const offset = reader.at
  tree.setKey(readText(reader, dialect, 'KEY_TYPE'), offset)
}

/** Length and text; `wrong` is the code for a length that is no integer. */
function readText(reader: Reader, dialect: Dialect, wrong: 'BAD_TOKEN' | 'KEY_TYPE'): string {
  const offset = reader.at
  const length = readLength(reader, dialect, wrong)
  reader.checkLength(length, 1, 'a string', offset)
  return reader.text(length)
}

function readHigh(reader: Reader, offset: number, dialect: Dialect): number | bigint | Float64 {
  const length = readLength(reader, dialect, 'BAD_TOKEN')
  reader.checkLength(length, 1, 'a number', offset)
  // As many digits as the largest integer of so many bytes has, as in JSON.
  const limit = 1 + Math.floor((reader.rules.maxBigIntBytes * 240_824) / 100_000)
  const tooLong = (): ProtocolError =>
    reader.fail('SIZE_LIMIT', `a number of ${length} characters, more than ${limit} digits`, offset)
  if (length > Math.max(limit + 1, MAX_DECIMAL)) throw tooLong()
  let text = ''
  for (let i = 0; i < length; i++) text += String.fromCharCode(reader.bytes[reader.at++]!)
  const match = NUMBER.exec(text)
  if (match === null) throw reader.fail('BAD_NUMBER', 'expected a decimal number', offset)
  const value = Number(text)
  if (match[1] === undefined && match[2] === undefined && !Object.is(value, -0)) {
    if (length - (value < 0 ? 1 : 0) > limit) throw tooLong()
    // Strictly below: 2^53 is also what 2^53 + 1 rounds to.
    return Math.abs(value) < MAX_EXACT ? reader.integer(value) : reader.bigInteger(BigInt(text), offset)
  }
  if (!Number.isFinite(value)) throw reader.fail('BAD_NUMBER', 'the number is beyond a double', offset)
  return reader.float(value)
}

const scratch = new DataView(new ArrayBuffer(8))

function readFloat32(reader: Reader, dialect: Dialect): number {
  scratch.setUint32(0, readUnsigned(reader, 4, dialect))
  return scratch.getFloat32(0)
}

function readFloat64(reader: Reader, dialect: Dialect): number {
  reader.need(8)
  const first = readUnsigned(reader, 4, dialect)
  const second = readUnsigned(reader, 4, dialect)
  scratch.setUint32(dialect.isLittle ? 4 : 0, first)
  scratch.setUint32(dialect.isLittle ? 0 : 4, second)
  return scratch.getFloat64(0)
}
