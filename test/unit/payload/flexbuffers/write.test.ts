/**
 * Tests of src/payload/flexbuffers/write.ts and flexbuffers/layout.ts: the bytes. The oracles are in
 * test/conformance/flexbuffers.test.ts.
 */
import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../../../src/limits.ts'
import { encodeFlexbuffers } from '../../../../src/payload/flexbuffers/write.ts'
import { Output } from '../../../../src/payload/output.ts'
import { Float64, Tagged } from '../../../../src/payload/values.ts'
import { createRandom } from '../../../support/random.ts'
import { decode, encode, errorOf, hex, shown } from '../formats.ts'

/** Value and bytes: what offsets point to, then the root, its type and its width. */
const BYTES: [unknown, string][] = [
  [null, '00 00 01'],
  [true, '01 68 01'],
  [false, '00 68 01'],
  [0, '00 04 01'],
  [-1, 'ff 04 01'],
  [127, '7f 04 01'],
  [128, '8000 05 02'],
  [-128, '80 04 01'],
  [-129, '7fff 05 02'],
  [32_767, 'ff7f 05 02'],
  [32_768, '00800000 06 04'],
  [2 ** 31 - 1, 'ffffff7f 06 04'],
  [2 ** 31, '0000008000000000 07 08'],
  [-(2 ** 31), '00000080 06 04'],
  [-(2 ** 31) - 1, 'ffffff7fffffffff 07 08'],
  [2 ** 53, '0000000000002000 07 08'],
  [-(2 ** 53), '000000000000e0ff 07 08'],
  [2n ** 53n + 1n, '0100000000002000 07 08'],
  [2n ** 63n - 1n, 'ffffffffffffff7f 07 08'],
  [2n ** 63n, '0000000000000080 0b 08'],
  [2n ** 64n - 1n, 'ffffffffffffffff 0b 08'],
  [-(2n ** 63n), '0000000000000080 07 08'],
  [7n, '07 04 01'],
  [1.5, '0000c03f 0e 04'],
  [0.1, '9a9999999999b93f 0f 08'],
  [-0, '00000080 0e 04'],
  [2 ** 60, '0000805d 0e 04'],
  [Number.NaN, '0000c07f 0e 04'],
  [Number.POSITIVE_INFINITY, '0000807f 0e 04'],
  [new Float64(1), '0000803f 0e 04'],
  ['', '00 00 01 14 01'],
  ['a', '01 6100 02 14 01'],
  ['é', '02 c3a900 03 14 01'],
  ['a\0b', '03 61006200 04 14 01'],
  [new Uint8Array([1, 2]), '02 0102 02 64 01'],
  [new Uint8Array(0), '00 00 64 01'],
  [[], '00 00 28 01'],
  [[1, 2], '02 0102 0404 04 28 01'],
  // The scalar that needs two bytes makes all of them wide.
  [[1, 300], '0200 0100 2c01 0505 06 29 01'],
  // A float makes the rest as wide as itself; numbers of 64 bits are indirect and make nothing wide.
  [[1, 1.5], '02000000 01000000 0000c03f 060e 0a 2a 01'],
  [[1, 0.1], '9a9999999999b93f 02 01 0a 0423 04 28 01'],
  [[2 ** 40], '0000000000010000 01 09 1b 02 28 01'],
  [[2n ** 63n], '0000000000000080 01 09 1f 02 28 01'],
  [{}, '00 00 01 00 00 24 01'],
  [{ a: 1 }, '6100 01 03 01 01 01 01 04 02 24 01'],
  // Sorted, and the vector of keys is shared whatever the order.
  [
    [
      { b: 1, a: 2 },
      { a: 3, b: 4 },
    ],
    '6200 6100 02 0306 02 01 02 0201 0404 09 01 02 0304 0404 02 0c06 2424 04 28 01',
  ],
]

test.each(BYTES)('%s is written as %s', (value, expected) => {
  const bytes = expected.replaceAll(' ', '')
  expect(shown('flexbuffers', value)).toBe(bytes)
  const back = value instanceof Float64 ? value.value : typeof value === 'bigint' && value === 7n ? 7 : value
  expect(decode('flexbuffers', encode('flexbuffers', value))).toEqual(back)
})

test.each([
  [255, 1],
  [256, 2],
  [65_535, 2],
  [65_536, 4],
])('the size of a text of %i bytes has %i, as its type says', (length, width) => {
  const bytes = encode('flexbuffers', 'x'.repeat(length))
  expect(Buffer.from(bytes).readUIntLE(0, width)).toBe(length)
  expect(bytes[width]).toBe(0x78)
  expect(1 << (bytes.at(-2)! & 3)).toBe(width)
})

test('keys are sorted by their bytes, which is not the order of UTF-16', () => {
  const keys = ['\uffff', '\u{10000}', '\ue000', 'z', '', 'a', 'ab', '\u{10ffff}', '\ud7ff', 'é']
  const map = decode('flexbuffers', encode('flexbuffers', new Map(keys.map((key) => [key, 1]))), {
    maps: 'map',
  })
  const sorted = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  expect([...(map as Map<string, number>).keys()]).toEqual(sorted)
})

describe('what stands before the value in the output', () => {
  test.each([0, 1, 2, 3, 5, 7, 8, 9])(
    '%i bytes change nothing: alignment counts from its own start',
    (count) => {
      const value = [0.1, { a: 'x'.repeat(300), b: [1, 70_000] }]
      const out = new Output()
      for (let i = 0; i < count; i++) out.u8(0xff)
      const mark = out.mark()
      encodeFlexbuffers(out, value, DEFAULT_POLICY, 'args')
      expect(hex(out.finish(mark))).toBe(shown('flexbuffers', value))
    },
  )
})

/** Value, path and reason. */
const REFUSED: [string, unknown, string, string][] = [
  ['an integer of 65 bits', [2n ** 64n], 'args[0]', 'an integer beyond 64 bits has no FlexBuffers form'],
  [
    'a negative integer of 65 bits',
    -(2n ** 63n) - 1n,
    'args',
    'an integer beyond 64 bits has no FlexBuffers form',
  ],
  ['a key with NUL', { a: { 'x\0y': 1 } }, 'args.a["x\\u0000y"]', 'a key with NUL has no FlexBuffers form'],
  ['a tag', [new Tagged(1, 2)], 'args[0]', 'a Tagged has no FlexBuffers form'],
]

test.each(REFUSED)('%s is refused with its path', (_, value, path, reason) => {
  expect(errorOf(() => encode('flexbuffers', value))).toMatchObject({
    code: 'UNENCODABLE',
    path,
    message: `cannot encode ${path} to flexbuffers: ${reason}`,
  })
})

test("a tag becomes what JSON.stringify makes of it with 'json'", () => {
  expect(shown('flexbuffers', new Tagged(1, 'a'), { unrepresentable: 'json' })).toBe(
    shown('flexbuffers', { tag: 1, value: 'a' }),
  )
})

test('a key whose value turns out to be absent leaves no bytes, and comes back when it is used', () => {
  const absent = { toJSON: () => undefined }
  expect(shown('flexbuffers', [{ a: absent, b: 1 }, { a: 2 }])).toBe(
    shown('flexbuffers', [{ b: 1 }, { a: 2 }]),
  )
})

test('lists of keys that look alike when they are joined are told apart', () => {
  const value = [{}, { '': 1 }, { a: 1, b: 2 }, { 'a b': 1 }, { '1 a': 1 }, { '': 1, a: 2 }]
  expect(decode('flexbuffers', encode('flexbuffers', value))).toEqual(value)
})

test('300 random values are the same after a round trip, and written the same again', () => {
  const random = createRandom(2026)
  for (let i = 0; i < 300; i++) {
    const value = random.value(5, { bytes: true, bigints: true })
    const bytes = encode('flexbuffers', value)
    const back = decode('flexbuffers', bytes)
    expect(back, `seed ${random.seed}, value ${i}`).toEqual(value)
    expect(decode('flexbuffers', encode('flexbuffers', back))).toEqual(value)
  }
})

test('100,000 keys, and 100,000 maps of one shape, come back', () => {
  const keys = Object.fromEntries(
    Array.from({ length: 100_000 }, (_, i) => [`key ${(i * 7919) % 100_000}`, i]),
  )
  const maps = Array.from({ length: 100_000 }, (_, i) => ({ id: i, name: 'x' }))
  const bytes = [encode('flexbuffers', keys), encode('flexbuffers', maps)]
  expect(Object.keys(decode('flexbuffers', bytes[0]!) as object).length).toBe(100_000)
  expect((decode('flexbuffers', bytes[1]!) as unknown[]).at(-1)).toEqual({ id: 99_999, name: 'x' })
})

describe('the memory of keys', () => {
  const value = [
    { b: 1, a: { c: 2 } },
    { a: 1, b: 2 },
    { b: 3, a: 4 },
  ]

  test('changes no byte, whatever was encoded before', () => {
    const first = encode('flexbuffers', value)
    for (let i = 0; i < 5000; i++) encode('flexbuffers', { [`key${i}`]: i, a: 1 })
    encode('flexbuffers', { ['k'.repeat(1_000_000)]: 1, a: 1 })
    expect(encode('flexbuffers', value)).toEqual(first)
    expect(encode('flexbuffers', value)).toEqual(first)
  })

  test('is no part of a value that is encoded while another one is', () => {
    const plain = encode('flexbuffers', { b: [1], a: value, c: 3 })
    const inner: Uint8Array[] = []
    const nested = {
      b: [1],
      get a(): unknown {
        inner.push(encode('flexbuffers', { b: [1], a: value, c: 3 }))
        return value
      },
      c: 3,
    }
    expect(encode('flexbuffers', nested)).toEqual(plain)
    expect(inner).toEqual([plain])
  })

  test('survives a value that cannot be encoded', () => {
    const first = encode('flexbuffers', value)
    expect(() => encode('flexbuffers', { a: 1, b: { c: () => 1 } })).toThrow('a function')
    expect(encode('flexbuffers', value)).toEqual(first)
  })
})
