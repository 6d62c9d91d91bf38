/** Tests of src/payload/direct.ts: what is special about values read directly. Random ones are in test/payload. */
import { describe, expect, test, vi } from 'vitest'
import { FORMATS } from '../../../src/formats/full.ts'
import { Kernel } from '../../../src/kernel/kernel.ts'
import { kernelOf } from '../../../src/kernel/load.ts'
import { DEFAULT_POLICY, type Policy } from '../../../src/limits.ts'
import { FAST_VALUES, NOT_DIRECT, readDirect } from '../../../src/payload/direct.ts'
import { ARGS } from '../../../src/payload/direct-keys.ts'
import type { PayloadFormatName } from '../../../src/payload/format-names.ts'
import { shortText } from '../../../src/payload/short-text.ts'
import { CORE } from '../../../src/variants/core.ts'
import { FULL } from '../../../src/variants/full.ts'
import { type DirectFormat, directly, expectDirectly, DIRECT_FORMATS as NAMES } from '../../support/direct.ts'
import { sameValue } from '../../support/same-value.ts'
import { decode, encode, unhex, utf8 } from './formats.ts'

const kernel = kernelOf(FULL.kernel.compiled())

function read(format: DirectFormat, bytes: Uint8Array, changes: Partial<Policy> = {}): unknown {
  return directly(kernel, format, bytes, changes)
}

/** Read as the façade reads what is before the kernel. */
function resident(format: PayloadFormatName, bytes: Uint8Array): unknown {
  kernel.load(bytes)
  const checked = { format: FORMATS[format], bytes, base: 0, loadedAt: 0, wideTexts: 0 }
  return FAST_VALUES.value(kernel, checked, 0, bytes.length, ARGS, DEFAULT_POLICY)
}

function expectDirect(format: DirectFormat, bytes: Uint8Array, changes: Partial<Policy> = {}): unknown {
  return expectDirectly(kernel, format, bytes, changes)
}

/** The value in both formats. */
function expectBoth(value: unknown): void {
  for (const format of NAMES) expectDirect(format, encode(format, value))
}

/** A map of the pairs, which may have one key twice; fewer than 65,536. */
function mapOf(format: DirectFormat, pairs: readonly (readonly [string, unknown])[]): Uint8Array {
  const { length } = pairs
  const head = [format === 'cbor' ? 0xb9 : 0xde, length >> 8, length & 255]
  return Buffer.concat([
    Uint8Array.from(head),
    ...pairs.flatMap((pair) => pair.map((part) => encode(format, part))),
  ])
}

const LEFT: [string, DirectFormat, string][] = [
  ['a tag', 'cbor', 'c101'],
  ['a bignum', 'cbor', 'c24101'],
  ['text in chunks', 'cbor', '7f6161ff'],
  ['bytes in chunks', 'cbor', '5f4161ff'],
  ['an array without a count', 'cbor', '9f01ff'],
  ['a map without a count', 'cbor', 'bf616101ff'],
  ['a simple value', 'cbor', 'f0'],
  ['a simple value of two bytes', 'cbor', 'f8ff'],
  ['2^53', 'cbor', '1b0020000000000000'],
  ['-1 - 2^53', 'cbor', '3b0020000000000000'],
  ['the largest integer', 'cbor', '1bffffffffffffffff'],
  ['a key with a length of two bytes', 'cbor', 'a179000161f6'],
  ['a tagged key', 'cbor', 'a1c16161f6'],
  ['an extension', 'msgpack', 'd40000'],
  ['a timestamp', 'msgpack', 'd6ff00000000'],
  ['2^53', 'msgpack', 'cf0020000000000000'],
  ['the largest integer', 'msgpack', 'cfffffffffffffffff'],
  ['the smallest integer', 'msgpack', 'd38000000000000000'],
  ['2^53, signed', 'msgpack', 'd30020000000000000'],
  ['a key with a length of two bytes', 'msgpack', '81da000161c0'],
  ['a key with a length of four bytes', 'msgpack', '81db0000000161c0'],
]

const HEADS: Readonly<Record<DirectFormat, readonly string[]>> = {
  cbor: [
    ...'00 17 1818 18ff 190100 19ffff 1a00010000 1affffffff 1b0000000100000000 1b001fffffffffffff'.split(' '),
    ...'20 37 3818 38ff 390100 3a00010000 3b0000000100000000 3b001fffffffffffff 1800 190000 1b0000000000000000'.split(
      ' ',
    ),
    ...'40 4100 5800 580101 59000101 5a0000000101 5b000000000000000101 60 6161 7800 780161'.split(' '),
    ...'79000161 7a0000000161 7b000000000000000161 80 8100 8200f6 9800 980100 99000100 9a0000000100'.split(
      ' ',
    ),
    ...'9b000000000000000100 a0 a16161f6 b800 b8016161f6 b900016161f6 ba000000016161f6'.split(' '),
    ...'bb00000000000000016161f6 a1780161f6 a160f6 f4 f5 f6 f7 f93c00 f98000 f97e00 fa3fc00000 faff800000'.split(
      ' ',
    ),
    ...'fb3ff8000000000000 fb8000000000000000 fb7ff8000000000000'.split(' '),
  ],
  msgpack: [
    ...'00 7f e0 ff cc00 ccff cd0000 cdffff ce00000000 ceffffffff cf0000000000000000 cf001fffffffffffff'.split(
      ' ',
    ),
    ...'d080 d07f d18000 d17fff d280000000 d27fffffff d3ffe0000000000000 d3001fffffffffffff'.split(' '),
    ...'d3ffffffffffffffff c0 c2 c3 ca3fc00000 ca80000000 cb3ff8000000000000 cb7ff8000000000000'.split(' '),
    ...'c400 c40101 c5000101 c60000000101 a0 a161 d900 d90161 da000161 db0000000161 90 9100 9200c0'.split(
      ' ',
    ),
    ...'dc0000 dc000100 dd00000000 dd0000000100 80 81a161c0 de0000 de0001a161c0 df00000000'.split(' '),
    ...'df00000001a161c0 81d90161c0 81a0c0 d30000000000000000'.split(' '),
  ],
}
describe('heads', () => {
  test.each(LEFT)('%s is left to the others (%s %s)', (_, format, bytes) => {
    expect(read(format, unhex(bytes))).toBe(NOT_DIRECT)
    // Behind other values, too, of which nothing stays.
    const list = unhex(`${format === 'cbor' ? '82' : '92'}00${bytes}`)
    expect(read(format, list)).toBe(NOT_DIRECT)
    expectBoth(['after', { a: 1 }])
  })

  test.each(NAMES)('each of %s gives what the decoder gives, at every place', (format) => {
    const [two, map] = format === 'cbor' ? ['82', 'a16178'] : ['92', '81a178']
    for (const head of HEADS[format]) {
      for (const bytes of [head, two + head + head, map + head]) expectDirect(format, unhex(bytes))
    }
  })

  test.each(NAMES)('every first byte of %s is read as the decoder reads it, or left', (format) => {
    let left = 0
    for (let head = 0; head < 256; head++) {
      for (const rest of ['', '00', '0000', '00000000', '000000000000', '0000000000000000', '61c0', '61f6']) {
        const bytes = unhex(head.toString(16).padStart(2, '0') + rest)
        const value = read(format, bytes)
        if (value === NOT_DIRECT) left++
        else if (!sameValue(value, decode(format, bytes))) expect.fail(Buffer.from(bytes).toString('hex'))
      }
    }
    expect(left).toBeGreaterThan(100)
  })

  test.each([
    ['json', 256, 257],
    ['cbor', 1 << 20, null],
    ['ubjson', 1 << 20, null],
    ['flexbuffers', 1 << 20, null],
  ] as const)('values of %s up to %s bytes are read directly, of %s bytes not', (format, most, more) => {
    const sizedTo = (length: number): Uint8Array => {
      const extra = encode(format, ['x'.repeat(length)]).length - length
      const bytes = encode(format, ['x'.repeat(length - extra)])
      expect(bytes.length).toBe(length)
      return bytes
    }
    const isDirect = (length: number): boolean => resident(format, sizedTo(length)) !== NOT_DIRECT
    expect(isDirect(most)).toBe(true)
    if (more !== null) expect(isDirect(more)).toBe(false)
  })

  test('a format without a direct reader is left to its decoder', () => {
    const { direct: _, ...format } = FORMATS.ubjson
    const bytes = encode('ubjson', [1])
    const other = new Kernel(FULL.kernel.compiled())
    other.load(bytes)
    const checked = { format, bytes, base: 0, loadedAt: 0, wideTexts: 0 }
    expect(readDirect(other, checked, 0, bytes.length, ARGS, DEFAULT_POLICY)).toBe(NOT_DIRECT)
  })

  test.each(NAMES)('what is nested deeper than 200 levels is left in %s', (format) => {
    const changes = { maxDepth: 1000 }
    const nest = (depth: number, wrap: (inner: unknown) => unknown): unknown =>
      depth === 0 ? 1 : wrap(nest(depth - 1, wrap))
    for (const wrap of [(inner: unknown) => [inner], (inner: unknown) => ({ a: inner })]) {
      expectDirect(format, encode(format, nest(200, wrap), changes), changes)
      expect(read(format, encode(format, nest(201, wrap), changes), changes)).toBe(NOT_DIRECT)
    }
    // The levels are counted anew.
    expectDirect(
      format,
      encode(
        format,
        nest(200, (inner) => [inner]),
        changes,
      ),
      changes,
    )
  })
})

describe('texts', () => {
  const KINDS = ['abcdefgh', 'é', '漢', '😀', 'abcé', 'x\0']
  const LENGTHS = [...Array.from({ length: 41 }, (_, i) => i), 126, 127, 128, 129, 1023, 1024, 1025, 5000]
  const textOf = (kind: string, length: number): string =>
    kind
      .repeat(length)
      .slice(0, length * 2)
      .slice(0, length)

  test('texts of every length are read, alone and in company, ASCII and not', () => {
    for (const kind of KINDS) {
      for (const length of LENGTHS) {
        const text = [...textOf(kind, length)].join('').replace(/[\ud800-\udbff]$/, '')
        expectBoth(text)
        expectBoth([text, 'and', text])
        if (utf8(text).length < 256) expectBoth({ [text]: text, b: [text, 'é'] })
        expectBoth(['a'.repeat(130), text, 'a'.repeat(130)])
      }
    }
  })

  test('are read across the parts', () => {
    for (const step of [1, 7, 15, 16, 100, 511, 1023, 1024, 1025]) {
      const texts = Array.from({ length: 60 }, (_, i) => `${i} `.padEnd(step + (i % 3), 'abcdefghij'))
      expectBoth(texts)
      expectBoth(texts.map((text, i) => (i % 5 === 0 ? `${text}é` : text)))
      expectBoth(texts.map((text) => ({ text, list: [text, ''] })))
    }
  })

  test('short ones of ASCII are made of their characters', () => {
    const bytes = utf8('0123456789abcdefé')
    for (let length = 0; length < 16; length++) {
      expect(shortText(bytes, 0, length)).toBe('0123456789abcdef'.slice(0, length))
    }
  })

  test('texts are read by TextDecoder where there is no Buffer', () => {
    vi.stubGlobal('Buffer', undefined)
    const browser = new Kernel(FULL.kernel.compiled())
    const values = [
      ['text', 'é', 'a'.repeat(2000), '\ufeffx', { ключ: '漢'.repeat(400) }],
      '\x80\x9f'.repeat(20),
    ]
    const found = [...values, 'first'].map((value) => directly(browser, 'cbor', encode('cbor', value)))
    vi.unstubAllGlobals()
    expect(sameValue(found, [...values, 'first'])).toBe(true)
  })
})

describe('arrays', () => {
  test('arrays of one kind, mixed and empty, are read at every length around the limits', () => {
    const kinds: ((i: number) => unknown)[] = [
      (i) => i,
      (i) => -i * 1000,
      (i) => i + 0.5,
      (i) => (i % 7 === 6 ? 'text' : i + 0.5),
      (i) => (i % 7 === 6 ? null : i),
      (i) => (i % 2 === 0 ? i : i / 3),
      (i) => `text ${i}`,
      (i) => [i],
      (i) => ({ i }),
      () => null,
    ]
    for (const count of [0, 1, 2, 3, 4, 5, 16, 1023, 1024, 1025, 5000]) {
      for (const make of kinds) {
        const list = Array.from({ length: count }, (_, i) => make(i))
        expectBoth(list)
        if (count < 20) expectBoth([list, list, { list }])
      }
    }
  })

  test('have no holes, and are of their own', () => {
    const bytes = encode('cbor', [1, 2, 3, 4, 5])
    const first = read('cbor', bytes) as unknown[]
    first[0] = 'changed'
    first.push(6)
    expect(read('cbor', bytes)).toEqual([1, 2, 3, 4, 5])
    const long = read(
      'cbor',
      encode(
        'cbor',
        Array.from({ length: 3000 }, () => null),
      ),
    ) as unknown[]
    expect(Object.keys(long).length).toBe(3000)
  })

  test.each(NAMES)('bytes are copied, or views of what outlives the kernel, in %s', (format) => {
    const bytes = encode(format, [Uint8Array.of(1, 2, 3), new Uint8Array(0), new Uint8Array(70_000).fill(7)])
    for (const binary of ['copy', 'view'] as const) {
      const parts = expectDirect(format, bytes, { binary }) as Uint8Array[]
      for (const part of parts) {
        expect(part.constructor).toBe(Uint8Array)
        expect(part.buffer).not.toBe(kernel.bytes.buffer)
        expect(part.buffer === parts[0]?.buffer).toBe(binary === 'view' || part === parts[0])
      }
    }
  })
})

describe('keys', () => {
  /** Often enough for keys to be learnt and guessed, and for builders to be made. */
  const often = (action: (i: number) => void, count = 300): void => {
    for (let i = 0; i < count; i++) action(i)
  }

  test('keys that mean something to JavaScript are own properties, also when they are known', () => {
    for (const format of NAMES) {
      const pairs = ['__proto__', 'constructor', 'toString', 'b', '7', '', 'hasOwnProperty', '0a']
      const bytes = mapOf(
        format,
        pairs.map((key, i) => [key, i] as const),
      )
      often(() => {
        const value = expectDirect(format, bytes) as object
        if (Object.getPrototypeOf(value) !== Object.prototype) expect.fail('another prototype')
      })
      expect(Object.keys(read(format, bytes) as object).slice(0, 2)).toEqual(['7', '__proto__'])
    }
  })

  test('keys of all lengths are guessed right, and taken for no other one', () => {
    const keys = [1, 2, 6, 7, 8, 9, 22, 23, 24, 30, 31, 32, 33, 61, 62, 63, 64, 65, 200, 254].flatMap(
      (length) => [
        'k'.repeat(length),
        `${'k'.repeat(length - 1)}l`,
        `${'k'.repeat(Math.max(0, length - 2))}é`,
      ],
    )
    for (const key of keys) {
      for (let i = 0; i < 4; i++) {
        expectBoth([{ first: 1, [key]: 2, last: 3 }, { [key]: { [key]: 1 } }])
      }
    }
    for (const [i, key] of keys.entries()) {
      const other = keys[(i * 7) % keys.length] as string
      expectBoth([{ first: 1, [other]: 2, [key]: 3 }, { [key]: other }, key])
    }
  })

  test('keys are read in maps of 0..70 and 300 pairs', () => {
    for (const count of [...Array.from({ length: 71 }, (_, i) => i), 300]) {
      const map = Object.fromEntries(Array.from({ length: count }, (_, i) => [`key ${i}`, i]))
      for (let i = 0; i < 4; i++) expectBoth([map, { map }])
    }
  })

  test.each(NAMES)('longer than 255 bytes are left in %s', (format) => {
    expectDirect(format, encode(format, { ['k'.repeat(255)]: 1 }))
    expect(read(format, encode(format, { ['k'.repeat(256)]: 1 }))).toBe(NOT_DIRECT)
  })

  test.each(NAMES)('of a key that comes twice the last value stays, at the first place, in %s', (format) => {
    const bytes = mapOf(format, [
      ['a', 1],
      ['b', 2],
      ['a', 3],
      ['__proto__', 4],
      ['__proto__', 5],
    ])
    often(() => expectDirect(format, bytes))
    expect(Object.entries(read(format, bytes) as object)).toEqual([
      ['a', 3],
      ['b', 2],
      ['__proto__', 5],
    ])
  })

  test('keys are read in maps that are alike for long, and then are not', () => {
    const alike = { id: 1, name: 'a name', on: true }
    const others: unknown[] = [
      { id: 1, name: 'a name' },
      {},
      { id: 1, name: 'a name', off: true },
      { id: 1, name: 'a name', on: true, more: 1 },
      { on: 1, id: 2, name: 3 },
      { id: 1, unheard: 2, on: 3 },
      { id: 1, '7': 2, on: 3 },
      ['id', 'name'],
      'id',
    ]
    for (const other of others) {
      often(() => expectBoth([alike, alike]))
      expectBoth([alike, other, alike, other])
      often(() => expectBoth([other, { deep: { other } }]))
      expectBoth([other, alike, other])
    }
  })

  test('an empty map takes nothing of what comes after it, however often it came', () => {
    for (const format of NAMES) {
      for (let i = 0; i < 10; i++) expectDirect(format, encode(format, { root: { inner: 1 }, after: 2 }))
      often(() => expectDirect(format, encode(format, { root: {}, after: 2 })), 600)
      often(() => expectDirect(format, encode(format, { root: {}, inner: 1, after: 2 })), 600)
      often(() => expectDirect(format, encode(format, [{}, {}])), 300)
      expectDirect(format, encode(format, [{}, 'root', {}, 'inner']))
    }
  })

  test('keys are read in maps with more pairs than a builder has, at more places than there are builders', () => {
    const value = Object.fromEntries(
      Array.from({ length: 40 }, (_, place) => [
        `place${place}`,
        Object.fromEntries(Array.from({ length: place }, (_, i) => [`k${place}_${i}`, i])),
      ]),
    )
    often(() => expectBoth(value), 600)
    expectBoth({ ...value, place12: { k12_0: 1 }, place39: {} })
  })

  test('are forgotten when there are too many, and learnt anew', () => {
    for (let round = 0; round < 4; round++) {
      for (let i = 0; i < 6000; i += 50) {
        const map = Object.fromEntries(Array.from({ length: 50 }, (_, j) => [`forgotten${i + j}`, { a: j }]))
        expectBoth([map])
      }
      often(() => expectBoth([{ a: 1, b: { c: 1 } }]))
    }
  })
})

describe('kernels', () => {
  test('two kernels take turns', () => {
    const core = kernelOf(CORE.kernel.compiled())
    for (let i = 0; i < 300; i++) {
      const value = { a: i, text: `text ${i}`, list: [i, { b: 0.5 }] }
      for (const format of NAMES) {
        const bytes = encode(format, value)
        for (const each of [kernel, core]) expect(sameValue(directly(each, format, bytes), value)).toBe(true)
      }
    }
  })

  test('the memory may grow between two reads', () => {
    const own = new Kernel(CORE.kernel.compiled())
    for (let size = 100; size < 20_000_000; size *= 6) {
      const value = ['x'.repeat(size), { a: 'text' }, 'é']
      for (const format of NAMES) {
        const { bytes } = own
        expect(sameValue(directly(own, format, encode(format, value)), value)).toBe(true)
        if (size > 10_000_000 && format === 'msgpack') expect(own.bytes).not.toBe(bytes)
      }
    }
  })

  /** Runs `action` while `set` is the setter of a property that all objects inherit, and a key that is known. */
  function withSetter(format: DirectFormat, set: () => void, action: () => void): void {
    for (let i = 0; i < 5; i++) read(format, outer(format))
    Object.defineProperty(Object.prototype, 'directTest', { set, configurable: true })
    try {
      action()
    } finally {
      Reflect.deleteProperty(Object.prototype, 'directTest')
    }
  }

  const outer = (format: DirectFormat, text = 'a'): Uint8Array =>
    mapOf(format, [
      ['before', [text.repeat(500)]],
      ['directTest', 1],
      ['after', [1.5, 2.5, 3.5, 4.5, 'after'.repeat(100)]],
    ])

  test.each(NAMES)('a setter that decodes in the middle does no harm in %s', (format) => {
    const inner = encode(format, ['another', { b: 'message'.repeat(2000) }])
    const seen: unknown[] = []
    withSetter(
      format,
      () => void seen.push(read(format, inner)),
      () => {
        expect(read(format, outer(format))).toBe(NOT_DIRECT)
        expect(resident(format, outer(format))).toBe(NOT_DIRECT)
      },
    )
    expect(seen).toEqual([NOT_DIRECT, NOT_DIRECT])
    withSetter(
      format,
      () => kernel.load(outer(format, 'b')),
      () => expect(resident(format, outer(format))).toBe(NOT_DIRECT),
    )
    expectBoth([{ after: 1 }])
  })

  test.each(NAMES)('a setter by which the memory grows in the middle does no harm in %s', (format) => {
    withSetter(
      format,
      () => void kernel.putSteps(['x'.repeat(1000)], kernel.bytes.length),
      () => {
        expect(read(format, outer(format))).toBe(NOT_DIRECT)
      },
    )
    expectBoth([{ after: 1 }])
  })
})

describe.each(NAMES)('maps in %s whose keys never come again', (format) => {
  /** Maps at one place, with a key that comes twice, one with a meaning to JavaScript, and one that is a number. */
  const mapAt = (i: number): Uint8Array =>
    mapOf(format, [
      [`user${i}@example.com`, i],
      ['__proto__', [i]],
      [`${i}`, { [`inner ${i}`]: 'é' }],
      [`id-${i}`, 1],
      [`id-${i}`, 2],
    ])

  test('are read as the decoder reads them, from the first to the hundredth', () => {
    for (let i = 0; i < 100; i++) {
      const value = expectDirect(format, mapAt(i)) as object
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
      expect(Object.keys(value)).toEqual([`${i}`, `user${i}@example.com`, '__proto__', `id-${i}`])
      expect(Object.values(value).at(-1)).toBe(2)
    }
  })

  test('do not keep names from being names behind them', () => {
    for (let i = 0; i < 40; i++) read(format, mapAt(1000 + i))
    for (let i = 0; i < 600; i++) expectDirect(format, encode(format, { name: 'a', age: i, tags: ['b'] }))
  })
})
