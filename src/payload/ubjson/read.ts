/**
 * UBJSON to JavaScript value, in both dialects, under every policy; with default options `direct.ts` is faster.
 * Iterative; the containers are in `decode-tree.ts`, their heads in `ubjson/head.ts`, all other values in
 * `ubjson/scalar.ts`.
 *
 * BJData is little-endian, draft 12 big-endian; neither tells which it is. `[$B#` (draft 12: `[$U#`) is bytes, other
 * typed arrays are arrays of their numbers, those of n dimensions are nested arrays, row by row, in whichever order
 * their elements stand, and structures of arrays are arrays of maps (`ubjson/table.ts`). High-precision numbers are
 * integers or doubles. No-ops may stand before any value and key, and after the last.
 */
import { DEFAULT_POLICY } from '../../limits.ts'
import { OPENED, Tree } from '../decode-tree.ts'
import { type DecodeRules, Reader } from '../decode-value.ts'
import {
  BJDATA,
  CLOSE_ARRAY,
  CLOSE_MAP,
  type Dialect,
  DRAFT_12,
  OPEN_ARRAY,
  OPEN_MAP,
  peek,
  readContainer,
  skipNoOps,
} from './head.ts'
import { readScalar, readText } from './scalar.ts'
import { nested, readTable, readTableHead } from './table.ts'

/** What is known of an open container beside what `Tree` holds. */
interface Level {
  /** The marker of all values in it, 0 when each has its own. */
  readonly type: number
  /** Sizes of an n-dimensional array, and how many of them are used up. */
  readonly shape: readonly number[]
  readonly place: number
  /**
   * Elements of a column-major array: they are read in one row, under as many levels as it has dimensions, and nested
   * when it closes. -1 in all others.
   */
  readonly columns: number
}

const NO_SHAPE: readonly number[] = []
const PLAIN: Level = { type: 0, shape: NO_SHAPE, place: 0, columns: -1 }

/**
 * The one value of BJData that fills `bytes[start, end)`; `type` is its marker when it has none of its own. Throws
 * ProtocolError with TRUNCATED, TRAILING_BYTES, LENGTH_OVERRUN, BAD_UTF8, BAD_TOKEN, BAD_NUMBER, KEY_TYPE,
 * DUPLICATE_KEY, DEPTH_LIMIT, NODE_LIMIT or SIZE_LIMIT (a high-precision integer of more digits than
 * `maxBigIntBytes` bytes have; records that name their texts too often); its `offset` is an index in `bytes`.
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
  const levels: Level[] = [{ ...PLAIN, type }]
  for (;;) {
    let value: unknown
    if (tree.left === 0 || (tree.left < 0 && takesEnd(reader, tree))) {
      value = tree.close()
      const { shape, place, columns } = levels.pop()!
      if (columns >= 0) {
        const elements = value as unknown[]
        value = place === shape.length ? nested(elements, shape, true) : elements[0]
      }
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
  const isEnd = peek(reader) === (tree.isMap ? CLOSE_MAP : CLOSE_ARRAY)
  if (isEnd) reader.at++
  return isEnd
}

/** A scalar, or OPENED. */
function readItem(reader: Reader, tree: Tree, levels: Level[], dialect: Dialect): unknown {
  const { type, shape, place, columns } = levels[levels.length - 1]!
  const offset = reader.at
  if (place < shape.length) {
    // A row of an n-dimensional array: nothing in the bytes begins it.
    levels.push({ type, shape, place: place + 1, columns })
    if (columns >= 0) return tree.openArray(place + 1 < shape.length ? 1 : columns, offset)
    reader.countNode()
    return tree.openArray(shape[place]!, offset)
  }
  reader.countNode()
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
  if (head.isTable) return readTable(reader, dialect, offset, tree.depth, isMap)
  const { type, count, shape, rows, byColumn } = head
  if (shape.length > reader.rules.maxDepth - tree.depth) throw reader.fail('DEPTH_LIMIT', offset)
  levels.push(
    type === 0 && shape.length === 0 ? PLAIN : { type, shape, place: 1, columns: byColumn ? count : -1 },
  )
  if (isMap) return tree.openMap(count, offset)
  // The rows of others are counted when they are opened.
  if (byColumn) reader.countNodes(rows)
  return tree.openArray(byColumn ? 1 : (shape[0] ?? count), offset)
}

function readKey(reader: Reader, tree: Tree, dialect: Dialect): void {
  skipNoOps(reader)
  reader.countNode()
  const offset = reader.at
  tree.setKey(readText(reader, dialect, 'KEY_TYPE'), offset)
}

/** Nothing is refused twice: these are for bytes that were checked. */
const NO_LIMITS = { ...DEFAULT_POLICY, maxNodes: Number.MAX_SAFE_INTEGER }

/**
 * True for an encoded container in `bytes[start, end)` without elements, in any of its forms; it must be well-formed.
 */
export function isEmptyUbjson(
  format: string,
  dialect: Dialect,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  const reader = new Reader(format, bytes, start, end, NO_LIMITS)
  skipNoOps(reader)
  const isMap = reader.u8() === OPEN_MAP
  const head = readContainer(reader, dialect, isMap)
  const { count, shape } = head.isTable ? readTableHead(reader, dialect) : head
  if (count >= 0) return (shape[0] ?? count) === 0
  skipNoOps(reader)
  return peek(reader) === (isMap ? CLOSE_MAP : CLOSE_ARRAY)
}
