/**
 * MessagePack, written as src/payload/msgpack/write.ts does: shortest forms, what is not negative unsigned, floats of
 * 64 bits.
 */
import { copy } from '../output'

const BIN8: u32 = 0xc4
const FLOAT64: u32 = 0xcb
const UINT8: u32 = 0xcc
const INT8: u32 = 0xd0
const STR8: u32 = 0xd9
const ARRAY16: u32 = 0xdc
const MAP16: u32 = 0xde

export const NULL: u32 = 0xc0
export const FALSE: u32 = 0xc2

function byte(o: usize, value: u32): usize {
  store<u8>(o, <u8>value)
  return o + 1
}

/** A number of 1, 2, 4 or 8 bytes after the first of four neighbouring codes. */
function number(o: usize, code8: u32, value: u64, width: u32): usize {
  if (width == 1) {
    store<u8>(o, <u8>code8)
    store<u8>(o, <u8>value, 1)
  } else if (width == 2) {
    store<u8>(o, <u8>(code8 + 1))
    store<u16>(o, bswap(<u16>value), 1)
  } else if (width == 4) {
    store<u8>(o, <u8>(code8 + 2))
    store<u32>(o, bswap(<u32>value), 1)
  } else {
    store<u8>(o, <u8>(code8 + 3))
    store<u64>(o, bswap(value), 1)
  }
  return o + 1 + width
}

function widthOf(value: u64): u32 {
  if (value < 0x100) return 1
  if (value < 0x10000) return 2
  return value < 0x100000000 ? 4 : 8
}

export function unsigned(o: usize, value: u64): usize {
  return value < 0x80 ? byte(o, <u32>value) : number(o, UINT8, value, widthOf(value))
}

/** The integer -1 - `value`, which has 64 bits. */
export function negative(o: usize, value: u64): usize {
  return value < 0x20 ? byte(o, 0xff - <u32>value) : number(o, INT8, ~value, widthOf(value << 1))
}

export function float(o: usize, value: f64): usize {
  store<u8>(o, <u8>FLOAT64)
  store<u64>(o, bswap(value == value ? reinterpret<u64>(value) : 0x7ff8000000000000), 1)
  return o + 9
}

export function text(o: usize, p: usize, length: usize): usize {
  return copy(length < 32 ? byte(o, 0xa0 | <u32>length) : number(o, STR8, length, widthOf(length)), p, length)
}

export function bytes(o: usize, p: usize, length: usize): usize {
  return copy(number(o, BIN8, length, widthOf(length)), p, length)
}

/** The head of a container of so many elements or pairs. */
export function container(o: usize, count: u32, isMap: bool): usize {
  if (count < 16) return byte(o, (isMap ? 0x80 : 0x90) | count)
  // Of the neighbouring codes there are only those of 16 and 32 bits.
  return number(o, (isMap ? MAP16 : ARRAY16) - 1, count, count < 0x10000 ? 2 : 4)
}
