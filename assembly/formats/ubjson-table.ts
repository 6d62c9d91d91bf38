/**
 * Structures of arrays, of BJData draft 4 (Binary_JData_Specification.md, "Structure-of-Arrays"): records of one
 * schema, record by record or field by field. Called by ubjson.ts.
 *
 *     [ $ { schema } # count payload        record by record
 *     { $ { schema } # count payload        field by field: all values of the first one, of the second, ...
 *
 * The schema has keys and types without values, of nested objects and arrays too. Each leaf of it takes a fixed number
 * of bytes of a record; behind the payload come the texts of those leaves that have only a number there. The value is
 * an array of maps, whichever of the two it is. Nothing is stored: the schema is walked again for what a leaf needs,
 * and each leaf is looked at in all records at once.
 */
import {
  BAD_NUMBER,
  BAD_TOKEN,
  BAD_UTF8,
  DEPTH_LIMIT,
  LENGTH_OVERRUN,
  NODE_LIMIT,
  SIZE_LIMIT,
  TRUNCATED,
} from '../generated/abi'
import { fail, maxDepth, nodesLeft } from '../status'
import { findBadUtf8 } from '../text'
import * as parts from './ubjson-parts'
import {
  CHAR,
  CLOSE_ARRAY,
  CLOSE_MAP,
  COUNT,
  FALSE,
  factsOf,
  HIGH,
  LENGTH,
  MAY_BE_TYPE,
  NULL,
  noOps,
  OPEN_ARRAY,
  OPEN_MAP,
  SATURATED,
  SIGNED,
  SIZE,
  TEXT,
  TRUE,
  TYPE,
} from './ubjson-parts'

// Leaves whose text is not in the record, in place of a marker.
/** A number of one of the texts in the schema: `[$S#`. */
const TEXTS: u32 = 1
/** The same of numbers that are texts: `[$H#`. */
const NUMBERS: u32 = 2
/** A number of one of the texts behind the payload: `[$U]`. */
const OFFSETS: u32 = 3

/**
 * Keys, and texts that many records name, are longer in another format than here: together at most so many times as
 * long as the value, and what is short may always grow so far.
 */
const GROWTH: u64 = 64
const LEAST_GROWTH: u64 = 0x100000

/** A bit for each open object or array of the schema: it is an object. MAX_DEPTH of them. */
const LEVELS: usize = memory.data(128)

// Where the walk through the schema is.
let depth: u32 = 0
let isMap: bool = true
/** Nothing has come yet in the innermost object or array. */
let isFresh: bool = true

// The leaf that `leaf` has found.
/** Its marker, or one of the above; 0 at the end of the schema. */
let type: u32 = 0
/** Bytes that it takes of a record. */
let size: u64 = 0
/** Texts in the schema. */
let entries: u64 = 0
/** The bits of the marker of its integers, for OFFSETS. */
let facts: u32 = 0
/** Where positions of every second text are kept, 0 for nowhere. A text has two bytes at least, its length. */
let places: usize = 0

// What `header` has found.
let schema: usize = 0
let recordSize: u64 = 0
/** Levels of a record below the array. */
let levels: u32 = 0
/** Values and keys of a record. */
let recordNodes: u64 = 0
let keyBytes: u64 = 0

/** What `skip` has passed: values and keys. */
export let nodes: i32 = 0
/** Bytes of texts that the records name. */
let named: u64 = 0

/** Begins a walk. */
function begin(): void {
  depth = 0
  isMap = isFresh = true
}

function enter(opensMap: bool): void {
  const word = LEVELS + ((depth >> 3) & ~3)
  const bit: u32 = 1 << (depth & 31)
  store<u32>(word, isMap ? load<u32>(word) | bit : load<u32>(word) & ~bit)
  depth++
  isMap = opensMap
  isFresh = true
}

function leave(): void {
  depth--
  isMap = ((load<u32>(LEVELS + ((depth >> 3) & ~3)) >> (depth & 31)) & 1) != 0
}

/**
 * Reads the next leaf of the schema at `p`, and all brackets before and after it, but the one that ends the schema:
 * with that, `type` is 0.
 */
function leaf(p: usize, end: usize): usize {
  while (true) {
    if (isMap) {
      p = noOps(p, end)
      if (p < end && depth == 0 && !isFresh && <u32>load<u8>(p) == CLOSE_MAP) {
        type = 0
        return p + 1
      }
      p = parts.key(p, end)
      if (p == 0) return 0
      recordNodes++
      keyBytes += p - parts.textStart
    }
    if (p >= end) return fail(TRUNCATED, end)
    recordNodes++
    isFresh = false
    type = load<u8>(p)
    const isArray = type == OPEN_ARRAY && (p + 1 >= end || <u32>load<u8>(p, 1) != TYPE)
    if (!isArray && type != OPEN_MAP) break
    if (<i32>depth + 1 >= maxDepth) return fail(DEPTH_LIMIT, p)
    enter(!isArray)
    levels = max(levels, depth + 1)
    p++
  }
  p = leafType(p, end)
  while (p != 0 && depth != 0) {
    if (isMap) p = noOps(p, end)
    if (p >= end) return fail(TRUNCATED, end)
    if (<u32>load<u8>(p) != (isMap ? CLOSE_MAP : CLOSE_ARRAY)) break
    p++
    leave()
  }
  return p
}

/** Reads the type of a leaf, whose marker is at `p`. */
function leafType(p: usize, end: usize): usize {
  const own = factsOf(type)
  if ((own & MAY_BE_TYPE) != 0 || type == TRUE || type == NULL) {
    // A truth has a marker as its value.
    size = type == TRUE ? 1 : (own & SIZE) - 1
    return p + 1
  }
  if (type == TEXT || type == HIGH) {
    p = parts.length(p + 1, end, BAD_TOKEN)
    size = min(parts.value, SATURATED)
    return p
  }
  if (type != OPEN_ARRAY) return fail(BAD_TOKEN, p)
  if (end - p < 4) return fail(TRUNCATED, end)
  const inner = <u32>load<u8>(p, 2)
  const next = <u32>load<u8>(p, 3)
  if (inner == TEXT || inner == HIGH)
    return next == COUNT ? dictionary(p, end, inner) : fail(BAD_TOKEN, p + 3)
  facts = factsOf(inner)
  if ((facts & LENGTH) == 0) return fail(BAD_TOKEN, p + 2)
  type = OFFSETS
  size = (facts & SIZE) - 1
  return next == CLOSE_ARRAY ? p + 4 : fail(BAD_TOKEN, p + 3)
}

/** Reads the texts of a leaf, whose bracket is at `at`. */
function dictionary(at: usize, end: usize, inner: u32): usize {
  let p = parts.length(at + 4, end, BAD_TOKEN)
  if (p == 0) return 0
  type = inner == TEXT ? TEXTS : NUMBERS
  entries = parts.value
  if (entries > <u64>(end - p) >> 1) return fail(LENGTH_OVERRUN, at)
  size = entries <= 0xff ? 1 : entries <= 0xffff ? 2 : 4
  const isNew = inner == HIGH && !parts.isChecked
  for (let i: usize = 0; i < <usize>entries; i++) {
    if (places != 0 && (i & 1) == 0) store<u32>(places + (i << 1), <u32>p)
    p = isNew ? parts.high(p, end) : parts.text(p, end)
    if (p == 0) return 0
  }
  return p
}

/** Bytes of text `i` of the leaf whose texts were read last. */
function entryBytes(i: usize, end: usize): u64 {
  let p = <usize>load<u32>(places + ((i & ~1) << 1))
  if ((i & 1) != 0) p = parts.text(p, end)
  return parts.text(p, end) - parts.textStart
}

/**
 * Reads schema and count; `p` is after the bracket of the schema. The count is in parts.elements and its like. Returns
 * the position of the payload.
 */
export function header(p: usize, end: usize): usize {
  schema = p
  recordSize = recordNodes = keyBytes = 0
  levels = 1
  places = 0
  // The record itself.
  recordNodes = 1
  begin()
  while (true) {
    p = leaf(p, end)
    if (p == 0) return 0
    if (type == 0) break
    recordSize = min(recordSize + size, SATURATED)
  }
  if (p >= end) return fail(TRUNCATED, end)
  return <u32>load<u8>(p) == COUNT ? parts.count(p + 1, end, true, false) : fail(BAD_TOKEN, p)
}

/**
 * Validates the value whose bracket is at `at`; `p` is after the bracket of the schema. It may have `levelsLeft`
 * levels; `spent` of the budget are used up. `scratch` has room for as many bytes as the value has.
 */
export function skip(at: usize, p: usize, end: usize, levelsLeft: usize, spent: i32, scratch: usize): usize {
  p = header(p, end)
  if (p == 0) return 0
  const count = parts.elements
  const rows = parts.rows
  if (<u64>max<u32>(parts.dimensions, 1) + levels > <u64>levelsLeft) return fail(DEPTH_LIMIT, at)
  if (recordSize != 0 && count > <u64>(end - p) / recordSize) return fail(LENGTH_OVERRUN, at)
  const budget = <u64>max<i32>(nodesLeft - spent, 0)
  if (max(rows, count) > budget || rows + count * recordNodes > budget) return fail(NODE_LIMIT, at)
  nodes = <i32>(rows + count * recordNodes)
  named = count * keyBytes
  const isChecked = parts.isChecked
  const payload = p
  const byRecord = <u32>load<u8>(at) == OPEN_ARRAY
  p += <usize>count * <usize>recordSize
  // The schema is known to be right by now.
  parts.setChecked(true)
  if (!isChecked) {
    places = scratch
    if (leaves(payload, p, <usize>count, byRecord, end, PLAIN_LEAVES) == 0) p = 0
  }
  if (p != 0)
    p = leaves(payload, p, <usize>count, byRecord, end, isChecked ? CHECKED_TEXT_LEAVES : TEXT_LEAVES)
  parts.setChecked(isChecked)
  if (p != 0 && !isChecked && named > <u64>(p - at) * GROWTH + LEAST_GROWTH) return fail(SIZE_LIMIT, at)
  return p
}

/** Which leaves to look at: those that have texts behind the payload, or all others. */
const PLAIN_LEAVES: i32 = 0
const TEXT_LEAVES: i32 = 1
const CHECKED_TEXT_LEAVES: i32 = 2

/** Looks at some of the leaves; texts begin at `p`. Returns their end. */
function leaves(payload: usize, p: usize, count: usize, byRecord: bool, end: usize, which: i32): usize {
  let at = schema
  // Bytes from one record to the next: of a whole record, or of the field that the leaf is in.
  let stride = byRecord ? <usize>recordSize : 0
  let first = payload
  let offset: usize = 0
  begin()
  while (true) {
    if (depth == 0 && !byRecord) {
      first += stride * count
      stride = fieldSize(at, end)
      offset = 0
    }
    at = leaf(at, end)
    if (type == 0 || p == 0) return p
    if ((type == OFFSETS) == (which != PLAIN_LEAVES)) {
      if (type == OFFSETS) p = texts(p, end, first + offset, stride, count, which == CHECKED_TEXT_LEAVES)
      else if (!column(first + offset, stride, count, end)) return 0
    }
    offset += <usize>size
  }
}

/** Bytes that the field at `p` takes of a record; 0 at the end of the schema. */
function fieldSize(p: usize, end: usize): usize {
  const wasFresh = isFresh
  let sum: u64 = 0
  do {
    p = leaf(p, end)
    if (type != 0) sum += size
  } while (depth != 0)
  begin()
  isFresh = wasFresh
  return <usize>sum
}

/** Position after the last byte of the text in [p, end) that is no padding. */
function trimmed(p: usize, end: usize): usize {
  while (end > p && load<u8>(end - 1) == 0) end--
  return end
}

/** True when the leaf that was read last is right in all records. */
function column(p: usize, stride: usize, count: usize, end: usize): bool {
  if (type != TRUE && type != CHAR && type != TEXT && type != HIGH && type != TEXTS && type != NUMBERS)
    return true
  for (let i: usize = 0; i < count; i++) {
    const first = <u32>load<u8>(p)
    if (type == TRUE) {
      if (first != TRUE && first != FALSE) return fail(BAD_TOKEN, p) != 0
    } else if (type == CHAR) {
      if (first >= 0x80) return fail(BAD_UTF8, p) != 0
    } else if (type == TEXT) {
      const bad = findBadUtf8(p, trimmed(p, p + <usize>size))
      if (bad != 0) return fail(BAD_UTF8, bad) != 0
    } else if (type == HIGH) {
      if (parts.number(p, trimmed(p, p + <usize>size), p) == 0) return false
    } else {
      const number = parts.unsigned(p, <usize>size)
      if (number >= entries) return fail(BAD_NUMBER, p) != 0
      named += entryBytes(<usize>number, end)
    }
    p += stride
  }
  return true
}

/** The number of the leaf that was read last, of OFFSETS, at `p`; a negative one is beyond all others. */
function numberAt(p: usize): u64 {
  const value = parts.integerAt(p, <usize>size)
  return (facts & SIGNED) != 0 && value >> ((size << 3) - 1) != 0 ? u64.MAX_VALUE : value
}

/**
 * Passes the texts of a leaf behind the payload: where each of them begins and the last one ends, then all of them
 * without anything between. The leaf is at `leaf` in the first record.
 */
function texts(p: usize, end: usize, leaf: usize, stride: usize, count: usize, isChecked: bool): usize {
  const width = <usize>size
  const table = p
  if (<u64>count + 1 > <u64>(end - p) / width) return fail(LENGTH_OVERRUN, p)
  p += (count + 1) * width
  const length = numberAt(p - width)
  if ((facts & SIGNED) != 0 && length == u64.MAX_VALUE) return fail(BAD_NUMBER, p - width)
  if (length > <u64>(end - p)) return fail(LENGTH_OVERRUN, p - width)
  const after = p + <usize>length
  if (isChecked) return after
  let last: u64 = 0
  for (let i: usize = 0; i <= count; i++) {
    const at = table + i * width
    const offset = numberAt(at)
    // The first one is 0, and none is before the one before it.
    if (offset < last || offset > length || (i == 0 && offset != 0)) return fail(BAD_NUMBER, at)
    const bad = findBadUtf8(p + <usize>last, p + <usize>offset)
    if (bad != 0) return fail(BAD_UTF8, bad)
    last = offset
  }
  for (let i: usize = 0; i < count; i++) {
    const number = numberAt(leaf)
    if (number >= <u64>count) return fail(BAD_NUMBER, leaf)
    const place = table + <usize>number * width
    named += numberAt(place + width) - numberAt(place)
    leaf += stride
  }
  return after
}
