/** Decimals of more digits than a double holds, exactly rounded, without making a string of them. */

/** Powers of ten that a double holds exactly. */
export const POWERS: readonly number[] = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))

/** Splits a double into halves of 26 bits (Veltkamp). */
const SPLITTER = 0x800_0001

/** Of the quotient: far more than the steps below can be wrong, far less than what decides a rounding by chance. */
const DOUBT = 2 ** -94

/**
 * The double nearest to `high * 10^lowDigits + low` over 10^decimals, both parts of at most 15 digits; NaN when it is
 * not known for sure. Computed with twice the digits of a double (Dekker 1971).
 */
export function longDecimal(high: number, low: number, lowDigits: number, decimals: number): number {
  if (lowDigits > 15 || decimals > 22) return Number.NaN
  const scale = POWERS[lowDigits] as number
  const power = POWERS[decimals] as number
  // Integers: the product and its error are exact, and so is the sum of what is small.
  const product = high * scale
  const rest = errorOf(high, scale, product) + low
  const upper = product + rest
  const lower = rest - (upper - product)
  const quotient = upper / power
  const back = quotient * power
  const more = (upper - back - errorOf(quotient, power, back) + lower) / power
  const doubt = quotient * DOUBT
  const result = quotient + (more - doubt)
  return result === quotient + (more + doubt) ? result : Number.NaN
}

/** What the product of two doubles has been rounded by: `a * b - product`, exactly. */
function errorOf(a: number, b: number, product: number): number {
  const c = SPLITTER * a
  const a1 = c - (c - a)
  const a2 = a - a1
  const d = SPLITTER * b
  const b1 = d - (d - b)
  const b2 = b - b1
  return a2 * b2 - (product - a1 * b1 - a2 * b1 - a1 * b2)
}
