/**
 * Strings of JSON. Those of ASCII are pieces of one string for each 1,024 bytes, and so are those beyond it where they
 * are near to each other: a text that is kept keeps no more than that beside it.
 */
import type { ProtocolError } from '../../errors.ts'
import { invalidUtf8At } from '../decode-value.ts'
import { shortText } from '../short-text.ts'
import { CHARWISE_BELOW, NO_PART_BELOW, PART_BYTES } from '../text-parts.ts'
import { readSingle, readText as readUtf8 } from '../utf8.ts'
import { bytes, end, ends, failAt, isLast, shift, show, source, sourceEnd } from './input.ts'
import { BACKSLASH, DIGIT_0, LOWER_U, QUOTE } from './syntax.ts'

const ESCAPED = '"\\/bfnrt'
const ESCAPES = '"\\/\b\f\n\r\t'
const HEX = '0123456789abcdef'

/** Texts beyond ASCII with fewer bytes between them become strings together. */
const MAX_GAP = 256

/** For a byte that ends a run of text. */
export const STOP = 8

/** UTF-16 units of the character that a byte begins, or STOP. */
export const UNITS: Uint8Array = unitsOfBytes()

function unitsOfBytes(): Uint8Array {
  const units = new Uint8Array(256).fill(STOP, 0, 0x20)
  units.fill(1, 0x20, 0x80).fill(1, 0xc0, 0xf0).fill(2, 0xf0)
  units[QUOTE] = units[BACKSLASH] = STOP
  return units
}

/** The index behind the string that was read last. */
export let textEnd = 0

/** The text of ASCII in `[partStart, partEnd)`. */
let part = ''
let partStart = 0
let partEnd = 0
/** Any text up to `wideEnd`; `wideUnit` is the place in it of the byte at `wideAt`. */
let wide = ''
let wideAt = 0
let wideUnit = 0
let wideEnd = 0
/** Something in it may not be UTF-8. */
let isDubious = false
/** The index behind the last text beyond ASCII. */
let lastWide = 0

/** Puts the source from an index of the window on into it: that index is 0 then. */
export function move(at: number): void {
  show(shift + at)
  forgetTexts()
}

/** Passes a word at `at` that is not one, or not wholly in the window; returns the index behind it. */
export function passWord(at: number, word: string): number {
  let start = at
  if (!isLast) {
    move(at)
    start = 0
  }
  for (let i = 0; i < word.length; i++) {
    if (start + i >= end) throw ends()
    if (bytes[start + i] !== word.charCodeAt(i)) throw failAt('BAD_TOKEN', shift + start)
  }
  return start + word.length
}

/** Forgets all texts. */
export function forgetTexts(): void {
  part = wide = ''
  partEnd = wideEnd = 0
  lastWide = -MAX_GAP
}

/** The text of the string whose quote is at `at`. Throws ProtocolError with TRUNCATED, BAD_TOKEN or BAD_UTF8. */
export function readText(at: number): string {
  const b = bytes
  const start = at + 1
  let i = start
  let units = 0
  let all = 0
  let code = b[i] as number
  let more = UNITS[code] as number
  while (more < STOP) {
    units += more
    all |= code
    code = b[++i] as number
    more = UNITS[code] as number
  }
  if (code !== QUOTE) return fallback(at, i)
  textEnd = i + 1
  return all < 0x80 ? ascii(start, i) : beyondAscii(start, i, units)
}

function ascii(start: number, stop: number): string {
  if (stop > partEnd) {
    if (stop - start < CHARWISE_BELOW && end - start < NO_PART_BELOW)
      return shortText(bytes, start, stop - start)
    partStart = start
    partEnd = Math.max(stop, Math.min(start + PART_BYTES, end))
    part = readSingle(bytes, start, partEnd)
  }
  return part.substring(start - partStart, stop - partStart)
}

/** A text of so many UTF-16 units, if it is UTF-8. */
function beyondAscii(start: number, stop: number, units: number): string {
  const isClose = start - lastWide < MAX_GAP
  lastWide = stop
  if (stop > wideEnd) {
    if (!isClose || stop - start > PART_BYTES) {
      const text = readUtf8(bytes, start, stop)
      // What is not UTF-8 was read as this character, which may also have come as it is.
      if (text.includes('\ufffd')) checkUtf8(bytes, start, stop, shift)
      return text
    }
    wideEnd = Math.max(stop, Math.min(start + PART_BYTES, end))
    while (wideEnd > stop && ((bytes[wideEnd] as number) & 0xc0) === 0x80) wideEnd--
    wide = readUtf8(bytes, start, wideEnd)
    isDubious = wide.includes('\ufffd')
    wideUnit = 0
  } else wideUnit += unitsIn(wideAt, start)
  if (isDubious) checkUtf8(bytes, start, stop, shift)
  const from = wideUnit
  wideAt = stop
  wideUnit += units
  return wide.substring(from, wideUnit)
}

function unitsIn(start: number, stop: number): number {
  const b = bytes
  let units = 0
  for (let i = start; i < stop; i++) {
    const code = b[i] as number
    if ((code & 0xc0) !== 0x80) units += code < 0xf0 ? 1 : 2
  }
  return units
}

function checkUtf8(b: Uint8Array, start: number, stop: number, base: number): void {
  const wrong = invalidUtf8At(b, start, stop)
  if (wrong >= 0) throw failAt('BAD_UTF8', base + wrong)
}

/** The string whose quote is at `at`, with something at `stop` that is not its end: an escape, or the window's end. */
function fallback(at: number, stop: number): string {
  if (isLast) return escaped(bytes, at + 1, stop, end, shift)
  if (at > 0 && stop >= end) {
    move(at)
    return readText(0)
  }
  const text = escaped(source, shift + at + 1, shift + stop, sourceEnd, 0)
  textEnd -= shift
  if (textEnd >= end) {
    move(textEnd)
    textEnd = 0
  }
  return text
}

/** The string in `b[start, limit)`, which has an escape at `stop`; an index and `base` are one of the source. */
function escaped(b: Uint8Array, start: number, stop: number, limit: number, base: number): string {
  const byteAt = (at: number): number => {
    if (at >= limit) throw ends()
    return b[at] as number
  }
  const unknown = (at: number): ProtocolError => failAt('BAD_TOKEN', base + at)
  /** Four hexadecimal digits of the escape at `at`. */
  const hex = (from: number, at: number): number => {
    let unit = 0
    for (let i = from; i < from + 4; i++) {
      const digit = HEX.indexOf(String.fromCharCode(byteAt(i) | 0x20))
      if (digit < 0 || byteAt(i) < DIGIT_0) throw unknown(at)
      unit = (unit << 4) | digit
    }
    return unit
  }
  /** One escape, or two that make a pair; the backslash is at `at`. */
  const readEscape = (at: number): string => {
    const code = byteAt(at + 1)
    i = at + 2
    if (code !== LOWER_U) {
      const which = ESCAPED.indexOf(String.fromCharCode(code))
      if (which < 0) throw unknown(at)
      return ESCAPES[which] as string
    }
    const unit = hex(i, at)
    i += 4
    if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit)
    if (unit < 0xdc00 && byteAt(i) === BACKSLASH && byteAt(i + 1) === LOWER_U) {
      const low = hex(i + 2, i)
      i += 6
      if (low >= 0xdc00 && low <= 0xdfff) return String.fromCharCode(unit, low)
    }
    throw failAt('BAD_UTF8', base + at)
  }
  let text = ''
  let from = start
  let i = stop
  for (;;) {
    const code = byteAt(i)
    if ((UNITS[code] as number) < STOP) {
      i++
      continue
    }
    checkUtf8(b, from, i, base)
    text += readUtf8(b, from, i)
    if (code === QUOTE) {
      textEnd = i + 1
      return text
    }
    if (code !== BACKSLASH) throw failAt('BAD_TOKEN', base + i)
    text += readEscape(i)
    from = i
  }
}
