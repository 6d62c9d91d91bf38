/**
 * Random values as bytes of a format, in every form that the format has: longer heads than needed, indefinite
 * lengths, chunks, tags, extensions, escapes, white space, odd numbers. Most of it is well-formed; nobody
 * promises that.
 */
import type { Random } from '../support/random.ts'
import type { WireFormat } from '../support/vectors.ts'
import { ubjsonWire } from './wire-ubjson.ts'

/** Writes one format. Every method gives the bytes of one whole value. */
export interface Wire {
  text(text: string): Buffer
  integer(value: number | bigint): Buffer
  bytes(bytes: Uint8Array): Buffer
  null(): Buffer
  bool(value: boolean): Buffer
  list(items: readonly Buffer[]): Buffer
  map(entries: readonly (readonly [key: Buffer, value: Buffer])[]): Buffer
  /** A value that only this format has: a tag, an extension, a strange number. */
  odd(inner: () => Buffer): Buffer
}

/** A writer that takes its liberties from the generator. */
export function wireOf(format: WireFormat, random: Random): Wire {
  switch (format) {
    case 'cbor':
      return cborWire(random)
    case 'msgpack':
      return msgpackWire(random)
    case 'json':
      return jsonWire(random)
    default:
      return ubjsonWire(random, format === 'ubjson')
  }
}

/** True once in so many times. */
export function once(random: Random, times: number): boolean {
  return random.int(1, times) === 1
}

/** Big-endian bytes. */
export function big(value: bigint, width: number): Buffer {
  return Buffer.from(
    BigInt.asUintN(8 * width, value)
      .toString(16)
      .padStart(2 * width, '0'),
    'hex',
  )
}

function minimalWidth(value: bigint): number {
  return value < 1n << 8n ? 1 : value < 1n << 16n ? 2 : value < 1n << 32n ? 4 : 8
}

function cborWire(random: Random): Wire {
  const head = (major: number, value: bigint): Buffer => {
    if (value < 24n && !once(random, 12)) return Buffer.from([(major << 5) | Number(value)])
    const width = Math.max(minimalWidth(value), once(random, 12) ? random.pick([1, 2, 4, 8]) : 1)
    return Buffer.concat([Buffer.from([(major << 5) | (24 + Math.log2(width))]), big(value, width)])
  }
  const tagged = (bytes: Buffer): Buffer => {
    if (!once(random, 25)) return bytes
    const count = once(random, 10) ? random.int(120, 135) : 1
    const tags = Array.from({ length: count }, () => head(6, BigInt(random.pick([0, 1, 24, 32, 64, 55799]))))
    return Buffer.concat([...tags, bytes])
  }
  const string = (major: number, bytes: Uint8Array): Buffer => {
    if (!once(random, 10)) return Buffer.concat([head(major, BigInt(bytes.length)), bytes])
    const cut = random.int(0, bytes.length)
    const chunks = [bytes.subarray(0, cut), bytes.subarray(cut)].map((chunk) =>
      Buffer.concat([head(major, BigInt(chunk.length)), chunk]),
    )
    return Buffer.concat([Buffer.from([(major << 5) | 31]), ...chunks, Buffer.from([0xff])])
  }
  const container = (major: number, count: number, items: readonly Buffer[]): Buffer => {
    if (!once(random, 8)) return tagged(Buffer.concat([head(major, BigInt(count)), ...items]))
    return tagged(Buffer.concat([Buffer.from([(major << 5) | 31]), ...items, Buffer.from([0xff])]))
  }
  return {
    text: (text) => tagged(string(3, Buffer.from(text))),
    integer(value) {
      const integer = BigInt(value)
      const absolute = integer < 0n ? -1n - integer : integer
      if (absolute < 1n << 64n && !once(random, 30)) return tagged(head(integer < 0n ? 1 : 0, absolute))
      const digits = absolute.toString(16)
      const bytes = Buffer.from(digits.padStart(digits.length + (digits.length & 1), '0'), 'hex')
      return tagged(Buffer.concat([Buffer.from([integer < 0n ? 0xc3 : 0xc2]), string(2, bytes)]))
    },
    bytes: (bytes) => tagged(string(2, bytes)),
    null: () => tagged(Buffer.from([once(random, 8) ? 0xf7 : 0xf6])),
    bool: (value) => tagged(Buffer.from([value ? 0xf5 : 0xf4])),
    list: (items) => container(4, items.length, items),
    map: (entries) => container(5, entries.length, entries.flat()),
    odd(inner) {
      switch (random.int(0, 4)) {
        case 0:
          return Buffer.concat([Buffer.from([0xf9]), random.bytes(2), Buffer.alloc(2)]).subarray(0, 3)
        case 1:
          return Buffer.concat([Buffer.from([0xfb]), random.bytes(8), Buffer.alloc(8)]).subarray(0, 9)
        case 2:
          return Buffer.concat([Buffer.from([random.pick([0xc2, 0xc3])]), string(2, bigDigits(random))])
        case 3:
          return Buffer.from([random.int(0, 255), random.int(0, 255)])
        default:
          return Buffer.concat([head(6, BigInt(random.pick([2, 3, 4, 258, 2 ** 40]))), inner()])
      }
    },
  }
}

/** Bytes of a number that is as long as the limit, or longer than a double, or anything. */
function bigDigits(random: Random): Uint8Array {
  return new Uint8Array(random.pick([0, 1, 7, 8, 9, 128, 129, 1024, 1025])).fill(random.int(0, 255))
}

function msgpackWire(random: Random): Wire {
  const sized = (codes: readonly number[], length: number, content: Uint8Array): Buffer => {
    const fit = length < 256 && codes[0] !== 0 ? 0 : length < 65_536 ? 1 : 2
    const width = Math.max(fit, once(random, 10) ? random.int(0, 2) : 0)
    const place = codes[width] === 0 ? 1 : width
    return Buffer.concat([Buffer.from([codes[place] as number]), big(BigInt(length), 1 << place), content])
  }
  const short = (code: number, limit: number, codes: readonly number[], count: number, content: Buffer) =>
    count < limit && !once(random, 10)
      ? Buffer.concat([Buffer.from([code | count]), content])
      : sized(codes, count, content)
  return {
    text(text) {
      const bytes = Buffer.from(text)
      return short(0xa0, 32, [0xd9, 0xda, 0xdb], bytes.length, bytes)
    },
    integer(value) {
      const integer = BigInt(value)
      if (integer >= -32n && integer < 128n && !once(random, 10)) return big(integer, 1)
      const isSigned = integer < 0n || (integer < 1n << 63n && once(random, 4))
      const absolute = integer < 0n ? -1n - integer : integer
      const needed = minimalWidth(isSigned ? absolute << 1n : absolute)
      const width = Math.max(needed, once(random, 10) ? random.pick([1, 2, 4, 8]) : 1)
      return Buffer.concat([Buffer.from([(isSigned ? 0xd0 : 0xcc) + Math.log2(width)]), big(integer, width)])
    },
    bytes: (bytes) => sized([0xc4, 0xc5, 0xc6], bytes.length, bytes),
    null: () => Buffer.from([0xc0]),
    bool: (value) => Buffer.from([value ? 0xc3 : 0xc2]),
    list: (items) => short(0x90, 16, [0, 0xdc, 0xdd], items.length, Buffer.concat(items)),
    map: (entries) => short(0x80, 16, [0, 0xde, 0xdf], entries.length, Buffer.concat(entries.flat())),
    odd(inner) {
      switch (random.int(0, 4)) {
        case 0:
          return Buffer.concat([Buffer.from([0xcb]), random.bytes(8), Buffer.alloc(8)]).subarray(0, 9)
        case 1: {
          const bytes = random.bytes(5)
          const content = Buffer.concat([Buffer.from([random.int(0, 255)]), bytes])
          return Buffer.concat([Buffer.from([0xc7, bytes.length]), content])
        }
        case 2:
          return Buffer.from([0xd4, random.int(0, 255), random.int(0, 255)])
        case 3:
          return Buffer.from([random.int(0xc0, 0xdf), random.int(0, 255)])
        default:
          return inner()
      }
    },
  }
}

/** Numbers as text, good and bad. */
export const NUMBERS: string =
  '-0 0.0 -0.0 1e308 1e309 -1e309 1.7976931348623158e308 1.7976931348623159e308 5e-324 1e-400 0e999 1E+2 ' +
  '1.0 01 1. .5 +1 9007199254740992 9007199254740993 -9007199254740993 18446744073709551615 ' +
  '18446744073709551616 1e NaN Infinity'

function jsonWire(random: Random): Wire {
  const space = (): string => (once(random, 12) ? random.pick([' ', '\n', '\t', '\r', '  ']) : '')
  const buffer = (text: string): Buffer => Buffer.from(space() + text + space())
  const string = (text: string): string => {
    let out = ''
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      const hex = `\\u${unit.toString(16).padStart(4, '0')}`
      if (once(random, 30)) out += hex
      else if (unit === 0x2f && once(random, 2)) out += '\\/'
      else out += unit < 0x20 || unit === 0x22 || unit === 0x5c ? hex : text[i]
    }
    return `"${out}"`
  }
  return {
    text: (text) => buffer(string(text)),
    integer: (value) => buffer(String(value)),
    bytes(bytes) {
      const base64 = Buffer.from(bytes).toString('base64')
      const escaped = once(random, 5) ? base64.replaceAll('/', '\\/') : base64
      return buffer(`"\\u0000${once(random, 20) ? escaped.slice(1) : escaped}"`)
    },
    null: () => buffer('null'),
    bool: (value) => buffer(String(value)),
    list: (items) => buffer(`[${items.map(String).join(',')}]`),
    map: (entries) => buffer(`{${entries.map(([key, value]) => `${key}:${value}`).join(',')}}`),
    odd(inner) {
      switch (random.int(0, 4)) {
        case 0:
          return buffer(random.pick(NUMBERS.split(' ')))
        case 1:
          return buffer(`${random.pick(['', '-'])}${random.int(1, 9)}${'7'.repeat(random.pick(DIGITS))}`)
        case 2:
          return buffer(
            random.pick(['"\\ud800"', '"\\ud83d\\ude00"', '"\\udc00\\ud800"', '"\\u0000A"', '"\\x"']),
          )
        case 3:
          return buffer(random.pick(['[,]', '{"a"}', '[1,]', 'tru', '"\u0007"', '\ufeff1', '{"a":1,}']))
        default:
          return inner()
      }
    },
  }
}

/** Lengths of integers around the edges: 15 digits, 64 bits, a double, the limit of 1 KB. */
export const DIGITS: readonly number[] = [14, 15, 18, 19, 20, 39, 307, 308, 309, 2455, 2457, 2466, 2559, 2560]

/** A random value, nested up to `depth`. */
export function randomValue(wire: Wire, random: Random, depth: number): Buffer {
  const inner = (): Buffer => randomValue(wire, random, depth - 1)
  switch (random.int(0, depth > 0 ? 13 : 9)) {
    case 0:
      return wire.null()
    case 1:
      return wire.bool(once(random, 2))
    case 2:
    case 3:
      return wire.integer(random.int(-300, 70_000))
    case 4:
      return wire.integer(random.pick(EDGES) * (once(random, 2) ? 1n : -1n))
    case 5:
    case 6:
      return wire.text(randomText(random))
    case 7:
      return wire.bytes(random.bytes(20))
    case 8:
      return once(random, 4) ? wire.odd(depth > 0 ? inner : () => wire.null()) : wire.text('')
    case 9:
      return wire.text(random.text(random.pick([3, 30, 300])))
    case 10:
      return once(random, 10) ? nested(wire, random) : wire.list([])
    case 11:
      return wire.list(Array.from({ length: random.int(0, 6) }, inner))
    default:
      return wire.map(
        Array.from({ length: random.int(0, 5) }, () => [randomKey(wire, random), inner()] as const),
      )
  }
}

const EDGES = [
  0n,
  1n,
  23n,
  24n,
  255n,
  256n,
  65_535n,
  65_536n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 53n + 1n,
  2n ** 63n - 1n,
  2n ** 63n,
  2n ** 64n - 1n,
  2n ** 64n,
]

function randomText(random: Random): string {
  return random.pick(['', 'a', 'com.example', '\u0000', '\u0000QUI=', '€', '\ufeff', '__proto__', '😀'])
}

/** Keys that objects have already, keys of WAMP, the same key more than once. */
export function randomKey(wire: Wire, random: Random): Buffer {
  const keys = [
    'a',
    'b',
    '__proto__',
    'toJSON',
    'constructor',
    '',
    '1',
    '\u0000',
    'session',
    'x_y',
    '_z',
    'ключ',
  ]
  return once(random, 40) ? randomValue(wire, random, 0) : wire.text(random.pick(keys))
}

/** Lists, maps or both, around the limit of 128 levels. */
export function nested(wire: Wire, random: Random): Buffer {
  const kind = random.int(0, 2)
  let value = wire.list([])
  for (let i = random.int(122, 131); i > 0; i--) {
    value =
      kind === 0 || (kind === 2 && i % 2 === 0) ? wire.list([value]) : wire.map([[wire.text('k'), value]])
  }
  return value
}
