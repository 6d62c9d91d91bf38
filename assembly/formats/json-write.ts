/** JSON (RFC 8259), written as src/payload/json/write.ts does: no white space, bytes as NUL and base64. */
import { encodeBase64 } from '../base64'
import { writeDouble, writeUnsigned } from '../number-text'
import { HEADROOM, overruns } from '../output'

const QUOTE: u32 = 0x22
const BACKSLASH: u32 = 0x5c
const LETTERS_NULL: u32 = 0x6c6c756e
const LETTERS_TRUE: u32 = 0x65757274
const LETTERS_ALSE: u32 = 0x65736c61

/** Letters that stand for the control characters 8, 9, 10, 12 and 13 behind a backslash, from 8 on. */
const SHORT: u64 = 0x7266006e7462

export function word(o: usize, isNull: bool, isTrue: bool): usize {
  if (isNull || isTrue) {
    store<u32>(o, isNull ? LETTERS_NULL : LETTERS_TRUE)
    return o + 4
  }
  store<u8>(o, 0x66)
  store<u32>(o, LETTERS_ALSE, 1)
  return o + 5
}

/** The integer -1 - `value`, of which 2^64 itself is left to JavaScript. */
export function negative(o: usize, value: u64): usize {
  store<u8>(o, 0x2d)
  return writeUnsigned(o + 1, value + 1)
}

export function unsigned(o: usize, value: u64): usize {
  return writeUnsigned(o, value)
}

export function float(o: usize, value: f64): usize {
  return writeDouble(o, value)
}

/** A string of `length` bytes; 0 when there is no room for it. */
export function text(o: usize, p: usize, length: usize): usize {
  // For each escape more room is asked for when it comes.
  if (overruns(o, length)) return 0
  const end = p + length
  store<u8>(o++, <u8>QUOTE)
  while (p < end) {
    if (ASC_FEATURE_SIMD) {
      const block = v128.load(p)
      v128.store(o, block)
      const stop = i8x16.bitmask(
        v128.or(
          v128.or(i8x16.eq(block, i8x16.splat(0x22)), i8x16.eq(block, i8x16.splat(0x5c))),
          i8x16.lt_u(block, i8x16.splat(0x20)),
        ),
      )
      // A stop behind the end is none.
      const run = min<usize>(stop == 0 ? 16 : ctz(stop), end - p)
      p += run
      o += run
      if (stop == 0 || p == end) continue
    } else {
      const c = <u32>load<u8>(p)
      if (c >= 0x20 && c != QUOTE && c != BACKSLASH) {
        store<u8>(o++, <u8>c)
        p++
        continue
      }
    }
    if (overruns(o, end - p)) return 0
    o = escape(o, load<u8>(p++))
  }
  store<u8>(o, <u8>QUOTE)
  return o + 1
}

function escape(o: usize, c: u32): usize {
  store<u8>(o, <u8>BACKSLASH)
  let letter = c
  if (c < 0x20) {
    const place = c - 8
    letter = place < 6 ? <u32>(SHORT >> (place << 3)) & 0xff : 0
    if (letter == 0) {
      store<u32>(o, 0x30303075, 1)
      // 0 to 1f.
      const low = c & 15
      store<u8>(o, <u8>(0x30 + (c >> 4)), 4)
      store<u8>(o, <u8>(low < 10 ? 0x30 + low : 0x57 + low), 5)
      return o + 6
    }
  }
  store<u8>(o, <u8>letter, 1)
  return o + 2
}

/** Bytes; 0 when there is no room for them. */
export function bytes(o: usize, p: usize, length: usize): usize {
  if (overruns(o, (length / 3 + 1) * 4 + HEADROOM)) return 0
  // "\u0000 and the base64.
  store<u64>(o, 0x30303030755c22)
  o = encodeBase64(p, p + length, o + 7)
  store<u8>(o, <u8>QUOTE)
  return o + 1
}
