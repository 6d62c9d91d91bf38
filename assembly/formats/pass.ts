/**
 * The position after a value that was checked before: no look at what is in texts, at keys, depth or nodes, but where
 * that costs little. `find` passes with these what it is not asked for. The bytes may have changed since they were
 * checked, so no read leaves the range, and each step takes at least one byte; what comes out of such bytes is a
 * position in the range or a failure.
 */
import { KIND_ARRAY, KIND_MAP, TRUNCATED } from '../generated/abi'
import { CBOR_SHORT, MSGPACK_SHORT } from '../generated/tables'
import { fail } from '../status'
import * as token from '../token'
import * as cbor from './cbor'
import { skip } from './json'
import * as msgpack from './msgpack'

/** The bit that brackets and braces differ in, and what opens with it. */
const BRACE: u32 = 0x20
const OPEN: u32 = 0x7b

/**
 * CBOR and MsgPack: the position after `left` values. Those of all open containers are counted together. Short texts
 * and small numbers are told by branches, because a branch is predicted and a table is waited for; all else goes
 * the way that checks it again.
 */
export function binary(p: usize, end: usize, left: i64, isCbor: bool): usize {
  const texts: u32 = isCbor ? 0x60 : 0xa0
  const textCount: u32 = isCbor ? 24 : 32
  const numbers: u32 = isCbor ? 24 : 0x80
  const table = isCbor ? CBOR_SHORT : MSGPACK_SHORT
  while (left > 0) {
    if (p >= end) return fail(TRUNCATED, end)
    const first = <u32>load<u8>(p)
    left--
    if (first - texts < textCount) {
      p += 1 + (first - texts)
      continue
    }
    if (first < numbers) {
      p++
      continue
    }
    const size = load<u32>(table + (first << 2)) & 0xffff
    if (size != 0) {
      p += size
    } else if (isCbor && (first >> 5 == 6 || (first & 31) == 31)) {
      p = cbor.skip(p, end)
      if (p == 0) return 0
    } else {
      p = isCbor ? cbor.head(p, end) : msgpack.head(p, end)
      if (p == 0) return 0
      if (token.kind == KIND_ARRAY) left += token.count
      else if (token.kind == KIND_MAP) left += (<i64>token.count) << 1
    }
  }
  return p <= end ? p : fail(TRUNCATED, end)
}

/** JSON: the value at `p`, without white space before it. */
export function json(p: usize, end: usize): usize {
  // Text and numbers cost little more when they are checked again; without SIMD so do containers.
  const opens = ASC_FEATURE_SIMD && p < end && (<u32>load<u8>(p) | BRACE) == OPEN
  return opens ? closing(p, end, 0) : skip(p, end)
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
 * Position after what closes the outermost of the `depth` brackets and braces that are open at `p`; 0: one opens there.
 * Takes 64 bytes at a time, with SIMD only: a running parity of the quotes tells which of them are text. The window is
 * longer than the range by more than a block.
 */
export function closing(p: usize, end: usize, depth: u64): usize {
  // All ones while a text goes on from the block before.
  let inText: u64 = 0
  let escape: u64 = 0
  while (p < end) {
    quotes = 0
    backslashes = 0
    opens = 0
    closes = 0
    for (let i = 0; i < 64; i += 16) look(p + i, i)
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
