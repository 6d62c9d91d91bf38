/**
 * Tests of src/payload/flexbuffers/read.ts and flexbuffers/parts.ts. The oracles are in
 * test/conformance/flexbuffers.test.ts.
 */
import { describe, expect, test } from 'vitest'
import { ProtocolError } from '../../../../src/errors.ts'
import { DEFAULT_POLICY } from '../../../../src/limits.ts'
import { decodeFlexbuffers } from '../../../../src/payload/flexbuffers/read.ts'
import { Float64 } from '../../../../src/payload/values.ts'
import { listedTexts, sharedKeys } from '../../../support/flexbuffers-hostile.ts'
import { decode, encode, errorOf, unhex } from '../formats.ts'

const flex = (hex: string, changes: Parameters<typeof decode>[2] = {}): unknown =>
  decode('flexbuffers', unhex(hex), changes)

const VALUES: [string, string, unknown][] = [
  ['null', '00 00 01', null],
  ['an int of 8 bits', 'ff 04 01', -1],
  ['an int of 16 bits', '00ff 05 02', -256],
  ['an int of 32 bits', '00000080 06 04', -(2 ** 31)],
  ['an int of 64 bits', '000000000000e0ff 07 08', -(2 ** 53)],
  ['an int that a double cannot hold', 'ffffffffffffdfff 07 08', -(2n ** 53n) - 1n],
  ['a uint of 8 bits', 'ff 08 01', 255],
  ['a uint of 32 bits', 'ffffffff 0a 04', 2 ** 32 - 1],
  ['a uint of 64 bits', 'ffffffffffffffff 0b 08', 2n ** 64n - 1n],
  ['a float of 32 bits', 'cdcccc3d 0e 04', Math.fround(0.1)],
  ['a float of 64 bits', '9a9999999999b93f 0f 08', 0.1],
  ['booleans: all but zero is true', '03 000180 686868 06 28 01', [false, true, true]],
  ['a key as a value', '616200 03 10 01', 'ab'],
  ['an empty key', '00 01 10 01', ''],
  ['an indirect int', 'fe 01 18 01', -2],
  ['an indirect uint', 'feff 02 1d 01', 65_534],
  ['an indirect float', '0000c03f 04 22 01', 1.5],
  ['an untyped vector in 16 bits', '0200 0100 2c01 0505 06 29 01', [1, 300]],
  ['a vector of ints', '02 ff7f 02 2c 01', [-1, 127]],
  ['a vector of uints', '02 ff7f 02 30 01', [255, 127]],
  ['a vector of floats', '01000000 0000c03f 04 36 01', [1.5]],
  ['a vector of no floats, 8 bits wide', '00 00 34 01', []],
  ['a vector of booleans', '03 000102 03 90 01', [false, true, true]],
  ['a vector of keys', '6100 6200 02 0504 02 38 01', ['a', 'b']],
  ['a fixed vector of 2 ints', 'ff02 02 40 01', [-1, 2]],
  ['a fixed vector of 3 uints', 'ff0203 03 50 01', [255, 2, 3]],
  ['a fixed vector of 4 floats', '0000c03f0000c03f0000c03f0000c03f 10 62 01', [1.5, 1.5, 1.5, 1.5]],
  ['the deprecated vector of strings', '01 6100 01 6200 02 0604 02 3c 01', ['a', 'b']],
  ['one with NUL in a string', '03 61006200 01 05 01 3c 01', ['a\0b']],
  ['one with a size that is wrong: up to the NUL', '07 6100 01 03 01 3c 01', ['a']],
  ['a map whose keys are not sorted', '6200 6100 02 0504 02 01 02 0102 0404 04 24 01', { b: 1, a: 2 }],
  ['a map with a key twice: the last wins', '6100 02 0304 02 01 02 0102 0404 04 24 01', { a: 2 }],
  ['text that is named twice', '02 616200 02 0405 1414 04 28 01', ['ab', 'ab']],
]

test.each(VALUES)('%s is read', (_, bytes, value) => {
  expect(flex(bytes)).toEqual(value)
  // Bytes before and behind the range are never looked at.
  const all = unhex(`ff${bytes}000000`)
  expect(decodeFlexbuffers(all, 1, all.length - 3, DEFAULT_POLICY)).toEqual(value)
})

test('a string of 300 bytes in the deprecated vector is whole, with NULs inside too', () => {
  for (const text of ['61'.repeat(300), `6162${'00'.repeat(297)}63`]) {
    expect(flex(`2c01 ${text} 00 00 0100 3001 02 3d 01`)).toEqual([Buffer.from(text, 'hex').toString()])
  }
})

const ERRORS: [string, string, string, string][] = [
  ['nothing', '', 'TRUNCATED', 'the bytes end too early (byte 0)'],
  ['two bytes', '00 01', 'TRUNCATED', 'the bytes end too early (byte 2)'],
  ['a root that is cut', '00 07 08', 'TRUNCATED', 'the bytes end too early (byte 3)'],
  ['a root of no width', '00 00 00', 'BAD_TOKEN', 'unexpected byte 0x00 (byte 2)'],
  ['a root of width 3', '00000000 03', 'BAD_TOKEN', 'unexpected byte 0x03 (byte 4)'],
  ['type 63', '00 fc 01', 'BAD_TOKEN', 'unexpected byte 0xfc (byte 1)'],
  ['type 27', '00 6c 01', 'BAD_TOKEN', 'unexpected byte 0x6c (byte 1)'],
  ['a float of 8 bits', '00 0c 01', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 0)'],
  [
    'an indirect float of 16 bits',
    '0000 02 21 01',
    'BAD_NUMBER',
    'a number that is malformed or out of range (byte 0)',
  ],
  [
    'an offset before the start',
    '0000 03 14 01',
    'BAD_OFFSET',
    'an offset that leads outside, or to a value twice (byte 2)',
  ],
  ['an offset that is not aligned', '00 0100 61 00 02 15 01', 'MISALIGNED', 'a misaligned value (byte 5)'],
  [
    'a string longer than the rest',
    '06 6100 02 14 01',
    'LENGTH_OVERRUN',
    'a length runs past the end (byte 0)',
  ],
  ['2^64-1 elements', 'ffffffffffffffff 00 2b 01', 'LENGTH_OVERRUN', 'a length runs past the end (byte 0)'],
  [
    'a number that is all of the value',
    '0000000000 05 1f 01',
    'LENGTH_OVERRUN',
    'a length runs past the end (byte 0)',
  ],
  ['a string without NUL', '01 6162 02 14 01', 'BAD_TOKEN', 'unexpected byte 0x62 (byte 2)'],
  ['a key without NUL', '6162 02 10 01', 'TRUNCATED', 'the bytes end too early (byte 5)'],
  ['text that is not UTF-8', '02 61ff00 03 14 01', 'BAD_UTF8', 'the text is not UTF-8 (byte 2)'],
  [
    'fewer keys than values',
    '6100 00 00 01 01 05 04 02 24 01',
    'LENGTH_OVERRUN',
    'a length runs past the end (byte 2)',
  ],
  [
    'two things at one place',
    '01 6100 02 0304 1464 04 28 01',
    'BAD_OFFSET',
    'an offset that leads outside, or to a value twice (byte 0)',
  ],
  ['a vector inside itself', '01 00 28 02 28 01', 'NODE_LIMIT', 'more than 4194304 values (byte 1)'],
]

test.each(ERRORS)('%s is refused: %s is %s', (_, bytes, code, text) => {
  const error = errorOf(() => flex(bytes))
  expect(error).toBeInstanceOf(ProtocolError)
  expect(error).toMatchObject({
    code,
    format: 'flexbuffers',
    message: `cannot decode a value from flexbuffers: ${text}`,
    offset: Number(/byte (\d+)\)$/.exec(text)?.[1]),
  })
  // The offset is an index in the bytes, wherever the range begins.
  const shifted = Buffer.concat([Buffer.alloc(8), unhex(bytes)])
  const { offset } = errorOf(() => decodeFlexbuffers(shifted, 8, shifted.length, DEFAULT_POLICY))
  expect(offset).toBe((error.offset as number) + 8)
})

test('integers follow the rules', () => {
  expect(flex('0000000000002000 0b 08', { integers: 'bigint' })).toBe(2n ** 53n)
  expect(flex('0100000000002000 0b 08', { integers: 'number' })).toBe(2 ** 53)
  expect(flex('ff 04 01', { integers: 'bigint' })).toBe(-1n)
  expect(flex('02 ff7f 02 2c 01', { integers: 'bigint' })).toEqual([-1n, 127n])
})

test('floats that are integral stay floats on request', () => {
  const bytes = unhex('0000803f 0e 04')
  expect(decodeFlexbuffers(bytes, 0, 6, { ...DEFAULT_POLICY, floats: 'exact' })).toEqual(new Float64(1))
})

test('maps are Maps on request, and a key twice is refused on request', () => {
  expect(decode('flexbuffers', encode('flexbuffers', { a: {} }), { maps: 'map' })).toEqual(
    new Map([['a', new Map()]]),
  )
  const twice = '6100 02 0304 02 01 02 0102 0404 04 24 01'
  for (const maps of ['object', 'map'] as const) {
    expect(errorOf(() => flex(twice, { maps, duplicateKeys: 'refuse' })).code).toBe('DUPLICATE_KEY')
  }
})

test('__proto__ is an own key like any other', () => {
  const value = JSON.parse('{"__proto__":{"a":1},"constructor":2,"toString":3}') as object
  const back = decode('flexbuffers', encode('flexbuffers', value)) as object
  expect(Object.keys(back)).toEqual(['__proto__', 'constructor', 'toString'])
  expect(Object.getPrototypeOf(back)).toBe(Object.prototype)
})

test('bytes are copies, or views on request, and never a Buffer', () => {
  const frame = Buffer.from(encode('flexbuffers', new Uint8Array([1, 2, 3])))
  const copy = decode('flexbuffers', frame) as Uint8Array
  const view = decode('flexbuffers', frame, { binary: 'view' }) as Uint8Array
  frame[1] = 9
  expect([copy[0], view[0]]).toEqual([1, 9])
  for (const bytes of [copy, view]) expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype)
})

test('128 levels are read and 129 are refused, whatever kind of vector is the last', () => {
  const nested = (depth: number): Uint8Array => {
    const bytes = [0]
    let inner = 1
    for (let i = 1; i < depth; i++) {
      bytes.push(1)
      const at = bytes.length
      bytes.push(at - inner, 0x28)
      inner = at
    }
    return Uint8Array.from([...bytes, bytes.length - inner, 0x28, 1])
  }
  expect(() => decode('flexbuffers', nested(128), {})).not.toThrow()
  expect(errorOf(() => decode('flexbuffers', nested(129))).code).toBe('DEPTH_LIMIT')
  expect(errorOf(() => decode('flexbuffers', nested(1_000_000))).code).toBe('DEPTH_LIMIT')
  expect(flex('0102 02 40 01', { maxDepth: 1 })).toEqual([1, 2])
  expect(errorOf(() => flex('0102 02 40 01', { maxDepth: 0 })).code).toBe('DEPTH_LIMIT')
  expect(flex('01 6100 02 14 01', { maxDepth: 0 })).toBe('a')
})

test('values are counted as often as they would be produced, keys with them', () => {
  const bytes = encode('flexbuffers', [
    { a: 1, b: 2 },
    { a: 3, b: 4 },
  ])
  // The list, two maps, four keys, four values.
  expect(() => decode('flexbuffers', bytes, { maxNodes: 11 })).not.toThrow()
  expect(errorOf(() => decode('flexbuffers', bytes, { maxNodes: 10 })).code).toBe('NODE_LIMIT')
})

test('a blob that is named many times is SIZE_LIMIT, a text is one text', () => {
  const named = (type: string): string => `3c ${'61'.repeat(60)}00 06 3e3f40414243 ${type.repeat(6)} 0c 28 01`
  expect(errorOf(() => flex(named('64'))).message).toBe(
    'cannot decode a value from flexbuffers: a big integer of more than 1024 bytes, too many keys, or too many offsets to one text (byte 1)',
  )
  expect(flex(named('14'))).toEqual(Array(6).fill('a'.repeat(60)))
})

describe('for another format', () => {
  const exact = { ...DEFAULT_POLICY, floats: 'exact' } as const
  const read = (bytes: Uint8Array): unknown => decodeFlexbuffers(bytes, 0, bytes.length, exact)

  // 64 bytes for each of 4 * n + 1018 bytes (1014 with a text that has no size), and 64 KB: 4 + 1000 for each offset.
  test.each([
    ['keys', 14],
    ['strings', 15],
  ])('as much as the limit allows is read of a vector of %s, to the byte', (_, type) => {
    const [few, many] = [174, 175].map((n) => listedTexts(n, 1000, type)) as [Uint8Array, Uint8Array]
    expect(few).toHaveLength(4 * 174 + 1018)
    expect(read(few)).toHaveLength(174)
    expect(errorOf(() => read(many))).toMatchObject({ code: 'SIZE_LIMIT', format: 'flexbuffers' })
    expect(decode('flexbuffers', many)).toHaveLength(175)
  })

  test('keys of maps and strings in untyped vectors count, too', () => {
    const named = (type: number, n: number): Uint8Array => {
      const bytes = new Uint8Array(1004 + 8 + 5 * n + 8)
      const view = new DataView(bytes.buffer)
      view.setUint32(0, 1000, true)
      bytes.fill(0x61, 4, 1004)
      view.setUint32(1008, n, true)
      for (let i = 0; i < n; i++) view.setUint32(1012 + 4 * i, 1008 + 4 * i, true)
      bytes.fill((type << 2) | 2, 1012 + 4 * n, 1012 + 5 * n)
      const root = (1012 + 5 * n + 3) & ~3
      view.setUint32(root, root - 1012, true)
      bytes.set([0x2a, 4], root + 4)
      return bytes.slice(0, root + 6)
    }
    for (const make of [(n: number) => sharedKeys(n, 1000), (n: number) => named(5, n)]) {
      expect(() => read(make(150))).not.toThrow()
      expect(errorOf(() => read(make(400))).code).toBe('SIZE_LIMIT')
      expect(() => decode('flexbuffers', make(400))).not.toThrow()
    }
  })

  test('the bytes of a text count, not its characters', () => {
    const bytes = listedTexts(175, 999, 14)
    expect(errorOf(() => read(bytes)).code).toBe('SIZE_LIMIT')
    for (let at = 4; at < 1003; at += 3) bytes.set([0xe2, 0x82, 0xac], at)
    expect(decode('flexbuffers', bytes)).toEqual(Array(175).fill('\u20ac'.repeat(333)))
    expect(errorOf(() => read(bytes)).code).toBe('SIZE_LIMIT')
  })
})
