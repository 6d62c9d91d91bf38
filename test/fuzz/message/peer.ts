/**
 * A peer: it writes the model's values in the list formats, in forms that are valid and mostly not ours. The seed says
 * which liberties it takes, so that a program is written in the same way each time.
 */
import type { Random } from '../../support/random.ts'
import { big, once } from '../wire.ts'
import { Flt, type Format, isList, type Plain } from './plain.ts'
import { isEmpty, type Shadow } from './shadow.ts'

/** Writes one value. */
export type WriteValue = (value: Plain) => Buffer

/** The frame of a message as a list. The message must have come through `throughList` of the format. */
export function peerFrame(shadow: Shadow, format: Format, random: Random): Uint8Array {
  return writerOf(format, random)(listOf(shadow))
}

/** The list form, in plain values. */
function listOf({ schema, attributes, custom, args, kwargs, payload, mode }: Shadow): Plain {
  const list: Plain[] = [schema.code]
  for (const { name, isPosition, kind } of schema.attributes) {
    if (isPosition) list.push(attributes.get(name) ?? (kind === 'dict' ? new Map() : null))
  }
  const options = new Map<string, Plain>(custom ?? [])
  for (const { name, isPosition } of schema.attributes) {
    const value = attributes.get(name)
    if (!isPosition && value !== undefined) options.set(name.replace(/^(resume)_/, '$1-'), value)
  }
  if (schema.className === 'Welcome' && attributes.has('resume_token')) {
    options.delete('resume-token')
    options.set('resume_token', attributes.get('resume_token') as Plain)
  }
  const hasOptions = schema.attributes.some(({ isPosition }) => !isPosition)
  if (hasOptions) addOptions(list, schema.className, options)
  if (payload !== null) list.push(mode === 'ppt' ? [payload] : payload)
  else if (kwargs !== null && !isEmpty(kwargs)) list.push(args, kwargs)
  else if (args !== null && !isEmpty(args)) list.push(args)
  return list
}

/** Options stand before the URI of a request, and at the end of all else. */
function addOptions(list: Plain[], className: string, options: ReadonlyMap<string, Plain>): void {
  if (['Abort', 'Goodbye'].includes(className)) list.splice(1, 0, options)
  else if (className === 'Error') list.splice(3, 0, options)
  else if (['Publish', 'Subscribe', 'Call', 'Register'].includes(className)) list.splice(2, 0, options)
  else if (!/^(?:Uns|Unr)/.test(className) || options.size > 0) list.push(options)
}

/** A writer of one format. */
export function writerOf(format: Format, random: Random): WriteValue {
  switch (format) {
    case 'cbor':
      return cborWriter(random)
    case 'msgpack':
      return msgpackWriter(random)
    case 'json':
      return (value) => Buffer.from(jsonText(value, random))
    default:
      return ubjsonWriter(format === 'ubjson', random)
  }
}

/** The least width of an unsigned number, sometimes a larger one. */
function widthOf(value: bigint, random: Random): number {
  const needed = value < 256n ? 1 : value < 65536n ? 2 : value < 2n ** 32n ? 4 : 8
  return once(random, 12) ? Math.max(needed, random.pick([2, 4, 8])) : needed
}

function float64(value: number, isLittle: boolean = false): Buffer {
  const bytes = Buffer.alloc(8)
  if (isLittle) bytes.writeDoubleLE(value)
  else bytes.writeDoubleBE(value)
  return bytes
}

function float32(value: number, isLittle: boolean = false): Buffer {
  const bytes = Buffer.alloc(4)
  if (isLittle) bytes.writeFloatLE(value)
  else bytes.writeFloatBE(value)
  return bytes
}

const isSingle = (value: number): boolean => Object.is(Math.fround(value), value)

function cborWriter(random: Random): WriteValue {
  const head = (major: number, value: bigint): Buffer => {
    if (value < 24n && !once(random, 12)) return Buffer.from([(major << 5) | Number(value)])
    const width = widthOf(value, random)
    return Buffer.concat([Buffer.from([(major << 5) | (24 + Math.log2(width))]), big(value, width)])
  }
  const string = (major: number, bytes: Buffer): Buffer =>
    Buffer.concat([head(major, BigInt(bytes.length)), bytes])
  const chunked = (major: number, bytes: Buffer): Buffer => {
    if (!once(random, 12)) return string(major, bytes)
    // Chunks of text are text: only ASCII may be cut anywhere.
    const isAscii = bytes.every((byte) => byte < 128)
    const cut = major === 2 || isAscii ? random.int(0, bytes.length) : 0
    const parts = [string(major, bytes.subarray(0, cut)), string(major, bytes.subarray(cut))]
    return Buffer.concat([Buffer.from([(major << 5) | 31]), ...parts, Buffer.from([0xff])])
  }
  const container = (major: number, count: number, items: readonly Buffer[]): Buffer => {
    if (!once(random, 6)) return Buffer.concat([head(major, BigInt(count)), ...items])
    return Buffer.concat([Buffer.from([(major << 5) | 31]), ...items, Buffer.from([0xff])])
  }
  const integer = (value: bigint): Buffer => {
    const absolute = value < 0n ? -1n - value : value
    if (absolute < 2n ** 64n && !once(random, 30)) return head(value < 0n ? 1 : 0, absolute)
    const digits = absolute.toString(16)
    const bytes = Buffer.from(digits.padStart(digits.length + (digits.length & 1), '0'), 'hex')
    return Buffer.concat([Buffer.from([value < 0n ? 0xc3 : 0xc2]), string(2, bytes)])
  }
  const write = (value: Plain): Buffer => {
    if (value === null) return Buffer.from([0xf6])
    if (typeof value === 'boolean') return Buffer.from([value ? 0xf5 : 0xf4])
    if (typeof value === 'string') return chunked(3, Buffer.from(value))
    if (typeof value === 'number')
      return head(value < 0 ? 1 : 0, value < 0 ? BigInt(-1 - value) : BigInt(value))
    if (typeof value === 'bigint') return integer(value)
    if (value instanceof Flt) {
      const half = HALF_FLOATS.find(([float]) => Object.is(float, value.value))
      if (half !== undefined && once(random, 2)) return Buffer.from([0xf9, ...half[1]])
      if (isSingle(value.value) && once(random, 2)) return Buffer.from([0xfa, ...float32(value.value)])
      return Buffer.from([0xfb, ...float64(value.value)])
    }
    if (value instanceof Uint8Array) return chunked(2, Buffer.from(value))
    if (isList(value)) return container(4, value.length, value.map(write))
    return container(
      5,
      value.size,
      [...value].flatMap(([key, item]) => [write(key), write(item)]),
    )
  }
  return write
}

const HALF_FLOATS: readonly (readonly [number, readonly [number, number]])[] = [
  [Number.NaN, [0x7e, 0]],
  [Number.POSITIVE_INFINITY, [0x7c, 0]],
  [-0, [0x80, 0]],
  [1, [0x3c, 0]],
  [0.5, [0x38, 0]],
  [-1.5, [0xbe, 0]],
]

function msgpackWriter(random: Random): WriteValue {
  const sized = (codes: readonly number[], length: number, content: Uint8Array): Buffer => {
    const fit = length < 256 && codes[0] !== 0 ? 0 : length < 65_536 ? 1 : 2
    const place = once(random, 10) ? Math.max(fit, random.int(1, 2)) : fit
    return Buffer.concat([Buffer.from([codes[place] as number]), big(BigInt(length), 1 << place), content])
  }
  const short = (
    code: number,
    limit: number,
    codes: readonly number[],
    count: number,
    content: Buffer,
  ): Buffer =>
    count < limit && !once(random, 10)
      ? Buffer.concat([Buffer.from([code | count]), content])
      : sized(codes, count, content)
  const integer = (value: bigint): Buffer => {
    if (value >= -32n && value < 128n && !once(random, 10)) return big(value, 1)
    const isSigned = value < 0n || (value < 2n ** 63n && once(random, 4))
    const absolute = value < 0n ? -1n - value : value
    const width = widthOf(isSigned ? absolute << 1n : absolute, random)
    return Buffer.concat([Buffer.from([(isSigned ? 0xd0 : 0xcc) + Math.log2(width)]), big(value, width)])
  }
  const write = (value: Plain): Buffer => {
    if (value === null) return Buffer.from([0xc0])
    if (typeof value === 'boolean') return Buffer.from([value ? 0xc3 : 0xc2])
    if (typeof value === 'number' || typeof value === 'bigint') return integer(BigInt(value))
    if (value instanceof Flt) {
      if (isSingle(value.value) && once(random, 2)) return Buffer.from([0xca, ...float32(value.value)])
      return Buffer.from([0xcb, ...float64(value.value)])
    }
    if (typeof value === 'string') {
      const bytes = Buffer.from(value)
      return short(0xa0, 32, [0xd9, 0xda, 0xdb], bytes.length, bytes)
    }
    if (value instanceof Uint8Array) return sized([0xc4, 0xc5, 0xc6], value.length, value)
    if (isList(value)) return short(0x90, 16, [0, 0xdc, 0xdd], value.length, Buffer.concat(value.map(write)))
    const content = Buffer.concat([...value].flatMap(([key, item]) => [write(key), write(item)]))
    return short(0x80, 16, [0, 0xde, 0xdf], value.size, content)
  }
  return write
}

function jsonText(value: Plain, random: Random): string {
  const space = once(random, 15) ? random.pick([' ', '\n', '\t ', '\r']) : ''
  return `${space}${bareJson(value, random)}${space}`
}

function bareJson(value: Plain, random: Random): string {
  if (value instanceof Flt) return jsonFloat(value.value, random)
  if (value instanceof Uint8Array) return `"\\u0000${Buffer.from(value).toString('base64')}"`
  if (typeof value === 'string') return jsonString(value, random)
  if (isList(value)) return `[${value.map((item) => jsonText(item, random)).join()}]`
  if (!(value instanceof Map)) return String(value)
  const entries = [...(value as ReadonlyMap<string, Plain>)]
  return `{${entries.map(([key, item]) => `${jsonString(key, random)}:${jsonText(item, random)}`).join()}}`
}

/** A float has a dot or an exponent. */
function jsonFloat(value: number, random: Random): string {
  if (Object.is(value, -0)) return random.pick(['-0.0', '-0e1', '-0.00'])
  const text = once(random, 3) ? value.toExponential() : String(value)
  if (/[.e]/.test(text)) return once(random, 4) ? text.replace('e', 'E') : text
  return `${text}${random.pick(['.0', 'e0', '.00E+0'])}`
}

function jsonString(text: string, random: Random): string {
  let out = ''
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    const isForced = unit < 0x20 || unit === 0x22 || unit === 0x5c
    if (isForced || once(random, 40)) out += `\\u${unit.toString(16).padStart(4, '0')}`
    else out += unit === 0x2f && once(random, 2) ? '\\/' : text[i]
  }
  // An escaped half of a pair needs its other half escaped too.
  return `"${out.isWellFormed() ? out : JSON.stringify(text).slice(1, -1)}"`
}

function ubjsonWriter(isLittle: boolean, random: Random): WriteValue {
  const mark = (marker: string, ...content: readonly Uint8Array[]): Buffer =>
    Buffer.concat([Buffer.from(marker, 'latin1'), ...content])
  const number = (marker: string, value: bigint, width: number): Buffer => {
    const bytes = big(value, width)
    return mark(marker, isLittle ? bytes.reverse() : bytes)
  }
  const small = (value: bigint): Buffer | null => {
    const fits = (bits: number): boolean => BigInt.asIntN(bits, value) === value
    if (value >= 0n && value < 256n && !once(random, 10)) return number('U', value, 1)
    if (fits(16) && !once(random, 10)) return number('I', value, 2)
    if (fits(32) && !once(random, 10)) return number('l', value, 4)
    return fits(64) ? number('L', value, 8) : null
  }
  const size = (value: number): Buffer => small(BigInt(value)) as Buffer
  const integer = (value: bigint): Buffer => {
    const text = String(value)
    const short = once(random, 60) ? null : small(value)
    return short ?? mark('H', size(text.length), Buffer.from(text))
  }
  const string = (text: string): Buffer => {
    const bytes = Buffer.from(text)
    return Buffer.concat([size(bytes.length), bytes])
  }
  const counted = (open: string, close: string, count: number, items: readonly Buffer[]): Buffer =>
    once(random, 3)
      ? mark(`${open}#`, size(count), ...items)
      : Buffer.concat([
          mark(open),
          ...items.flatMap((item) => (once(random, 30) ? [mark('N'), item] : [item])),
          mark(close),
        ])
  const write = (value: Plain): Buffer => {
    if (value === null) return mark('Z')
    if (typeof value === 'boolean') return mark(value ? 'T' : 'F')
    if (typeof value === 'number' || typeof value === 'bigint') return integer(BigInt(value))
    if (value instanceof Flt) {
      if (isSingle(value.value) && once(random, 2)) return mark('d', float32(value.value, isLittle))
      return mark('D', float64(value.value, isLittle))
    }
    if (typeof value === 'string') return mark('S', string(value))
    if (value instanceof Uint8Array) return mark(isLittle ? '[$B#' : '[$U#', size(value.length), value)
    if (isList(value)) {
      const items = value.map(write)
      const type = once(random, 2) ? sharedType(items, isLittle) : null
      if (type === null) return counted('[', ']', items.length, items)
      return mark(`[$${type}#`, size(items.length), ...items.map((item) => item.subarray(1)))
    }
    const entries = [...value].map(([key, item]) => Buffer.concat([string(key), write(item)]))
    return counted('{', '}', value.size, entries)
  }
  return write
}

const SIZES: Readonly<Record<string, number>> = { U: 1, I: 2, l: 4, d: 4, L: 8, D: 8 }

/** The type that all items share; a typed list of `U` is a byte string in draft 12. */
function sharedType(items: readonly Buffer[], isLittle: boolean): string | null {
  const type = String.fromCharCode(items[0]?.[0] ?? 0)
  const size = SIZES[type]
  if (size === undefined || (type === 'U' && !isLittle)) return null
  return items.every((item) => item[0] === items[0]?.[0] && item.length === size + 1) ? type : null
}
