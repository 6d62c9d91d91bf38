/**
 * Views as a state machine: views of random values in every format, of values alone and of payloads, held across
 * decodes of other messages, transcodes, growth of the kernel's memory and the end of what they came from. The model of
 * a view is the value's own path.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Codec, createCodec, type Message, type PayloadView, Publish } from '../../src/index.ts'
import { kernelOf } from '../../src/kernel/load.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import { createRandom, type Random } from '../support/random.ts'
import { sameValue } from '../support/same-value.ts'
import { entriesOf, kindOf, viewDiffers } from '../support/walk-view.ts'
import { PAYLOAD_FORMATS } from '../unit/payload/formats.ts'
import { type Operation, runMachine } from './machine.ts'

const moduleOf = (build: string): WebAssembly.Module =>
  new WebAssembly.Module(readFileSync(new URL(`../../out/wasm/kernel-${build}.wasm`, import.meta.url)))

/** Views that are held at a time, and ways through one that nobody has finished. */
const MAX_HELD = 24
const MAX_WALKS = 6

const module = moduleOf('simd')
const kernel = kernelOf(module)
const codecs = (['eager', 'deferred'] as const).flatMap((payloadValidation) =>
  (['borrow', 'copy'] as const).map((ownership) => createCodec({ module, payloadValidation, ownership })),
)
/** Decodes the model's values, with a kernel of its own. */
const oracle = createCodec({ module: moduleOf('scalar') })

interface Model {
  /** What each view should read. */
  readonly values: unknown[]
  /** What is left of each walk. */
  readonly walks: unknown[][]
}

interface Real {
  readonly views: PayloadView[]
  readonly walks: Iterator<PayloadView>[]
  /** Messages that views came from. */
  readonly messages: Message[]
}

function hold(model: Model, real: Real, view: PayloadView | undefined, value: unknown): void {
  expect(view).toBeDefined()
  if (model.values.length >= MAX_HELD) {
    model.values.shift()
    real.views.shift()
  }
  model.values.push(value)
  real.views.push(view as PayloadView)
}

/** Bytes among others, as they stand in a chunk of a socket. */
function amid(bytes: Uint8Array, random: Random): Uint8Array {
  const before = 8 * random.int(0, 5)
  const chunk = new Uint8Array(before + bytes.length + random.int(0, 40)).fill(0xa5)
  chunk.set(bytes, before)
  return chunk.subarray(before, before + bytes.length)
}

/** A serializer whose payloads are in the format. */
function serializerOf(codec: Codec, format: PayloadFormatName): ReturnType<Codec['serializer']> {
  if (format === 'flexbuffers') return codec.serializer('flatbuffers', { payloadSerializer: format })
  if (format === 'ubjson-draft12') return codec.serializer('ubjson', { ubjsonDialect: 'draft12' })
  return codec.serializer(format)
}

const OPTIONS = { bytes: true, bigints: true }

/** A random way into a value, and what stands at its end; undefined when it leads nowhere. */
function pathInto(value: unknown, random: Random): { steps: (string | number)[]; end: unknown } {
  const steps: (string | number)[] = []
  let end = value
  for (let i = random.int(1, 4); i > 0; i--) {
    const kind = kindOf(end)
    const entries = kind === 'map' ? entriesOf(end as object) : []
    const list = kind === 'array' ? (end as unknown[]) : []
    if (random.int(0, 5) === 0 || entries.length + list.length === 0) {
      const wrong = random.pick([list.length, -1, 0.5, 'no such key', '', 2 ** 32])
      const found = entries.find(([key]) => key === wrong)
      return { steps: [...steps, wrong], end: found === undefined ? undefined : found[1] }
    }
    if (kind === 'array') {
      const at = random.int(0, list.length - 1)
      steps.push(at)
      end = list[at]
    } else {
      const [key, item] = random.pick(entries)
      steps.push(key as string)
      end = item
    }
  }
  return { steps, end }
}

const hasViews = (model: Model): boolean => model.values.length > 0

const OPERATIONS: Readonly<Record<string, Operation<Model, Real>>> = {
  openValue: {
    weight: 3,
    run(model, real, seed) {
      const random = createRandom(seed)
      const format = random.pick(PAYLOAD_FORMATS)
      const codec = random.pick(codecs)
      const bytes = amid(oracle.payload(format).encode(random.value(3, OPTIONS)), random)
      const value = oracle.payload(format).decode(bytes.slice())
      const view = codec.payload(format).view(bytes)
      // The caller may do with his buffer what he likes when the codec copies.
      if (codecs.indexOf(codec) % 2 === 1) bytes.fill(0xff)
      hold(model, real, view, value)
    },
  },
  openPayload: {
    weight: 3,
    run(model, real, seed) {
      const random = createRandom(seed)
      const format = random.pick(PAYLOAD_FORMATS)
      const args = [random.value(2, OPTIONS), random.value(1, OPTIONS)]
      const kwargs = { a: random.value(2, OPTIONS), ключ: [1] }
      const written = serializerOf(oracle, format).encode(
        new Publish({ request: 1, topic: 'a.b', args, kwargs }),
      )
      const own = serializerOf(oracle, format).decode(written.slice()) as Publish
      const message = serializerOf(random.pick(codecs), format).decode(amid(written, random)) as Publish
      real.messages.push(message)
      if (real.messages.length > MAX_HELD) real.messages.shift()
      hold(model, real, message.payloadView, { args: own.args, kwargs: own.kwargs })
    },
  },
  follow: {
    weight: 5,
    when: hasViews,
    run(model, real, seed) {
      const random = createRandom(seed)
      const i = random.int(0, model.values.length - 1)
      const { steps, end } = pathInto(model.values[i], random)
      const view = real.views[i]?.path(...steps)
      if (end === undefined) expect(view, steps.join()).toBeUndefined()
      else {
        expect(view?.kind, steps.join()).toBe(kindOf(end))
        expect(sameValue(view?.toValue(), end), steps.join()).toBe(true)
        hold(model, real, view, end)
      }
    },
  },
  read: {
    weight: 4,
    when: hasViews,
    run(model, real, seed) {
      const i = seed % model.values.length
      expect(viewDiffers(real.views[i], model.values[i])).toBeNull()
    },
  },
  walk: {
    when: (model) => hasViews(model) && model.walks.length < MAX_WALKS,
    run(model, real, seed) {
      const i = seed % model.values.length
      const [view, value] = [real.views[i] as PayloadView, model.values[i]]
      const kind = kindOf(value)
      const inMap = new Map(kind === 'map' ? entriesOf(value as object) : [])
      real.walks.push(view[Symbol.iterator]())
      model.walks.push(
        kind === 'array' ? [...(value as unknown[])] : [...view.keys()].map((key) => inMap.get(key)),
      )
    },
  },
  step: {
    weight: 6,
    when: (model) => model.walks.length > 0,
    run(model, real, seed) {
      const i = seed % model.walks.length
      const left = model.walks[i] as unknown[]
      const { done, value: view } = (real.walks[i] as Iterator<PayloadView>).next()
      expect(done === true).toBe(left.length === 0)
      if (done === true) {
        model.walks.splice(i, 1)
        real.walks.splice(i, 1)
      } else hold(model, real, view, left.shift())
    },
  },
  others: {
    weight: 3,
    run(_model, _real, seed) {
      const random = createRandom(seed)
      const format = random.pick(PAYLOAD_FORMATS)
      const codec = random.pick(codecs)
      const args = [random.value(2, OPTIONS)]
      const frame = serializerOf(oracle, format).encode(new Publish({ request: 1, topic: 'c.d', args }))
      const message = serializerOf(codec, format).decode(frame) as Publish
      if (random.int(0, 1) === 0) void message.args
      // Formats that have any integer: floats beyond 2^64 are integers in JSON.
      else codec.serializer(random.pick(['json', 'cbor', 'ubjson'] as const)).byteLength(message)
    },
  },
  refuse: {
    run(_model, _real, seed) {
      const random = createRandom(seed)
      const format = random.pick(PAYLOAD_FORMATS)
      expect(() =>
        random
          .pick(codecs)
          .payload(format)
          .view(Uint8Array.of(0x5b, 0xff, 0x9f)),
      ).toThrow()
    },
  },
  grow: {
    run(_model, _real, seed) {
      const { byteLength } = kernel.exports.memory.buffer
      // It never shrinks: beyond some megabytes growing would only take time.
      if (byteLength > 2 ** 23) return
      kernel.load(new Uint8Array(byteLength).fill(seed & 0xff))
      expect(kernel.exports.memory.buffer.byteLength).toBeGreaterThan(byteLength)
    },
  },
  detach: {
    when: hasViews,
    run(_model, real, seed) {
      real.messages[seed % Math.max(real.messages.length, 1)]?.detach()
    },
  },
  drop: {
    when: hasViews,
    run(model, real, seed) {
      const i = seed % model.values.length
      model.values.splice(i, 1)
      real.views.splice(i, 1)
      real.messages.splice(seed % Math.max(real.messages.length, 1), 1)
    },
  },
}

test('views read their value whatever happens around them', () => {
  runMachine(
    OPERATIONS,
    () => ({ model: { values: [], walks: [] }, real: { views: [], walks: [], messages: [] } }),
    60,
    120,
  )
})
