/**
 * Facts about numbers: floats of 16 bits; and where doubles end. The decimal that lies halfway between the largest
 * double and 2^1024 is the smallest one that rounds to infinity (ties go to even, and infinity is the even neighbour).
 */

/** The value of a float of 16 bits (IEEE 754 binary16). */
export function halfFloat(bits: u32): f64 {
  const exponent = (bits >> 10) & 31
  const fraction = <u64>(bits & 0x3ff)
  const sign = (<u64>(bits >> 15)) << 63
  // The smallest is 2^-24.
  const small = <f64>fraction * 5.9604644775390625e-8
  if (exponent == 0) return reinterpret<f64>(reinterpret<u64>(small) | sign)
  const biased: u64 = exponent == 31 ? 0x7ff : <u64>exponent + 1008
  return reinterpret<f64>(sign | (biased << 52) | (fraction << 42))
}

/** Its digits: 2^1024 - 2^970. */
export const OVERFLOW_DIGITS: i32 = 309
// biome-ignore format: one number
export const OVERFLOW_TEXT: usize = memory.data<u8>([
  49, 55, 57, 55, 54, 57, 51, 49, 51, 52, 56, 54, 50, 51, 49, 53, 56, 48, 55, 57, 51, 55, 50, 56, 57, 55, 49, 52,
  48, 53, 51, 48, 51, 52, 49, 53, 48, 55, 57, 57, 51, 52, 49, 51, 50, 55, 49, 48, 48, 51, 55, 56, 50, 54, 57, 51,
  54, 49, 55, 51, 55, 55, 56, 57, 56, 48, 52, 52, 52, 57, 54, 56, 50, 57, 50, 55, 54, 52, 55, 53, 48, 57, 52, 54,
  54, 52, 57, 48, 49, 55, 57, 55, 55, 53, 56, 55, 50, 48, 55, 48, 57, 54, 51, 51, 48, 50, 56, 54, 52, 49, 54, 54,
  57, 50, 56, 56, 55, 57, 49, 48, 57, 52, 54, 53, 53, 53, 53, 52, 55, 56, 53, 49, 57, 52, 48, 52, 48, 50, 54, 51,
  48, 54, 53, 55, 52, 56, 56, 54, 55, 49, 53, 48, 53, 56, 50, 48, 54, 56, 49, 57, 48, 56, 57, 48, 50, 48, 48, 48,
  55, 48, 56, 51, 56, 51, 54, 55, 54, 50, 55, 51, 56, 53, 52, 56, 52, 53, 56, 49, 55, 55, 49, 49, 53, 51, 49, 55,
  54, 52, 52, 55, 53, 55, 51, 48, 50, 55, 48, 48, 54, 57, 56, 53, 53, 53, 55, 49, 51, 54, 54, 57, 53, 57, 54, 50,
  50, 56, 52, 50, 57, 49, 52, 56, 49, 57, 56, 54, 48, 56, 51, 52, 57, 51, 54, 52, 55, 53, 50, 57, 50, 55, 49, 57,
  48, 55, 52, 49, 54, 56, 52, 52, 52, 51, 54, 53, 53, 49, 48, 55, 48, 52, 51, 52, 50, 55, 49, 49, 53, 53, 57, 54,
  57, 57, 53, 48, 56, 48, 57, 51, 48, 52, 50, 56, 56, 48, 49, 55, 55, 57, 48, 52, 49, 55, 52, 52, 57, 55, 55, 57,
  50,
])
