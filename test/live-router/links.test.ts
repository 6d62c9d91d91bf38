/** Links between example routers, over real sockets: events and calls cross them, and nothing goes in circles. */
import { expect, test } from 'vitest'
import {
  Call,
  Cancel,
  createCodec,
  type Invocation,
  MessageType,
  type Result,
  type SerializerId,
  Yield,
} from 'wamp-codec'
import { type Connection, connectRawSocket } from 'wamp-codec/net'
import { connectWebSocket } from 'wamp-codec/ws'
import { link } from '../../examples/router/links.mjs'
import { listen } from '../../examples/router/listeners.mjs'
import { Router } from '../../examples/router/router.mjs'
import type { Limits, LinkOptions } from '../../examples/router/types.d.ts'
import { memoryPair } from './memory-connection.mjs'
import { type Client, closing, errorOf, join, REALM, settled, USERS } from './support.ts'

const codec = createCodec()
const TICKET = 'between routers'
const REALMS = { [REALM]: { users: { ...USERS, link: { role: 'router', ticket: TICKET } } } }

interface Listening {
  readonly router: Router
  readonly port: number
  close(): Promise<void>
}

async function start(port: number = 0, limits: Partial<Limits> = {}): Promise<Listening> {
  const router = new Router({ realms: REALMS, limits })
  const listening = await listen(router, { port })
  return closing({ router, port: listening.port, close: () => listening.close() })
}

type Transport = 'websocket' | 'rawsocket'

/** A connection to a router. */
function toRouter({ port }: Listening, id: SerializerId, transport: Transport): () => Promise<Connection> {
  const serializer = codec.serializer(id)
  return () =>
    transport === 'rawsocket'
      ? connectRawSocket({ port, host: '127.0.0.1' }, { serializer })
      : connectWebSocket(`ws://127.0.0.1:${port}`, { serializers: [serializer] })
}

async function connect(
  one: Listening,
  other: Listening,
  id: SerializerId = 'cbor',
  transport: Transport = 'rawsocket',
): Promise<void> {
  const connect = [toRouter(one, id, transport), toRouter(other, id, transport)] as LinkOptions['connect']
  closing(await link({ realm: REALM, authid: 'link', ticket: TICKET, retryMs: 1, connect }))
}

/** A connection in memory to a router, for a link whose messages a test must stop. */
function inMemory({ router }: Listening, id: SerializerId = 'cbor'): Connection {
  const [mine, routers] = memoryPair(router.codec.serializer(id))
  router.attach(routers)
  return mine
}

/** Links two routers by the connections that are given. */
async function linkBy(
  one: () => Promise<Connection>,
  other: () => Promise<Connection>,
): Promise<{ close(): void }> {
  return closing(
    await link({ realm: REALM, authid: 'link', ticket: TICKET, retryMs: 1, connect: [one, other] }),
  )
}

/** A promise and what settles it. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}

/** What a callee of calls in parts must announce. */
const PARTS = { callee: { features: { call_canceling: true, progressive_call_invocations: true } } }

/** A procedure that says what its callee was told, and where it is. */
async function serve(client: Client, procedure: string, place: string): Promise<Invocation[]> {
  const invocations: Invocation[] = []
  client.oninvocation = (invocation) => {
    invocations.push(invocation)
    const { request, rawPayload } = invocation
    client.send(new Yield({ request, rawPayload, custom: { x_place: place } }))
  }
  await client.register(procedure)
  return invocations
}

const WAYS: [SerializerId, Transport][] = [
  ['json', 'rawsocket'],
  ['msgpack', 'rawsocket'],
  ['cbor', 'rawsocket'],
  ['ubjson', 'rawsocket'],
  ['flatbuffers', 'rawsocket'],
  ['cbor', 'websocket'],
  ['json.batched', 'websocket'],
]

test.each(WAYS)(
  'events and calls cross a link in %s over %s in both directions, and nothing is decoded',
  async (id, transport) => {
    const [a, b] = [await start(), await start()]
    await connect(a, b, id, transport)
    const atA = await join(a.router, { serializer: 'json' })
    const atB = await join(b.router, { serializer: 'msgpack' })
    for (const [one, other, name] of [
      [atA, atB, 'from.a'],
      [atB, atA, 'from.b'],
    ] as const) {
      await other.subscribe(name)
      await serve(other, `${name}.call`, name)
      await one.publish(name, { args: ['Zürich', { a: [1, 2.5, null] }], kwargs: { k: 'v' } })
      const event = await other.next(MessageType.EVENT)
      const result = (await one.call(`${name}.call`, { args: [42, ['x']] })) as Result
      expect([a, b].map(({ router }) => router.codec.stats().decodedPayloads)).toEqual([0, 0])
      expect([event.args, event.kwargs]).toEqual([['Zürich', { a: [1, 2.5, null] }], { k: 'v' }])
      expect(result.args).toEqual([42, ['x']])
      for (const { router } of [a, b]) router.codec.stats({ reset: true })
    }
  },
)

test('in a chain of three routers everything arrives once, from the first publisher and caller', async () => {
  const [a, b, c] = [await start(), await start(), await start()]
  await connect(a, b)
  await connect(c, b, 'msgpack')
  const atA = await join(a.router, { authid: 'joe' })
  const atC = await join(c.router)
  await atC.subscribe('com.', { match: 'prefix' })
  const invocations = await serve(atC, 'com.echo', 'c')
  await atA.publish('com.first', { args: [1], disclose_me: true })
  await atA.publish('com.second', { args: [2] })
  const events = [await atC.next(MessageType.EVENT), await atC.next(MessageType.EVENT)]
  expect(
    events.map(({ topic, args, publisher, publisher_authid, forward_for }) => [
      topic,
      args,
      publisher,
      publisher_authid,
      forward_for,
    ]),
  ).toEqual([
    ['com.first', [1], atA.id, 'joe', null],
    ['com.second', [2], null, null, null],
  ])
  const result = (await atA.call('com.echo', { args: [3], disclose_me: true })) as Result
  expect([result.args, result.forward_for]).toEqual([[3], null])
  expect(
    invocations.map(({ caller, caller_authid, forward_for }) => [caller, caller_authid, forward_for]),
  ).toEqual([[atA.id, 'joe', null]])
  expect(errorOf(await atA.call('com.nowhere'))).toBe('wamp.error.no_such_procedure')
  expect(atC.events()).toEqual([])
})

test('a router is told the way of what it gets, and a reply carries the way back', async () => {
  const { router } = await start()
  const joe = await join(router, { authid: 'joe' })
  const near = await join(router, { authid: 'near' })
  const far = await join(router, { authid: 'far' })
  await far.subscribe('', { match: 'prefix' })
  await far.register('', { match: 'prefix', invoke: 'first' })
  const told: unknown[] = []
  far.oninvocation = ({ request, forward_for, procedure }) => {
    told.push([procedure, forward_for])
    far.send(new Yield({ request }))
  }
  const hop = { session: 7, authid: 'amy', authrole: 'user' }
  const nearHop = { session: near.id, authid: 'near', authrole: 'router' }
  const joeHop = { session: joe.id, authid: 'joe', authrole: 'user' }
  await joe.publish('com.a')
  await near.publish('com.b', { forward_for: [hop] })
  const events = [await far.next(MessageType.EVENT), await far.next(MessageType.EVENT)]
  expect(events.map(({ topic, forward_for }) => [topic, forward_for])).toEqual([
    ['com.a', [joeHop]],
    ['com.b', [hop, nearHop]],
  ])
  const second = { session: 8, authid: 'link', authrole: 'router' }
  const result = (await near.call('com.c', { forward_for: [hop, second] })) as Result
  expect(told).toEqual([['com.c', [hop, second, nearHop]]])
  expect(result.forward_for).toEqual([second, hop])
})

test('what has been here before is refused', async () => {
  const { router } = await start()
  const joe = await join(router, { authid: 'joe' })
  await joe.subscribe('com.a')
  await serve(joe, 'com.a', 'here')
  const peer = await join(router, { authid: 'near' })
  const here = { session: joe.id, authid: 'joe', authrole: 'user' }
  const there = { session: 7, authid: 'amy', authrole: 'user' }
  for (const forward_for of [[here], [there, here], [there, there], [{ ...there, session: peer.id }]]) {
    expect(errorOf(await peer.publish('com.a', { forward_for }))).toBe('wamp.error.no_such_procedure')
    expect(errorOf(await peer.call('com.a', { forward_for }))).toBe('wamp.error.no_such_procedure')
  }
  expect(joe.events()).toEqual([])
  expect(errorOf(await peer.call('com.a', { forward_for: [there] }))).toBe(MessageType.RESULT)
})

test('routers in a ring do not send anything round for ever', async () => {
  const [a, b, c] = [await start(), await start(), await start()]
  await connect(a, b)
  await connect(b, c)
  await connect(c, a)
  const atA = await join(a.router)
  const atB = await join(b.router)
  await atB.subscribe('com.a')
  await atA.publish('com.a', { args: [1] })
  const events = [await atB.next(MessageType.EVENT), await atB.next(MessageType.EVENT)]
  expect(events.map(({ args }) => args)).toEqual([[1], [1]])
  expect(errorOf(await atA.call('com.nowhere'))).toBe('wamp.error.no_such_procedure')
  await serve(atB, 'com.b', 'b')
  expect(((await atA.call('com.b', { args: [1] })) as Result).args).toEqual([1])
  expect(atB.events()).toEqual([])
})

test('lists of receivers, results in parts and cancelling work across a link', async () => {
  const [a, b] = [await start(), await start()]
  await connect(a, b)
  const atA = await join(a.router)
  const atB = await join(b.router)
  await atB.subscribe('com.a')
  await atA.publish('com.a', { args: ['not for you'], eligible_authrole: ['admin'] })
  await atA.publish('com.a', { args: ['for all'] })
  expect((await atB.next(MessageType.EVENT)).args).toEqual(['for all'])

  atB.oninvocation = ({ request }) => atB.send(new Yield({ request, args: ['part'], progress: true }))
  await atB.register('com.parts')
  const request = atA.request()
  const answer = atA.ask(new Call({ request, procedure: 'com.parts', receive_progress: true }))
  expect(((await atA.next(MessageType.RESULT)) as Result).args).toEqual(['part'])
  atA.send(new Cancel({ request, mode: 'killnowait' }))
  expect((await atB.next(MessageType.INTERRUPT)).mode).toBe('killnowait')
  expect(errorOf(await answer)).toBe('wamp.error.canceled')
})

test('opaque payloads cross a link with what belongs to them', async () => {
  const [a, b] = [await start(), await start()]
  await connect(a, b)
  const atA = await join(a.router)
  const atB = await join(b.router)
  await atB.subscribe('com.a')
  const payload = Uint8Array.of(1, 2, 3)
  await atA.publish('com.a', { payload, ppt_scheme: 'x_mine', ppt_serializer: 'cbor', custom: { x_more: 1 } })
  const event = await atB.next(MessageType.EVENT)
  expect([[...(event.payload ?? [])], event.ppt_scheme, event.ppt_serializer, event.custom]).toEqual([
    [1, 2, 3],
    'x_mine',
    'cbor',
    { x_more: 1 },
  ])
})

test('a link is there again after the other router was restarted', async () => {
  const a = await start()
  const b = await start()
  await connect(a, b)
  const atA = await join(a.router)
  await b.close()
  const again = await start(b.port)
  const atB = await join(again.router)
  await serve(atB, 'com.b', 'b')
  let answer = await atA.call('com.b')
  while (answer.type !== MessageType.RESULT) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    answer = await atA.call('com.b')
  }
  expect(answer.type).toBe(MessageType.RESULT)
})

test('a link whose ticket is wrong is refused', async () => {
  const [a, b] = [await start(), await start()]
  const connect = [
    toRouter(a, 'cbor', 'rawsocket'),
    toRouter(b, 'cbor', 'rawsocket'),
  ] as LinkOptions['connect']
  const linking = link({ realm: REALM, authid: 'link', ticket: 'wrong', connect })
  await expect(linking).rejects.toThrow('the link was refused: ')
})

test('a result that one end of a link cannot carry is an error for its caller', async () => {
  const [a, b] = [await start(), await start()]
  await linkBy(
    async () => inMemory(a, 'json'),
    async () => inMemory(b),
  )
  const caller = await join(a.router)
  const callee = await join(b.router)
  callee.oninvocation = ({ request, receive_progress }) =>
    callee.send(new Yield({ request, args: [Number.NaN], progress: receive_progress }))
  await callee.register('com.b')
  expect(errorOf(await caller.call('com.b'))).toBe('wamp.error.invalid_argument')
  // After a part that did not arrive nobody waits for the others.
  expect(errorOf(await caller.call('com.b', { receive_progress: true }))).toBe('wamp.error.invalid_argument')
  expect((await callee.next(MessageType.INTERRUPT)).mode).toBe('killnowait')
})

test('a call that one end of a link cannot carry leaves nothing behind, and its later parts go nowhere', async () => {
  const [a, b] = [await start(), await start()]
  await linkBy(
    async () => inMemory(a),
    async () => inMemory(b, 'json'),
  )
  const caller = await join(a.router)
  const callee = await join(b.router, { roles: PARTS })
  const seen: unknown[] = []
  callee.oninvocation = ({ args }) => seen.push(args?.[0])
  await callee.register('com.b')
  const parts = async (first: unknown, second: unknown): Promise<string | number> => {
    const request = caller.request()
    const answer = caller.ask(new Call({ request, procedure: 'com.b', args: [first], progress: true }))
    caller.send(new Call({ request, procedure: 'com.b', args: [second], progress: true }))
    caller.send(new Call({ request, procedure: 'com.b', args: ['last'] }))
    return errorOf(await answer)
  }
  expect(await parts(Number.NaN, 'second')).toBe('wamp.error.invalid_argument')
  expect(seen).toEqual([])
  expect(await parts('first', Number.NaN)).toBe('wamp.error.invalid_argument')
  expect((await callee.next(MessageType.INTERRUPT)).mode).toBe('killnowait')
  expect(seen).toEqual(['first'])
})

test('parts of a call that come to a link after its end are no new call', async () => {
  const [a, b] = [await start(), await start()]
  const held: (() => void)[] = []
  let isHeld = false
  await linkBy(
    async () => {
      const mine = inMemory(a)
      const send = mine.send.bind(mine)
      mine.send = (message) => void (isHeld ? held.push(() => send(message)) : send(message))
      return mine
    },
    async () => inMemory(b),
  )
  const caller = await join(a.router)
  const callee = await join(b.router, { roles: PARTS })
  const seen: unknown[] = []
  callee.oninvocation = ({ request, args }) => {
    seen.push(args?.[0])
    callee.send(new Yield({ request, args: ['enough'] }))
  }
  await callee.register('com.b')
  // The result waits at the link: the caller's router does not know of it yet.
  isHeld = true
  const request = caller.request()
  const answer = caller.ask(new Call({ request, procedure: 'com.b', args: [1], progress: true }))
  await settled()
  expect(held.length).toBe(1)
  caller.send(new Call({ request, procedure: 'com.b', args: [2] }))
  await settled()
  for (const send of held) send()
  expect(((await answer) as Result).args).toEqual(['enough'])
  expect([seen, held.length]).toEqual([[1], 1])
})

test.each(['rawsocket', 'websocket'] as const)(
  'what is too long for the other router once it carries its way does not end a link over %s',
  async (transport) => {
    const maxMessageBytes = 2000
    const [a, b] = [await start(0, { maxMessageBytes }), await start(0, { maxMessageBytes })]
    let dialled = 0
    const dial = (to: Listening) => () => {
      dialled++
      return toRouter(to, 'cbor', transport)()
    }
    const connect: LinkOptions['connect'] = [dial(a), dial(b)]
    closing(
      await link({ realm: REALM, authid: 'link', ticket: TICKET, retryMs: 1, maxMessageBytes, connect }),
    )
    const [atA, atB] = [await join(a.router), await join(b.router)]
    await atB.subscribe('com.a')
    await serve(atB, 'com.b', 'b')
    const args = ['x'.repeat(1950)]
    await atA.publish('com.a', { args })
    expect(errorOf(await atA.call('com.b', { args }))).toBe('wamp.error.payload_size_exceeded')
    await atA.publish('com.a', { args: ['short'] })
    expect((await atB.next(MessageType.EVENT)).args).toEqual(['short'])
    expect(((await atA.call('com.b', { args: [1] })) as Result).args).toEqual([1])
    expect(dialled).toBe(2)
  },
)

test('a call in parts whose callee behind a link takes none is refused', async () => {
  const [a, b] = [await start(), await start()]
  await connect(a, b)
  const caller = await join(a.router)
  const callee = await join(b.router)
  await callee.register('com.b')
  expect(errorOf(await caller.call('com.b', { progress: true }))).toBe('wamp.error.feature_not_supported')
})

test('a link that is closed while it connects again stays closed', async () => {
  const [a, b] = [await start(), await start()]
  const { opened, open } = gate()
  const tries = gate()
  const connections: Connection[] = []
  const linking = await linkBy(
    async () => {
      if (connections.length > 0) {
        tries.open()
        await opened
      }
      const mine = inMemory(a)
      connections.push(mine)
      return mine
    },
    async () => inMemory(b),
  )
  connections[0]?.close()
  await tries.opened
  linking.close()
  open()
  await settled()
  await settled()
  expect(connections.map(({ isOpen }) => isOpen)).toEqual([false, false])
})

test('a link whose first end is lost while the other joins connects again', async () => {
  const [a, b] = [await start(), await start()]
  const connections: Connection[] = []
  const { opened, open } = gate()
  const second = gate()
  let count = 0
  const linking = linkBy(
    async () => {
      const mine = inMemory(a)
      connections.push(mine)
      return mine
    },
    async () => {
      count++
      // When the link is there, it loses one end; it is lost again while the other end connects.
      if (count === 2) connections[1]?.close()
      if (count === 3) second.open()
      if (count === 2) await opened
      return inMemory(b)
    },
  )
  await linking
  connections[0]?.close()
  while (count < 2) await new Promise((resolve) => setTimeout(resolve, 1))
  await settled()
  open()
  await second.opened
  await settled()
  expect(connections.map(({ isOpen }) => isOpen)).toEqual([false, false, true])
})

test('a link that loses an end before it was there is refused', async () => {
  const [a, b] = [await start(), await start()]
  const connections: Connection[] = []
  const linking = linkBy(
    async () => {
      const mine = inMemory(a)
      connections.push(mine)
      return mine
    },
    async () => {
      connections[0]?.close()
      await settled()
      const mine = inMemory(b)
      connections.push(mine)
      return mine
    },
  )
  await expect(linking).rejects.toThrow('the link was closed: ')
  expect(connections.map(({ isOpen }) => isOpen)).toEqual([false, false])
})
