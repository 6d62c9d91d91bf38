/**
 * JavaScript value to CBOR (RFC 8949), for args, kwargs and options, and the heads around them. The rules about values
 * are those of `classify.ts`; here are only the bytes.
 *
 * Heads are the shortest, lengths definite. Floats are 64 bits (fb) except NaN f97e00 and the infinities f97c00 and
 * f9fc00, as the reference peer writes them. Integers beyond 64 bits are bignums (tags 2 and 3).
 */
import { type Classified, noForm } from '../classify.ts'
import {
  beginValue,
  type EncodeRules,
  enterDeep,
  Fault,
  failure,
  firstLevels,
  inside,
  isExactInteger,
  isLenient,
  isPlainArray,
  isPlainObject,
  leaveDeep,
  lengthOf,
} from '../encode-value.ts'
import type { Output } from '../output.ts'
import type { TokenWriter } from '../token-writer.ts'
import * as Kind from '../value-kinds.ts'
import type { Tagged } from '../values.ts'
import { contentOf, type ValueWriter, writeAbsent, writeAny, writeFallback } from '../write-fallback.ts'
import { aboutBytes, checkWritten, hasFraction, takeAsked, writeFloats, writeLong } from '../write-text.ts'

const UNSIGNED = 0x00
const NEGATIVE = 0x20
const BYTES = 0x40
const TEXT = 0x60
const ARRAY = 0x80
const MAP = 0xa0
const TAG = 0xc0
const SIMPLE = 0xe0
const FALSE = 0xf4
const TRUE = 0xf5
const NULL = 0xf6
const HALF = 0xf9
const DOUBLE = 0xfb
const POSITIVE_BIGNUM_TAG = 0xc2
const NEGATIVE_BIGNUM_TAG = 0xc3

const owns = Object.prototype.hasOwnProperty

const VALUES: ValueWriter = {
  write,
  null: writeNull,
  bigInt: writeBigInt,
  float: writeFloat,
  bytes: writeBytes,
  array: writeArray,
  tagged: writeTagged,
  dict: writeMapHead,
  dictBytes: headBytes,
  key: writeText,
  closeDict() {},
}

/** @internal */
export const CBOR_TOKENS: TokenWriter = {
  list: (out, elements) => writeHead(out, ARRAY, elements),
  separator() {},
  closeList() {},
  id: (out, value) => writeHead(out, UNSIGNED, value),
  null: writeNull,
  scalar: writeScalar,
  text: writeText,
  bytes(out, value) {
    writeHead(out, BYTES, value.length)
    out.splice(value)
  },
  dict: writeMapHead,
  key: writeText,
  closeDict() {},
}

/**
 * Writes one value to `out`. `path` names the value in errors (`args`). Throws EncodeError with UNENCODABLE, BAD_UTF8,
 * KEY_TYPE, CYCLE, DEPTH_LIMIT or SIZE_LIMIT, and whatever a getter or `toJSON` of the application throws; the caller
 * then resets `out`.
 */
export function encodeCbor(out: Output, value: unknown, rules: EncodeRules, path: string): void {
  beginValue(out, 'cbor', rules)
  try {
    if (!writeAny(out, value, '', firstLevels(rules), VALUES)) writeAbsent(out, false, VALUES)
  } catch (error) {
    throw failure(out, error, path)
  }
}

function write(out: Output, value: unknown, levels: number): boolean {
  // Not a switch: engines answer each of these questions with a look at the value, without making its type a text.
  if (typeof value === 'string') writeText(out, value)
  else if (typeof value === 'number') writeNumber(out, value)
  else if (typeof value === 'boolean') out.u8(value ? TRUE : FALSE)
  else if (value === null) out.u8(NULL)
  else if (typeof value !== 'object') return false
  else if (isPlainArray(value)) writeArray(out, value, levels)
  else if (isPlainObject(value)) writeObject(out, value, levels)
  else return false
  return true
}

/** Writes a finite number or a boolean. */
function writeScalar(out: Output, value: boolean | number): void {
  if (typeof value === 'number') writeNumber(out, value)
  else out.u8(value ? TRUE : FALSE)
}

function writeNull(out: Output): void {
  out.u8(NULL)
}

/** The initial byte and the argument in its shortest form; `argument` is an integer of 0..2^53. */
function writeHead(out: Output, major: number, argument: number): void {
  out.reserve(9)
  const { bytes, at } = out
  if (argument < 24) {
    bytes[at] = major | argument
    out.at = at + 1
  } else if (argument < 0x100) {
    bytes[at] = major | 24
    bytes[at + 1] = argument
    out.at = at + 2
  } else if (argument < 0x1_0000) {
    bytes[at] = major | 25
    bytes[at + 1] = argument >> 8
    bytes[at + 2] = argument
    out.at = at + 3
  } else {
    const isWide = argument >= 0x1_0000_0000
    writeLong(out, major | (isWide ? 27 : 26), argument, isWide)
  }
}

function headBytes(argument: number): number {
  return argument < 24 ? 1 : argument < 0x100 ? 2 : argument < 0x1_0000 ? 3 : 5
}

function writeNumber(out: Output, value: number): void {
  // 32 bits, and not -0.
  if ((value | 0) === value && (value !== 0 || 1 / value > 0)) {
    // The sign by arithmetic, because processors cannot guess it: of a negative one all bits are turned around.
    writeHead(out, (value >> 31) & NEGATIVE, value ^ (value >> 31))
  } else if (!isExactInteger(value)) {
    writeFloat(out, value)
  } else if (value >= 0) {
    writeHead(out, UNSIGNED, value)
  } else {
    writeHead(out, NEGATIVE, -1 - value)
  }
}

function writeFloat(out: Output, value: number): void {
  if (value - value === 0) {
    out.u8(DOUBLE)
    out.f64(value)
  } else {
    out.u8(HALF)
    out.u16(value > 0 ? 0x7c00 : value < 0 ? 0xfc00 : 0x7e00)
  }
}

function writeBigInt(out: Output, value: bigint): void {
  const isNegative = value < 0n
  const argument = isNegative ? -1n - value : value
  if (argument <= 0xffff_ffffn) {
    writeHead(out, isNegative ? NEGATIVE : UNSIGNED, Number(argument))
  } else if (argument <= 0xffff_ffff_ffff_ffffn) {
    out.u8((isNegative ? NEGATIVE : UNSIGNED) | 27)
    out.u64(argument)
  } else {
    // Through hexadecimal text: the only conversion of a BigInt that is linear in its length.
    const hex = argument.toString(16)
    const even = hex.length % 2 === 0 ? hex : `0${hex}`
    out.u8(isNegative ? NEGATIVE_BIGNUM_TAG : POSITIVE_BIGNUM_TAG)
    writeHead(out, BYTES, even.length / 2)
    for (let i = 0; i < even.length; i += 2) out.u8(Number.parseInt(even.slice(i, i + 2), 16))
  }
}

function writeBytes(out: Output, bytes: Uint8Array): void {
  writeHead(out, BYTES, bytes.length)
  out.raw(bytes)
}

function writeText(out: Output, text: string): void {
  const { length } = text
  if (length < 24 && out.shortAscii(text, 1)) {
    out.bytes[out.at - length - 1] = TEXT | length
    return
  }
  // Text that is not ASCII may need another head.
  const head = out.mark()
  writeHead(out, TEXT, aboutBytes(text))
  const start = out.mark()
  const count = out.utf8(text)
  if (count === length) return
  checkWritten(out, text)
  rewriteHead(out, TEXT, head, start, count)
}

/** Replaces the head at mark `head`, whose content begins at mark `start`, by one with another argument. */
function rewriteHead(out: Output, major: number, head: number, start: number, argument: number): void {
  const end = out.rewind(head, start, headBytes(argument))
  writeHead(out, major, argument)
  out.resume(end)
}

function writeArray(out: Output, array: readonly unknown[], levels: number): void {
  const length = lengthOf(array)
  const inner = levels > 0 ? levels - 1 : enterDeep(out, array)
  writeHead(out, ARRAY, length)
  let i = 0
  try {
    for (; i < length; i++) {
      let value = array[i]
      if (hasFraction(value)) {
        i = writeFloats(out, DOUBLE, value, array, i, length)
        if (i === length) break
        value = takeAsked()
      }
      if (write(out, value, inner) || writeFallback(out, value, i, inner, VALUES)) continue
      writeAbsent(out, !(i in array), VALUES)
    }
  } catch (error) {
    throw inside(error, array, i)
  }
  if (levels === 0) leaveDeep(out)
}

/** A plain object: `for in` reads a value by the place that it has found the key at. */
function writeObject(out: Output, object: Readonly<Record<string, unknown>>, levels: number): void {
  const inner = levels > 0 ? levels - 1 : enterDeep(out, object)
  const head = out.mark()
  out.u8(MAP)
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
      writeText(out, key)
      if (write(out, value, inner) || writeFallback(out, value, key, inner, VALUES)) count++
      else out.resume(before)
    }
  } catch (error) {
    throw inside(error, object, step)
  }
  if (count < 24) out.bytes[out.index(head)] = MAP | count
  else rewriteHead(out, MAP, head, head + 1, count)
  if (levels === 0) leaveDeep(out)
}

function writeMapHead(out: Output, entries: number): void {
  writeHead(out, MAP, entries)
}

function writeTagged(out: Output, tagged: Tagged, levels: number): Classified | boolean {
  const { tag, kind } = tagged
  if (kind === 'extension') return false
  if (kind === 'simple') return writeSimple(out, tag)
  if (tag < 0 || tag > 0xffff_ffff_ffff_ffffn || (typeof tag === 'number' && !isExactInteger(tag))) {
    return outOfRange(out, `a tag must be an integer of 0..2^64-1, got ${tag}`)
  }
  if (tag >= 2 && tag <= 3) return writeBignum(out, tagged)
  const inner = levels > 0 ? levels - 1 : enterDeep(out, tagged)
  if (tag <= 0xffff_ffff) {
    writeHead(out, TAG, Number(tag))
  } else {
    out.u8(TAG | 27)
    out.u64(BigInt(tag))
  }
  try {
    if (!writeAny(out, tagged.value, 'value', inner, VALUES)) writeAbsent(out, false, VALUES)
  } catch (error) {
    throw inside(error, tagged, 'value')
  }
  if (levels === 0) leaveDeep(out)
  return true
}

/** Tags 2 and 3 are of big integers: the bytes of one. */
function writeBignum(out: Output, tagged: Tagged): Classified | true {
  const content = contentOf(tagged, out)
  if (content.kind === Kind.BYTES) {
    out.u8(TAG | Number(tagged.tag))
    writeBytes(out, content.value as Uint8Array)
    return true
  }
  if (!isLenient(out)) throw noForm(`a Tagged of ${tagged.tag} without the bytes of a big integer`, out)
  return content
}

/** A simple value; those of two bytes begin at 32. */
function writeSimple(out: Output, tag: number | bigint): boolean {
  const simple = Number(tag)
  if (simple < 0 || simple > 255 || (simple > 23 && simple < 32)) {
    return outOfRange(out, `a simple value must be 0..23 or 32..255, got ${tag}`)
  }
  if (simple < 24) {
    out.u8(SIMPLE | simple)
  } else {
    out.u8(SIMPLE | 24)
    out.u8(simple)
  }
  return true
}

/** Refuses a `Tagged` whose number CBOR does not have; returns when the rules make an object of it. */
function outOfRange(out: Output, reason: string): false {
  if (!isLenient(out)) throw new Fault('UNENCODABLE', reason)
  return false
}
