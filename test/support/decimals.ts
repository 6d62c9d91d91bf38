/**
 * Decimals as JSON and the high-precision numbers of UBJSON write them, most of which no printer of doubles would give:
 * 1 to 60 significant digits, the dot anywhere, any exponent, zeros in front of the digits and behind them.
 */
import type { Random } from './random.ts'

const MAX_DIGITS = 60

/** Significant digits, and the power of ten to multiply them with. */
type Decimal = readonly [digits: string, power: number]

const zeros = (random: Random, max: number): string => '0'.repeat(random.int(0, max))

function digitsOf(random: Random, count: number): string {
  let digits = String(random.int(1, 9))
  while (digits.length < count) digits += String(random.int(0, 9))
  return digits
}

/** Exactly halfway between two doubles of 53 bits; cut off after 60 digits. */
function halfway(random: Random): Decimal {
  const odd = 2n ** 53n + BigInt(random.int(0, 2 ** 52 - 1)) * 2n + 1n
  const shift = random.int(-30, 120)
  const digits = String(shift >= 0 ? odd << BigInt(shift) : odd * 5n ** BigInt(-shift))
  return [digits.slice(0, MAX_DIGITS), Math.min(shift, 0) + Math.max(digits.length - MAX_DIGITS, 0)]
}

/** Where doubles end: what rounds to infinity begins at 2^1024 - 2^970, what rounds to zero ends at 2^-1075. */
const EDGES: readonly Decimal[] = [
  [String(2n ** 1024n - 2n ** 970n), 0],
  [String(5n ** 1075n), -1075],
]

/** A little above or below a decimal. */
function near(random: Random, [digits, power]: Decimal): Decimal {
  return [String(BigInt(digits) * 1000n + random.pick([1n, -1n])), power - 3]
}

/** Kinds of decimals, each a way to go wrong. */
const KINDS: readonly ((random: Random) => Decimal)[] = [
  // Of any magnitude that a double has, and a little beyond.
  (random) => {
    const digits = digitsOf(random, random.int(1, MAX_DIGITS))
    return [digits, random.int(-345, 310) - digits.length]
  },
  // Of a magnitude that people write.
  (random) => {
    const digits = digitsOf(random, random.int(1, MAX_DIGITS))
    return [digits, random.int(-10, 10) - random.int(0, digits.length)]
  },
  // As many digits as 64 bits hold, one fewer, one more.
  (random) => [digitsOf(random, random.int(18, 21)), random.int(-30, 5)],
  // Near multiples of 2^53, 2^63 and 2^64.
  (random) => {
    const unit = 2n ** random.pick([53n, 63n, 64n])
    return [String(BigInt(random.int(1, 6)) * unit + BigInt(random.int(-2, 2))), random.int(-25, 5)]
  },
  // Nines; and a one, zeros, and one digit more.
  (random) => {
    const count = random.int(1, MAX_DIGITS - 2)
    const digits = random.int(0, 1) === 0 ? '9'.repeat(count) : `1${'0'.repeat(count)}${random.int(1, 9)}`
    return [digits, random.int(-count - 5, 5)]
  },
  halfway,
  (random) => near(random, halfway(random)),
  // The first digits of an edge, which are below it, and a little more than those.
  (random) => {
    const [all, power] = random.pick(EDGES)
    const digits = all.slice(0, random.int(10, MAX_DIGITS))
    return near(random, [digits, power + all.length - digits.length])
  },
  // The digits of a double: the shortest, fewer, and more.
  (random) => {
    const text = Math.abs(random.float()).toExponential(random.pick([undefined, 15, 16, 17, 18, 19, 20, 25]))
    const [mantissa, exponent] = text.split('e') as [string, string]
    const digits = mantissa.replace('.', '').replace(/^0+$/, '0')
    return [digits, Number(exponent) - digits.length + 1]
  },
  (random) => ['0', random.int(-400, 400)],
]

/** The digits with the dot behind the first `point` of them: before them for a negative one, or far behind them. */
function mantissaOf(random: Random, digits: string, point: number): string {
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}${zeros(random, 8)}`
  if (point < digits.length) return `${digits.slice(0, point)}.${digits.slice(point)}${zeros(random, 8)}`
  const whole = digits.padEnd(point, '0')
  return random.int(0, 1) === 0 ? whole : `${whole}.0${zeros(random, 8)}`
}

/** A decimal, sometimes an integer; as a double it may be zero or infinite. */
export function decimalText(random: Random): string {
  const [digits, power] = random.pick(KINDS)(random)
  const sign = random.pick(['', '', '-'])
  const end = digits === '0' ? 1 : digits.length + power
  if (end >= -40 && end <= 80 && random.int(0, 2) > 0) return sign + mantissaOf(random, digits, end)
  const point = random.int(-25, digits === '0' ? 1 : digits.length + 6)
  const exponent = digits.length + power - point
  // Beyond every double, and beyond 32 and 64 bits.
  const isHuge = random.int(0, 49) === 0 && (digits === '0' || exponent < 0)
  const text = `${zeros(random, 2)}${Math.abs(exponent)}${isHuge ? digitsOf(random, random.int(6, 25)) : ''}`
  const mark = exponent < 0 ? '-' : random.pick(['', '+'])
  return `${sign}${mantissaOf(random, digits, point)}${random.pick(['e', 'E'])}${mark}${text}`
}

const MAX_EXACT = 2n ** 53n

/** The value of a decimal: an integer beyond 2^53 is a BigInt, all else the nearest double. */
export function decimalValue(text: string): number | bigint {
  if (/[.eE]/.test(text)) return Number(text)
  const exact = BigInt(text)
  return exact > MAX_EXACT || exact < -MAX_EXACT ? exact : Number(text)
}
