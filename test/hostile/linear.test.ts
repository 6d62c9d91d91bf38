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
import { type Make, many, ROWS } from './linear-rows.ts'
import { FORMATS, join, LIST_FORMATS, type ListFormat, publish, RAW, repeat, uint, value } from './raw.ts'
import { countingModule } from './steps.ts'
import { serializerOf } from './ways.ts'

/**
 * The smaller size in bytes; the larger is twice that. Texts that overlap have up to 450 KB: they cost one step a byte
 * up to 400 KB, and one and a half from 1.2 MB on (15 MB were counted), so no pair may lie between.
 */
const isDeep = process.env.WAMP_CODEC_DEEP === '1'
const N = isDeep ? 66_000 : 8_000
/** FlexBuffers that name one thing often are bounded by what may come of them, which begins at 64 KB. */
const FLEXBUFFERS_N = 3 * N
/** Steps for twice the bytes, at most. Heads are the same for both, so a little is left for rounding. */
const MAX_RATIO = 2.1
/**
 * Steps for each byte, at most: of a check, a decode or a scan; of a view that is asked for everything once, a way
 * through the bytes for each question; and of a transcode, where a byte that is copied is a step: what is within a list
 * may move once a level, and of FlexBuffers 64 bytes may come for each.
 */
const MAX_STEPS = { reading: 12, viewing: 30, writing: 600 } as const
type Work = keyof typeof MAX_STEPS

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
  expect(figures.map(([, limit]) => Number(limit))).toEqual(Object.values(MAX_STEPS))
  const [reading = '', viewing = '', writing = ''] = figures.map(([, , figure]) => figure as string)
  return { reading, viewing, writing }
}
/** Values without bytes, `[$Z#`: the budget of nodes bounds them, whatever they cost a byte. */
const WITHOUT_BYTES = 'nulls without bytes'
/**
 * Bytes of memory for each byte of the message, at most: the window, as much scratch, the output, and ahead of need.
 */
const MAX_MEMORY = 12
const MAX_FLEXBUFFERS_MEMORY = 400

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
  const ratio = MAX_RATIO * Math.max(1, large.length / small.length / 2)
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
    if (twice > MAX_STEPS[work] * large.length + 1000) {
      found.push(`${what}: ${twice} steps for ${large.length} bytes`)
    }
    const figure = perByte(work, twice, large)
    if (!isDeep && Number(figure) > Number(MEASURED[work])) {
      found.push(`${what}: ${figure} steps a byte, more than the ${MEASURED[work]} of docs/reliability.md`)
    }
  }
  const grown = kernel.exports.memory.buffer.byteLength - before
  const memory = n === N ? MAX_MEMORY : MAX_FLEXBUFFERS_MEMORY
  if (grown > memory * large.length + 2 ** 16) found.push(`${what}: ${grown} bytes more memory`)
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
