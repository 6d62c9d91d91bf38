/**
 * What a call leaves in the kernel's memory says nothing to the next one: the kernel of a thread serves all of its
 * codecs. Frames of all formats, good and broken, go through all ways in; a frame of another format, read by lenient or
 * strict rules, is then what it was before.
 */
import { expect, test } from 'vitest'
import { createCodec, Float64, type Message } from '../../src/index.ts'
import { createRandom } from '../support/random.ts'
import { sameValue } from '../support/same-value.ts'
import { hex, serializerOf, WIRE_FORMATS, type WireFormat } from '../support/vectors.ts'
import { mutated, randomFrame } from './frames.ts'
import { randomValue, wireOf } from './wire.ts'

const isDeep = process.env.WAMP_CODEC_DEEP === '1'
const CALLS = isDeep ? 300_000 : 10_000
const SEED = isDeep ? Math.floor(Math.random() * 2 ** 32) : 20_261_130

const strict = createCodec({ cache: false })
const lenient = createCodec({ cache: false, peers: 'lenient', unrepresentable: 'json' })
const tagged = createCodec({ cache: false, tags: 'tagged', maps: 'map', payloadValidation: 'deferred' })
const CODECS = [strict, lenient, tagged]

/** MsgPack has no integers beyond 64 bits. */
const BEYOND: readonly unknown[] = [50, 1, {}, [2n ** 70n]]

/** Lists that lenient peers send, and others: floats as ids, big integers, NaN, undefined, texts with escapes. */
const LISTS: readonly (readonly unknown[])[] = [
  [48, new Float64(2 ** 33), {}, 'a.b'],
  [16, new Float64(7), { exclude: [1, 2], acknowledge: true }, 'com.ключ.x', [new Float64(1), 'a"\n\u0001é']],
  [50, 1, { progress: false }, [-1.5, 1e300, 'x'.repeat(70)], { 'a"b': [[{ c: -0 }]] }],
  [36, 2 ** 53, 3, { topic: 'a.b' }, [new Uint8Array([1, 2, 3])], { é: null }],
  BEYOND,
  [68, 2, 3, { ppt_scheme: 'x_a' }, [new Uint8Array([9])]],
]

interface Row {
  readonly what: string
  readonly outcome: () => unknown
}

/** All that a frame becomes. */
function outcomeOf(codec: (typeof CODECS)[number], format: WireFormat, frame: Uint8Array): unknown {
  try {
    const message = serializerOf(codec, format).decode(frame) as Message & {
      args?: unknown
      kwargs?: unknown
    }
    const { args = null, kwargs = null } = message
    return [message.marshal(), args, kwargs, hex(serializerOf(codec, 'msgpack').encode(message))]
  } catch (error) {
    return String(error)
  }
}

function rows(): Row[] {
  const random = createRandom(SEED + 1)
  return WIRE_FORMATS.flatMap((format) => {
    const lists = LISTS.filter((list) => format !== 'msgpack' || list !== BEYOND)
    const made = lists.map((list) => strict.payload(format).encode(list))
    const others = Array.from({ length: 30 }, () => randomFrame(format, random))
    return [...made, ...others].flatMap((frame) =>
      CODECS.map((codec, i) => ({
        what: `${format} ${hex(frame)} by codec ${i}`,
        outcome: () => outcomeOf(codec, format, frame),
      })),
    )
  })
}

test(`${CALLS} calls change nothing for those after them (seed ${SEED})`, () => {
  const random = createRandom(SEED)
  const after = rows().map((row) => ({ ...row, expected: row.outcome() }))
  const refused = after.filter(({ expected }) => typeof expected === 'string').length
  expect(refused).toBeLessThan(after.length / 2)
  for (let i = 0; i < CALLS; i++) {
    const format = random.pick(WIRE_FORMATS)
    const codec = random.pick(CODECS)
    const wire = wireOf(format, random)
    const value =
      random.int(0, 1) === 0 ? wire.odd(() => randomValue(wire, random, 1)) : randomValue(wire, random, 2)
    const frame = random.int(0, 2) === 0 ? value : randomFrame(format, random)
    const bytes = random.int(0, 1) === 0 ? frame : mutated(frame, value, format, random)
    const ways: (() => unknown)[] = [
      () => serializerOf(codec, format).decode(bytes),
      () => serializerOf(codec, random.pick(WIRE_FORMATS)).encode(serializerOf(codec, format).decode(bytes)),
      () => codec.payload(format).decode(bytes),
      () => codec.payload(format).validate(bytes),
      () => [...codec.payload(format).view(bytes)].length,
      () => codec.transcode(bytes, { from: format, to: random.pick(WIRE_FORMATS) }),
    ]
    try {
      random.pick(ways)()
    } catch {
      // What is refused leaves as little behind.
    }
    const { what, expected, outcome } = random.pick(after)
    if (!sameValue(outcome(), expected)) expect.fail(`${what} is another after ${format} ${hex(bytes)}`)
  }
})
