/** What a `toJSON` says of an option is what is checked and written, and it is asked once, wherever it stands. */
import { describe, expect, test } from 'vitest'
import {
  Challenge,
  createCodec,
  Hello,
  type Loss,
  type Message,
  Publish,
  Welcome,
} from '../../../src/index.ts'

const LISTS = ['json', 'msgpack', 'cbor', 'ubjson'] as const
const codec = createCodec({ cache: false })

/** Each answer has a `toJSON` itself, which counts on. */
class Counter {
  n: number
  constructor(n: number) {
    this.n = n
  }
  toJSON(): Counter {
    return new Counter(this.n + 1)
  }
}

const roles = { caller: {} }
/** Gives itself, and would go over as a function if it was copied. */
const itself = <T extends object>(value: T): T =>
  Object.assign(value, {
    toJSON(): unknown {
      return this
    },
  })

const MESSAGES: readonly (readonly [what: string, make: () => Message, sent: object])[] = [
  [
    'authextra',
    () => new Hello({ realm: 'a', roles, authextra: new Counter(1) as never }),
    { authextra: { n: 2 } },
  ],
  ['extra', () => new Challenge({ method: 'm', extra: new Counter(1) as never }), { extra: { n: 2 } }],
  [
    'a part of roles',
    () => new Hello({ realm: 'a', roles: { caller: {}, x_a: { b: { c: new Counter(1) } } } as never }),
    { roles: { x_a: { b: { c: { n: 2 } } } } },
  ],
  [
    'roles that give themselves',
    () => new Hello({ realm: 'a', roles: itself({ callee: {} }) }),
    { roles: { callee: {} } },
  ],
  [
    'a hop that gives itself',
    () =>
      new Publish({
        request: 1,
        topic: 'a',
        forward_for: [itself({ session: 1, authid: 'a', authrole: 'b' })],
      }),
    { forward_for: [{ session: 1, authid: 'a', authrole: 'b' }] },
  ],
  [
    'an authextra whose entries are in its toJSON alone',
    () =>
      new Welcome({
        session: 1,
        roles: { broker: {} },
        authextra: Object.create({ toJSON: () => ({ a: 'b' }) }) as never,
      }),
    { authextra: { a: 'b' } },
  ],
  [
    'a Map that gives another',
    () =>
      new Hello({
        realm: 'a',
        roles,
        authextra: Object.assign(new Map(), { toJSON: () => new Map([['a', 'b']]) }) as never,
      }),
    { authextra: { a: 'b' } },
  ],
]

describe.each(LISTS)('in %s', (id) => {
  const serializer = codec.serializer(id)

  test.each(MESSAGES)('%s', (_, make, sent) => {
    const received = serializer.decode(serializer.encode(make()))
    expect(received).toMatchObject(sent)
    for (const { forward_for = [] } of [received as Publish])
      for (const hop of forward_for ?? []) expect(hop).not.toHaveProperty('toJSON')
    expect(codec.lossReport(make(), serializer)).toEqual([])
  })

  test('a getter for `toJSON` is asked once', () => {
    let asked = 0
    const authextra = Object.defineProperty({ a: 1 }, 'toJSON', {
      enumerable: true,
      get(): () => object {
        asked++
        return () => authextra
      },
    })
    serializer.encode(new Hello({ realm: 'a', roles, authextra }))
    expect(asked).toBe(1)
  })
})

test.each(MESSAGES)('%s, for another thread', (_, make, sent) => {
  expect(codec.fromTransferable(make().toTransferable())).toMatchObject(sent)
})

test('FlatBuffers ask lists, roles and dictionaries too', () => {
  const serializer = codec.serializer('flatbuffers')
  const exclude = Object.assign([1, 2], { toJSON: () => [9] })
  const publish = new Publish({ request: 1, topic: 'a', exclude })
  expect(serializer.decode(serializer.encode(publish))).toMatchObject({ exclude: [9] })
  exclude.toJSON = () => 5 as never
  expect(() => serializer.encode(publish)).toThrow('expected a list for exclude, got 5')
  const says = { callee: { features: { call_timeout: true } } }
  const hello = new Hello({
    realm: 'a',
    roles: Object.assign({ caller: {} }, { toJSON: () => says }) as never,
  })
  expect((serializer.decode(serializer.encode(hello)) as Hello).roles).toMatchObject(says)
})

test('a hop of a class keeps what it inherits, and is asked, also without an authid', () => {
  class Hop {
    get session(): number {
      return 5
    }
    get authid(): undefined {
      return undefined
    }
    get authrole(): string {
      return 'r'
    }
  }
  class Saying extends Hop {
    toJSON(): object {
      return { session: 6, authid: 'z', authrole: 'q' }
    }
  }
  const serializer = codec.serializer('json')
  const sent = (hop: object): unknown => {
    const message = new Publish({ request: 1, topic: 'a', forward_for: [hop as never] })
    return (serializer.decode(serializer.encode(message)) as Publish).forward_for
  }
  expect(sent(new Hop())).toEqual([{ session: 5, authid: null, authrole: 'r' }])
  expect(sent(new Saying())).toEqual([{ session: 6, authid: 'z', authrole: 'q' }])
})

test('lossReport to FlatBuffers looks at what is said', () => {
  const report = (attributes: object, profile: 'schema' | 'autobahn' = 'schema'): readonly Loss[] => {
    const publish = new Publish({ request: 1, topic: 'a', ...attributes })
    return codec.lossReport(publish, codec.serializer('flatbuffers', { profile }))
  }
  expect(report({ exclude: Object.assign([-1, 2], { toJSON: () => [2] }) })).toEqual([])
  expect(report({ exclude: Object.assign([1], { toJSON: () => [1, -1] }) })).toEqual([
    expect.objectContaining({ path: 'exclude[1]' }),
  ])
  const authids = Object.assign([], { toJSON: () => ['a'] })
  expect(report({ exclude_authid: authids }, 'autobahn')).toEqual([])
})

test('lossReport to FlatBuffers looks at what roles, features and hops say', () => {
  const flat = codec.serializer('flatbuffers')
  const paths = (message: Message): string[] => codec.lossReport(message, flat).map(({ path }) => path)
  const dealer = (role: unknown): Message =>
    new Welcome({ session: 1, roles: { broker: {}, dealer: role } as never })
  expect(paths(dealer({ toJSON: () => ({}) }))).toEqual([])
  expect(paths(dealer({ features: { toJSON: () => ({ call_timeout: true }) } }))).toEqual([])
  expect(paths(dealer({ features: { toJSON: () => ({ x_f: true }) } }))).toEqual([
    'roles.dealer.features.x_f',
  ])
  const hop = (said: object): Message => {
    const given = { session: 1, authid: 'a', authrole: 'b', toJSON: () => said }
    return new Publish({ request: 1, topic: 'a', forward_for: [given] })
  }
  expect(paths(hop({ session: 2, authid: 'c', authrole: 'd' }))).toEqual([])
  expect(paths(hop({ session: 2, authid: 'c', authrole: 'd', more: 1 }))).toEqual(['forward_for[0].more'])
})

test.each(LISTS)(
  'a custom option whose toJSON gives undefined is left out in %s, and is asked once',
  (id) => {
    let asked = 0
    const says = (value: unknown): object => ({
      toJSON(): unknown {
        asked++
        return value
      },
    })
    const serializer = codec.serializer(id)
    const make = (custom: object | null): Message =>
      new Publish({ request: 1, topic: 'a', custom: custom as never })
    expect(serializer.encode(make({ x_a: says(undefined) }))).toEqual(serializer.encode(make({})))
    expect(serializer.encode(make({ x_a: says(undefined), x_b: says({ c: 1 }) }))).toEqual(
      serializer.encode(make({ x_b: { c: 1 } })),
    )
    expect(asked).toBe(3)
  },
)
