/** Escapes in the strings of JSON: what they stand for. Checked by json.ts, resolved here. */

const BACKSLASH: u32 = 0x5c
const LOWER_U: u32 = 0x75
const ZERO: u32 = 0x30

/** Value of a hexadecimal digit, or a number above 15. */
function hexDigit(c: u32): u32 {
  if (c - ZERO < 10) return c - ZERO
  const letter = (c | 0x20) - 0x61
  return letter < 6 ? letter + 10 : 255
}

/** The four digits of `\uXXXX` at `p`, or a number above 0xffff. */
export function hex4(p: usize, end: usize): u32 {
  if (end - p < 4) return 0x10000
  let unit: u32 = 0
  for (let i = 0; i < 4; i++) {
    const digit = hexDigit(load<u8>(p + i))
    if (digit > 15) return 0x10000
    unit = (unit << 4) | digit
  }
  return unit
}

/** The position of the first byte from `p` on that is no hexadecimal digit. */
export function pastHex(p: usize, end: usize): usize {
  while (p < end && hexDigit(load<u8>(p)) < 16) p++
  return p
}

/** Writes the text of a checked string's content to `out`, escapes resolved; returns the end of it. */
export function unescape(p: usize, end: usize, out: usize): usize {
  while (p < end) {
    let c = <u32>load<u8>(p++)
    if (c == BACKSLASH) {
      c = load<u8>(p++)
      if (c == LOWER_U) {
        c = hex4(p, end)
        p += 4
        if ((c & 0xfc00) == 0xd800) {
          c = 0x10000 + ((c & 0x3ff) << 10) + (hex4(p + 2, end) & 0x3ff)
          p += 6
        }
        out = codePoint(c, out)
        continue
      }
      if (c == 0x62) c = 8
      else if (c == 0x66) c = 12
      else if (c == 0x6e) c = 10
      else if (c == 0x72) c = 13
      else if (c == 0x74) c = 9
    }
    store<u8>(out++, <u8>c)
  }
  return out
}

/** Writes a code point as UTF-8. */
function codePoint(c: u32, out: usize): usize {
  if (c < 0x80) {
    store<u8>(out, <u8>c)
    return out + 1
  }
  if (c < 0x800) {
    store<u8>(out, <u8>(0xc0 | (c >> 6)))
    store<u8>(out, <u8>(0x80 | (c & 63)), 1)
    return out + 2
  }
  if (c < 0x10000) {
    store<u8>(out, <u8>(0xe0 | (c >> 12)))
    store<u8>(out, <u8>(0x80 | ((c >> 6) & 63)), 1)
    store<u8>(out, <u8>(0x80 | (c & 63)), 2)
    return out + 3
  }
  store<u8>(out, <u8>(0xf0 | (c >> 18)))
  store<u8>(out, <u8>(0x80 | ((c >> 12) & 63)), 1)
  store<u8>(out, <u8>(0x80 | ((c >> 6) & 63)), 2)
  store<u8>(out, <u8>(0x80 | (c & 63)), 3)
  return out + 4
}
