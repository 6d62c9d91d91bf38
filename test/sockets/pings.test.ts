/** PINGs over both transports: what they count for, how long they may be, and whom they cut off. */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Connection, type ConnectionOptions, serveRawSocket } from '../../src/sockets/net.ts'
import { serveWebSocket } from '../../src/sockets/ws.ts'
import { CBOR, closing, ended, later, pongOf, rawClient, webClient } from './support.ts'

afterEach(() => {
  vi.useRealTimers()
})

interface Opened {
  /** The client, after the reply to its handshake. */
  readonly client: Socket
  readonly server: Connection
  /** The server's end. */
  readonly socket: Socket
}

async function webSockets(options: ConnectionOptions): Promise<Opened> {
  const { promise, resolve } = later<Omit<Opened, 'client'>>()
  const onconnection = (server: Connection, { socket }: IncomingMessage): void => resolve({ server, socket })
  const listening = closing(serveWebSocket({ serializers: [CBOR], onconnection, ...options }))
  const client = webClient(await listening.listen(0))
  await once(client, 'data')
  return { client, ...(await promise) }
}

async function rawSockets(options: ConnectionOptions): Promise<Opened> {
  const { promise, resolve } = later<Omit<Opened, 'client'>>()
  const onconnection = (server: Connection, socket: Socket): void => resolve({ server, socket })
  const listening = closing(serveRawSocket({ serializers: [CBOR], onconnection, ...options }))
  const client = rawClient(await listening.listen(0))
  client.write(Uint8Array.of(0x7f, 0xf3, 0, 0))
  await once(client, 'data')
  return { client, ...(await promise) }
}

/** What the client sees next: a PING, or the end. */
function seen(client: Socket): Promise<string> {
  return Promise.race([
    once(client, 'data').then(([bytes]) => (bytes as Buffer).toString('hex')),
    once(client, 'end').then(() => 'the end'),
  ])
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

describe.each([
  ['WebSocket', webSockets, '8900', Uint8Array.of(0x8a, 0x80, 0, 0, 0, 0)],
  ['RawSocket', rawSockets, '01000000', Uint8Array.of(2, 0, 0, 0)],
] as const)('over %s', (_, open, ping, pong) => {
  test('a PONG that has come and is not read yet counts', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { client } = await open({ pingInterval: 1000 })
    let next = seen(client)
    vi.advanceTimersByTime(1000)
    expect(await next).toBe(ping)
    for (let i = 0; i < 3; i++) {
      next = seen(client)
      client.write(pong)
      // The loop reads sockets after this: as if the process had been busy since the PONG came.
      await turn()
      vi.advanceTimersByTime(1000)
      expect(await next).toBe(ping)
    }
  })

  test('a PING that leaves late has the whole interval for its answer', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { client, server } = await open({ pingInterval: 1000 })
    const next = seen(client)
    vi.advanceTimersByTime(1000)
    // The process is busy until the next one is nearly due.
    vi.advanceTimersByTime(999)
    expect(await next).toBe(ping)
    vi.advanceTimersByTime(1)
    await turn()
    expect(server.isOpen).toBe(true)
    const later = seen(client)
    vi.advanceTimersByTime(999)
    expect(await later).toBe('the end')
  })

  test('a peer that was not listened to gets a PING before it is cut off', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { client, server } = await open({ pingInterval: 1000 })
    const end = ended(server)
    let next = seen(client)
    vi.advanceTimersByTime(1000)
    expect(await next).toBe(ping)
    server.pause()
    for (let i = 0; i < 3; i++) {
      vi.advanceTimersByTime(1000)
      await turn()
    }
    server.resume()
    next = seen(client)
    vi.advanceTimersByTime(1000)
    expect(await next).toBe(ping)
    next = seen(client)
    vi.advanceTimersByTime(1000)
    expect(await next).toBe('the end')
    expect((await end).error?.message).toBe('the peer was silent for 1000 ms')
  })

  test('a PING that waits is what `drained` waits for', async () => {
    const { server, socket } = await open({})
    socket.cork()
    server.ping(new Uint8Array(125))
    let isDrained = false
    const drained = server.drained().then(() => {
      isDrained = true
    })
    await turn()
    expect([isDrained, server.bufferedAmount > 125]).toEqual([false, true])
    socket.uncork()
    await drained
    expect(server.bufferedAmount).toBe(0)
  })

  test('PINGs that wait cut off a peer as other frames do', async () => {
    const { server, socket } = await open({ maxBufferedBytes: 10_000 })
    const end = ended(server)
    socket.cork()
    let count = 0
    while (server.isOpen && count < 100) {
      server.ping()
      count++
    }
    // Each costs 500 bytes and its own.
    expect(count).toBe(20)
    expect(await end).toMatchObject({ code: 1006, error: { code: 'MEMORY_LIMIT' } })
    server.ping()
  })

  test('a PING has at most 125 bytes, and nothing but bytes', async () => {
    const { client, server } = await open({})
    const next = seen(client)
    expect(() => server.ping(new Uint8Array(126))).toThrow(
      RangeError('ping: the data has at most 125 bytes, got 126'),
    )
    expect(() => server.ping('text' as never)).toThrow(TypeError)
    const gone = new Uint8Array(5)
    structuredClone(gone, { transfer: [gone.buffer] })
    expect(() => server.ping(gone)).toThrow(TypeError)
    expect(server.bufferedAmount).toBe(0)
    await server.drained()
    server.ping(Buffer.alloc(125))
    expect((await next).length / 2).toBe(ping.length / 2 + 125)
  })
})

test('a stream that does not count its bytes is judged by those that come', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const { promise, resolve } = later<Connection>()
  const server = serveWebSocket({ serializers: [CBOR], onconnection: resolve, pingInterval: 1000 })
  const http = createServer()
  http.on('upgrade', (request, socket, head) => {
    server.upgrade(request, Duplex.from({ readable: socket, writable: socket }), head)
  })
  closing({ close: () => http.close() })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const client = webClient((http.address() as AddressInfo).port)
  await once(client, 'data')
  const end = ended(await promise)
  for (let i = 0; i < 3; i++) {
    const next = seen(client)
    vi.advanceTimersByTime(1000)
    expect(await next).toBe('8900')
    const pong = pongOf(await promise)
    client.write(Uint8Array.of(0x8a, 0x80, 0, 0, 0, 0))
    await pong
  }
  const next = seen(client)
  vi.advanceTimersByTime(1000)
  expect(await next).toBe('8900')
  vi.advanceTimersByTime(1000)
  expect((await end).error?.message).toBe('the peer was silent for 1000 ms')
})
