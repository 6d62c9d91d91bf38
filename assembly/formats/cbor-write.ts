/** CBOR (RFC 8949), written as src/payload/cbor/write.ts does: shortest heads, floats of 64 bits. */
import { copy } from '../output'

const UNSIGNED: u32 = 0x00
const NEGATIVE: u32 = 0x20
const BYTES: u32 = 0x40
const TEXT: u32 = 0x60
const ARRAY: u32 = 0x80
const MAP: u32 = 0xa0
const HALF: u32 = 0xf9
const DOUBLE: u32 = 0xfb

export const NULL: u32 = 0xf6
export const FALSE: u32 = 0xf4

function head(o: usize, major: u32, value: u64): usize {
  if (value < 24) {
    store<u8>(o, <u8>(major | <u32>value))
    return o + 1
  }
  if (value < 0x100) {
    store<u8>(o, <u8>(major | 24))
    store<u8>(o, <u8>value, 1)
    return o + 2
  }
  if (value < 0x10000) {
    store<u8>(o, <u8>(major | 25))
    store<u16>(o, bswap(<u16>value), 1)
    return o + 3
  }
  if (value < 0x100000000) {
    store<u8>(o, <u8>(major | 26))
    store<u32>(o, bswap(<u32>value), 1)
    return o + 5
  }
  store<u8>(o, <u8>(major | 27))
  store<u64>(o, bswap(value), 1)
  return o + 9
}

export function unsigned(o: usize, value: u64): usize {
  return head(o, UNSIGNED, value)
}

/** The integer -1 - `value`. */
export function negative(o: usize, value: u64): usize {
  return head(o, NEGATIVE, value)
}

export function float(o: usize, value: f64): usize {
  if (value - value == 0) {
    store<u8>(o, <u8>DOUBLE)
    store<u64>(o, bswap(reinterpret<u64>(value)), 1)
    return o + 9
  }
  store<u8>(o, <u8>HALF)
  const bits: u16 = value != value ? 0x7e00 : value > 0 ? 0x7c00 : 0xfc00
  store<u16>(o, bswap(bits), 1)
  return o + 3
}

export function text(o: usize, p: usize, length: usize): usize {
  return copy(head(o, TEXT, length), p, length)
}

export function bytes(o: usize, p: usize, length: usize): usize {
  return copy(head(o, BYTES, length), p, length)
}

/** The head of a container of so many elements or pairs. */
export function container(o: usize, count: u32, isMap: bool): usize {
  return head(o, isMap ? MAP : ARRAY, count)
}
