/** Hostile values that can be made of any size, a row each: format, name, and what makes about so many bytes of it. */
import { crowded, doubled, OVERLAPPING } from '../support/flexbuffers-hostile.ts'
import {
  type FORMATS,
  hex,
  join,
  joinAll,
  LIST_FORMATS,
  type ListFormat,
  RAW,
  repeat,
  uint,
  value,
} from './raw.ts'

/** Bytes of about the size. */
export type Make = (size: number) => Uint8Array
type Row = readonly [format: (typeof FORMATS)[number], name: string, make: Make]

/** A list of so many items in a format. */
export const many = (format: ListFormat, item: (i: number) => Uint8Array, count: number): Uint8Array => {
  const items = Array.from({ length: count }, (_, i) => item(i))
  if (format === 'json')
    return joinAll(['[', ...items.flatMap((each, i) => (i === 0 ? [each] : [',', each])), ']'])
  const head = { msgpack: hex('dd'), cbor: hex('9a') }[format as string]
  return joinAll(head === undefined ? ['[', ...items, ']'] : [head, uint(count, 4), ...items])
}

/** What every list format can be made large with. */
const COMMON: Readonly<Record<string, (format: ListFormat) => Make>> = {
  'small numbers': (format) => (size) => many(format, () => value(format, 1), size >> 1),
  'empty maps': (format) => (size) => many(format, () => RAW[format].map(), size >> 1),
  'empty lists': (format) => (size) => many(format, () => RAW[format].list(), size >> 1),
  'short texts': (format) => (size) => many(format, () => RAW[format].text('ab'), size >> 2),
  'one long text': (format) => (size) => RAW[format].list(RAW[format].text(repeat('a', size))),
  'long text that is wrong at its end': (format) => (size) =>
    RAW[format].list(RAW[format].text(join(repeat('é', size >> 1), 0xff))),
  'long text of four-byte characters': (format) => (size) =>
    RAW[format].list(RAW[format].text(repeat('😀', size >> 2))),
  'keys, all different': (format) => (size) =>
    RAW[format].map(
      ...Array.from(
        { length: size >> 4 },
        (_, i) => [RAW[format].key(`k${1e7 + i}`), value(format, i)] as const,
      ),
    ),
  'one key, again and again': (format) => (size) =>
    RAW[format].map(
      ...Array.from({ length: size >> 2 }, () => [RAW[format].key('a'), value(format, 1)] as const),
    ),
  'towers of 100 lists': (format) => (size) => {
    let tower = RAW[format].list()
    for (let i = 1; i < 100; i++) tower = RAW[format].list(tower)
    return many(format, () => tower, Math.floor((3 * size) / tower.length))
  },
  floats: (format) => (size) => many(format, (i) => value(format, (i % 10) + 0.1), size >> 3),
  'numbers of 19 digits': (format) => (size) => many(format, () => value(format, 2n ** 63n), size >> 3),
}

/** Keys that are no text, for the formats that have them. */
const OTHER_KEYS: readonly (readonly [format: 'cbor' | 'msgpack', name: string, make: Make])[] = (
  ['cbor', 'msgpack'] as const
).flatMap((format) => {
  const { map, list } = RAW[format]
  const one = value(format, 1)
  const maps = (key: (i: number) => Uint8Array, bytes: number) => (size: number) =>
    map(...Array.from({ length: Math.floor(size / bytes) }, (_, i) => [key(i), one] as const))
  let tower = map()
  for (let i = 1; i < 100; i++) tower = map([tower, one])
  return [
    [format, 'integers as keys', maps((i) => value(format, 1e6 + i), 6)],
    [format, 'lists as keys', maps((i) => list(value(format, 1e6 + i)), 7)],
    [format, 'one empty map as key, again and again', maps(() => map(), 2)],
    [
      format,
      'towers of 100 maps in keys',
      (size) => many(format, () => tower, Math.floor((3 * size) / tower.length)),
    ],
  ] as const
})

const SPECIAL: readonly Row[] = [
  ['json', 'white space', (size) => join('[', repeat(' ', size), ']')],
  ['json', 'escapes', (size) => join('["', repeat('\\u00e9', Math.floor(size / 6)), '"]')],
  [
    'json',
    'surrogate escapes',
    (size) => join('["', repeat('\\ud83d\\ude00', Math.floor(Math.floor(size / 12))), '"]'),
  ],
  ['json', 'backslashes without an end', (size) => join('["', repeat('\\\\', size >> 1))],
  ['json', 'a fraction of many digits', (size) => join('0.', repeat('7', size))],
  ['json', 'an integer of many digits', (size) => repeat('7', size)],
  ['json', 'zeros after the point', (size) => join('0.', repeat('0', size), '1')],
  ['json', 'lists that are never closed', (size) => repeat('[', size)],
  ['json', 'base64', (size) => join('["\\u0000', repeat('AAAA', size >> 2), '"]')],
  ...OTHER_KEYS,
  ['cbor', 'big numbers as keys', (size) => join(hex('bf'), repeat(hex('c24101f6'), size >> 2), 0xff)],
  ['cbor', 'simple values', (size) => many('cbor', () => hex('f0'), size)],
  ['cbor', 'tags in a row', (size) => repeat(0xc6, size)],
  ['cbor', 'values with tags', (size) => many('cbor', () => hex('d9d9f701'), size >> 2)],
  ['cbor', 'chunks of one byte', (size) => join(0x7f, repeat(hex('6161'), size >> 1), 0xff)],
  ['cbor', 'empty chunks', (size) => join(0x7f, repeat(0x60, size), 0xff)],
  ['cbor', 'an indefinite list', (size) => join(0x9f, repeat(0xf6, size), 0xff)],
  ['cbor', 'a big number', (size) => join(hex('c25a'), uint(size, 4), repeat(0xff, size))],
  [
    'cbor',
    'big numbers of 1 KB',
    (size) => many('cbor', () => join(hex('c2590400'), repeat(0xff, 1024)), size >> 10),
  ],
  ['cbor', 'lists that claim the rest', (size) => repeat(hex('99ffff'), Math.floor(size / 3))],
  ['msgpack', 'lists that claim the rest', (size) => repeat(hex('dcffff'), Math.floor(size / 3))],
  ['msgpack', 'extensions', (size) => many('msgpack', () => hex('d40501'), Math.floor(size / 3))],
  ['ubjson', 'no-ops', (size) => join('[', repeat('N', size), ']')],
  ['ubjson', 'a typed list', (size) => join('[$U#l', uint(size, 4, true), repeat(7, size))],
  [
    'ubjson',
    'a list of shapes',
    (size) => join('[', repeat(join('[$U#[', 'U', 2, 'U', 2, ']', [1, 2, 3, 4]), Math.floor(size / 14)), ']'),
  ],
  [
    'ubjson',
    'a shape of many rows',
    (size) => join('[$U#[l', uint(size >> 1, 4, true), 'U', 2, ']', repeat(1, size)),
  ],
  [
    'ubjson',
    'a column-major shape of many rows',
    (size) => join('[$U#[[l', uint(size >> 1, 4, true), 'U', 2, ']]', repeat(1, size)),
  ],
  ...(['[', '{'] as const).flatMap((bracket): (readonly ['ubjson', string, Make])[] => {
    const order = bracket === '[' ? 'record by record' : 'field by field'
    const table = (schema: Uint8Array, count: number, payload: Uint8Array): Uint8Array =>
      join(bracket, '$', '{', schema, '}#l', uint(count, 4, true), payload)
    return [
      [
        'ubjson',
        `records, ${order}`,
        (size) => table(join('U', 1, 'a', 'TU', 1, 'bC'), size >> 1, repeat(0x54, size & ~1)),
      ],
      [
        'ubjson',
        `a record of many fields, ${order}`,
        (size) => table(repeat(join('U', 1, 'aU'), Math.floor(size / 5)), 1, repeat(1, Math.floor(size / 5))),
      ],
      [
        'ubjson',
        `a record of many fields in maps, ${order}`,
        (size) =>
          table(
            repeat(join('U', 1, 'a{', 'U', 1, 'bT}'), Math.floor(size / 10)),
            1,
            repeat(0x54, Math.floor(size / 10)),
          ),
      ],
      [
        'ubjson',
        `an array of many values in a record, ${order}`,
        (size) => table(join('U', 1, 'a[', repeat('U', size >> 1), ']'), 1, repeat(1, size >> 1)),
      ],
      [
        'ubjson',
        `a dictionary of many texts, ${order}`,
        (size) =>
          table(
            join('U', 1, 'a[$S#l', uint(size >> 2, 4, true), repeat(join('U', 0), size >> 2)),
            size >> 3,
            repeat(0, 2 * (size >> 3)),
          ),
      ],
      [
        'ubjson',
        `many dictionaries, ${order}`,
        (size) =>
          table(
            repeat(join('U', 1, 'a[$S#U', 1, 'U', 1, 'b'), Math.floor(size / 13)),
            1,
            repeat(0, Math.floor(size / 13)),
          ),
      ],
      [
        'ubjson',
        `texts behind the records, ${order}`,
        (size) => {
          const count = Math.floor(size / 9)
          const offsets = joinAll(Array.from({ length: count + 1 }, (_, i) => uint(i, 4, true)))
          return table(
            join('U', 1, 'a[$m]'),
            count,
            join(offsets.subarray(0, 4 * count), offsets, repeat('a', count)),
          )
        },
      ],
      [
        'ubjson',
        `many tables, ${order}`,
        (size) =>
          join('[', repeat(join(bracket, '$', '{', 'U', 1, 'aU}#U', 1, 7), Math.floor(size / 12)), ']'),
      ],
    ]
  }),
  ['ubjson', '2^31 - 1 in nine bytes', () => join('[$U#l', uint(2 ** 31 - 1, 4, true))],
  [
    'ubjson',
    'lists that claim 2^31 - 1 each',
    (size) => repeat(join('[#l', uint(2 ** 31 - 1, 4, true)), Math.floor(size / 7)),
  ],
  ['ubjson-draft12', '2^31 - 1 nulls in nine bytes', () => join('[$Z#l', uint(2 ** 31 - 1, 4))],
  ['ubjson-draft12', '2^31 - 1 texts in nine bytes', () => join('[$S#l', uint(2 ** 31 - 1, 4))],
  [
    'ubjson-draft12',
    'nulls without bytes',
    (size) => join('[', repeat(join('[$Z#U', 250), Math.floor(size / 250)), ']'),
  ],
  ['ubjson-draft12', 'digits', (size) => join('Hl', uint(size, 4), repeat('7', size))],
  ['flexbuffers', 'one text, named often', (size) => crowded(size, 5, Math.floor(size / 2) - 4, false)],
  ['flexbuffers', 'one key, named often', (size) => crowded(size, 4, Math.floor(size / 2) - 4, false)],
  ['flexbuffers', 'one blob, named often', (size) => crowded(size, 25, Math.floor(size / 2) - 4, false)],
  ['flexbuffers', 'one vector, named often', (size) => crowded(size, 11, size >> 3, false)],
  ['flexbuffers', 'texts that overlap', (size) => crowded(size, 5, OVERLAPPING, true)],
  ['flexbuffers', 'levels that name each other twice', () => doubled(40)],
  ['flexbuffers', '2^31 - 1 in nine bytes', () => hex('ffffff7f0000002e04')],
  [
    'flexbuffers',
    'short texts',
    (size) =>
      value(
        'flexbuffers',
        Array.from({ length: size >> 4 }, (_, i) => `text ${i}`),
      ),
  ],
  [
    'flexbuffers',
    'a map of many keys',
    (size) =>
      value('flexbuffers', Object.fromEntries(Array.from({ length: size >> 4 }, (_, i) => [`key${i}`, i]))),
  ],
]

/** Every row. */
export const ROWS: readonly Row[] = [
  ...LIST_FORMATS.flatMap((format) =>
    Object.entries(COMMON).map(([name, make]) => [format, name, make(format)] as const),
  ),
  ...SPECIAL,
]
