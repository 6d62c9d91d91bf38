/**
 * JavaScript value to UBJSON, in both dialects, for args, kwargs and options, and the heads around them. The rules
 * about values are those of `classify.ts`; here are only the bytes.
 *
 * They are those of the reference peer: integers in the shortest form, unsigned where there is one; floats of 64 bits
 * but for zero (`d`) and for the subnormal (`H`, exactly); text of one octet as `C`; containers
 * without counts and types. BJData is little-endian, draft 12 big-endian and without unsigned 16, 32 and 64 bits.
 */
import { noForm } from '../classify.ts'
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
import type { PayloadFormatName } from '../format-names.ts'
import type { Output } from '../output.ts'
import type { TokenWriter } from '../token-writer.ts'
import { type ValueWriter, writeAbsent, writeAny, writeFallback } from '../write-fallback.ts'
import { aboutBytes, checkWritten } from '../write-text.ts'

const NULL = 0x5a
const TRUE = 0x54
const FALSE = 0x46
const INT_8 = 0x69
const UINT_8 = 0x55
const INT_16 = 0x49
const UINT_16 = 0x75
const INT_32 = 0x6c
const UINT_32 = 0x6d
const INT_64 = 0x4c
const UINT_64 = 0x4d
const FLOAT_32 = 0x64
const FLOAT_64 = 0x44
const HIGH_PRECISION = 0x48
const CHAR = 0x43
const TEXT = 0x53
const BYTE = 0x42
const TYPE = 0x24
const COUNT = 0x23
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_MAP = 0x7b
const CLOSE_MAP = 0x7d

/**
 * Floats below this, the smallest normal one, go as decimal text. The reference peer has 2.2250738585072014e-308
 * as `D`.
 */
const SMALLEST_NORMAL: number = 2 ** -1022

/** What the two dialects write differently. */
interface Dialect {
  readonly format: PayloadFormatName
  readonly isLittle: boolean
  /** Marker of the elements of a byte string. */
  readonly byte: number
  readonly values: ValueWriter
}

const BJDATA: Dialect = /* @__PURE__ */ dialectOf('ubjson', true, BYTE)
const DRAFT_12: Dialect = /* @__PURE__ */ dialectOf('ubjson-draft12', false, UINT_8)
const owns = Object.prototype.hasOwnProperty

function dialectOf(format: 'ubjson' | 'ubjson-draft12', isLittle: boolean, byte: number): Dialect {
  const key = (out: Output, text: string): void => writeSized(out, text, isLittle)
  const dialect: Dialect = {
    format,
    isLittle,
    byte,
    values: {
      write: (out, value, levels) => write(out, value, levels, dialect),
      null: writeNull,
      bigInt: (out, value) => writeBigInt(out, value, isLittle),
      float: (out, value) => writeFloat(out, value, dialect),
      bytes(out, value) {
        writeBytesHead(out, value.length, dialect)
        out.raw(value)
      },
      array: (out, value, levels) => writeArray(out, value, levels, dialect),
      tagged: () => false,
      dict: (out) => out.u8(OPEN_MAP),
      dictBytes: () => 1,
      key,
      closeDict: (out) => out.u8(CLOSE_MAP),
    },
  }
  return dialect
}

/** Containers have no counts: brackets end them. */
function tokensOf(dialect: Dialect): TokenWriter {
  const { isLittle, values } = dialect
  const text = (out: Output, value: string): void => writeText(out, value, isLittle)
  return {
    list: (out) => out.u8(OPEN_ARRAY),
    separator() {},
    closeList: (out) => out.u8(CLOSE_ARRAY),
    id: (out, value) => writeInteger(out, value, isLittle),
    null: writeNull,
    scalar: (out, value) => writeScalar(out, value, dialect),
    text,
    bytes(out, value) {
      writeBytesHead(out, value.length, dialect)
      out.splice(value)
    },
    dict: values.dict,
    key: values.key,
    closeDict: values.closeDict,
  }
}

/** BJData. @internal */
export const UBJSON_TOKENS: TokenWriter = /* @__PURE__ */ tokensOf(BJDATA)

/** UBJSON draft 12. @internal */
export const UBJSON_DRAFT12_TOKENS: TokenWriter = /* @__PURE__ */ tokensOf(DRAFT_12)

/**
 * Writes one value to `out` as BJData. `path` names the value in errors (`args`). Throws EncodeError with UNENCODABLE,
 * BAD_UTF8, KEY_TYPE, CYCLE, DEPTH_LIMIT or SIZE_LIMIT, and whatever a getter or `toJSON` of the application throws;
 * the caller then resets `out`.
 */
export function encodeUbjson(out: Output, value: unknown, rules: EncodeRules, path: string): void {
  encode(out, value, rules, path, BJDATA)
}

/** The same as UBJSON draft 12, which has no NaN and no infinities: UNENCODABLE, or null with the lenient rules. */
export function encodeUbjsonDraft12(out: Output, value: unknown, rules: EncodeRules, path: string): void {
  encode(out, value, rules, path, DRAFT_12)
}

function encode(out: Output, value: unknown, rules: EncodeRules, path: string, dialect: Dialect): void {
  const { values } = dialect
  beginValue(out, dialect.format, rules)
  try {
    if (!writeAny(out, value, '', firstLevels(rules), values)) writeAbsent(out, false, values)
  } catch (error) {
    throw failure(out, error, path)
  }
}

function write(out: Output, value: unknown, levels: number, dialect: Dialect): boolean {
  // Not a switch: engines answer each of these questions with a look at the value, without making its type a text.
  if (typeof value === 'string') writeText(out, value, dialect.isLittle)
  else if (typeof value === 'number') writeNumber(out, value, dialect)
  else if (typeof value === 'boolean') out.u8(value ? TRUE : FALSE)
  else if (value === null) out.u8(NULL)
  else if (typeof value !== 'object') return false
  else if (isPlainArray(value)) writeArray(out, value, levels, dialect)
  else if (isPlainObject(value)) writeObject(out, value, levels, dialect)
  else return false
  return true
}

function writeScalar(out: Output, value: boolean | number, dialect: Dialect): void {
  if (typeof value === 'number') writeNumber(out, value, dialect)
  else out.u8(value ? TRUE : FALSE)
}

function writeNull(out: Output): void {
  out.u8(NULL)
}

function writeNumber(out: Output, value: number, dialect: Dialect): void {
  if (isExactInteger(value)) writeInteger(out, value, dialect.isLittle)
  else writeFloat(out, value, dialect)
}

/** Writes an exact integer with its marker. Not negative in BJData: U, u, m, M; in draft 12: U, I, l, L. */
function writeInteger(out: Output, value: number, isLittle: boolean): void {
  if (value >= 0) {
    if (value < 0x100) {
      out.u8(UINT_8)
      out.u8(value)
    } else if (value < (isLittle ? 0x1_0000 : 0x8000)) {
      out.u8(isLittle ? UINT_16 : INT_16)
      out.u16(value, isLittle)
    } else if (value < (isLittle ? 0x1_0000_0000 : 0x8000_0000)) {
      out.u8(isLittle ? UINT_32 : INT_32)
      out.u32(value, isLittle)
    } else {
      out.u8(isLittle ? UINT_64 : INT_64)
      writeWide(out, value, isLittle)
    }
  } else if (value >= -0x80) {
    out.u8(INT_8)
    out.u8(value & 0xff)
  } else if (value >= -0x8000) {
    out.u8(INT_16)
    out.u16(value & 0xffff, isLittle)
  } else if (value >= -0x8000_0000) {
    out.u8(INT_32)
    out.u32(value >>> 0, isLittle)
  } else {
    out.u8(INT_64)
    writeWide(out, value, isLittle)
  }
}

/** Bytes of a length as `writeInteger` writes it. */
function lengthBytes(length: number, isLittle: boolean): number {
  return length < 0x100 ? 2 : length < (isLittle ? 0x1_0000 : 0x8000) ? 3 : 5
}

/** 64 bits of an exact integer; floor makes the upper half of a negative one two's complement. */
function writeWide(out: Output, value: number, isLittle: boolean): void {
  const high = Math.floor(value / 0x1_0000_0000)
  const low = value - high * 0x1_0000_0000
  out.u32(isLittle ? low : high >>> 0, isLittle)
  out.u32(isLittle ? high >>> 0 : low, isLittle)
}

function writeBigInt(out: Output, value: bigint, isLittle: boolean): void {
  if (value >= -0x8000_0000n && value <= 0xffff_ffffn) {
    writeInteger(out, Number(value), isLittle)
  } else if (value >= -0x8000_0000_0000_0000n && value <= 0x7fff_ffff_ffff_ffffn) {
    out.u8(isLittle && value >= 0n ? UINT_64 : INT_64)
    out.u64(value, isLittle)
  } else if (isLittle && value >= 0n && value <= 0xffff_ffff_ffff_ffffn) {
    out.u8(UINT_64)
    out.u64(value, isLittle)
  } else {
    writeHigh(out, value.toString(), isLittle)
  }
}

function writeHigh(out: Output, text: string, isLittle: boolean): void {
  out.u8(HIGH_PRECISION)
  writeInteger(out, text.length, isLittle)
  out.ascii(text)
}

function writeFloat(out: Output, value: number, { isLittle }: Dialect): void {
  const magnitude = Math.abs(value)
  if (magnitude === 0) {
    out.u8(FLOAT_32)
    out.u32(1 / value < 0 ? 0x8000_0000 : 0, isLittle)
  } else if (magnitude < SMALLEST_NORMAL) {
    writeHigh(out, exactDecimal(value), isLittle)
  } else if (!isLittle && value - value !== 0) {
    if (!isLenient(out)) throw noForm(String(value), out)
    out.u8(NULL)
  } else {
    out.u8(FLOAT_64)
    out.f64(value, isLittle)
  }
}

/** All digits of a subnormal float, as Python's Decimal has them: it is an integer times 2^-1074. */
function exactDecimal(value: number): string {
  let numerator = BigInt(Math.abs(value) / Number.MIN_VALUE)
  let power = 1074
  while ((numerator & 1n) === 0n) {
    numerator >>= 1n
    power--
  }
  // n / 2^k = n * 5^k / 10^k.
  const digits = (numerator * 5n ** BigInt(power)).toString()
  return `${value < 0 ? '-' : ''}${digits[0]}.${digits.slice(1)}E${digits.length - 1 - power}`
}

function writeText(out: Output, text: string, isLittle: boolean): void {
  if (text.length === 1 && text.charCodeAt(0) < 0x80) {
    out.u8(CHAR)
    out.u8(text.charCodeAt(0))
    return
  }
  out.u8(TEXT)
  writeSized(out, text, isLittle)
}

/** Length and text: what a key is. */
function writeSized(out: Output, text: string, isLittle: boolean): void {
  const { length } = text
  if (out.shortAscii(text, 2)) {
    const at = out.at - length - 2
    out.bytes[at] = UINT_8
    out.bytes[at + 1] = length
    return
  }
  // Text that is not ASCII may need another length.
  const head = out.mark()
  writeInteger(out, aboutBytes(text), isLittle)
  const start = out.mark()
  const count = out.utf8(text)
  if (count === length) return
  checkWritten(out, text)
  const end = out.rewind(head, start, lengthBytes(count, isLittle))
  writeInteger(out, count, isLittle)
  out.resume(end)
}

function writeBytesHead(out: Output, length: number, { byte, isLittle }: Dialect): void {
  out.u8(OPEN_ARRAY)
  out.u8(TYPE)
  out.u8(byte)
  out.u8(COUNT)
  writeInteger(out, length, isLittle)
}

function writeArray(out: Output, array: readonly unknown[], levels: number, dialect: Dialect): void {
  const length = lengthOf(array)
  const inner = levels > 0 ? levels - 1 : enterDeep(out, array)
  const { values } = dialect
  out.u8(OPEN_ARRAY)
  let i = 0
  try {
    for (; i < length; i++) {
      const value = array[i]
      if (write(out, value, inner, dialect) || writeFallback(out, value, i, inner, values)) continue
      writeAbsent(out, !(i in array), values)
    }
  } catch (error) {
    throw inside(error, array, i)
  }
  out.u8(CLOSE_ARRAY)
  if (levels === 0) leaveDeep(out)
}

/** A plain object: `for in` reads a value by the place that it has found the key at. */
function writeObject(
  out: Output,
  object: Readonly<Record<string, unknown>>,
  levels: number,
  dialect: Dialect,
): void {
  const inner = levels > 0 ? levels - 1 : enterDeep(out, object)
  const { isLittle, values } = dialect
  out.u8(OPEN_MAP)
  let step = ''
  try {
    for (const key in object) {
      // Free of charge for engines, in this very place and form.
      if (!owns.call(object, key)) continue
      const value = object[key]
      if (value === undefined) continue
      step = key
      const before = out.mark()
      writeSized(out, key, isLittle)
      if (write(out, value, inner, dialect) || writeFallback(out, value, key, inner, values)) continue
      out.resume(before)
    }
  } catch (error) {
    throw inside(error, object, step)
  }
  out.u8(CLOSE_MAP)
  if (levels === 0) leaveDeep(out)
}
