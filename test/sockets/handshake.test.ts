/** What may happen around the handshake of a connection: bytes that come with it, and peers that take their time. */
import { createHash } from 'node:crypto'
import { createServer, type Server, Socket } from 'node:net'
import { expect, test, vi } from 'vitest'
import { Abort, type Message } from '../../src/index.ts'
import { type Connection, connectRawSocket, serveRawSocket } from '../../src/sockets/net.ts'
import { connectWebSocket, serveWebSocket } from '../../src/sockets/ws.ts'
import { CBOR, closing, ended, JSON_TEXT, later, publish, rawClient, readAll } from './support.ts'

const HANDSHAKE = Uint8Array.of(0x7f, 0xf1, 0, 0)
const GOODBYE = '[16,1,{},"a.b"]'

/** A server that is only TCP. */
async function listening(accept: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    accept(socket)
  })
  closing({
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Frames of RawSocket or WebSocket with a short payload. */
const rawFrame = (payload: Uint8Array): Buffer => Buffer.concat([Buffer.of(0, 0, 0, payload.length), payload])
const webFrame = (payload: Uint8Array): Buffer => Buffer.concat([Buffer.of(0x82, payload.length), payload])

/** What a server of WebSocket answers. */
function switching(request: string): string {
  const key = /sec-websocket-key: (\S+)/i.exec(request)?.[1] ?? ''
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']
  return [...lines, `Sec-WebSocket-Accept: ${accept}`, 'Sec-WebSocket-Protocol: wamp.2.cbor', '', ''].join(
    '\r\n',
  )
}

const MESSAGES = [1, 2].map((request) => CBOR.encode(publish(request, 3)).slice())

/** The requests of two messages that a connection gets whose handlers are set after an await. */
async function requests(connecting: () => Promise<Connection>): Promise<number[]> {
  const connection = closing(await connecting())
  const came: number[] = []
  const { promise, resolve } = later<void>()
  connection.onmessage = (message: Message) => {
    came.push((message as { request?: number }).request as number)
    if (came.length === 2) resolve()
  }
  connection.onclose = () => resolve()
  await promise
  return came
}

test('messages that come with the reply of a RawSocket handshake wait for the handlers', async () => {
  const port = await listening((socket) => {
    socket.write(Buffer.concat([Buffer.of(0x7f, 0xf3, 0, 0), ...MESSAGES.map(rawFrame)]))
  })
  const connect = (): Promise<Connection> =>
    connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR })
  expect(await requests(connect)).toEqual([1, 2])
  // In a function of the application there is one await more.
  expect(await requests(async () => await connect())).toEqual([1, 2])
})

test('messages that come with the reply of a WebSocket handshake wait for the handlers', async () => {
  const port = await listening((socket) => {
    socket.once('data', (data) => {
      socket.write(Buffer.concat([Buffer.from(switching(String(data))), ...MESSAGES.map(webFrame)]))
    })
  })
  const connect = (): Promise<Connection> =>
    connectWebSocket(`ws://127.0.0.1:${port}`, { serializers: [CBOR] })
  expect(await requests(connect)).toEqual([1, 2])
  expect(await requests(async () => await connect())).toEqual([1, 2])
})

test('a connection that is paused at once gets nothing before it is resumed', async () => {
  const port = await listening((socket) => {
    socket.once('data', (data) => {
      socket.write(Buffer.concat([Buffer.from(switching(String(data))), ...MESSAGES.map(webFrame)]))
    })
  })
  const connection = closing(await connectWebSocket(`ws://127.0.0.1:${port}`, { serializers: [CBOR] }))
  const came: Message[] = []
  const { promise, resolve } = later<void>()
  connection.onmessage = (message) => {
    came.push(message)
    if (came.length === 2) resolve()
  }
  connection.pause()
  for (let i = 0; i < 5; i++) await new Promise(setImmediate)
  expect(came).toEqual([])
  connection.resume()
  await promise
})

test.each<[string, (connection: Connection) => void, string]>([
  ['sends', (connection) => connection.send(publish(1, 0)), '\0\0\0\x26[16,1,{},"com.myapp.hello",["",1]]'],
  ['pings', (connection) => connection.ping(Buffer.from('x')), '\x01\0\0\x01x'],
  ['closes', () => {}, ''],
  [
    'answers',
    (connection) => connection.answer({ message: new Abort({ reason: 'a.b' }), closeCode: 1008 }),
    '',
  ],
])('a RawSocket server that %s in onconnection has replied to the handshake before', async (_, act, sent) => {
  const server = closing(
    serveRawSocket({
      serializers: [JSON_TEXT],
      timeout: 3_600_000,
      onconnection: (connection) => {
        act(connection)
        connection.close()
      },
    }),
  )
  const client = rawClient(await server.listen(0))
  client.write(HANDSHAKE)
  const all = await readAll(client)
  expect(all.slice(0, 4)).toBe('\x7f\xf1\0\0')
  if (sent !== '') expect(all.slice(4, 8)).toBe(`${sent.slice(0, 3)}${String.fromCharCode(all.length - 8)}`)
})

test('no connection gets past maxConnections by a handshake in two parts', async () => {
  const { promise, resolve } = later<void>()
  const server = closing(
    serveRawSocket({
      serializers: [JSON_TEXT],
      maxConnections: 2,
      timeout: 3_600_000,
      onconnection: () => {
        if (server.connections.size === 2) resolve()
      },
    }),
  )
  const port = await server.listen(0)
  const clients = Array.from({ length: 5 }, () => rawClient(port))
  const replies = clients.map(readAll)
  for (const client of clients) client.write(HANDSHAKE.subarray(0, 1))
  // All first octets are there before the first handshake is whole.
  await Promise.all(clients.map((client) => new Promise((sent) => client.write('', sent))))
  while ((await count(server)) < 5) await new Promise(setImmediate)
  for (const client of clients) client.write(HANDSHAKE.subarray(1))
  await promise
  const refused = await Promise.race([
    Promise.all(replies).then(() => []),
    new Promise<string[]>((done) => {
      const texts: string[] = []
      for (const reply of replies) {
        reply.then((text) => {
          texts.push(text)
          if (texts.length === 3) done(texts)
        })
      }
    }),
  ])
  expect(refused).toEqual(['\x7f\x40\0\0', '\x7f\x40\0\0', '\x7f\x40\0\0'])
  expect(server.connections.size).toBe(2)
})

/** Sockets that a server has. */
function count(server: object): Promise<number> {
  const { _server } = server as { _server: Server }
  return new Promise((resolve, reject) => {
    _server.getConnections((error, sockets) => (error ? reject(error) : resolve(sockets)))
  })
}

test.each<[string, string]>([
  ['the head', 'HTTP/1.1 101 Switching Protocols\r\n'],
  ['the text of a refusal', 'HTTP/1.1 400 Bad Request\r\nContent-Length: 100000\r\n\r\n'],
])('a WebSocket server that sends %s byte by byte for ever is given up', async (_, begin) => {
  const port = await listening((socket) => {
    socket.once('data', () => {
      socket.write(begin)
      const drip = setInterval(() => socket.write('x'), 20)
      socket.on('close', () => clearInterval(drip))
    })
  })
  const connecting = connectWebSocket(`ws://127.0.0.1:${port}`, { serializers: [CBOR], timeout: 200 })
  await expect(connecting).rejects.toThrow('the WebSocket handshake took longer than 200 ms')
})

test('a connection waits for no acknowledgement before it sends the next message', async () => {
  const noDelay = vi.spyOn(Socket.prototype, 'setNoDelay')
  const server = closing(serveRawSocket({ serializers: [CBOR], onconnection: () => {} }))
  const port = await server.listen(0)
  const client = closing(await connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR }))
  expect(noDelay.mock.calls).toEqual([[true], [true]])
  noDelay.mockRestore()
  client.close()
})

test.each([
  ['RawSocket', serveRawSocket],
  ['WebSocket', serveWebSocket],
])('a server of %s that was closed takes no connection more', async (_, serve) => {
  const made: Connection[] = []
  const options = { serializers: [CBOR], onconnection: (connection: Connection) => made.push(connection) }
  const server = (serve as typeof serveRawSocket)(options)
  const accepted = later<Socket>()
  const port = await listening(accepted.resolve)
  const connecting =
    _ === 'RawSocket'
      ? connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR })
      : connectWebSocket(`ws://127.0.0.1:${port}`, { serializers: [CBOR] })
  await server.close()
  server.accept(await accepted.promise)
  await expect(connecting).rejects.toThrow()
  expect([made.length, server.connections.size]).toEqual([0, 0])
})

test('a peer that ends in the middle of a frame has not ended in order', async () => {
  const { promise, resolve } = later<Connection>()
  const server = closing(serveRawSocket({ serializers: [JSON_TEXT], onconnection: resolve }))
  const client = rawClient(await server.listen(0))
  client.write(HANDSHAKE)
  const end = ended(await promise)
  client.end(Buffer.concat([rawFrame(Buffer.from(GOODBYE)), Buffer.of(0, 0, 0)]))
  expect(await end).toMatchObject({
    code: 1006,
    error: { message: expect.stringContaining('middle of a frame') },
  })
})
