/** Texts in the window. Those of ASCII are pieces of one string for each 1,024 bytes, or made of their characters. */
import { shortText } from '../short-text.ts'
import { CHARWISE_BELOW, NO_PART_BELOW, PART_BYTES } from '../text-parts.ts'
import { readSingle, readText } from '../utf8.ts'
import { bytes, end, isAscii } from './window.ts'

/** Text of so many bytes is read by itself: to see whether it is ASCII would cost as much. */
const LONG_TEXT = 256

/** The part of the text that became a string last: `bytes[partStart, partEnd)`. */
let part = ''
let partStart = 0
let partEnd = 0

/** The text in `bytes[from, stop)`; null for what may be no UTF-8. */
export function textAt(from: number, stop: number): string | null {
  if (stop - from < LONG_TEXT && isAscii(from, stop)) return ascii(from, stop)
  const text = readText(bytes, from, stop)
  // What is not UTF-8 was read as this character, which may also have come as it is.
  return text.includes('\ufffd') ? null : text
}

function ascii(from: number, stop: number): string {
  if (stop > partEnd) {
    if (stop - from < CHARWISE_BELOW && end - from < NO_PART_BELOW) return shortText(bytes, from, stop - from)
    partStart = from
    partEnd = Math.max(stop, Math.min(from + PART_BYTES, end))
    part = readSingle(bytes, from, partEnd)
  }
  return part.substring(from - partStart, stop - partStart)
}

/** Before other bytes come into the window, and so that no text is kept alive here. */
export function forgetPart(): void {
  part = ''
  partEnd = 0
}
