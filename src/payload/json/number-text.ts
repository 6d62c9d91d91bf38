/**
 * Numbers as JSON text, for `json/write.ts`: the text of `String`, written as bytes without making a string where the
 * digits are easily found, as they are for most numbers in messages. A number beyond 2^53 is written as a float: a text
 * of digits alone is an exact integer, which a number of this size is not.
 */
import { MAX_EXACT } from '../encode-value.ts'
import type { Output } from '../output.ts'

const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30

/** Numbers below this have their digits found here; so have integers up to 2^53, in two halves. */
const EASY_LIMIT = 1_000_000_000
const HALF_DIGITS = 9

/** Parts of one that are found here: six places after the point. */
const PARTS = 1_000_000
const PLACES = 6

/** A float has an exponent from here on, and below here, as in Python. */
const EXPONENT_FROM = 1e16
const EXPONENT_BELOW = 1e-4

/** Writes a finite number as `JSON.stringify` does, but -0 as `-0.0`, and beyond 2^53 as a `Float64` is written. */
export function writeFinite(out: Output, value: number): void {
  const magnitude = value < 0 ? -value : value
  if (magnitude >= EASY_LIMIT) {
    if (magnitude > MAX_EXACT) out.ascii(floatText(value))
    else if (Number.isInteger(magnitude)) writeLong(out, value < 0, magnitude)
    else out.ascii(String(value))
    return
  }
  const whole = magnitude | 0
  if (whole === magnitude) {
    if (value === 0 && 1 / value < 0) {
      out.ascii('-0.0')
      return
    }
    out.reserve(10)
    if (value < 0) out.bytes[out.at++] = MINUS
    writeDigits(out, whole)
    return
  }
  const parts = Math.round(magnitude * PARTS)
  // Of decimals with up to 15 digits no two are the same double: the one that reads back equal is the shortest there
  // is.
  if (parts / PARTS !== magnitude) {
    out.ascii(String(value))
    return
  }
  out.reserve(11 + PLACES)
  if (value < 0) out.bytes[out.at++] = MINUS
  writeDigits(out, whole)
  writePlaces(out, parts - whole * PARTS)
}

/**
 * A float as Python's `repr` writes it: the shortest digits that read back equal (JavaScript's are the same), always a
 * fraction or an exponent, and two digits of an exponent at least.
 */
export function floatText(value: number): string {
  const magnitude = Math.abs(value)
  if (magnitude >= EXPONENT_FROM) return value.toExponential()
  if (Number.isInteger(value)) return Object.is(value, -0) ? '-0.0' : `${value}.0`
  if (magnitude >= EXPONENT_BELOW) return String(value)
  return value.toExponential().replace(/e-(?=\d$)/, 'e-0')
}

/** Writes an integer of 10^9 to 2^53: ids and times are of this size. */
function writeLong(out: Output, isNegative: boolean, magnitude: number): void {
  out.reserve(8 + HALF_DIGITS)
  if (isNegative) out.bytes[out.at++] = MINUS
  // Exact: up to 2^53 a quotient is never so near to the next integer that it is rounded to it.
  const high = Math.floor(magnitude / EASY_LIMIT)
  writeDigits(out, high)
  writeDigits(out, magnitude - high * EASY_LIMIT, HALF_DIGITS)
}

/** Writes an integer of 0 to 999,999,999 with so many digits; there is room. */
function writeDigits(out: Output, value: number, digits: number = digitsOf(value)): void {
  const { bytes } = out
  const end = out.at + digits
  let rest = value | 0
  let at = end
  // Two at a time: a division takes longer than all else.
  while (at > out.at + 1) {
    const hundreds = (rest / 100) | 0
    const pair = rest - hundreds * 100
    const tens = (pair * 103) >> 10
    bytes[--at] = ZERO + pair - tens * 10
    bytes[--at] = ZERO + tens
    rest = hundreds
  }
  if (at > out.at) bytes[--at] = ZERO + rest
  out.at = end
}

function digitsOf(value: number): number {
  if (value < 10_000) return value < 100 ? (value < 10 ? 1 : 2) : value < 1000 ? 3 : 4
  if (value < 1_000_000) return value < 100_000 ? 5 : 6
  return value < 100_000_000 ? (value < 10_000_000 ? 7 : 8) : 9
}

/**
 * Writes the point and what stands behind it: so many millionths, not 0, without the zeros at the end; there is room.
 */
function writePlaces(out: Output, millionths: number): void {
  const { bytes } = out
  let places = PLACES
  let rest = millionths
  while (rest % 10 === 0) {
    rest /= 10
    places--
  }
  bytes[out.at] = POINT
  const end = out.at + 1 + places
  for (let at = end - 1; at > out.at; at--) {
    const tens = (rest / 10) | 0
    bytes[at] = ZERO + rest - tens * 10
    rest = tens
  }
  out.at = end
}
