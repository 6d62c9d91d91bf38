/**
 * JavaScript value to MsgPack, for args, kwargs and options, and the heads around them. The rules about values are
 * those of `classify.ts`; here are only the bytes.
 *
 * Every form is the shortest; an integer that is not negative is always of the unsigned family (cc, cd, ce, cf), a
 * float always has 64 bits (cb), as the reference peer writes them. `Tagged` with a type of -128..127 and bytes is an
 * extension, whatever it was before.
 */
import { type Classified, noForm } from '../classify.ts'
import {
  beginValue,
  type EncodeRules,
  enterDeep,
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
import {
  aboutBytes,
  checkWritten,
  hasFraction,
  takeAsked,
  writeFloat,
  writeFloats,
  writeLong,
} from '../write-text.ts'

const FIX_MAP = 0x80
const FIX_ARRAY = 0x90
const FIX_TEXT = 0xa0
const NULL = 0xc0
const FALSE = 0xc2
const TRUE = 0xc3
const BYTES_8 = 0xc4
const EXT_8 = 0xc7
const FLOAT_64 = 0xcb
const UINT_8 = 0xcc
const UINT_16 = 0xcd
const UINT_32 = 0xce
const UINT_64 = 0xcf
const INT_8 = 0xd0
const INT_64 = 0xd3
const FIXEXT_1 = 0xd4
const TEXT_8 = 0xd9
const ARRAY_16 = 0xdc
const MAP_16 = 0xde

const owns = Object.prototype.hasOwnProperty

const VALUES: ValueWriter = {
  write,
  null: writeNull,
  bigInt: writeBigInt,
  float: (out, value) => writeFloat(out, FLOAT_64, value),
  bytes: writeBytes,
  array: writeArray,
  tagged: writeTagged,
  dict: writeMapHead,
  dictBytes: mapHeadBytes,
  key: writeText,
  closeDict() {},
}

/** @internal */
export const MSGPACK_TOKENS: TokenWriter = {
  list: writeArrayHead,
  separator() {},
  closeList() {},
  id: writeInteger,
  null: writeNull,
  scalar: writeScalar,
  text: writeText,
  bytes(out, value) {
    writeSized(out, BYTES_8, value.length)
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
export function encodeMsgpack(out: Output, value: unknown, rules: EncodeRules, path: string): void {
  beginValue(out, 'msgpack', rules)
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

function writeNumber(out: Output, value: number): void {
  // Up to 0x7f and not -0; the sign is not asked, because processors cannot guess it.
  if ((value & 0x7f) === value && (value !== 0 || 1 / value > 0)) out.u8(value)
  else if (isExactInteger(value)) writeInteger(out, value)
  else writeFloat(out, FLOAT_64, value)
}

function writeInteger(out: Output, value: number): void {
  out.reserve(9)
  const { bytes, at } = out
  if ((value | 0) !== value) {
    const isWide = value >= 0x1_0000_0000 || value < 0
    writeLong(out, value < 0 ? INT_64 : isWide ? UINT_64 : UINT_32, value, isWide)
    return
  }
  // The sign by arithmetic, because processors cannot guess it: signed codes follow the unsigned ones, and are for half
  // as many.
  const sign = value >> 31
  const signed = sign & (INT_8 - UINT_8)
  const range = ((value ^ sign) << (sign & 1)) >>> 0
  if (range >= 0x1_0000) writeLong(out, UINT_32 + signed, value, false)
  else if (range >= 0x100) {
    bytes[at] = UINT_16 + signed
    bytes[at + 1] = value >> 8
    bytes[at + 2] = value
    out.at = at + 3
  } else if (value < 0x80 && value >= -0x20) {
    bytes[at] = value
    out.at = at + 1
  } else {
    bytes[at] = UINT_8 + signed
    bytes[at + 1] = value
    out.at = at + 2
  }
}

function writeBigInt(out: Output, value: bigint): void {
  if (value >= -0x8000_0000n && value <= 0xffff_ffffn) {
    writeInteger(out, Number(value))
  } else if (value >= -0x8000_0000_0000_0000n && value <= 0xffff_ffff_ffff_ffffn) {
    out.u8(value < 0n ? INT_64 : UINT_64)
    out.u64(value)
  } else {
    throw noForm('an integer beyond 64 bits', out)
  }
}

function writeBytes(out: Output, bytes: Uint8Array): void {
  writeSized(out, BYTES_8, bytes.length)
  out.raw(bytes)
}

function writeText(out: Output, text: string): void {
  const { length } = text
  if (length < 32 && out.shortAscii(text, 1)) {
    out.bytes[out.at - length - 1] = FIX_TEXT | length
    return
  }
  // Text that is not ASCII may need another head.
  const head = out.mark()
  writeTextHead(out, aboutBytes(text))
  const start = out.mark()
  const count = out.utf8(text)
  if (count === length) return
  checkWritten(out, text)
  const end = out.rewind(head, start, count < 32 ? 1 : count < 0x100 ? 2 : count < 0x1_0000 ? 3 : 5)
  writeTextHead(out, count)
  out.resume(end)
}

function writeTextHead(out: Output, count: number): void {
  if (count < 32) out.u8(FIX_TEXT | count)
  else writeSized(out, TEXT_8, count)
}

/** A length of 8, 16 or 32 bits after the first, second or third of three neighbouring codes. */
function writeSized(out: Output, code8: number, count: number): void {
  if (count < 0x100) {
    out.u8(code8)
    out.u8(count)
  } else {
    writeCounted(out, code8 + 1, count)
  }
}

/** A length of 16 or 32 bits after the first or second of two neighbouring codes. */
function writeCounted(out: Output, code16: number, count: number): void {
  if (count < 0x1_0000) {
    out.u8(code16)
    out.u16(count)
  } else {
    out.u8(code16 + 1)
    out.u32(count)
  }
}

function writeArrayHead(out: Output, elements: number): void {
  if (elements < 16) out.u8(FIX_ARRAY | elements)
  else writeCounted(out, ARRAY_16, elements)
}

function writeArray(out: Output, array: readonly unknown[], levels: number): void {
  const length = lengthOf(array)
  const inner = levels > 0 ? levels - 1 : enterDeep(out, array)
  writeArrayHead(out, length)
  let i = 0
  try {
    for (; i < length; i++) {
      let value = array[i]
      if (hasFraction(value)) {
        i = writeFloats(out, FLOAT_64, value, array, i, length)
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
  out.u8(FIX_MAP)
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
  if (count < 16) out.bytes[out.index(head)] = FIX_MAP | count
  else {
    const end = out.rewind(head, head + 1, mapHeadBytes(count))
    writeMapHead(out, count)
    out.resume(end)
  }
  if (levels === 0) leaveDeep(out)
}

function writeMapHead(out: Output, entries: number): void {
  if (entries < 16) out.u8(FIX_MAP | entries)
  else writeCounted(out, MAP_16, entries)
}

function mapHeadBytes(entries: number): number {
  return entries < 16 ? 1 : entries < 0x1_0000 ? 3 : 5
}

function writeTagged(out: Output, tagged: Tagged): Classified | boolean {
  if (tagged.kind === 'simple') return false
  const type = Number(tagged.tag)
  const content = contentOf(tagged, out)
  if (content.kind === Kind.BYTES && type >= -128 && type <= 127) {
    writeExtension(out, type, content.value as Uint8Array)
    return true
  }
  if (!isLenient(out)) throw noForm('a Tagged that is not a type of -128..127 with bytes', out)
  // The content was asked already.
  return content
}

function writeExtension(out: Output, type: number, bytes: Uint8Array): void {
  const count = bytes.length
  // 1, 2, 4, 8 and 16 bytes have a code of their own.
  if (count <= 16 && count > 0 && (count & (count - 1)) === 0) out.u8(FIXEXT_1 + 31 - Math.clz32(count))
  else writeSized(out, EXT_8, count)
  out.u8(type & 0xff)
  out.raw(bytes)
}
