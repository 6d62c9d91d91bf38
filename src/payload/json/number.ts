/** Numbers of JSON: what is common as integers of the machine, all else as `Number` and `BigInt` read it. */
import { maxDigits } from '../decode-rules.ts'
import { MAX_EXACT } from '../encode-value.ts'
import { readSingle } from '../utf8.ts'
import { Float64 } from '../values.ts'
import { longDecimal, POWERS } from './decimal.ts'
import { bytes, end, ends, failAt, isLast, rules, shift, source, sourceEnd, unexpected } from './input.ts'
import { DIGIT_0 } from './syntax.ts'

const PLUS = 0x2b
const MINUS = 0x2d
const POINT = 0x2e
const UPPER_E = 0x45
const LOWER_E = 0x65

/** Digits of an integer of 32 bits. */
const WORD_DIGITS = 9

/** Digits of which each number is exact in a double, and its quotient by 10 to as many is rounded once. */
const EXACT_DIGITS = 15

const MAX_EXACT_BIGINT = 2n ** 53n

/** Bytes of the window that `readNumber` needs, unless they are the last ones. */
export const NUMBER_ROOM = 32

/** The index behind the number that was read last; it may be behind the window. */
export let numberEnd = 0

/**
 * The number at `at`. Throws ProtocolError with BAD_TOKEN if there is no value, TRUNCATED, BAD_NUMBER or SIZE_LIMIT.
 */
export function readNumber(at: number): number | bigint | Float64 {
  const b = bytes
  const isNegative = b[at] === MINUS
  const first = isNegative ? at + 1 : at
  let i = first
  let limit = first + WORD_DIGITS
  let point = 0
  let whole = 0
  let digit = (b[i] as number) - DIGIT_0
  while (digit >>> 0 < 10 && i < limit) {
    whole = (Math.imul(whole, 10) + digit) | 0
    digit = (b[++i] as number) - DIGIT_0
  }
  if (i === first || (b[first] === DIGIT_0 && i > first + 1)) return anyNumber(at)
  if (digit === POINT - DIGIT_0) {
    point = i
    limit++
    digit = (b[++i] as number) - DIGIT_0
    while (digit >>> 0 < 10 && i < limit) {
      whole = (Math.imul(whole, 10) + digit) | 0
      digit = (b[++i] as number) - DIGIT_0
    }
  }
  if (digit >>> 0 < 10 || digit === POINT - DIGIT_0) return longNumber(at, whole, i, point)
  if (digit === LOWER_E - DIGIT_0 || digit === UPPER_E - DIGIT_0) return anyNumber(at)
  let result = whole
  if (point !== 0) {
    const decimals = i - point - 1
    if (decimals === 0 || rules.floats === 'exact') return anyNumber(at)
    result /= POWERS[decimals] as number
  }
  numberEnd = i
  return isNegative ? -result : result
}

/** A number of more than nine digits, the first of which are `high`; at `from` are more, or the point. */
function longNumber(at: number, high: number, from: number, before: number): number | bigint | Float64 {
  const b = bytes
  let i = from
  let point = before
  let low = 0
  let count = 0
  let digit = (b[i] as number) - DIGIT_0
  for (;;) {
    if (digit >>> 0 < 10) {
      if (++count > WORD_DIGITS) return anyNumber(at)
      low = (Math.imul(low, 10) + digit) | 0
    } else if (digit === POINT - DIGIT_0 && point === 0) point = i
    else break
    digit = (b[++i] as number) - DIGIT_0
  }
  if (digit === LOWER_E - DIGIT_0 || digit === UPPER_E - DIGIT_0) return anyNumber(at)
  let result: number
  if (point === 0) {
    result = high * (POWERS[count] as number) + low
    if (result >= MAX_EXACT) return anyNumber(at)
  } else {
    const decimals = i - point - 1
    if (decimals === 0 || rules.floats === 'exact') return anyNumber(at)
    result =
      count <= EXACT_DIGITS - WORD_DIGITS
        ? (high * (POWERS[count] as number) + low) / (POWERS[decimals] as number)
        : longDecimal(high, low, count, decimals)
    if (Number.isNaN(result)) return anyNumber(at)
  }
  numberEnd = i
  return b[at] === MINUS ? -result : result
}

/** Any number, as the rules want it. Throws as `readNumber`. */
export function anyNumber(at: number): number | bigint | Float64 {
  let i = at
  while (isOfNumber(bytes[i] as number)) i++
  if (i < end || isLast) return numberIn(bytes, at, end, shift)
  // It is longer than the window.
  const made = numberIn(source, shift + at, sourceEnd, 0)
  numberEnd -= shift
  return made
}

/** True for what numbers consist of. */
function isOfNumber(code: number): boolean {
  return (
    (code - DIGIT_0) >>> 0 < 10 ||
    code === POINT ||
    code === MINUS ||
    code === PLUS ||
    (code | 0x20) === LOWER_E
  )
}

/** The number at `b[at, stop)`; an index and `base` are one of the source. */
function numberIn(b: Uint8Array, at: number, stop: number, base: number): number | bigint | Float64 {
  const isDigit = (i: number): boolean => i < stop && ((b[i] as number) - DIGIT_0) >>> 0 < 10
  const digitsEnd = (from: number): number => {
    let i = from
    while (isDigit(i)) i++
    if (i > from) return i
    throw i >= stop ? ends() : failAt('BAD_NUMBER', base + at)
  }
  const isNegative = b[at] === MINUS
  const first = isNegative ? at + 1 : at
  if (!isDigit(first)) throw unexpected(first + base - shift)
  let i = digitsEnd(first)
  const digits = i - first
  if (digits > 1 && b[first] === DIGIT_0) throw failAt('BAD_NUMBER', base + at)
  let isInteger = true
  if (b[i] === POINT && i < stop) {
    isInteger = false
    i = digitsEnd(i + 1)
  }
  if (((b[i] as number) | 0x20) === LOWER_E && i < stop) {
    isInteger = false
    i++
    if (i < stop && (b[i] === PLUS || b[i] === MINUS)) i++
    i = digitsEnd(i)
  }
  if (isInteger && digits > maxDigits(rules)) throw failAt('SIZE_LIMIT', base + at)
  const text = readSingle(b, at, i)
  numberEnd = i
  return isInteger ? integer(text, base + at) : float(Number(text), base + at)
}

function float(value: number, offset: number): number | Float64 {
  if (!Number.isFinite(value)) throw failAt('BAD_NUMBER', offset)
  return rules.floats === 'exact' && Number.isInteger(value) ? new Float64(value) : value
}

function integer(text: string, offset: number): number | bigint {
  const { integers } = rules
  const value = Number(text)
  if (Object.is(value, -0)) return value
  // Strictly below: 2^53 is also what 2^53 + 1 rounds to.
  if (Math.abs(value) < MAX_EXACT) return integers === 'bigint' ? BigInt(value) : value
  const exact = BigInt(text)
  if (integers === 'bigint') return exact
  if (exact === MAX_EXACT_BIGINT || exact === -MAX_EXACT_BIGINT) return value
  if (integers === 'auto') return exact
  if (!Number.isFinite(value)) throw failAt('BAD_NUMBER', offset)
  return value
}
