/**
 * Powers of ten as significands of 128 bits, for number-text.ts. 669 of them would be 10 KB of the binary; they are
 * computed at first use instead, exactly, in well under a millisecond.
 */

/** Parsing needs 10^-342 to 10^308, printing 10^-292 to 10^324. */
const FIRST: i32 = -342
const LAST: i32 = 324
/** Two words each: the upper and the lower half of the significand, cut off, its highest bit set. */
const POWERS: usize = memory.data((LAST - FIRST + 1) * 16, 16)

/** A big number while the table is made: limbs of 32 bits, the lowest first, and zeros below it. */
const ZERO_LIMBS: usize = 5
const TOP_LIMB: i32 = 29
const BIG: usize = memory.data(160, 16)
const LIMBS: usize = BIG + ZERO_LIMBS * 4

let isBuilt: bool = false

/** Makes the table, once. */
export function buildPowers(): void {
  if (isBuilt) return
  isBuilt = true
  // 5^q, which has the significand of 10^q.
  store<u32>(LIMBS, 1)
  let top = 0
  for (let q = 0; q <= LAST; q++) {
    keep(q, top)
    let carry: u64 = 0
    for (let i = 0; i <= top; i++) {
      const product = <u64>limb(i) * 5 + carry
      store<u32>(LIMBS + ((<usize>i) << 2), <u32>product)
      carry = product >> 32
    }
    if (carry != 0) store<u32>(LIMBS + ((<usize>++top) << 2), <u32>carry)
  }
  // 2^928 / 5^-q, cut off: dividing what was cut off already gives the same. 10^-342 has 133 bits left.
  memory.fill(BIG, 0, 160)
  store<u32>(LIMBS + (TOP_LIMB << 2), 1)
  top = TOP_LIMB
  for (let q = -1; q >= FIRST; q--) {
    let rest: u64 = 0
    for (let i = top; i >= 0; i--) {
      const dividend = (rest << 32) | limb(i)
      store<u32>(LIMBS + ((<usize>i) << 2), <u32>(dividend / 5))
      rest = dividend % 5
    }
    if (limb(top) == 0) top--
    keep(q, top)
  }
}

function limb(i: i32): u32 {
  return load<u32>(LIMBS + ((<usize>i) << 2))
}

/** Stores the upper 128 bits of the big number, whose highest limb is `top`. */
function keep(q: i32, top: i32): void {
  const p = LIMBS + ((<usize>top) << 2)
  let high = ((<u64>load<u32>(p)) << 32) | load<u32>(p - 4)
  let low = ((<u64>load<u32>(p - 8)) << 32) | load<u32>(p - 12)
  const shift = clz(high)
  if (shift != 0) {
    high = (high << shift) | (low >> (64 - shift))
    low = (low << shift) | (((<u64>load<u32>(p - 16)) << 32) >> (64 - shift))
  }
  const at = POWERS + ((<usize>(q - FIRST)) << 4)
  store<u64>(at, high)
  store<u64>(at, low, 8)
}

/** The upper half of 10^q's significand. */
export function powerHigh(q: i32): u64 {
  return load<u64>(POWERS + ((<usize>(q - FIRST)) << 4))
}

/** The lower half. */
export function powerLow(q: i32): u64 {
  return load<u64>(POWERS + ((<usize>(q - FIRST)) << 4), 8)
}

/** The upper half of a product of 128 bits. */
export function multiplyHigh(a: u64, b: u64): u64 {
  const aLow = a & 0xffffffff
  const aHigh = a >> 32
  const bLow = b & 0xffffffff
  const bHigh = b >> 32
  const middle = aHigh * bLow + ((aLow * bLow) >> 32)
  return aHigh * bHigh + (middle >> 32) + ((aLow * bHigh + (middle & 0xffffffff)) >> 32)
}
