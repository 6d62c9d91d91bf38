/**
 * Writing a tape: the words, the doubles, and two pools of text, one with a byte a character and one with two. All four
 * are only ever appended to, and read in the same order, so that words need not say where in a pool their value is.
 *
 * Room: nothing here looks whether there is any. Each byte of a payload makes at most twelve bytes of words and doubles
 * (`[1, 2.5]` of one-byte integers is tried as integers before it is written as doubles), one byte of the first pool
 * and two of the second, behind which `spare` may be as long as a string; `place` is given memory for that. FlexBuffers
 * may name a byte many times, and asks `hasRoom` and `hasTextRoom`.
 */
import {
  TAPE_AT,
  TAPE_DOUBLE,
  TAPE_DOUBLES_END,
  TAPE_INT,
  TAPE_INTEGER,
  TAPE_RECORD_WORDS,
  TAPE_TEXT,
  TAPE_TEXT_AT,
  TAPE_TEXT_PART,
  TAPE_WIDE,
  TAPE_WIDE_AT,
  TAPE_WIDE_PART,
} from '../generated/abi'

/** What the façade reads after a call (abi.ts). */
export const TAPE_RECORD: usize = memory.data(TAPE_RECORD_WORDS * 4, 16)

/** Bytes of a tape beside what its payload's bytes make, and what a SIMD store may write behind a pool. */
const SPARE: usize = 64

/**
 * Characters of one part of a pool. Long substrings of a JavaScript string keep the whole of it alive, so this is what
 * one string of a payload can keep alive beside itself, however large the payload is. Smaller parts cost time: one part
 * is one call of a text decoder.
 */
const PART: usize = 1024

/** Where the next word goes, and the double that was written last: the one grows up, the other down. */
export let tape: usize = 0
export let doubles: usize = 0
let text: usize = 0
let wide: usize = 0
/** Beginning of the open part, and the word that will say how long it is. */
let textPart: usize = 0
let widePart: usize = 0
let textSlot: usize = 0
let widePartSlot: usize = 0
/** Whether the first pool may hold characters above U+007F. */
let latin: bool = false

/** Ends of the pools. */
let textEnd: usize = 0
let wideEnd: usize = 0

/** Bytes that a payload of `length` bytes may need. */
export function room(length: usize): u64 {
  return 16 * <u64>length + 4 * SPARE
}

/** Starts a tape in `room(length)` bytes at `at`, which is a multiple of eight. */
export function place(at: usize, length: usize, isLatin: bool): void {
  tape = at
  doubles = (at + 12 * length + SPARE) & ~7
  text = doubles
  wide = (text + length + SPARE + 1) & ~1
  textEnd = text + length
  wideEnd = wide + 2 * length
  latin = isLatin
  // The first text opens a part.
  textPart = text - PART - 1
  widePart = wide - 2 * PART - 2
  textSlot = 0
  widePartSlot = 0
  store<u32>(TAPE_RECORD + (TAPE_AT << 2), <u32>at)
  store<u32>(TAPE_RECORD + (TAPE_DOUBLES_END << 2), <u32>doubles)
  store<u32>(TAPE_RECORD + (TAPE_TEXT_AT << 2), <u32>text)
  store<u32>(TAPE_RECORD + (TAPE_WIDE_AT << 2), <u32>wide)
}

/** Ends the tape: the last parts get their lengths. */
export function finish(): void {
  if (textSlot != 0) store<u32>(textSlot, ((<u32>(text - textPart)) << 4) | TAPE_TEXT_PART)
  if (widePartSlot != 0) store<u32>(widePartSlot, ((<u32>(wide - widePart)) << 4) | TAPE_WIDE_PART)
}

/** Whether there is room for so many bytes of words and doubles. */
export function hasRoom(bytes: usize): bool {
  return doubles - tape >= bytes
}

/** Whether both pools have room for text of so many bytes. */
export function hasTextRoom(length: usize): bool {
  return textEnd - text >= length && wideEnd - wide >= 2 * length
}

/** No fewer than the values on the tape: each has a word, or a double in a run. */
export function mostNodes(): u32 {
  const record = load<u32>(TAPE_RECORD + (TAPE_AT << 2))
  const end = load<u32>(TAPE_RECORD + (TAPE_DOUBLES_END << 2))
  return ((<u32>tape - record) >> 2) + ((end - <u32>doubles) >> 3)
}

/** Appends a word. */
export function word(kind: u32, value: u32): void {
  store<u32>(tape, (value << 4) | kind)
  tape += 4
}

/** Appends a whole word that is no value. */
export function raw(value: u32): void {
  store<u32>(tape, value)
  tape += 4
}

/** Goes on behind what a run has written. */
export function setTape(at: usize): void {
  tape = at
}

/** Goes on below what a run has written. */
export function setDoubles(at: usize): void {
  doubles = at
}

export function double(value: f64): void {
  doubles -= 8
  store<f64>(doubles, value)
  word(TAPE_DOUBLE, 0)
}

/** An integer: `magnitude`, or -1 - `magnitude`. */
export function integer(isNegative: bool, magnitude: u64): void {
  if (magnitude < 0x8000000) {
    word(TAPE_INT, isNegative ? ~(<u32>magnitude) : <u32>magnitude)
  } else if (magnitude <= 9007199254740991) {
    double(isNegative ? -1.0 - <f64>magnitude : <f64>magnitude)
  } else {
    doubles -= 8
    store<u64>(doubles, magnitude)
    word(TAPE_INTEGER, isNegative ? 1 : 0)
  }
}

/** Appends the text of `length` bytes at `p`, which are in the payload; false when it is not UTF-8. */
export function string(p: usize, length: u32): bool {
  const end = p + length
  let q = p
  let to = text
  if (ASC_FEATURE_SIMD) {
    // The window is padded, and so is the pool.
    while (true) {
      const block = v128.load(q)
      const high = i8x16.bitmask(block)
      v128.store(to, block)
      if (high != 0 && q + ctz(high) < end) return foreign(p, end)
      q += 16
      to += 16
      if (q >= end) break
    }
  } else {
    while (q < end) {
      const unit = load<u8>(q++)
      if (unit >= 0x80) return foreign(p, end)
      store<u8>(to++, unit)
    }
  }
  narrow(length)
  return true
}

/** Takes the next `length` characters of the first pool, which are written already. */
function narrow(length: u32): void {
  if (text - textPart + length > PART) {
    if (textSlot != 0) store<u32>(textSlot, ((<u32>(text - textPart)) << 4) | TAPE_TEXT_PART)
    textSlot = tape
    textPart = text
    tape += 4
  }
  text += length
  word(TAPE_TEXT, length)
}

/** Text with characters above U+007F: one byte for each when all are below U+0100. */
function foreign(p: usize, end: usize): bool {
  return (latin && latinText(p, end)) || wideText(p, end)
}

/** False when there is a character above U+00FF, or a mistake. */
function latinText(p: usize, end: usize): bool {
  let to = text
  while (p < end) {
    const lead = <u32>load<u8>(p)
    if (lead < 0x80) {
      store<u8>(to++, <u8>lead)
      p++
      continue
    }
    // C2 and C3 are the leads of U+0080..U+00FF.
    if (lead - 0xc2 > 1 || p + 1 >= end) return false
    const second = <u32>load<u8>(p, 1)
    if ((second & 0xc0) != 0x80) return false
    store<u8>(to++, <u8>((lead << 6) | (second & 0x3f)))
    p += 2
  }
  narrow(<u32>(to - text))
  return true
}

/** False when the text is not UTF-8. */
function wideText(p: usize, end: usize): bool {
  let to = wide
  while (p < end) {
    const lead = <u32>load<u8>(p)
    if (lead < 0x80) {
      store<u16>(to, <u16>lead)
      to += 2
      p++
      continue
    }
    if (lead < 0xc2 || lead > 0xf4) return false
    const more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
    if (end - p <= <usize>more) return false
    const second = <u32>load<u8>(p, 1) ^ 0x80
    if (second > 0x3f) return false
    let point = ((lead & (0x3f >> more)) << 6) | second
    if (more > 1) {
      const third = <u32>load<u8>(p, 2) ^ 0x80
      if (third > 0x3f) return false
      point = (point << 6) | third
      // Overlong forms and surrogates.
      if (point < (more == 2 ? <u32>0x800 : <u32>0x400) || (more == 2 && point >> 11 == 0x1b)) return false
    }
    if (more == 3) {
      const fourth = <u32>load<u8>(p, 3) ^ 0x80
      if (fourth > 0x3f) return false
      point = ((point << 6) | fourth) - 0x10000
      if (point > 0xfffff) return false
      store<u16>(to, <u16>(0xd800 | (point >> 10)))
      store<u16>(to, <u16>(0xdc00 | (point & 0x3ff)), 2)
      to += 4
    } else {
      store<u16>(to, <u16>point)
      to += 2
    }
    p += 1 + more
  }
  const units = <u32>((to - wide) >> 1)
  if (wide - widePart + (units << 1) > 2 * PART) {
    if (widePartSlot != 0) store<u32>(widePartSlot, ((<u32>(wide - widePart)) << 4) | TAPE_WIDE_PART)
    widePartSlot = tape
    widePart = wide
    tape += 4
  }
  wide = to
  word(TAPE_WIDE, units)
  return true
}
