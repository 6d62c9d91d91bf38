/** What the writers of several formats do with texts and numbers alike. */
import { Fault, isLenient, isWellFormed, type Nesting } from './encode-value.ts'
import type { Output } from './output.ts'
import { LONE_SURROGATE } from './utf8.ts'

/** Checks text that is not ASCII. Throws BAD_UTF8 for a lone surrogate; returns when U+FFFD is written instead. */
export function checkText(out: Nesting, text: string): void {
  if (!isLenient(out) && !isWellFormed(text)) throw new Fault('BAD_UTF8', LONE_SURROGATE)
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
