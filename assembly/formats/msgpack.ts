/**
 * MessagePack: heads, and the validated skip of one whole value, every width of every type. Called by scan.ts through
 * formats/any.ts. Source: the MessagePack specification (github.com/msgpack/msgpack/blob/master/spec.md).
 */
import {
  BAD_TOKEN,
  BAD_UTF8,
  DEPTH_LIMIT,
  KEY_TYPE,
  KIND_ARRAY,
  KIND_BYTES,
  KIND_FALSE,
  KIND_MAP,
  KIND_NINT,
  KIND_NULL,
  KIND_OTHER,
  KIND_TEXT,
  KIND_TRUE,
  KIND_UINT,
  LENGTH_OVERRUN,
  NODE_LIMIT,
  TRUNCATED,
} from '../generated/abi'
import { MSGPACK_SHORT } from '../generated/tables'
import { STACK } from '../memory'
import { countNodes, fail, maxDepth, wantsNames } from '../status'
import { findBadUtf8 } from '../text'
import { count, kind, setContainer, setFloat, setInteger, setScalar, setString } from '../token'

const NIL: u32 = 0xc0
const NEVER_USED: u32 = 0xc1
const FALSE: u32 = 0xc2
const TRUE: u32 = 0xc3
const BIN8: u32 = 0xc4
const EXT8: u32 = 0xc7
const FLOAT32: u32 = 0xca
const UINT8: u32 = 0xcc
const INT8: u32 = 0xd0
const FIXEXT1: u32 = 0xd4
const STR8: u32 = 0xd9
const ARRAY16: u32 = 0xdc
const MAP16: u32 = 0xde

/** Reads an unsigned big-endian number of 1, 2, 4 or 8 bytes. */
function unsigned(p: usize, width: usize): u64 {
  if (width == 1) return load<u8>(p)
  if (width == 2) return bswap(load<u16>(p))
  if (width == 4) return bswap(load<u32>(p))
  return bswap(load<u64>(p))
}

/** Reads a signed big-endian number of 1, 2, 4 or 8 bytes. */
function signed(p: usize, width: usize): i64 {
  if (width == 1) return load<i8>(p)
  if (width == 2) return <i16>bswap(load<u16>(p))
  if (width == 4) return <i32>bswap(load<u32>(p))
  return <i64>bswap(load<u64>(p))
}

function text(p: usize, end: usize, length: u64): usize {
  if (length > <u64>(end - p)) return fail(LENGTH_OVERRUN, p)
  const after = p + <usize>length
  const bad = findBadUtf8(p, after)
  if (bad != 0) return fail(BAD_UTF8, bad)
  setString(KIND_TEXT, p, after, true)
  return after
}

function bytes(p: usize, end: usize, length: u64): usize {
  if (length > <u64>(end - p)) return fail(LENGTH_OVERRUN, p)
  setString(KIND_BYTES, p, p + <usize>length, true)
  return p + <usize>length
}

/** An extension: a type byte and `length` bytes. */
function extension(p: usize, end: usize, length: u64): usize {
  if (length + 1 > <u64>(end - p)) return fail(LENGTH_OVERRUN, p)
  setScalar(KIND_OTHER)
  return p + 1 + <usize>length
}

/** True for the extension by which msgpackr means `undefined`: type 0 with the byte 0. */
export function isUndefined(p: usize, end: usize): bool {
  // The window is padded: the fourth byte may be read, and is cut off.
  return end - p >= 3 && (load<u32>(p) & 0xffffff) == FIXEXT1
}

/** A container whose `elements` the rest of the frame can hold: a pair needs two bytes, an element one. */
function container(at: usize, p: usize, end: usize, value: i32, elements: u32): usize {
  const least = value == KIND_MAP ? <u32>(end - p) >> 1 : <u32>(end - p)
  if (elements > least) return fail(LENGTH_OVERRUN, at)
  setContainer(value, <i32>elements)
  return p
}

/** Reads the head of the value at `p`. */
export function head(p: usize, end: usize): usize {
  if (p >= end) return fail(TRUNCATED, end)
  const at = p
  const first = <u32>load<u8>(p++)
  if (first < 0x80) {
    setInteger(KIND_UINT, first)
    return p
  }
  if (first < 0x90) return container(at, p, end, KIND_MAP, first & 15)
  if (first < 0xa0) return container(at, p, end, KIND_ARRAY, first & 15)
  if (first < 0xc0) return text(p, end, first & 31)
  if (first >= 0xe0) {
    setInteger(KIND_NINT, 0xff - first)
    return p
  }
  if (first == NIL || first == FALSE || first == TRUE) {
    setScalar(first == NIL ? KIND_NULL : first == FALSE ? KIND_FALSE : KIND_TRUE)
    return p
  }
  if (first == NEVER_USED) return fail(BAD_TOKEN, at)
  if (first >= FIXEXT1 && first < STR8) return extension(p, end, (<u64>1) << (first - FIXEXT1))

  const width = widthOf(first)
  if (end - p < width) return fail(TRUNCATED, end)
  if (first >= UINT8 && first < INT8) {
    setInteger(KIND_UINT, unsigned(p, width))
    return p + width
  }
  if (first >= INT8 && first < FIXEXT1) {
    const value = signed(p, width)
    // An unsigned number in a signed type is still that number.
    setInteger(value < 0 ? KIND_NINT : KIND_UINT, value < 0 ? ~value : value)
    return p + width
  }
  if (first == FLOAT32 || first == FLOAT32 + 1) {
    setFloat(
      first == FLOAT32 ? <f64>reinterpret<f32>(bswap(load<u32>(p))) : reinterpret<f64>(bswap(load<u64>(p))),
    )
    return p + width
  }
  const length = unsigned(p, width)
  p += width
  if (first >= MAP16) return container(at, p, end, KIND_MAP, <u32>length)
  if (first >= ARRAY16) return container(at, p, end, KIND_ARRAY, <u32>length)
  if (first >= STR8) return text(p, end, length)
  if (first >= EXT8) return extension(p, end, length)
  return bytes(p, end, length)
}

/** Bytes of the number or length that follows the first byte. */
function widthOf(first: u32): usize {
  if (first >= ARRAY16) return (<usize>2) << (first & 1)
  if (first >= STR8) return (<usize>1) << (first - STR8)
  if (first >= UINT8) return (<usize>1) << (first & 3)
  if (first >= FLOAT32) return (<usize>4) << (first - FLOAT32)
  if (first >= EXT8) return (<usize>1) << (first - EXT8)
  return (<usize>1) << (first - BIN8)
}

/**
 * Validates the whole value at `p`, iteratively; returns the position after it. A key may be any value, unless
 * `wantsNames` says that those of the outermost map are text.
 */
export function skip(p: usize, end: usize): usize {
  let top = STACK
  const limit = STACK + ((<usize>maxDepth) << 3)
  // Where the stack is inside of that map.
  const names: usize = wantsNames ? STACK + 8 : 0
  let left: u32 = 1
  let isMap = false
  // Counted where a container opens: if the frame is well-formed, there are no more than it has bytes.
  let nodes: u32 = 1
  while (true) {
    while (left == 0) {
      if (top == STACK) return countNodes(<i32>nodes) ? p : fail(NODE_LIMIT, p)
      top -= 8
      left = load<u32>(top)
      isMap = load<u32>(top, 4) != 0
    }
    if (p >= end) return fail(TRUNCATED, end)
    const at = p
    // Counted down from twice the pairs, so a key is an odd one.
    left--
    const wantsName = isMap && (left & 1) != 0 && top == names
    const first = <u32>load<u8>(p)
    const short = load<u32>(MSGPACK_SHORT + (first << 2))
    if (short != 0 && isShort(p, short)) {
      // Most values: one row of the table says how far they reach.
      const isText = first - 0xa0 < 0x20
      if (wantsName && !isText) return fail(KEY_TYPE, at)
      p += short & 0xffff
      if (p > end) return isText ? fail(LENGTH_OVERRUN, at + 1) : fail(TRUNCATED, end)
      continue
    }
    let opened: u32 = 0
    let opensMap = false
    if (first - 0x80 < 0x20) {
      // A short list or dictionary: `head` would say the same, and keep what is not needed here.
      p++
      opened = first & 15
      opensMap = first < 0x90
      const rest = <u32>(end - p)
      if (opened > (opensMap ? rest >> 1 : rest)) return fail(LENGTH_OVERRUN, at)
      if (wantsName) return fail(KEY_TYPE, at)
    } else {
      p = head(p, end)
      if (p == 0) return 0
      if (wantsName && kind != KIND_TEXT) return fail(KEY_TYPE, at)
      if (kind != KIND_ARRAY && kind != KIND_MAP) continue
      opened = <u32>count
      opensMap = kind == KIND_MAP
    }
    if (top >= limit) return fail(DEPTH_LIMIT, at)
    store<u32>(top, left)
    store<u32>(top, isMap ? 1 : 0, 4)
    top += 8
    isMap = opensMap
    left = opensMap ? opened << 1 : opened
    nodes += left
  }
}

/** True when the value at `p` is what its row of the table says: the text in it is ASCII. */
function isShort(p: usize, short: u32): bool {
  const mask = short >> 16
  if (ASC_FEATURE_SIMD) return (<u32>i8x16.bitmask(v128.load(p, 1)) & mask) == 0
  return mask == 0
}
