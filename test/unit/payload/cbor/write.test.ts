/** Tests of src/payload/cbor/write.ts: the bytes. Oracles: RFC 8949 appendix A, cborg, cbor-x. */
import { Decoder } from 'cbor-x'
import { decode as cborgDecode, encode as cborgEncode } from 'cborg'
import { describe, expect, test } from 'vitest'
import { Float64, Tagged } from '../../../../src/payload/values.ts'
import { createRandom } from '../../../support/random.ts'
import { corpus, encode, errorOf, hex, normal, shown, unescapeValue } from '../formats.ts'

const BYTES: [unknown, string][] = [
  [null, 'f6'],
  [true, 'f5'],
  [false, 'f4'],
  [0, '00'],
  [23, '17'],
  [24, '1818'],
  [255, '18ff'],
  [256, '190100'],
  [65_535, '19ffff'],
  [65_536, '1a00010000'],
  [2 ** 32 - 1, '1affffffff'],
  [2 ** 32, '1b0000000100000000'],
  [2 ** 53 - 1, '1b001fffffffffffff'],
  [2 ** 53, '1b0020000000000000'],
  [2 ** 53 + 2, 'fb4340000000000001'],
  [-1, '20'],
  [-24, '37'],
  [-25, '3818'],
  [-(2 ** 32), '3affffffff'],
  [-(2 ** 32) - 1, '3b0000000100000000'],
  [-(2 ** 53), '3b001fffffffffffff'],
  [-(2 ** 53) - 2, 'fbc340000000000001'],
  [-0, 'fb8000000000000000'],
  [0.1, 'fb3fb999999999999a'],
  [1.5, 'fb3ff8000000000000'],
  [1e300, 'fb7e37e43c8800759c'],
  [Number.NaN, 'f97e00'],
  [Number.POSITIVE_INFINITY, 'f97c00'],
  [Number.NEGATIVE_INFINITY, 'f9fc00'],
  [new Float64(1), 'fb3ff0000000000000'],
  [new Float64(Number.NaN), 'f97e00'],
  [0n, '00'],
  [-1n, '20'],
  [2n ** 32n, '1b0000000100000000'],
  [2n ** 64n - 1n, '1bffffffffffffffff'],
  [2n ** 64n, 'c249010000000000000000'],
  [-(2n ** 64n), '3bffffffffffffffff'],
  [-(2n ** 64n) - 1n, 'c349010000000000000000'],
  ['', '60'],
  ['a'.repeat(23), `77${'61'.repeat(23)}`],
  ['a'.repeat(24), `7818${'61'.repeat(24)}`],
  ['é'.repeat(12), `7818${'c3a9'.repeat(12)}`],
  ['é'.repeat(11), `76${'c3a9'.repeat(11)}`],
  ['é'.repeat(128), `790100${'c3a9'.repeat(128)}`],
  ['😀', '64f09f9880'],
  ['\u0000', '6100'],
  ['\ufeff', '63efbbbf'],
  [new Uint8Array([1, 2]), '420102'],
  [new Uint8Array(256), `590100${'00'.repeat(256)}`],
  [[], '80'],
  [[1, [2]], '82018102'],
  [{}, 'a0'],
  [{ a: 1, b: [2, 3] }, 'a26161016162820203'],
  [new Tagged(1, 1_363_896_240), 'c11a514b67b0'],
  [new Tagged(32, 'a'), 'd8206161'],
  [new Tagged(2n ** 64n - 1n, null), 'dbfffffffffffffffff6'],
  [new Tagged(2 ** 53, [new Tagged(0, 'x')]), 'db002000000000000081c06178'],
]

test.each(BYTES)('%s is written as %s', (value, expected) => {
  expect(shown('cbor', value)).toBe(expected)
})

test.each([-1, 2n ** 64n, 2 ** 54, -1n])('a tag %s is refused', (tag) => {
  expect(errorOf(() => encode('cbor', [new Tagged(tag, 1)])).message).toBe(
    `cannot encode args[0] to cbor: a tag must be an integer of 0..2^64-1, got ${tag}`,
  )
})

test.each([2, 3, 2n, 3n])('the tag %s is of a big integer: nothing but bytes can be in it', (tag) => {
  const bytes = Uint8Array.of(1, 0)
  expect(encode('cbor', [new Tagged(tag, bytes)])).toEqual(encode('cbor', [new Tagged(Number(tag), bytes)]))
  expect(hex(encode('cbor', new Tagged(tag, { toJSON: () => bytes })))).toBe(`c${tag}420100`)
  for (const content of ['a', 1, null, undefined, [bytes], new Tagged(1, bytes)]) {
    const error = errorOf(() => encode('cbor', { a: new Tagged(tag, content) }))
    expect(error).toMatchObject({ code: 'UNENCODABLE', path: 'args.a' })
    expect(error.message).toContain(`a Tagged of ${tag} without the bytes of a big integer has no CBOR form`)
    const wanted = content === undefined ? { tag } : { tag, value: content }
    const loose = { unrepresentable: 'json' } as const
    expect(shown('cbor', [new Tagged(tag, content)], loose)).toBe(shown('cbor', [wanted], loose))
  }
})

test.each([
  new Tagged(-1, 'x'),
  new Tagged(2n ** 64n, [1]),
  new Tagged(24, null, 'simple'),
  new Tagged(256, null, 'simple'),
  new Tagged(1, 'x', 'extension'),
])("%o becomes an object with 'json', as JSON.stringify makes one", (tagged) => {
  const { tag, value } = tagged
  expect(shown('cbor', [tagged], { unrepresentable: 'json' })).toBe(shown('cbor', [{ tag, value }]))
})

test('a tag counts as a level, its content has a path, and it must have one', () => {
  expect(errorOf(() => encode('cbor', new Tagged(1, [[]]), { maxDepth: 2 })).code).toBe('DEPTH_LIMIT')
  expect(errorOf(() => encode('cbor', new Tagged(1, undefined))).message).toBe(
    'cannot encode args.value to cbor: undefined has no CBOR form',
  )
})

const appendixA = corpus('cbor-appendix-a')

describe.skipIf(appendixA === null)('RFC 8949 appendix A', () => {
  /** Floats are always written with 64 bits, and JavaScript cannot tell 1.0 from 1. */
  const otherForms = new Set([
    'f90000',
    'f93c00',
    'f93e00',
    'f97bff',
    'fa47c35000',
    'fa7f7fffff',
    'f90001',
    'f90400',
    'f9c400',
    'f98000',
  ])
  const entries = (appendixA ?? []).filter(
    ({ roundtrip, value, hex: bytes }) =>
      roundtrip && !otherForms.has(bytes ?? '') && !/\$simple|\$map|\$undefined/.test(JSON.stringify(value)),
  )

  test('has the 50 entries that we can write', () => {
    expect(entries.length).toBe(50)
  })

  test.each(entries)('$id: $hex is what we write for its value', ({ hex: expected, value }) => {
    expect(shown('cbor', unescapeValue(value))).toBe(expected)
  })
})

test('300 random values are read back by cborg and cbor-x, and are as cborg writes them', () => {
  const random = createRandom(8949)
  const cborx = new Decoder({ mapsAsObjects: true, useRecords: false, int64AsNumber: false } as object)
  for (let i = 0; i < 300; i++) {
    const value = random.value(4, { bytes: true })
    const bytes = encode('cbor', value)
    const what = `seed ${random.seed}, value ${i}`
    // cborg swallows a byte order mark.
    if (!/\ufeff/.test(JSON.stringify(value))) expect(normal(cborgDecode(bytes)), what).toEqual(normal(value))
    // cborg writes the shortest float and sorts keys; without floats and objects the bytes are the same.
    if (Array.isArray(value) && !JSON.stringify(value).match(/[{.]|e[+-]/)) {
      expect(hex(bytes), what).toBe(hex(cborgEncode(value, { float64: true })))
    }
    if (!/__proto__/.test(JSON.stringify(value)))
      expect(hex(encode('cbor', cborx.decode(bytes))), what).toBe(hex(bytes))
  }
})
