/** Tests of src/payload/cbor/read.ts. Oracles: RFC 8949 appendices A and F, all half floats, cborg, cbor-x. */
import { readFileSync } from 'node:fs'
import { Encoder } from 'cbor-x'
import { encode as cborgEncode } from 'cborg'
import { describe, expect, test } from 'vitest'
import { ProtocolError } from '../../../../src/errors.ts'
import { Tagged } from '../../../../src/payload/values.ts'
import { createRandom } from '../../../support/random.ts'
import { corpus, decode, entryBytes, errorOf, normal, sharedFile, unescapeValue, unhex } from '../formats.ts'

const ERRORS: [string, string, string, string][] = [
  ['an array that is cut', '820118', 'TRUNCATED', 'the bytes end too early (byte 3)'],
  ['a head that is cut', '1b0000', 'TRUNCATED', 'the bytes end too early (byte 3)'],
  ['a string longer than the rest', '816361', 'LENGTH_OVERRUN', 'a length runs past the end (byte 2)'],
  ['2^32-1 elements', '9affffffff', 'LENGTH_OVERRUN', 'a length runs past the end (byte 0)'],
  ['2^64-1 bytes', '5bffffffffffffffff', 'LENGTH_OVERRUN', 'a length runs past the end (byte 9)'],
  ['pairs that do not fit', 'a2616101', 'LENGTH_OVERRUN', 'a length runs past the end (byte 0)'],
  ['a second value', '0000', 'TRAILING_BYTES', 'more bytes follow (byte 1)'],
  ['a reserved length', '1c', 'BAD_TOKEN', 'unexpected byte 0x1c (byte 0)'],
  ['a break outside', 'ff', 'BAD_TOKEN', 'unexpected byte 0xff (byte 0)'],
  ['a break in a definite array', '81ff', 'BAD_TOKEN', 'unexpected byte 0xff (byte 1)'],
  ['a break in place of a value', 'bf6161ff', 'BAD_TOKEN', 'unexpected byte 0xff (byte 3)'],
  ['a break in a tag', '9fc1ff', 'BAD_TOKEN', 'unexpected byte 0xff (byte 2)'],
  ['a simple value in two bytes', 'f818', 'BAD_TOKEN', 'unexpected byte 0xf8 (byte 0)'],
  ['a break in place of a key', 'a1ff01', 'BAD_TOKEN', 'unexpected byte 0xff (byte 1)'],
  ['a break behind a key that is a list', 'bf80ff', 'BAD_TOKEN', 'unexpected byte 0xff (byte 2)'],
  ['a reserved length in a key', 'a11c01', 'BAD_TOKEN', 'unexpected byte 0x1c (byte 1)'],
  ['text in a byte string', '5f6161ff', 'BAD_TOKEN', 'unexpected byte 0x61 (byte 1)'],
  ['a nested indefinite string', '7f7fffff', 'BAD_TOKEN', 'unexpected byte 0x7f (byte 1)'],
  ['a code point over two chunks', '7f61c361a9ff', 'BAD_UTF8', 'the text is not UTF-8 (byte 2)'],
  ['text that is not UTF-8', '826162626180', 'BAD_UTF8', 'the text is not UTF-8 (byte 5)'],
  ['a bignum of text', 'c26161', 'BAD_TOKEN', 'unexpected byte 0x61 (byte 1)'],
]

test.each(ERRORS)('%s is refused: %s is %s', (_, bytes, code, text) => {
  const error = errorOf(() => decode('cbor', unhex(bytes)))
  expect(error).toBeInstanceOf(ProtocolError)
  expect(error).toMatchObject({ code, format: 'cbor', message: `cannot decode a value from cbor: ${text}` })
  expect(error.offset).toBe(Number(/byte (\d+)\)$/.exec(text)?.[1]))
})

const VALUES: [string, string, unknown][] = [
  ['undefined is null', '82f7f6', [null, null]],
  ['integral floats are numbers', '82f93c00fb4340000000000001', [1, 2 ** 53 + 2]],
  ['integers longer than needed are read', '83180019000118ff', [0, 1, 255]],
  ['a bignum that fits is a number', 'c24101', 1],
  ['a bignum with leading zeros is its number', 'c243000001', 1],
  ['an empty bignum is 0', 'c240', 0],
  ['a negative bignum counts from -1', 'c34100', -1],
  ['a bignum in chunks is read', 'c25f41014100ff', 256],
  ['chunks are joined', '825f4101420203ff7f6161626263ff', [new Uint8Array([1, 2, 3]), 'abc']],
  ['empty indefinite things are read', '849fffbfff5fff7fff', [[], {}, new Uint8Array(0), '']],
  ['an indefinite key is read', 'bf7f61616162ff01ff', { ab: 1 }],
  ['tags are dropped', 'c1c281d9d9f701'.replace('c281', '81'), [1]],
]

test.each(VALUES)('%s', (_, bytes, value) => {
  expect(decode('cbor', unhex(bytes))).toEqual(value)
})

test('with tagged, tags are kept, nested ones too, and bignums are integers still', () => {
  expect(decode('cbor', unhex('82c1d8206161c249010000000000000000'), { tags: 'tagged' })).toEqual([
    new Tagged(1, new Tagged(32, 'a')),
    2n ** 64n,
  ])
  expect(decode('cbor', unhex('dbffffffffffffffff01'), { tags: 'tagged' })).toEqual(
    new Tagged(2n ** 64n - 1n, 1),
  )
})

test('a tag counts as a level, a bignum does not', () => {
  expect(() => decode('cbor', unhex('81c24101'), { maxDepth: 1 })).not.toThrow()
  expect(errorOf(() => decode('cbor', unhex('81c101'), { maxDepth: 1 })).code).toBe('DEPTH_LIMIT')
  expect(errorOf(() => decode('cbor', new Uint8Array(1_000_000).fill(0xc1))).code).toBe('DEPTH_LIMIT')
})

test('a bignum of 1,024 bytes is read and one of 1,025 is SIZE_LIMIT', () => {
  const bignum = (length: number): Uint8Array => {
    const bytes = new Uint8Array(length + 4).fill(0xff)
    bytes.set([0xc2, 0x59, length >> 8, length & 255])
    return bytes
  }
  expect(decode('cbor', bignum(1024))).toBe(2n ** 8192n - 1n)
  expect(errorOf(() => decode('cbor', bignum(1025))).message).toBe(
    'cannot decode a value from cbor: a big integer of more than 1024 bytes, too many keys, or too many offsets to one text (byte 1)',
  )
  expect(errorOf(() => decode('cbor', bignum(1024), { integers: 'number' })).code).toBe('BAD_NUMBER')
  expect(decode('cbor', bignum(9), { integers: 'number' })).toBe(2 ** 72)
})

test('a million chunks of one byte are joined in linear time', () => {
  const text = new Uint8Array(2_000_002)
  for (let i = 1; i < text.length - 1; i += 2) text.set([0x61, 0x78], i)
  text[0] = 0x7f
  text[text.length - 1] = 0xff
  expect(decode('cbor', text)).toBe('x'.repeat(1_000_000))
  for (let i = 1; i < text.length - 1; i += 2) text[i] = 0x41
  text[0] = 0x5f
  expect((decode('cbor', text) as Uint8Array).length).toBe(1_000_000)
})

const appendixA = corpus('cbor-appendix-a')

describe.skipIf(appendixA === null)('RFC 8949 appendix A', () => {
  test.each(appendixA ?? [])('$id is read from $hex', (entry) => {
    const bytes = entryBytes('cbor-appendix-a', entry)
    const json = JSON.stringify(entry.value)
    if (json === '{"$simple":24}') {
      expect(errorOf(() => decode('cbor', bytes)).code).toBe('BAD_TOKEN')
    } else {
      const value = unescapeValue(entry.value)
      expect(decode('cbor', bytes, { tags: 'tagged' })).toEqual(value)
      if (value instanceof Tagged && value.kind === 'tag') expect(decode('cbor', bytes)).toEqual(value.value)
    }
  })
})

const notWellFormed = corpus('cbor-not-well-formed')

describe.skipIf(notWellFormed === null)('what is not well-formed', () => {
  test.each(notWellFormed ?? [])('$id: $hex is refused', (entry) => {
    for (const tags of ['plain', 'tagged'] as const) {
      expect(
        errorOf(() => decode('cbor', entryBytes('cbor-not-well-formed', entry), { tags })),
      ).toBeInstanceOf(ProtocolError)
    }
  })
})

const halfPath = sharedFile('corpora', 'floats', 'half.json')

test.skipIf(halfPath === null)('every 16-bit float is the right number', () => {
  const half = JSON.parse(readFileSync(halfPath ?? '', 'utf8')) as Record<string, unknown> | unknown[]
  const pairs = (Array.isArray(half) ? half : Object.values(half).find(Array.isArray)) as [string, string][]
  expect(pairs.length).toBe(31_745)
  const view = new DataView(new ArrayBuffer(8))
  for (const [bits, f64] of pairs) {
    // The corpus is about decimal text: what is infinite with 16 bits is 65536 there.
    if (/^[7f]c00$/i.test(bits)) continue
    view.setBigUint64(0, BigInt(`0x${f64}`))
    expect(decode('cbor', unhex(`f9${bits}`))).toBe(view.getFloat64(0))
  }
})

test('300 random values are read as cborg and cbor-x wrote them', () => {
  const random = createRandom(8949)
  const cborx = new Encoder({ useRecords: false, mapsAsObjects: true, tagUint8Array: false } as object)
  for (let i = 0; i < 300; i++) {
    const value = random.value(4, { bytes: true })
    const what = `seed ${random.seed}, value ${i}`
    expect(normal(decode('cbor', cborgEncode(value))), what).toEqual(normal(value))
    // cbor-x renames __proto__.
    if (/__proto__/.test(JSON.stringify(value))) continue
    expect(normal(decode('cbor', cborx.encode(value))), what).toEqual(normal(value))
  }
})
