/** CBOR onto the tape: one item, the key of a pair, and runs of numbers. Called by tape.ts. */
import { TAPE_BYTES, TAPE_DOUBLES, TAPE_FALSE, TAPE_INTS, TAPE_NULL, TAPE_TRUE } from '../abi'
import { OPENED_ARRAY, OPENED_MAP, open, RUN, scalar, UNKNOWN } from './item'
import * as words from './words'

const ARRAY: u32 = 4
const INDEFINITE: u32 = 31

/** Length of the text that `textHead` found. */
export let length: u32 = 0
/** Argument of the head that `argument` read last. */
let value: u64 = 0
/** The number that `number` read last. */
let parsed: f64 = 0

/** Reads the argument of the head before `p`; 0 when it is cut off or has none. */
function argument(p: usize, end: usize, information: u32): usize {
  value = information
  if (information < 24) return p
  if (information > 27) return 0
  const width = (<usize>1) << (information - 24)
  if (end - p < width) return 0
  if (information == 24) value = load<u8>(p)
  else if (information == 25) value = bswap(load<u16>(p))
  else if (information == 26) value = bswap(load<u32>(p))
  else value = bswap(load<u64>(p))
  return p + width
}

/** Passes the head of the text at `p`, which is a key; 0 when it is none that lies in one piece. */
export function textHead(p: usize, end: usize): usize {
  const first = <u32>load<u8>(p)
  if (first >> 5 != 3) return 0
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
  if (major == 7) return simple(p, end, first & 31)
  if ((first & INDEFINITE) == INDEFINITE) {
    // Text and bytes in chunks are rare enough for the other decoder.
    if (major != ARRAY && major != ARRAY + 1) return 0
    open(major == ARRAY ? OPENED_ARRAY : OPENED_MAP, UNKNOWN)
    return p + 1
  }
  p = argument(p + 1, end, first & 31)
  if (p == 0) return 0
  if (major < 2) {
    words.integer(major == 1, value)
    return p
  }
  if (value > <u64>(end - p)) return 0
  const size = <u32>value
  if (major == 3) return words.string(p, size) ? p + size : 0
  if (major == ARRAY) {
    if (size >= RUN) {
      const after = numbers(p, end, size)
      if (after != 0) return after
    }
    open(OPENED_ARRAY, size)
    return p
  }
  if (major == ARRAY + 1) {
    if (size << 1 > <u32>(end - p)) return 0
    open(OPENED_MAP, size)
    return p
  }
  if (major != 2) return 0
  words.word(TAPE_BYTES, size)
  words.raw(<u32>(p - start))
  return p + size
}

/** Major type 7: `p` is at the first byte. */
function simple(p: usize, end: usize, information: u32): usize {
  if (information >= 25) {
    p = number(p, end)
    if (p != 0) words.double(parsed)
    return p
  }
  if (information < 20 || information == 24) return 0
  words.word(information == 20 ? TAPE_FALSE : information == 21 ? TAPE_TRUE : TAPE_NULL, 0)
  return p + 1
}

/** `count` numbers as one run; 0 when there is something else among them. */
function numbers(p: usize, end: usize, count: u32): usize {
  let to = words.tape + 4
  let done: u32 = 0
  while (done < count && p < end) {
    const first = <u32>load<u8>(p)
    if (first >= 0x40) break
    const after = argument(p + 1, end, first & 31)
    if (after == 0) return 0
    if (value > 0x7fffffff) break
    store<u32>(to, first < 0x20 ? <u32>value : ~(<u32>value))
    to += 4
    done++
    p = after
  }
  if (done == count) {
    words.word(TAPE_INTS, count)
    words.setTape(to)
    return p
  }
  let double = words.doubles
  to = words.tape + 4
  for (let i: u32 = 0; i < done; i++) {
    double -= 8
    store<f64>(double, <f64>load<i32>(to))
    to += 4
  }
  while (done < count) {
    p = p < end ? number(p, end) : 0
    if (p == 0) return 0
    double -= 8
    store<f64>(double, parsed)
    done++
  }
  words.word(TAPE_DOUBLES, count)
  words.setDoubles(double)
  return p
}

/** Reads a number that a double holds. */
function number(p: usize, end: usize): usize {
  const first = <u32>load<u8>(p++)
  if (first == 0xfb) {
    if (end - p < 8) return 0
    parsed = reinterpret<f64>(bswap(load<u64>(p)))
    return p + 8
  }
  if (first == 0xfa) {
    if (end - p < 4) return 0
    parsed = <f64>reinterpret<f32>(bswap(load<u32>(p)))
    return p + 4
  }
  if (first == 0xf9) {
    if (end - p < 2) return 0
    parsed = half(bswap(load<u16>(p)))
    return p + 2
  }
  if (first >= 0x40) return 0
  p = argument(p, end, first & 31)
  if (p == 0 || value > 9007199254740991) return 0
  parsed = first < 0x20 ? <f64>value : -1.0 - <f64>value
  return p
}

/** A 16-bit float by its bits. */
function half(bits: u32): f64 {
  const exponent = (bits >> 10) & 31
  const fraction = bits & 0x3ff
  let size: f64
  if (exponent == 0) size = <f64>fraction * 5.960464477539063e-8
  else if (exponent == 31) size = fraction == 0 ? Infinity : NaN
  else size = reinterpret<f64>(((<u64>(exponent + 1008)) << 52) | ((<u64>fraction) << 42))
  return (bits & 0x8000) != 0 ? -size : size
}
