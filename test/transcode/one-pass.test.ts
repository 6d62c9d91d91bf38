/**
 * Deferred payloads that go out in another format: one pass of the kernel checks and transcodes them. What comes out
 * is what `eager` gives, and so is what is refused.
 */
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  type Codec,
  type CodecOptions,
  createCodec,
  EventMessage,
  type Message,
  Publish,
  type Serializer,
  WampCodecError,
} from '../../src/index.ts'
import { Kernel } from '../../src/kernel/kernel.ts'
import { createRandom } from '../support/random.ts'
import { sharedLines } from '../support/shared.ts'
import { serializerOf, unhex, type Vector, WIRE_FORMATS, type WireFormat } from '../support/vectors.ts'
import { isDeep, randomValue } from './support.ts'

const PAIRS = WIRE_FORMATS.flatMap((from) => WIRE_FORMATS.map((to) => [from, to] as const)).filter(
  ([from, to]) => from !== to,
)
const RANDOM_MESSAGES = isDeep ? 5000 : 60
const SEED = 20261123

afterEach(() => {
  vi.restoreAllMocks()
})

type Outcome = { readonly bytes: string } | { readonly error: object }

/** What comes out in another format, or all that an error says. */
function outcome(codec: Codec, frame: Uint8Array, from: WireFormat, write: (message: Message) => Uint8Array) {
  return outcomeOf(() => write(serializerOf(codec, from).decode(frame)))
}

function outcomeOf(run: () => Uint8Array): Outcome {
  try {
    return { bytes: Buffer.from(run()).toString('hex') }
  } catch (error) {
    if (!(error instanceof WampCodecError)) throw error
    const { name, message, code, path, offset, format } = error as WampCodecError & { offset?: number }
    return { error: { name, message, code, path, offset, format } }
  }
}

type Target = WireFormat | 'flatbuffers'

function targetOf(codec: Codec, to: Target): Serializer {
  return to === 'flatbuffers' ? codec.serializer(to) : serializerOf(codec, to)
}

/** The same frame by both codecs, to a format. */
function expectSame(frame: Uint8Array, from: WireFormat, to: Target, options: CodecOptions = {}): void {
  const [eager, deferred] = (['eager', 'deferred'] as const).map((payloadValidation) => {
    const codec = createCodec({ ...options, payloadValidation })
    return outcome(codec, frame, from, (message) => targetOf(codec, to).encode(message))
  }) as [Outcome, Outcome]
  expect(deferred, `${from} to ${to}: ${Buffer.from(frame).toString('hex')}`).toEqual(eager)
}

function encoded(from: WireFormat, attributes: object): Uint8Array {
  const message = new Publish({ request: 1, topic: 'com.example.topic', ...attributes })
  return serializerOf(createCodec(), from).encode(message)
}

const vectors = sharedLines<Vector>('vectors/reference/vectors.jsonl').filter(({ serializer }) =>
  (WIRE_FORMATS as readonly string[]).includes(serializer),
)

describe.skipIf(vectors.length === 0)('reference vectors', () => {
  test.each(WIRE_FORMATS)('every vector of %s leaves deferred as it leaves eager', (from) => {
    const codecs = (['eager', 'deferred'] as const).map((payloadValidation) =>
      createCodec({ payloadValidation, cache: false }),
    ) as [Codec, Codec]
    for (const { serializer, hex } of vectors) {
      if (serializer !== from) continue
      for (const to of [...WIRE_FORMATS, 'flatbuffers'] as const) {
        const [eager, deferred] = codecs.map((codec) =>
          outcome(codec, unhex(hex), from, (message) => targetOf(codec, to).encode(message)),
        )
        expect(deferred, `${hex} to ${to}`).toEqual(eager)
      }
    }
  })
})

describe.each(PAIRS)('%s to %s', (from, to) => {
  test(`${RANDOM_MESSAGES} random messages leave deferred as eager, seed ${SEED}`, () => {
    const source = createRandom(SEED)
    for (let i = 0; i < RANDOM_MESSAGES; i++) {
      const args = source.int(0, 4) === 0 ? null : [randomValue(source, 3), randomValue(source, 2)]
      const kwargs = source.int(0, 1) === 0 ? null : new Map([['k', randomValue(source, 3)]])
      const options = source.int(0, 1) === 0 ? {} : { acknowledge: true, exclude: [1, 2] }
      const frame = outcomeOf(() => encoded(from, { ...options, args, kwargs }))
      // JSON has no bytes that begin a text with NUL.
      if ('bytes' in frame) expectSame(Buffer.from(frame.bytes, 'hex'), from, to)
    }
  })

  test('frames that are truncated or changed have the same outcome deferred as eager', () => {
    const kwargs = { a: [null, 'text "x"'], b: 1e300 }
    const frame = encoded(from, { acknowledge: true, args: [1.5, -7, [true]], kwargs })
    for (let length = 20; length < frame.length; length++) expectSame(frame.slice(0, length), from, to)
    for (let i = 20; i < frame.length; i++) {
      for (const byte of isDeep
        ? Array.from({ length: 256 }, (_, each) => each)
        : [0, 0x22, 0x5b, 0x7f, 0xc1, 0xff]) {
        const changed = frame.slice()
        changed[i] = byte
        expectSame(changed, from, to)
      }
    }
  })

  test('opaque payloads leave deferred as eager, with and without something behind them', () => {
    const bytes = new Uint8Array([1, 2, 3])
    for (const ppt_scheme of ['x_custom', null]) {
      const payload = { payload: bytes, ppt_scheme }
      if (ppt_scheme !== null) expectSame(encoded(from, payload), from, to)
      for (const args of [[bytes], [bytes, 1], [bytes, {}]]) {
        for (const kwargs of [null, {}, { a: 1 }]) {
          const list = [16, 1, ppt_scheme === null ? {} : { ppt_scheme }, 'com.x', args]
          const frame = listIn(from, kwargs === null ? list : [...list, kwargs])
          expectSame(frame, from, to)
          expectSame(frame, from, 'flatbuffers')
        }
      }
    }
  })

  test('args or kwargs that are null or empty leave deferred as eager', () => {
    for (const args of [null, [], [1]]) {
      for (const kwargs of [null, {}, { a: 1 }]) {
        expectSame(listIn(from, [16, 1, {}, 'com.x', args, kwargs]), from, to)
        expectSame(listIn(from, [16, 1, { acknowledge: true }, 'com.x', args, kwargs]), from, to)
      }
    }
  })

  test('what is rare goes the way of values', () => {
    // MsgPack has no larger ones.
    const big = from === 'msgpack' ? 2n ** 64n - 1n : 2n ** 200n
    expectSame(encoded(from, { args: [1, big] }), from, to)
    expectSame(encoded(from, { args: [1], kwargs: { a: [big] } }), from, to)
  })

  test('what becomes much longer leaves deferred as eager', () => {
    const args = Array.from({ length: 20_000 }, (_, i) => 1 / (i + 3))
    expectSame(encoded(from, { args, kwargs: { args } }), from, to)
  })
})

/** A list as it is, encoded by the codec for payloads. */
function listIn(format: WireFormat, list: readonly unknown[]): Uint8Array {
  return createCodec().payload(format).encode(list)
}

describe('limits and options', () => {
  const frame = encoded('cbor', { exclude: [1, 2, 3], args: [1, [2, [3]], 'x'], kwargs: { a: { b: [4] } } })
  test.each(['maxDepth', 'maxNodes'] as const)(
    '%s of any size refuses deferred what it refuses eager',
    (limit) => {
      for (let most = 1; most < 30; most++) expectSame(frame, 'cbor', 'msgpack', { [limit]: most })
    },
  )

  test.each([
    [{ duplicateKeys: 'refuse' }],
    [{ integers: 'number' }],
    [{ tags: 'tagged' }],
    [{ cache: false }],
  ] as const)('%j means the same deferred as eager', (options) => {
    expectSame(frame, 'cbor', 'json', options)
    // [16, 1, {}, 'x', [tag 0 of 'a'], {'a': 1, 'a': 2}]
    expectSame(
      unhex('8610 01a0 6178 81c06161 a2616101616102'.replaceAll(' ', '')),
      'cbor',
      'msgpack',
      options,
    )
    expectSame(unhex('8510 01a0 6178 811b7fffffffffffffff'.replaceAll(' ', '')), 'cbor', 'msgpack', options)
  })
})

describe('one pass', () => {
  const attributes = { args: [1, 'two', [3.5]], kwargs: { a: 'é', big: 2 ** 53 } }
  const calls = () => ({
    scan: vi.spyOn(Kernel.prototype, 'scan'),
    both: vi.spyOn(Kernel.prototype, 'scanTranscoding'),
    transcode: vi.spyOn(Kernel.prototype, 'transcode'),
  })
  const read = (serializer: Serializer, from: WireFormat): Publish =>
    serializer.decode(encoded(from, attributes)) as Publish

  test('only the head is scanned beside it, and nothing twice', () => {
    const codec = createCodec({ payloadValidation: 'deferred' })
    const publish = read(codec.serializer('cbor'), 'cbor')
    const { scan, both, transcode } = calls()
    const json = codec
      .serializer('json')
      .encode(EventMessage.from(publish, { subscription: 1, publication: 2 }))
    codec.serializer('json').encode(EventMessage.from(publish, { subscription: 3, publication: 4 }))
    expect([scan, both, transcode].map(({ mock }) => mock.calls.length)).toEqual([0, 1, 0])
    expect(JSON.parse(Buffer.from(json).toString()).slice(4)).toEqual([attributes.args, attributes.kwargs])
    expect(codec.stats()).toMatchObject({ transcoded: 1, decodedPayloads: 0 })
    codec.serializer('msgpack').encode(publish)
    expect(codec.stats()).toMatchObject({ transcoded: 2 })
    expect([scan, both, transcode].map(({ mock }) => mock.calls.length)).toEqual([0, 1, 2])
  })

  test('without a cache each message does it for itself', () => {
    const codec = createCodec({ payloadValidation: 'deferred', cache: false })
    const publish = read(codec.serializer('msgpack'), 'msgpack')
    const first = codec.serializer('cbor').encode(publish)
    expect(codec.serializer('cbor').encode(publish)).toEqual(first)
    expect(publish._payload.transcoded).toBe(null)
    expect(codec.stats().transcoded).toBe(2)
  })

  test('in parts the payload is one piece', () => {
    const codec = createCodec({ payloadValidation: 'deferred' })
    const publish = read(codec.serializer('msgpack'), 'msgpack')
    const parts = codec.serializer('cbor').encodeParts(publish)
    expect(parts).toHaveLength(2)
    expect(Buffer.concat(parts)).toEqual(Buffer.from(codec.serializer('cbor').encode(publish)))
  })

  test.each(PAIRS)('%s to %s: the message goes on living', (from, to) => {
    const codec = createCodec({ payloadValidation: 'deferred' })
    const publish = read(serializerOf(codec, from), from)
    serializerOf(codec, to).encode(publish)
    publish.detach()
    expect(publish.args).toEqual(attributes.args)
    expect(publish.kwargs).toEqual(attributes.kwargs)
    expect(Buffer.from(serializerOf(codec, from).encode(publish))).toEqual(
      Buffer.from(encoded(from, attributes)),
    )
  })

  test.each(PAIRS)('%s to %s: other frames between decode and encode', (from, to) => {
    const codec = createCodec({ payloadValidation: 'deferred' })
    const source = serializerOf(codec, from)
    const target = serializerOf(codec, to)
    const frames = [attributes, { args: ['b'] }, { acknowledge: true, kwargs: { c: [1] } }, {}].map((each) =>
      encoded(from, each),
    )
    const wanted = frames.map((frame) => Buffer.from(target.encode(source.decode(frame))))
    const messages = frames.map((frame) => source.decode(frame))
    expect(messages.map((message) => Buffer.from(target.encode(message)))).toEqual(wanted)
    // All of a batch are in the window together.
    const batched = serializerOf(codec, from, '.batched')
    const batch = batched.encodeAll(frames.map((frame) => source.decode(frame)))
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
    ]) {
      const all = batched.decodeAll(batch)
      for (const i of order) expect(Buffer.from(target.encode(all[i] as Message))).toEqual(wanted[i])
    }
  })

  test('a poisoned payload of the last frame leaves in no format, however often', () => {
    const codec = createCodec({ payloadValidation: 'deferred' })
    const frame = encoded('cbor', attributes)
    frame[frame.length - 10] = 0xff
    const publish = codec.serializer('cbor').decode(frame)
    const refused = (to: WireFormat) => outcomeOf(() => serializerOf(codec, to).encode(publish))
    const first = refused('json')
    expect(first).toHaveProperty('error')
    for (const to of WIRE_FORMATS) expect(refused(to)).toEqual(first)
    expect(codec.stats().transcoded).toBe(0)
  })
})
