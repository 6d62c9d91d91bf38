/** Standard base64 (RFC 4648 section 4), as JSON carries bytes. */
import { hex4 } from './formats/json-escape'

// biome-ignore format: one table
const DIGITS: usize = memory.data<u8>([
  65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 97, 98,
  99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121,
  122, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 43, 47,
])

function digit(six: u32): u32 {
  return load<u8>(DIGITS + <usize>(six & 63))
}

/** Writes the bytes [p, end) as base64 with its padding; returns the end of it. */
export function encodeBase64(p: usize, end: usize, o: usize): usize {
  while (end - p >= 3) {
    // May read one byte behind the last one: the windows are padded.
    const bits = bswap(load<u32>(p)) >> 8
    store<u32>(
      o,
      digit(bits >> 18) | (digit(bits >> 12) << 8) | (digit(bits >> 6) << 16) | (digit(bits) << 24),
    )
    p += 3
    o += 4
  }
  if (p == end) return o
  const two = end - p == 2
  const bits = ((<u32>load<u8>(p)) << 16) | (two ? (<u32>load<u8>(p, 1)) << 8 : 0)
  const third = two ? digit(bits >> 6) : 0x3d
  store<u32>(o, digit(bits >> 18) | (digit(bits >> 12) << 8) | (third << 16) | (0x3d << 24))
  return o + 4
}

/** Six bits of a digit. */
function bitsOf(c: u32): u32 {
  if (c >= 0x61) return c - 0x47
  if (c >= 0x41) return c - 0x41
  if (c >= 0x30) return c + 4
  return c == 0x2b ? 62 : 63
}

/**
 * Writes the bytes that the checked text [p, end) stands for, whose characters may be escaped; returns the end of them.
 * Spare bits in the last digit are not looked at.
 */
export function decodeBase64(p: usize, end: usize, o: usize): usize {
  let bits: u32 = 0
  let count: u32 = 0
  while (p < end) {
    let c = <u32>load<u8>(p++)
    if (c == 0x5c) {
      c = load<u8>(p++)
      if (c == 0x75) {
        c = hex4(p, end)
        p += 4
      }
    }
    if (c == 0x3d) break
    bits = (bits << 6) | bitsOf(c)
    if ((++count & 3) != 0) continue
    store<u8>(o, <u8>(bits >> 16))
    store<u8>(o, <u8>(bits >> 8), 1)
    store<u8>(o, <u8>bits, 2)
    o += 3
  }
  // Two digits more are one byte, three are two.
  count &= 3
  if (count == 2) store<u8>(o++, <u8>(bits >> 4))
  else if (count == 3) {
    store<u8>(o, <u8>(bits >> 10))
    store<u8>(o, <u8>(bits >> 2), 1)
    o += 2
  }
  return o
}
