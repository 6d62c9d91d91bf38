/** Tests of src/payload/encode-json.ts: the text. Oracles: JSON.stringify, and Python's repr for Float64. */
import { expect, test } from 'vitest'
import { Float64, Tagged } from '../../../src/payload/values.ts'
import { jsonTextOf } from '../../support/json-text.ts'
import { createRandom } from '../../support/random.ts'
import { encode, errorOf, shown } from './formats.ts'

const TEXTS: [unknown, string][] = [
  [null, 'null'],
  [true, 'true'],
  [0, '0'],
  [-0, '-0.0'],
  [1, '1'],
  [1.5, '1.5'],
  [1e21, '1e+21'],
  [1e-7, '1e-7'],
  [2 ** 53, '9007199254740992'],
  [-(2 ** 53), '-9007199254740992'],
  // Beyond it a text of digits would be another integer to whoever reads it exactly.
  [2 ** 53 + 2, '9007199254740994.0'],
  [-(2 ** 53) - 2, '-9007199254740994.0'],
  [9999999999999998, '9999999999999998.0'],
  [1e16, '1e+16'],
  [2 ** 63, '9.223372036854776e+18'],
  [-(2 ** 64), '-1.8446744073709552e+19'],
  [1e21 - 2 ** 17, '9.999999999999999e+20'],
  [2n ** 70n, '1180591620717411303424'],
  [-5n, '-5'],
  ['a"\\/\n\r\t\f\b\u0001\u001f\u007f\u2028é😀', '"a\\"\\\\/\\n\\r\\t\\f\\b\\u0001\\u001f\u007f\u2028é😀"'],
  [{ '\u0000key': 1 }, '{"\\u0000key":1}'],
  [new Uint8Array(0), '"\\u0000"'],
  [new Uint8Array([1]), '"\\u0000AQ=="'],
  [new Uint8Array([1, 2]), '"\\u0000AQI="'],
  [new Uint8Array([1, 2, 3]), '"\\u0000AQID"'],
  [new Uint8Array([255, 255, 254]), '"\\u0000///+"'],
  [[], '[]'],
  [{}, '{}'],
  [[1, 'a', { b: [null] }], '[1,"a",{"b":[null]}]'],
]

test.each(TEXTS.map(([value, text]) => [text, value] as const))('%s is written', (expected, value) => {
  expect(shown('json', value)).toBe(expected)
})

/** As CPython 3.11 prints them. */
const FLOATS: [number, string][] = [
  [0, '0.0'],
  [-0, '-0.0'],
  [1, '1.0'],
  [-1, '-1.0'],
  [0.5, '0.5'],
  [-1.5, '-1.5'],
  [0.1, '0.1'],
  [100, '100.0'],
  [123456789.125, '123456789.125'],
  [0.0001, '0.0001'],
  [0.00012345, '0.00012345'],
  [1e-5, '1e-05'],
  [1.25e-7, '1.25e-07'],
  [1e15, '1000000000000000.0'],
  [9999999999999998, '9999999999999998.0'],
  [1e16, '1e+16'],
  [1.5e16, '1.5e+16'],
  [1e22, '1e+22'],
  [-1e300, '-1e+300'],
  [5e-324, '5e-324'],
  [1.7976931348623157e308, '1.7976931348623157e+308'],
  [16777217, '16777217.0'],
]

test.each(FLOATS)('a Float64 of %s is written as %s', (value, expected) => {
  expect(shown('json', new Float64(value))).toBe(expected)
})

test('1,000 random Float64 read back as the same number', () => {
  const random = createRandom(754)
  for (let i = 0; i < 1000; i++) {
    const value = random.float()
    const text = shown('json', new Float64(value))
    expect(Number(text), `seed ${random.seed}, value ${i}`).toBe(value)
    expect(text).toMatch(/^-?\d+(\.\d+|(\.\d+)?e[+-]\d\d+)$/)
  }
})

test.each([
  [[Number.NaN], 'cannot encode args[0] to json: NaN has no JSON form'],
  [{ a: Number.POSITIVE_INFINITY }, 'cannot encode args.a to json: Infinity has no JSON form'],
  [new Float64(Number.NEGATIVE_INFINITY), 'cannot encode args to json: -Infinity has no JSON form'],
  ['\u0000abc', 'cannot encode args to json: text that begins with NUL has no JSON form'],
  [new Tagged(1, 1), 'cannot encode args to json: a Tagged has no JSON form'],
])('%j is refused', (value, message) => {
  expect(errorOf(() => encode('json', value))).toMatchObject({ code: 'UNENCODABLE', message })
})

test.each([
  [[Number.NaN, new Float64(Number.POSITIVE_INFINITY)], '[null,null]'],
  ['\u0000abc', '"\\u0000abc"'],
  [new Tagged(1, 2), '{"tag":1,"value":2}'],
])("%j becomes what JSON.stringify makes of it with 'json'", (value, expected) => {
  expect(shown('json', value, { unrepresentable: 'json' })).toBe(expected)
})

test('500 random values are written as JSON.stringify does, but -0 and numbers beyond 2^53 as floats', () => {
  const random = createRandom(8259)
  for (let i = 0; i < 500; i++) {
    const value = random.value(4)
    expect(shown('json', value), `seed ${random.seed}, value ${i}`).toBe(jsonTextOf(value))
  }
})

test('base64 of 1 MB is what Buffer writes', () => {
  const bytes = createRandom(64).bytes(1_000_000)
  expect(shown('json', bytes)).toBe(`"\\u0000${Buffer.from(bytes).toString('base64')}"`)
})
