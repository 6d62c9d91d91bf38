/** MsgPack onto the tape: one item, the key of a pair, and runs of numbers. Called by tape.ts. */
import { TAPE_BYTES, TAPE_DOUBLES, TAPE_FALSE, TAPE_INTS, TAPE_NULL, TAPE_TRUE } from '../abi'
import { OPENED_ARRAY, OPENED_MAP, open, RUN, scalar } from './item'
import * as words from './words'

/** Length of the text that `textHead` found. */
export let length: u32 = 0
/** The number that `number` read last: an integer when `isInteger`, a double otherwise. */
let isInteger: bool = false
let isNegative: bool = false
let magnitude: u64 = 0
let parsed: f64 = 0

/** Reads a length of 1, 2 or 4 bytes into `length`; 0 when it is cut off. */
function size(p: usize, end: usize, width: usize): usize {
  if (end - p < width) return 0
  if (width == 1) length = load<u8>(p)
  else if (width == 2) length = bswap(load<u16>(p))
  else length = bswap(load<u32>(p))
  return p + width
}

/** Passes the head of the text at `p`; 0 when there is none, or its end is behind `end`. */
export function textHead(p: usize, end: usize): usize {
  const first = <u32>load<u8>(p++)
  if (first - 0xa0 < 0x20) length = first & 31
  else if (first - 0xd9 < 3) p = size(p, end, (<usize>1) << (first - 0xd9))
  else return 0
  return p != 0 && length <= <u32>(end - p) ? p : 0
}

/** Puts the item at `p`, which is before `end`, onto the tape; `start` is the first byte of the value. */
export function item(p: usize, end: usize, start: usize): usize {
  const first = <u32>load<u8>(p)
  scalar()
  if (first - 0xa0 < 0x20 || first - 0xd9 < 3) {
    p = textHead(p, end)
    return p != 0 && words.string(p, length) ? p + length : 0
  }
  if (first - 0x80 < 0x20) {
    length = first & 15
    return container(p + 1, end, first < 0x90)
  }
  if (first >= 0xdc && first < 0xe0) {
    p = size(p + 1, end, (<usize>2) << (first & 1))
    return p == 0 ? 0 : container(p, end, first >= 0xde)
  }
  if (first >= 0xc0 && first < 0xc4) {
    if (first == 0xc1) return 0
    words.word(first == 0xc0 ? TAPE_NULL : first == 0xc2 ? TAPE_FALSE : TAPE_TRUE, 0)
    return p + 1
  }
  if (first - 0xc4 < 3) {
    p = size(p + 1, end, (<usize>1) << (first - 0xc4))
    if (p == 0 || length > <u32>(end - p)) return 0
    words.word(TAPE_BYTES, length)
    words.raw(<u32>(p - start))
    return p + length
  }
  p = number(p, end)
  if (p == 0) return 0
  if (isInteger) words.integer(isNegative, magnitude)
  else words.double(parsed)
  return p
}

/** Opens a container of `length` elements, or takes an array of numbers at once. */
function container(p: usize, end: usize, isMap: bool): usize {
  const rest = <u32>(end - p)
  if (length > (isMap ? rest >> 1 : rest)) return 0
  const elements = length
  if (!isMap && elements >= RUN) {
    const after = numbers(p, end, elements)
    if (after != 0) return after
  }
  open(isMap ? OPENED_MAP : OPENED_ARRAY, elements)
  return p
}

/** `count` numbers as one run; 0 when there is something else among them. */
function numbers(p: usize, end: usize, count: u32): usize {
  let to = words.tape + 4
  let done: u32 = 0
  let after = p
  while (done < count) {
    after = p < end ? number(p, end) : 0
    if (after == 0) return 0
    if (!isInteger || magnitude > 0x7fffffff) break
    store<u32>(to, isNegative ? ~(<u32>magnitude) : <u32>magnitude)
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
  while (true) {
    if (isInteger) {
      if (magnitude > 9007199254740991) return 0
      parsed = isNegative ? -1.0 - <f64>magnitude : <f64>magnitude
    }
    double -= 8
    store<f64>(double, parsed)
    p = after
    if (++done == count) break
    after = p < end ? number(p, end) : 0
    if (after == 0) return 0
  }
  words.word(TAPE_DOUBLES, count)
  words.setDoubles(double)
  return p
}

/** Reads a number of any type; 0 when there is something else. */
function number(p: usize, end: usize): usize {
  const first = <u32>load<u8>(p++)
  isInteger = true
  isNegative = false
  if (first < 0x80) {
    magnitude = first
    return p
  }
  if (first >= 0xe0) {
    isNegative = true
    magnitude = 0xff - first
    return p
  }
  if (first < 0xca || first > 0xd3) return 0
  if (first < 0xcc) {
    isInteger = false
    const width = (<usize>4) << (first - 0xca)
    if (end - p < width) return 0
    parsed =
      first == 0xca ? <f64>reinterpret<f32>(bswap(load<u32>(p))) : reinterpret<f64>(bswap(load<u64>(p)))
    return p + width
  }
  const width = (<usize>1) << (first & 3)
  if (end - p < width) return 0
  let bits = bswap(load<u64>(p))
  const unused: u64 = 64 - ((<u64>width) << 3)
  if (first < 0xd0) {
    magnitude = bits >> unused
  } else {
    const signed = <i64>bits >> unused
    isNegative = signed < 0
    magnitude = <u64>(isNegative ? ~signed : signed)
  }
  return p + width
}
