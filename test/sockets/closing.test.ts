/** Tests of src/sockets/connection.ts: what `close` refuses, and what `answer` closes with, over both transports. */
import type { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Abort, Call, createCodec, Goodbye, Welcome } from '../../src/index.ts'
import {
  type Connection,
  type ConnectionOptions,
  connectRawSocket,
  serveRawSocket,
} from '../../src/sockets/net.ts'
import { connectWebSocket, serveWebSocket } from '../../src/sockets/ws.ts'
import { CBOR, closing, echo, ended, later, next, publish, webClient } from './support.ts'

afterEach(() => {
  vi.useRealTimers()
})

const serializers = [CBOR]

type Opened = (socket: EventEmitter) => void

type Pair = readonly [client: Connection, server: Connection]

async function webSockets(options: ConnectionOptions = {}, opened: Opened = () => {}): Promise<Pair> {
  const { promise, resolve } = later<Connection>()
  const onconnection = (connection: Connection, { socket }: IncomingMessage): void => {
    opened(socket)
    resolve(connection)
  }
  const port = await closing(serveWebSocket({ serializers, onconnection, ...options })).listen(0)
  return [await connectWebSocket(`ws://127.0.0.1:${port}`, { serializers }), await promise]
}

async function rawSockets(options: ConnectionOptions = {}, opened: Opened = () => {}): Promise<Pair> {
  const { promise, resolve } = later<Connection>()
  const onconnection = (connection: Connection, socket: Socket): void => {
    opened(socket)
    resolve(connection)
  }
  const port = await closing(serveRawSocket({ serializers, onconnection, ...options })).listen(0)
  return [await connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR }), await promise]
}

describe.each([
  ['WebSocket', webSockets],
  ['RawSocket', rawSockets],
])('over %s', (_, pair) => {
  test.each<[string, number, string]>([
    ['a code that nobody may send', 1005, ''],
    ['a code of no range', 999, ''],
    ['a code that is not whole', 1000.5, ''],
    ['a reason that has no room', 1000, 'x'.repeat(124)],
    ['a reason that has no room in UTF-8', 1000, 'é'.repeat(62)],
  ])('closing with %s is a RangeError, and the connection lives on', async (_, code, reason) => {
    const [client, server] = await pair()
    echo(server)
    expect(() => client.close(code, reason)).toThrow(RangeError)
    const came = next(client, 1)
    client.send(publish(1, 10))
    expect((await came)[0]?.equals(publish(1, 10))).toBe(true)
    client.close()
  })

  test('an ABORT with a long reason is sent whole, and closes with the beginning of it', async () => {
    const [client, server] = await pair()
    const [came, end] = [next(client, 1), ended(server)]
    const reason = `com.myapp.${'é'.repeat(200)}`
    server.answer({ message: new Abort({ reason }), closeCode: 1002 })
    expect((await came)[0]).toMatchObject({ reason })
    expect((await end).code).toBe(1002)
  })

  test('closing ends a connection that is paused, with bytes of the peer that nobody has read', async () => {
    const [client, server] = await pair()
    server.pause()
    for (let i = 0; i < 100; i++) client.send(publish(i, 50_000))
    await new Promise(setImmediate)
    const ends = [ended(server), ended(client)]
    server.close(1000)
    expect((await Promise.all(ends)).map(({ code }) => code)).toEqual([1000, 1000])
  })

  test('what is still leaving after `close` is not cut off by PINGs that are no longer sent', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const [client, server] = await pair({ pingInterval: 1000 })
    client.pause()
    const [all, end] = [next(client, 60), ended(server)]
    for (let i = 0; i < 60; i++) server.send(publish(i, 500_000))
    server.close(1000)
    for (let i = 0; i < 3; i++) {
      vi.advanceTimersByTime(1000)
      await new Promise(setImmediate)
    }
    client.resume()
    expect(await end).toMatchObject({ code: 1000, error: null })
    expect((await all).length).toBe(60)
  })

  test('a session is open from the WELCOME of the server to the GOODBYE of either', async () => {
    const [client, server] = await pair()
    const welcome = new Welcome({ session: 1, roles: { broker: {} } })
    let came = next(server, 1)
    client.send(welcome)
    await came
    expect([client.isInSession, server.isInSession]).toEqual([false, false])
    came = next(client, 1)
    server.send(welcome)
    await came
    expect([client.isInSession, server.isInSession]).toEqual([true, true])
    came = next(server, 1)
    client.send(new Goodbye({ reason: 'wamp.close.close_realm' }))
    await came
    expect([client.isInSession, server.isInSession]).toEqual([false, false])
    client.close()
  })
})

test('an onclose that throws leaves nothing behind', async () => {
  const { promise, resolve } = later<EventEmitter>()
  const [client, server] = await rawSockets({}, resolve)
  server.onclose = () => {
    throw new Error('of the application')
  }
  const socket = await promise
  expect(() => socket.emit('close')).toThrow('of the application')
  server.onclose = null
  await server._ended
  client.terminate()
})

test('a WebSocket connection is not open any more when the peer has begun to close it', async () => {
  const { promise, resolve } = later<Connection>()
  const port = await closing(serveWebSocket({ serializers, onconnection: resolve })).listen(0)
  const client = webClient(port)
  const server = await promise
  // A close frame of a client, with a mask of zeros and no code.
  client.write(Buffer.of(0x88, 0x80, 0, 0, 0, 0))
  while (server.isOpen) await new Promise(setImmediate)
  server.send(publish(1, 10))
  expect([server.isOpen, server.bufferedAmount]).toEqual([false, 0])
  server.terminate()
})

test.each(['json.batched', 'cbor.batched'] as const)(
  'a bad request in a batch of %s ends the session, because its neighbours are lost; alone it is answered',
  async (id) => {
    const codec = createCodec()
    const serializer = codec.serializer(id)
    const { promise, resolve } = later<Connection>()
    const options = { serializers: [serializer], onconnection: resolve }
    const port = await closing(serveWebSocket(options)).listen(0)
    const client = await connectWebSocket(`ws://127.0.0.1:${port}`, { serializers: [serializer] })
    const server = await promise
    server.isInSession = client.isInSession = true
    const good = serializer.encode(new Call({ request: 1, procedure: 'a.b' })).slice()
    const bad = Uint8Array.from(good, (byte) => (byte === 0x2e ? 0x20 : byte))
    let came = next(client, 1)
    client.sendParts([bad])
    expect((await came)[0]).toMatchObject({ type: 8, request: 1 })
    came = next(client, 1)
    const end = ended(client)
    client.sendParts([Buffer.concat([good, bad, good])])
    expect((await came)[0]).toMatchObject({ type: 3 })
    expect((await end).code).toBe(1002)
  },
)
