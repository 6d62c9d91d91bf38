/**
 * Loss reports of what a peer has made large. The peer chooses how many keys, elements and messages there are: none of
 * it may stand on the stack once for each (P1), and each loss costs the same (P2, P3).
 */
import { expect, test } from 'vitest'
import { createCodec, Hello, type Loss, Publish } from '../../src/index.ts'
import { runHere, utf8 } from '../cli/support.ts'
import { hex, joinAll, repeat, uint } from './raw.ts'

/** More than the stack has room for as arguments of one call: 120,000 in Node 20. */
const MANY = 150_000

const codec = createCodec({ maxDepth: 1000 })
const cbor = codec.serializer('cbor')
const json = codec.serializer('json')
const flatbuffers = codec.serializer('flatbuffers')

/** A CBOR list of so many tags 1 around 0. */
const tags = (count: number): Uint8Array => joinAll([hex('9a'), uint(count, 4), repeat(hex('c100'), count)])

/** A CBOR map of so many keys, all different, with the value 0. */
const pairs = (count: number): Uint8Array =>
  joinAll([
    hex('ba'),
    uint(count, 4),
    utf8(Array.from({ length: count }, (_, i) => `f${i.toString(36).padStart(6, 'k')}\0`).join('')),
  ])

/** EVENT of subscription 7 and publication 12. */
const EVENT = hex('1824070c')
const withArgs = (args: Uint8Array): Uint8Array => joinAll([hex('85'), EVENT, hex('a0'), args])
const withKwargs = (kwargs: Uint8Array): Uint8Array => joinAll([hex('86'), EVENT, hex('a080'), kwargs])

const DROPPED = 'the tag 1 is dropped'

test('as many losses as a peer likes are all reported, from transcodeMessage and lossReport', () => {
  const frame = withArgs(tags(MANY))
  const losses: Loss[] = []
  codec.transcodeMessage(frame, { from: cbor, to: json, losses })
  expect(losses).toHaveLength(MANY)
  expect(losses[0]).toEqual({ path: 'args[0]', reason: DROPPED })
  expect(losses.at(-1)).toEqual({ path: `args[${MANY - 1}]`, reason: DROPPED })
  expect(codec.lossReport(cbor.decode(frame), json)).toHaveLength(MANY)
})

test('as many losses of an option as a peer likes are all reported, unknown or known', () => {
  const msgpack = codec.serializer('msgpack')
  const last = { path: `x_a[${MANY - 1}]`, reason: expect.stringContaining('MsgPack') as string }
  const bignums = joinAll([hex('9a'), uint(MANY, 4), repeat(hex('c249ffffffffffffffffff'), MANY)])
  const event = cbor.decode(joinAll([hex('84'), EVENT, hex('a1'), utf8('cx_a'), bignums]))
  const custom = codec.lossReport(event, msgpack)
  expect([custom.length, custom.at(-1)]).toEqual([MANY, { ...last, path: `custom.${last.path}` }])
  const authextra = { x_a: Array.from({ length: MANY }, () => 2n ** 72n - 1n) }
  const hello = codec.lossReport(new Hello({ realm: 'a', roles: { caller: {} }, authextra }), msgpack)
  expect([hello.length, hello.at(-1)]).toEqual([MANY, { ...last, path: `authextra.${last.path}` }])
})

test('as many keys as a peer likes lose nothing', () => {
  const kwargs = pairs(MANY)
  const frame = withKwargs(kwargs)
  expect(codec.lossReport(cbor.decode(frame), json)).toEqual([])
  const written = codec.transcodeMessage(frame, { from: cbor, to: json, onLoss: 'throw' })
  expect(Buffer.compare(written, json.encode(cbor.decode(frame)))).toBe(0)
  const value = codec.transcode(kwargs, { from: 'cbor', to: 'json', onLoss: 'throw' })
  expect(Buffer.compare(value, codec.transcode(kwargs, { from: 'cbor', to: 'json' }))).toBe(0)
})

test('as many messages of a batch as a peer likes may each lose something', () => {
  const [from, to] = [codec.serializer('cbor.batched'), codec.serializer('json.batched')]
  const message = withArgs(hex('82c100c100'))
  const count = MANY / 10
  const frame = repeat(joinAll([uint(message.length, 4), message]), count)
  const losses: Loss[] = []
  codec.transcodeMessage(frame, { from, to, losses })
  expect(losses).toHaveLength(2 * count)
  expect(() => codec.transcodeMessage(frame, { from, to, onLoss: 'throw' })).toThrow(
    `cannot encode args[0] to json.batched: ${DROPPED}`,
  )
})

test.each<[string, Parameters<typeof codec.lossReport>[0], string]>([
  [
    'ids in a list of FlatBuffers',
    new Publish({ request: 1, topic: 'a.b', exclude: Array.from({ length: MANY }, () => -1) }),
    'exclude',
  ],
  [
    'keys in a dictionary of FlatBuffers',
    new Hello({
      realm: 'a',
      roles: { caller: {} },
      authextra: Object.fromEntries(Array.from({ length: MANY }, (_, i) => [`k${i}`, 1])),
    }),
    'authextra',
  ],
  [
    'features of a role in FlatBuffers',
    new Hello({
      realm: 'a',
      roles: {
        caller: { features: Object.fromEntries(Array.from({ length: MANY }, (_, i) => [`x_${i}`, true])) },
      },
    }),
    'roles',
  ],
])('as many %s as a peer likes are all reported', (_, message, attribute) => {
  for (const profile of ['schema', 'autobahn'] as const) {
    const losses = codec.lossReport(message, codec.serializer('flatbuffers', { profile }))
    expect(losses.filter(({ path }) => path.startsWith(attribute))).toHaveLength(MANY)
  }
})

test('losses deep in a value take memory for their number, not for their depth', () => {
  const levels = 900
  const count = 20_000
  const key = joinAll([hex('a1783c'), repeat('k', 60)])
  const message = cbor.decode(withArgs(joinAll([hex('81'), repeat(key, levels), tags(count)])))
  const before = process.memoryUsage().heapUsed
  const losses = codec.lossReport(message, json)
  const grown = process.memoryUsage().heapUsed - before
  expect(losses).toHaveLength(count)
  expect(losses.at(-1)?.path).toBe(`args[0]${`.${'k'.repeat(60)}`.repeat(levels)}[${count - 1}]`)
  // Each path by itself has 55,000 characters: 1.1 GB.
  expect(grown).toBeLessThan(300_000_000)
})

test('wamp-codec inspect shows as many fields as a peer likes', async () => {
  const hops = Array.from({ length: MANY / 4 }, (_, session) => ({ session, authid: 'a', authrole: 'r' }))
  const frame = flatbuffers.encode(new Publish({ request: 1, topic: 'a.b', forward_for: hops }))
  const { code, out, error } = await runHere(['inspect', '-'], { stdin: frame })
  expect([code, error]).toEqual([0, ''])
  expect(out.split('\n').length).toBeGreaterThan(MANY / 2)
})
