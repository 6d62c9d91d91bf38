/**
 * The bytes of values in the formats that are written from front to back, from the specifications and from what the
 * reference peer writes: slow, and obvious.
 */
import type { PayloadFormatName } from '../../../src/payload/format-names.ts'
import { flexbuffersOf } from './flexbuffers.ts'
import { float, integer } from './numbers.ts'
import { Ext, Float, Pairs, Simple, Tag, type Wire } from './wire.ts'

type Bytes = number[]

/** The bytes of a value, or of the list of a message. */
export function bytesOf(wire: Wire, format: PayloadFormatName): Buffer {
  const out: Bytes = []
  switch (format) {
    case 'cbor':
      cbor(out, wire)
      break
    case 'msgpack':
      msgpack(out, wire)
      break
    case 'json':
      return Buffer.from(json(wire))
    case 'flexbuffers':
      return flexbuffersOf(wire)
    default:
      ubjson(out, wire, format === 'ubjson')
  }
  return Buffer.from(out)
}

function add(out: Bytes, bytes: Iterable<number>): void {
  for (const byte of bytes) out.push(byte)
}

/** RFC 8949 section 3, lengths definite, arguments the shortest. */
function cbor(out: Bytes, wire: Wire): void {
  if (wire === null) out.push(0xf6)
  else if (typeof wire === 'boolean') out.push(wire ? 0xf5 : 0xf4)
  else if (typeof wire === 'string') cborText(out, 3, Buffer.from(wire))
  else if (typeof wire === 'bigint') cborInteger(out, wire)
  else if (wire instanceof Uint8Array) cborText(out, 2, wire)
  else if (wire instanceof Float) {
    const { value } = wire
    if (Number.isFinite(value)) out.push(0xfb, ...float(value))
    else out.push(0xf9, Number.isNaN(value) ? 0x7e : value > 0 ? 0x7c : 0xfc, 0)
  } else if (wire instanceof Tag) {
    cborHead(out, 6, wire.tag)
    cbor(out, wire.value)
  } else if (wire instanceof Simple) add(out, wire.simple < 24 ? [0xe0 + wire.simple] : [0xf8, wire.simple])
  else if (wire instanceof Ext) throw new Error('CBOR has no extensions')
  else if (wire instanceof Pairs) {
    cborHead(out, 5, BigInt(wire.pairs.length))
    for (const part of wire.pairs.flat()) cbor(out, part)
  } else {
    cborHead(out, 4, BigInt(wire.length))
    for (const item of wire) cbor(out, item)
  }
}

function cborHead(out: Bytes, major: number, argument: bigint): void {
  if (argument < 24n) out.push(major * 32 + Number(argument))
  else if (argument < 2n ** 8n) out.push(major * 32 + 24, ...integer(argument, 1))
  else if (argument < 2n ** 16n) out.push(major * 32 + 25, ...integer(argument, 2))
  else if (argument < 2n ** 32n) out.push(major * 32 + 26, ...integer(argument, 4))
  else out.push(major * 32 + 27, ...integer(argument, 8))
}

function cborText(out: Bytes, major: number, bytes: Uint8Array | Bytes): void {
  cborHead(out, major, BigInt(bytes.length))
  add(out, bytes)
}

function cborInteger(out: Bytes, value: bigint): void {
  const argument = value < 0n ? -1n - value : value
  if (argument < 2n ** 64n) {
    cborHead(out, value < 0n ? 1 : 0, argument)
  } else {
    // Section 3.4.3.
    out.push(value < 0n ? 0xc3 : 0xc2)
    cborText(out, 2, integer(argument, Math.ceil(argument.toString(16).length / 2)))
  }
}

/** The MessagePack specification, every form the shortest, the unsigned family for what is not negative. */
function msgpack(out: Bytes, wire: Wire): void {
  if (wire === null) out.push(0xc0)
  else if (typeof wire === 'boolean') out.push(wire ? 0xc3 : 0xc2)
  else if (typeof wire === 'string') {
    const bytes = Buffer.from(wire)
    add(out, sized(bytes.length, [0xa0, 32], 0xd9, 0xda, 0xdb))
    add(out, bytes)
  } else if (typeof wire === 'bigint') add(out, msgpackInteger(wire))
  else if (wire instanceof Uint8Array) {
    add(out, sized(wire.length, null, 0xc4, 0xc5, 0xc6))
    add(out, wire)
  } else if (wire instanceof Float) out.push(0xcb, ...float(wire.value))
  else if (wire instanceof Ext) {
    const fixed = [1, 2, 4, 8, 16].indexOf(wire.bytes.length)
    add(out, fixed >= 0 ? [0xd4 + fixed] : sized(wire.bytes.length, null, 0xc7, 0xc8, 0xc9))
    add(out, integer(wire.type, 1))
    add(out, wire.bytes)
  } else if (wire instanceof Tag || wire instanceof Simple) throw new Error('MsgPack has no tags')
  else if (wire instanceof Pairs) {
    add(out, sized(wire.pairs.length, [0x80, 16], null, 0xde, 0xdf))
    for (const part of wire.pairs.flat()) msgpack(out, part)
  } else {
    add(out, sized(wire.length, [0x90, 16], null, 0xdc, 0xdd))
    for (const item of wire) msgpack(out, item)
  }
}

/** A size in the code itself, or behind a code in 8, 16 or 32 bits. */
function sized(
  size: number,
  fixed: readonly [number, number] | null,
  code8: number | null,
  code16: number,
  code32: number,
): Bytes {
  if (fixed !== null && size < fixed[1]) return [fixed[0] + size]
  if (code8 !== null && size < 2 ** 8) return [code8, size]
  return size < 2 ** 16 ? [code16, ...integer(size, 2)] : [code32, ...integer(size, 4)]
}

function msgpackInteger(value: bigint): Bytes {
  if (value >= -32n && value < 128n) return integer(value, 1)
  const size = [1, 2, 4].find((bytes) => fits(value, bytes)) ?? 8
  return [(value < 0n ? 0xd0 : 0xcc) + Math.log2(size), ...integer(value, size)]
}

/** True when so many bytes hold it, unsigned if it is not negative. */
function fits(value: bigint, size: number): boolean {
  return value < 0n ? value >= -(2n ** BigInt(size * 8 - 1)) : value < 2n ** BigInt(size * 8)
}

/** RFC 8259, numbers as JavaScript writes them, and as Python's `repr` where that would be another value. */
function json(wire: Wire): string {
  if (typeof wire === 'bigint') return wire.toString()
  if (typeof wire !== 'object' || wire === null) return JSON.stringify(wire)
  if (wire instanceof Uint8Array) return `"\\u0000${Buffer.from(wire).toString('base64')}"`
  if (wire instanceof Float) {
    const { value, isTyped } = wire
    const isPlain = !isTyped && !Object.is(value, -0) && Math.abs(value) <= 2 ** 53
    return isPlain ? JSON.stringify(value) : repr(value)
  }
  if (wire instanceof Pairs) return `{${wire.pairs.map(([key, value]) => `${json(key)}:${json(value)}`)}}`
  if (wire instanceof Tag || wire instanceof Ext || wire instanceof Simple)
    throw new Error('JSON has no tags')
  return `[${wire.map(json)}]`
}

/** Python's: the shortest digits, positional from 1e-4 on to below 1e16. */
function repr(value: number): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const [mantissa, power] = Math.abs(value).toExponential().split('e') as [string, string]
  const digits = mantissa.replace('.', '')
  const exponent = Number(power)
  if (exponent < -4 || exponent >= 16) {
    const text = `${Math.abs(exponent)}`.padStart(2, '0')
    return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${text}`
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const padded = digits.padEnd(exponent + 1, '0')
  return `${sign}${padded.slice(0, exponent + 1)}.${padded.slice(exponent + 1) || '0'}`
}

/** UBJSON draft 12, or BJData, which has unsigned integers and is little-endian. */
function ubjson(out: Bytes, wire: Wire, isBjdata: boolean): void {
  if (wire === null) add(out, Buffer.from('Z'))
  else if (typeof wire === 'boolean') add(out, Buffer.from(wire ? 'T' : 'F'))
  else if (typeof wire === 'string') {
    const isChar = Buffer.from(wire).length === 1
    add(out, Buffer.from(isChar ? `C${wire}` : 'S'))
    if (!isChar) ubjsonText(out, wire, isBjdata)
  } else if (typeof wire === 'bigint') ubjsonInteger(out, wire, isBjdata)
  else if (wire instanceof Uint8Array) {
    add(out, Buffer.from(isBjdata ? '[$B#' : '[$U#'))
    ubjsonInteger(out, BigInt(wire.length), isBjdata)
    add(out, wire)
  } else if (wire instanceof Float) ubjsonFloat(out, wire.value, isBjdata)
  else if (wire instanceof Pairs) {
    add(out, Buffer.from('{'))
    for (const [key, value] of wire.pairs) {
      ubjsonText(out, key as string, isBjdata)
      ubjson(out, value, isBjdata)
    }
    add(out, Buffer.from('}'))
  } else if (wire instanceof Tag || wire instanceof Ext || wire instanceof Simple)
    throw new Error('UBJSON has no tags')
  else {
    add(out, Buffer.from('['))
    for (const item of wire) ubjson(out, item, isBjdata)
    add(out, Buffer.from(']'))
  }
}

/** The shortest form, the unsigned one first; decimal digits when there is none. */
function ubjsonInteger(out: Bytes, value: bigint, isBjdata: boolean): void {
  const unsigned = (isBjdata ? ['U1', 'u2', 'm4', 'M8'] : ['U1']).map(markerOf)
  const signed = ['i1', 'I2', 'l4', 'L8'].map(markerOf)
  const match =
    (value >= 0n ? unsigned.find(([, size]) => fits(value, size)) : undefined) ??
    signed.find(([, size]) => BigInt.asIntN(size * 8, value) === value)
  if (match === undefined) ubjsonHigh(out, value.toString(), isBjdata)
  else out.push(match[0].charCodeAt(0), ...integer(value, match[1], isBjdata))
}

function ubjsonFloat(out: Bytes, value: number, isBjdata: boolean): void {
  if (value === 0) {
    const zero = [Object.is(value, -0) ? 0x80 : 0, 0, 0, 0]
    add(out, Buffer.from('d'))
    add(out, isBjdata ? zero.reverse() : zero)
  } else if (Math.abs(value) < 2 ** -1022) {
    ubjsonHigh(out, decimal(value), isBjdata)
  } else {
    add(out, Buffer.from('D'))
    add(out, float(value, isBjdata))
  }
}

function ubjsonHigh(out: Bytes, text: string, isBjdata: boolean): void {
  add(out, Buffer.from('H'))
  ubjsonText(out, text, isBjdata)
}

function ubjsonText(out: Bytes, text: string, isBjdata: boolean): void {
  const bytes = Buffer.from(text)
  ubjsonInteger(out, BigInt(bytes.length), isBjdata)
  add(out, bytes)
}

function markerOf(text: string): [string, number] {
  return [text.slice(0, 1), Number(text.slice(1))]
}

/** All digits of a subnormal double, of which there is a whole number of 2^-1074 = 5^1074 / 10^1074. */
function decimal(value: number): string {
  const bits = Buffer.from(float(Math.abs(value))).readBigUInt64BE()
  const digits = (bits * 5n ** 1074n).toString()
  const shortest = digits.replace(/0+$/, '')
  return `${value < 0 ? '-' : ''}${shortest.slice(0, 1)}.${shortest.slice(1)}E${digits.length - 1 - 1074}`
}
