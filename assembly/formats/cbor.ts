/**
 * CBOR (RFC 8949): heads, and the validated skip of one whole value. Definite and indefinite lengths, every width of
 * head, tags. Called by scan.ts through formats/any.ts.
 */
import {
  BAD_TOKEN,
  BAD_UTF8,
  DEPTH_LIMIT,
  KEY_TYPE,
  KIND_ARRAY,
  KIND_BIGINT,
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
  SIZE_LIMIT,
  TRUNCATED,
} from '../generated/abi'
import { CBOR_SHORT } from '../generated/tables'
import { STACK } from '../memory'
import { halfFloat } from '../number'
import { countNodes, fail, maxBigIntBytes, maxDepth, wantsNames } from '../status'
import { findBadUtf8 } from '../text'
import { setContainer, setFloat, setInteger, setScalar, setString } from '../token'

const UNSIGNED: u32 = 0
const NEGATIVE: u32 = 1
const BYTES: u32 = 2
const TEXT: u32 = 3
const ARRAY: u32 = 4
const MAP: u32 = 5
const TAG: u32 = 6

/** Additional information: the argument is absent because the length is indefinite, or the byte is a break. */
const INDEFINITE: u32 = 31
const BREAK: u32 = 0xff

// What a level of the skip stack holds beside the number of keys and values that are left.
const IS_MAP: u32 = 1
const IS_INDEFINITE: u32 = 2

/** Tags on one value of a head. None has a meaning there, so few are enough; the façade allows for as many levels. */
const MAX_TAGS: i32 = 8

/** Tags that a head may have in this call: a view of a checked payload takes all there are. */
let maxTags: i32 = MAX_TAGS

export function allowTags(areAll: bool): void {
  maxTags = areAll ? i32.MAX_VALUE : MAX_TAGS
}

/** Argument of the head that `argument` read last. */
let value: u64 = 0

/** Reads the argument whose first byte stands before `p`; returns the position after it, 0 when it is cut off. */
function argument(p: usize, end: usize, information: u32): usize {
  if (information < 24) {
    value = information
    return p
  }
  if (information > 27) return fail(BAD_TOKEN, p - 1)
  const width = (<usize>1) << (information - 24)
  if (end - p < width) return fail(TRUNCATED, end)
  if (information == 24) value = load<u8>(p)
  else if (information == 25) value = bswap(load<u16>(p))
  else if (information == 26) value = bswap(load<u32>(p))
  else value = bswap(load<u64>(p))
  return p + width
}

/** Checks the content of a definite string; returns the position after it. */
function content(p: usize, end: usize, major: u32): usize {
  if (value > <u64>(end - p)) return fail(LENGTH_OVERRUN, p)
  const after = p + <usize>value
  if (major == TEXT) {
    const bad = findBadUtf8(p, after)
    if (bad != 0) return fail(BAD_UTF8, bad)
  }
  return after
}

/** Sum of the lengths of the chunks that `chunks` passed last. */
let chunked: u64 = 0

/** Passes the chunks of an indefinite string from `p` on; each must be definite, of its type, and valid by itself. */
function chunks(p: usize, end: usize, major: u32): usize {
  chunked = 0
  while (true) {
    if (p >= end) return fail(TRUNCATED, end)
    const first = <u32>load<u8>(p++)
    if (first == BREAK) return p
    if (first >> 5 != major || (first & 31) == INDEFINITE) return fail(BAD_TOKEN, p - 1)
    p = argument(p, end, first & 31)
    if (p == 0) return 0
    p = content(p, end, major)
    if (p == 0) return 0
    chunked += value
  }
}

/** Copies the chunks of an indefinite string, already checked, to `out`; returns the end of the copy. */
export function joinChunks(p: usize, out: usize): usize {
  while (true) {
    const first = <u32>load<u8>(p++)
    if (first == BREAK) return out
    p = argument(p, usize.MAX_VALUE, first & 31)
    memory.copy(out, p, <usize>value)
    out += <usize>value
    p += <usize>value
  }
}

/** Reads the head of the value at `p`, through tags without a meaning here. */
export function head(p: usize, end: usize): usize {
  const at = p
  let tags = 0
  while (true) {
    if (p >= end) return fail(TRUNCATED, end)
    const first = <u32>load<u8>(p++)
    const major = first >> 5
    const information = first & 31
    if (major == 7) return simple(p, end, information)
    if (information == INDEFINITE) {
      if (major == ARRAY || major == MAP) {
        setContainer(major == ARRAY ? KIND_ARRAY : KIND_MAP, -1)
        return p
      }
      if (major != TEXT && major != BYTES) return fail(BAD_TOKEN, p - 1)
      const after = chunks(p, end, major)
      setString(major == TEXT ? KIND_TEXT : KIND_BYTES, p, after, false)
      return after
    }
    p = argument(p, end, information)
    if (p == 0) return 0
    if (major == UNSIGNED) {
      setInteger(KIND_UINT, value)
      return p
    }
    if (major == NEGATIVE) {
      setInteger(KIND_NINT, value)
      return p
    }
    if (major == TEXT || major == BYTES) {
      const after = content(p, end, major)
      setString(major == TEXT ? KIND_TEXT : KIND_BYTES, p, after, true)
      return after
    }
    if (major != TAG) {
      // A pair needs two bytes, an element one: a count that the rest cannot hold is refused before any loop.
      const least = major == MAP ? <u64>(end - p) >> 1 : <u64>(end - p)
      if (value > least) return fail(LENGTH_OVERRUN, at)
      setContainer(major == ARRAY ? KIND_ARRAY : KIND_MAP, <i32>value)
      return p
    }
    if (value == 2 || value == 3) {
      setScalar(KIND_BIGINT)
      return bignum(p, end)
    }
    if (++tags > maxTags) return fail(DEPTH_LIMIT, at)
  }
}

/** Major type 7: simple values, of which the token has the number, and floats; `p` is after the first byte. */
function simple(p: usize, end: usize, information: u32): usize {
  if (information == 20) setScalar(KIND_FALSE)
  else if (information == 21) setScalar(KIND_TRUE)
  else if (information == 22) setScalar(KIND_NULL)
  else {
    const after = afterSimple(p, end, information)
    if (after == 0) return 0
    if (information >= 25) setFloat(floatAt(p, information))
    else setInteger(KIND_OTHER, information == 24 ? <u64>load<u8>(p) : information)
    return after
  }
  return p
}

/** The float of 16, 32 or 64 bits at `p`. */
function floatAt(p: usize, information: u32): f64 {
  if (information == 27) return reinterpret<f64>(bswap(load<u64>(p)))
  if (information == 26) return <f64>reinterpret<f32>(bswap(load<u32>(p)))
  return halfFloat(bswap(load<u16>(p)))
}

/** Position after a simple value or float; what RFC 8949 reserves is refused. */
function afterSimple(p: usize, end: usize, information: u32): usize {
  if (information < 24) return p
  if (information > 27) return fail(BAD_TOKEN, p - 1)
  const width = (<usize>1) << (information - 24)
  if (end - p < width) return fail(TRUNCATED, end)
  if (information == 24 && load<u8>(p) < 32) return fail(BAD_TOKEN, p - 1)
  return p + width
}

/**
 * Validates the whole value at `p`, iteratively; returns the position after it. A key may be any value, unless
 * `wantsNames` says that those of the outermost map are text.
 */
export function skip(p: usize, end: usize): usize {
  let top = STACK
  const limit = STACK + ((<usize>maxDepth) << 3)
  // Where the stack is inside of that map.
  let names: usize = wantsNames ? STACK + 8 : 0
  // Keys and values left in the open container. A key is an odd one; in an indefinite container the count stands still
  // at 2 or 1.
  let left: u32 = 1
  let level: u32 = 0
  // Counted where a container opens, and value by value where that does not know: no more than the frame has bytes.
  let nodes: u32 = 1
  while (true) {
    while (left == 0) {
      if (top == STACK) return countNodes(<i32>nodes) ? p : fail(NODE_LIMIT, p)
      top -= 8
      left = load<u32>(top)
      level = load<u32>(top, 4)
    }
    if (p >= end) return fail(TRUNCATED, end)
    const at = p
    const first = <u32>load<u8>(p)
    left--
    const short = load<u32>(CBOR_SHORT + (first << 2))
    if (short != 0 && level <= IS_MAP && isShort(p, short)) {
      // Most values: one row of the table says how far they reach.
      if ((level & left & 1) != 0 && first >> 5 != TEXT && top == names) return fail(KEY_TYPE, at)
      p += short & 0xffff
      if (p > end) {
        const isString = first >> 5 == TEXT || first >> 5 == BYTES
        return isString ? fail(LENGTH_OVERRUN, at + 1) : fail(TRUNCATED, end)
      }
      continue
    }
    const major = first >> 5
    const information = first & 31
    p++
    if ((level & IS_INDEFINITE) != 0) {
      if (first == BREAK) {
        // After a key its value must come.
        if ((level & IS_MAP) != 0 && left == 0) return fail(BAD_TOKEN, at)
        left = 0
        level = 0
        continue
      }
      nodes++
      if ((level & IS_MAP) != 0 && left == 1 && major != TEXT && top == names) return fail(KEY_TYPE, at)
      // 2 before a key or an element, 1 before the value of a key.
      left = (level & IS_MAP) != 0 && left == 1 ? 1 : 2
    } else if ((level & left & 1) != 0 && major != TEXT && top == names) {
      return fail(KEY_TYPE, at)
    }
    if (major == 7) {
      p = afterSimple(p, end, information)
      if (p == 0) return 0
      continue
    }
    let inner: u32 = 0
    if (information == INDEFINITE) {
      if (major == TEXT || major == BYTES) {
        p = chunks(p, end, major)
        if (p == 0) return 0
        continue
      }
      if (major < ARRAY || major == TAG) return fail(BAD_TOKEN, at)
      inner = major == MAP ? IS_MAP | IS_INDEFINITE : IS_INDEFINITE
      value = 2
    } else {
      p = argument(p, end, information)
      if (p == 0) return 0
      if (major < BYTES) continue
      if (major < ARRAY) {
        p = content(p, end, major)
        if (p == 0) return 0
        continue
      }
      if (major == TAG) {
        if (value == 2 || value == 3) {
          p = bignum(p, end)
          if (p == 0) return 0
          continue
        }
        value = 1
        // A tag around that map is a level, too.
        if (top + 8 == names) names += 8
      } else {
        const least = major == MAP ? <u64>(end - p) >> 1 : <u64>(end - p)
        if (value > least) return fail(LENGTH_OVERRUN, at)
        if (major == MAP) {
          inner = IS_MAP
          value <<= 1
        }
      }
    }
    if (top >= limit) return fail(DEPTH_LIMIT, at)
    store<u32>(top, left)
    store<u32>(top, level, 4)
    top += 8
    left = <u32>value
    level = inner
    if ((inner & IS_INDEFINITE) == 0) nodes += left
  }
}

/** True when the value at `p` is what its row of the table says: the text in it is ASCII. */
function isShort(p: usize, short: u32): bool {
  const mask = short >> 16
  if (ASC_FEATURE_SIMD) return (<u32>i8x16.bitmask(v128.load(p, 1)) & mask) == 0
  return mask == 0
}

/** The content of tags 2 and 3: a byte string of limited length. A number has no levels, so it costs no depth. */
function bignum(p: usize, end: usize): usize {
  if (p >= end) return fail(TRUNCATED, end)
  const at = p
  const first = <u32>load<u8>(p++)
  if (first >> 5 != BYTES) return fail(BAD_TOKEN, at)
  if ((first & 31) == INDEFINITE) {
    p = chunks(p, end, BYTES)
    return p == 0 || chunked <= maxBigIntBytes ? p : fail(SIZE_LIMIT, at)
  }
  p = argument(p, end, first & 31)
  if (p == 0) return 0
  if (value > maxBigIntBytes && value <= <u64>(end - p)) return fail(SIZE_LIMIT, at)
  return content(p, end, BYTES)
}
