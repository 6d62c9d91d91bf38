/** What one client does to the example router over real sockets costs the others nothing, and leaves nothing behind. */
import { once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import {
  type Abort,
  createCodec,
  type ErrorMessage,
  Hello,
  MessageType,
  Publish,
  type Result,
  Subscribe,
  Yield,
} from 'wamp-codec'
import { connectRawSocket } from 'wamp-codec/net'
import { connectWebSocket } from 'wamp-codec/ws'
import { WebSocket } from 'ws'
import { listen } from '../../examples/router/listeners.mjs'
import { Router } from '../../examples/router/router.mjs'
import type { Incident, Limits } from '../../examples/router/types.d.ts'
import { collectGarbage } from '../lifetime/gc.ts'
import { Client, closing, errorOf, REALM } from './support.ts'

const codec = createCodec()
const CBOR = codec.serializer('cbor')
/** The handshake of RawSocket that asks for CBOR. */
const HANDSHAKE = Uint8Array.of(0x7f, 0xf3, 0, 0)

interface Started {
  readonly router: Router
  readonly port: number
  readonly url: string
  readonly incidents: Incident[]
}

async function start(limits: Partial<Limits> = {}, origins: string[] = []): Promise<Started> {
  const incidents: Incident[] = []
  const observe = (what: Incident): unknown => incidents.push(what)
  // Time limits that no test waits for, but for those that it gives.
  const far = { handshakeMs: 3_600_000, helloMs: 3_600_000, pingMs: 0, pausedMs: 3_600_000 }
  const router = new Router({ realms: { [REALM]: {} }, limits: { ...far, ...limits }, observe })
  const { port, url, close } = await listen(router, { origins })
  closing({ close })
  return { router, port, url, incidents }
}

/** A client over RawSocket, in the realm. */
async function join(port: number): Promise<Client> {
  const client = new Client(await connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR }))
  closing({ close: () => client.connection.terminate() })
  await client.hello()
  return client
}

/** Bytes for the router, as they are. */
function raw(port: number, ...bytes: readonly (Uint8Array | string)[]): Socket {
  const socket = connectTcp(port, '127.0.0.1')
  socket.on('error', () => {})
  for (const one of bytes) socket.write(one)
  closing({ close: () => socket.destroy() })
  return socket
}

/** What comes until the router ends the connection. */
async function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  if (!socket.closed) await once(socket, 'close')
  return Buffer.concat(chunks)
}

function frameOf(bytes: Uint8Array): Buffer {
  const prefix = Buffer.alloc(4)
  prefix.writeUInt32BE(bytes.length)
  return Buffer.concat([prefix, bytes])
}

/** A pair that talks, to see that it still can. */
async function innocents(port: number): Promise<() => Promise<void>> {
  const [one, other] = [await join(port), await join(port)]
  await other.subscribe('com.innocent')
  other.oninvocation = ({ request, rawPayload }) => other.send(new Yield({ request, rawPayload }))
  await other.register('com.innocent')
  let count = 0
  return async () => {
    count++
    await one.publish('com.innocent', { args: [count] })
    expect((await other.next(MessageType.EVENT)).args).toEqual([count])
    expect(((await one.call('com.innocent', { args: [count] })) as Result).args).toEqual([count])
  }
}

test('a client that does not say HELLO is told so, and cut off', async () => {
  const { port, incidents } = await start({ helloMs: 5 })
  const client = new Client(await connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR }))
  const abort = (await client.next(MessageType.ABORT)) as Abort
  expect([abort.reason, abort.message]).toEqual([
    'wamp.error.protocol_violation',
    'the session was not opened in time',
  ])
  await client.end
  expect(incidents).toEqual(['late'])
})

test('a client that takes no WELCOME of this length is told so, and cut off', async () => {
  const { port, router, incidents } = await start()
  const hello = frameOf(CBOR.encode(new Hello({ realm: REALM, roles: { caller: {} } })))
  // Frames of up to 512 bytes.
  const came = await readAll(raw(port, Uint8Array.of(0x7f, 0x03, 0, 0), hello))
  const abort = CBOR.decode(Uint8Array.from(came.subarray(8))) as Abort
  expect([abort.type, abort.reason]).toEqual([MessageType.ABORT, 'wamp.error.payload_size_exceeded'])
  expect([router.realm(REALM)?.sessions.size, incidents]).toEqual([0, ['unsendable']])
})

test.each<[string, Uint8Array, boolean, number]>([
  ['no message', Buffer.from('{}'), false, 1002],
  ['binary', Buffer.from('[]'), true, 1003],
  ['not UTF-8', Uint8Array.of(0x5b, 0xff, 0x5d), false, 1007],
])(
  'a first frame of JSON that is %s ends the connection with the code for it',
  async (_, frame, binary, code) => {
    const { url } = await start()
    const socket = new WebSocket(url, ['wamp.2.json'])
    await once(socket, 'open')
    socket.send(frame, { binary })
    const answer = once(socket, 'message')
    const closed = once(socket, 'close')
    expect(JSON.parse(String((await answer)[0]))[2]).toBe('wamp.error.protocol_violation')
    expect((await closed)[0]).toBe(code)
  },
)

test('a client that speaks no protocol is cut off', async () => {
  const { port } = await start({ handshakeMs: 5 })
  expect((await readAll(raw(port))).length).toBe(0)
})

const GARBAGE: [string, readonly (Uint8Array | string)[]][] = [
  ['noise', [Buffer.from('0001020304050607', 'hex')]],
  ['RawSocket with noise', [HANDSHAKE, Buffer.from('ffffffffffff', 'hex')]],
  ['a frame that is no message', [HANDSHAKE, frameOf(Uint8Array.of(0x82, 0x18))]],
  ['a frame that is no list', [HANDSHAKE, frameOf(Uint8Array.of(0xf6))]],
  ['an empty frame', [HANDSHAKE, frameOf(new Uint8Array(0))]],
  ['a frame that announces 16 MiB', [HANDSHAKE, Uint8Array.of(0x08, 0xff, 0xff, 0xff)]],
  ['a handshake with reserved bits', [Uint8Array.of(0x7f, 0xf3, 0, 1)]],
  ['half a request of HTTP and noise', ['GET / HTTP/1.1\r\n\0\0\0\r\n\r\n']],
  [
    'PUBLISH in place of HELLO',
    [HANDSHAKE, frameOf(CBOR.encode(new Publish({ request: 1, topic: 'com.innocent' })))],
  ],
]

test.each(GARBAGE)('%s ends its own connection, and no other', async (_, bytes) => {
  const { port, router } = await start()
  const check = await innocents(port)
  await readAll(raw(port, ...bytes))
  await check()
  expect(router.realm(REALM)?.sessions.size).toBe(2)
})

test('a message that breaks the protocol in a session takes that session with it', async () => {
  const { port, router, incidents } = await start()
  const check = await innocents(port)
  const client = await join(port)
  await client.subscribe('com.innocent')
  client.connection.sendParts([Uint8Array.of(0x80)])
  expect(((await client.next(MessageType.ABORT)) as Abort).reason).toBe('wamp.error.protocol_violation')
  await client.end
  await check()
  expect([router.realm(REALM)?.sessions.size, incidents]).toEqual([2, ['refused']])
})

test('a session whose frame was refused is gone at once, however long its client takes to close', async () => {
  const { port, router, incidents } = await start()
  const caller = await join(port)
  const client = await join(port)
  await client.register('com.mine')
  client.connection.pause()
  client.connection.sendParts([Uint8Array.of(0x80)])
  while (incidents.length === 0) await new Promise((resolve) => setImmediate(resolve))
  expect(router.realm(REALM)?.sessions.size).toBe(1)
  expect(errorOf(await caller.call('com.mine'))).toBe('wamp.error.no_such_procedure')
  expect(await caller.register('com.mine')).toBeGreaterThan(0)
})

test('a call to a client that has said at WebSocket that it closes, and does not, is answered', async () => {
  const { port, router } = await start()
  const caller = await join(port)
  const socket = connectTcp({ port, host: '127.0.0.1', allowHalfOpen: true })
  closing({ close: () => socket.destroy() })
  const upgrade = ['GET / HTTP/1.1', 'Host: localhost', 'Connection: Upgrade', 'Upgrade: websocket']
  const webSocket = ['Version: 13', 'Key: dGhlIHNhbXBsZSBub25jZQ==', 'Protocol: wamp.2.json']
  socket.write([...upgrade, ...webSocket.map((line) => `Sec-WebSocket-${line}`), '', ''].join('\r\n'))
  await once(socket, 'data')
  // Masked with zeros.
  const send = (opcode: number, payload: Buffer) =>
    socket.write(Buffer.concat([Uint8Array.of(0x80 | opcode, 0x80 | payload.length, 0, 0, 0, 0), payload]))
  send(1, Buffer.from(`[1,"${REALM}",{"roles":{"callee":{}}}]`))
  await once(socket, 'data')
  send(1, Buffer.from('[64,1,{},"com.mine"]'))
  await once(socket, 'data')
  const closed = once(socket, 'data')
  send(8, Buffer.of(0x03, 0xe8))
  await closed
  expect(errorOf(await caller.call('com.mine'))).toBe('wamp.error.canceled')
  expect(router.realm(REALM)?.sessions.size).toBe(1)
  expect(await caller.register('com.mine')).toBeGreaterThan(0)
})

test('a bad URI is answered, and the session goes on', async () => {
  const { port, incidents } = await start()
  const client = new Client(
    await connectRawSocket({ port, host: '127.0.0.1' }, { serializer: codec.serializer('json') }),
  )
  await client.hello()
  client.connection.sendParts([Buffer.from('[32, 7, {}, "a b"]')])
  const error = (await client.next(MessageType.ERROR)) as ErrorMessage
  expect([error.request_type, error.request, error.error]).toEqual([32, 7, 'wamp.error.invalid_uri'])
  expect(await client.subscribe('a.b')).toBeGreaterThan(0)
  expect(incidents).toEqual(['refused'])
})

test('numbers beyond 2^53 and a HELLO without roles are no fault of the router', async () => {
  const { port, router, incidents } = await start()
  const check = await innocents(port)
  const callee = await join(port)
  await callee.register('com.slow')
  const invoked = new Promise((resolve) => {
    callee.oninvocation = resolve
  })
  const caller = new Client(
    await connectRawSocket({ port, host: '127.0.0.1' }, { serializer: codec.serializer('json') }),
  )
  await caller.hello()
  const big = '9007199254740993'
  for (const frame of [
    `[48, 1, {"timeout": ${big}}, "com.slow"]`,
    `[16, 2, {"exclude": [${big}], "eligible": [${big}]}, "com.slow"]`,
    `[32, 3, {"forward_for": [{"session": ${big}, "authid": "a", "authrole": "b"}]}, "com.innocent"]`,
    `[64, 4, {"concurrency": ${big}}, "com.own"]`,
  ]) {
    caller.connection.sendParts([Buffer.from(frame)])
  }
  await invoked
  const flat = new Client(
    await connectRawSocket(
      { port, host: '127.0.0.1' },
      { serializer: codec.serializer('flatbuffers', { profile: 'autobahn' }) },
    ),
  )
  await flat.hello()
  expect(await flat.subscribe('a.b')).toBeGreaterThan(0)
  await check()
  expect([router.realm(REALM)?.sessions.size, incidents.includes('failed')]).toEqual([5, false])
})

test('a connection that is cut inside of a frame leaves nothing behind', async () => {
  const { port, router } = await start()
  const check = await innocents(port)
  const client = await join(port)
  await client.subscribe('com.innocent')
  await client.register('com.mine')
  const socket = raw(
    port,
    HANDSHAKE,
    frameOf(CBOR.encode(new Publish({ request: 1, topic: 'a.b', args: ['x'.repeat(1000)] }))).subarray(
      0,
      500,
    ),
  )
  await once(socket, 'data')
  socket.destroy()
  client.connection.terminate()
  await check()
  const caller = await join(port)
  while (router.realm(REALM)?.sessions.size !== 3) await new Promise((resolve) => setImmediate(resolve))
  expect(errorOf(await caller.call('com.mine'))).toBe('wamp.error.no_such_procedure')
})

test('a subscriber that does not read is cut off, and the others get everything', async () => {
  const { port, router, incidents } = await start({ pausedBytes: 100_000, maxBufferedBytes: 1_000_000 })
  const publisher = await join(port)
  const reader = await join(port)
  const sleeper = await join(port)
  await reader.subscribe('com.big')
  await sleeper.subscribe('com.big')
  sleeper.connection.pause()
  let sent = 0
  while (router.realm(REALM)?.sessions.size === 3) {
    await publisher.publish('com.big', { args: [++sent, 'x'.repeat(50_000)] })
    expect((await reader.next(MessageType.EVENT)).args?.[0]).toBe(sent)
  }
  await publisher.publish('com.big', { args: [++sent] })
  expect((await reader.next(MessageType.EVENT)).args?.[0]).toBe(sent)
  expect(incidents).toEqual([])
})

test('a client that sends and does not read is not listened to, and cut off when it takes too long', async () => {
  const { port, router, incidents } = await start({ pausedBytes: 100_000, pausedMs: 20 })
  const check = await innocents(port)
  const client = await join(port)
  // What it publishes comes back to it alone: the time limit is not for the others.
  await client.subscribe('com.mine')
  client.connection.pause()
  const publish = { topic: 'com.mine', exclude_me: false, args: ['x'.repeat(50_000)] }
  for (let i = 0; i < 1000; i++) client.send(new Publish({ request: client.request(), ...publish }))
  while (router.realm(REALM)?.sessions.size !== 2) await new Promise((resolve) => setTimeout(resolve, 1))
  await check()
  expect(incidents).toEqual(['slow'])
})

test('a client that reads slowly gets everything in the end', async () => {
  const { port } = await start({ pausedBytes: 100_000 })
  const publisher = await join(port)
  const slow = await join(port)
  await slow.subscribe('com.big')
  slow.connection.pause()
  const count = 100
  for (let i = 1; i <= count; i++) await publisher.publish('com.big', { args: [i, 'x'.repeat(50_000)] })
  slow.connection.resume()
  for (let i = 1; i <= count; i++) expect((await slow.next(MessageType.EVENT)).args?.[0]).toBe(i)
  // It is listened to again.
  expect(await slow.subscribe('com.more')).toBeGreaterThan(0)
})

test('a frame that would cut off its receiver is not sent', async () => {
  const { port, incidents } = await start({ pausedBytes: 100_000, maxBufferedBytes: 1_000_000 })
  const publisher = await join(port)
  const reader = new Client(
    await connectRawSocket({ port, host: '127.0.0.1' }, { serializer: codec.serializer('json') }),
  )
  await reader.hello()
  await reader.subscribe('com.big')
  // In JSON six times as long.
  await publisher.publish('com.big', { args: ['\u0001'.repeat(200_000)] })
  await publisher.publish('com.big', { args: ['short'] })
  expect((await reader.next(MessageType.EVENT)).args).toEqual(['short'])
  expect(incidents).toEqual(['unsendable'])
})

test('a page is let in when its origin and the name of the router are known, and no other', async () => {
  const { url, port } = await start({}, ['https://app.example'])
  const statusOf = async (headers: Record<string, string>) => {
    const socket = new WebSocket(url, ['wamp.2.json'], { headers })
    socket.on('error', () => {})
    closing({ close: () => socket.terminate() })
    return Promise.race([
      once(socket, 'open').then(() => 101),
      once(socket, 'unexpected-response').then(([, response]) => response.statusCode),
    ])
  }
  const origin = 'https://app.example'
  expect([
    await statusOf({}),
    await statusOf({ origin }),
    await statusOf({ origin, host: `localhost:${port}` }),
    await statusOf({ origin, host: 'rebound.example' }),
    await statusOf({ origin: 'https://evil.example' }),
    await statusOf({ origin: 'null' }),
  ]).toEqual([101, 101, 101, 403, 403, 403])
})

test('a client whose subprotocol nobody knows is refused', async () => {
  const { url } = await start()
  const socket = new WebSocket(url, ['soap', 'wamp.2.bert'])
  socket.on('error', () => {})
  const [, response] = await once(socket, 'unexpected-response')
  expect(response.statusCode).toBe(400)
})

test('a flood of topics, patterns, registrations and calls is refused from a certain number on', async () => {
  const { port } = await start({ maxEntries: 10, maxPatterns: 3, maxCalls: 5, maxUriLength: 50 })
  const check = await innocents(port)
  const client = await join(port)
  const subscribe = async (topic: string, match: 'exact' | 'prefix' | 'wildcard' = 'exact') =>
    errorOf(await client.ask(new Subscribe({ request: client.request(), topic, match })))
  for (let i = 0; i < 3; i++) expect(await subscribe(`com.p${i}`, 'prefix')).toBe(33)
  expect(await subscribe('com.p3', 'prefix')).toBe('wamp.error.unavailable')
  expect(await subscribe('com..p', 'wildcard')).toBe('wamp.error.unavailable')
  for (let i = 0; i < 7; i++) expect(await subscribe(`com.t${i}`)).toBe(33)
  expect(await subscribe('com.t7')).toBe('wamp.error.unavailable')
  // What it has already is no more.
  expect([await subscribe('com.t6'), await subscribe('com.p2', 'prefix')]).toEqual([33, 33])
  const other = await join(port)
  const ask = async (topic: string, match: 'exact' | 'wildcard') =>
    errorOf(await other.ask(new Subscribe({ request: other.request(), topic, match })))
  expect(await ask('x'.repeat(51), 'exact')).toBe('wamp.error.invalid_uri')
  other.oninvocation = () => {}
  await other.register('com.never')
  for (let i = 0; i < 5; i++) client.call('com.never')
  expect(errorOf(await client.call('com.never'))).toBe('wamp.error.unavailable')
  await check()
})

test('wildcard patterns, which make every publication slow, are refused from a smaller number on', async () => {
  const { port } = await start()
  const client = await join(port)
  const subscribe = async (topic: string) =>
    errorOf(await client.ask(new Subscribe({ request: client.request(), topic, match: 'wildcard' })))
  for (let i = 0; i < 100; i++) expect(await subscribe(`a..${i}${'.'.repeat(13)}`)).toBe(33)
  expect(await subscribe('a..b')).toBe('wamp.error.unavailable')
  expect(await subscribe('.'.repeat(16))).toBe('wamp.error.invalid_uri')
})

test('a wildcard pattern of very many components is refused', async () => {
  const { port } = await start()
  const client = await join(port)
  const topic = '.'.repeat(100)
  expect(
    errorOf(await client.ask(new Subscribe({ request: client.request(), topic, match: 'wildcard' }))),
  ).toBe('wamp.error.invalid_uri')
})

test('1,000 clients at once get an event each, and their memory comes back', {
  timeout: 120_000,
}, async () => {
  const { port, router } = await start()
  const check = await innocents(port)
  const crowd = async () => {
    const clients = await Promise.all(
      Array.from({ length: 1000 }, async (_, i) => {
        const connecting =
          i % 2 === 0
            ? connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR })
            : connectWebSocket(`ws://127.0.0.1:${port}`, { serializers: [CBOR] })
        const client = new Client(await connecting)
        await client.hello()
        await client.subscribe('com.all')
        return client
      }),
    )
    const publisher = await join(port)
    await publisher.publish('com.all', { args: ['to all'] })
    for (const client of clients) expect((await client.next(MessageType.EVENT)).args).toEqual(['to all'])
    for (const client of clients) client.connection.terminate()
    publisher.connection.terminate()
    while (router.realm(REALM)?.sessions.size !== 2) await new Promise((resolve) => setImmediate(resolve))
  }
  await crowd()
  await check()
  const before = await heapUsed()
  await crowd()
  await check()
  // A thousand sessions that stay would be 20 MB.
  expect((await heapUsed()) - before).toBeLessThan(5_000_000)
})

test('10,000 subscriptions of one client slow down nobody, and are gone with it', {
  timeout: 120_000,
}, async () => {
  const { port, router } = await start()
  const check = await innocents(port)
  const hoard = async () => {
    const client = await join(port)
    const asked: Promise<unknown>[] = []
    for (let i = 0; i < 10_000; i++) asked.push(client.subscribe(`com.topic.${i}`))
    await Promise.all(asked)
    await check()
    client.connection.terminate()
    while (router.realm(REALM)?.sessions.size !== 2) await new Promise((resolve) => setImmediate(resolve))
  }
  await hoard()
  const before = await heapUsed()
  await hoard()
  expect((await heapUsed()) - before).toBeLessThan(2_000_000)
  const broker = router.realm(REALM)?.broker
  expect(broker?.subscriptions.matches('com.topic.1')).toEqual([])
  await check()
})

/** Bytes on the heap when nothing is to be collected. */
async function heapUsed(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setImmediate(resolve))
    collectGarbage()
  }
  return process.memoryUsage().heapUsed
}
