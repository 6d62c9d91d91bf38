/**
 * Bytes of each format from parts that need not be valid: text of any bytes, keys of any kind, lengths that lie. Our
 * encoders write none of this.
 */
import { createCodec } from '../../src/index.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'

/** Formats that are read from front to back: those of whole frames, the older UBJSON counted apart. */
export const LIST_FORMATS = ['json', 'msgpack', 'cbor', 'ubjson', 'ubjson-draft12'] as const

/** One of them. */
export type ListFormat = (typeof LIST_FORMATS)[number]

/** All payload formats. */
export const FORMATS: readonly PayloadFormatName[] = [...LIST_FORMATS, 'flexbuffers']

/** Bytes, text as UTF-8, or one byte. */
export type Part = Uint8Array | readonly number[] | string | number

const encoder = new TextEncoder()

/** All parts as one plain Uint8Array. */
export function join(...parts: readonly Part[]): Uint8Array {
  return joinAll(parts)
}

/** The same of a list: of hundred thousand parts, too. */
export function joinAll(parts: readonly Part[]): Uint8Array {
  const pieces = parts.map((part) => {
    if (typeof part === 'string') return encoder.encode(part)
    return typeof part === 'number' ? Uint8Array.of(part) : Uint8Array.from(part)
  })
  return new Uint8Array(Buffer.concat(pieces))
}

/** Bytes of hexadecimal text; spaces are ignored. */
export function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))
}

/** A part, so many times. */
export function repeat(part: Part, times: number): Uint8Array {
  const piece = join(part)
  const bytes = new Uint8Array(piece.length * times)
  if (times > 0) bytes.set(piece)
  for (let done = piece.length; done < bytes.length && done > 0; done *= 2) bytes.copyWithin(done, 0, done)
  return bytes
}

/** An unsigned number in so many bytes, the highest first unless `isLittle`. */
export function uint(value: number | bigint, width: number, isLittle: boolean = false): Uint8Array {
  const digits = BigInt.asUintN(8 * width, BigInt(value)).toString(16)
  const bytes = hex(digits.padStart(2 * width, '0'))
  return isLittle ? bytes.reverse() : bytes
}

const plain = createCodec()

/** A good value as our encoder writes it; lists and maps need one byte of head up to 15 items. */
export function value(format: PayloadFormatName, content: unknown): Uint8Array {
  return plain.payload(format).encode(content)
}

/** What writes the forms of a format; items and values are whole values. */
export interface Raw {
  text(bytes: Part): Uint8Array
  /** Text as a key. */
  key(bytes: Part): Uint8Array
  list(...items: readonly Uint8Array[]): Uint8Array
  map(...entries: readonly (readonly [key: Uint8Array, value: Uint8Array])[]): Uint8Array
}

/** A length as MsgPack and CBOR write it: in the head, or behind it in 2 or 4 bytes. */
function headed(
  length: number,
  [short, most, two, four]: readonly [number, number, number, number],
): Uint8Array {
  if (length <= most) return Uint8Array.of(short + length)
  return length < 0x1_0000 ? join(two, uint(length, 2)) : join(four, uint(length, 4))
}

function joinedBy(open: string, items: readonly Uint8Array[], close: string): Uint8Array {
  return joinAll([open, ...items.flatMap((item, i) => (i === 0 ? [item] : [',', item])), close])
}

const json: Raw = {
  text: (bytes) => join('"', bytes, '"'),
  key: (bytes) => join('"', bytes, '"'),
  list: (...items) => joinedBy('[', items, ']'),
  map: (...entries) =>
    joinedBy(
      '{',
      entries.map(([key, item]) => join(key, ':', item)),
      '}',
    ),
}

function binary(
  text: readonly [number, number, number, number],
  list: readonly [number, number, number, number],
  map: readonly [number, number, number, number],
): Raw {
  const written = (bytes: Part): Uint8Array => {
    const content = join(bytes)
    return join(headed(content.length, text), content)
  }
  return {
    text: written,
    key: written,
    list: (...items) => joinAll([headed(items.length, list), ...items]),
    map: (...entries) => joinAll([headed(entries.length, map), ...entries.flat()]),
  }
}

function ubjson(isLittle: boolean): Raw {
  const counted = (length: number): Uint8Array =>
    length < 256 ? join('U', length) : join('l', uint(length, 4, isLittle))
  const key = (bytes: Part): Uint8Array => {
    const content = join(bytes)
    return join(counted(content.length), content)
  }
  return {
    text: (bytes) => join('S', key(bytes)),
    key,
    list: (...items) => joinAll(['[#', counted(items.length), ...items]),
    map: (...entries) => joinAll(['{#', counted(entries.length), ...entries.flat()]),
  }
}

/** The writer of each format. */
export const RAW: Readonly<Record<ListFormat, Raw>> = {
  json,
  msgpack: binary([0xa0, 31, 0xda, 0xdb], [0x90, 15, 0xdc, 0xdd], [0x80, 15, 0xde, 0xdf]),
  cbor: binary([0x60, 23, 0x79, 0x7a], [0x80, 23, 0x99, 0x9a], [0xa0, 23, 0xb9, 0xba]),
  ubjson: ubjson(true),
  'ubjson-draft12': ubjson(false),
}

/** A frame with the given elements behind its code, each of which is a whole value. */
export function frame(format: ListFormat, code: number, ...elements: readonly Uint8Array[]): Uint8Array {
  return RAW[format].list(value(format, code), ...elements)
}

/** PUBLISH with request 1 and topic `a.b`; with other options or elements behind the topic when given. */
export function publish(
  format: ListFormat,
  elements: readonly Uint8Array[] = [],
  options: Uint8Array = RAW[format].map(),
  topic: Uint8Array = RAW[format].text('a.b'),
): Uint8Array {
  return frame(format, 16, value(format, 1), options, topic, ...elements)
}
