/**
 * UTF-8 validation (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF). Runs of ASCII go sixteen
 * bytes at a time with SIMD, eight without. With SIMD, longer text beyond ASCII is judged by text-wide.ts first; both
 * builds give the same answer.
 */
import { isWideText } from './text-wide'

/**
 * Bytes, the first one beyond ASCII, from which on the tables are tried: 12 and 24 are as fast (Node 24, EPYC, 2026).
 */
const LONG: usize = 16

/** Texts beyond ASCII that were looked at since `countTexts`. */
export let wideTexts: i32 = 0

export function countTexts(): void {
  wideTexts = 0
}

/** Address of the first byte that is not well-formed UTF-8 in [p, end), or 0 when all of it is. */
export function findBadUtf8(p: usize, end: usize): usize {
  p = skipAscii(p, end)
  if (p >= end) return 0
  wideTexts++
  if (ASC_FEATURE_SIMD) {
    // The tables do not know where a fault is.
    if (end - p >= LONG && isWideText(p, end)) return 0
  }
  return findBadWide(p, end)
}

/** The same of what has characters beyond ASCII, byte by byte: the oracle of the tables. */
export function findBadWide(p: usize, end: usize): usize {
  while (true) {
    p = skipAscii(p, end)
    if (p >= end) return 0
    const lead = <u32>load<u8>(p)
    // The range of the second byte rules out overlong forms, surrogates and code points above U+10FFFF.
    let low: u32 = 0x80
    let high: u32 = 0xbf
    let more: usize = 1
    if (lead < 0xc2) return p
    if (lead >= 0xe0) {
      if (lead < 0xf0) {
        more = 2
        if (lead == 0xe0) low = 0xa0
        else if (lead == 0xed) high = 0x9f
      } else {
        if (lead > 0xf4) return p
        more = 3
        if (lead == 0xf0) low = 0x90
        else if (lead == 0xf4) high = 0x8f
      }
    }
    if (end - p <= more) return p
    const second = <u32>load<u8>(p, 1)
    if (second < low || second > high) return p
    if (more > 1 && (load<u8>(p, 2) & 0xc0) != 0x80) return p
    if (more > 2 && (load<u8>(p, 3) & 0xc0) != 0x80) return p
    p += more + 1
  }
}

/** Position of the first byte above 0x7f in [p, end), or some position from `end` on. */
function skipAscii(p: usize, end: usize): usize {
  if (ASC_FEATURE_SIMD) {
    // The window is padded, so the last load may read up to 15 bytes behind `end`; a hit there is not one of ours.
    while (p < end) {
      const high = i8x16.bitmask(v128.load(p))
      if (high != 0) return p + ctz(high)
      p += 16
    }
    return p
  }
  while (p + 8 <= end) {
    if ((load<u64>(p) & 0x8080808080808080) != 0) break
    p += 8
  }
  while (p < end && load<u8>(p) < 0x80) p++
  return p
}

/** Address of the first NUL in [p, end), or 0 when there is none. */
export function findNul(p: usize, end: usize): usize {
  if (ASC_FEATURE_SIMD) {
    // The window is padded: see skipAscii.
    while (p < end) {
      const zeros = i8x16.bitmask(i8x16.eq(v128.load(p), i8x16.splat(0)))
      if (zeros != 0) {
        const at = p + ctz(zeros)
        return at < end ? at : 0
      }
      p += 16
    }
    return 0
  }
  while (p < end && load<u8>(p) != 0) p++
  return p < end ? p : 0
}

/** True when `length` bytes at `a` and `b` are equal. */
export function sameBytes(a: usize, b: usize, length: u32): bool {
  while (length >= 8) {
    if (load<u64>(a) != load<u64>(b)) return false
    a += 8
    b += 8
    length -= 8
  }
  while (length > 0) {
    if (load<u8>(a) != load<u8>(b)) return false
    a++
    b++
    length--
  }
  return true
}
