/**
 * The values of UBJSON that are no containers, for `ubjson/read.ts`: numbers of every width, text, and high-precision
 * numbers.
 */
import type { ProtocolError } from '../../errors.ts'
import { halfFloat } from '../binary/half-float.ts'
import { maxDigits } from '../decode-rules.ts'
import type { Reader } from '../decode-value.ts'
import { MAX_EXACT } from '../encode-value.ts'
import type { Float64 } from '../values.ts'
import { BJDATA, type Dialect, isLength, readInteger, readLength, readUnsigned } from './head.ts'

/** Characters of a decimal with fraction or exponent: the exact text of any double fits. */
const MAX_DECIMAL = 1100

/** The grammar of high-precision numbers, JSON's: an integer, or with a fraction or exponent. */
const NUMBER = /^-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/

/**
 * The value behind its marker, or without one, of a type that is no container; `offset` is where errors are. Throws
 * ProtocolError as `decodeUbjson`.
 */
export function readScalar(reader: Reader, marker: number, offset: number, dialect: Dialect): unknown {
  switch (marker) {
    case 0x55: // U, as most integers are
      return reader.integer(reader.u8())
    case 0x5a: // Z
      return null
    case 0x54: // T
      return true
    case 0x46: // F
      return false
    case 0x43: // C
      reader.need(1)
      if (reader.bytes[reader.at]! >= 0x80) throw reader.fail('BAD_UTF8')
      return reader.text(1)
    case 0x53: // S
      return readText(reader, dialect, 'BAD_TOKEN')
    case 0x64: // d
      return reader.float(readFloat32(reader, dialect))
    case 0x44: // D
      return reader.float(readFloat64(reader, dialect))
    case 0x48: // H
      return readHigh(reader, dialect)
  }
  if (isLength(marker, dialect)) {
    const value = readInteger(reader, marker, dialect)
    return typeof value === 'number' ? reader.integer(value) : reader.bigInteger(value, offset)
  }
  if (dialect === BJDATA) {
    if (marker === 0x42 /* B */) return reader.integer(reader.u8())
    if (marker === 0x68 /* h */) return reader.float(halfFloat(readUnsigned(reader, 2, dialect)))
  }
  throw reader.fail('BAD_TOKEN', offset)
}

/** Length and text; `wrong` is the code for a length that is no integer. */
export function readText(reader: Reader, dialect: Dialect, wrong: 'BAD_TOKEN' | 'KEY_TYPE'): string {
  const length = readLength(reader, dialect, wrong)
  reader.checkLength(length, 1, reader.at)
  return reader.text(length)
}

/** A high-precision number with its length. */
function readHigh(reader: Reader, dialect: Dialect): number | bigint | Float64 {
  const start = reader.at
  const length = readLength(reader, dialect, 'BAD_TOKEN')
  reader.checkLength(length, 1, reader.at)
  return readDecimal(reader, length, start)
}

/** The number whose text is the next `length` bytes, which must be in the range. */
export function readDecimal(reader: Reader, length: number, offset: number): number | bigint | Float64 {
  const limit = maxDigits(reader.rules)
  const tooLong = (): ProtocolError => reader.fail('SIZE_LIMIT', offset)
  if (length > Math.max(limit + 1, MAX_DECIMAL)) throw tooLong()
  let text = ''
  for (let i = 0; i < length; i++) text += String.fromCharCode(reader.bytes[reader.at++]!)
  const match = NUMBER.exec(text)
  if (match === null) throw reader.fail('BAD_NUMBER', offset)
  const value = Number(text)
  if (match[1] === undefined && match[2] === undefined && !Object.is(value, -0)) {
    if (length - (value < 0 ? 1 : 0) > limit) throw tooLong()
    // Strictly below: 2^53 is also what 2^53 + 1 rounds to.
    return Math.abs(value) < MAX_EXACT ? reader.integer(value) : reader.bigInteger(BigInt(text), offset)
  }
  if (!Number.isFinite(value)) throw reader.fail('BAD_NUMBER', offset)
  return reader.float(value)
}

const scratch = new DataView(new ArrayBuffer(8))

function readFloat32(reader: Reader, dialect: Dialect): number {
  scratch.setUint32(0, readUnsigned(reader, 4, dialect))
  return scratch.getFloat32(0)
}

function readFloat64(reader: Reader, dialect: Dialect): number {
  const first = readUnsigned(reader, 4, dialect)
  const second = readUnsigned(reader, 4, dialect)
  scratch.setUint32(dialect.isLittle ? 4 : 0, first)
  scratch.setUint32(dialect.isLittle ? 0 : 4, second)
  return scratch.getFloat64(0)
}
