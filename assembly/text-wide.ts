/**
 * UTF-8 validation by table lookups, sixteen bytes a step (Keiser and Lemire, "Validating UTF-8 in less than one
 * instruction per byte", 2021). It says whether text is well formed; text.ts finds where it is not.
 *
 * Almost every fault shows in two bytes that follow each other: in the upper half of the first, its lower half and the
 * upper half of the second. Three tables give the faults that each half allows, as bits; a bit that all three give is a
 * fault. Whether a third and fourth byte are continuations is compared apart, with TWO_CONTINUATIONS in the same byte.
 */

/** A lead that no continuation follows: 11______ 0_______, 11______ 11______. */
const TOO_SHORT: i8 = 1
/** A continuation that follows ASCII: 0_______ 10______. */
const TOO_LONG: i8 = 2
/** Three bytes for what fits into two: 11100000 100_____. */
const OVERLONG_3: i8 = 4
/** Above U+10FFFF, but for what LARGE_OR_OVERLONG_4 has: 11110100 1001____, 11110100 101_____, 11110101 …. */
const TOO_LARGE: i8 = 8
/** U+D800 to U+DFFF: 11101101 101_____. */
const SURROGATE: i8 = 16
/** Two bytes for what fits into one: 1100000_ 10______. */
const OVERLONG_2: i8 = 32
/** Four bytes for what fits into three: 11110000 1000____; and 11110101 1000____ and above. */
const LARGE_OR_OVERLONG_4: i8 = 64
/** Two continuations in a row, which is right behind a lead of three or four bytes only: 10______ 10______. */
const TWO_CONTINUATIONS: i8 = -128

/** Faults that the lower half of the first byte does not rule out. */
const ANY_LOW: i8 = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS
const LARGE_LOW: i8 = ANY_LOW | TOO_LARGE | LARGE_OR_OVERLONG_4
/** Faults of a second byte that is a continuation, whichever. */
const ANY_SECOND: i8 = TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS

// The vectors are functions, because a build without SIMD would have to initialise constants.

/** By the upper half of the first byte. */
function firstHigh(): v128 {
  return i8x16(
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TWO_CONTINUATIONS,
    TWO_CONTINUATIONS,
    TWO_CONTINUATIONS,
    TWO_CONTINUATIONS,
    TOO_SHORT | OVERLONG_2,
    TOO_SHORT,
    TOO_SHORT | OVERLONG_3 | SURROGATE,
    TOO_SHORT | TOO_LARGE | LARGE_OR_OVERLONG_4,
  )
}

/** By the lower half of the first byte. */
function firstLow(): v128 {
  return i8x16(
    ANY_LOW | OVERLONG_3 | OVERLONG_2 | LARGE_OR_OVERLONG_4,
    ANY_LOW | OVERLONG_2,
    ANY_LOW,
    ANY_LOW,
    ANY_LOW | TOO_LARGE,
    LARGE_LOW,
    LARGE_LOW,
    LARGE_LOW,
    LARGE_LOW,
    LARGE_LOW,
    LARGE_LOW,
    LARGE_LOW,
    LARGE_LOW,
    LARGE_LOW | SURROGATE,
    LARGE_LOW,
    LARGE_LOW,
  )
}

/** By the upper half of the second byte. */
function secondHigh(): v128 {
  return i8x16(
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    ANY_SECOND | OVERLONG_3 | LARGE_OR_OVERLONG_4,
    ANY_SECOND | OVERLONG_3 | TOO_LARGE,
    ANY_SECOND | SURROGATE | TOO_LARGE,
    ANY_SECOND | SURROGATE | TOO_LARGE,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
  )
}

/** The largest bytes that need nothing behind them in the last three places of a block. */
function complete(): v128 {
  return i8x16(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, <i8>0xef, <i8>0xdf, <i8>0xbf)
}

/** The places of a block. */
function places(): v128 {
  return i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
}

/**
 * True when [p, end) is well-formed UTF-8. The window is padded, so the last load may read up to 15 bytes behind `end`.
 */
export function isWideText(p: usize, end: usize): bool {
  let before = i8x16.splat(0)
  let faults = i8x16.splat(0)
  while (end - p >= 16) {
    const block = v128.load(p)
    // A block of ASCII ends what stands before it; otherwise `faultsOf` sees that.
    if (i8x16.bitmask(block) == 0) faults = v128.or(faults, unfinished(before))
    else faults = v128.or(faults, faultsOf(before, block))
    before = block
    p += 16
  }
  if (p < end) {
    // What stands behind the end may be anything, and is ASCII here: it goes on with nothing.
    const rest = v128.and(v128.load(p), i8x16.lt_u(places(), i8x16.splat(<i8>(end - p))))
    faults = v128.or(faults, faultsOf(before, rest))
  } else faults = v128.or(faults, unfinished(before))
  return !v128.any_true(faults)
}

/** Not zero where a block ends within a character. */
function unfinished(block: v128): v128 {
  return i8x16.sub_sat_u(block, complete())
}

/** Not zero where a byte of the block does not go with those before it. */
function faultsOf(before: v128, block: v128): v128 {
  const first = v128.shuffle<i8>(
    before,
    block,
    15,
    16,
    17,
    18,
    19,
    20,
    21,
    22,
    23,
    24,
    25,
    26,
    27,
    28,
    29,
    30,
  )
  const second = v128.shuffle<i8>(
    before,
    block,
    14,
    15,
    16,
    17,
    18,
    19,
    20,
    21,
    22,
    23,
    24,
    25,
    26,
    27,
    28,
    29,
  )
  const third = v128.shuffle<i8>(
    before,
    block,
    13,
    14,
    15,
    16,
    17,
    18,
    19,
    20,
    21,
    22,
    23,
    24,
    25,
    26,
    27,
    28,
  )
  const pairs = v128.and(
    v128.and(
      i8x16.swizzle(firstHigh(), i8x16.shr_u(first, 4)),
      i8x16.swizzle(firstLow(), v128.and(first, i8x16.splat(15))),
    ),
    i8x16.swizzle(secondHigh(), i8x16.shr_u(block, 4)),
  )
  // The highest bit where a lead of three bytes stands two before, or one of four bytes three before.
  const leads = v128.or(
    i8x16.sub_sat_u(second, i8x16.splat(<i8>(0xe0 - 0x80))),
    i8x16.sub_sat_u(third, i8x16.splat(<i8>(0xf0 - 0x80))),
  )
  // There two continuations in a row are right, and a fault everywhere else.
  return v128.xor(v128.and(leads, i8x16.splat(TWO_CONTINUATIONS)), pairs)
}
