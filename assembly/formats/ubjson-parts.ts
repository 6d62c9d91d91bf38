/**
 * The parts of UBJSON values: integers of both byte orders, lengths, text, keys, high-precision numbers, and the heads
 * of containers with their types, counts and dimensions. Called by ubjson.ts.
 */
import {
  BAD_NUMBER,
  BAD_TOKEN,
  BAD_UTF8,
  KEY_TYPE,
  KIND_BIGINT,
  KIND_FLOAT,
  KIND_NINT,
  KIND_UINT,
  LENGTH_OVERRUN,
  NODE_LIMIT,
  OK,
  SIZE_LIMIT,
  TRUNCATED,
} from '../generated/abi'
import { UBJSON_MARKERS } from '../generated/tables'
import { fail, maxDigits, nodesLeft } from '../status'
import { findBadUtf8 } from '../text'
import { setInteger, setScalar } from '../token'
import { overflows } from './json'

// Markers.
export const CHAR: u32 = 0x43
export const HIGH: u32 = 0x48
export const TEXT: u32 = 0x53
export const OPEN_ARRAY: u32 = 0x5b
export const CLOSE_ARRAY: u32 = 0x5d
export const OPEN_MAP: u32 = 0x7b
export const CLOSE_MAP: u32 = 0x7d
export const TYPE: u32 = 0x24
export const COUNT: u32 = 0x23
export const NO_OP: u32 = 0x4e
export const BYTE: u32 = 0x42
export const UINT8: u32 = 0x55
export const NULL: u32 = 0x5a
export const TRUE: u32 = 0x54
export const FALSE: u32 = 0x46

// Bits of a marker in the table (build/kernel-tables.mjs).
export const SIZE: u32 = 0x0f //    bytes with the marker, 0 when there is no fixed number
export const LENGTH: u32 = 0x10 //  an integer that may be a length
export const SIGNED: u32 = 0x20
export const ASCII: u32 = 0x40
export const MAY_BE_TYPE: u32 = 0x80

const MINUS: u32 = 0x2d
const PLUS: u32 = 0x2b
const DOT: u32 = 0x2e
const ZERO: u32 = 0x30
const LOWER_E: u32 = 0x65

/** Characters of a decimal with fraction or exponent: the exact text of any double fits. */
const MAX_DECIMAL: u64 = 1100

/** Products of dimensions stop growing here, far beyond all memory. */
export const SATURATED: u64 = 0x4000000000000000

let isDraft12: bool = false
/** The values were checked before: their text is not looked at again. */
export let isChecked: bool = false

export function setChecked(value: bool): void {
  isChecked = value
}

/** Row of the table for this dialect. */
let markers: usize = UBJSON_MARKERS

export function setDialect(draft12: bool): void {
  isDraft12 = draft12
  markers = UBJSON_MARKERS + (draft12 ? 256 : 0)
}

/** What begins with a marker: bits of the table. */
export function factsOf(marker: u32): u32 {
  return load<u8>(markers + <usize>marker)
}

/** Position of the first byte that is no no-op, or `end`. */
export function noOps(p: usize, end: usize): usize {
  while (p < end && <u32>load<u8>(p) == NO_OP) p++
  return p
}

/** Reads an unsigned number of 1, 2, 4 or 8 bytes in the byte order of the dialect. */
export function unsigned(p: usize, width: usize): u64 {
  if (width == 1) return load<u8>(p)
  if (width == 2) return isDraft12 ? bswap(load<u16>(p)) : load<u16>(p)
  if (width == 4) return isDraft12 ? bswap(load<u32>(p)) : load<u32>(p)
  return isDraft12 ? bswap(load<u64>(p)) : load<u64>(p)
}

/** The same byte by byte: a loop is small, and not copied to every place that reads a length. */
export function integerAt(p: usize, width: usize): u64 {
  let result: u64 = 0
  for (let i: usize = 0; i < width; i++) {
    result = (result << 8) | load<u8>(isDraft12 ? p + i : p + width - 1 - i)
  }
  return result
}

/** What `length` has read. */
export let value: u64 = 0

/** Reads a length: an integer with its marker, not negative. `wrong` is the error for any other value. */
export function length(p: usize, end: usize, wrong: i32): usize {
  if (p >= end) return fail(TRUNCATED, end)
  const facts = factsOf(load<u8>(p))
  if ((facts & LENGTH) == 0) return fail(wrong, p)
  const width = <usize>(facts & SIZE) - 1
  if (end - p <= width) return fail(TRUNCATED, end)
  value = integerAt(p + 1, width)
  if ((facts & SIGNED) != 0 && value >> ((width << 3) - 1) != 0) return fail(BAD_NUMBER, p)
  return p + 1 + width
}

/** Where the text of the last `text` or `key` begins. */
export let textStart: usize = 0

/** Passes length and content of a text. */
export function text(p: usize, end: usize): usize {
  return sized(p, end, BAD_TOKEN)
}

/** Passes a key, which is a text without marker; no-ops may stand before it. */
export function key(p: usize, end: usize): usize {
  return sized(noOps(p, end), end, KEY_TYPE)
}

function sized(p: usize, end: usize, wrong: i32): usize {
  if (end - p > 1 && p < end && <u32>load<u8>(p) == UINT8) {
    // Nearly all lengths.
    value = load<u8>(p, 1)
    p += 2
  } else {
    p = length(p, end, wrong)
    if (p == 0) return 0
  }
  if (value > <u64>(end - p)) return fail(LENGTH_OVERRUN, p)
  textStart = p
  const after = p + <usize>value
  if (isChecked) return after
  const bad = findBadUtf8(p, after)
  return bad == 0 ? after : fail(BAD_UTF8, bad)
}

/** Address of the first byte above 0x7f in [p, end), or 0. */
export function findHighBit(p: usize, end: usize): usize {
  while (p + 8 <= end && (load<u64>(p) & 0x8080808080808080) == 0) p += 8
  while (p < end) {
    if (load<u8>(p) >= 0x80) return p
    p++
  }
  return 0
}

/** Passes a high-precision number, a text in JSON's grammar, and says in the token what it is. */
export function high(p: usize, end: usize): usize {
  const from = p
  p = length(p, end, BAD_TOKEN)
  if (p == 0) return 0
  if (value > <u64>(end - p)) return fail(LENGTH_OVERRUN, p)
  return number(p, p + <usize>value, from)
}

/** The same for a number whose text fills [p, end); `from` is where errors are. */
export function number(p: usize, end: usize, from: usize): usize {
  if (<u64>(end - p) > max<u64>(maxDigits() + 1, MAX_DECIMAL)) return fail(SIZE_LIMIT, from)
  const status = decimal(p, end)
  return status == OK ? end : fail(status, from)
}

function digitsEnd(p: usize, end: usize): usize {
  while (p < end && <u32>load<u8>(p) - ZERO < 10) p++
  return p
}

/** OK when [p, end) is a number that a double or a big integer holds; the token says which. */
function decimal(p: usize, end: usize): i32 {
  const negative = p < end && <u32>load<u8>(p) == MINUS
  if (negative) p++
  const from = p
  p = digitsEnd(p, end)
  const digits = <u32>(p - from)
  if (digits == 0 || (digits > 1 && <u32>load<u8>(from) == ZERO)) return BAD_NUMBER
  if (p == end) {
    if (digits > maxDigits()) return SIZE_LIMIT
    integerKind(from, digits, negative)
    return OK
  }
  setScalar(KIND_FLOAT)
  if (<u32>load<u8>(p) == DOT) {
    const fraction = p + 1
    p = digitsEnd(fraction, end)
    if (p == fraction) return BAD_NUMBER
  }
  const mantissaEnd = p
  let exponent: i32 = 0
  if (p < end) {
    if ((<u32>load<u8>(p) | 0x20) != LOWER_E) return BAD_NUMBER
    p++
    const sign = p < end ? <u32>load<u8>(p) : 0
    if (sign == PLUS || sign == MINUS) p++
    if (p == end || digitsEnd(p, end) != end) return BAD_NUMBER
    // Far beyond any double, and far from overflow.
    for (; p < end; p++) if (exponent < 100_000_000) exponent = exponent * 10 + (load<u8>(p) - ZERO)
    if (sign == MINUS) exponent = -exponent
  }
  const mayOverflow = exponent > 0 || mantissaEnd - from > 308
  return mayOverflow && overflows(from, mantissaEnd, exponent) ? BAD_NUMBER : OK
}

function integerKind(from: usize, digits: u32, negative: bool): void {
  // 19 digits always fit; a 20th may not.
  if (digits > 19) {
    setScalar(KIND_BIGINT)
    return
  }
  let absolute: u64 = 0
  for (let i: u32 = 0; i < digits; i++) absolute = absolute * 10 + (load<u8>(from + i) - ZERO)
  if (!negative) setInteger(KIND_UINT, absolute)
  else if (absolute == 0) setScalar(KIND_FLOAT)
  else setInteger(KIND_NINT, absolute - 1)
}

// What `container` has found.
/** The marker of all elements, 0 when each has its own. */
export let type: u32 = 0
export let isCounted: bool = false
/** Elements or pairs; of an n-dimensional array the innermost ones together. 0 without a count. */
export let elements: u64 = 0
/** 0 for a plain count. */
export let dimensions: u32 = 0
export let firstDimension: u64 = 0
/** Arrays inside of an n-dimensional one. */
export let rows: u64 = 0
/** A byte string: `[$B#` in BJData, `[$U#` in draft 12. */
export let isBytes: bool = false
/** A structure of arrays, which ubjson-table.ts reads from the position that `container` returns. */
export let isTable: bool = false

/**
 * Reads type and count of a container whose bracket, at `at`, stands before `p`. What it claims fits into the rest of
 * the frame and into the budget of values, of which `nodes` are used up.
 */
export function container(at: usize, p: usize, end: usize, isMap: bool, nodes: i32): usize {
  type = 0
  isCounted = false
  elements = 0
  dimensions = 0
  rows = 0
  isBytes = false
  isTable = false
  if (p >= end) return p
  let first = <u32>load<u8>(p)
  if (first == TYPE) {
    if (end - p < 3) return fail(TRUNCATED, end)
    type = load<u8>(p, 1)
    if (type == OPEN_MAP && !isDraft12) {
      isTable = true
      return p + 2
    }
    if ((factsOf(type) & MAY_BE_TYPE) == 0) return fail(BAD_TOKEN, p + 1)
    p += 2
    first = load<u8>(p)
    // A type without a count would have no end.
    if (first != COUNT) return fail(BAD_TOKEN, p)
  }
  if (first != COUNT) return p
  isCounted = true
  p = count(p + 1, end, !isMap && !isDraft12, true)
  if (p == 0) return 0
  isBytes = !isMap && dimensions < 2 && isByteType(type)
  const least = leastBytes(isMap)
  if (least != 0 && elements > <u64>(end - p) / least) return fail(LENGTH_OVERRUN, at)
  if (isBytes) return p
  // What has no bytes of its own is limited by the budget alone.
  const budget = <u64>max<i32>(nodesLeft - nodes, 0)
  if (rows > budget || (least == 0 && elements > budget)) return fail(NODE_LIMIT, at)
  return p
}

/**
 * Reads what follows a `#`: a number, or the dimensions of an array, which an array of its own around them makes
 * column-major.
 */
export function count(p: usize, end: usize, mayHaveShape: bool, mayHaveColumns: bool): usize {
  if (mayHaveShape && p < end && <u32>load<u8>(p) == OPEN_ARRAY) return shape(p + 1, end, mayHaveColumns)
  p = length(p, end, BAD_TOKEN)
  elements = value
  return p
}

/** True for what a type or count begins with. */
export function isOptimised(byte: u32): bool {
  return byte == TYPE || byte == COUNT
}

/** True for the type that makes an array a byte string. */
export function isByteType(marker: u32): bool {
  return marker == (isDraft12 ? UINT8 : BYTE)
}

/** Bytes that an element or a pair takes at least. */
function leastBytes(isMap: bool): u64 {
  const size = factsOf(type) & SIZE
  // A text or number of unknown size has its length at least, a key too.
  const own: u64 = type == 0 ? 1 : size == 0 ? 2 : size - 1
  return isMap ? own + 2 : own
}

/**
 * Reads the dimensions of an n-dimensional array: a list of lengths, plain, counted or typed; `p` is after `[`. Where
 * `mayHaveColumns`, the list may be the only element of another one, plain or counted.
 */
function shape(p: usize, end: usize, mayHaveColumns: bool): usize {
  if (mayHaveColumns) {
    const inner = wrapped(p, end)
    if (inner == 0) return 0
    if (inner != p) {
      const isMarked = <u32>load<u8>(p) != COUNT
      p = shape(inner, end, false)
      if (p == 0 || !isMarked) return p
      p = noOps(p, end)
      if (p >= end) return fail(TRUNCATED, end)
      return <u32>load<u8>(p) == CLOSE_ARRAY ? p + 1 : fail(BAD_TOKEN, p)
    }
  }
  // Bytes of a length in a typed list.
  let width: usize = 0
  let isSigned = false
  let first = p < end ? <u32>load<u8>(p) : 0
  if (first == TYPE) {
    if (end - p < 3) return fail(TRUNCATED, end)
    const facts = factsOf(load<u8>(p, 1))
    if ((facts & LENGTH) == 0) return fail(BAD_TOKEN, p + 1)
    width = <usize>(facts & SIZE) - 1
    isSigned = (facts & SIGNED) != 0
    p += 2
    first = load<u8>(p)
    if (first != COUNT) return fail(BAD_TOKEN, p)
  }
  const hasCount = first == COUNT
  let sizes: u64 = 0
  if (hasCount) {
    const at = p + 1
    p = length(at, end, BAD_TOKEN)
    if (p == 0) return 0
    sizes = value
    if (sizes > <u64>(end - p) / (width == 0 ? 2 : width)) return fail(LENGTH_OVERRUN, at)
  }
  let product: u64 = 1
  while (!hasCount || sizes != 0) {
    sizes--
    if (width != 0) {
      value = integerAt(p, width)
      if (isSigned && value >> ((width << 3) - 1) != 0) return fail(BAD_NUMBER, p)
      p += width
    } else {
      if (!hasCount) {
        p = noOps(p, end)
        if (p >= end) return fail(TRUNCATED, end)
        if (<u32>load<u8>(p) == CLOSE_ARRAY) {
          p++
          break
        }
      }
      p = length(p, end, BAD_TOKEN)
      if (p == 0) return 0
    }
    product = dimension(product, value)
  }
  elements = dimensions == 0 ? 0 : product
  return p
}

/** Position after the bracket of a list that is the first element of the one whose content begins at `p`; else `p`. */
function wrapped(p: usize, end: usize): usize {
  let inner = p
  if (p < end && <u32>load<u8>(p) == COUNT) {
    inner = length(p + 1, end, BAD_TOKEN)
    if (inner == 0) return 0
    if (value != 1) return p
  }
  inner = noOps(inner, end)
  return inner < end && <u32>load<u8>(inner) == OPEN_ARRAY ? inner + 1 : p
}

/** Adds a dimension: the arrays so far, `product` of them, have `size` elements each. Returns the new product. */
function dimension(product: u64, size: u64): u64 {
  if (dimensions == 0) firstDimension = size
  else rows = min<u64>(rows + product, SATURATED)
  dimensions++
  return size != 0 && product > SATURATED / size ? SATURATED : product * size
}
