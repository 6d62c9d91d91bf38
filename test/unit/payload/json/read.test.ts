/** Tests of src/payload/json/read.ts. Oracles: JSON.parse, JSONTestSuite, the float corpus. */
import { describe, expect, test } from 'vitest'
import { ProtocolError } from '../../../../src/errors.ts'
import { DEFAULT_POLICY } from '../../../../src/limits.ts'
import { readJsonText } from '../../../../src/payload/json/key-text.ts'
import { readJson } from '../../../../src/payload/json/read.ts'
import { createRandom } from '../../../support/random.ts'
import { corpus, decode, entryBytes, errorOf, unescapeValue, utf8 } from '../formats.ts'

const ERRORS: [string, string, string][] = [
  ['', 'TRUNCATED', 'the bytes end too early (byte 0)'],
  ['[1', 'TRUNCATED', 'the bytes end too early (byte 2)'],
  ['"abc', 'TRUNCATED', 'the bytes end too early (byte 4)'],
  ['tru', 'TRUNCATED', 'the bytes end too early (byte 3)'],
  ['-', 'TRUNCATED', 'the bytes end too early (byte 1)'],
  ['[1]x', 'TRAILING_BYTES', 'more bytes follow (byte 3)'],
  ['[1,]', 'BAD_TOKEN', 'unexpected ] (byte 3)'],
  ['[1 2]', 'BAD_TOKEN', 'unexpected 2 (byte 3)'],
  ['{"a":1]', 'BAD_TOKEN', 'unexpected ] (byte 6)'],
  ['{a:1}', 'BAD_TOKEN', 'unexpected a (byte 1)'],
  ['{"a" 1}', 'BAD_TOKEN', 'unexpected 1 (byte 5)'],
  ['nul0', 'BAD_TOKEN', 'unexpected n (byte 0)'],
  ['NaN', 'BAD_TOKEN', 'unexpected N (byte 0)'],
  ['\ufeff[]', 'BAD_TOKEN', 'unexpected byte 0xef (byte 0)'],
  ['"a\nb"', 'BAD_TOKEN', 'unexpected byte 0x0a (byte 2)'],
  ['"a\\x"', 'BAD_TOKEN', 'unexpected \\ (byte 2)'],
  ['"\\u12g4"', 'BAD_TOKEN', 'unexpected \\ (byte 1)'],
  ['"\\ud800"', 'BAD_UTF8', 'the text has a lone surrogate (byte 1)'],
  ['"\\ud800\\u0041"', 'BAD_UTF8', 'the text has a lone surrogate (byte 1)'],
  ['"a\\udc00\\ud800"', 'BAD_UTF8', 'the text has a lone surrogate (byte 2)'],
  ['{"\\ud800":1}', 'BAD_UTF8', 'the text has a lone surrogate (byte 2)'],
  ['01', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 0)'],
  ['-x', 'BAD_TOKEN', 'unexpected x (byte 1)'],
  ['[1.]', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 1)'],
  ['1e+ ', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 0)'],
  ['1e400', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 0)'],
  ['-1e400', 'BAD_NUMBER', 'a number that is malformed or out of range (byte 0)'],
  ['"\\u0000A"', 'BAD_TOKEN', 'unexpected " (byte 0)'],
  ['"\\u0000AQ"', 'BAD_TOKEN', 'unexpected " (byte 0)'],
  ['"\\u0000AQ=A"', 'BAD_TOKEN', 'unexpected " (byte 0)'],
  ['"\\u0000===="', 'BAD_TOKEN', 'unexpected " (byte 0)'],
  ['"\\u0000AQI=AQID"', 'BAD_TOKEN', 'unexpected " (byte 0)'],
  ['"\\u0000A-_A"', 'BAD_TOKEN', 'unexpected " (byte 0)'],
]

/** What came of a decode that may end in either way. */
function oneOf(run: () => unknown): unknown {
  try {
    return run() === undefined ? undefined : 'a value or ProtocolError'
  } catch (error) {
    return error instanceof ProtocolError ? 'a value or ProtocolError' : error
  }
}

test.each(ERRORS)('%j is refused with %s', (text, code, reason) => {
  const error = errorOf(() => decode('json', utf8(text)))
  expect(error).toBeInstanceOf(ProtocolError)
  expect(error).toMatchObject({ code, format: 'json', message: `cannot decode a value from json: ${reason}` })
  expect(error.offset).toBe(Number(/byte (\d+)\)$/.exec(reason)?.[1]))
})

const VALUES: [string, unknown][] = [
  [' \t\r\n[ 1 , 2 ] \n', [1, 2]],
  ['{ "a" : { } , "b" : [ ] }', { a: {}, b: [] }],
  ['"\\u00e9\\ud83d\\ude00\\uD83D\\uDE00\\/\\"\\\\\\b\\f\\n\\r\\t"', 'é😀😀/"\\\b\f\n\r\t'],
  ['"a\\u0000b"', 'a\u0000b'],
  ['{"\\u0000AQ==":1}', { '\u0000AQ==': 1 }],
  ['"\\u0000"', new Uint8Array(0)],
  ['"\\u0000AQ=="', new Uint8Array([1])],
  ['"\\u0000\\u002B\\/8\\u003d"', new Uint8Array([251, 255])],
  ['"\\u0000AQI="', new Uint8Array([1, 2])],
  ['"\\u0000AR=="', new Uint8Array([1])],
  ['"\\u0000//\\u002f+"', new Uint8Array([255, 255, 254])],
  ['-0', -0],
  ['-0.0', -0],
  ['-0e5', -0],
  ['1e3', 1000],
  ['1E-2', 0.01],
  ['9007199254740992', 2 ** 53],
  ['9007199254740993', 2n ** 53n + 1n],
  ['-9007199254740993', -(2n ** 53n) - 1n],
  ['9007199254740993.0', 2 ** 53],
  ['1e-400', 0],
  ['123456789012345678901234567890', 123456789012345678901234567890n],
]

test.each(VALUES)('%s is read', (text, value) => {
  expect(decode('json', utf8(text))).toEqual(value)
})

test('with bigint, -0 keeps its sign and fractions stay numbers', () => {
  expect(decode('json', utf8('[-0,0,1.0,1]'), { integers: 'bigint' })).toEqual([-0, 0n, 1, 1n])
})

test('an integer of 2,467 digits is read and one of 2,468 is SIZE_LIMIT', () => {
  expect(decode('json', utf8('9'.repeat(2467)))).toBe(10n ** 2467n - 1n)
  expect(errorOf(() => decode('json', utf8(`-${'9'.repeat(2468)}`))).message).toBe(
    'cannot decode a value from json: a big integer of more than 1024 bytes, too many keys, or too many offsets to one text (byte 0)',
  )
  expect(errorOf(() => decode('json', utf8('9'.repeat(400)), { integers: 'number' })).code).toBe('BAD_NUMBER')
  expect(decode('json', utf8('9'.repeat(30)), { integers: 'number' })).toBe(1e30)
})

test('a fraction of a million digits is read in linear time', () => {
  expect(decode('json', utf8(`0.${'3'.repeat(1_000_000)}`))).toBe(1 / 3)
})

test('only the range is read, and offsets count from the start of the bytes', () => {
  const bytes = utf8('xxx[12]345')
  expect(readJson(bytes, 3, 7, DEFAULT_POLICY)).toEqual([12])
  expect(readJson(bytes, 4, 5, DEFAULT_POLICY)).toBe(1)
  expect(errorOf(() => readJson(bytes, 3, 6, DEFAULT_POLICY))).toMatchObject({
    code: 'TRUNCATED',
    offset: 6,
  })
  expect(errorOf(() => readJson(bytes, 3, 8, DEFAULT_POLICY))).toMatchObject({
    code: 'TRAILING_BYTES',
    offset: 7,
  })
  expect(() => readJson(bytes, 3, 11, DEFAULT_POLICY)).toThrow(RangeError)
})

test('a text by itself is a text also when it begins with NUL, and nothing else is', () => {
  expect(readJsonText(utf8(' "\\u0000AQ==" '), 0, 14, DEFAULT_POLICY)).toBe('\u0000AQ==')
  expect(errorOf(() => readJsonText(utf8('[1]'), 0, 3, DEFAULT_POLICY)).message).toBe(
    'cannot decode a value from json: unexpected [ (byte 0)',
  )
})

const suite = corpus('jsontestsuite')

describe.skipIf(suite === null)('JSONTestSuite', () => {
  test.each(suite ?? [])('$id has the verdict that the suite gives', (entry) => {
    const bytes = entryBytes('jsontestsuite', entry)
    if (entry.expect === 'reject') {
      expect(errorOf(() => decode('json', bytes))).toBeInstanceOf(ProtocolError)
    } else if (entry.expect === 'accept') {
      const value = decode('json', bytes)
      // In WAMP a text that begins with NUL stands for bytes.
      if (entry.id === 'y_string_null_escape') expect(value).toEqual([new Uint8Array(0)])
      else if (entry.value !== undefined) expect(value).toEqual(unescapeValue(entry.value))
    } else {
      // Either will do, but for other errors and values of other kinds.
      expect(oneOf(() => decode('json', bytes))).toBe('a value or ProtocolError')
    }
  })
})

interface FloatEntry {
  readonly text: string
  readonly json_number: boolean
  readonly f64: string
}

const floats = corpus('floats')

test.skipIf(floats === null)('the 1,410 texts of the float corpus give the right bits or are refused', () => {
  const view = new DataView(new ArrayBuffer(8))
  for (const { text, json_number, f64 } of (floats ?? []) as unknown as FloatEntry[]) {
    view.setBigUint64(0, BigInt(`0x${f64}`))
    const expected = view.getFloat64(0)
    if (!json_number || !Number.isFinite(expected)) {
      expect(
        errorOf(() => decode('json', utf8(text))),
        text,
      ).toBeInstanceOf(ProtocolError)
    } else {
      expect(decode('json', utf8(text), { integers: 'number' }), text).toBe(expected)
    }
  }
})

test('500 random texts are read as JSON.parse reads them', () => {
  const random = createRandom(8259)
  for (let i = 0; i < 500; i++) {
    const value = random.value(4)
    // Integers beyond 2^53 are BigInt for us; as numbers they are the same.
    for (const text of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
      const what = `seed ${random.seed}, value ${i}`
      expect(decode('json', utf8(text), { integers: 'number' }), what).toEqual(JSON.parse(text))
    }
  }
})
