/**
 * JSON (RFC 8259) as WAMP uses it: UTF-8, and a string that begins with U+0000 is bytes in base64. Heads, and the
 * validated skip of one whole value. Called by scan.ts through formats/any.ts.
 */
import {
  BAD_NUMBER,
  BAD_TOKEN,
  BAD_UTF8,
  DEPTH_LIMIT,
  KIND_ARRAY,
  KIND_BIGINT,
  KIND_BYTES,
  KIND_FALSE,
  KIND_FLOAT,
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
import { OVERFLOW_DIGITS, OVERFLOW_TEXT } from '../number'
import { longToDouble, toDouble } from '../number-text'
import { countNodes, fail, maxDepth, maxDigits } from '../status'
import { findBadUtf8 } from '../text'
import { setContainer, setInteger, setScalar, setString } from '../token'
import { hex4, pastHex } from './json-escape'

const QUOTE: u32 = 0x22
const BACKSLASH: u32 = 0x5c
const SLASH: u32 = 0x2f
const COMMA: u32 = 0x2c
const COLON: u32 = 0x3a
const MINUS: u32 = 0x2d
const PLUS: u32 = 0x2b
const DOT: u32 = 0x2e
const ZERO: u32 = 0x30
const LOWER_E: u32 = 0x65
const LOWER_U: u32 = 0x75
const OPEN_ARRAY: u32 = 0x5b
const OPEN_MAP: u32 = 0x7b
const CLOSE_MAP: u32 = 0x7d
/** `null`, `true` and `alse` as little-endian words. */
const WORD_NULL: u32 = 0x6c6c756e
const WORD_TRUE: u32 = 0x65757274
const WORD_ALSE: u32 = 0x65736c61

/*
 * The byte at `end` is always there and is none that could go on with anything: a separator of a batch, or a zero that
 * `seal` has put behind the frame. So runs of digits and white space need no look at `end`.
 */

/** Puts the stop behind a frame; in a batch one stands there already. */
export function seal(end: usize): void {
  const next = <u32>load<u8>(end)
  if (next != 0x1e && next != 0x18) store<u8>(end, 0)
}

/** Passes white space. */
export function space(p: usize): usize {
  while (true) {
    const c = <u32>load<u8>(p)
    if (c > 0x20 || (c != 0x20 && c != 0x0a && c != 0x0d && c != 0x09)) return p
    p++
  }
}

function isDigit(p: usize): bool {
  return <u32>load<u8>(p) - ZERO < 10
}

/** Whether the text that `string` passed last has escapes. */
let escaped: bool = false

/** Passes a string whose opening quote stands before `p`; returns the position after the closing one. */
function string(p: usize, end: usize): usize {
  // What has not been looked at as UTF-8: what is behind the last escape.
  let from = p
  let high = false
  escaped = false
  while (true) {
    if (ASC_FEATURE_SIMD) {
      // The window is padded: a load may read behind the frame, and what it finds there is not used.
      while (p < end) {
        const block = v128.load(p)
        const stop = i8x16.bitmask(
          v128.or(
            v128.or(i8x16.eq(block, i8x16.splat(0x22)), i8x16.eq(block, i8x16.splat(0x5c))),
            i8x16.lt_u(block, i8x16.splat(0x20)),
          ),
        )
        const upper = i8x16.bitmask(block)
        if (stop == 0) {
          if (upper != 0) high = true
          p += 16
          continue
        }
        const to = ctz(stop)
        if ((upper & ((1 << to) - 1)) != 0) high = true
        p += to
        break
      }
    } else {
      while (p < end) {
        const c = <u32>load<u8>(p)
        if (c == QUOTE || c == BACKSLASH || c < 0x20) break
        if (c >= 0x80) high = true
        p++
      }
    }
    if (p >= end) return fail(TRUNCATED, end)
    if (high) {
      const bad = findBadUtf8(from, p)
      if (bad != 0) return fail(BAD_UTF8, bad)
      high = false
    }
    const c = <u32>load<u8>(p)
    if (c == QUOTE) break
    if (c != BACKSLASH) return fail(BAD_TOKEN, p)
    escaped = true
    p = escape(p, end)
    if (p == 0) return 0
    from = p
  }
  return p + 1
}

/** Passes an escape at `p`; a surrogate must have its partner. */
function escape(p: usize, end: usize): usize {
  if (end - p < 2) return fail(TRUNCATED, end)
  const c = <u32>load<u8>(p, 1)
  if (c != LOWER_U) {
    const known =
      c == QUOTE ||
      c == BACKSLASH ||
      c == SLASH ||
      c == 0x62 ||
      c == 0x66 ||
      c == 0x6e ||
      c == 0x72 ||
      c == 0x74
    return known ? p + 2 : fail(BAD_TOKEN, p)
  }
  const unit = hex4(p + 2, end)
  if (unit > 0xffff) return noUnit(p, end)
  if ((unit & 0xf800) != 0xd800) return p + 6
  if (unit >= 0xdc00) return fail(BAD_UTF8, p)
  const next = p + 6
  if (next >= end) return fail(TRUNCATED, end)
  if (load<u8>(next) != BACKSLASH) return fail(BAD_UTF8, p)
  if (end - next < 2) return fail(TRUNCATED, end)
  if (load<u8>(next, 1) != LOWER_U) return fail(BAD_UTF8, p)
  const low = hex4(next + 2, end)
  if (low > 0xffff) return noUnit(next, end)
  return low >= 0xdc00 && low <= 0xdfff ? p + 12 : fail(BAD_UTF8, p)
}

/** What is wrong with the escape `\u` at `p`: it has another character than digits, or the text ends in it. */
function noUnit(p: usize, end: usize): usize {
  return pastHex(p + 2, end) < end ? fail(BAD_TOKEN, p) : fail(TRUNCATED, end)
}

/** True when the content at `p` begins with the escape of U+0000, which marks bytes. */
function marksBytes(p: usize, end: usize): bool {
  return end - p >= 6 && load<u8>(p) == BACKSLASH && load<u32>(p, 1) == 0x30303075 && load<u8>(p, 5) == ZERO
}

/** True when [p, end) is padded standard base64; any of it may be escaped, as some writers do with `/`, `+` or `=`. */
function isBase64(p: usize, end: usize): bool {
  let digits: u32 = 0
  let padding: u32 = 0
  while (p < end) {
    let c = <u32>load<u8>(p)
    if (c == BACKSLASH) {
      const next = <u32>load<u8>(p, 1)
      c = next == LOWER_U ? hex4(p + 2, end) : next == SLASH ? SLASH : 0
      p += next == LOWER_U ? 5 : 1
    }
    p++
    if (c == 0x3d) {
      padding++
      continue
    }
    const upper = (c | 0x20) - 0x61
    if (padding != 0 || (upper > 25 && c - ZERO > 9 && c != PLUS && c != SLASH)) return false
    digits++
  }
  return padding <= 2 && ((digits + padding) & 3) == 0
}

// The decimal of the last `number` that is a float.
let mantissa: u64 = 0
let power: i32 = 0
let isNegative: bool = false
let exponentOf: i32 = 0
/** Its digits, when there are more than a word has; else 0. */
let longFrom: usize = 0
let longEnd: usize = 0

/** The value of the last number that is a float; NaN when JavaScript must read its text. */
export function float(): f64 {
  const value = longFrom == 0 ? toDouble(mantissa, power) : longToDouble(longFrom, longEnd, exponentOf)
  return isNegative ? -value : value
}

/** Passes a number at `p`, and says of what kind it is. */
function number(p: usize, end: usize): usize {
  const from = p
  const negative = load<u8>(p) == MINUS
  if (negative) p++
  if (!isDigit(p)) return fail(p >= end ? TRUNCATED : BAD_TOKEN, p)
  const digitsFrom = p
  let absolute: u64 = 0
  if (load<u8>(p) == ZERO) {
    p++
    if (isDigit(p)) return fail(BAD_NUMBER, from)
  } else {
    while (isDigit(p)) {
      absolute = absolute * 10 + (load<u8>(p) - ZERO)
      p++
    }
  }
  const digits = <u32>(p - digitsFrom)
  let fraction: u32 = 0
  let float = false
  if (load<u8>(p) == DOT) {
    float = true
    const fractionFrom = ++p
    if (!isDigit(p)) return p >= end ? fail(TRUNCATED, end) : fail(BAD_NUMBER, from)
    while (isDigit(p)) {
      absolute = absolute * 10 + (load<u8>(p) - ZERO)
      p++
    }
    fraction = <u32>(p - fractionFrom)
  }
  const mantissaEnd = p
  let exponent: i32 = 0
  if ((load<u8>(p) | 0x20) == LOWER_E) {
    float = true
    p++
    if (p >= end) return fail(TRUNCATED, end)
    const sign = <u32>load<u8>(p)
    if (sign == PLUS || sign == MINUS) p++
    if (!isDigit(p)) return p >= end ? fail(TRUNCATED, end) : fail(BAD_NUMBER, from)
    while (isDigit(p)) {
      // Far beyond any double, and far from overflow.
      if (exponent < 100_000_000) exponent = exponent * 10 + (load<u8>(p) - ZERO)
      p++
    }
    if (sign == MINUS) exponent = -exponent
  }
  if (float) {
    // Without an exponent it takes more than 308 digits to overflow.
    const mayOverflow = exponent > 0 || p - digitsFrom > 308
    if (mayOverflow && overflows(digitsFrom, mantissaEnd, exponent)) return fail(BAD_NUMBER, from)
    setScalar(KIND_FLOAT)
    isNegative = negative
    mantissa = absolute
    power = exponent - <i32>fraction
    // Nineteen digits fit in 64 bits; a twentieth may not.
    longFrom = digits + fraction > 19 ? digitsFrom : 0
    longEnd = mantissaEnd
    exponentOf = exponent
    return p
  }
  if (digits > maxDigits()) return fail(SIZE_LIMIT, from)
  // 19 digits always fit; a 20th may not.
  if (digits > 19) setScalar(KIND_BIGINT)
  else if (!negative) setInteger(KIND_UINT, absolute)
  else if (absolute != 0) setInteger(KIND_NINT, absolute - 1)
  else {
    setScalar(KIND_FLOAT)
    isNegative = true
    mantissa = 0
    longFrom = 0
  }
  return p
}

/** True when a decimal rounds to infinity: its digits [p, end) with an optional dot, times 10 to the exponent. */
export function overflows(p: usize, end: usize, exponent: i32): bool {
  // Position of the decimal point behind the first digit that is not zero.
  let point: i32 = 0
  let seen: i32 = 0
  let afterDot = false
  let first: usize = 0
  for (let q = p; q < end; q++) {
    const c = <u32>load<u8>(q)
    if (c == DOT) {
      afterDot = true
      continue
    }
    if (first == 0) {
      if (c == ZERO) {
        if (afterDot) point--
        continue
      }
      first = q
    }
    if (!afterDot) point++
    seen++
  }
  if (first == 0) return false
  const magnitude = point + exponent
  if (magnitude != 309) return magnitude > 309
  // 309 digits before the point: compare with the first decimal that rounds up to infinity.
  let i: i32 = 0
  for (let q = first; q < end && i < OVERFLOW_DIGITS; q++) {
    const c = <u32>load<u8>(q)
    if (c == DOT) continue
    const other = <u32>load<u8>(OVERFLOW_TEXT + i)
    if (c != other) return c > other
    i++
  }
  // Equal so far: a shorter text means that zeros follow.
  while (i < OVERFLOW_DIGITS) {
    if (load<u8>(OVERFLOW_TEXT + i) != ZERO) return false
    i++
  }
  return true
}

/** Passes `null`, `true` or `false` at `p`. */
function word(p: usize, end: usize): usize {
  const c = <u32>load<u8>(p)
  if (c == 0x66) {
    if (end - p >= 5 && load<u32>(p, 1) == WORD_ALSE) {
      setScalar(KIND_FALSE)
      return p + 5
    }
  } else if (end - p >= 4) {
    const letters = load<u32>(p)
    if (letters == WORD_NULL || letters == WORD_TRUE) {
      setScalar(letters == WORD_NULL ? KIND_NULL : KIND_TRUE)
      return p + 4
    }
  }
  return noWord(p, end, c)
}

/** What is wrong with the word at `p` that begins with `c`: it is another one, or the text ends in it. */
function noWord(p: usize, end: usize, c: u32): usize {
  if (c != 0x6e && c != 0x74 && c != 0x66) return fail(BAD_TOKEN, p)
  let letters = c == 0x6e ? WORD_NULL : c == 0x74 ? WORD_TRUE : WORD_ALSE
  for (let q = c == 0x66 ? p + 1 : p; q < end; q++) {
    if (<u32>load<u8>(q) != (letters & 0xff)) return fail(BAD_TOKEN, p)
    letters >>= 8
  }
  return fail(TRUNCATED, end)
}

/** Reads the head of the value at `p`, white space before it included. */
export function head(p: usize, end: usize): usize {
  p = space(p)
  if (p >= end) return fail(TRUNCATED, end)
  const c = <u32>load<u8>(p)
  if (c == QUOTE) {
    const after = string(p + 1, end)
    if (after == 0) return 0
    if (!marksBytes(p + 1, after - 1)) {
      setString(KIND_TEXT, p + 1, after - 1, !escaped)
      return after
    }
    if (!isBase64(p + 7, after - 1)) return fail(BAD_TOKEN, p)
    setString(KIND_BYTES, p + 7, after - 1, false)
    return after
  }
  if (c == OPEN_ARRAY || c == OPEN_MAP) {
    setContainer(c == OPEN_ARRAY ? KIND_ARRAY : KIND_MAP, -1)
    return p + 1
  }
  if (c == MINUS || c - ZERO < 10) return number(p, end)
  return word(p, end)
}

/** Passes a key and its colon; `p` is at the quote. Sets the token to the key's text, also when it begins with NUL. */
export function key(p: usize, end: usize): usize {
  if (p >= end) return fail(TRUNCATED, end)
  if (load<u8>(p) != QUOTE) return fail(BAD_TOKEN, p)
  const after = string(p + 1, end)
  if (after == 0) return 0
  setString(KIND_TEXT, p + 1, after - 1, !escaped)
  p = space(after)
  if (p >= end) return fail(TRUNCATED, end)
  return load<u8>(p) == COLON ? p + 1 : fail(BAD_TOKEN, p)
}

/** True once `next` has passed the end of the container. */
export let closed: bool = false

/** Moves from one element to the next, or past the end of the container that `close` ends. */
export function next(p: usize, end: usize, first: bool, close: u32): usize {
  p = space(p)
  if (p >= end) return fail(TRUNCATED, end)
  const c = <u32>load<u8>(p)
  closed = c == close
  if (closed) return p + 1
  if (first) return p
  if (c != COMMA) return fail(BAD_TOKEN, p)
  p = space(p + 1)
  return p < end ? p : fail(TRUNCATED, end)
}

/** Validates the whole value at `p`, iteratively; returns the position after it. */
export function skip(p: usize, end: usize): usize {
  let top = STACK
  const limit = STACK + <usize>maxDepth
  // What ends the open container: `]`, `}`, or 0 at the top.
  let close: u32 = 0
  let nodes = 0
  while (true) {
    p = space(p)
    nodes++
    const c = <u32>load<u8>(p)
    let isFirst = false
    if (c == QUOTE) {
      const after = string(p + 1, end)
      if (after == 0) return 0
      if (escaped && marksBytes(p + 1, after - 1)) {
        if (!isBase64(p + 7, after - 1)) return fail(BAD_TOKEN, p)
      }
      p = after
    } else if (c == OPEN_ARRAY || c == OPEN_MAP) {
      if (top >= limit) return fail(DEPTH_LIMIT, p)
      store<u8>(top++, <u8>close)
      // `]` and `}` stand two places behind their opening brackets.
      close = c + 2
      isFirst = true
      p++
    } else {
      if (p >= end) return fail(TRUNCATED, end)
      p = c == MINUS || c - ZERO < 10 ? number(p, end) : word(p, end)
      if (p == 0) return 0
    }
    while (true) {
      if (close == 0) {
        if (p > end) return fail(TRUNCATED, end)
        return countNodes(nodes) ? p : fail(NODE_LIMIT, p)
      }
      p = space(p)
      const d = <u32>load<u8>(p)
      if (d == close) {
        if (p >= end) return fail(TRUNCATED, end)
        close = load<u8>(--top)
        isFirst = false
        p++
        continue
      }
      if (!isFirst) {
        if (d != COMMA) return fail(p >= end ? TRUNCATED : BAD_TOKEN, p)
        p = space(p + 1)
      }
      break
    }
    if (close == CLOSE_MAP) {
      nodes++
      p = key(p, end)
      if (p == 0) return 0
    }
  }
}
