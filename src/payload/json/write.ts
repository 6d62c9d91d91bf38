/**
 * JavaScript value to JSON text, for args, kwargs and options, and the heads around them. The rules about values are
 * those of `classify.ts`; here is only the text, that of `JSON.stringify` with these differences: bytes are a NUL and
 * standard base64 in a string, a BigInt its digits, -0 is `-0.0`, a `Float64` and a number beyond 2^53 are written as
 * Python's `repr` does, and what JSON cannot carry is refused.
 *
 * The bytes are written straight from the values, each of them read once: JSON.stringify would need a walk before it
 * that looks for what it writes differently.
 */
import { noForm } from '../classify.ts'
import {
  beginValue,
  type EncodeRules,
  enterDeep,
  failure,
  firstLevels,
  inside,
  isLenient,
  isPlainArray,
  isPlainObject,
  leaveDeep,
  lengthOf,
  toWellFormed,
} from '../encode-value.ts'
import type { Output } from '../output.ts'
import type { TokenWriter } from '../token-writer.ts'
import { viewOf } from '../utf8.ts'
import { type ValueWriter, writeAbsent, writeAny, writeFallback } from '../write-fallback.ts'
import { checkText } from '../write-text.ts'
import { base64 } from './base64.ts'
import { floatText, writeFinite } from './number-text.ts'
import {
  ALSE,
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_MAP,
  COLON,
  COMMA,
  LOWER_F,
  NULL,
  OPEN_ARRAY,
  OPEN_MAP,
  QUOTE,
  TRUE,
} from './syntax.ts'

/** What must be looked at; all other text goes between quotes as it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what must be escaped
const NEEDS_CARE = /["\\\u0000-\u001f\ud800-\udfff]/

/** What must be escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are among it
const ESCAPED = /["\\\u0000-\u001f]/

/** Texts below this length are looked at and written in one loop. */
const CHARWISE_BELOW = 48

/**
 * What becomes text or is escaped in one step: the longest strings of engines have a quarter of a gigabyte to one, and
 * an escape has six characters. A multiple of three, as base64 needs it.
 */
const MAX_SLICE = 3 * 2 ** 22

const owns = Object.prototype.hasOwnProperty

const VALUES: ValueWriter = {
  write,
  null: writeNull,
  bigInt: (out, value) => out.ascii(value.toString()),
  float: writeFloat,
  bytes: writeBytes,
  array: writeArray,
  tagged: () => false,
  // The bracket is written by the first key, or at the end.
  dict() {},
  dictBytes: () => 0,
  key: writeKey,
  closeDict: closeMap,
}

/** @internal */
export const JSON_TOKENS: TokenWriter = {
  list: (out) => out.u8(OPEN_ARRAY),
  separator: (out) => out.u8(COMMA),
  closeList: (out) => out.u8(CLOSE_ARRAY),
  id: writeFinite,
  null: writeNull,
  scalar: writeScalar,
  text: writeText,
  bytes: writeBytes,
  dict() {},
  key: writeKey,
  closeDict: closeMap,
}

/**
 * Writes one value to `out` as JSON in UTF-8. `path` names the value in errors (`args`). Throws EncodeError with
 * UNENCODABLE, BAD_UTF8, KEY_TYPE, CYCLE, DEPTH_LIMIT or SIZE_LIMIT, and whatever a getter or `toJSON` of the
 * application throws; the caller then resets `out`.
 */
export function encodeJson(out: Output, value: unknown, rules: EncodeRules, path: string): void {
  beginValue(out, 'json', rules)
  try {
    if (!writeAny(out, value, '', firstLevels(rules), VALUES)) writeAbsent(out, false, VALUES)
  } catch (error) {
    throw failure(out, error, path)
  }
}

function write(out: Output, value: unknown, levels: number): boolean {
  // Not a switch: engines answer each of these questions with a look at the value, without making its type a text.
  if (typeof value === 'string') writeString(out, value)
  else if (typeof value === 'number') writeNumber(out, value)
  else if (typeof value === 'boolean') writeBoolean(out, value)
  else if (value === null) writeNull(out)
  else if (typeof value !== 'object') return false
  else if (isPlainArray(value)) writeArray(out, value, levels)
  else if (isPlainObject(value)) writeObject(out, value, levels)
  else return false
  return true
}

/** Writes a finite number or a boolean. */
function writeScalar(out: Output, value: boolean | number): void {
  if (typeof value === 'number') writeFinite(out, value)
  else writeBoolean(out, value)
}

function writeNull(out: Output): void {
  out.u32(NULL, true)
}

function writeBoolean(out: Output, value: boolean): void {
  if (value) {
    out.u32(TRUE, true)
    return
  }
  out.u8(LOWER_F)
  out.u32(ALSE, true)
}

function writeBytes(out: Output, bytes: Uint8Array): void {
  const { length } = bytes
  if (length <= MAX_SLICE) {
    out.ascii(`"\\u0000${base64(bytes)}"`)
    return
  }
  out.ascii('"\\u0000')
  for (let i = 0; i < length; i += MAX_SLICE) {
    out.ascii(base64(viewOf(bytes, i, Math.min(MAX_SLICE, length - i))))
  }
  out.u8(QUOTE)
}

function writeString(out: Output, text: string): void {
  if (text.charCodeAt(0) === 0) {
    // It would come back as bytes, or not at all: no rule about values can allow it.
    throw noForm('text that begins with NUL', out)
  }
  writeText(out, text)
}

/** A string in quotes. */
function writeText(out: Output, text: string): void {
  if (writeShort(out, text, 0)) return
  if (NEEDS_CARE.test(text)) {
    checkText(out, text)
    if (ESCAPED.test(text)) {
      // JSON.stringify would escape a lone surrogate; no binary format could carry what it stands for.
      writeEscaped(out, isLenient(out) ? toWellFormed(text) : text)
      return
    }
  }
  out.u8(QUOTE)
  out.utf8(text)
  out.u8(QUOTE)
}

/** The same for text of which a part must be escaped; it has no lone surrogates. */
function writeEscaped(out: Output, text: string): void {
  if (text.length <= MAX_SLICE) {
    out.utf8(JSON.stringify(text))
    return
  }
  out.u8(QUOTE)
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = start + MAX_SLICE
    // Half a pair would become an escape.
    if ((text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end--
    out.utf8(JSON.stringify(text.slice(start, end)).slice(1, -1))
  }
  out.u8(QUOTE)
}

/**
 * Writes short ASCII text that needs no escapes, in quotes, behind `head` bytes that the caller then writes; false when
 * it is anything else, of which nothing counts as written. There is room for a byte behind it.
 */
function writeShort(out: Output, text: string, head: number): boolean {
  const { length } = text
  if (length >= CHARWISE_BELOW) return false
  out.reserve(head + length + 3)
  const { bytes } = out
  const start = out.at + head + 1
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0x80 || code < 0x20 || code === QUOTE || code === BACKSLASH) return false
    bytes[start + i] = code
  }
  bytes[start - 1] = bytes[start + length] = QUOTE
  out.at = start + length + 1
  return true
}

function writeNumber(out: Output, value: number): void {
  if (value - value === 0) writeFinite(out, value)
  else out.ascii(notFinite(out, value))
}

function writeFloat(out: Output, value: number): void {
  out.ascii(value - value === 0 ? floatText(value) : notFinite(out, value))
}

/** JSON.stringify makes null of them. */
function notFinite(out: Output, value: number): string {
  if (!isLenient(out)) throw noForm(String(value), out)
  return 'null'
}

function writeArray(out: Output, array: readonly unknown[], levels: number): void {
  const length = lengthOf(array)
  const inner = levels > 0 ? levels - 1 : enterDeep(out, array)
  out.u8(OPEN_ARRAY)
  let i = 0
  try {
    for (; i < length; i++) {
      if (i > 0) out.u8(COMMA)
      const value = array[i]
      if (write(out, value, inner) || writeFallback(out, value, i, inner, VALUES)) continue
      writeAbsent(out, !(i in array), VALUES)
    }
  } catch (error) {
    throw inside(error, array, i)
  }
  out.u8(CLOSE_ARRAY)
  if (levels === 0) leaveDeep(out)
}

/** Writes a key, between what stands in front of it and the colon. */
function writeKey(out: Output, key: string, isFirst: boolean): void {
  const before = isFirst ? OPEN_MAP : COMMA
  if (writeShort(out, key, 1)) {
    out.bytes[out.at - key.length - 3] = before
    out.bytes[out.at++] = COLON
    return
  }
  out.u8(before)
  writeText(out, key)
  out.u8(COLON)
}

function closeMap(out: Output, entries: number): void {
  if (entries === 0) out.u8(OPEN_MAP)
  out.u8(CLOSE_MAP)
}

/** A plain object: `for in` reads a value by the place that it has found the key at. */
function writeObject(out: Output, object: Readonly<Record<string, unknown>>, levels: number): void {
  const inner = levels > 0 ? levels - 1 : enterDeep(out, object)
  let count = 0
  let step = ''
  try {
    for (const key in object) {
      // Free of charge for engines, in this very place and form.
      if (!owns.call(object, key)) continue
      const value = object[key]
      if (value === undefined) continue
      step = key
      const before = out.mark()
      writeKey(out, key, count === 0)
      if (write(out, value, inner) || writeFallback(out, value, key, inner, VALUES)) count++
      else out.resume(before)
    }
  } catch (error) {
    throw inside(error, object, step)
  }
  closeMap(out, count)
  if (levels === 0) leaveDeep(out)
}
