/** Each getter of the application is asked once in an encode: whatever it gives is what is checked and written. */
import { describe, expect, test } from 'vitest'
import {
  Abort,
  Authenticate,
  Challenge,
  createCodec,
  EventMessage,
  Hello,
  type Message,
  Publish,
  type SerializerId,
  Unregister,
  Unsubscribe,
  Welcome,
} from '../../../src/index.ts'

type Counts = Map<string, number>

const codec = createCodec({ cache: false })
const SERIALIZERS: readonly SerializerId[] = [
  'json',
  'msgpack',
  'cbor',
  'ubjson',
  'cbor.batched',
  'flatbuffers',
]

/** A copy of a list or dictionary, all of whose elements, whatever their depth, are getters that count. */
function counted<T extends object>(values: T, counts: Counts, path: string): T {
  const copy = Array.isArray(values) ? [] : {}
  for (const [key, value] of Object.entries(values)) {
    const place = `${path}.${key}`
    const inner = typeof value === 'object' && value !== null ? counted(value, counts, place) : value
    Object.defineProperty(copy, key, {
      enumerable: true,
      get() {
        counts.set(place, (counts.get(place) ?? 0) + 1)
        return inner
      },
    })
  }
  return copy as T
}

const HOP = { session: 1, authid: 'x', authrole: 'y' }
const received = (): Publish => {
  const cbor = codec.serializer('cbor')
  return cbor.decode(cbor.encode(new Publish({ request: 1, topic: 'a.b', args: [1] }))) as Publish
}
const publish = { request: 1, topic: 'a.b' }
const MESSAGES: readonly [what: string, make: (counts: Counts) => Message][] = [
  ['hops', (c) => new Publish({ ...publish, forward_for: counted([HOP, HOP], c, 'hops') })],
  [
    'hops of a derived message',
    (c) =>
      EventMessage.from(received(), {
        subscription: 1,
        publication: 2,
        forward_for: [counted(HOP, c, 'hop')],
      }),
  ],
  [
    'hops of UNSUBSCRIBE',
    (c) => new Unsubscribe({ request: 1, subscription: 2, forward_for: counted([HOP, HOP], c, 'hops') }),
  ],
  [
    'hops of UNREGISTER',
    (c) => new Unregister({ request: 1, registration: 2, forward_for: counted([HOP, HOP], c, 'hops') }),
  ],
  [
    'hops that a toJSON gives',
    (c) => {
      const hop = { toJSON: () => counted(HOP, c, 'hop') }
      return new Publish({ ...publish, forward_for: [Object.assign(hop, HOP)] })
    },
  ],
  ['the hop of a forwarded message', (c) => received().forward(counted(HOP, c, 'hop'))],
  [
    'lists',
    (c) =>
      new Publish({
        ...publish,
        exclude: counted([1, 2 ** 40], c, 'exclude'),
        eligible_authid: counted(['a', 'b'], c, 'eligible_authid'),
      }),
  ],
  ['custom keys', (c) => new Publish({ ...publish, custom: { x_a: counted({ a: [1] }, c, 'custom') } })],
  [
    'a payload beside options',
    (c) =>
      new Publish({
        ...publish,
        forward_for: [HOP],
        args: counted([1, [2]], c, 'args'),
        kwargs: counted({ a: { b: 1 } }, c, 'kwargs'),
      }),
  ],
  [
    'HELLO',
    (c) =>
      new Hello({
        realm: 'r.a',
        roles: counted({ caller: { features: { call_canceling: true } } }, c, 'roles'),
        authmethods: counted(['ticket', 'scram'], c, 'authmethods'),
        authextra: counted({ a: 'b' }, c, 'authextra'),
      }),
  ],
  [
    'WELCOME',
    (c) =>
      new Welcome({
        session: 1,
        roles: counted({ broker: { features: { event_retention: true } } }, c, 'roles'),
        authextra: counted({ a: 'b' }, c, 'authextra'),
      }),
  ],
  ['CHALLENGE', (c) => new Challenge({ method: 'ticket', extra: counted({ a: 'b' }, c, 'extra') })],
  ['AUTHENTICATE', (c) => new Authenticate({ signature: 's', extra: counted({ a: 'b' }, c, 'extra') })],
  ['ABORT', (c) => new Abort({ reason: 'a.b', args: counted([1, [2]], c, 'args') })],
]

describe.each(SERIALIZERS)('%s', (id) => {
  test.each(MESSAGES)('%s', (_, make) => {
    const serializer = codec.serializer(id)
    for (const how of ['encode', 'encodeParts', 'byteLength'] as const) {
      const counts: Counts = new Map()
      const message = make(counts)
      // The constructor has looked at them too.
      counts.clear()
      serializer[how](message)
      expect([...counts].filter(([, times]) => times !== 1)).toEqual([])
      // Of FlatBuffers some slots hold less.
      if (id !== 'flatbuffers') expect(counts.size).toBeGreaterThan(0)
    }
  })
})

describe.each(['schema', 'autobahn'] as const)('FlatBuffers, profile %s', (profile) => {
  const flat = codec.serializer('flatbuffers', { profile })
  const OTHERS = {
    request: 5,
    topic: 'a.c',
    exclude_authid: ['b', 'c'],
    forward_for: [{ ...HOP, authrole: 'r' }],
    args: ['x'.repeat(100)],
  }

  /** The list, whose elements write another message when they are asked, and count. */
  function writing(list: readonly unknown[], counts: Counts, path: string): unknown[] {
    const copy: unknown[] = []
    for (const [i, element] of list.entries()) {
      const get = (): unknown => {
        flat.encode(new Publish(OTHERS))
        counts.set(`${path}.${i}`, (counts.get(`${path}.${i}`) ?? 0) + 1)
        return element
      }
      Object.defineProperty(copy, i, { enumerable: true, get })
    }
    return copy
  }

  test.each([
    ['ids', { exclude: [1, 2 ** 40] }],
    ['texts', { eligible_authid: ['a', 'b'] }],
    ['several lists', { exclude: [1], eligible: [4, 5, 6], exclude_authid: ['a'] }],
    ['lists beside texts', { exclude: [1], transaction_hash: 'hash', acknowledge: true }],
    [
      'lists beside a payload',
      { exclude: [1, 2], exclude_authrole: ['a'], args: [1, 2, 3], kwargs: { a: 'b' } },
    ],
    ['lists beside a long text', { exclude: [1], transaction_hash: 'h'.repeat(500) }],
    ['lists beside a text that is not ASCII', { exclude: [1], transaction_hash: 'ä' }],
  ])('a getter that writes another message is asked once: %s', (_, options) => {
    const counts: Counts = new Map()
    const lists = Object.entries(options).map(([name, value]) => {
      return [name, Array.isArray(value) && name !== 'args' ? writing(value, counts, name) : value]
    })
    const expected = flat.encode(new Publish({ ...publish, ...options }))
    const message = new Publish({ ...publish, ...Object.fromEntries(lists) })
    // Twice: by the builder, and by the template that it may have left.
    for (let i = 0; i < 2; i++) {
      counts.clear()
      expect(flat.encode(message)).toEqual(expected)
      expect(counts.size).toBeGreaterThan(0)
      expect([...counts].filter(([, times]) => times !== 1)).toEqual([])
    }
  })

  test('a getter that writes another message and changes its own writes what is there then', () => {
    const exclude = [7]
    const message = new Publish({ ...publish, transaction_hash: 'hash', exclude })
    const get = (): number => {
      flat.encode(new Publish(OTHERS))
      message.transaction_hash = 'another hash'
      return 7
    }
    Object.defineProperty(exclude, 0, { enumerable: true, get })
    const expected = new Publish({ ...publish, transaction_hash: 'another hash', exclude: [7] })
    expect(flat.encode(message)).toEqual(flat.encode(expected))
  })
})
