/** Whatever is sent arrives, however the stream is cut: random streams, cut at random and at every byte. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RawSocketClose } from '../../src/index.ts'
import { runs } from '../support/properties.ts'
import {
  client,
  connected,
  cut,
  hex,
  join,
  type Outcome,
  openServer,
  pushAll,
  rawFrame,
  server,
} from './support.ts'

const RUNS = runs(300, 50_000)

/** Payloads around the sizes where buffers grow. */
const payload = fc.oneof(
  { weight: 4, arbitrary: fc.uint8Array({ maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1000, max: 5000 }).map((length) => new Uint8Array(length).fill(length)),
  },
)

/** Frames of the three types. */
const transportFrames = fc.array(fc.tuple(fc.constantFrom(0, 1, 2), payload), { maxLength: 12 })

/** Bytes as text: equality of long arrays, element by element, would take most of the time. */
function readable(outcome: Outcome): object {
  const texts = (list: readonly Uint8Array[]) => list.map((bytes) => Buffer.from(bytes).toString('latin1'))
  const { frames, replies, pongs, closed } = outcome
  return { frames: texts(frames), replies: texts(replies), pongs: texts(pongs), closed }
}

type TransportFrames = readonly (readonly [type: number, payload: Uint8Array])[]

function streamOf(list: TransportFrames): Uint8Array {
  return join(list.map(([type, bytes]) => rawFrame(type, bytes)))
}

function outcomeOf(list: TransportFrames): Outcome {
  const payloads = (wanted: number) => list.filter(([type]) => type === wanted).map(([, bytes]) => bytes)
  return {
    frames: payloads(0),
    replies: payloads(1).map((bytes) => rawFrame(2, bytes)),
    pongs: payloads(2),
    closed: null,
  }
}

/** Ascending places in a stream. */
function places(stream: Uint8Array): fc.Arbitrary<number[]> {
  return fc.array(fc.nat(stream.length), { maxLength: 20 }).map((list) => list.sort((a, b) => a - b))
}

test('a random stream in random chunks gives the frames that it holds', () => {
  const cases = transportFrames.chain((list) =>
    fc
      .tuple(fc.constant(list), fc.constant(streamOf(list)))
      .chain(([frames, stream]) => fc.tuple(fc.constant(frames), fc.constant(stream), places(stream))),
  )
  fc.assert(
    fc.property(cases, ([list, stream, cuts]) => {
      expect(readable(pushAll(openServer(), cut(stream, ...cuts)))).toEqual(readable(outcomeOf(list)))
    }),
    RUNS,
  )
})

const LIST: TransportFrames = [
  [0, hex('a1a2a3')],
  [1, hex('b1b2')],
  [0, hex('')],
  [2, hex('c1')],
  [1, hex('')],
  [0, hex('a4')],
]

describe('a stream with its handshake', () => {
  const request = hex('7ff30000')
  const stream = join([request, streamOf(LIST)])
  const expected = outcomeOf(LIST)
  const withReply = { ...expected, replies: [request, ...expected.replies] }

  test('a stream in one chunk gives all frames', () => {
    expect(pushAll(server(), [stream])).toEqual(withReply)
  })

  test('a stream that comes byte by byte gives all frames', () => {
    expect(pushAll(server(), cut(stream, ...stream.keys()))).toEqual(withReply)
  })

  test('a stream that is cut at every byte, and at every pair of bytes, gives all frames', () => {
    for (let first = 0; first <= stream.length; first++) {
      for (let second = first; second <= stream.length; second++) {
        expect(readable(pushAll(server(), cut(stream, first, second)))).toEqual(readable(withReply))
      }
    }
  })

  test('a client gets all frames from a stream that is cut at every byte', () => {
    for (let place = 0; place <= stream.length; place++) {
      expect(pushAll(client(), cut(stream, place))).toEqual(expected)
    }
  })
})

test('what one end writes, the other reads, in both directions', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(payload, { maxLength: 3 }), { maxLength: 8 }),
      fc.array(payload),
      fc.nat(60),
      (messages, pings, size) => {
        const [one, other] = connected()
        const written = [
          ...messages.map((parts) => one.frame(parts)),
          ...pings.map((data) => one.ping(data)),
          ...messages.flatMap((parts) => one.frameParts(parts)),
        ]
        const stream = join(written)
        const cuts = Array.from(
          { length: Math.floor(stream.length / (size + 7)) },
          (_, i) => (i + 1) * (size + 7),
        )
        const there = pushAll(other, cut(stream, ...cuts))
        const back = pushAll(one, there.replies)
        const frames = [...messages, ...messages].map(join)
        expect(readable({ ...there, replies: [] })).toEqual(
          readable({ frames, replies: [], pongs: [], closed: null }),
        )
        expect(readable(back)).toEqual(readable({ frames: [], replies: [], pongs: pings, closed: null }))
      },
    ),
    RUNS,
  )
})

describe('any bytes', () => {
  const codes = new Set<number | null>([null, ...Object.values(RawSocketClose), ...Array(16).keys()])
  /** Bytes that begin as a handshake or prefix may, and go on as they like. */
  const bytes = fc.tuple(
    fc.constantFrom('', '7f', '7ff3', '7ff30000', '7f030000', '00', '08'),
    fc.uint8Array(),
  )

  test.each(['client', 'server', 'open'] as const)('random bytes of a peer never make a %s throw', (what) => {
    const start = { client, server, open: openServer }[what]
    fc.assert(
      fc.property(bytes, fc.nat(300), ([head, tail], place) => {
        const stream = join([hex(head), tail])
        const read = (...cuts: readonly number[]) =>
          pushAll(start({ maxLengthExponent: 9 }), cut(stream, ...cuts))
        const whole = read()
        expect(codes.has(whole.closed)).toBe(true)
        // The verdict does not depend on the chunks.
        expect(readable(read(Math.min(place, stream.length)))).toEqual(readable(whole))
        expect(readable(read(...stream.keys()))).toEqual(readable(whole))
      }),
      RUNS,
    )
  })
})
