/** Rows A3 to A6 and A13: lengths that lie, nesting, many small values, big numbers. */
import { hex, join, LIST_FORMATS, type ListFormat, repeat, uint } from '../raw.ts'
import { inFormats, type ValueRow } from '../row.ts'

/** Lengths that no message has, and the one that is a byte too long for one that follows. */
const LIES: readonly bigint[] = [
  2n,
  2n ** 16n - 1n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 53n + 1n,
  2n ** 63n,
  2n ** 64n - 1n,
]

const OVERRUN = ['LENGTH_OVERRUN'] as const

/** A length of every size behind each head that has one; one byte follows. */
function lies(): ValueRow[] {
  const rows: ValueRow[] = []
  const add = (format: ValueRow['format'], what: string, lie: bigint, bytes: Uint8Array): void => {
    rows.push({
      id: 'A3',
      name: `${what} of ${lie}`,
      format,
      expected: OVERRUN,
      isCut: lie === 2n,
      bytes: () => bytes,
    })
  }
  for (const lie of LIES) {
    // Of a container two would be no lie: its elements may be missing, and that is TRUNCATED.
    for (const [what, major] of [
      ['bytes', 2],
      ['text', 3],
      ['a list', 4],
      ['a map', 5],
    ] as const) {
      add('cbor', what, lie, join((major << 5) | 27, uint(lie, 8), 0x61))
      if (lie < 2n ** 32n) add('cbor', `short ${what}`, lie, join((major << 5) | 26, uint(lie, 4), 0x61))
    }
    add('cbor', 'a chunk', lie, join(hex('7f7b'), uint(lie, 8), 0x61))
    add('cbor', 'a big number', lie, join(hex('c25b'), uint(lie, 8), 0x61))
    add('cbor', 'a typed array', lie, join(hex('d8465b'), uint(lie, 8), 0x61))
    if (lie < 2n ** 32n) {
      for (const [what, head] of [
        ['bytes', 'c6'],
        ['text', 'db'],
        ['a list', 'dd'],
        ['a map', 'df'],
      ] as const) {
        add('msgpack', what, lie, join(hex(head), uint(lie, 4), 0x61))
      }
    }
    for (const format of ['ubjson', 'ubjson-draft12'] as const) {
      const isLittle = format === 'ubjson'
      // Draft 12 has no unsigned 64-bit integer: there the largest ones are negative.
      if (!isLittle && lie >= 2n ** 63n) continue
      const length = join(isLittle ? 'M' : 'L', uint(lie, 8, isLittle))
      for (const [what, head] of [
        ['text', 'S'],
        ['digits', 'H'],
        ['a list', '[#'],
        ['a map', '{#'],
        ['a list of int64', '[$L#'],
        ['bytes', '[$U#'],
      ] as const) {
        add(format, what, lie, join(head, length, 'a'))
      }
    }
  }
  return rows.map((row) =>
    row.format.startsWith('ubjson')
      ? { ...row, expected: ['LENGTH_OVERRUN', 'SIZE_LIMIT', 'NODE_LIMIT'] }
      : row,
  )
}

/** Lists within lists, each of which claims exactly what follows. */
function claims(width: 2 | 4, head: number, total: number): Uint8Array {
  const one = 1 + width
  const bytes = new Uint8Array(total)
  for (let at = 0; at + one <= total; at += one) {
    bytes[at] = head
    bytes.set(uint(Math.min(total - at - one, width === 2 ? 0xffff : 0xffff_ffff), width), at + 1)
  }
  return bytes
}

const NESTED: readonly ValueRow[] = [
  ['msgpack', 'lists of 16 bit', claims(2, 0xdc, 40_000)],
  ['msgpack', 'lists of 32 bit', claims(4, 0xdd, 72_000)],
  ['cbor', 'lists of 16 bit', claims(2, 0x99, 40_000)],
  ['cbor', 'lists of 32 bit', claims(4, 0x9a, 4_000_000)],
  ['ubjson', 'counted lists', join(repeat('[#l\u0000\u0001\u0000\u0000', 20_000), repeat('Z', 256))],
].map(([format, name, bytes]) => ({
  id: 'A4',
  name: `${name} that fit in the rest`,
  format: format as ListFormat,
  expected: ['DEPTH_LIMIT', 'LENGTH_OVERRUN'],
  bytes: () => bytes as Uint8Array,
}))

/** One container in another, so many deep; the innermost is empty. */
interface Nesting {
  readonly format: ValueRow['format']
  readonly name: string
  readonly make: (depth: number) => Uint8Array
}

const NESTINGS: readonly Nesting[] = [
  ...inFormats((format): Nesting => {
    const [open, close] = {
      json: ['[', ']'],
      msgpack: [hex('91'), ''],
      cbor: [hex('81'), ''],
      ubjson: ['[', ']'],
      'ubjson-draft12': ['[', ']'],
    }[format] as ['[', ']']
    const inner = { json: '[]', msgpack: hex('90'), cbor: hex('80'), ubjson: '[]', 'ubjson-draft12': '[]' }[
      format
    ]
    return {
      format,
      name: 'lists',
      make: (depth) => join(repeat(open, depth - 1), inner, repeat(close || '', close ? depth - 1 : 0)),
    }
  }),
  ...inFormats((format): Nesting => {
    const [open, close] = {
      json: ['{"":', '}'],
      msgpack: [hex('81a0'), ''],
      cbor: [hex('a160'), ''],
      ubjson: ['{U\u0000', '}'],
      'ubjson-draft12': ['{U\u0000', '}'],
    }[format] as ['[', ']']
    const inner = { json: '{}', msgpack: hex('80'), cbor: hex('a0'), ubjson: '{}', 'ubjson-draft12': '{}' }[
      format
    ]
    return {
      format,
      name: 'maps',
      make: (depth) => join(repeat(open, depth - 1), inner, repeat(close || '', close ? depth - 1 : 0)),
    }
  }),
  {
    format: 'cbor',
    name: 'indefinite lists',
    make: (depth) => join(repeat(0x9f, depth), repeat(0xff, depth)),
  },
  {
    format: 'cbor',
    name: 'lists and maps in turn',
    make: (depth) => join(repeat(hex('81a160'), depth >> 1), depth % 2 === 0 ? 0xf6 : 0x80),
  },
  {
    format: 'json',
    name: 'lists around a number',
    make: (depth) => join(repeat('[', depth), '1', repeat(']', depth)),
  },
]

const DEPTH = 128

const DEPTHS: readonly ValueRow[] = NESTINGS.flatMap(({ format, name, make }) =>
  [DEPTH - 1, DEPTH, DEPTH + 1, 5_000].map((depth) => ({
    id: 'A6',
    name: `${depth} ${name}`,
    format,
    expected: depth > DEPTH ? (['DEPTH_LIMIT'] as const) : 'accept',
    bytes: (levels: number) => make(depth - (depth < 1000 ? levels : 0)),
  })),
)

/** Heads of a list and of a map with one entry, and null. */
const NESTS = { cbor: [0x81, 0xa1, 0xf6], msgpack: [0x91, 0x81, 0xc0] } as const

/** Lists in a key, and maps whose keys are maps, around the limit. */
const NESTED_KEYS: readonly ValueRow[] = (['cbor', 'msgpack'] as const).flatMap((format): ValueRow[] => {
  const [list, map, nil] = NESTS[format]
  const keys = (count: number): Uint8Array => join(repeat(map, count), nil, repeat(nil, count))
  return [
    {
      id: 'A6',
      name: '10,000 lists as a key',
      format,
      expected: ['DEPTH_LIMIT'],
      bytes: () => join(map, repeat(list, 1e4), nil, nil),
    },
    {
      id: 'A6',
      name: '128 maps, each of them the key of the one around it',
      format,
      expected: 'accept',
      bytes: (levels) => keys(128 - levels),
    },
    {
      id: 'A6',
      name: '129 maps, each of them the key of the one around it',
      format,
      expected: ['DEPTH_LIMIT'],
      bytes: (levels) => keys(129 - levels),
    },
    {
      id: 'A6',
      name: 'a million maps, each of them the key of the one around it',
      format,
      expected: ['DEPTH_LIMIT'],
      bytes: () => keys(1e6),
    },
  ]
})

const DEEP: readonly ValueRow[] = [
  {
    id: 'A6',
    name: 'a million tags',
    format: 'cbor',
    expected: ['DEPTH_LIMIT'],
    bytes: () => join(repeat(0xc6, 1e6), 0xf6),
  },
  {
    id: 'A6',
    name: 'a million wide tags',
    format: 'cbor',
    expected: ['DEPTH_LIMIT'],
    bytes: () => join(repeat(hex('d9d9f7'), 1e6), 0xf6),
  },
  ...NESTED_KEYS,
  ...inFormats(
    (format): ValueRow => ({
      id: 'A6',
      name: 'a million lists, never closed',
      format,
      expected: ['DEPTH_LIMIT'],
      bytes: () =>
        repeat(
          { json: '[', msgpack: hex('91'), cbor: hex('81'), ubjson: '[', 'ubjson-draft12': '[' }[format],
          1e6,
        ),
    }),
  ),
]

/** The smallest values there are, by format: bytes of each, and what stands before so many of them. */
const SMALL: Readonly<Record<ListFormat, readonly (readonly [name: string, bytes: Uint8Array])[]>> = {
  json: [
    ['nulls', join('0')],
    ['empty maps', join('{}')],
  ],
  msgpack: [
    ['nulls', hex('c0')],
    ['empty maps', hex('80')],
    ['empty texts', hex('a0')],
  ],
  cbor: [
    ['nulls', hex('f6')],
    ['empty maps', hex('a0')],
    ['empty texts', hex('60')],
  ],
  ubjson: [
    ['nulls', join('Z')],
    ['empty maps', join('{}')],
  ],
  'ubjson-draft12': [
    ['nulls', join('Z')],
    ['empty maps', join('{}')],
  ],
}

function many(format: ListFormat, item: Uint8Array, count: number): Uint8Array {
  if (format === 'json') return join('[', repeat(join(item, ','), count - 1), item, ']')
  if (format === 'msgpack') return join(0xdd, uint(count, 4), repeat(item, count))
  if (format === 'cbor') return join(0x9a, uint(count, 4), repeat(item, count))
  return join('[', repeat(item, count), ']')
}

const BUDGET = 4_194_304

const SIZES: readonly ValueRow[] = LIST_FORMATS.flatMap((format) =>
  SMALL[format].flatMap(([name, item]): ValueRow[] => [
    { id: 'A5', name: `10,000 ${name}`, format, expected: 'accept', bytes: () => many(format, item, 10_000) },
    {
      id: 'A5',
      name: `4.2 million ${name}`,
      format,
      expected: ['NODE_LIMIT'],
      isBig: true,
      bytes: () => many(format, item, BUDGET + 1),
    },
  ]),
)

const NUMBERS: readonly ValueRow[] = [
  ...[10_000, 200_000, 1_000_000].flatMap((length): ValueRow[] => [
    {
      id: 'A13',
      name: `a big number of ${length} bytes`,
      format: 'cbor',
      expected: ['SIZE_LIMIT'],
      bytes: () => join(hex('c25a'), uint(length, 4), repeat(0xff, length)),
    },
    {
      id: 'A13',
      name: `a big number of ${length} bytes in chunks`,
      format: 'cbor',
      expected: ['SIZE_LIMIT'],
      bytes: () => join(hex('c25f'), repeat(hex('41ff'), length >> 1), 0xff),
    },
    {
      id: 'A13',
      name: `${length} digits`,
      format: 'json',
      expected: ['SIZE_LIMIT'],
      bytes: () => repeat('7', length),
    },
    {
      id: 'A13',
      name: `${length} digits`,
      format: 'ubjson',
      expected: ['SIZE_LIMIT'],
      bytes: () => join('Hl', uint(length, 4, true), repeat('7', length)),
    },
    {
      id: 'A13',
      name: `${length} digits`,
      format: 'ubjson-draft12',
      expected: ['SIZE_LIMIT'],
      bytes: () => join('Hl', uint(length, 4), repeat('7', length)),
    },
    {
      id: 'A13',
      name: `a fraction of ${length} digits`,
      format: 'json',
      expected: 'accept',
      bytes: () => join('0.', repeat('7', length)),
    },
  ]),
]

/** Rows that go through every way of payload values. */
export const LENGTH_ROWS: readonly ValueRow[] = [
  ...lies(),
  ...NESTED,
  ...DEPTHS,
  ...DEEP,
  ...SIZES,
  ...NUMBERS,
]
