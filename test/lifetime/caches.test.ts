/**
 * Caches never show, as a state machine: interned URIs, keys that encoders know, shapes of maps that the kernel and the
 * hydrator know, transcoded payloads, encoded frames, and the last frame of a fan-out. The model has none of them.
 */
import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import {
  type Codec,
  createCodec,
  EventMessage,
  FanOut,
  type FanOutReceiver,
  Publish,
  type Serializer,
} from '../../src/index.ts'
import { kernelOf } from '../../src/kernel/load.ts'
import { Payload } from '../../src/payload/payload.ts'
import { createRandom, type Random } from '../support/random.ts'
import { sameValue } from '../support/same-value.ts'
import { canonical, hex } from '../support/vectors.ts'
import { type Operation, runMachine } from './machine.ts'

const moduleOf = (build: string): WebAssembly.Module =>
  new WebAssembly.Module(readFileSync(new URL(`../../out/wasm/kernel-${build}.wasm`, import.meta.url)))

const FORMATS = ['json', 'msgpack', 'cbor'] as const
const WIRES = ['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers'] as const
const MAX_HELD = 16

const module = moduleOf('simd')
const kernel = kernelOf(module)
const codec = createCodec({ module })
/** Without the cache of frames and payloads, and with a kernel of its own. */
const plain = createCodec({ module: moduleOf('scalar'), cache: false })
/** Its values come from the decoders, which know no keys. */
const careful = createCodec({ module: moduleOf('scalar'), tags: 'tagged' })

/** What a message should be. */
interface Shadow {
  topic: string
  args: unknown[]
  kwargs: Record<string, unknown>
}

interface Model {
  readonly held: Shadow[]
  readonly fanned: Shadow[]
}

interface Real {
  readonly held: Publish[]
  /** A fan-out with its publication, which nobody changes. */
  readonly fanned: { fanOut: FanOut; publish: Publish }[]
  /** Topics by the number that the kernel gave them. */
  readonly refs: Map<number, string>
}

/** Few topics come often, others never again; some differ in one byte, or are long. */
function topicOf(random: Random): string {
  const few = ['a.b', 'a.c', 'com.example.topic', 'com.example.topiс', 'ключ.имя', 'x'.repeat(300)]
  return random.int(0, 2) > 0
    ? random.pick(few)
    : `com.t${random.int(0, 1e6)}.x${'y'.repeat(random.int(0, 20))}`
}

/** Objects whose keys come again in the same order, in another one, or only once. */
function recordOf(random: Random): Record<string, unknown> {
  const names = ['id', 'name', 'price', 'ключ', 'x'.repeat(70), '__proto__', '7', 'toString']
  const entries: [string, unknown][] = []
  for (let i = random.int(0, 6); i > 0; i--) {
    const key = random.int(0, 6) === 0 ? `k${random.int(0, 1e5)}` : random.pick(names)
    const value = random.int(0, 3) === 0 ? [{ id: i, name: 'n' }] : random.pick([i, 'text', null, 1.5, true])
    entries.push([key, value])
  }
  return Object.fromEntries(random.int(0, 1) === 0 ? entries : entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Never empty: empty kwargs are not written. */
const kwargsOf = (random: Random): Record<string, unknown> => ({ k: 1, ...recordOf(random) })

function shadowOf(random: Random): Shadow {
  const kwargs = kwargsOf(random)
  return { topic: topicOf(random), args: [recordOf(random), ...Array(random.int(0, 2)).fill(kwargs)], kwargs }
}

const message = ({ topic, args, kwargs }: Shadow): Publish =>
  new Publish({ request: 1, topic, args, kwargs, custom: { x_a: [kwargs] } })

/** Equal numbers are equal topics; a topic that the kernel does not know has none. */
function known({ refs }: Real, { topicRef, topic }: Publish): void {
  if (topicRef < 0) return
  expect(refs.get(topicRef) ?? topic).toBe(topic)
  refs.set(topicRef, topic)
}

function same(found: Uint8Array, expected: Uint8Array, what: string): void {
  if (Buffer.compare(found, expected) !== 0) expect.fail(`${what}: ${hex(found)} for ${hex(expected)}`)
}

function reads(publish: Publish, shadow: Shadow): void {
  expect(publish.topic).toBe(shadow.topic)
  expect(canonical([publish.args, publish.kwargs])).toBe(canonical([shadow.args, shadow.kwargs]))
}

/** The value with a Map for each object: encoders write these without their cache of keys. */
function asMaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asMaps)
  if (typeof value !== 'object' || value === null) return value
  return new Map(Object.entries(value).map(([key, item]) => [key, asMaps(item)]))
}

function wire(of: Codec, random: Random): [Serializer, Serializer] {
  const id = random.pick(WIRES)
  const options = id === 'flatbuffers' ? { payloadSerializer: random.pick(FORMATS) } : {}
  return [of.serializer(id, options), plain.serializer(id, options)]
}

const RECEIVERS: readonly FanOutReceiver[] = [1, 24, 300, 2 ** 40].flatMap((subscription) =>
  [undefined, true, false].flatMap((flag) => ({ subscription, topic: flag, disclose: flag, retained: flag })),
)

const isHolding = (model: Model): boolean => model.held.length > 0

const OPERATIONS: Readonly<Record<string, Operation<Model, Real>>> = {
  decode: {
    weight: 4,
    run(model, real, seed) {
      const random = createRandom(seed)
      const shadow = shadowOf(random)
      const [ours, other] = wire(codec, random)
      const publish = ours.decode(other.encode(message(shadow)).slice()) as Publish
      expect(publish.topic).toBe(shadow.topic)
      known(real, publish)
      if (model.held.length >= MAX_HELD) {
        model.held.shift()
        real.held.shift()
      }
      model.held.push(shadow)
      real.held.push(publish)
    },
  },
  read: {
    weight: 2,
    when: isHolding,
    run(model, real, seed) {
      const i = seed % model.held.length
      reads(real.held[i] as Publish, model.held[i] as Shadow)
    },
  },
  encode: {
    weight: 5,
    when: isHolding,
    run(model, real, seed) {
      const random = createRandom(seed)
      const i = random.int(0, model.held.length - 1)
      const [ours, other] = wire(codec, random)
      const found = ours.encode(real.held[i] as Publish)
      // By bytes against a message that nobody has read or written before.
      const again = other.decode(found.slice()) as Publish
      reads(again, model.held[i] as Shadow)
      same(ours.encode(real.held[i] as Publish), found, 'a second time')
      const parts = ours.encodeParts(real.held[i] as Publish)
      same(Buffer.concat(parts), found, 'in parts')
    },
  },
  set: {
    weight: 2,
    when: isHolding,
    run(model, real, seed) {
      const random = createRandom(seed)
      const i = random.int(0, model.held.length - 1)
      const [publish, shadow] = [real.held[i] as Publish, { ...(model.held[i] as Shadow) }]
      if (random.int(0, 2) === 0) {
        shadow.topic = topicOf(random)
        publish.topic = shadow.topic
      } else if (random.int(0, 1) === 0) {
        shadow.args = [recordOf(random)]
        publish.args = shadow.args
      } else {
        shadow.kwargs = kwargsOf(random)
        publish.kwargs = shadow.kwargs
      }
      model.held[i] = shadow
    },
  },
  derive: {
    when: isHolding,
    run(model, real, seed) {
      const random = createRandom(seed)
      const i = random.int(0, model.held.length - 1)
      // Its payload and what was transcoded of it are shared; the head is not.
      const event = EventMessage.from(real.held[i] as Publish, { subscription: 1, publication: 2 })
      const [ours, other] = wire(codec, random)
      const found = other.decode(ours.encode(event).slice()) as EventMessage
      const { args, kwargs } = model.held[i] as Shadow
      expect(canonical([found.args, found.kwargs])).toBe(canonical([args, kwargs]))
    },
  },
  uncache: {
    when: isHolding,
    run(_model, real, seed) {
      real.held[seed % real.held.length]?.uncache()
    },
  },
  fan: {
    weight: 4,
    run(model, real, seed) {
      const random = createRandom(seed)
      if (real.fanned.length < 3 || random.int(0, 9) === 0) {
        const shadow = shadowOf(random)
        const [ours, other] = wire(codec, random)
        const publish = ours.decode(other.encode(message(shadow)).slice()) as Publish
        const fanOut = new FanOut(codec, publish, { publication: 2 ** 50, publisher: 9 })
        real.fanned.unshift({ fanOut, publish })
        model.fanned.unshift(shadow)
        real.fanned.length = model.fanned.length = Math.min(3, real.fanned.length)
      }
      const i = random.int(0, real.fanned.length - 1)
      const { fanOut, publish } = real.fanned[i] as Real['fanned'][number]
      const [ours, other] = wire(codec, random)
      for (let k = random.int(1, 5); k > 0; k--) {
        const receiver = random.pick(RECEIVERS)
        const { subscription, retained } = receiver
        const event = EventMessage.from(publish, {
          subscription,
          publication: 2 ** 50,
          retained,
          ...(receiver.topic === true ? { topic: (model.fanned[i] as Shadow).topic } : {}),
          ...(receiver.disclose === true ? { publisher: 9 } : {}),
        })
        const expected = other.encode(event)
        const ways = [() => fanOut.bytes(ours, receiver), () => Buffer.concat(fanOut.parts(ours, receiver))]
        same(random.pick(ways)(), expected, `a fan-out to ${subscription}`)
        expect(fanOut.byteLength(ours, receiver)).toBe(expected.length)
      }
    },
  },
  keys: {
    weight: 3,
    run(_model, _real, seed) {
      const random = createRandom(seed)
      const value = [recordOf(random), { inner: recordOf(random) }]
      for (const format of [...FORMATS, 'ubjson'] as const) {
        same(codec.payload(format).encode(value), codec.payload(format).encode(asMaps(value)), format)
      }
    },
  },
  shapes: {
    weight: 3,
    run(_model, _real, seed) {
      const random = createRandom(seed)
      const list = Array.from({ length: random.int(1, 6) }, () => recordOf(random))
      const value = [...list, ...list]
      for (const format of FORMATS) {
        const bytes = careful.payload(format).encode(value)
        const [found, expected] = [codec, careful].map((each) => each.payload(format).decode(bytes))
        expect(sameValue(found, expected), hex(bytes)).toBe(true)
      }
    },
  },
  forget: {
    run(_model, _real, seed) {
      // More keys and shapes than there is room for, so that all of them are forgotten and learned anew.
      const value = Array.from({ length: 700 }, (_, i) => ({ [`f${seed}_${i}`]: { [`g${i}`]: i }, id: i }))
      const payload = codec.payload(FORMATS[seed % 3] as 'json')
      // Keys are kept when they come the second time.
      for (let i = 0; i < 2; i++) expect(sameValue(payload.decode(payload.encode(value)), value)).toBe(true)
    },
  },
  flood: {
    run(_model, real, seed) {
      // The same of topics.
      const serializer = codec.serializer('cbor')
      for (let i = 0; i < 300; i++) {
        const topic = `flood.${seed}.${i}`
        const frame = serializer.encode(new Publish({ request: 1, topic })).slice()
        const publish = serializer.decode(frame) as Publish
        expect(publish.topic).toBe(topic)
        known(real, publish)
      }
    },
  },
  grow: {
    run() {
      const { byteLength } = kernel.exports.memory.buffer
      if (byteLength <= 2 ** 23) kernel.load(new Uint8Array(byteLength))
    },
  },
}

test.each(FORMATS)('the text of a topic in %s is decoded once, however many messages have it', (format) => {
  const serializer = codec.serializer(format)
  const frame = serializer.encode(new Publish({ request: 1, topic: `com.example.once.${format}` })).slice()
  serializer.decode(frame)
  const decodes = vi.spyOn(Payload.prototype, 'decodeAttribute')
  try {
    for (let i = 0; i < 3; i++) {
      expect((serializer.decode(frame) as Publish).topic).toBe(`com.example.once.${format}`)
    }
    expect(decodes).not.toHaveBeenCalled()
  } finally {
    decodes.mockRestore()
  }
})

test('caches never show, whatever happens in which order', () => {
  const refs = new Map<number, string>()
  runMachine(
    OPERATIONS,
    () => ({ model: { held: [], fanned: [] }, real: { held: [], fanned: [], refs } }),
    30,
    120,
  )
  expect(refs.size).toBeGreaterThan(100)
})
