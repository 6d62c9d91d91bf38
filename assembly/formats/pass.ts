/**
 * The position after a value that was checked before: no look at UTF-8, keys, depth or nodes. `find` passes with these
 * what it is not asked for. The bytes may have changed since they were checked, so no read leaves the range, and each
 * step takes at least one byte; what comes out of such bytes is a position in the range or a failure.
 */
import { BAD_TOKEN, DEPTH_LIMIT, LENGTH_OVERRUN, TRUNCATED } from '../abi'
import { CBOR_ITEMS, MSGPACK_ITEMS } from '../generated/tables'
import { MAX_DEPTH, STACK } from '../memory'
import { fail } from '../status'
import { unsigned, widthOf } from './msgpack'

/** Values that are left in a container of CBOR that a break ends: more than there can be. */
const ENDLESS: i64 = 0x4000000000000000
const BREAK: u32 = 0xff

const QUOTE: u32 = 0x22
const BACKSLASH: u32 = 0x5c
const COMMA: u32 = 0x2c
/** The bit that brackets and braces differ in, and what both are with it. */
const BRACE: u32 = 0x20
const OPEN: u32 = 0x7b
const CLOSE: u32 = 0x7d

/** CBOR: `left` values; counts those in all open containers together but for those that a break ends. */
export function cbor(p: usize, end: usize, left: i64): usize {
  let top = STACK
  while (left > 0) {
    if (p >= end) return fail(TRUNCATED, end)
    const first = <u32>load<u8>(p)
    left--
    // A branch is predicted and a table is waited for: keys and small numbers alternate in the same way in most data.
    if (first - 0x60 < 24) {
      p += 1 + (first & 31)
      continue
    }
    if (first < 24) {
      p++
      continue
    }
    const item = load<u32>(CBOR_ITEMS + (first << 2)) & 0xffff
    if (item != 0) {
      p += item
      continue
    }
    if (first == BREAK) {
      if (top == STACK) return fail(BAD_TOKEN, p)
      top -= 8
      left = load<i64>(top)
      p++
      continue
    }
    const major = first >> 5
    const information = first & 31
    p++
    if (information == 31) {
      if (top == STACK + <usize>MAX_DEPTH * 8) return fail(DEPTH_LIMIT, p)
      store<i64>(top, left)
      top += 8
      left = ENDLESS
      continue
    }
    let value: u64 = information
    if (information > 23) {
      if (information > 27) return fail(BAD_TOKEN, p - 1)
      const width = (<usize>1) << (information - 24)
      if (end - p < width) return fail(TRUNCATED, end)
      value = unsigned(p, width)
      p += width
    }
    // Numbers and simple values are whole now.
    if (major < 2 || major == 7) continue
    if (major == 6) {
      left++
      continue
    }
    if (value > <u64>(end - p)) return fail(LENGTH_OVERRUN, p)
    if (major < 4) p += <usize>value
    else left += (<i64>value) << (major - 4)
  }
  return p <= end ? p : fail(TRUNCATED, end)
}

/** MessagePack: `left` values; counts those in all open containers together. */
export function msgpack(p: usize, end: usize, left: i64): usize {
  while (left > 0) {
    if (p >= end) return fail(TRUNCATED, end)
    const first = <u32>load<u8>(p)
    left--
    // A branch is predicted and a table is waited for: keys and small numbers alternate in the same way in most data.
    if (first - 0xa0 < 0x20) {
      p += 1 + (first & 31)
      continue
    }
    if (first < 0x80) {
      p++
      continue
    }
    const item = load<u32>(MSGPACK_ITEMS + (first << 2)) & 0xffff
    if (item != 0) {
      p += item
      continue
    }
    p++
    if (first < 0xa0) {
      left += first < 0x90 ? (first & 15) << 1 : first & 15
      continue
    }
    if (first < 0xc4) return fail(BAD_TOKEN, p - 1)
    if (first >= 0xd4 && first < 0xd9) {
      p += 1 + ((<usize>1) << (first - 0xd4))
      continue
    }
    const width = widthOf(first)
    if (end - p < width) return fail(TRUNCATED, end)
    if (first < 0xca || first >= 0xd9) {
      // Extensions have a byte for their type.
      const length = unsigned(p, width) + (first >= 0xc7 && first < 0xca ? 1 : 0)
      if (length > <u64>(end - p)) return fail(LENGTH_OVERRUN, p)
      if (first < 0xdc) p += <usize>length
      else left += (<i64>length) << (first < 0xde ? 0 : 1)
    }
    p += width
  }
  return p <= end ? p : fail(TRUNCATED, end)
}

/** JSON: the value at `p`, without white space before it. */
export function json(p: usize, end: usize): usize {
  if (p >= end) return fail(TRUNCATED, end)
  const first = <u32>load<u8>(p)
  if (first == QUOTE) return text(p + 1, end)
  if ((first | BRACE) == OPEN) return closing(p, end, 0)
  while (p < end) {
    const c = <u32>load<u8>(p)
    if (c <= 0x20 || c == COMMA || (c | BRACE) == CLOSE) break
    p++
  }
  return p
}

/** Position after the quote that ends the text at `p`. */
function text(p: usize, end: usize): usize {
  while (p < end) {
    if (ASC_FEATURE_SIMD) {
      // The window is padded: what stands behind the range is not looked at.
      const block = v128.load(p)
      const stop = i8x16.bitmask(
        v128.or(i8x16.eq(block, i8x16.splat(0x22)), i8x16.eq(block, i8x16.splat(0x5c))),
      )
      if (stop == 0) {
        p += 16
        continue
      }
      p += ctz(stop)
      if (p >= end) break
    }
    const c = <u32>load<u8>(p)
    if (c == QUOTE) return p + 1
    p += c == BACKSLASH ? 2 : 1
  }
  return fail(TRUNCATED, end)
}

/** Position after what closes the outermost of the `depth` brackets and braces that are open at `p`; 0: one opens there. */
export function closing(p: usize, end: usize, depth: u64): usize {
  if (ASC_FEATURE_SIMD) return closing64(p, end, depth)
  while (p < end) {
    const c = <u32>load<u8>(p++)
    if (c == QUOTE) {
      p = text(p, end)
      if (p == 0) return 0
    } else if ((c | BRACE) == OPEN) {
      depth++
    } else if ((c | BRACE) == CLOSE) {
      if (--depth == 0) return p
    }
  }
  return fail(TRUNCATED, end)
}

// One bit for each of the 64 bytes of a block.
let quotes: u64 = 0
let backslashes: u64 = 0
let opens: u64 = 0
let closes: u64 = 0

/** Adds sixteen bytes to the masks. */
function look(p: usize, shift: u64): void {
  const block = v128.load(p)
  const folded = v128.or(block, i8x16.splat(0x20))
  quotes |= (<u64>i8x16.bitmask(i8x16.eq(block, i8x16.splat(0x22)))) << shift
  backslashes |= (<u64>i8x16.bitmask(i8x16.eq(block, i8x16.splat(0x5c)))) << shift
  opens |= (<u64>i8x16.bitmask(i8x16.eq(folded, i8x16.splat(0x7b)))) << shift
  closes |= (<u64>i8x16.bitmask(i8x16.eq(folded, i8x16.splat(0x7d)))) << shift
}

/**
 * The same with masks of 64 bytes: a running parity of the quotes tells which bytes are text. The window is longer than
 * the range by more than a block.
 */
function closing64(p: usize, end: usize, depth: u64): usize {
  // All ones while a text goes on from the block before.
  let inText: u64 = 0
  let escape: u64 = 0
  while (p < end) {
    quotes = 0
    backslashes = 0
    opens = 0
    closes = 0
    look(p, 0)
    look(p + 16, 16)
    look(p + 32, 32)
    look(p + 48, 48)
    const rest = <u64>(end - p)
    const inside: u64 = rest < 64 ? ((<u64>1) << rest) - 1 : u64.MAX_VALUE
    if ((backslashes | escape) != 0) {
      // Bytes that stand behind a backslash which does so itself are not escaped.
      let escaped = escape
      escape = 0
      let left = backslashes & ~escaped
      while (left != 0) {
        const at = ctz(left)
        if (at == 63) {
          escape = 1
          break
        }
        escaped |= (<u64>2) << at
        left &= ~((<u64>3) << at)
      }
      quotes &= ~escaped
    }
    let text = quotes & inside
    text ^= text << 1
    text ^= text << 2
    text ^= text << 4
    text ^= text << 8
    text ^= text << 16
    text ^= text << 32
    text ^= inText
    inText = <u64>(<i64>text >> 63)
    opens &= inside & ~text
    closes &= inside & ~text
    const closing = popcnt(closes)
    if (closing >= depth) {
      let closed: u64 = 0
      while (closes != 0) {
        const at = ctz(closes)
        closed++
        if (depth + popcnt(opens & (((<u64>1) << at) - 1)) == closed) return p + <usize>at + 1
        closes &= closes - 1
      }
    }
    depth += popcnt(opens) - closing
    p += 64
  }
  return fail(TRUNCATED, end)
}
