/** Rows A7 to A12, A14 and A15: keys, text, numbers at the edges, what stands around a value. */
import { hex, join, LIST_FORMATS, type Part, RAW, repeat, value } from '../raw.ts'
import { type Expected, inFormats, type ValueRow } from '../row.ts'

/** Sequences that are no UTF-8: overlong, surrogates, beyond U+10FFFF, cut, lone continuations. */
export const BAD_UTF8: readonly string[] = [
  '80',
  'bf',
  'c0af',
  'c1bf',
  'c3',
  'e080af',
  'e28228',
  'e282',
  'eda080',
  'edbfbf',
  'f08080af',
  'f09f98',
  'f4908080',
  'f8808080af',
  'fe',
  'ff',
  'c3c3a9',
]

/** Bytes before the wrong one: around the ends of what SIMD reads at once. */
const PADDINGS =
  process.env.WAMP_CODEC_DEEP === '1'
    ? [0, 1, 7, 15, 16, 17, 31, 32, 33, 63, 64, 65, 70]
    : [0, 15, 16, 31, 33, 64]

const UTF8: readonly ValueRow[] = LIST_FORMATS.flatMap((format) =>
  BAD_UTF8.flatMap((bad) =>
    PADDINGS.flatMap((padding): ValueRow[] => {
      const text = join(repeat('a', padding), hex(bad), 'b')
      const { list, map, text: written, key } = RAW[format]
      const facts = { id: 'A10', format, expected: ['BAD_UTF8'] as Expected }
      return [
        { ...facts, name: `${bad} behind ${padding} in text`, bytes: () => list(written(text)) },
        {
          ...facts,
          name: `${bad} behind ${padding} in a key`,
          bytes: () => map([key(text), value(format, 1)]),
        },
      ]
    }),
  ),
)

/** A text or key of FlexBuffers: its length before it when it is a text, NUL behind it. */
const flexText = (content: Uint8Array, isKey: boolean): Uint8Array =>
  join(isKey ? [] : [content.length], content, 0, content.length + 1, (isKey ? 4 : 5) << 2, 1)

const FLEX_UTF8: readonly ValueRow[] = BAD_UTF8.flatMap((bad) =>
  PADDINGS.flatMap((padding) =>
    [false, true].map(
      (isKey): ValueRow => ({
        id: 'A10',
        format: 'flexbuffers',
        name: `${bad} behind ${padding} in ${isKey ? 'a key' : 'text'}`,
        expected: ['BAD_UTF8'],
        bytes: () => flexText(join(repeat('a', padding), hex(bad), 'b'), isKey),
      }),
    ),
  ),
)

/** Keys that mean something to JavaScript. */
export const MEANING: readonly string[] = [
  '__proto__',
  '__proto_',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'toJSON',
  'valueOf',
  '',
  'length',
  '0',
]

const KEYS: readonly ValueRow[] = inFormats((format): ValueRow[] => {
  const { map, key } = RAW[format]
  const one = value(format, 1)
  return [
    {
      id: 'A7',
      name: 'a key twice',
      format,
      expected: 'accept',
      bytes: () => map([key('a'), one], [key('a'), value(format, 2)]),
    },
    {
      id: 'A7',
      name: 'a key 20,000 times',
      format,
      expected: 'accept',
      bytes: () => map(...Array.from({ length: 20_000 }, () => [key('a'), one] as const)),
    },
    {
      id: 'A8',
      name: 'keys that mean something',
      format,
      expected: 'accept',
      bytes: () => map(...MEANING.map((name) => [key(name), map([key('isAdmin'), one])] as const)),
    },
    {
      id: 'A8',
      name: 'a key of 64 KB',
      format,
      expected: 'accept',
      bytes: () => map([key(repeat('k', 65_536)), one]),
    },
    {
      id: 'A18',
      name: '10,000 keys, each once',
      format,
      expected: 'accept',
      bytes: () => map(...Array.from({ length: 10_000 }, (_, i) => [key(`k${i}`), one] as const)),
    },
    {
      id: 'A18',
      name: '10,000 keys like integers',
      format,
      expected: 'accept',
      bytes: () => map(...Array.from({ length: 10_000 }, (_, i) => [key(String(i * 7919)), one] as const)),
    },
  ]
}).flat()

/** Keys that are no text: bytes of whole values. */
const OTHER_KEYS: readonly (readonly [name: string, cbor: string, msgpack: string])[] = [
  ['an integer', '01', '01'],
  ['a float', 'fb3ff8000000000000', 'cb3ff8000000000000'],
  ['-0', 'f98000', 'cb8000000000000000'],
  ['null', 'f6', 'c0'],
  ['a boolean', 'f5', 'c3'],
  ['bytes', '4161', 'c40161'],
  ['a list', '80', '90'],
  ['a map', 'a0', '80'],
]

/** Many keys that are no text. */
const MANY_KEYS: readonly ValueRow[] = (['cbor', 'msgpack'] as const).flatMap((format): ValueRow[] => {
  const { map, text: key, list } = RAW[format]
  const integer = (of: number): Uint8Array => value(format, of)
  const one = integer(1)
  const row = (name: string, keys: (i: number) => readonly Uint8Array[]): ValueRow => ({
    id: 'A18',
    name,
    format,
    expected: 'accept',
    bytes: () =>
      map(...Array.from({ length: 5000 }, (_, i) => keys(i).map((each) => [each, one] as const)).flat()),
  })
  return [
    row('integers as keys', (i) => [integer(i * 7919)]),
    row('negative integers as keys', (i) => [integer(-1 - i * 7919)]),
    row('integers and their texts as keys', (i) => [integer(i), key(String(i))]),
    row('the same integer as key', () => [integer(7)]),
    row('integers, and an empty list at the end', (i) => [i === 4999 ? list() : integer(i)]),
    row('lists of an integer as keys', (i) => [list(integer(i))]),
    row('the same empty list as key', () => [list()]),
  ]
})

const KEY_TYPES: readonly ValueRow[] = OTHER_KEYS.flatMap(([name, cbor, msgpack]) =>
  (
    [
      ['cbor', 'a1', cbor, 'f6'],
      ['msgpack', '81', msgpack, 'c0'],
    ] as const
  ).map(
    ([format, head, key, item]): ValueRow => ({
      id: 'A9',
      name: `${name} as a key`,
      format,
      expected: 'accept',
      bytes: () => hex(head + key + item),
    }),
  ),
)

type Fixed = readonly [id: string, format: ValueRow['format'], name: string, bytes: Part, expected: Expected]

/** `hex:` before bytes; everything else is text. */
const FIXED: readonly Fixed[] = [
  ['A7', 'json', 'keys that are equal after an escape', '{"a":1,"\\u0061":2}', 'accept'],
  ...['{1:2}', '{null:1}', '{[]:1}', '{a:1}'].map(
    (text): Fixed => ['A9', 'json', `the key of ${text}`, text, ['BAD_TOKEN']],
  ),
  ...[
    '"\\ud800"',
    '"\\ud800\\ud800"',
    '"\\udc00\\ud800"',
    '"\\udfff"',
    '"\\ud83d\\u0041"',
    '"\\ud83dx01234567"',
  ].map((text): Fixed => ['A11', 'json', text, `[${text}]`, ['BAD_UTF8']]),
  ['A11', 'json', 'U+0000 within', '["a\\u0000"]', 'accept'],
  ['A11', 'json', 'noncharacters', '["\\uffff\\ufdd0"]', 'accept'],
  ['A11', 'json', 'a byte order mark first', hex('efbbbf5b5d'), ['BAD_TOKEN']],
  ...[
    '9007199254740993',
    '18446744073709551615',
    '-9223372036854775808',
    '18446744073709551616',
    '-0',
    '1e-400',
    '5e-324',
    '0.1',
    '1e308',
  ].map((text): Fixed => ['A12', 'json', text, `[${text}]`, 'accept']),
  ...['1e400', '-1e400', '1e999999999999', `${'9'.repeat(400)}.5`].map(
    (text): Fixed => ['A12', 'json', text.slice(0, 20), `[${text}]`, ['BAD_NUMBER']],
  ),
  ...[
    '1b0020000000000001',
    '1bffffffffffffffff',
    '3bffffffffffffffff',
    'c249010000000000000000',
    'f98000',
    'f90001',
    'fa00000001',
  ].map((text): Fixed => ['A12', 'cbor', text, hex(`81${text}`), 'accept']),
  ...['cf0020000000000001', 'cfffffffffffffffff', 'd38000000000000000', 'cb8000000000000000'].map(
    (text): Fixed => ['A12', 'msgpack', text, hex(`91${text}`), 'accept'],
  ),
  ...['NaN', 'Infinity', '-Infinity', 'nan', '+1', '01', '1.', '.5', '0x1', '1_0'].map(
    (text): Fixed => ['A14', 'json', text, `[${text}]`, ['BAD_TOKEN', 'BAD_NUMBER', 'TRUNCATED']],
  ),
  ...['f97e01', 'f97d00', 'fa7fa00000', 'fb7ff4000000000001', 'f97c00', 'f9fc00'].map(
    (text): Fixed => ['A14', 'cbor', text, hex(`81${text}`), 'accept'],
  ),
  ['A14', 'msgpack', 'a signalling NaN', hex('91cb7ff4000000000001'), 'accept'],
]

/** Rows of texts, keys and numbers. */
export const TEXT_ROWS: readonly ValueRow[] = [
  ...UTF8,
  ...FLEX_UTF8,
  ...KEYS,
  ...KEY_TYPES,
  ...MANY_KEYS,
  ...FIXED.map(
    ([id, format, name, bytes, expected]): ValueRow => ({
      id,
      format,
      name,
      expected,
      bytes: () => join(bytes),
    }),
  ),
]

/** Values with something wrong around them: only where a value stands alone. */
export const ALONE_ROWS: readonly ValueRow[] = inFormats((format): ValueRow[] => {
  const blank = format === 'json' ? ' \t\n' : 'NNNN'
  const hasBlank = format === 'json' || format.startsWith('ubjson')
  const good = RAW[format].list(value(format, 1))
  return [
    ...(hasBlank
      ? [
          {
            id: 'A15',
            name: 'blanks alone',
            format,
            expected: ['TRUNCATED', 'BAD_TOKEN'] as const,
            bytes: () => join(blank),
          },
        ]
      : []),
    { id: 'A15', name: 'nothing', format, expected: ['TRUNCATED'], bytes: () => new Uint8Array(0) },
    { id: 'A15', name: 'two values', format, expected: ['TRAILING_BYTES'], bytes: () => join(good, good) },
    { id: 'A15', name: 'a byte behind', format, expected: ['TRAILING_BYTES'], bytes: () => join(good, 0) },
  ]
}).flat()
