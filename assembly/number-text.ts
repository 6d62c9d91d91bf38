/**
 * Numbers as text and back, exactly as V8 does it: the nearest double of a decimal, the shortest decimal of a double.
 * Sources: D. Lemire, "Number Parsing at a Gigabyte per Second" (2021), with N. Mushtak's proof that it needs no
 * fallback (2023); R. Giulietti, "The Schubfach way to render doubles" (2020).
 */
import { buildPowers, multiplyHigh, powerHigh, powerLow } from './powers'

const EXACT: u64 = 1 << 53
const HIDDEN: u64 = 1 << 52
const INFINITY_BITS: u64 = 0x7ff0000000000000
// biome-ignore format: one table
const TENS: usize = memory.data<f64>([
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
])

/** The double nearest to w * 10^q; infinity beyond all doubles. */
export function toDouble(w: u64, q: i32): f64 {
  if (w <= EXACT && q >= -22 && q <= 22) {
    // Both are exact doubles, so one operation rounds once.
    if (q < 0) return <f64>w / load<f64>(TENS + ((<usize>-q) << 3))
    return <f64>w * load<f64>(TENS + ((<usize>q) << 3))
  }
  if (w == 0 || q < -342) return 0
  if (q > 308) return Infinity
  buildPowers()
  return reinterpret<f64>(nearest(w, q))
}

/** The bits of that double: Lemire's algorithm. */
function nearest(w: u64, q: i32): u64 {
  const zeros = <i32>clz(w)
  w <<= zeros
  let high = powerHigh(q)
  let low = powerLow(q)
  // The proof wants these few rounded up.
  if (q < 0 && q >= -27) high += u64(++low == 0)
  let upper = multiplyHigh(w, high)
  let lower = w * high
  if ((upper & 0x1ff) == 0x1ff) {
    const more = multiplyHigh(w, low)
    lower += more
    if (more > lower) upper++
  }
  const top = <i32>(upper >> 63)
  const shift = top + 9
  let mantissa = upper >> shift
  let power = ((217706 * q) >> 16) + 63 + top - zeros + 1023
  if (power <= 0) {
    if (power <= -63) return 0
    mantissa >>= 1 - power
    mantissa = (mantissa + (mantissa & 1)) >> 1
    return mantissa
  }
  // Halfway between two doubles, exactly: to the even one.
  if (lower <= 1 && q >= -4 && q <= 23 && (mantissa & 3) == 1 && mantissa << shift == upper) mantissa--
  mantissa = (mantissa + (mantissa & 1)) >> 1
  if (mantissa >= HIDDEN << 1) {
    mantissa = HIDDEN
    power++
  }
  if (power >= 0x7ff) return INFINITY_BITS
  return (mantissa & ~HIDDEN) | ((<u64>power) << 52)
}

/**
 * The double nearest to the digits [p, end), with an optional dot, times 10 to the exponent; more digits than 64 bits
 * hold. NaN when it takes more than the first nineteen to tell.
 */
export function longToDouble(p: usize, end: usize, exponent: i32): f64 {
  let w: u64 = 0
  let digits = 0
  let isCut = false
  let afterDot = false
  for (; p < end; p++) {
    const digit = <u32>load<u8>(p) - 0x30
    if (digit > 9) {
      afterDot = true
    } else if (digits < 19) {
      w = w * 10 + digit
      if (w != 0) digits++
      if (afterDot) exponent--
    } else {
      if (digit != 0) isCut = true
      if (!afterDot) exponent++
    }
  }
  const value = toDouble(w, exponent)
  return !isCut || toDouble(w + 1, exponent) == value ? value : NaN
}

// The last `shortest`: its digits without zeros at the end, and the power of ten to multiply them with.
let digits: u64 = 0
let exponent: i32 = 0

/** Finds the shortest decimal of a double that is positive and finite. */
function shortest(value: f64): void {
  // Up to fifteen digits no two decimals are one double: what reads back equal is the shortest.
  if (value < 1e9) {
    let scaled = f64.nearest(value * 1e3)
    exponent = -3
    if (scaled / 1e3 != value) {
      scaled = f64.nearest(value * 1e6)
      exponent = -6
    }
    if (scaled != 0 && scaled / load<f64>(TENS + ((<usize>-exponent) << 3)) == value) {
      digits = <u64>scaled
      return trim()
    }
  }
  schubfach(reinterpret<u64>(value))
  trim()
}

function trim(): void {
  while (digits % 10 == 0) {
    digits /= 10
    exponent++
  }
}

function schubfach(bits: u64): void {
  buildPowers()
  const fraction = bits & (HIDDEN - 1)
  const biased = <i32>(bits >> 52)
  const c = biased == 0 ? fraction : fraction | HIDDEN
  const q = (biased == 0 ? 1 : biased) - 1075
  const isOdd = c & 1
  // At a power of two the neighbour below is closer.
  const isCloser: u64 = fraction == 0 && biased > 1 ? 1 : 0
  const k = (q * 1262611 - (isCloser != 0 ? 524031 : 0)) >> 22
  const shift = q + ((-k * 1741647) >> 19) + 1
  const high = powerHigh(-k)
  // The paper's table has each power cut off, plus one. An exact one is then too large by one, which no double notices:
  // a search of all significands by continued fractions finds none where `roundToOdd` gives something else.
  const low = powerLow(-k) + 1
  const middle = roundToOdd(high, low, (c << 2) << shift)
  const lower = roundToOdd(high, low, ((c << 2) - 2 + isCloser) << shift) + isOdd
  const upper = roundToOdd(high, low, ((c << 2) + 2) << shift) - isOdd
  const s = middle >> 2
  if (s >= 10) {
    const tenth = s / 10
    const isBelow = lower <= 40 * tenth
    const isAbove = 40 * tenth + 40 <= upper
    if (isBelow != isAbove) {
      digits = isAbove ? tenth + 1 : tenth
      exponent = k + 1
      return
    }
  }
  exponent = k
  const isBelow = lower <= s << 2
  const isAbove = (s << 2) + 4 <= upper
  if (isBelow != isAbove) {
    digits = isAbove ? s + 1 : s
    return
  }
  const half = (s << 2) + 2
  digits = middle > half || (middle == half && (s & 1) != 0) ? s + 1 : s
}

function roundToOdd(high: u64, low: u64, factor: u64): u64 {
  const carried = multiplyHigh(low, factor)
  const product = high * factor + carried
  const upper = multiplyHigh(high, factor) + (product < carried ? 1 : 0)
  return upper | (product > 1 ? 1 : 0)
}

/** Writes the digits of a number; returns the end. */
export function writeUnsigned(o: usize, value: u64): usize {
  if (value < 100_000_000) return writeShort(o, <u32>value)
  const upper = value / 100_000_000
  if (upper < 100_000_000) o = writeShort(o, <u32>upper)
  else {
    o = writeShort(o, <u32>(upper / 100_000_000))
    o = writeEight(o, <u32>(upper % 100_000_000))
  }
  return writeEight(o, <u32>(value % 100_000_000))
}

/** A number below 10^9 with as many digits as it has. */
function writeShort(o: usize, value: u32): usize {
  let length: usize = 1
  let limit: u32 = 10
  while (value >= limit) {
    limit *= 10
    length++
  }
  const end = o + length
  let p = end
  while (p > o) {
    store<u8>(--p, <u8>(0x30 + (value % 10)))
    value /= 10
  }
  return end
}

/** Eight digits, zeros in front. */
function writeEight(o: usize, value: u32): usize {
  for (let p = o + 8; p > o; ) {
    store<u8>(--p, <u8>(0x30 + (value % 10)))
    value /= 10
  }
  return o + 8
}

const ZERO: u32 = 0x30
const DOT: u32 = 0x2e
/** `.0` */
const POINT_ZERO: u16 = 0x302e

/**
 * Writes a finite double as JSON text, at most 26 bytes: with a fraction as JavaScript writes it, without one as
 * Python does, so that every reader takes it for a float: `1.0`, `1e+16`. Returns the end.
 */
export function writeDouble(o: usize, value: f64): usize {
  if (reinterpret<i64>(value) < 0) {
    store<u8>(o++, 0x2d)
    value = -value
  }
  if (value < <f64>EXACT && f64.trunc(value) == value) {
    o = writeUnsigned(o, <u64>value)
    store<u16>(o, POINT_ZERO)
    return o + 2
  }
  shortest(value)
  const end = writeUnsigned(o, digits)
  const length = <i32>(end - o)
  const point = length + exponent
  if (value >= 1e16) return writeExponent(o, length, point - 1)
  if (exponent >= 0) {
    // From 2^53 to 10^16.
    let p = end
    while (exponent-- > 0) store<u8>(p++, <u8>ZERO)
    store<u16>(p, POINT_ZERO)
    return p + 2
  }
  if (point > 0) {
    shift(o + point, 1)
    store<u8>(o + point, <u8>DOT)
    return end + 1
  }
  if (point <= -6) return writeExponent(o, length, point - 1)
  const zeros = 2 - point
  shift(o, zeros)
  store<u64>(o, 0x3030303030302e30)
  // The zeros may have covered the first digits.
  unshift(o, zeros)
  return end + zeros
}

// What `shift` moves: up to 17 digits.
let first: u64 = 0
let second: u64 = 0
let third: u8 = 0

/** Moves up to 17 digits at `p` a few places. */
function shift(p: usize, places: i32): void {
  first = load<u64>(p)
  second = load<u64>(p, 8)
  third = load<u8>(p, 16)
  unshift(p, places)
}

/** Stores them again. */
function unshift(p: usize, places: i32): void {
  const to = p + places
  store<u64>(to, first)
  store<u64>(to, second, 8)
  store<u8>(to, third, 16)
}

/** Turns the digits at `o` into a number with an exponent. */
function writeExponent(o: usize, length: i32, power: i32): usize {
  let p = o + length
  if (length > 1) {
    shift(o + 1, 1)
    store<u8>(o + 1, <u8>DOT)
    p++
  }
  store<u8>(p, 0x65)
  store<u8>(p, power < 0 ? 0x2d : 0x2b, 1)
  return writeShort(p + 2, <u32>abs(power))
}
