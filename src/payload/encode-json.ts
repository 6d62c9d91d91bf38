/**
 * JavaScript value to JSON text: the payload object and the message writers call it, for args, kwargs and options.
 * The rules about values are those of `encode-value.ts`; here is only the text, that of `JSON.stringify` with these
 * differences: bytes are a NUL and standard base64 in a string, a BigInt its digits, -0 is `-0.0`, a `Float64` and a
 * number beyond 2^53 are written as Python's `repr` does, and what JSON cannot carry is refused.
 *
 * The bytes are written straight from the values, each of them read once: JSON.stringify would need a walk before it
 * that looks for what it writes differently.
 */
import {
  beginWalk,
  type EncodeRules,
  endWalk,
  isPlainArray,
  isPlainObject,
  Kind,
  type MapEntries,
  toWellFormed,
  type Walk,
} from './encode-value.ts'
import { floatText, writeFinite } from './json-number.ts'
import { KeyCache, type KnownKey } from './key-cache.ts'
import type { Output } from './output.ts'
import { readText } from './utf8.ts'
import type { Tagged } from './values.ts'

/** What `JSON.stringify` must look at; all other text goes between quotes as it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what must be escaped
const NEEDS_CARE = /["\\\u0000-\u001f\ud800-\udfff]/

/** Texts below this length are looked at and written in one loop. */
const SHORT_TEXT = 48

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN_MAP = 0x7b
const CLOSE_MAP = 0x7d

/** Keys with quotes and colon. */
const KEYS = /* @__PURE__ */ new KeyCache<Walk>(writeKey)
const owns = Object.prototype.hasOwnProperty

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const PADDING = 0x3d

/**
 * Writes one value to `out` as JSON in UTF-8. `path` names the value in errors (`args`). Throws EncodeError with
 * UNENCODABLE, BAD_UTF8, KEY_TYPE, CYCLE, DEPTH_LIMIT or SIZE_LIMIT, and whatever a getter or `toJSON` of the
 * application throws; the caller then resets `out`.
 */
export function encodeJson(out: Output, value: unknown, rules: EncodeRules, path: string): void {
  const walk = beginWalk('json', rules, path)
  if (!write(out, value, walk, KEYS.rootAt(path))) writeAbsent(out, walk, false)
  endWalk(walk)
}

/** Writes the value; false when it is absent and nothing was written. */
function write(out: Output, value: unknown, walk: Walk, near: KnownKey): boolean {
  if (typeof value === 'string') writeString(out, value, walk)
  else if (typeof value === 'number') writeNumber(out, value, walk)
  else if (typeof value === 'boolean') out.ascii(value ? 'true' : 'false')
  else if (value === null) out.ascii('null')
  else if (isPlainArray(value)) writeArray(out, value, walk, near)
  else if (typeof value === 'object' && isPlainObject(value)) writePlain(out, value, walk, near)
  else if (typeof value === 'bigint') out.ascii(value.toString())
  else return value !== undefined && writeObject(out, value, walk, near)
  return true
}

function writeObject(out: Output, object: unknown, walk: Walk, near: KnownKey): boolean {
  const kind = walk.classify(object)
  const { value } = walk
  switch (kind) {
    case Kind.ABSENT:
      return false
    case Kind.SCALAR:
      return write(out, value, walk, near)
    case Kind.FLOAT:
      writeFloat(out, value as number, walk)
      return true
    case Kind.BYTES:
      out.ascii(`"\\u0000${base64(value as Uint8Array)}"`)
      return true
    case Kind.ARRAY:
      writeArray(out, value as readonly unknown[], walk, near)
      return true
    case Kind.MAP: {
      const { keys, values } = value as MapEntries
      writeMap(out, keys as readonly string[], values, true, walk, near)
      return true
    }
    case Kind.OBJECT:
      writeMap(out, Object.keys(value as object), value, false, walk, near)
      return true
    case Kind.TAGGED:
      if (!walk.lenient) throw walk.noTagged(value as Tagged)
      writeMap(out, ['tag', 'value'], value as Tagged, false, walk, near)
      return true
  }
}

function writeString(out: Output, text: string, walk: Walk): void {
  if (text.charCodeAt(0) === 0) {
    // It would come back as bytes, or not at all: no rule about values can allow it.
    throw walk.noForm('text that begins with NUL')
  }
  writeText(out, text, walk)
}

/** A string in quotes. */
function writeText(out: Output, text: string, walk: Walk): void {
  if (writeShort(out, text)) return
  if (NEEDS_CARE.test(text)) {
    walk.checkText(text)
    // JSON.stringify would escape a lone surrogate; no binary format could carry what it stands for.
    out.utf8(JSON.stringify(walk.lenient ? toWellFormed(text) : text))
    return
  }
  out.u8(QUOTE)
  out.utf8(text)
  out.u8(QUOTE)
}

/** Writes short ASCII text that needs no escapes, in quotes; false when it is anything else, and nothing is written. */
export function writeShort(out: Output, text: string): boolean {
  const { length } = text
  if (length >= SHORT_TEXT) return false
  out.reserve(SHORT_TEXT + 2)
  const { bytes, at } = out
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0x80 || code < 0x20 || code === QUOTE || code === BACKSLASH) return false
    bytes[at + 1 + i] = code
  }
  bytes[at] = bytes[at + 1 + length] = QUOTE
  out.at = at + length + 2
  return true
}

function writeNumber(out: Output, value: number, walk: Walk): void {
  if (value - value === 0) writeFinite(out, value)
  else out.ascii(notFinite(value, walk))
}

function writeFloat(out: Output, value: number, walk: Walk): void {
  out.ascii(value - value === 0 ? floatText(value) : notFinite(value, walk))
}

/** JSON.stringify makes null of them. */
function notFinite(value: number, walk: Walk): string {
  if (!walk.lenient) throw walk.noForm(String(value))
  return 'null'
}

function writeArray(out: Output, array: readonly unknown[], walk: Walk, near: KnownKey): void {
  const length = walk.arrayLength(array)
  const level = walk.enter(array)
  out.u8(OPEN_LIST)
  for (let i = 0; i < length; i++) {
    walk.steps[level] = i
    if (i > 0) out.u8(COMMA)
    if (!write(out, array[i], walk, near)) writeAbsent(out, walk, !(i in array))
  }
  out.u8(CLOSE_LIST)
  walk.leave()
}

function writeAbsent(out: Output, walk: Walk, isHole: boolean): void {
  walk.absent(isHole)
  out.ascii('null')
}

function writeMap(
  out: Output,
  keys: readonly string[],
  source: unknown,
  isMap: boolean,
  walk: Walk,
  near: KnownKey,
): void {
  const level = walk.enter()
  out.u8(OPEN_MAP)
  let count = 0
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    walk.steps[level] = key
    const value = isMap ? (source as readonly unknown[])[i] : (source as Record<string, unknown>)[key]
    if (value === undefined) continue
    const before = out.mark()
    if (count > 0) out.u8(COMMA)
    writeKey(out, key, walk)
    if (write(out, value, walk, near)) count++
    else out.resume(before)
  }
  out.u8(CLOSE_MAP)
  walk.leave()
}

function writeKey(out: Output, key: string, walk: Walk): void {
  writeText(out, key, walk)
  out.u8(COLON)
}

/** The same for a plain object: `for in` reads a value by the place that it has found the key at. */
function writePlain(
  out: Output,
  object: Readonly<Record<string, unknown>>,
  walk: Walk,
  outer: KnownKey,
): void {
  const level = walk.enter(object)
  const { steps } = walk
  out.u8(OPEN_MAP)
  let near = KEYS.start(outer)
  let count = 0
  for (const key in object) {
    // Free of charge for engines, in this very place and form.
    if (!owns.call(object, key)) continue
    const value = object[key]
    if (value === undefined) continue
    steps[level] = key
    const before = out.mark()
    if (count > 0) out.u8(COMMA)
    const guess = near.next
    if (guess !== null && guess.key === key) {
      out.words(guess.words, guess.byteLength)
      near = guess
    } else {
      near = KEYS.write(out, key, near, walk)
    }
    if (write(out, value, walk, near)) count++
    else out.resume(before)
  }
  out.u8(CLOSE_MAP)
  walk.leave()
}

/** Standard base64 with padding (RFC 4648 section 4). */
export function base64(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PADDING)
  let at = 0
  for (let i = 0; i < bytes.length; i += 3) {
    const rest = bytes.length - i
    const bits = (bytes[i]! << 16) | (rest > 1 ? bytes[i + 1]! << 8 : 0) | (rest > 2 ? bytes[i + 2]! : 0)
    codes[at] = BASE64.charCodeAt(bits >> 18)
    codes[at + 1] = BASE64.charCodeAt((bits >> 12) & 63)
    if (rest > 1) codes[at + 2] = BASE64.charCodeAt((bits >> 6) & 63)
    if (rest > 2) codes[at + 3] = BASE64.charCodeAt(bits & 63)
    at += 4
  }
  return readText(codes, 0, codes.length)
}
