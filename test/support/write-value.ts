/**
 * A second encoder, for tests only: plain values to all list formats in their simplest forms, written without a
 * look at the one that is tested. It can write what ours refuses, for example maps whose keys are no strings.
 */
import { Float64 } from '../../src/index.ts'
import type { WireFormat } from './vectors.ts'

/** The bytes of a value, or null when the format cannot carry it. */
export function writeValue(format: WireFormat, value: unknown): Uint8Array | null {
  const bytes: number[] = []
  const text = format === 'json' ? jsonText(value) : null
  if (format === 'json') return text === null ? null : new Uint8Array(Buffer.from(text))
  if (format === 'cbor') writeCbor(bytes, value)
  else if (
    !(format === 'msgpack' ? writeMsgpack(bytes, value) : writeUbjson(bytes, value, format === 'ubjson'))
  )
    return null
  return Uint8Array.from(bytes)
}

/** UTF-8, and a lone surrogate as the three bytes that a careless encoder writes for it. */
function utf8(text: string): Uint8Array {
  if (text.isWellFormed()) return Buffer.from(text)
  const parts = Array.from(text, (character) => {
    const code = character.codePointAt(0) as number
    const isLone = code >= 0xd800 && code <= 0xdfff
    return isLone ? Buffer.from([0xed, (code >> 6) & 0xbf, 0x80 | (code & 63)]) : Buffer.from(character)
  })
  return Buffer.concat(parts)
}

function entriesOf(value: object): [unknown, unknown][] {
  return value instanceof Map ? [...value] : Object.entries(value)
}

function jsonText(value: unknown): string | null {
  if (value instanceof Float64) {
    if (!Number.isFinite(value.value)) return null
    if (Object.is(value.value, -0)) return '-0.0'
    return Number.isInteger(value.value) && Math.abs(value.value) < 1e21
      ? `${value.value}.0`
      : `${value.value}`
  }
  if (value instanceof Uint8Array) return `"\\u0000${Buffer.from(value).toString('base64')}"`
  if (typeof value === 'bigint') return `${value}`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const isList = Array.isArray(value)
  const parts = isList
    ? value.map(jsonText)
    : entriesOf(value).map(([key, item]) => {
        const text = jsonText(item)
        return typeof key === 'string' && text !== null ? `${JSON.stringify(key)}:${text}` : null
      })
  if (parts.includes(null)) return null
  return isList ? `[${parts.join()}]` : `{${parts.join()}}`
}

/** Appends a big-endian unsigned number of `width` bytes. */
function unsigned(bytes: number[], value: bigint, width: number): void {
  for (let shift = BigInt(width - 1) * 8n; shift >= 0n; shift -= 8n)
    bytes.push(Number((value >> shift) & 0xffn))
}

function float(bytes: number[], value: number): void {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  bytes.push(...new Uint8Array(view.buffer))
}

function cborHead(bytes: number[], major: number, value: bigint): void {
  const width = [1, 2, 4, 8].find((candidate) => value < 1n << BigInt(8 * candidate)) as number
  if (value < 24n) bytes.push((major << 5) | Number(value))
  else {
    bytes.push((major << 5) | (24 + Math.log2(width)))
    unsigned(bytes, value, width)
  }
}

function writeCbor(bytes: number[], value: unknown): boolean {
  if (value === null) bytes.push(0xf6)
  else if (typeof value === 'boolean') bytes.push(value ? 0xf5 : 0xf4)
  else if (value instanceof Float64) {
    bytes.push(0xfb)
    float(bytes, value.value)
  } else if (typeof value === 'number' || typeof value === 'bigint') {
    const integer = BigInt(value)
    const absolute = integer < 0n ? -1n - integer : integer
    if (absolute < 1n << 64n) cborHead(bytes, integer < 0n ? 1 : 0, absolute)
    else {
      bytes.push(integer < 0n ? 0xc3 : 0xc2)
      const digits = absolute.toString(16)
      writeCbor(
        bytes,
        new Uint8Array(Buffer.from(digits.padStart(digits.length + (digits.length & 1), '0'), 'hex')),
      )
    }
  } else if (typeof value === 'string' || value instanceof Uint8Array) {
    const content = typeof value === 'string' ? utf8(value) : value
    cborHead(bytes, typeof value === 'string' ? 3 : 2, BigInt(content.length))
    bytes.push(...content)
  } else if (Array.isArray(value)) {
    cborHead(bytes, 4, BigInt(value.length))
    for (const item of value) writeCbor(bytes, item)
  } else {
    const entries = entriesOf(value as object)
    cborHead(bytes, 5, BigInt(entries.length))
    for (const item of entries.flat()) writeCbor(bytes, item)
  }
  return true
}

function writeMsgpack(bytes: number[], value: unknown): boolean {
  if (value === null) bytes.push(0xc0)
  else if (typeof value === 'boolean') bytes.push(value ? 0xc3 : 0xc2)
  else if (value instanceof Float64) {
    bytes.push(0xcb)
    float(bytes, value.value)
  } else if (typeof value === 'number' || typeof value === 'bigint') {
    const integer = BigInt(value)
    if (integer >= 1n << 64n || integer < -(1n << 63n)) return false
    if (integer >= 0n && integer < 0x80n) bytes.push(Number(integer))
    else {
      bytes.push(integer < 0n ? 0xd3 : 0xcf)
      unsigned(bytes, BigInt.asUintN(64, integer), 8)
    }
  } else if (typeof value === 'string' || value instanceof Uint8Array) {
    const content = typeof value === 'string' ? utf8(value) : value
    bytes.push(typeof value === 'string' ? 0xdb : 0xc6)
    unsigned(bytes, BigInt(content.length), 4)
    bytes.push(...content)
  } else {
    const items = Array.isArray(value) ? value : entriesOf(value as object).flat()
    bytes.push(Array.isArray(value) ? 0xdd : 0xdf)
    unsigned(bytes, BigInt(Array.isArray(value) ? items.length : items.length / 2), 4)
    for (const item of items) if (!writeMsgpack(bytes, item)) return false
  }
  return true
}

/**
 * Long lengths and counted containers: forms that are valid and not ours. Keys must be text, there is no other form.
 */
function writeUbjson(bytes: number[], value: unknown, isLittle: boolean): boolean {
  const push = (...content: readonly number[]): number => bytes.push(...content)
  const number = (marker: string, content: bigint, width: number): void => {
    const part: number[] = []
    unsigned(part, content, width)
    push(marker.charCodeAt(0), ...(isLittle ? part.reverse() : part))
  }
  const length = (count: number): void => number('l', BigInt(count), 4)
  const marks = (text: string): void => void push(...Buffer.from(text))
  if (value === null) marks('Z')
  else if (typeof value === 'boolean') marks(value ? 'T' : 'F')
  else if (value instanceof Float64) {
    const part: number[] = []
    float(part, value.value)
    push(0x44, ...(isLittle ? part.reverse() : part))
  } else if (typeof value === 'number' || typeof value === 'bigint') {
    const integer = BigInt(value)
    if (BigInt.asIntN(64, integer) === integer) number('L', BigInt.asUintN(64, integer), 8)
    else {
      marks('H')
      length(String(integer).length)
      marks(String(integer))
    }
  } else if (typeof value === 'string' || value instanceof Uint8Array) {
    const content = typeof value === 'string' ? utf8(value) : value
    marks(typeof value === 'string' ? 'S' : isLittle ? '[$B#' : '[$U#')
    length(content.length)
    push(...content)
  } else if (Array.isArray(value)) {
    marks('[#')
    length(value.length)
    return value.every((item) => writeUbjson(bytes, item, isLittle))
  } else {
    const entries = entriesOf(value as object)
    marks('{#')
    length(entries.length)
    return entries.every(([key, item]) => {
      if (typeof key !== 'string') return false
      const content = utf8(key)
      length(content.length)
      push(...content)
      return writeUbjson(bytes, item, isLittle)
    })
  }
  return true
}
