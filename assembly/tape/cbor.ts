/** CBOR onto the tape: one item, and the key of a pair. Called by tape.ts. */
import { TAPE_BYTES, TAPE_FALSE, TAPE_NULL, TAPE_TRUE } from '../generated/abi'
import { halfFloat } from '../number'
import { OPENED_ARRAY, OPENED_MAP, open, RUN, scalar, UNKNOWN } from './item'
import * as numbers from './number'
import * as words from './words'

const BYTES: u32 = 2
const TEXT: u32 = 3
const ARRAY: u32 = 4
const MAP: u32 = 5
const INDEFINITE: u32 = 31
const FLOAT16: u32 = 0xf9
const FLOAT64: u32 = 0xfb

/** Length of the text that `textHead` found. */
export let length: u32 = 0
/** Argument of the head that `argument` read last. */
let value: u64 = 0

/** Reads the argument of the head before `p`; 0 when it is cut off or has none. */
function argument(p: usize, end: usize, information: u32): usize {
  value = information
  if (information < 24) return p
  if (information > 27) return 0
  const width = (<usize>1) << (information - 24)
  if (end - p < width) return 0
  // The window is padded.
  value = bswap(load<u64>(p)) >> (64 - ((<u64>width) << 3))
  return p + width
}

/** Passes the head of the text at `p`, which is a key; 0 when there is none that lies in one piece before `end`. */
export function textHead(p: usize, end: usize): usize {
  const first = <u32>load<u8>(p)
  if (first >> 5 != TEXT) return 0
  p = argument(p + 1, end, first & 31)
  if (p == 0 || value > <u64>(end - p)) return 0
  length = <u32>value
  return p
}

/** Puts the item at `p`, which is before `end`, onto the tape; `start` is the first byte of the value. */
export function item(p: usize, end: usize, start: usize): usize {
  const first = <u32>load<u8>(p)
  const major = first >> 5
  scalar()
  if (major < BYTES || first >= FLOAT16) {
    p = number(p, end)
    if (p != 0) numbers.put()
    return p
  }
  if (major == 7) {
    if (first < 0xf4 || first == 0xf8) return 0
    words.word(first == 0xf4 ? TAPE_FALSE : first == 0xf5 ? TAPE_TRUE : TAPE_NULL, 0)
    return p + 1
  }
  if ((first & INDEFINITE) == INDEFINITE) {
    // Text and bytes in chunks are rare enough for the other decoder.
    if (major != ARRAY && major != MAP) return 0
    open(major == ARRAY ? OPENED_ARRAY : OPENED_MAP, UNKNOWN)
    return p + 1
  }
  p = argument(p + 1, end, first & 31)
  if (p == 0 || value > <u64>(end - p)) return 0
  const size = <u32>value
  if (major == TEXT) return words.string(p, size) ? p + size : 0
  if (major == ARRAY) {
    if (size >= RUN) {
      const after = run(p, end, size)
      if (after != 0) return after
    }
    open(OPENED_ARRAY, size)
    return p
  }
  if (major == MAP) {
    if (size > <u32>(end - p) >> 1) return 0
    open(OPENED_MAP, size)
    return p
  }
  if (major != BYTES) return 0
  words.word(TAPE_BYTES, size)
  words.raw(<u32>(p - start))
  return p + size
}

/** `count` numbers as one run; 0 when there is something else among them. */
function run(p: usize, end: usize, count: u32): usize {
  const after = numbers.doublesRun(p, end, count, FLOAT64)
  if (after != 0) return after
  numbers.beginRun()
  for (let i: u32 = 0; i < count; i++) {
    p = p < end ? number(p, end) : 0
    if (p == 0 || !numbers.add()) return 0
  }
  numbers.endRun()
  return p
}

/** Reads a number; 0 when there is something else. */
function number(p: usize, end: usize): usize {
  const first = <u32>load<u8>(p++)
  if (first < 0x40) {
    p = argument(p, end, first & 31)
    numbers.setInteger(first >= 0x20, value)
    return p
  }
  if (first < FLOAT16) return 0
  p = argument(p, end, first & 31)
  if (first == FLOAT64) numbers.setFloat(reinterpret<f64>(value))
  else if (first == 0xfa) numbers.setFloat(<f64>reinterpret<f32>(<u32>value))
  else numbers.setFloat(halfFloat(<u32>value))
  return p
}
