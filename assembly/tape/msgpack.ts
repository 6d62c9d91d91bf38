/** MsgPack onto the tape: one item, and the key of a pair. Called by tape.ts. */
import { TAPE_BYTES, TAPE_FALSE, TAPE_NULL, TAPE_TRUE } from '../generated/abi'
import { OPENED_ARRAY, OPENED_MAP, open, RUN, scalar } from './item'
import * as numbers from './number'
import * as words from './words'

const NIL: u32 = 0xc0
const NEVER_USED: u32 = 0xc1
const FALSE: u32 = 0xc2
const TRUE: u32 = 0xc3
const BIN8: u32 = 0xc4
const FLOAT32: u32 = 0xca
const FLOAT64: u32 = 0xcb
const UINT8: u32 = 0xcc
const INT8: u32 = 0xd0
const FIXEXT1: u32 = 0xd4
const STR8: u32 = 0xd9
const ARRAY16: u32 = 0xdc
const MAP16: u32 = 0xde

/** Length of the text that `textHead` found. */
export let length: u32 = 0

/** Reads a length of 1, 2 or 4 bytes into `length`; 0 when it is cut off. */
function size(p: usize, end: usize, width: usize): usize {
  if (end - p < width) return 0
  // The window is padded.
  length = bswap(load<u32>(p)) >> (32 - ((<u32>width) << 3))
  return p + width
}

/** Passes the head of the text at `p`; 0 when there is none, or its end is behind `end`. */
export function textHead(p: usize, end: usize): usize {
  const first = <u32>load<u8>(p++)
  if (first - 0xa0 < 0x20) length = first & 31
  else if (first - STR8 < 3) p = size(p, end, (<usize>1) << (first - STR8))
  else return 0
  return p != 0 && length <= <u32>(end - p) ? p : 0
}

/** Puts the item at `p`, which is before `end`, onto the tape; `start` is the first byte of the value. */
export function item(p: usize, end: usize, start: usize): usize {
  const first = <u32>load<u8>(p)
  scalar()
  if (first - 0xa0 < 0x20 || first - STR8 < 3) {
    p = textHead(p, end)
    return p != 0 && words.string(p, length) ? p + length : 0
  }
  if (first - 0x80 < 0x20) {
    length = first & 15
    return container(p + 1, end, first < 0x90)
  }
  if (first >= ARRAY16 && first < 0xe0) {
    p = size(p + 1, end, (<usize>2) << (first & 1))
    return p == 0 ? 0 : container(p, end, first >= MAP16)
  }
  if (first - NIL < 4) {
    if (first == NEVER_USED) return 0
    words.word(first == NIL ? TAPE_NULL : first == FALSE ? TAPE_FALSE : TAPE_TRUE, 0)
    return p + 1
  }
  if (first - BIN8 < 3) {
    p = size(p + 1, end, (<usize>1) << (first - BIN8))
    if (p == 0 || length > <u32>(end - p)) return 0
    words.word(TAPE_BYTES, length)
    words.raw(<u32>(p - start))
    return p + length
  }
  p = number(p, end)
  if (p != 0) numbers.put()
  return p
}

/** Opens a container of `length` elements, or takes an array of numbers at once. */
function container(p: usize, end: usize, isMap: bool): usize {
  const rest = <u32>(end - p)
  if (length > (isMap ? rest >> 1 : rest)) return 0
  if (!isMap && length >= RUN) {
    const after = run(p, end, length)
    if (after != 0) return after
  }
  open(isMap ? OPENED_MAP : OPENED_ARRAY, length)
  return p
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

/** Reads a number of any type; 0 when there is something else. */
function number(p: usize, end: usize): usize {
  const first = <u32>load<u8>(p++)
  if (first < 0x80) {
    numbers.setInteger(false, first)
    return p
  }
  if (first >= 0xe0) {
    numbers.setInteger(true, 0xff - first)
    return p
  }
  if (first < FLOAT32 || first >= FIXEXT1) return 0
  const width = first < UINT8 ? (<usize>4) << (first - FLOAT32) : (<usize>1) << (first & 3)
  if (end - p < width) return 0
  const bits = bswap(load<u64>(p))
  const unused: u64 = 64 - ((<u64>width) << 3)
  if (first < UINT8) {
    numbers.setFloat(first == FLOAT32 ? <f64>reinterpret<f32>(<u32>(bits >> unused)) : reinterpret<f64>(bits))
  } else if (first < INT8) {
    numbers.setInteger(false, bits >> unused)
  } else {
    const signed = <i64>bits >> unused
    // An unsigned number in a signed type is still that number.
    numbers.setInteger(signed < 0, <u64>(signed < 0 ? ~signed : signed))
  }
  return p + width
}
