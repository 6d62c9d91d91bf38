/** Tests of src/payload/decode-value.ts: the rules that hold in every format, random round trips and truncations. */
import { readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { ERROR_CODES, ProtocolError } from '../../../src/errors.ts'
import { DEFAULT_POLICY } from '../../../src/limits.ts'
import { bigIntOf, invalidUtf8At } from '../../../src/payload/decode-value.ts'
import { encodeJson } from '../../../src/payload/json/write.ts'
import { Output } from '../../../src/payload/output.ts'
import { Tagged } from '../../../src/payload/values.ts'
import { createRandom } from '../../support/random.ts'
import {
  corpus,
  DECODERS,
  decode,
  encode,
  entryBytes,
  errorOf,
  FORMATS,
  hex,
  type ListFormat,
  sharedFile,
  shown,
  unescapeValue,
  unhex,
  utf8,
} from './formats.ts'

/** Bytes for a value that no encoder of ours writes: a map with a key twice. */
const TWICE: Record<ListFormat, Uint8Array> = {
  json: utf8('{"a":1,"b":2,"a":3}'),
  msgpack: unhex('83a16101a16202a16103'),
  cbor: unhex('a3616101616202616103'),
  ubjson: unhex('7b 550161 5501 550162 5502 550161 5503 7d'),
  'ubjson-draft12': unhex('7b 550161 5501 550162 5502 550161 5503 7d'),
}

/** Where the second `a` begins in TWICE. */
const TWICE_AT: Record<ListFormat, number> = {
  json: 13,
  msgpack: 7,
  cbor: 7,
  ubjson: 11,
  'ubjson-draft12': 11,
}

function hasBrackets(format: ListFormat): boolean {
  return format === 'json' || format.startsWith('ubjson')
}

/** Arrays in arrays, `depth` of them. */
function nested(format: ListFormat, depth: number): Uint8Array {
  if (hasBrackets(format)) return utf8('['.repeat(depth) + ']'.repeat(depth))
  const bytes = new Uint8Array(depth).fill(format === 'cbor' ? 0x81 : 0x91)
  bytes[depth - 1] = format === 'cbor' ? 0x80 : 0x90
  return bytes
}

/** An array of `count` empty maps. */
function emptyMaps(format: ListFormat, count: number): Uint8Array {
  return encode(
    format,
    Array.from({ length: count }, () => ({})),
  )
}

/** Bytes around some bytes that are not UTF-8, as a string. */
function asText(format: ListFormat, bytes: Uint8Array): Uint8Array {
  if (format === 'json') return Buffer.concat([utf8('"'), bytes, utf8('"')])
  const head = { cbor: [0x79], msgpack: [0xda], ubjson: [0x53, 0x75], 'ubjson-draft12': [0x53, 0x49] }[format]
  const length = [bytes.length >> 8, bytes.length & 255]
  if (format === 'ubjson') length.reverse()
  return Buffer.concat([Uint8Array.from([...head, ...length]), bytes])
}

/** What every object has but for `__proto__`, which is an accessor and has a test of its own. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype).filter((key) => key !== '__proto__')

describe.each(FORMATS)('in %s', (format) => {
  test('400 random values are the same after a round trip', () => {
    const random = createRandom(2026)
    for (let i = 0; i < 400; i++) {
      const value = random.value(5, { bytes: true, bigints: true })
      const bytes = encode(format, value)
      const what = `seed ${random.seed}, value ${i}`
      const back = decode(format, bytes)
      // JSON cannot tell a float beyond 2^53 from an integer: the digits are the same.
      if (format !== 'json') expect(back, what).toEqual(value)
      expect(hex(encode(format, back)), what).toBe(hex(bytes))
    }
  })

  test('keys keep their order in a Map, integer-like ones too', () => {
    const map = new Map<string, unknown>([
      ['10', 1],
      ['9', new Map([['__proto__', 2]])],
      ['a', []],
    ])
    expect(decode(format, encode(format, map), { maps: 'map' })).toEqual(map)
    expect([...(decode(format, encode(format, map), { maps: 'map' }) as typeof map).keys()]).toEqual([
      '10',
      '9',
      'a',
    ])
  })

  test('every truncation of 60 random values is refused with a ProtocolError', () => {
    const random = createRandom(1)
    for (let i = 0; i < 60; i++) {
      const bytes = encode(format, [random.value(3, { bytes: true, bigints: true })])
      for (let end = 0; end < bytes.length; end += 1 + Math.floor(bytes.length / 500)) {
        const error = errorOf(() => decode(format, bytes.slice(0, end)))
        expect(error).toBeInstanceOf(ProtocolError)
        expect(['TRUNCATED', 'LENGTH_OVERRUN', 'BAD_UTF8'], `seed ${random.seed}, value ${i}`).toContain(
          error.code,
        )
      }
    }
  })

  test('5,000 random changes of a byte give a value or a ProtocolError, never anything else', () => {
    const random = createRandom(7)
    for (let i = 0; i < 5000; i++) {
      const bytes = encode(format, random.value(3, { bytes: true, bigints: true })).slice()
      if (bytes.length === 0) continue
      bytes[random.int(0, bytes.length - 1)] = random.int(0, 255)
      try {
        decode(format, bytes, { tags: 'tagged' })
      } catch (error) {
        expect(error, `seed ${random.seed}, value ${i}: ${hex(bytes)}`).toBeInstanceOf(ProtocolError)
        const { code, offset } = error as ProtocolError
        expect(ERROR_CODES).toContain(code)
        expect(offset).toBeGreaterThanOrEqual(0)
        expect(offset).toBeLessThanOrEqual(bytes.length)
      }
    }
  })

  // JSON is no prefix code: a digit behind a number belongs to it.
  if (format !== 'json')
    test('bytes outside the range are never read, and offsets count from the start of the bytes', () => {
      const value = encode(format, { a: [1, 'text', 2 ** 40], b: new Uint8Array(5) })
      const frame = Buffer.concat([Buffer.alloc(10, 0x81), value, Buffer.alloc(300, 0x31)])
      const run = DECODERS[format]
      expect(run(frame, 10, 10 + value.length, DEFAULT_POLICY)).toEqual(decode(format, value))
      const error = errorOf(() => run(frame, 10, 10 + value.length + 1, DEFAULT_POLICY))
      expect(error).toMatchObject({ code: 'TRAILING_BYTES', offset: 10 + value.length })
      expect(error.message).toBe(
        `cannot decode a value from ${format}: more bytes follow (byte ${10 + value.length})`,
      )
      for (let end = 10; end < 10 + value.length; end++) {
        expect(errorOf(() => run(frame, 10, end, DEFAULT_POLICY)).offset).toBeLessThanOrEqual(end)
      }
      expect(() => run(frame, 10, frame.length + 1, DEFAULT_POLICY)).toThrow(RangeError)
    })

  test('an empty range is TRUNCATED', () => {
    expect(errorOf(() => decode(format, new Uint8Array(0))).message).toBe(
      `cannot decode a value from ${format}: the bytes end too early (byte 0)`,
    )
  })

  test('bytes are a plain copy, or with view a plain part of the same memory', () => {
    const frame = Buffer.from(encode(format, [new Uint8Array([1, 2, 3])]))
    const [copy] = decode(format, frame) as [Uint8Array]
    expect(Object.getPrototypeOf(copy)).toBe(Uint8Array.prototype)
    expect(copy.buffer).not.toBe(frame.buffer)
    expect(copy.buffer.byteLength).toBe(3)
    const [view] = decode(format, frame, { binary: 'view' }) as [Uint8Array]
    expect(Object.getPrototypeOf(view)).toBe(Uint8Array.prototype)
    expect(hex(view)).toBe('010203')
    if (format !== 'json') expect(view.buffer).toBe(frame.buffer)
  })

  test.each([
    [2 ** 53, 2 ** 53, 2 ** 53, 2n ** 53n],
    [-(2 ** 53), -(2 ** 53), -(2 ** 53), -(2n ** 53n)],
    [2n ** 53n + 1n, 2n ** 53n + 1n, 2 ** 53, 2n ** 53n + 1n],
    [-(2n ** 53n) - 1n, -(2n ** 53n) - 1n, -(2 ** 53), -(2n ** 53n) - 1n],
    [2n ** 64n - 1n, 2n ** 64n - 1n, 2 ** 64, 2n ** 64n - 1n],
    [-(2n ** 63n), -(2n ** 63n), -(2 ** 63), -(2n ** 63n)],
    [7, 7, 7, 7n],
    [-200, -200, -200, -200n],
    [1.5, 1.5, 1.5, 1.5],
    [-0, -0, -0, -0],
  ])('the integer %s is %s, with number %s, with bigint %s', (value, auto, asNumber, asBigInt) => {
    const bytes = encode(format, value)
    expect(decode(format, bytes)).toBe(auto)
    expect(decode(format, bytes, { integers: 'number' })).toBe(asNumber)
    expect(decode(format, bytes, { integers: 'bigint' })).toBe(asBigInt)
  })

  test('__proto__ and its like are own keys and nothing reaches Object.prototype', () => {
    const keys = [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'then',
      'toJSON',
      'valueOf',
      '',
      '0',
    ]
    const bytes = encode(format, new Map(keys.map((key) => [key, { isAdmin: true }])))
    const value = decode(format, bytes) as Record<string, unknown>
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(Object.keys(value).toSorted()).toEqual(keys.toSorted())
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined()
    expect(Object.getOwnPropertyDescriptor(value, '__proto__')).toEqual({
      value: { isAdmin: true },
      writable: true,
      enumerable: true,
      configurable: true,
    })
  })

  test.each(INHERITED)('the key %s is read while it is read-only on Object.prototype', (key) => {
    const bytes = encode(format, { [key]: 1 })
    const before = Object.getOwnPropertyDescriptor(Object.prototype, key)!
    // What Object.freeze(Object.prototype) does: a plain assignment of the same key throws then.
    Object.defineProperty(Object.prototype, key, { writable: false })
    let entries: unknown
    try {
      entries = Object.entries(decode(format, bytes) as object)
    } finally {
      Object.defineProperty(Object.prototype, key, before)
    }
    expect(entries).toEqual([[key, 1]])
  })

  test('of a key that comes twice the last wins, or it is refused', () => {
    const bytes = TWICE[format]
    expect(decode(format, bytes)).toEqual({ a: 3, b: 2 })
    expect(decode(format, bytes, { maps: 'map' })).toEqual(
      new Map([
        ['a', 3],
        ['b', 2],
      ]),
    )
    for (const maps of ['object', 'map'] as const) {
      const error = errorOf(() => decode(format, bytes, { duplicateKeys: 'refuse', maps }))
      expect(error.code).toBe('DUPLICATE_KEY')
      expect(error.message).toBe(
        `cannot decode a value from ${format}: duplicate key "a" (byte ${TWICE_AT[format]})`,
      )
    }
    expect(decode(format, encode(format, { toString: 1 }), { duplicateKeys: 'refuse' })).toEqual({
      toString: 1,
    })
  })

  test('128 levels are read, 129 and a million are DEPTH_LIMIT, and so are more than the 1000 that the limit may be', () => {
    expect(() => decode(format, nested(format, 128))).not.toThrow()
    expect(errorOf(() => decode(format, nested(format, 129))).message).toBe(
      `cannot decode a value from ${format}: nested deeper than 128 (byte 128)`,
    )
    expect(errorOf(() => decode(format, nested(format, 1_000_000))).code).toBe('DEPTH_LIMIT')
    let value = decode(format, nested(format, 1000), { maxDepth: 1000 }) as unknown[]
    let depth = 0
    for (; value !== undefined; value = value[0] as unknown[]) depth++
    expect(depth).toBe(1000)
    expect(errorOf(() => decode(format, nested(format, 1001), { maxDepth: 1000 })).code).toBe('DEPTH_LIMIT')
  })

  test('encoder and decoder agree about the depth of maps', () => {
    let value: unknown = {}
    for (let i = 1; i < 128; i++) value = { a: value }
    expect(() => decode(format, encode(format, value))).not.toThrow()
    expect(errorOf(() => decode(format, encode(format, { a: value }, { maxDepth: 129 }))).code).toBe(
      'DEPTH_LIMIT',
    )
  })

  test('the budget of values counts containers, scalars and keys', () => {
    const bytes = encode(format, [{ a: 1, b: 2 }, 'x'])
    expect(() => decode(format, bytes, { maxNodes: 7 })).not.toThrow()
    const error = errorOf(() => decode(format, bytes, { maxNodes: 6 }))
    expect(error.code).toBe('NODE_LIMIT')
    expect(error.message).toMatch(/: more than 6 values \(byte \d+\)$/)
    expect(errorOf(() => decode(format, emptyMaps(format, 1001), { maxNodes: 1001 })).code).toBe('NODE_LIMIT')
  })

  test('an error harms nothing but its own call', () => {
    expect(() => decode(format, TWICE[format].slice(0, 5))).toThrow(ProtocolError)
    expect(decode(format, encode(format, [1]))).toEqual([1])
  })

  test('text keeps a byte order mark and NUL inside', () => {
    const text = '\ufeffa\u0000é'
    expect(decode(format, encode(format, [text, `${text}${'x'.repeat(100)}`]))).toEqual([
      text,
      `${text}${'x'.repeat(100)}`,
    ])
  })
})

const utf8Corpus = corpus('utf8')

describe.skipIf(utf8Corpus === null)('the UTF-8 corpus', () => {
  test.each(FORMATS)('has the same verdict for each entry as text in %s', (format) => {
    for (const entry of utf8Corpus ?? []) {
      const bytes = entryBytes('utf8', entry)
      // JSON text needs escapes for these.
      if (format === 'json' && bytes.some((byte) => byte < 0x20 || byte === 0x22 || byte === 0x5c)) continue
      for (const padding of [0, 31]) {
        const text = asText(format, Buffer.concat([Buffer.alloc(padding, 0x61), bytes]))
        if (entry.expect === 'accept') {
          expect(decode(format, text), entry.id).toBe(
            'a'.repeat(padding) + new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
          )
        } else {
          expect(errorOf(() => decode(format, text)).code, entry.id).toBe('BAD_UTF8')
        }
      }
    }
  })
})

interface Hostile {
  readonly id: string
  readonly fmt: string
  readonly required: string
  readonly len: number
  readonly hex?: string
  readonly deflateRawBase64?: string
}

const hostilePath = sharedFile('corpora', 'hostile', 'index.json')

describe.skipIf(hostilePath === null)('the hostile corpus', () => {
  const text = hostilePath === null ? '{"entries":[]}' : readFileSync(hostilePath, 'utf8')
  // Those of several megabytes are about memory, not verdicts; limits above are tested with small ones.
  const entries = (JSON.parse(text) as { entries: Hostile[] }).entries.filter(
    ({ fmt, len, hex: bytes, deflateRawBase64 }) =>
      (FORMATS as readonly string[]).includes(fmt) &&
      len < 3_500_000 &&
      (bytes ?? deflateRawBase64) !== undefined,
  )

  test.each(entries)('$id ends with plain data or a ProtocolError', (entry) => {
    const bytes =
      entry.hex !== undefined
        ? unhex(entry.hex)
        : inflateRawSync(Buffer.from(entry.deflateRawBase64 ?? '', 'base64'))
    let verdict = 'accept'
    let value: unknown
    try {
      value = decode(entry.fmt as ListFormat, new Uint8Array(bytes))
    } catch (error) {
      expect(error).toBeInstanceOf(ProtocolError)
      verdict = 'reject'
    }
    expectPlain(value)
    // A list or a map as key is read.
    const required = /^key-(?:array|map)/.test(entry.id) ? 'accept' : entry.required
    const isOpen = !['reject', 'accept', 'exact', 'keep', 'NaN', 'own-or-reject'].includes(required)
    const wanted = isOpen ? ['accept', 'reject'] : [required === 'reject' ? 'reject' : 'accept']
    expect(wanted).toContain(verdict)
  })
})

/** Only plain data, Maps, and Tagged: no Date, RegExp, Error or other class, no cycle. */
function expectPlain(value: unknown): void {
  const left = [value]
  for (let item = left.pop(); left.length > 0 || item !== undefined; item = left.pop()) {
    if (typeof item !== 'object' || item === null) continue
    const prototype: unknown = Object.getPrototypeOf(item)
    const known: unknown[] = [Object, Array, Uint8Array, Map, Tagged].map((each) => each.prototype)
    expect(known.includes(prototype)).toBe(true)
    if (item instanceof Map) left.push(...[...item].flat().slice(0, 1000))
    else if (prototype !== Uint8Array.prototype) left.push(...Object.values(item).slice(0, 1000))
  }
}

const vectorsPath = sharedFile('vectors', 'reference', 'vectors.jsonl')

describe.skipIf(vectorsPath === null)("the reference peer's messages", () => {
  const lines = vectorsPath === null ? [] : readFileSync(vectorsPath, 'utf8').trimEnd().split('\n')

  test.each(FORMATS)('are written byte-equal and read back equal in %s', (format) => {
    let count = 0
    for (const line of lines) {
      const vector = JSON.parse(line) as { id: string; serializer: string; hex: string; marshal?: unknown }
      if (vector.serializer !== format || vector.marshal === undefined) continue
      // Python writes NaN and Infinity into JSON; RFC 8259 has no such thing.
      if (format === 'json' && /:\s*"(nan|-?inf)"/.test(line)) continue
      // It writes text that begins with NUL too, which comes back as bytes.
      if (format === 'json' && /[[:]"\\u0000/.test(JSON.stringify(vector.marshal))) continue
      // It writes null for NaN and Infinity in UBJSON draft 12.
      if (format === 'ubjson-draft12' && /:"(nan|-?inf)"/.test(JSON.stringify(vector.marshal))) continue
      count++
      const value = unescapeValue(vector.marshal, true)
      expect(hex(encode(format, value)), vector.id).toBe(vector.hex)
      const back = decode(format, unhex(vector.hex))
      expect(shown(format, back), vector.id).toBe(shown(format, decode(format, encode(format, back))))
    }
    expect(count).toBeGreaterThan(600)
  })
})

test.each([
  ['', -1],
  ['80', 0],
  ['6180', 1],
  ['c2', 0],
  ['c3a9ff', 2],
  ['e0809f', 0],
  ['eda080', 0],
  ['f4908080', 0],
  ['61f09f98', 1],
])('the first wrong byte of %s is at %s', (bytes, expected) => {
  const text = unhex(bytes)
  expect(invalidUtf8At(text, 0, text.length)).toBe(expected)
})

test('bigIntOf reads big-endian bytes, none as zero', () => {
  expect(bigIntOf(new Uint8Array(0))).toBe(0n)
  expect(bigIntOf(unhex('010000000000000000'))).toBe(2n ** 64n)
})

test('what JSON writes for a value is the same through any writer', () => {
  const out = new Output()
  encodeJson(out, [1], DEFAULT_POLICY, 'args')
  expect(hex(out.finish())).toBe(hex(utf8('[1]')))
})
