/** JSON onto the tape, a whole value in one loop: its containers tell their sizes only at their ends. */

import { escaped, marksBytes, space, string, word } from '../formats/json'
import { unescape } from '../formats/json-escape'
import {
  KIND_NULL,
  KIND_TRUE,
  TAPE_ARRAY,
  TAPE_FALSE,
  TAPE_INT,
  TAPE_MAP,
  TAPE_MAP_MORE,
  TAPE_NULL,
  TAPE_TRUE,
} from '../generated/abi'
import { STACK } from '../memory'
import { longToDouble, toDouble } from '../number-text'
import { kind } from '../token'
import * as numbers from './number'
import { grow } from './shapes'
import * as words from './words'

const QUOTE: u32 = 0x22
const COMMA: u32 = 0x2c
const MINUS: u32 = 0x2d
const DOT: u32 = 0x2e
const ZERO: u32 = 0x30
const COLON: u32 = 0x3a
const OPEN_ARRAY: u32 = 0x5b
const CLOSE_ARRAY: u32 = 0x5d
const OPEN_MAP: u32 = 0x7b
const CLOSE_MAP: u32 = 0x7d
const LOWER_E: u32 = 0x65
/** In place of a shape: the open container is an array. */
const NO_SHAPE: u32 = 0xffffffff

/**
 * Reads one value; returns the position after it, 0 when it is not for the tape. At `end` stands a byte that ends
 * everything: json.seal has put it there.
 */
export function value(p: usize, end: usize, levels: i32): usize {
  const limit = STACK + ((<usize>levels) << 4)
  let top = STACK
  // Of the open container: elements, its word, the shape so far, and the word that counts other keys.
  let count: u32 = 0
  let slot: usize = 0
  let shape = NO_SHAPE
  let more: usize = 0
  let isNewMap = false
  p = space(p)
  while (true) {
    const c = <u32>load<u8>(p)
    if (c == QUOTE) {
      p = text(p + 1, end)
      if (p == 0) return 0
    } else if (c == OPEN_ARRAY || c == OPEN_MAP) {
      // Empty ones and runs of numbers are levels, too.
      if (top >= limit) return 0
      p = space(p + 1)
      const first = <u32>load<u8>(p)
      if (first == c + 2) {
        words.word(c == OPEN_ARRAY ? TAPE_ARRAY : TAPE_MAP, 0)
        p++
      } else {
        const after = c == OPEN_ARRAY && (first - ZERO < 10 || first == MINUS) ? run(p) : 0
        if (after != 0) {
          p = after
        } else {
          store<u32>(top, count)
          store<u32>(top, <u32>slot, 4)
          store<u32>(top, shape, 8)
          store<u32>(top, <u32>more, 12)
          top += 16
          count = 0
          slot = words.tape
          shape = c == OPEN_ARRAY ? NO_SHAPE : 0
          more = 0
          words.raw(0)
          isNewMap = c == OPEN_MAP
          if (!isNewMap) continue
        }
      }
    } else if (c - ZERO < 10 || c == MINUS) {
      p = number(p)
      if (p == 0) return 0
      numbers.put()
    } else {
      p = word(p, end)
      if (p == 0) return 0
      words.word(kind == KIND_NULL ? TAPE_NULL : kind == KIND_TRUE ? TAPE_TRUE : TAPE_FALSE, 0)
    }
    if (!isNewMap) {
      while (true) {
        if (top == STACK) return p
        p = space(p)
        count++
        const d = <u32>load<u8>(p++)
        if (d == COMMA) break
        if (d != (shape == NO_SHAPE ? CLOSE_ARRAY : CLOSE_MAP)) return 0
        if (shape == NO_SHAPE) store<u32>(slot, (count << 4) | TAPE_ARRAY)
        else store<u32>(slot, (shape << 4) | (more == 0 ? TAPE_MAP : TAPE_MAP_MORE))
        top -= 16
        count = load<u32>(top)
        slot = load<u32>(top, 4)
        shape = load<u32>(top, 8)
        more = load<u32>(top, 12)
      }
      p = space(p)
    }
    if (shape == NO_SHAPE) continue
    isNewMap = false
    // A key and its colon.
    if (load<u8>(p++) != QUOTE) return 0
    const quote = closing(p, end)
    if (quote == 0) return 0
    const length = <u32>(quote - p)
    const longer = more == 0 && !isEscaped ? grow(shape, p, length) : 0
    if (longer != 0) {
      shape = longer
    } else {
      if (more == 0) {
        more = words.tape
        words.raw(0)
      }
      store<u32>(more, load<u32>(more) + 1)
      const single = shape == 0 || isEscaped ? 0 : grow(0, p, length)
      if (single != 0) words.word(TAPE_INT, single)
      else if (!content(p, quote)) return 0
    }
    p = space(quote + 1)
    if (load<u8>(p) != COLON) return 0
    p = space(p + 1)
  }
}

/** Whether the string that `closing` passed has escapes. */
let isEscaped: bool = false

/** Position of the quote that closes the string at `p`, or 0. */
function closing(p: usize, end: usize): usize {
  if (ASC_FEATURE_SIMD) {
    // Most strings and nearly all keys end in the first sixteen bytes; the window is padded.
    const block = v128.load(p)
    const stop = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(block, i8x16.splat(0x22)), i8x16.eq(block, i8x16.splat(0x5c))),
        i8x16.lt_u(block, i8x16.splat(0x20)),
      ),
    )
    if (stop != 0) {
      const at = p + ctz(stop)
      if (at < end && load<u8>(at) == QUOTE) {
        isEscaped = false
        return at
      }
    }
  }
  const after = string(p, end)
  isEscaped = escaped
  return after == 0 ? 0 : after - 1
}

/** Puts the string whose opening quote stands before `p` onto the tape. */
function text(p: usize, end: usize): usize {
  const quote = closing(p, end)
  // A string that begins with NUL is bytes.
  if (quote == 0 || (isEscaped && marksBytes(p, quote))) return 0
  return content(p, quote) ? quote + 1 : 0
}

/** Puts the content of a string onto the tape, escapes resolved. */
function content(p: usize, quote: usize): bool {
  if (!isEscaped) return words.string(p, <u32>(quote - p))
  const from = words.spare(quote - p)
  return words.string(from, <u32>(unescape(p, quote, from) - from))
}

/** The numbers of an array from `p` on, up to its end, as one run; 0 when there is something else among them. */
function run(p: usize): usize {
  numbers.beginRun()
  while (true) {
    p = number(p)
    if (p == 0 || !numbers.add()) return 0
    p = space(p)
    const c = <u32>load<u8>(p++)
    if (c == COMMA) p = space(p)
    else {
      if (c != CLOSE_ARRAY) return 0
      numbers.endRun()
      return p
    }
  }
}

/** Reads the number at `p`; 0 when it is none, or one that takes JavaScript to tell. */
function number(p: usize): usize {
  const isNegative = load<u8>(p) == MINUS
  if (isNegative) p++
  const from = p
  let absolute: u64 = 0
  let digit = <u32>load<u8>(p) - ZERO
  if (digit > 9) return 0
  while (digit < 10) {
    absolute = absolute * 10 + digit
    digit = <u32>load<u8>(++p) - ZERO
  }
  if (p - from > 1 && load<u8>(from) == ZERO) return 0
  const hasExponent = ((digit + ZERO) | 0x20) == LOWER_E
  if (digit + ZERO != DOT && !hasExponent) {
    // Nineteen digits always fit.
    if (p - from > 19) return 0
    if (isNegative && absolute == 0) numbers.setFloat(-0.0)
    else numbers.setInteger(isNegative, isNegative ? absolute - 1 : absolute)
    return p
  }
  let power: i32 = 0
  if (!hasExponent) {
    const dot = p
    digit = <u32>load<u8>(++p) - ZERO
    if (digit > 9) return 0
    while (digit < 10) {
      absolute = absolute * 10 + digit
      digit = <u32>load<u8>(++p) - ZERO
    }
    power = <i32>(dot - p) + 1
  }
  const digitsEnd = p
  let exponent: i32 = 0
  if (((digit + ZERO) | 0x20) == LOWER_E) {
    const sign = <u32>load<u8>(++p)
    if (sign == MINUS || sign == 0x2b) p++
    digit = <u32>load<u8>(p) - ZERO
    if (digit > 9) return 0
    while (digit < 10) {
      // Far beyond any double, and far from overflow.
      if (exponent < 100_000_000) exponent = exponent * 10 + digit
      digit = <u32>load<u8>(++p) - ZERO
    }
    if (sign == MINUS) exponent = -exponent
  }
  const float =
    digitsEnd - from > 19 ? longToDouble(from, digitsEnd, exponent) : toDouble(absolute, power + exponent)
  // Neither infinite, nor one of those that the first nineteen digits do not tell.
  if (!isFinite(float)) return 0
  numbers.setFloat(isNegative ? -float : float)
  return p
}
