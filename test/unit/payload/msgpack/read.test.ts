/** Tests of src/payload/msgpack/read.ts. Oracles: msgpack-test-suite, @msgpack/msgpack, msgpackr. */
import { encode as msgpackEncode } from '@msgpack/msgpack'
import { Packr } from 'msgpackr'
import { describe, expect, test } from 'vitest'
import { ProtocolError } from '../../../../src/errors.ts'
import { Tagged } from '../../../../src/payload/values.ts'
import { createRandom } from '../../../support/random.ts'
import { corpus, decode, encode, entryBytes, errorOf, hex, normal, unescapeValue, unhex } from '../formats.ts'

const ERRORS: [string, string, string, string][] = [
  ['an array that is cut', '9201', 'LENGTH_OVERRUN', 'a length runs past the end (byte 0)'],
  ['an element that is cut', '92cc80', 'TRUNCATED', 'the bytes end too early (byte 3)'],
  ['a head that is cut', 'cf0000', 'TRUNCATED', 'the bytes end too early (byte 3)'],
  ['a string longer than the rest', '91a361', 'LENGTH_OVERRUN', 'a length runs past the end (byte 2)'],
  ['2^32-1 bytes', 'c6ffffffff', 'LENGTH_OVERRUN', 'a length runs past the end (byte 5)'],
  ['2^32-1 pairs', 'dfffffffff', 'LENGTH_OVERRUN', 'a length runs past the end (byte 0)'],
  ['2^32-1 bytes of extension', 'c9ffffffff01', 'LENGTH_OVERRUN', 'a length runs past the end (byte 5)'],
  ['a second value', 'c0c0', 'TRAILING_BYTES', 'more bytes follow (byte 1)'],
  ['the reserved byte', '91c1', 'BAD_TOKEN', 'unexpected byte 0xc1 (byte 1)'],
  ['the reserved byte as key', '81c101', 'BAD_TOKEN', 'unexpected byte 0xc1 (byte 1)'],
  ['text that is not UTF-8 in a key of a key', '8191a1ff00', 'BAD_UTF8', 'the text is not UTF-8 (byte 3)'],
  ['text that is not UTF-8', '92a162a26180', 'BAD_UTF8', 'the text is not UTF-8 (byte 5)'],
]

test.each(ERRORS)('%s is refused: %s is %s', (_, bytes, code, text) => {
  const error = errorOf(() => decode('msgpack', unhex(bytes)))
  expect(error).toBeInstanceOf(ProtocolError)
  expect(error).toMatchObject({
    code,
    format: 'msgpack',
    message: `cannot decode a value from msgpack: ${text}`,
  })
  expect(error.offset).toBe(Number(/byte (\d+)\)$/.exec(text)?.[1]))
})

test.each([
  ['d3ffffffffffffffff', -1],
  ['d30020000000000000', 2 ** 53],
  ['d3ffe0000000000000', -(2 ** 53)],
  ['d3ffdfffffffffffff', -(2n ** 53n) - 1n],
  ['d38000000000000000', -(2n ** 63n)],
  ['cf0020000000000001', 2n ** 53n + 1n],
  ['cfffffffffffffffff', 2n ** 64n - 1n],
  ['d2ffffffff', -1],
  ['d1ffff', -1],
  ['d0ff', -1],
  ['ca3fc00000', 1.5],
])('%s is %s', (bytes, value) => {
  expect(decode('msgpack', unhex(bytes))).toBe(value)
})

test.each(['plain', 'tagged'] as const)(
  'with %s, extensions of every length are kept with their signed type',
  (tags) => {
    for (const length of [0, 1, 2, 3, 4, 8, 16, 17, 256, 65_536]) {
      const value = new Tagged(length % 2 ? -1 : 100, new Uint8Array(length).fill(7), 'extension')
      const read = decode('msgpack', encode('msgpack', value), { tags }) as Tagged
      expect(read).toEqual(value)
      expect(read.kind).toBe('extension')
    }
  },
)

const suite = corpus('msgpack-test-suite')

describe.skipIf(suite === null)('msgpack-test-suite', () => {
  test.each(suite ?? [])('$id has its verdict and value: $hex', (entry) => {
    const bytes = entryBytes('msgpack-test-suite', entry)
    if (/\$timestamp|\$ext/.test(JSON.stringify(entry.value))) {
      const tagged = decode('msgpack', bytes) as Tagged
      expect(tagged.kind).toBe('extension')
      expect(decode('msgpack', bytes, { tags: 'tagged' })).toEqual(tagged)
      if (/\$ext/.test(JSON.stringify(entry.value))) expect(tagged).toEqual(unescapeValue(entry.value))
      else expect(hex(bytes)).toContain(hex(tagged.value as Uint8Array))
    } else {
      expect(same(decode('msgpack', bytes), unescapeValue(entry.value))).toBe(true)
    }
  })
})

/** Equal, with an integer the same as number or BigInt: the suite gives some small ones as $bigint. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a === 'bigint' || typeof b === 'bigint') return BigInt(a as number) === BigInt(b as number)
  expect(a).toEqual(b)
  return true
}

test('300 random values are read as @msgpack/msgpack and msgpackr wrote them', () => {
  const random = createRandom(233)
  const packr = new Packr({ useRecords: false, mapsAsObjects: true })
  for (let i = 0; i < 300; i++) {
    const value = random.value(4, { bytes: true })
    const what = `seed ${random.seed}, value ${i}`
    // Both write -0 as 0; msgpackr renames __proto__.
    expect(normal(decode('msgpack', msgpackEncode(value))), what).toEqual(normal(value))
    if (/__proto__/.test(JSON.stringify(value))) continue
    expect(normal(decode('msgpack', packr.pack(value))), what).toEqual(normal(value))
  }
})
