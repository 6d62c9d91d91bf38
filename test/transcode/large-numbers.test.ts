/**
 * Numbers from 2^53 on are floats: in no format, and on no way between two of them, do they become integers, which
 * would be BigInts of another value to whoever reads them exactly.
 */
import { describe, expect, test } from 'vitest'
import { type Codec, createCodec, EventMessage, Float64, Publish, type Serializer } from '../../src/index.ts'
import { watchedKernel } from '../support/image.ts'
import { createRandom } from '../support/random.ts'
import { sameValue } from '../support/same-value.ts'
import { FORMATS } from './support.ts'

const SEED = 20_053

/** From 2^53 to beyond 1e21, where JavaScript itself begins to write an exponent. */
const NUMBERS: readonly number[] = [
  ...[2 ** 53, 2 ** 53 + 2, 2 ** 53 * 1.5, 1e16 - 2, 1e16, 1e16 + 2, 123456789012345680000, 1e17, 1e18],
  ...[2 ** 62, 2 ** 63 - 1024, 2 ** 63, 2 ** 63 + 2048, 2 ** 64 - 2048, 2 ** 64, 2 ** 64 + 4096, 1e20],
  ...[2 ** 68, 2 ** 69, 1e21 - 2 ** 17, 1e21, 1e22, 2 ** 70, 2 ** 100, 1e300, Number.MAX_VALUE],
].flatMap((value) => [value, -value])

const random = createRandom(SEED)
const RANDOM: readonly number[] = Array.from({ length: 150 }, () => {
  const value = (1 + random.int(0, 2 ** 52 - 1) / 2 ** 52) * 2 ** random.int(53, 70)
  return random.int(0, 1) === 0 ? value : -value
})

const VALUES = [...NUMBERS, ...RANDOM]
const NAMES = FORMATS.map(({ name }) => name)
const PAIRS = NAMES.flatMap((from) => NAMES.map((to) => [from, to] as const))

const codecs: readonly (readonly [name: string, codec: Codec])[] = (
  [
    ['simd', 'eager'],
    ['scalar', 'deferred'],
  ] as const
).map(([build, payloadValidation]) => [
  `${build}, ${payloadValidation}`,
  createCodec({ module: watchedKernel(build).module, payloadValidation }),
])

/** Every serializer, FlatBuffers with each format of payloads. */
function serializersOf(codec: Codec): [name: string, serializer: Serializer][] {
  return [
    ...(['json', 'msgpack', 'cbor', 'ubjson'] as const).map((id): [string, Serializer] => [
      id,
      codec.serializer(id),
    ]),
    ['ubjson-draft12', codec.serializer('ubjson', { ubjsonDialect: 'draft12' })],
    ...NAMES.map((payloadSerializer): [string, Serializer] => [
      `flatbuffers+${payloadSerializer}`,
      codec.serializer('flatbuffers', { payloadSerializer }),
    ]),
  ]
}

describe.each(codecs)('%s', (_name, codec) => {
  test.each(PAIRS)(
    'a Number from 2^53 on, encoded as %s and transcoded to %s, is read as the same Number',
    (from, to) => {
      const target = codec.payload(to)
      for (const value of NUMBERS) {
        const bytes = codec.payload(from).encode(value)
        expect(codec.payload(from).decode(bytes)).toBe(value)
        expect(target.decode(codec.transcode(bytes, { from, to, onLoss: 'throw' }))).toBe(value)
        expect(codec.payload(from).view(bytes).kind).toBe('number')
      }
      const list = codec.payload(from).encode(VALUES)
      expect(target.decode(codec.transcode(list, { from, to }))).toEqual(VALUES)
    },
  )

  test.each(serializersOf(codec))(
    'a message in %s is forwarded with Numbers from 2^53 on as they are',
    (from, source) => {
      const custom = source._reader === null ? { x_large: VALUES } : null
      const publish = new Publish({
        request: 1,
        topic: 'a.b',
        args: [...VALUES],
        kwargs: { a: NUMBERS },
        custom,
      })
      expect(codec.lossReport(publish, source)).toEqual([])
      const frame = source.encode(publish)
      for (const [to, target] of serializersOf(codec)) {
        // A new message each time: a deferred payload is checked on its first way out.
        const event = EventMessage.from(source.decode(frame) as Publish, { subscription: 1, publication: 2 })
        const arrived = target.decode(target.encode(event)) as EventMessage
        expect(sameValue(arrived.args, VALUES), `${from} to ${to}`).toBe(true)
        expect(sameValue(arrived.kwargs, { a: NUMBERS }), `${from} to ${to}`).toBe(true)
        // FlatBuffers lose custom keys, and say so.
        const losses = codec.lossReport(event, target).filter(({ path }) => !path.startsWith('custom'))
        expect(losses, `${from} to ${to}`).toEqual([])
        const converted = target.decode(
          codec.transcodeMessage(frame, { from: source, to: target }),
        ) as Publish
        expect(sameValue(converted.args, VALUES), `${from} to ${to}`).toBe(true)
        if (target._reader === null) expect(converted.custom, `${from} to ${to}`).toEqual(custom)
      }
      const back = source.decode(frame) as Publish
      expect(back.custom).toEqual(custom)
      expect(back.payloadView.path('args', 3)?.toValue()).toBe(VALUES[3])
    },
  )
})

test.each(NAMES)('in %s a Number beyond 2^53 has the bytes of a Float64, whatever it comes in', (name) => {
  for (const unrepresentable of ['throw', 'json'] as const) {
    const payload = createCodec({ unrepresentable }).payload(name)
    const encode = (value: unknown): Uint8Array => payload.encode(value)
    for (const value of VALUES) {
      if (Math.abs(value) === 2 ** 53) continue
      const bytes = encode([new Float64(value)])
      for (const list of [[value], new Float64Array([value]), [Object(value)], [{ toJSON: () => value }]])
        expect(encode(list)).toEqual(bytes)
      expect(encode(new Map([['a', value]]))).toEqual(encode({ a: new Float64(value) }))
    }
  }
})
