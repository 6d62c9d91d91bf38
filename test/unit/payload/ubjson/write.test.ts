/** Tests of src/payload/ubjson/write.ts: the bytes of both dialects. Oracle: the reference vectors. */
import { describe, expect, test } from 'vitest'
import { Float64, Tagged } from '../../../../src/payload/values.ts'
import { hasShared, sharedLines } from '../../../support/shared.ts'
import { encode, errorOf, shown, unescapeValue } from '../formats.ts'

/** Value, BJData, draft 12 where it differs. */
const BYTES: [unknown, string, string?][] = [
  [null, '5a'],
  [false, '46'],
  [true, '54'],
  [0, '5500'],
  [255, '55ff'],
  [256, '750001', '490100'],
  [32_767, '75ff7f', '497fff'],
  [32_768, '750080', '6c00008000'],
  [65_535, '75ffff', '6c0000ffff'],
  [65_536, '6d00000100', '6c00010000'],
  [2 ** 31 - 1, '6dffffff7f', '6c7fffffff'],
  [2 ** 31, '6d00000080', '4c0000000080000000'],
  [2 ** 32 - 1, '6dffffffff', '4c00000000ffffffff'],
  [2 ** 32, '4d0000000001000000', '4c0000000100000000'],
  [2 ** 53, '4d0000000000002000', '4c0020000000000000'],
  [-1, '69ff'],
  [-128, '6980'],
  [-129, '497fff', '49ff7f'],
  [-32_768, '490080', '498000'],
  [-32_769, '6cff7fffff', '6cffff7fff'],
  [-(2 ** 31), '6c00000080', '6c80000000'],
  [-(2 ** 31) - 1, '4cffffff7fffffffff', '4cffffffff7fffffff'],
  [-(2 ** 53), '4c000000000000e0ff', '4cffe0000000000000'],
  [7n, '5507'],
  [2n ** 63n - 1n, '4dffffffffffffff7f', '4c7fffffffffffffff'],
  [2n ** 63n, '4d0000000000000080', '485513 39323233333732303336383534373735383038'],
  [2n ** 64n - 1n, '4dffffffffffffffff', '485514 3138343436373434303733373039353531363135'],
  [2n ** 64n, '485514 3138343436373434303733373039353531363136'],
  [-(2n ** 63n), '4c0000000000000080', '4c8000000000000000'],
  [-(2n ** 63n) - 1n, '485514 2d39323233333732303336383534373735383039'],
  [-0, '6400000080', '6480000000'],
  [new Float64(0), '6400000000'],
  [new Float64(1), '44000000000000f03f', '443ff0000000000000'],
  [1.5, '44000000000000f83f', '443ff8000000000000'],
  [2 ** 53 + 2, '440100000000004043', '444340000000000001'],
  [2 ** -1022, '440000000000001000', '440010000000000000'],
  ['', '535500'],
  ['a', '4361'],
  ['\u0000', '4300'],
  ['é', '535502c3a9'],
  ['ab', '5355026162'],
  ['a'.repeat(256), `53750001${'61'.repeat(256)}`, `53490100${'61'.repeat(256)}`],
  ['é'.repeat(128), `53750001${'c3a9'.repeat(128)}`, `53490100${'c3a9'.repeat(128)}`],
  ['é'.repeat(16_384), `53750080${'c3a9'.repeat(16_384)}`, `536c00008000${'c3a9'.repeat(16_384)}`],
  ['a'.repeat(65_536), `536d00000100${'61'.repeat(65_536)}`, `536c00010000${'61'.repeat(65_536)}`],
  [new Uint8Array([1]), '5b2442235501 01', '5b2455235501 01'],
  [new Uint8Array(0), '5b2442235500', '5b2455235500'],
  [new Uint8Array(256), `5b244223750001${'00'.repeat(256)}`, `5b245523490100${'00'.repeat(256)}`],
  [[], '5b5d'],
  [[1, [2]], '5b55015b55025d5d'],
  [{}, '7b7d'],
  [{ a: 1, bc: 'd' }, '7b 550161 5501 55026263 4364 7d'],
  [{ '': null }, '7b 5500 5a 7d'],
  [{ é: undefined, b: 1 }, '7b 550162 5501 7d'],
]

test.each(BYTES.map((row) => [row[1].slice(0, 24), ...row] as const))(
  'bytes %s... are written, and those of draft 12',
  (_, value, bjdata, draft12 = bjdata) => {
    expect(shown('ubjson', value)).toBe(bjdata.replaceAll(' ', ''))
    expect(shown('ubjson-draft12', value)).toBe(draft12.replaceAll(' ', ''))
  },
)

test.each([
  [Number.NaN, '44000000000000f87f'],
  [Number.POSITIVE_INFINITY, '44000000000000f07f'],
  [Number.NEGATIVE_INFINITY, '44000000000000f0ff'],
])('%s is a float in BJData; draft 12 refuses it, or writes null', (value, bytes) => {
  expect(shown('ubjson', value)).toBe(bytes)
  expect(errorOf(() => encode('ubjson-draft12', [value]))).toMatchObject({
    code: 'UNENCODABLE',
    message: `cannot encode args[0] to ubjson-draft12: ${value} has no UBJSON form`,
  })
  expect(shown('ubjson-draft12', [value], { unrepresentable: 'json' })).toBe('5b5a5d')
})

test('a subnormal float is its exact decimal text', () => {
  const text = Buffer.from(encode('ubjson', Number.MIN_VALUE)).subarray(4).toString()
  expect(text).toMatch(/^4\.940656458412465441765687928682213723650598026143\d+E-324$/)
  expect(text.length).toBe(757)
  expect(Number(text)).toBe(Number.MIN_VALUE)
  expect(Buffer.from(encode('ubjson-draft12', -Number.MIN_VALUE)).subarray(4).toString()).toBe(`-${text}`)
  for (const value of [2 ** -1023, 3 * 2 ** -1074, 2 ** -1022 - 2 ** -1074, -1e-310]) {
    expect(Number(Buffer.from(encode('ubjson', value)).subarray(4))).toBe(value)
  }
})

test.each(['ubjson', 'ubjson-draft12'] as const)('a Tagged is refused in %s, or is an object', (format) => {
  expect(errorOf(() => encode(format, new Tagged(1, 2))).code).toBe('UNENCODABLE')
  expect(shown(format, new Tagged(1, 2), { unrepresentable: 'json' })).toBe(
    shown(format, { tag: 1, value: 2 }),
  )
})

const VECTORS = 'vectors/reference/vectors.jsonl'

describe.skipIf(!hasShared(VECTORS))("the reference peer's values", () => {
  test.each(['ubjson', 'ubjson-draft12'] as const)('are written byte-equal in %s', (format) => {
    const lines = sharedLines<{ id: string; serializer: string; hex: string; marshal: unknown }>(VECTORS)
    const own = lines.filter(({ serializer }) => serializer === format)
    for (const { id, hex, marshal } of own) {
      // The adapters for JSON clients write null for NaN, as that peer does.
      expect(shown(format, unescapeValue(marshal, true), { unrepresentable: 'json' }), id).toBe(hex)
    }
    expect(own.length).toBe(619)
  })
})
