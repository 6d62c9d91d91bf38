/** Tests of src/payload/json/write.ts: the text. Oracles: JSON.stringify, and Python's repr for Float64. */
import { expect, test } from 'vitest'
import { Challenge, createCodec, EncodeError, Hello, type Message, Publish } from '../../../../src/index.ts'
import { Float64, Tagged } from '../../../../src/payload/values.ts'
import { jsonTextOf } from '../../../support/json-text.ts'
import { createRandom } from '../../../support/random.ts'
import { encode, errorOf, shown } from '../formats.ts'

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

test("text that begins with NUL is refused also with unrepresentable: 'json', because it would be read as bytes", () => {
  const codec = createCodec({ unrepresentable: 'json' })
  const json = codec.serializer('json')
  const text = (path: string): string =>
    `cannot encode ${path} to json: text that begins with NUL has no JSON form`
  for (const bad of ['\0', '\0abc', '\0AAEC', new String('\0AAEC'), { toJSON: () => '\0AAEC' }]) {
    const make = (more: object): Publish => new Publish({ request: 1, topic: 'a.b', ...more })
    const cases: [Message, string][] = [
      [make({ args: [bad] }), 'args[0]'],
      [make({ kwargs: { a: { b: bad } } }), 'kwargs.a.b'],
      [make({ args: [new Tagged(1, bad)] }), 'args[0].value'],
      [make({ custom: { x_a: bad } }), 'x_a'],
      [make({ custom: { x_a: [bad] } }), 'x_a[0]'],
      [new Hello({ roles: { caller: {} }, authextra: { a: bad } }), 'authextra.a'],
      [new Challenge({ method: 'ticket', extra: { a: bad } }), 'extra.a'],
    ]
    for (const [message, path] of cases) {
      for (const encode of [
        () => json.encode(message),
        () => json.encodeText(message),
        () => json.encodeParts(message),
        () => json.byteLength(message),
        () => json.encodeInto(message, new Uint8Array(1000)),
        () => codec.serializer('json.batched').encodeAll([message, message]),
      ]) {
        expect(encode).toThrow(text(path))
        expect(encode).toThrow(EncodeError)
      }
    }
    expect(() => codec.payload('json').encode(bad)).toThrow(text('the value'))
  }
  const cbor = codec.serializer('cbor')
  const publish = cbor.decode(cbor.encode(new Publish({ request: 1, topic: 'a.b', args: ['\0AAEC'] })))
  expect(() => json.encode(publish)).toThrow(text('args[0]'))
  const bytes = codec.payload('cbor').encode(['\0AAEC'])
  expect(() => codec.transcode(bytes, { from: 'cbor', to: 'json' })).toThrow('NUL')
  expect(codec.lossReport(publish, json)).toEqual([
    { path: 'args[0]', reason: 'text that begins with NUL has no JSON form' },
  ])
  expect(() =>
    json.encode(
      new Publish({ request: 1, topic: 'a.b', enc_key: '\0k', enc_algo: 'mqtt', payload: new Uint8Array(1) }),
    ),
  ).toThrow(text('enc_key'))
})

test('a key that begins with NUL is a key like any other: no reader takes it for bytes', () => {
  const codec = createCodec({ unrepresentable: 'json' })
  const json = codec.serializer('json')
  const publish = new Publish({
    request: 1,
    topic: 'a.b',
    kwargs: { '\0AAEC': 1 },
    custom: { '\0x': { '\0y': 2 } },
  })
  const message = json.decode(json.encode(publish)) as Publish
  expect([message.kwargs, message.custom]).toEqual([{ '\0AAEC': 1 }, { '\0x': { '\0y': 2 } }])
})

test('text and bytes that may be too long for one string of the engine are written in slices', () => {
  const slice = 3 * 2 ** 22
  const text = `${'a'.repeat(slice - 1)}😀é\u0001"`
  expect(Buffer.compare(encode('json', text), Buffer.from(JSON.stringify(text)))).toBe(0)
  const binary = Buffer.alloc(slice + 1, 'wamp!')
  const expected = Buffer.from(`"\\u0000${binary.toString('base64')}"`)
  expect(Buffer.compare(encode('json', binary), expected)).toBe(0)
})
