/**
 * Servers of both transports: when they listen, what they do when they do not any more, and time limits that are over.
 */
import { once } from 'node:events'
import { connect, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Connection, connectRawSocket, serveRawSocket } from '../../src/sockets/net.ts'
import { connectWebSocket, serveWebSocket } from '../../src/sockets/ws.ts'
import { CBOR, closing, echo, next, publish } from './support.ts'

afterEach(() => {
  vi.useRealTimers()
})

const TIMEOUT = 3_600_000
const options = { serializers: [CBOR], onconnection: echo, timeout: TIMEOUT }
const CLOSED = 'the server was closed'

const toWebSocket = (port: number): Promise<Connection> =>
  connectWebSocket(`ws://127.0.0.1:${port}`, { serializers: [CBOR], timeout: TIMEOUT })
const toRawSocket = (port: number): Promise<Connection> =>
  connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR, timeout: TIMEOUT })

/** What listens. */
const listenerOf = (server: unknown): Server => (server as { readonly _server: Server })._server

describe.each([
  ['WebSocket', () => serveWebSocket(options), toWebSocket],
  ['RawSocket', () => serveRawSocket(options), toRawSocket],
])('a server of %s', (_, serve, connectTo) => {
  test('does not listen after it was closed', async () => {
    const server = serve()
    await server.close()
    await expect(server.listen(0)).rejects.toThrow(CLOSED)
    expect(listenerOf(server).listening).toBe(false)
  })

  test('does not listen when it is closed before it does', async () => {
    const server = serve()
    const listening = server.listen(0)
    const closed = server.close()
    await expect(listening).rejects.toThrow(CLOSED)
    await closed
    expect(listenerOf(server).listening).toBe(false)
  })

  test('does not listen when it is closed while its host is looked up', async () => {
    const server = serve()
    const listening = server.listen(0, 'localhost')
    const closed = server.close()
    await expect(listening).rejects.toThrow(CLOSED)
    await closed
    // The lookup of another one ends later.
    await closing(serve()).listen(0, 'localhost')
    expect(listenerOf(server).listening).toBe(false)
  })

  test('listens once, and a second time is an error that leaves nothing behind', async () => {
    const server = closing(serve())
    const port = await server.listen(0)
    const count = listenerOf(server).listenerCount('error')
    await expect(server.listen(0)).rejects.toThrow('Listen method has been called more than once')
    expect(listenerOf(server).listenerCount('error')).toBe(count)
    expect((await connectTo(port)).isOpen).toBe(true)
  })

  test('listens once, also when the second call comes before the first has found its place', async () => {
    const server = closing(serve())
    const listening = server.listen(0)
    await expect(server.listen(0)).rejects.toThrow('the server has begun to listen already')
    await listening
    expect(listenerOf(server).listenerCount('error')).toBe(1)
  })

  test('says why it cannot listen, and can then listen elsewhere', async () => {
    const [one, other] = [closing(serve()), closing(serve())]
    const port = await one.listen(0)
    await expect(other.listen(port)).rejects.toMatchObject({ code: 'EADDRINUSE' })
    expect((await connectTo(await other.listen(0))).isOpen).toBe(true)
  })

  test('lives on when a connection could not be accepted', async () => {
    const server = closing(serve())
    const port = await server.listen(0)
    listenerOf(server).emit('error', new Error('accept ENFILE'))
    expect((await connectTo(port)).isOpen).toBe(true)
  })

  test('takes no socket after it was closed', async () => {
    const server = serve()
    await server.close()
    const door = listenerOf(closing(serveRawSocket({ ...options })))
    door.removeAllListeners('connection')
    const accepted = once(door, 'connection')
    door.listen(0, '127.0.0.1')
    await once(door, 'listening')
    const socket = connect((door.address() as { port: number }).port, '127.0.0.1')
    const end = once(socket, 'close')
    server.accept((await accepted)[0] as Socket)
    socket.resume()
    await end
    expect(server.connections.size).toBe(0)
  })

  test('and its clients know no time limit of the handshake behind it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const server = closing(serve())
    const client = await connectTo(await server.listen(0))
    vi.advanceTimersByTime(2 * TIMEOUT)
    const came = next(client, 1)
    client.send(publish(1, 5))
    expect((await came)[0]?.equals(publish(1, 5))).toBe(true)
    expect([...server.connections].map(({ isOpen }) => isOpen)).toEqual([true])
  })
})

test('a socket that is closed before the handshake is refused at once', async () => {
  const server = closing(serveRawSocket(options))
  const socket = connect(await server.listen(0), '127.0.0.1')
  await once(socket, 'connect')
  socket.destroy()
  await once(socket, 'close')
  const connecting = connectRawSocket(socket, { serializer: CBOR, timeout: TIMEOUT })
  await expect(connecting).rejects.toThrow('the connection was closed in the RawSocket handshake')
})

test('servers keep no socket that was closed before they took it', async () => {
  const door = closing(serveRawSocket(options))
  const socket = connect(await door.listen(0), '127.0.0.1')
  await once(socket, 'connect')
  socket.destroy()
  await once(socket, 'close')
  for (const server of [closing(serveRawSocket(options)), closing(serveWebSocket(options))]) {
    server.accept(socket)
    expect((server as unknown as { _newcomers: Set<unknown> })._newcomers.size).toBe(0)
  }
})
