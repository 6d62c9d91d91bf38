/**
 * UBJSON in both dialects, BJData (little-endian) and draft 12 (big-endian): heads, and the validated skip of one whole
 * value. Called by scan.ts through formats/any.ts; lengths, keys and container heads are in ubjson-parts.ts, structures
 * of arrays in ubjson-table.ts. Sources: Binary JData specification up to draft 4 (github.com/NeuroJSON/bjdata), UBJSON
 * specification draft 12 (ubjson.org).
 *
 * Elements of a typed container have no marker of their own. `next` announces the type of the element that it moved to,
 * and the next `head` or `skip` uses it up.
 */
import {
  BAD_TOKEN,
  BAD_UTF8,
  DEPTH_LIMIT,
  KIND_ARRAY,
  KIND_BYTES,
  KIND_FALSE,
  KIND_MAP,
  KIND_NINT,
  KIND_NULL,
  KIND_TEXT,
  KIND_TRUE,
  KIND_UINT,
  NODE_LIMIT,
  SIZE_LIMIT,
  TRUNCATED,
} from '../generated/abi'
import { STACK } from '../memory'
import { halfFloat } from '../number'
import { countNodes, fail, maxDepth } from '../status'
import { setContainer, setFloat, setInteger, setScalar, setString } from '../token'
import * as parts from './ubjson-parts'
import {
  ASCII,
  BYTE,
  CHAR,
  CLOSE_ARRAY,
  CLOSE_MAP,
  FALSE,
  findHighBit,
  HIGH,
  LENGTH,
  NO_OP,
  NULL,
  noOps,
  OPEN_ARRAY,
  OPEN_MAP,
  SIGNED,
  SIZE,
  TEXT,
  TRUE,
  TYPE,
  UINT8,
  unsigned,
} from './ubjson-parts'
import * as table from './ubjson-table'

// What a level of the skip stack holds beside the number of values that are left: the type of all of them, and these.
const IS_MAP: u32 = 0x100
const IS_COUNTED: u32 = 0x200

/**
 * In place of a type: the elements have no heads, because they are the rows of an n-dimensional array, or the records
 * of a structure of arrays.
 */
const ROWS: u32 = 0x7f

/** The marker that all elements of the container share, for the element that `next` moved to; 0 when each has one. */
let pending: u32 = 0
/** What the last `head` has used of it. */
let used: u32 = 0

export function open(draft12: bool): void {
  pending = 0
  parts.setDialect(draft12)
}

/** The type that the last `head` has used, for the index: such a value cannot be read without it. */
export function elementType(): i32 {
  return <i32>used
}

/*
 * A count that `next` understands, for the token: negative, with six bits of the type (all markers are letters, 0x40 to
 * 0x7f) above 25 bits of the number. -1, all bits set, is a container without a count.
 */
const MAX_COUNT: u64 = 0x1fffffe

// Without elements the type does not matter, but that of rows: they are levels, also where there are none.
function packed(type: u32, elements: u32): i32 {
  return elements == 0 && type != ROWS ? 0 : <i32>(0x80000000 | ((type & 0x3f) << 25) | elements)
}

/** The number in a count; -1 for a container without one. */
export function elementsOf(count: i32): i32 {
  return count < -1 ? count & 0x1ffffff : count
}

/** The type in a packed count, 0 when each element has its own. */
function typeOf(count: i32): u32 {
  const type = count < -1 ? (<u32>count >> 25) & 0x3f : 0
  return type == 0 ? 0 : type | 0x40
}

/** True for an array of two or more dimensions, and for a structure of arrays. */
export function hasRows(count: i32): bool {
  return typeOf(count) == ROWS
}

/** Bytes of each element, where all have the same; else -1. */
export function stride(count: i32): i32 {
  const size = <i32>(parts.factsOf(typeOf(count)) & SIZE)
  return typeOf(count) == 0 || size == 0 ? -1 : size - 1
}

/** The type of the element that `next` has moved to; 0 when it has its own. */
export function announcedType(): i32 {
  return <i32>pending
}

/** Gives the value that is read next the type that its container has taken from it. */
export function announce(type: i32): void {
  pending = type
}

/** Moves to element `i` of a container with a packed count, or past its end. */
export function next(p: usize, end: usize, i: i32, count: i32, container: i32): usize {
  if (count == -1) {
    p = noOps(p, end)
    if (p >= end) return fail(TRUNCATED, end)
    pending = 0
    closed = <u32>load<u8>(p) == (container == KIND_MAP ? CLOSE_MAP : CLOSE_ARRAY)
    return closed ? p + 1 : p
  }
  closed = i == elementsOf(count)
  const type = (<u32>count >> 25) & 0x3f
  pending = closed || type == 0 ? 0 : type | 0x40
  return closed || pending != 0 ? p : noOps(p, end)
}

/** True once `next` has passed the end of the container. */
export let closed: bool = false

/** Position of the value's first byte: no-ops may stand before it. */
export function valueStart(p: usize, end: usize): usize {
  return pending != 0 ? p : noOps(p, end)
}

/** Reads the unsigned integer at `p` when it is in a plain form; 0 when `head` must look. */
export function integer(p: usize, end: usize): usize {
  if (pending != 0) return 0
  const facts = parts.factsOf(load<u8>(p))
  if ((facts & LENGTH) == 0) return 0
  const width = <usize>(facts & SIZE) - 1
  if (end - p <= width) return 0
  const value = unsigned(p + 1, width)
  if ((facts & SIGNED) != 0 && value >> ((width << 3) - 1) != 0) return 0
  used = 0
  setInteger(KIND_UINT, value)
  return p + 1 + width
}

/** KIND_ARRAY or KIND_MAP when the first byte tells, as any.peek wants it. */
export function peek(p: usize, end: usize): i32 {
  if (pending != 0) return 0
  const first = <u32>load<u8>(p)
  if (first == OPEN_MAP && (end - p < 3 || <u32>load<u8>(p, 1) != TYPE)) return KIND_MAP
  // A typed array may be a byte string.
  if (first != OPEN_ARRAY || end - p < 3) return 0
  return <u32>load<u8>(p, 1) != TYPE || !parts.isByteType(load<u8>(p, 2)) ? KIND_ARRAY : 0
}

/** Reads a map's key into the token. */
export function key(p: usize, end: usize): usize {
  p = parts.key(p, end)
  if (p != 0) setString(KIND_TEXT, parts.textStart, p, true)
  return p
}

/** True when the last `head` has read a number that is a text. */
export let isHighPrecision: bool = false

/** Reads the head of the value at `p`, no-ops before it included. */
export function head(p: usize, end: usize): usize {
  isHighPrecision = false
  let marker = pending
  used = marker
  pending = 0
  if (marker == ROWS) {
    setContainer(KIND_ARRAY, 0)
    return p
  }
  let at = p
  if (marker == 0) {
    p = noOps(p, end)
    if (p >= end) return fail(TRUNCATED, end)
    at = p
    marker = load<u8>(p++)
  }
  const facts = parts.factsOf(marker)
  const width = <usize>(facts & SIZE) - 1
  if ((facts & SIZE) != 0) {
    if (end - p < width) return fail(TRUNCATED, end)
    if ((facts & (LENGTH | ASCII)) != 0 || marker == BYTE) return small(p, marker, facts, width)
    if (marker == NULL) setScalar(KIND_NULL)
    else if (marker == TRUE || marker == FALSE) setScalar(marker == TRUE ? KIND_TRUE : KIND_FALSE)
    else setFloat(floatOf(unsigned(p, width), width))
    return p + width
  }
  if (marker == TEXT) {
    const after = parts.text(p, end)
    if (after != 0) setString(KIND_TEXT, parts.textStart, after, true)
    return after
  }
  if (marker == HIGH) {
    isHighPrecision = true
    return parts.high(p, end)
  }
  if (marker == OPEN_ARRAY || marker == OPEN_MAP) return container(at, p, end, marker)
  return fail(BAD_TOKEN, at)
}

/** The float whose 16, 32 or 64 bits these are. */
function floatOf(bits: u64, width: usize): f64 {
  if (width == 8) return reinterpret<f64>(bits)
  return width == 4 ? <f64>reinterpret<f32>(<u32>bits) : halfFloat(<u32>bits)
}

/** An integer or a character of `width` bytes, all there. */
function small(p: usize, marker: u32, facts: u32, width: usize): usize {
  if (marker == CHAR) {
    if (load<u8>(p) >= 0x80) return fail(BAD_UTF8, p)
    setString(KIND_TEXT, p, p + 1, true)
    return p + 1
  }
  const value = unsigned(p, width)
  const isNegative = (facts & SIGNED) != 0 && value >> ((width << 3) - 1) != 0
  // The sign goes up to 64 bits, and -1 - n is the complement.
  const shift = 64 - ((<u64>width) << 3)
  setInteger(isNegative ? KIND_NINT : KIND_UINT, isNegative ? ~(<i64>(value << shift) >> shift) : value)
  return p + width
}

/** The head of a container, or a whole byte string; `p` is after its bracket. */
function container(at: usize, p: usize, end: usize, marker: u32): usize {
  const isMap = marker == OPEN_MAP
  p = parts.container(at, p, end, isMap, 0)
  if (p == 0) return 0
  const isTable = parts.isTable
  if (isTable) {
    p = table.header(p, end)
    if (p == 0) return 0
  } else if (parts.isBytes) {
    const after = p + <usize>parts.elements
    setString(KIND_BYTES, p, after, true)
    return after
  }
  const kind = isMap && !isTable ? KIND_MAP : KIND_ARRAY
  if (!parts.isCounted && !isTable) {
    // An empty one, as most dictionaries of options are, is done with here.
    const isEmpty = p < end && <u32>load<u8>(p) == (isMap ? CLOSE_MAP : CLOSE_ARRAY)
    setContainer(kind, isEmpty ? 0 : -1)
    return isEmpty ? p + 1 : p
  }
  const rows = isTable || parts.dimensions > 1
  const count = parts.dimensions > 1 ? parts.firstDimension : parts.elements
  // Far beyond all lists that are known to WAMP; payloads have no such limit.
  if (count > MAX_COUNT) return fail(SIZE_LIMIT, at)
  setContainer(kind, packed(rows ? ROWS : parts.type, <u32>count))
  return p
}

/** Values and keys that `skip` has passed. */
let nodes: i32 = 0
/** Where structures of arrays may write while they are checked. */
let scratch: usize = 0

/**
 * Validates the whole value at `p`, iteratively; returns the position after it. `scratchFrom` has room for as many
 * bytes as the value has.
 */
export function skip(p: usize, end: usize, scratchFrom: usize): usize {
  nodes = 0
  scratch = scratchFrom
  p = pending == 0 ? plain(p, end) : any(p, end, 0)
  return p == 0 || countNodes(nodes) ? p : fail(NODE_LIMIT, p)
}

/** The same for a value that was checked before, without a look at its texts. */
export function pass(p: usize, end: usize): usize {
  parts.setChecked(true)
  p = skip(p, end, 0)
  parts.setChecked(false)
  return p
}

/**
 * A value as most are: containers without types and counts, of which a bit each says whether it is a map, numbers, and
 * short texts. The two are told without a branch, because nothing predicts which of them comes next. By `any` alone a
 * check of 14 KB of records takes twice as long, and passing them three times (Node 20, x86-64, 2026).
 */
function plain(p: usize, end: usize): usize {
  let maps: u64 = 0
  let depth = 0
  while (true) {
    if (p >= end) return fail(TRUNCATED, end)
    const marker = <u32>load<u8>(p)
    const facts = parts.factsOf(marker)
    const isText = <u32>(marker == TEXT)
    // The window is padded.
    const length = <u32>load<u8>(p, 2)
    const bytes = select<u32>(length + 3, facts & SIZE, isText != 0)
    const isOdd = <u32>(bytes == 0) | <u32>(p + bytes > end) | (isText & <u32>(<u32>load<u8>(p, 1) != UINT8))
    if ((isOdd | (facts & ASCII)) == 0 && isAscii(p + 3, select<u32>(length, 0, isText != 0))) {
      nodes++
      p += bytes
    } else if (isText != 0) {
      nodes++
      p = parts.text(p + 1, end)
      if (p == 0) return 0
    } else if (isPlain(p, end, marker) && depth < 64) {
      if (depth >= maxDepth) return fail(DEPTH_LIMIT, p)
      nodes++
      maps = (maps << 1) | <u64>(marker == OPEN_MAP)
      depth++
      p++
    } else {
      p = any(p, end, depth)
      if (p == 0) return 0
    }
    while (true) {
      if (depth == 0) return p
      if (p >= end) return fail(TRUNCATED, end)
      const next = <u32>load<u8>(p)
      if (next == ((maps & 1) != 0 ? CLOSE_MAP : CLOSE_ARRAY)) {
        maps >>= 1
        depth--
      } else if (next != NO_OP) {
        break
      }
      p++
    }
    if ((maps & 1) == 0) continue
    nodes++
    const size = <u32>load<u8>(p, 1)
    if (<u32>load<u8>(p) == UINT8 && p + 2 + size <= end && isAscii(p + 2, size)) {
      p += 2 + size
    } else {
      p = parts.key(p, end)
      if (p == 0) return 0
    }
  }
}

/** True when the short text at `p` needs no other look. */
function isAscii(p: usize, length: u32): bool {
  if (parts.isChecked) return true
  if (!ASC_FEATURE_SIMD || length > 16) return length == 0
  return (<u32>i8x16.bitmask(v128.load(p)) & ((1 << length) - 1)) == 0
}

/** True for a bracket with neither type nor count behind it. */
function isPlain(p: usize, end: usize, marker: u32): bool {
  if (marker != OPEN_ARRAY && marker != OPEN_MAP) return false
  return p + 1 >= end || !parts.isOptimised(load<u8>(p, 1))
}

/** Any value, in `depth` containers. */
function any(p: usize, end: usize, depth: i32): usize {
  let top = STACK
  const limit = STACK + ((<usize>(maxDepth - depth)) << 3)
  // The value is the last one of a container that is not there, and has its type.
  let left: u32 = 0
  let level: u32 = IS_COUNTED | pending
  pending = 0
  while (true) {
    let marker = level & 0xff
    nodes++
    if (marker == 0) p = noOps(p, end)
    const at = p
    if (marker == 0) {
      if (p >= end) return fail(TRUNCATED, end)
      marker = load<u8>(p++)
    }
    const facts = parts.factsOf(marker)
    if ((facts & SIZE) != 0) {
      if ((facts & ASCII) != 0 && p < end && load<u8>(p) >= 0x80) return fail(BAD_UTF8, p)
      p += <usize>(facts & SIZE) - 1
      if (p > end) return fail(TRUNCATED, end)
    } else if (marker == TEXT) {
      p = parts.text(p, end)
      if (p == 0) return 0
    } else if (marker == OPEN_MAP || marker == OPEN_ARRAY) {
      const isMap = marker == OPEN_MAP
      p = parts.container(at, p, end, isMap, nodes)
      if (p == 0) return 0
      if (parts.isTable) {
        p = table.skip(at, p, end, (limit - top) >> 3, nodes, scratch)
        if (p == 0) return 0
        nodes += table.nodes
      } else if (!parts.isBytes) {
        // An array of n dimensions is n levels deep, also where it is empty.
        const levels = parts.isCounted && parts.dimensions > 1 ? <usize>parts.dimensions : 1
        if (levels > (limit - top) >> 3) return fail(DEPTH_LIMIT, at)
        nodes += <i32>parts.rows
        const fixed = parts.factsOf(parts.type) & SIZE
        if (parts.isCounted && !isMap && fixed != 0) {
          nodes += <i32>parts.elements
          p = block(p, <usize>parts.elements, parts.type, fixed)
          if (p == 0) return 0
        } else {
          for (let i: usize = 0; i < levels; i++) {
            store<u32>(top, left)
            store<u32>(top, level, 4)
            top += 8
            left = 0
            level = IS_COUNTED
          }
          level = parts.type | (isMap ? IS_MAP : 0) | (parts.isCounted ? IS_COUNTED : 0)
          left = <u32>parts.elements
        }
      } else {
        p += <usize>parts.elements
      }
    } else if (marker == HIGH) {
      p = parts.high(p, end)
      if (p == 0) return 0
    } else {
      return fail(BAD_TOKEN, at)
    }

    // Past the ends of all containers whose last value this was.
    while (true) {
      if ((level & IS_COUNTED) != 0) {
        if (left != 0) {
          left--
          break
        }
        if (top == STACK) return p
      } else {
        p = noOps(p, end)
        if (p >= end) return fail(TRUNCATED, end)
        if (<u32>load<u8>(p) != ((level & IS_MAP) != 0 ? CLOSE_MAP : CLOSE_ARRAY)) break
        p++
      }
      top -= 8
      left = load<u32>(top)
      level = load<u32>(top, 4)
    }
    if ((level & IS_MAP) != 0) {
      nodes++
      p = parts.key(p, end)
      if (p == 0) return 0
    }
  }
}

/** Passes the elements of a typed array, which are known to be there; characters must be ASCII. */
function block(p: usize, elements: usize, type: u32, size: u32): usize {
  const after = p + elements * (<usize>size - 1)
  if (type == CHAR) {
    const bad = findHighBit(p, after)
    if (bad != 0) return fail(BAD_UTF8, bad)
  }
  return after
}
