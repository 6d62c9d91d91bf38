/** What the writers of several formats do with texts and numbers alike. */
import { Fault, isLenient, isWellFormed, type Nesting } from './encode-value.ts'
import type { Output } from './output.ts'
import { LONE_SURROGATE } from './utf8.ts'

/** Checks text that is not ASCII. Throws BAD_UTF8 for a lone surrogate; returns when U+FFFD is written instead. */
export function checkText(out: Nesting, text: string): void {
  if (!isLenient(out) && !isWellFormed(text)) throw new Fault('BAD_UTF8', LONE_SURROGATE)
}

/** The same for text that `utf8` has just written. */
export function checkWritten(out: Output, text: string): void {
  if (out.hasLone !== false) checkText(out, text)
}

/** About so many bytes a text will have in UTF-8; the number for ASCII. */
export function aboutBytes(text: string): number {
  const { length } = text
  return text.charCodeAt(0) >= 0x800 ? (length * 11) >> 2 : length
}

/**
 * An exact integer in two's complement: `floor` makes the upper half of a negative one. There is room for nine bytes.
 */
export function writeLong(out: Output, code: number, value: number, isWide: boolean): void {
  const { bytes } = out
  let { at } = out
  bytes[at++] = code
  if (isWide) {
    const high = Math.floor(value / 0x1_0000_0000)
    bytes[at] = high >> 24
    bytes[at + 1] = high >> 16
    bytes[at + 2] = high >> 8
    bytes[at + 3] = high
    at += 4
  }
  const low = value >>> 0
  bytes[at] = low >>> 24
  bytes[at + 1] = low >>> 16
  bytes[at + 2] = low >>> 8
  bytes[at + 3] = low
  out.at = at + 4
}

/** True for a finite number that is no integer. */
export function hasFraction(value: unknown): value is number {
  return typeof value === 'number' && Math.trunc(value) !== value && !Number.isNaN(value)
}

/** A code and 64 bits. */
const FLOAT_BYTES = 9

/** The element that `writeFloats` has asked and not written. */
let asked: unknown = null

/**
 * Writes the numbers of an array that have a fraction, each in 64 bits behind `code`: `value`, which is the element at
 * `index`, and those that follow it. Returns the index of the first element that is something else, which `takeAsked`
 * then has, because each element is asked once. Engines keep such numbers as they are in one loop.
 */
export function writeFloats(
  out: Output,
  code: number,
  value: number,
  array: readonly unknown[],
  index: number,
  length: number,
): number {
  writeFloat(out, code, value)
  let { bytes, at } = out
  let view = out.dataView()
  for (let i = index + 1; i < length; i++) {
    const next = array[i]
    if (!hasFraction(next)) {
      out.at = at
      asked = next
      return i
    }
    if (at + FLOAT_BYTES > bytes.length) {
      out.at = at
      out.reserve(FLOAT_BYTES)
      ;({ bytes, at } = out)
      view = out.dataView()
    }
    bytes[at] = code
    view.setFloat64(at + 1, next)
    at += FLOAT_BYTES
  }
  out.at = at
  return length
}

/** The element at the index that `writeFloats` has returned. */
export function takeAsked(): unknown {
  const value = asked
  asked = null
  return value
}

/** A float of 64 bits behind the code that says so. */
export function writeFloat(out: Output, code: number, value: number): void {
  out.u8(code)
  out.f64(value)
}
