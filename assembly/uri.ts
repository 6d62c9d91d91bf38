/** Which patterns a URI keeps: WAMP specification, "URIs". uri-table.ts calls it for each URI that it has not. */
import {
  URI_LOOSE,
  URI_LOOSE_PREFIX,
  URI_LOOSE_WILDCARD,
  URI_STRICT,
  URI_STRICT_PREFIX,
  URI_STRICT_WILDCARD,
} from './generated/abi'

const DOT: u32 = 0x2e
const HASH: u32 = 0x23
const UNDERSCORE: u32 = 0x5f

/** Bits URI_* of all patterns that the text keeps. */
export function classify(p: usize, length: u32): i32 {
  const end = p + length
  let strict = true
  let emptyInside = false
  let emptyLast = true
  while (p < end) {
    const c = <u32>load<u8>(p)
    if (c == DOT) {
      if (emptyLast) emptyInside = true
      emptyLast = true
      p++
      continue
    }
    emptyLast = false
    if (c <= 0x20) {
      // Control characters that are white space: U+0009..000D, U+001C..0020.
      if (c >= 0x1c || (c >= 0x09 && c <= 0x0d)) return 0
      strict = false
    } else if (c >= 0x80) {
      if (isSpace(p, end, c)) return 0
      strict = false
    } else if (c == HASH) {
      return 0
    } else if (c - 0x61 > 25 && c - 0x30 > 9 && c != UNDERSCORE) {
      strict = false
    }
    p++
  }
  let patterns = URI_LOOSE_WILDCARD | URI_STRICT_WILDCARD
  if (!emptyInside) {
    patterns |= URI_LOOSE_PREFIX | URI_STRICT_PREFIX
    if (!emptyLast) patterns |= URI_LOOSE | URI_STRICT
  }
  return strict ? patterns : patterns & (URI_LOOSE | URI_LOOSE_PREFIX | URI_LOOSE_WILDCARD)
}

/** True when the code point at `p`, whose first byte is `c`, is white space in Unicode. */
function isSpace(p: usize, end: usize, c: u32): bool {
  if (c == 0xc2) {
    // U+0085, U+00A0
    const second = <u32>load<u8>(p, 1)
    return second == 0x85 || second == 0xa0
  }
  if (c < 0xe1 || c > 0xe3 || end - p < 3) return false
  const point = ((c & 15) << 12) | ((<u32>load<u8>(p, 1) & 63) << 6) | (<u32>load<u8>(p, 2) & 63)
  return (
    point == 0x1680 ||
    (point >= 0x2000 && point <= 0x200a) ||
    point == 0x2028 ||
    point == 0x2029 ||
    point == 0x202f ||
    point == 0x205f ||
    point == 0x3000
  )
}
