/**
 * UBJSON, written as src/payload/ubjson/write.ts does, in both dialects: BJData is little-endian and has unsigned
 * integers of 16 and more bits, draft 12 is big-endian and has not. Containers have neither counts nor types.
 */
import { writeUnsigned } from '../number-text'
import { copy } from '../output'

const INT8: u32 = 0x69
const UINT8: u32 = 0x55
const INT16: u32 = 0x49
const UINT16: u32 = 0x75
const INT32: u32 = 0x6c
const UINT32: u32 = 0x6d
const INT64: u32 = 0x4c
const UINT64: u32 = 0x4d
const FLOAT32: u32 = 0x64
const FLOAT64: u32 = 0x44
const HIGH: u32 = 0x48
const CHAR: u32 = 0x43
const TEXT: u32 = 0x53
const BYTE: u32 = 0x42
const MINUS: u32 = 0x2d

export const NULL: u32 = 0x5a
export const FALSE: u32 = 0x46
export const TRUE: u32 = 0x54

/** A marker and a number of 1, 2, 4 or 8 bytes. */
function number(o: usize, marker: u32, value: u64, width: u32, isDraft12: bool): usize {
  store<u8>(o, <u8>marker)
  if (width == 1) store<u8>(o, <u8>value, 1)
  else if (width == 2) store<u16>(o, isDraft12 ? bswap(<u16>value) : <u16>value, 1)
  else if (width == 4) store<u32>(o, isDraft12 ? bswap(<u32>value) : <u32>value, 1)
  else store<u64>(o, isDraft12 ? bswap(value) : value, 1)
  return o + 1 + width
}

/** A number that no integer type holds, as text; `minus` is 1 before a negative one. */
function high(o: usize, value: u64, minus: usize): usize {
  store<u8>(o, <u8>HIGH)
  store<u8>(o, <u8>UINT8, 1)
  store<u8>(o, <u8>MINUS, 3)
  const end = writeUnsigned(o + 3 + minus, value)
  store<u8>(o, <u8>(end - o - 3), 2)
  return end
}

export function unsigned(o: usize, value: u64, isDraft12: bool): usize {
  if (value < 0x100) return number(o, UINT8, value, 1, isDraft12)
  if (isDraft12) {
    if (value < 0x8000) return number(o, INT16, value, 2, true)
    if (value < 0x80000000) return number(o, INT32, value, 4, true)
    return value >> 63 == 0 ? number(o, INT64, value, 8, true) : high(o, value, 0)
  }
  if (value < 0x10000) return number(o, UINT16, value, 2, false)
  if (value < 0x100000000) return number(o, UINT32, value, 4, false)
  return number(o, UINT64, value, 8, false)
}

/** The integer -1 - `value`, of which 2^64 itself is left to JavaScript. */
export function negative(o: usize, value: u64, isDraft12: bool): usize {
  if (value < 0x80) return number(o, INT8, ~value, 1, isDraft12)
  if (value < 0x8000) return number(o, INT16, ~value, 2, isDraft12)
  if (value < 0x80000000) return number(o, INT32, ~value, 4, isDraft12)
  return value >> 63 == 0 ? number(o, INT64, ~value, 8, isDraft12) : high(o, value + 1, 1)
}

/** A float that is not subnormal: those are left to JavaScript, and so are those that draft 12 does not have. */
export function float(o: usize, value: f64, isDraft12: bool): usize {
  const bits = reinterpret<u64>(value)
  if (value == 0) return number(o, FLOAT32, bits >> 32, 4, isDraft12)
  return number(o, FLOAT64, value == value ? bits : 0x7ff8000000000000, 8, isDraft12)
}

export function text(o: usize, p: usize, length: usize, isDraft12: bool): usize {
  if (length == 1) return number(o, CHAR, load<u8>(p), 1, isDraft12)
  store<u8>(o, <u8>TEXT)
  return key(o + 1, p, length, isDraft12)
}

/** A text without marker. */
export function key(o: usize, p: usize, length: usize, isDraft12: bool): usize {
  return copy(unsigned(o, length, isDraft12), p, length)
}

export function bytes(o: usize, p: usize, length: usize, isDraft12: bool): usize {
  // [$B#
  store<u32>(o, 0x2300245b | ((isDraft12 ? UINT8 : BYTE) << 16))
  return key(o + 4, p, length, isDraft12)
}
