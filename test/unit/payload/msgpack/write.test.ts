/** Tests of src/payload/msgpack/write.ts: the bytes. Oracles: msgpack-test-suite, @msgpack/msgpack, msgpackr. */
import { decode as msgpackDecode, encode as msgpackEncode } from '@msgpack/msgpack'
import { Unpackr } from 'msgpackr'
import { describe, expect, test } from 'vitest'
import { Float64, Tagged } from '../../../../src/payload/values.ts'
import { createRandom } from '../../../support/random.ts'
import { corpus, encode, errorOf, hex, normal, shown, unescapeValue } from '../formats.ts'

const BYTES: [unknown, string][] = [
  [null, 'c0'],
  [false, 'c2'],
  [true, 'c3'],
  [0, '00'],
  [127, '7f'],
  [128, 'cc80'],
  [255, 'ccff'],
  [256, 'cd0100'],
  [65_535, 'cdffff'],
  [65_536, 'ce00010000'],
  [2 ** 32 - 1, 'ceffffffff'],
  [2 ** 32, 'cf0000000100000000'],
  [2 ** 53, 'cf0020000000000000'],
  [2 ** 53 + 2, 'cb4340000000000001'],
  [-1, 'ff'],
  [-32, 'e0'],
  [-33, 'd0df'],
  [-128, 'd080'],
  [-129, 'd1ff7f'],
  [-32_768, 'd18000'],
  [-32_769, 'd2ffff7fff'],
  [-(2 ** 31), 'd280000000'],
  [-(2 ** 31) - 1, 'd3ffffffff7fffffff'],
  [-(2 ** 53), 'd3ffe0000000000000'],
  [-0, 'cb8000000000000000'],
  [1.5, 'cb3ff8000000000000'],
  [Number.NaN, 'cb7ff8000000000000'],
  [Number.NEGATIVE_INFINITY, 'cbfff0000000000000'],
  [new Float64(1), 'cb3ff0000000000000'],
  [5n, '05'],
  [-33n, 'd0df'],
  [2n ** 64n - 1n, 'cfffffffffffffffff'],
  [-(2n ** 63n), 'd38000000000000000'],
  ['', 'a0'],
  ['a'.repeat(31), `bf${'61'.repeat(31)}`],
  ['a'.repeat(32), `d920${'61'.repeat(32)}`],
  ['é'.repeat(16), `d920${'c3a9'.repeat(16)}`],
  ['a'.repeat(256), `da0100${'61'.repeat(256)}`],
  ['é'.repeat(128), `da0100${'c3a9'.repeat(128)}`],
  ['a'.repeat(65_536), `db00010000${'61'.repeat(65_536)}`],
  [new Uint8Array([1]), 'c40101'],
  [new Uint8Array(256), `c50100${'00'.repeat(256)}`],
  [new Uint8Array(65_536), `c600010000${'00'.repeat(65_536)}`],
  [[], '90'],
  [new Array(15).fill(1), `9f${'01'.repeat(15)}`],
  [new Array(16).fill(1), `dc0010${'01'.repeat(16)}`],
  [new Array(65_536).fill(1), `dd00010000${'01'.repeat(65_536)}`],
  [{ a: 1 }, '81a16101'],
  [new Tagged(1, new Uint8Array(0)), 'c70001'],
  [new Tagged(1, new Uint8Array(1)), 'd40100'],
  [new Tagged(-1, new Uint8Array(2)), 'd5ff0000'],
  [new Tagged(-128, new Uint8Array(4)), 'd68000000000'],
  [new Tagged(127, new Uint8Array(8)), 'd77f0000000000000000'],
  [new Tagged(1n, new Uint8Array(16)), `d801${'00'.repeat(16)}`],
  [new Tagged(1, new Uint8Array(3)), 'c70301000000'],
  [new Tagged(1, new Uint8Array(256)), `c8010001${'00'.repeat(256)}`],
  [new Tagged(1, new Uint8Array(65_536)), `c90001000001${'00'.repeat(65_536)}`],
]

test.each(BYTES.map(([value, expected]) => [expected.slice(0, 24), value, expected] as const))(
  'bytes %s... are written',
  (_, value, expected) => {
    expect(shown('msgpack', value)).toBe(expected)
  },
)

test.each([2n ** 64n, -(2n ** 63n) - 1n])('the integer %s is refused', (value) => {
  expect(errorOf(() => encode('msgpack', [value])).message).toBe(
    'cannot encode args[0] to msgpack: an integer beyond 64 bits has no MsgPack form',
  )
})

test.each([
  ['a type of 128', new Tagged(128, new Uint8Array(1))],
  ['a type of -129', new Tagged(-129, new Uint8Array(1))],
  ['text inside', new Tagged(1, 'x')],
])('a Tagged with %s is refused', (_, value) => {
  expect(errorOf(() => encode('msgpack', value)).message).toBe(
    'cannot encode args to msgpack: a Tagged that is not a type of -128..127 with bytes has no MsgPack form',
  )
})

test("a Tagged without a form becomes an object with 'json'", () => {
  expect(shown('msgpack', new Tagged(300, 'x'), { unrepresentable: 'json' })).toBe(
    shown('msgpack', { tag: 300, value: 'x' }),
  )
})

test('the content of a Tagged has the path and the key of an attribute, as in the other formats', () => {
  const error = errorOf(() => encode('msgpack', [new Tagged(1, () => 1)]))
  expect(error.message).toBe('cannot encode args[0].value to msgpack: a function has no MsgPack form')
  const asked: unknown[] = []
  const content = { toJSON: (key: unknown) => asked.push(key) }
  encode('msgpack', [new Tagged(1, content)], { unrepresentable: 'json' })
  encode('cbor', [new Tagged(1, content)])
  encode('json', [new Tagged(1, content)], { unrepresentable: 'json' })
  expect(asked).toEqual(['value', 'value', 'value'])
})

const suite = corpus('msgpack-test-suite')

describe.skipIf(suite === null)('msgpack-test-suite', () => {
  // Not: a timestamp needs its own bytes, float32 and signed forms are never ours.
  const entries = (suite ?? []).filter(
    ({ preferred, value, hex: bytes = '' }) =>
      preferred && !JSON.stringify(value).includes('$timestamp') && !/^(c[ab]|d[0-3][0-7])/.test(bytes),
  )

  test.each(entries)('$id: $hex is what we write for its value', ({ hex: expected, value }) => {
    expect(shown('msgpack', unescapeValue(value))).toBe(expected)
  })
})

test('300 random values are read back by @msgpack/msgpack and msgpackr, and are as the former writes them', () => {
  const random = createRandom(233)
  const unpackr = new Unpackr({ mapsAsObjects: true })
  for (let i = 0; i < 300; i++) {
    const value = random.value(4, { bytes: true })
    const bytes = encode('msgpack', value)
    const what = `seed ${random.seed}, value ${i}`
    // Both rename or refuse __proto__; @msgpack writes integers from 2^32 on as floats, and -0 as 0.
    if (/__proto__/.test(JSON.stringify(value))) continue
    expect(normal(msgpackDecode(bytes)), what).toEqual(normal(value))
    if (!/\d{10}/.test(JSON.stringify(value)) && !hex(bytes).includes('cb8000000000000000')) {
      expect(hex(bytes), what).toBe(hex(msgpackEncode(value)))
    }
    expect(hex(encode('msgpack', unpackr.unpack(Buffer.from(bytes)))), what).toBe(hex(bytes))
  }
})
