/** Rows C2 to C4, M1, U1, U2, X1 and X2: what only one format has. */
import type { ErrorCode } from '../../../src/index.ts'
import { doubled } from '../../support/flexbuffers-hostile.ts'
import { hex, join, type Part, repeat, uint } from '../raw.ts'
import type { Expected, ValueRow } from '../row.ts'

type Fixed = readonly [
  id: string,
  name: string,
  bytes: Part,
  expected: Exclude<Expected, 'either'> | ErrorCode,
]

const rowsOf = (format: ValueRow['format'], rows: readonly Fixed[]): ValueRow[] =>
  rows.map(([id, name, bytes, expected]) => ({
    id,
    name,
    format,
    expected: expected !== 'accept' && typeof expected === 'string' ? [expected] : expected,
    bytes: () => join(bytes),
  }))

/** Tags that some decoder does something with, each with a content that it would like. */
const TAGS: readonly (readonly [tag: string, content: string])[] = [
  ['c0', '74323031332d30332d32315432303a30343a30305a'],
  ['c1', '1a514b67b0'],
  ['c4', '82211a514b67b0'],
  ['c5', '822003'],
  ['d818', '4401020304'],
  ['d819', '00'],
  ['d81b', '82616180'],
  ['d81c', '81d81d00'],
  ['d81e', '820103'],
  ['d820', '63612e62'],
  ['d823', '6628612b292b24'],
  ['d825', '50000102030405060708090a0b0c0d0e0f'],
  ['d833', '83808000'],
  ['d840', '43010203'],
  ['d84f', '4401020304'],
  ['d90102', '8101'],
  ['d9d9f7', '80'],
  ['d9dffe', '8101'],
  ['dbffffffffffffffff', 'f6'],
]

const CBOR: readonly Fixed[] = [
  ['C2', 'a code point split over two chunks', hex('7f61c361a9ff'), 'BAD_UTF8'],
  ['C2', 'a chunk of bytes in text', hex('7f4161ff'), 'BAD_TOKEN'],
  ['C2', 'a chunk of text in bytes', hex('5f6161ff'), 'BAD_TOKEN'],
  ['C2', 'a chunk with an indefinite length', hex('7f7f6161ffff'), 'BAD_TOKEN'],
  ['C2', '100,000 empty chunks', join(0x7f, repeat(0x60, 100_000), 0xff), 'accept'],
  ['C2', '100,000 chunks of one byte', join(0x7f, repeat(hex('6161'), 100_000), 0xff), 'accept'],
  ['C2', 'a list that is never closed', join(0x9f, repeat(0, 100_000)), 'TRUNCATED'],
  ['C2', 'a map that ends after a key', hex('bf6161ff'), 'BAD_TOKEN'],
  ...TAGS.map(([tag, content]): Fixed => ['C3', `tag ${tag}`, hex(tag + content), 'accept']),
  ['C3', 'a tag without content', hex('d81e'), 'TRUNCATED'],
  ['C3', 'a tag before a break', hex('9fc1ff'), 'BAD_TOKEN'],
  ['C3', 'a big number that is text', hex('c26161'), 'BAD_TOKEN'],
  ['C4', 'simple 0', hex('e0'), 'UNSUPPORTED_TAG'],
  ['C4', 'simple 19', hex('f3'), 'UNSUPPORTED_TAG'],
  ['C4', 'simple 24 in two bytes', hex('f818'), 'BAD_TOKEN'],
  ['C4', 'simple 31 in two bytes', hex('f81f'), 'BAD_TOKEN'],
  ['C4', 'simple 255', hex('f8ff'), 'UNSUPPORTED_TAG'],
  ['C4', 'undefined', hex('f7'), 'accept'],
  ...['1c', '3d', '5e', '7c', '9d', 'be', 'dc', 'fd'].map(
    (byte): Fixed => ['C4', `the reserved head ${byte}`, hex(byte), 'BAD_TOKEN'],
  ),
  ...['1f', '3f', 'df'].map((byte): Fixed => ['C4', `no indefinite ${byte}`, hex(byte), 'BAD_TOKEN']),
  ['C4', 'a break alone', hex('ff'), 'BAD_TOKEN'],
]

const MSGPACK: readonly Fixed[] = [
  ['M1', 'the byte that is never used', hex('c1'), 'BAD_TOKEN'],
  ...['d4', 'd5', 'd6', 'd7', 'd8'].map(
    (head, i): Fixed => ['M1', `fixext ${1 << i}`, join(hex(head), 5, repeat(1, 1 << i)), 'UNSUPPORTED_TAG'],
  ),
  ...[-128, -1, 0, 1, 127].map(
    (type): Fixed => [
      'M1',
      `ext of type ${type}`,
      join(hex('c703'), type & 255, [1, 2, 3]),
      'UNSUPPORTED_TAG',
    ],
  ),
  ['M1', 'a timestamp of too many nanoseconds', join(hex('c70cff3b9aca00'), repeat(0, 8)), 'UNSUPPORTED_TAG'],
  ['M1', 'an ext with a regular expression', join(hex('c70678'), '(a+)+$'), 'UNSUPPORTED_TAG'],
  ['M1', 'text in a longer form than it needs', join(hex('db00000001'), 'a'), 'accept'],
]

/** `U<0x01>`-like counts of UBJSON in both dialects. */
function ubjson(isLittle: boolean): Fixed[] {
  const l = (n: number): Uint8Array => join('l', uint(n, 4, isLittle))
  const L = (n: bigint): Uint8Array => join('L', uint(n, 8, isLittle))
  const budget: Exclude<Expected, 'either'> = isLittle ? ['BAD_TOKEN'] : ['NODE_LIMIT', 'SIZE_LIMIT']
  return [
    ['U1', '2^31 - 1 nulls in nine bytes', join('[$Z#', l(2 ** 31 - 1)), budget],
    ['U1', '2^63 - 1 trues', join('[$T#', L(2n ** 63n - 1n)), budget],
    ['U1', 'a container of containers', join('[$[#i', 5), 'BAD_TOKEN'],
    // In BJData that begins a schema.
    ['U1', 'a container of maps', join('[$', '{#i', 5), isLittle ? 'KEY_TYPE' : 'BAD_TOKEN'],
    ['U1', 'a container of no-ops', join('[$N#i', 5), 'BAD_TOKEN'],
    ['U1', 'a negative count', join('[#i', 0xff), 'BAD_NUMBER'],
    ['U1', 'a negative length', join('Si', 0x80), 'BAD_NUMBER'],
    ['U1', 'a type without a count', join('[$U', 'Z'), ['BAD_TOKEN', 'TRUNCATED']],
    ['U1', 'a count that is a float', join('[#d', repeat(0, 4)), ['BAD_TOKEN', 'BAD_NUMBER']],
    ['U1', '100,000 no-ops', join('[', repeat('N', 100_000), ']'), 'accept'],
    ['U2', 'a number nan', join('HU', 3, 'nan'), 'BAD_NUMBER'],
    ['U2', 'a number 0x1', join('HU', 3, '0x1'), 'BAD_NUMBER'],
    ['U2', 'a number of no digits', join('HU', 0), 'BAD_NUMBER'],
    ['U2', 'a number that is no ASCII', join('HU', 2, 'é'), 'BAD_NUMBER'],
    ['U2', 'a character beyond ASCII', join('C', 0x80), 'BAD_UTF8'],
  ]
}

/** Dimensions around an array, row by row and column by column. */
const SHAPES: readonly (readonly [order: string, open: string, close: string])[] = [
  ['', '[$U#[', ']'],
  ['column-major ', '[$U#[[', ']]'],
]

/** Schema and count behind either bracket. */
const TABLES: readonly (readonly [order: string, bracket: string])[] = [
  ['record by record', '['],
  ['field by field', '{'],
]

const M = (n: bigint): Uint8Array => join('M', uint(n, 8, true))
const ANY_LIMIT = ['LENGTH_OVERRUN', 'NODE_LIMIT', 'SIZE_LIMIT'] as const

const BJDATA: readonly Fixed[] = [
  ...SHAPES.flatMap(([order, open, close]): Fixed[] => [
    [
      'U1',
      `a ${order}shape whose product wraps`,
      join(open, M(2n ** 33n), M(2n ** 33n), close, 'a'),
      ANY_LIMIT,
    ],
    [
      'U1',
      `a ${order}shape of empty rows`,
      join(open, 'l', uint(2 ** 31 - 1, 4, true), 'U', 0, close),
      ANY_LIMIT,
    ],
    [
      'U1',
      `a ${order}shape of no rows, which have very many elements`,
      join(open, 'U', 0, M(2n ** 63n), close),
      'accept',
    ],
    [
      'U1',
      `a ${order}shape of 200 dimensions`,
      join(open, repeat(join('U', 1), 200), close, 1),
      'DEPTH_LIMIT',
    ],
    [
      'U1',
      `a ${order}shape of 100,000 dimensions`,
      join(open, repeat(join('U', 1), 100_000), close, 1),
      'DEPTH_LIMIT',
    ],
    ['U1', `a ${order}shape with a negative dimension`, join(open, 'i', 0xff, close), 'BAD_NUMBER'],
    [
      'U1',
      `a ${order}shape in a map in a list`,
      join('[{', 'U', 1, 'a', open, 'U', 1, 'U', 1, close, 7, '}]'),
      'accept',
    ],
  ]),
  ['U1', 'a shape in three lists', join('[$U#[[[', 'U', 1, ']]]', 1), 'BAD_TOKEN'],
  ['U1', '100,000 lists around a shape', join('[$U#', repeat('[', 100_000)), 'BAD_TOKEN'],
  ...TABLES.flatMap(([order, bracket]): Fixed[] => {
    const table = (schema: Part, count: Part, payload: Part = []): Uint8Array =>
      join(bracket, '$', '{', schema, '}#', count, payload)
    const key = join('U', 1, 'a')
    return [
      ['U3', `two records, ${order}`, table(join(key, 'U'), join('U', 2), [1, 2]), 'accept'],
      [
        'U3',
        `records in a map in a list, ${order}`,
        join('[{', key, table(join(key, 'U'), join('U', 1), 7), '}]'),
        'accept',
      ],
      [
        'U3',
        `records that are not there, ${order}`,
        table(join(key, 'U'), M(2n ** 64n - 1n)),
        'LENGTH_OVERRUN',
      ],
      ['U3', `records without bytes, ${order}`, table(join(key, 'Z'), M(2n ** 64n - 1n)), 'NODE_LIMIT'],
      [
        'U3',
        `records of very many fields without bytes, ${order}`,
        table(repeat(join(key, 'Z'), 5000), join('u', uint(1000, 2, true))),
        'NODE_LIMIT',
      ],
      [
        'U3',
        `records whose size wraps, ${order}`,
        table(repeat(join(key, 'S', M(2n ** 63n)), 2), join('U', 1)),
        'LENGTH_OVERRUN',
      ],
      [
        'U3',
        `a grid of records whose product wraps, ${order}`,
        table(join(key, 'U'), join('[', M(2n ** 33n), M(2n ** 33n), ']'), 1),
        ANY_LIMIT,
      ],
      [
        'U3',
        `a grid of empty rows of records, ${order}`,
        table(join(key, 'U'), join('[', M(2n ** 31n), 'U', 0, ']')),
        'NODE_LIMIT',
      ],
      [
        'U3',
        `no records of a text of 2^63 bytes, ${order}`,
        table(join(key, 'S', M(2n ** 63n)), join('U', 0)),
        'accept',
      ],
      ['U3', `a schema 5,000 deep, ${order}`, table(join(key, repeat('[', 5000)), []), 'DEPTH_LIMIT'],
      ['U3', `a schema 5,000 deep in maps, ${order}`, table(repeat(join(key, '{'), 5000), []), 'DEPTH_LIMIT'],
      [
        'U3',
        `a schema of 130 levels and no records, ${order}`,
        table(join(key, repeat('[', 130), 'U', repeat(']', 130)), join('U', 0)),
        'DEPTH_LIMIT',
      ],
      [
        'U3',
        `a dictionary that is not there, ${order}`,
        table(join(key, '[$S#', M(2n ** 64n - 1n)), join('U', 1)),
        'LENGTH_OVERRUN',
      ],
      [
        'U3',
        `a number beyond the dictionary, ${order}`,
        table(join(key, '[$S#U', 1, 'U', 0), join('U', 1), 1),
        'BAD_NUMBER',
      ],
      [
        'U3',
        `a number of an empty dictionary, ${order}`,
        table(join(key, '[$S#U', 0), join('U', 1), 0),
        'BAD_NUMBER',
      ],
      [
        'U3',
        `offsets that are not there, ${order}`,
        table(join(key, '[$M]'), join('U', 1), repeat(0, 8)),
        'LENGTH_OVERRUN',
      ],
      [
        'U3',
        `offsets that go back, ${order}`,
        table(join(key, '[$U]'), join('U', 2), [0, 1, 0, 2, 1, 65]),
        'BAD_NUMBER',
      ],
      [
        'U3',
        `an offset of 2^64 - 1, ${order}`,
        table(join(key, '[$M]'), join('U', 1), join(repeat(0, 16), repeat(0xff, 8))),
        'LENGTH_OVERRUN',
      ],
      [
        'U3',
        `a text that is cut within a character, ${order}`,
        table(join(key, '[$U]'), join('U', 2), join([0, 1, 0, 1, 2], 'é')),
        'BAD_UTF8',
      ],
      [
        'U3',
        `a text that 60,000 records name, ${order}`,
        table(
          join(key, '[$S#U', 1, 'u', uint(1000, 2, true), repeat('a', 1000)),
          join('u', uint(60_000, 2, true)),
          repeat(0, 60_000),
        ),
        'SIZE_LIMIT',
      ],
      [
        'U3',
        `a key of 60,000 records, ${order}`,
        table(
          join('u', uint(1000, 2, true), repeat('a', 1000), 'U'),
          join('u', uint(60_000, 2, true)),
          repeat(0, 60_000),
        ),
        'SIZE_LIMIT',
      ],
      [
        'U3',
        `a number that is no decimal, ${order}`,
        table(join(key, 'HU', 3), join('U', 1), 'nan'),
        'BAD_NUMBER',
      ],
      [
        'U3',
        `a number of 10,000 digits, ${order}`,
        table(join(key, 'Hu', uint(10_000, 2, true)), join('U', 1), repeat('7', 10_000)),
        'SIZE_LIMIT',
      ],
      [
        'U3',
        `a table in a shape in two lists, ${order}`,
        table(join(key, 'U'), join('[[U', 1, ']]'), 1),
        'BAD_TOKEN',
      ],
    ]
  }),
]

const FLEXBUFFERS: readonly Fixed[] = [
  ['X1', 'nothing', [], 'TRUNCATED'],
  ['X1', 'two bytes', hex('0401'), 'TRUNCATED'],
  ...[0, 3, 5, 255].map(
    (width): Fixed => ['X1', `a root of width ${width}`, [1, 4, width], ['BAD_TOKEN', 'TRUNCATED']],
  ),
  ['X1', 'a type that is none', [1, 63 << 2, 1], 'BAD_TOKEN'],
  ['X1', 'an offset before the start', [9, 5 << 2, 1], 'BAD_OFFSET'],
  ['X1', 'a vector that holds itself', hex('010028022801'), ['DEPTH_LIMIT', 'NODE_LIMIT']],
  ['X1', 'a key without its NUL', join('abc', 3, 4 << 2, 1), 'TRUNCATED'],
  ['X1', 'a typed vector of 2^31 - 1', hex('ffffff7f000000002e04'), 'LENGTH_OVERRUN'],
  ...[0x0b, 0x0c, 0x0d, 0x0e, 0x24].map(
    (type): Fixed => [
      'X1',
      `a typed vector ${type} of 2^64 - 1`,
      join(repeat(0xff, 8), repeat(0, 8), 8, (type << 2) | 3, 1),
      'LENGTH_OVERRUN',
    ],
  ),
  [
    'X1',
    'a fixed triple that ends too early',
    [1, 1, (22 << 2) | 0, 1],
    ['LENGTH_OVERRUN', 'BAD_OFFSET', 'TRUNCATED'],
  ],
  ...[20, 26, 40].map(
    (levels): Fixed => ['X2', `${levels} levels that name each other twice`, doubled(levels), 'NODE_LIMIT'],
  ),
]

/** Rows of single formats. */
export const FORMAT_ROWS: readonly ValueRow[] = [
  ...rowsOf('cbor', CBOR),
  ...rowsOf('msgpack', MSGPACK),
  ...rowsOf('ubjson', [...ubjson(true), ...BJDATA]),
  ...rowsOf('ubjson-draft12', ubjson(false)),
  ...rowsOf('flexbuffers', FLEXBUFFERS),
]
