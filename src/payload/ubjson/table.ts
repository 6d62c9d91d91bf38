/**
 * Structures of arrays of BJData draft 4 (Binary_JData_Specification.md, "Structure-of-Arrays"), for
 * `ubjson/read.ts`: records of one schema, record by record (`[${`) or field by field (`{${`). Either is an array of
 * maps. The kernel checks the same in the same order in assembly/formats/ubjson-table.ts.
 */
import { Tree } from '../decode-tree.ts'
import type { Reader } from '../decode-value.ts'
import { GROWTH } from '../growth.ts'
import {
  CLOSE_ARRAY,
  CLOSE_MAP,
  COUNT,
  type Count,
  type Dialect,
  isLength,
  OPEN_ARRAY,
  OPEN_MAP,
  peek,
  readCount,
  readInteger,
  readLength,
  readUnsigned,
  skipNoOps,
  TYPE,
} from './head.ts'
import { readDecimal, readScalar } from './scalar.ts'

const TEXT = 0x53
const HIGH = 0x48
const TRUE = 0x54
const FALSE = 0x46
const NULL = 0x5a

/**
 * Keys, and texts that many records name, are longer in another format than here: in one table at most GROWTH times as
 * long as the table, and what is short may always grow so far.
 */
const LEAST_GROWTH = 0x10_0000

/** A place of the schema. */
interface Step {
  /** The key in a map, and where it begins. */
  readonly key: string
  readonly keyAt: number
  /** Where its type begins. */
  readonly at: number
  /** The marker of a leaf; OPEN_MAP or OPEN_ARRAY. */
  readonly marker: number
  /** Members of a map or array. */
  members: number
  /** How a leaf is read; null for a map or array. */
  readonly leaf: Leaf | null
}

/** How the values of a leaf stand in the records. */
interface Leaf {
  /** Bytes that it takes, and how many of the record are before it. */
  readonly size: number
  readonly start: number
  /** What the numbers in the records stand for, and the bytes of each; null when they are values themselves. */
  readonly entries: readonly unknown[] | null
  readonly lengths: readonly number[]
  /** The marker of numbers that stand for texts behind the payload, or 0. */
  readonly integer: number
  /** The field that it is in. */
  readonly field: Field
}

/** A field of the record: where it begins there, and its bytes. */
interface Field {
  readonly start: number
  size: number
}

/** A schema and what it says of all records together. */
interface Schema {
  readonly steps: readonly Step[]
  readonly size: number
  readonly levels: number
  /** Keys of one record, and their bytes. */
  readonly keys: number
  readonly keyBytes: number
}

/** Schema and count of a structure of arrays. */
export interface TableHead extends Count {
  readonly schema: Schema
}

/** Reads schema and count; the bracket of the schema was taken. Throws ProtocolError as `decodeUbjson`. */
export function readTableHead(reader: Reader, dialect: Dialect): TableHead {
  const schema = readSchema(reader, dialect)
  reader.need(1)
  if (peek(reader) !== COUNT) throw reader.fail('BAD_TOKEN')
  reader.at++
  return { schema, ...readCount(reader, dialect, true, false) }
}

/**
 * The records of a structure of arrays; the bracket of the schema was taken. It begins at `offset`, inside of `depth`
 * containers; `byField` says that it is field by field. Throws ProtocolError as `decodeUbjson`, and SIZE_LIMIT when its
 * records name their keys and texts too often, or, for another format, all records of the value together.
 */
export function readTable(
  reader: Reader,
  dialect: Dialect,
  offset: number,
  depth: number,
  byField: boolean,
): unknown[] {
  const { schema, count, rows, shape } = readTableHead(reader, dialect)
  const { steps, size } = schema
  if (Math.max(shape.length, 1) + schema.levels > reader.rules.maxDepth - depth) {
    throw reader.fail('DEPTH_LIMIT', offset)
  }
  if (size > 0) reader.checkLength(count, size, offset)
  reader.countNodes(rows + count * (steps.length + schema.keys), offset)
  const payload = reader.at
  const placeOf = ({ start, field }: Leaf): Place =>
    byField
      ? { first: payload + count * field.start + start - field.start, stride: field.size, count }
      : { first: payload + start, stride: size, count }
  const names = { bytes: count * schema.keyBytes }
  const columns = steps.map((step) =>
    step.leaf === null || step.leaf.integer !== 0
      ? []
      : readColumn(reader, dialect, step, step.leaf, placeOf(step.leaf), names),
  )
  reader.at = payload + count * size
  for (const [i, { leaf }] of steps.entries()) {
    if (leaf !== null && leaf.integer !== 0) {
      columns[i] = readTexts(reader, dialect, leaf, placeOf(leaf), names)
    }
  }
  if (names.bytes > (reader.at - offset) * GROWTH + LEAST_GROWTH) throw reader.fail('SIZE_LIMIT', offset)
  // Above it is one table, as in the kernel; all of them together may cost no more when they are written again.
  reader.charge(names.bytes, LEAST_GROWTH, offset)
  const tree = new Tree(reader)
  const records: unknown[] = []
  for (let i = 0; i < count; i++) records.push(recordOf(tree, steps, columns, i))
  return nested(records, shape, false)
}

/** Where the values of a leaf are: of the first record, bytes to the next, and how many. */
interface Place {
  readonly first: number
  readonly stride: number
  readonly count: number
}

/** Reads what follows the bracket of a schema, up to the one that ends it. */
function readSchema(reader: Reader, dialect: Dialect): Schema {
  const root: Step = { key: '', keyAt: 0, at: reader.at, marker: OPEN_MAP, members: 0, leaf: null }
  const steps = [root]
  const open = [root]
  let field: Field = { start: 0, size: 0 }
  let levels = 1
  let size = 0
  let keys = 0
  let keyBytes = 0
  while (open.length > 0) {
    const inner = open[open.length - 1]!
    const isMap = inner.marker === OPEN_MAP
    if (isMap) skipNoOps(reader)
    if (inner.members > 0 && peek(reader) === (isMap ? CLOSE_MAP : CLOSE_ARRAY)) {
      reader.at++
      open.pop()
      continue
    }
    if (open.length === 1) field = { start: size, size: 0 }
    let key = ''
    const keyAt = reader.at
    if (isMap) {
      const length = readLength(reader, dialect, 'KEY_TYPE')
      reader.checkLength(length, 1, reader.at)
      key = reader.text(length)
      keys++
      keyBytes += length
    }
    const at = reader.at
    const marker = reader.u8()
    inner.members++
    if (marker === OPEN_MAP || (marker === OPEN_ARRAY && peek(reader) !== TYPE)) {
      if (open.length >= reader.rules.maxDepth) throw reader.fail('DEPTH_LIMIT', at)
      const step: Step = { key, keyAt, at, marker, members: 0, leaf: null }
      steps.push(step)
      open.push(step)
      levels = Math.max(levels, open.length)
      continue
    }
    const leaf = readLeaf(reader, dialect, marker, at, size, field)
    size += leaf.size
    field.size += leaf.size
    steps.push({ key, keyAt, at, marker, members: 0, leaf })
  }
  return { steps, size, levels, keys, keyBytes }
}

/** Reads the type of a leaf, whose marker was taken. */
function readLeaf(
  reader: Reader,
  dialect: Dialect,
  marker: number,
  at: number,
  start: number,
  field: Field,
): Leaf {
  const plain = (size: number): Leaf => ({ size, start, entries: null, lengths: [], integer: 0, field })
  const own = dialect.types.get(marker) ?? { [TRUE]: 1, [NULL]: 0 }[marker]
  if (own !== undefined) return plain(own)
  if (marker === TEXT || marker === HIGH) return plain(readLength(reader, dialect, 'BAD_TOKEN'))
  if (marker !== OPEN_ARRAY) throw reader.fail('BAD_TOKEN', at)
  reader.at++
  reader.need(2)
  const inner = reader.u8()
  const next = reader.u8()
  if (inner !== TEXT && inner !== HIGH) {
    if (!isLength(inner, dialect)) throw reader.fail('BAD_TOKEN', at + 2)
    if (next !== CLOSE_ARRAY) throw reader.fail('BAD_TOKEN', at + 3)
    return { ...plain(Math.abs(dialect.integers.get(inner)!)), integer: inner }
  }
  if (next !== COUNT) throw reader.fail('BAD_TOKEN', at + 3)
  const count = readLength(reader, dialect, 'BAD_TOKEN')
  reader.checkLength(count, 2, at)
  const entries: unknown[] = []
  const lengths: number[] = []
  for (let i = 0; i < count; i++) {
    const from = reader.at
    const length = readLength(reader, dialect, 'BAD_TOKEN')
    reader.checkLength(length, 1, reader.at)
    entries.push(inner === TEXT ? reader.text(length) : readDecimal(reader, length, from))
    lengths.push(length)
  }
  // The smallest unsigned integer that counts them all.
  const size = count <= 0xff ? 1 : count <= 0xffff ? 2 : 4
  return { size, start, entries, lengths, integer: 0, field }
}

/** The values of a leaf in all records. */
function readColumn(
  reader: Reader,
  dialect: Dialect,
  { marker }: Step,
  { size, entries, lengths }: Leaf,
  { first, stride, count }: Place,
  names: { bytes: number },
): unknown[] {
  const values: unknown[] = []
  for (let i = 0; i < count; i++) {
    const at = first + i * stride
    reader.at = at
    if (entries !== null) {
      const number = readUnsigned(reader, size, dialect)
      if (number >= entries.length) throw reader.fail('BAD_NUMBER', at)
      names.bytes += lengths[number]!
      values.push(entries[number])
    } else if (marker === TRUE) {
      const truth = reader.u8()
      if (truth !== TRUE && truth !== FALSE) throw reader.fail('BAD_TOKEN', at)
      values.push(truth === TRUE)
    } else if (marker === TEXT || marker === HIGH) {
      // Shorter ones have NULs behind them.
      let length = size
      while (length > 0 && reader.bytes[at + length - 1] === 0) length--
      values.push(marker === TEXT ? reader.text(length) : readDecimal(reader, length, at))
    } else {
      values.push(readScalar(reader, marker, at, dialect))
    }
  }
  return values
}

/**
 * The values of a leaf whose texts are next: where each of them begins and the last one ends, then all of them without
 * anything between. In the records are their numbers.
 */
function readTexts(
  reader: Reader,
  dialect: Dialect,
  { size, integer }: Leaf,
  { first, stride, count }: Place,
  names: { bytes: number },
): unknown[] {
  const table = reader.at
  reader.checkLength(count + 1, size, table)
  const numberAt = (at: number): number => {
    reader.at = at
    return Number(readInteger(reader, integer, dialect))
  }
  const lastAt = table + count * size
  const length = numberAt(lastAt)
  if (length < 0) throw reader.fail('BAD_NUMBER', lastAt)
  const start = reader.at
  reader.checkLength(length, 1, lastAt)
  const texts: string[] = []
  const lengths: number[] = []
  for (let i = 0, last = 0; i <= count; i++) {
    const at = table + i * size
    const offset = numberAt(at)
    // The first one is 0, and none is before the one before it.
    if (offset < last || offset > length || (i === 0 && offset !== 0)) throw reader.fail('BAD_NUMBER', at)
    if (i > 0) {
      reader.at = start + last
      texts.push(reader.text(offset - last))
      lengths.push(offset - last)
    }
    last = offset
  }
  const values: string[] = []
  for (let i = 0; i < count; i++) {
    const at = first + i * stride
    const number = numberAt(at)
    const text = texts[number]
    if (text === undefined) throw reader.fail('BAD_NUMBER', at)
    names.bytes += lengths[number]!
    values.push(text)
  }
  reader.at = start + length
  return values
}

/** Record `i`, a map as the rules want it. */
function recordOf(
  tree: Tree,
  steps: readonly Step[],
  columns: readonly (readonly unknown[])[],
  i: number,
): unknown {
  for (const [at, { key, keyAt, at: offset, marker, members, leaf }] of steps.entries()) {
    if (at > 0 && tree.isMap) tree.setKey(key, keyAt)
    if (leaf !== null) tree.add(columns[at]![i])
    else if (marker === OPEN_MAP) tree.openMap(members, offset)
    else tree.openArray(members, offset)
    while (tree.left === 0 && tree.depth > 1) tree.add(tree.close())
  }
  return tree.close()
}

/** The elements of an n-dimensional array as arrays of arrays; `byColumn` says that the first number counts fastest. */
export function nested(elements: unknown[], shape: readonly number[], byColumn: boolean): unknown[] {
  const arrays: number[] = []
  let product = 1
  for (const size of shape) {
    arrays.push(product)
    product *= size
  }
  let values = elements
  // The innermost arrays first.
  for (let i = shape.length - 1; i > 0; i--) {
    const [inner, size, count] = [values, shape[i]!, arrays[i]!]
    values = []
    for (let j = 0; j < count; j++) {
      const row: unknown[] = []
      for (let k = 0; k < size; k++) row.push(inner[byColumn ? j + k * count : j * size + k])
      values.push(row)
    }
  }
  return values
}
