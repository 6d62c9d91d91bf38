/**
 * URIs: which patterns one keeps, and the table that gives equal URIs equal numbers, so that the façade decodes the
 * same topic to a JavaScript string only once (a URI costs 90-170 ns to decode, a whole lazy message about 200 ns;
 * Node 20, 2026). Patterns: WAMP specification, "URIs".
 */
import {
  URI_LOOSE,
  URI_LOOSE_PREFIX,
  URI_LOOSE_WILDCARD,
  URI_STRICT,
  URI_STRICT_PREFIX,
  URI_STRICT_WILDCARD,
} from './abi'
import { hashText } from './keys'
import { sameBytes } from './text'

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

/** Longer URIs are decoded each time: real ones are short, and the arena is shared. */
const MAX_LENGTH: u32 = 255
/** Entries in all; frames may fill only three quarters, the rest is kept for what the application interns itself. */
const CAPACITY: u32 = 2048
const FROM_FRAMES: u32 = 1536
const SLOTS: u32 = 4096
/** Slot -> ref + 1. */
const TABLE: usize = memory.data(4096 * 2, 16)
/** Ref -> eight bytes: address in the arena, length | patterns << 16. */
const ENTRIES: usize = memory.data(2048 * 8, 16)
const ARENA_BYTES: usize = 131072
const ARENA: usize = memory.data(131072, 16)
let used: u32 = 0
let arenaUsed: usize = 0

/** Patterns of the URI that `intern` saw last. */
export let patterns: i32 = 0

/** Number of the URI, the same for equal bytes; -1 when it is not interned (too long, or the table is full). */
export function intern(p: usize, length: u32, reserved: bool): i32 {
  if (length > MAX_LENGTH) {
    patterns = classify(p, length)
    return -1
  }
  let slot = hashText(p, length) & (SLOTS - 1)
  while (true) {
    const ref = <i32>load<u16>(TABLE + (slot << 1)) - 1
    if (ref < 0) break
    const entry = ENTRIES + ((<usize>ref) << 3)
    const packed = load<u32>(entry, 4)
    if ((packed & 0xffff) == length && sameBytes(load<u32>(entry), p, length)) {
      patterns = <i32>(packed >> 16)
      return ref
    }
    slot = (slot + 1) & (SLOTS - 1)
  }
  patterns = classify(p, length)
  if (patterns == 0) return -1
  const room = reserved ? CAPACITY : FROM_FRAMES
  if (used >= room || (reserved ? ARENA_BYTES : (ARENA_BYTES >> 2) * 3) - arenaUsed < length) return -1
  const at = ARENA + arenaUsed
  memory.copy(at, p, length)
  arenaUsed += length
  const entry = ENTRIES + ((<usize>used) << 3)
  store<u32>(entry, <u32>at)
  store<u32>(entry, length | ((<u32>patterns) << 16), 4)
  store<u16>(TABLE + (slot << 1), <u16>(used + 1))
  used++
  return <i32>used - 1
}
