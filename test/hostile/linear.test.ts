/**
 * Time and memory are linear in the bytes (P2, P3): steps of the kernel, counted in its loops, for every kind of
 * hostile input at n and 2n bytes; its memory before and after. docs/reliability.md gives the dearest of them.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Builder } from 'flatbuffers'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Codec, createCodec, type PayloadView, Publish, WampCodecError } from '../../src/index.ts'
import type { Kernel } from '../../src/kernel/kernel.ts'
import { kernelOf } from '../../src/kernel/load.ts'
import { flatBuffersWith, shared } from '../support/flatbuffers-made.ts'
import { crowded, doubled, OVERLAPPING } from '../support/flexbuffers-hostile.ts'
import {
  FORMATS,
  hex,
  join,
  joinAll,
  LIST_FORMATS,
  type ListFormat,
  publish,
  RAW,
  repeat,
  uint,
  value,
} from './raw.ts'
import { countingModule } from './steps.ts'
import { serializerOf } from './ways.ts'

/**
 * The smaller size in bytes; the larger is twice that. Texts that overlap have up to 450 KB: they cost one step a byte up
 * to 400 KB, and one and a half from 1.2 MB on (15 MB were counted), so no pair may lie between.
 */
const isDeep = process.env.WAMP_CODEC_DEEP === '1'
const N = isDeep ? 66_000 : 8_000
/** FlexBuffers that name one thing often are bounded by what may come of them, which begins at 64 KB. */
const FLEXBUFFERS_N = 3 * N
/** Steps for twice the bytes, at most. Heads are the same for both, so a little is left for rounding. */
const MOST_RATIO = 2.1
/**
 * Steps for each byte, at most: of a check, a decode or a scan; of a view that is asked for everything once, a way through
 * the bytes for each question; and of a transcode, where a byte that is copied is a step: what is within a list may move
 * once a level, and of FlexBuffers 64 bytes may come for each.
 */
const MOST_STEPS = { reading: 12, viewing: 30, writing: 600 } as const
type Work = keyof typeof MOST_STEPS

/** What P3 says was measured, at the sizes of `npm test`: no row costs more, and DEAREST cost as much. */
const MEASURED: Readonly<Record<Work, string>> = measured()
const DEAREST: Readonly<Record<Work, readonly [format: (typeof FORMATS)[number], name: string]>> = {
  reading: ['ubjson', 'an array of many values in a record, field by field'],
  viewing: ['json', 'small numbers'],
  writing: ['flexbuffers', 'one key, named often'],
}

function measured(): Record<Work, string> {
  const document = readFileSync(resolve(import.meta.dirname, '../../docs/reliability.md'), 'utf8')
  const figures = [...document.matchAll(/(\d+)(?: steps a byte)? (?:to|for)[^;(]*\(([\d.]+) measured/g)]
  expect(figures.map(([, limit]) => Number(limit))).toEqual(Object.values(MOST_STEPS))
  const [reading = '', viewing = '', writing = ''] = figures.map(([, , figure]) => figure as string)
  return { reading, viewing, writing }
}
/** Values without bytes, `[$Z#`: the budget of nodes bounds them, whatever they cost a byte. */
const WITHOUT_BYTES = 'nulls without bytes'
/**
 * Bytes of memory for each byte of the message, at most: the window, as much scratch, the output or a tape of sixteen
 * bytes for each, and half as much again to grow.
 */
const MOST_MEMORY = 28
const MOST_FLEXBUFFERS_MEMORY = 400

/** Bytes of about the size. */
type Make = (size: number) => Uint8Array

const many = (format: ListFormat, item: (i: number) => Uint8Array, count: number): Uint8Array => {
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

const SPECIAL: readonly (readonly [format: (typeof FORMATS)[number], name: string, make: Make])[] = [
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

const ROWS = [
  ...LIST_FORMATS.flatMap((format) =>
    Object.entries(COMMON).map(([name, make]) => [format, name, make(format)] as const),
  ),
  ...SPECIAL,
]

let kernel: Kernel
let codec: Codec
let deferred: Codec
let steps: WebAssembly.Global<'i64'>

beforeAll(() => {
  const module = countingModule()
  codec = createCodec({ module })
  deferred = createCodec({ module, payloadValidation: 'deferred' })
  kernel = kernelOf(module)
  steps = (kernel.exports as unknown as { steps: WebAssembly.Global<'i64'> }).steps
})

/** Steps of a call, refused or not. */
function cost(run: () => unknown): number {
  const before = steps.value
  try {
    run()
  } catch (error) {
    if (!(error instanceof WampCodecError)) throw error
  }
  return Number(steps.value - before)
}

/** The work of a way, by its name. */
function workOf(what: string): Work {
  if (what.includes(', to ')) return 'writing'
  return what.endsWith(', view') ? 'viewing' : 'reading'
}

/** Asks a view for all that it finds by its bytes: the last element, each in turn, a long path, keys there and not. */
function lookAround(view: PayloadView): void {
  view.at(view.length - 1)
  for (const item of view) void item.kind
  view.path(...Array<number>(100).fill(0))
  view.path('k', 0, 'no such key')
  view.get('no such key')
  for (const key of [...view.keys()].slice(0, 2)) view.get(key)
}

/** True when twice the bytes cost more than they may; wider offsets and counts make it more than twice the bytes. */
function isSteep(small: Uint8Array, once: number, large: Uint8Array, twice: number): boolean {
  const ratio = MOST_RATIO * Math.max(1, large.length / small.length / 2)
  return twice > ratio * once + 1000
}

/** Steps a byte, as exact as the document gives them. */
function perByte(work: Work, count: number, bytes: Uint8Array): string {
  return (count / bytes.length).toFixed(MEASURED[work].split('.')[1]?.length ?? 0)
}

/** What is not linear in a way that takes bytes of a size, and what costs more than the document says. */
function excesses(what: string, make: Make, run: (bytes: Uint8Array) => unknown, n: number = N): string[] {
  const [small, large] = [make(n), make(2 * n)] as [Uint8Array, Uint8Array]
  const before = kernel.exports.memory.buffer.byteLength
  // Once before counting: with memory to spare, nothing is tried twice.
  cost(() => run(large))
  const [once, twice] = [cost(() => run(small)), cost(() => run(large))] as [number, number]
  const found: string[] = []
  const work = workOf(what)
  // A size from which more is done may lie between the two: a step is no slope, and does not come again.
  if (isSteep(small, once, large, twice)) {
    const larger = make(4 * n)
    const again = cost(() => run(larger))
    if (isSteep(large, twice, larger, again))
      found.push(`${what}: ${once} steps, then ${twice}, then ${again}`)
  }
  if (!what.startsWith(WITHOUT_BYTES)) {
    if (twice > MOST_STEPS[work] * large.length + 1000) {
      found.push(`${what}: ${twice} steps for ${large.length} bytes`)
    }
    const figure = perByte(work, twice, large)
    if (!isDeep && Number(figure) > Number(MEASURED[work])) {
      found.push(`${what}: ${figure} steps a byte, more than the ${MEASURED[work]} of docs/reliability.md`)
    }
  }
  const grown = kernel.exports.memory.buffer.byteLength - before
  const memory = n === N ? MOST_MEMORY : MOST_FLEXBUFFERS_MEMORY
  if (grown > memory * large.length + 2 ** 20) found.push(`${what}: ${grown} bytes more memory`)
  return found
}

test.skipIf(isDeep).each(Object.keys(DEAREST) as Work[])(
  '%s costs the steps a byte that P3 gives',
  (work) => {
    const [format, wanted] = DEAREST[work]
    const make = ROWS.find(([of, name]) => of === format && name === wanted)?.[2] as Make
    const bytes = make(2 * (format === 'flexbuffers' ? FLEXBUFFERS_N : N))
    const payload = codec.payload(format)
    const run = {
      reading: () => payload.decode(bytes),
      viewing: () => lookAround(payload.view(bytes)),
      writing: () => codec.transcode(bytes, { from: format, to: 'json' }),
    }[work]
    cost(run)
    expect(perByte(work, cost(run), bytes)).toBe(MEASURED[work])
  },
)

describe.each(FORMATS)('%s', (format) => {
  const rows = ROWS.filter((row) => row[0] === format)

  test('values take linear work: checked, as args of a message, and written in another format', () => {
    const found: string[] = []
    const n = format === 'flexbuffers' ? FLEXBUFFERS_N : N
    for (const [, name, make] of rows) {
      found.push(...excesses(`${name}, validate`, make, (bytes) => codec.payload(format).validate(bytes), n))
      found.push(...excesses(`${name}, decode`, make, (bytes) => codec.payload(format).decode(bytes), n))
      found.push(
        ...excesses(`${name}, view`, make, (bytes) => lookAround(codec.payload(format).view(bytes)), n),
      )
      for (const to of FORMATS) {
        found.push(
          ...excesses(`${name}, to ${to}`, make, (bytes) => codec.transcode(bytes, { from: format, to }), n),
        )
      }
      if (format === 'flexbuffers') continue
      const framed = (size: number): Uint8Array => publish(format, [RAW[format].list(make(size))])
      const options = (size: number): Uint8Array =>
        publish(format, [], RAW[format].map([RAW[format].key('x_a'), make(size)]))
      for (const [where, wrap] of [
        ['args', framed],
        ['Options', options],
      ] as const) {
        found.push(
          ...excesses(`${name}, ${where}`, wrap, (bytes) => serializerOf(codec, format).decode(bytes)),
        )
        found.push(
          ...excesses(`${name}, ${where} deferred`, wrap, (bytes) =>
            serializerOf(deferred, format).decode(bytes).marshal(),
          ),
        )
      }
    }
    expect(found).toEqual([])
  })
})

describe.each(LIST_FORMATS)('%s', (format) => {
  test('frames take linear work: URIs, custom keys and messages of a batch', () => {
    const { map, key, text } = RAW[format]
    const found: string[] = []
    const makes: Readonly<Record<string, Make>> = {
      'a long topic': (size) => publish(format, [], undefined, text(repeat('a', size))),
      'a topic of many parts': (size) => publish(format, [], undefined, text(repeat('a.', size >> 1))),
      'custom keys': (size) =>
        publish(
          format,
          [],
          map(...Array.from({ length: size >> 4 }, (_, i) => [key(`x_${i}`), value(format, i)] as const)),
        ),
      'a known key, again and again': (size) =>
        publish(
          format,
          [],
          map(...Array.from({ length: size >> 4 }, () => [key('acknowledge'), value(format, true)] as const)),
        ),
      'many session ids': (size) =>
        publish(format, [], map([key('exclude'), many(format, (i) => value(format, i), size >> 2)])),
    }
    for (const [name, make] of Object.entries(makes)) {
      found.push(...excesses(name, make, (bytes) => serializerOf(codec, format).decode(bytes)))
    }
    const batch = (size: number): Uint8Array => {
      const frames = Array.from({ length: size >> 5 }, (_, i) =>
        publish(format, [], undefined, text(`a.b${i}`)),
      )
      return join(
        ...frames.map((frame) =>
          format === 'json' ? join(frame, 0x1e) : join(uint(frame.length, 4), frame),
        ),
      )
    }
    found.push(
      ...excesses('a batch of different topics', batch, (bytes) =>
        serializerOf(codec, format, '.batched').decodeAll(bytes),
      ),
    )
    expect(found).toEqual([])
  })
})

describe('flatbuffers', () => {
  const PUBLISH = 16
  const hop = (builder: Builder): number => {
    builder.startObject(3)
    builder.addFieldInt64(0, 1n, 0n)
    return builder.endObject()
  }
  const encode = (message: Publish): Uint8Array => createCodec().serializer('flatbuffers').encode(message)
  const makes: Readonly<Record<string, Make>> = {
    'one text, named often': (size) =>
      shared(size >> 3, PUBLISH, 13, (builder) => builder.createString('x'.repeat(size >> 1))),
    'one hop, named often': (size) => shared(size >> 2, PUBLISH, 20, hop),
    'many numbers': (size) =>
      encode(
        new Publish({ request: 1, topic: 'a.b', exclude: Array.from({ length: size >> 3 }, (_, i) => i) }),
      ),
    'many texts': (size) =>
      encode(
        new Publish({
          request: 1,
          topic: 'a.b',
          exclude_authid: Array.from({ length: size >> 4 }, (_, i) => `id${i}`),
        }),
      ),
    'many hops': (size) =>
      encode(
        new Publish({
          request: 1,
          topic: 'a.b',
          forward_for: Array.from({ length: size >> 6 }, (_, i) => ({
            session: i,
            authid: 'a',
            authrole: 'b',
          })),
        }),
      ),
    'a long topic': (size) => encode(new Publish({ request: 1, topic: 'a'.repeat(size) })),
    'long args': (size) => encode(new Publish({ request: 1, topic: 'a.b', args: ['x'.repeat(size)] })),
    'a wide vtable': (size) => {
      const builder = new Builder(size)
      const text = builder.createString('a.b')
      builder.startObject(Math.min(32_000, size >> 2))
      builder.addFieldOffset(2, text, 0)
      builder.addFieldInt8(Math.min(31_999, (size >> 2) - 1), 1, 0)
      const message = builder.endObject()
      builder.startObject(2)
      builder.addFieldInt8(0, PUBLISH, 0)
      builder.addFieldOffset(1, message, 0)
      builder.finish(builder.endObject())
      return builder.asUint8Array()
    },
  }

  test.each(Object.entries(makes))('%s takes linear work', (name, make) => {
    const serializer = codec.serializer('flatbuffers')
    const found = excesses(name, make, (bytes) => serializer.decode(bytes).marshal())
    expect(found).toEqual([])
  })

  test.each(FORMATS)('args of %s inside take linear work, amplified by themselves', (format) => {
    const found: string[] = []
    for (const of of ['eager', 'deferred'] as const) {
      const serializer = { eager: codec, deferred }[of].serializer('flatbuffers', {
        payloadSerializer: format,
      })
      for (const [, name, make] of ROWS.filter((row) => row[0] === format)) {
        const n = format === 'flexbuffers' ? FLEXBUFFERS_N : N
        const framed = (size: number): Uint8Array =>
          flatBuffersWith(format === 'flexbuffers' ? make(size) : RAW[format as ListFormat].list(make(size)))
        const decode = (bytes: Uint8Array): unknown => serializer.decode(bytes).marshal()
        found.push(...excesses(`${name}, args ${of}`, framed, decode, n))
        const view = (bytes: Uint8Array): void =>
          lookAround((serializer.decode(bytes) as Publish).payloadView)
        found.push(...excesses(`${name}, args ${of}, view`, framed, view, n))
      }
    }
    expect(found).toEqual([])
  })
})
