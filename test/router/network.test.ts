/** A simulated network of routers: no message loops, replies come back as the call went, corrupt chains are refused. */
import { describe, expect, test } from 'vitest'
import {
  Call,
  createCodec,
  ErrorMessage,
  Float64,
  type Hop,
  hasForwardFor,
  ProtocolError,
  Result,
  type Serializer,
} from '../../src/index.ts'
import { createRandom } from '../support/random.ts'
import { canonical, serializerOf, WIRE_FORMATS } from '../support/vectors.ts'
import { writeValue } from '../support/write-value.ts'
import { Network, type Router } from './network.ts'

const isDeep = process.env.WAMP_CODEC_DEEP === '1'
const SEED = 20_261_122
const SIZE = isDeep ? 5000 : 1000
const CALLS = isDeep ? 50_000 : 2000
const FLOODS = isDeep ? 20 : 2

const codec = createCodec()
const random = createRandom(SEED)
const network = new Network(codec, random, SIZE)

/** What every format carries and gives back as it was. */
const data = (): unknown => [{ [random.text(5)]: random.text() }, random.bytes(), random.int(-1e9, 2 ** 53)]

const sessions = (hops: readonly Hop[] | null): number[] => (hops ?? []).map(({ session }) => session)
const sessionsOf = (routers: readonly Router[]): number[] => routers.map(({ hop }) => hop.session)

describe(`${SIZE} routers, seed ${SEED}`, () => {
  test(`${CALLS} calls reach no router twice, and replies come back along the reversed chain`, () => {
    let answered = 0
    let refused = 0
    let longest = 0
    for (let i = 0; i < CALLS; i++) {
      const args = [i, data()]
      const length = random.int(0, 30)
      const { there, back, reply } = network.call(
        random.pick(network.routers),
        args,
        (_, hops) => hops === length,
      )
      const passed = sessionsOf(there)
      if (reply instanceof Result) {
        answered++
        expect(new Set(passed).size).toBe(passed.length)
        expect(canonical(reply.args)).toBe(canonical(args))
        expect(sessions(reply.forward_for)).toEqual(passed.slice(0, -1).reverse())
      } else {
        refused++
        expect(reply).toBeInstanceOf(ErrorMessage)
        expect(reply.error).toBe('com.example.loop')
        // Only the last one had seen it before, and has not sent it on again.
        expect(new Set(passed).size).toBe(passed.length - 1)
        expect(passed.slice(0, -1)).toContain(passed.at(-1))
      }
      expect(sessionsOf(back)).toEqual(passed.reverse())
      longest = Math.max(longest, there.length)
    }
    expect(answered).toBeGreaterThan(CALLS / 10)
    expect(refused).toBeGreaterThan(CALLS / 10)
    expect(longest).toBeGreaterThan(10)
  })

  test(`${FLOODS} publications over all links reach every router once, from its origin, along links`, () => {
    for (let i = 0; i < FLOODS; i++) {
      const origin = random.pick(network.routers)
      const args = [data()]
      for (const { events, seen } of network.routers) {
        events.length = 0
        seen.clear()
      }
      network.publish(origin, args, true)
      for (const router of network.routers) {
        expect(router.events.length).toBe(1)
        const [event] = router.events
        expect(canonical(event?.args)).toBe(canonical(args))
        const way = [...sessions(event?.forward_for ?? null), router.hop.session]
        expect(way[0]).toBe(origin.hop.session)
        expect(new Set(way).size).toBe(way.length)
        for (const [at, session] of way.slice(1).entries()) {
          const before = network.routers.find(({ hop }) => hop.session === way[at]) as Router
          expect(network.link(before, session)).toBeDefined()
        }
      }
    }
  })
})

test('the chain alone ends a flood, where no router remembers anything', () => {
  const small = new Network(codec, createRandom(7), 9)
  const links = small.routers.flatMap((router) => router.links).length
  const frames = small.publish(small.routers[0] as Router, [1], false)
  expect(frames).toBeGreaterThan(links)
  for (const { events, hop } of small.routers) {
    expect(events.length).toBeGreaterThan(0)
    for (const { forward_for } of events) {
      const way = [...sessions(forward_for), hop.session]
      expect(new Set(way).size).toBe(way.length)
    }
  }
})

const A = { session: 1, authid: 'a', authrole: 'r' }
const B = { session: 2, authid: null, authrole: 'r' }
const OWN = 3

const CORRUPT: readonly (readonly [what: string, chain: unknown])[] = [
  ['a session twice', [A, B, A]],
  ['the router itself', [A, { ...B, session: OWN }]],
  ['a negative session', [{ ...A, session: -1 }]],
  ['a fraction for a session', [{ ...A, session: new Float64(1.5) }]],
  ['a session beyond 2^53', [A, { ...B, session: 2n ** 53n + 2n }]],
  ['text for a session', [{ ...A, session: '1' }]],
  ['no session', [{ authid: 'a', authrole: 'r' }]],
  ['no authid', [{ session: 1, authrole: 'r' }]],
  ['a number for an authid', [{ ...A, authid: 1 }]],
  ['a list for an authrole', [{ ...A, authrole: ['r'] }]],
  ['a hop that is null', [A, null]],
  ['a hop that is a list', [[1, 'a', 'r']]],
  ['a number for a chain', 7],
  ['a hop for a chain', A],
  ['null for a chain', null],
]

describe.each(CORRUPT)('a chain with %s', (_, chain) => {
  test.each(WIRE_FORMATS)('is refused in %s', (format) => {
    for (const list of [
      [48, 1, { forward_for: chain }, 'a.b'],
      [16, 1, { forward_for: chain }, 'a.b', [1]],
      [49, 1, { forward_for: chain }],
      [34, 1, 2, { forward_for: chain }],
    ]) {
      expect(() => accept(serializerOf(codec, format), writeValue(format, list) as Uint8Array)).toThrow(
        ProtocolError,
      )
    }
  })
})

test.each([...CORRUPT.slice(0, 3), ['an authid that is no text', [{ ...A, authid: 1 }]] as const])(
  'a chain with %s that an application has made is refused',
  (_, chain) => {
    const call = new Call({ request: 1, procedure: 'a.b', forward_for: [] })
    call.forward_for?.push(...(chain as Hop[]))
    expect(() => call.validateForwardChain(OWN)).toThrow(ProtocolError)
  },
)

test('good chains are not refused, nor are none', () => {
  for (const chain of [[], [A], [A, B], Array.from({ length: 500 }, (_, i) => ({ ...A, session: i + 10 }))]) {
    for (const format of WIRE_FORMATS) {
      const bytes = writeValue(format, [48, 1, { forward_for: chain }, 'a.b']) as Uint8Array
      expect(sessions(accept(serializerOf(codec, format), bytes))).toEqual(sessions(chain))
    }
  }
})

/** What a router does with a message from another router; returns its chain. */
function accept(serializer: Serializer, bytes: Uint8Array): Hop[] | null {
  const message = serializer.decode(bytes)
  if (!hasForwardFor(message)) throw new TypeError('no message that is forwarded')
  message.validateForwardChain(OWN)
  return message.forward_for
}
