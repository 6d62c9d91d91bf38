/**
 * Strings of JSON. Those of ASCII are pieces of one string for each 1,024 bytes, and so are those beyond it where they
 * are near to each other: a text that is kept keeps no more than that beside it.
 */
import { invalidUtf8At } from '../decode-value.ts'
import { shortText } from '../short-text.ts'
import { LONE_SURROGATE } from '../utf8.ts'
import { bytes, end, ends, fail, pool } from './input.ts'

const QUOTE = 0x22
const SLASH = 0x2f
const DIGIT_0 = 0x30
const BACKSLASH = 0x5c
const LOWER_U = 0x75

const ESCAPED = 'bfnrt'
const ESCAPES = '\b\f\n\r\t'

/** Characters of a piece of text that becomes a string at once. */
const PART = 1024

/** Text of fewer bytes is made of its characters when no part is there and the value has less than so many bytes. */
const SHORT_TEXT = 16
const NO_PART_BELOW = 128

/** Texts beyond ASCII that are nearer to each other become strings together. */
const NEAR = 256

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

/** Forgets all texts. */
export function forgetTexts(): void {
  part = wide = ''
  partEnd = wideEnd = 0
  lastWide = -NEAR
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
  if (code !== QUOTE) return escaped(start, i)
  textEnd = i + 1
  return all < 0x80 ? ascii(start, i) : beyondAscii(start, i, units)
}

function ascii(start: number, stop: number): string {
  if (stop > partEnd) {
    if (stop - start < SHORT_TEXT && end - start < NO_PART_BELOW) return shortText(bytes, start, stop - start)
    partStart = start
    // A long text is a part by itself.
    partEnd = stop - start > PART ? stop : Math.max(stop, Math.min(start + PART, end))
    part = pool.single(start, partEnd)
  }
  return part.substring(start - partStart, stop - partStart)
}

/** A text of so many UTF-16 units, if it is UTF-8. */
function beyondAscii(start: number, stop: number, units: number): string {
  const isNear = start - lastWide < NEAR
  lastWide = stop
  if (stop > wideEnd) {
    if (!isNear || stop - start > PART) {
      const text = pool.utf8(start, stop)
      // What is not UTF-8 was read as this character, which may also have come as it is.
      if (text.includes('\ufffd')) checkUtf8(start, stop)
      return text
    }
    wideEnd = Math.max(stop, Math.min(start + PART, end))
    while (wideEnd > stop && ((bytes[wideEnd] as number) & 0xc0) === 0x80) wideEnd--
    wide = pool.utf8(start, wideEnd)
    isDubious = wide.includes('\ufffd')
    wideUnit = 0
  } else wideUnit += unitsIn(wideAt, start)
  if (isDubious) checkUtf8(start, stop)
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

function checkUtf8(start: number, stop: number): void {
  const wrong = invalidUtf8At(bytes, start, stop)
  if (wrong >= 0) throw fail('BAD_UTF8', 'the text is not UTF-8', wrong)
}

/** A string with something at `stop` that is not its quote. */
function escaped(start: number, stop: number): string {
  let text = ''
  let from = start
  let i = stop
  for (;;) {
    const code = bytes[i] as number
    if ((UNITS[code] as number) < STOP) {
      i++
      continue
    }
    if (i >= end) throw ends()
    checkUtf8(from, i)
    text += pool.utf8(from, i)
    if (code === QUOTE) {
      textEnd = i + 1
      return text
    }
    if (code !== BACKSLASH) throw fail('BAD_TOKEN', 'a control character in a string', i)
    text += readEscape(i)
    from = i = textEnd
  }
}

/** One escape, or two that make a pair; the backslash is at `at`. */
function readEscape(at: number): string {
  const code = byteAt(at + 1)
  textEnd = at + 2
  if (code === LOWER_U) {
    const unit = hex(at + 2, at)
    textEnd = at + 6
    if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit)
    if (unit < 0xdc00 && byteAt(at + 6) === BACKSLASH && byteAt(at + 7) === LOWER_U) {
      const low = hex(at + 8, at)
      textEnd = at + 12
      if (low >= 0xdc00 && low <= 0xdfff) return String.fromCharCode(unit, low)
    }
    throw fail('BAD_UTF8', LONE_SURROGATE, at)
  }
  if (code === QUOTE || code === SLASH || code === BACKSLASH) return String.fromCharCode(code)
  const plain = ESCAPES[ESCAPED.indexOf(String.fromCharCode(code))]
  if (plain === undefined) throw fail('BAD_TOKEN', 'an unknown escape in a string', at)
  return plain
}

/** Four hexadecimal digits at `from`, of the escape at `at`. */
function hex(from: number, at: number): number {
  let unit = 0
  for (let i = from; i < from + 4; i++) {
    const code = byteAt(i)
    const lower = code | 0x20
    let digit = code - DIGIT_0
    if (lower >= 0x61 && lower <= 0x66) digit = lower - 0x57
    if (digit < 0 || digit > 15 || (digit > 9 && lower < 0x61))
      throw fail('BAD_TOKEN', 'an unknown escape in a string', at)
    unit = (unit << 4) | digit
  }
  return unit
}

/** A byte of an escape. Throws TRUNCATED. */
function byteAt(at: number): number {
  if (at >= end) throw ends()
  return bytes[at] as number
}
