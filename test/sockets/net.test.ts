/** RawSocket over TCP, by `wamp-codec/net` at both ends, and by hand where a peer breaks the rules. */
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import {
  Abort,
  EncodeError,
  ErrorMessage,
  type Message,
  ProtocolError,
  Publish,
  WampCodecError,
  Welcome,
} from '../../src/index.ts'
import {
  answerTo,
  type Connection,
  connectRawSocket,
  type RawSocketServer,
  type RawSocketServerOptions,
  serveRawSocket,
} from '../../src/sockets/net.ts'
import {
  BATCHED,
  CBOR,
  closing,
  echo,
  ended,
  JSON_TEXT,
  later,
  next,
  PLAIN,
  pongOf,
  publish,
  rawClient,
  readAll,
} from './support.ts'

afterEach(() => {
  vi.useRealTimers()
})

interface Started {
  readonly server: RawSocketServer
  readonly port: number
}

async function start(options: Partial<RawSocketServerOptions> = {}): Promise<Started> {
  const server = closing(
    serveRawSocket({
      serializers: [...BATCHED, ...PLAIN],
      onconnection: echo,
      timeout: 3_600_000,
      ...options,
    }),
  )
  return { server, port: await server.listen(0) }
}

/** Both ends of one connection. */
async function pair(
  options: Partial<RawSocketServerOptions> = {},
  serializer = CBOR,
): Promise<[client: Connection, server: Connection]> {
  const { promise, resolve } = later<Connection>()
  const { port } = await start({ ...options, onconnection: resolve })
  const client = await connectRawSocket({ port, host: '127.0.0.1' }, { serializer, timeout: 3_600_000 })
  closing({ close: () => client.terminate() })
  return [client, await promise]
}

test.each(PLAIN)('messages in $id arrive in their order, from a few bytes to 300 KB', async (serializer) => {
  const [client, server] = await pair({}, serializer)
  echo(server)
  const sent = [1, 100, 65_530, 300_000, 3].map((length, i) => publish(i + 1, length))
  const came = next(client, sent.length)
  for (const message of sent) client.send(message)
  const messages = await came
  expect(messages.map((message, i) => message.equals(sent[i]))).toEqual(sent.map(() => true))
  expect([client.transport, server.serializer.id]).toEqual(['rawsocket', serializer.id])
})

test('the parts of a message are one frame', async () => {
  const [client, server] = await pair()
  const came = next(server, 1)
  const sent = publish(1, 100_000)
  const received = CBOR.decode(CBOR.encode(sent))
  expect(CBOR.encodeParts(received).length).toBeGreaterThan(1)
  client.sendParts(CBOR.encodeParts(received))
  expect((await came)[0]?.equals(sent)).toBe(true)
})

test('a handshake that comes byte by byte is read, and frames behind it', async () => {
  const { promise, resolve } = later<readonly Message[]>()
  const { port } = await start({
    onconnection: (connection) => {
      next(connection, 1).then(resolve)
    },
  })
  const socket = rawClient(port)
  socket.setNoDelay(true)
  const frame = Buffer.from(CBOR.encode(publish(1, 1)))
  const bytes = Buffer.concat([Buffer.from([0x7f, 0xf3, 0, 0, 0, 0, 0, frame.length]), frame])
  for (const byte of bytes) await new Promise((sent) => socket.write(Uint8Array.of(byte), sent))
  expect((await promise)[0]).toBeInstanceOf(Publish)
})

test('a client that says nothing is cut off after the time limit', async () => {
  const { port } = await start({ timeout: 5, onconnection: () => expect.unreachable() })
  expect(await readAll(rawClient(port))).toBe('')
})

test('connecting to a server that says nothing fails after the time limit', async () => {
  const sockets: Socket[] = []
  const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1')
  closing({ close: () => silent.close() })
  closing({ close: () => sockets.forEach((socket) => void socket.destroy()) })
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  await expect(
    connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR, timeout: 5 }),
  ).rejects.toThrow('the RawSocket handshake took longer than 5 ms')
})

test('connecting to a port where nobody listens fails with the error of the socket', async () => {
  const { server, port } = await start()
  await server.close()
  const connecting = connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR })
  await expect(connecting).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('a client whose serializer the server has not is refused, and learns why', async () => {
  const { port } = await start({ serializers: [JSON_TEXT] })
  await expect(connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR })).rejects.toThrow(
    'the RawSocket connection failed: the serializer is not supported',
  )
})

test('a client beyond the most connections is refused, and those before it are not harmed', async () => {
  const { server, port } = await start({ maxConnections: 1 })
  const first = await connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR })
  await expect(connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR })).rejects.toThrow(
    'too many connections',
  )
  const came = next(first, 1)
  first.send(publish(1, 1))
  expect((await came).length).toBe(1)
  expect(server.connections.size).toBe(1)
})

test('a client that speaks HTTP is cut off without an answer', async () => {
  const { port } = await start()
  const socket = rawClient(port)
  socket.write('GET / HTTP/1.1\r\n\r\n')
  expect(await readAll(socket)).toBe('')
})

test('a frame that breaks the protocol is answered with ABORT, and the connection ends', async () => {
  const [client, server] = await pair()
  const serverEnd = ended(server)
  const clientEnd = ended(client)
  const came = next(client, 1)
  client.sendParts([Uint8Array.of(0x82, 0x18)])
  const [abort] = await came
  expect(abort).toBeInstanceOf(Abort)
  expect((abort as Abort).reason).toBe('wamp.error.protocol_violation')
  expect(await serverEnd).toMatchObject({ code: 1002, error: { code: 'LENGTH_OVERRUN' } })
  expect(await clientEnd).toMatchObject({ code: 1000, error: null })
})

test('a request with a bad URI is answered with ERROR, and the session goes on', async () => {
  const [client, server] = await pair({}, JSON_TEXT)
  const opened = next(client, 1)
  server.send(new Welcome({ session: 1, roles: { broker: {} }, realm: 'realm1', authid: 'a', authrole: 'b' }))
  await opened
  expect([client.isInSession, server.isInSession]).toEqual([true, true])
  const messages: Message[] = []
  server.onmessage = (message) => messages.push(message)
  const came = next(client, 1)
  client.sendParts([Buffer.from('[16, 7, {}, "a b"]')])
  const [error] = (await came) as ErrorMessage[]
  expect(error).toBeInstanceOf(ErrorMessage)
  expect([error?.request_type, error?.request, error?.error]).toEqual([16, 7, 'wamp.error.invalid_uri'])
  const after = next(server, 1)
  client.send(publish(8, 1))
  expect((await after).length).toBe(1)
})

test('before a session a request with a bad URI is answered with ABORT, and the connection ends', async () => {
  const [client, server] = await pair({}, JSON_TEXT)
  const end = ended(server)
  const came = next(client, 1)
  client.sendParts([Buffer.from('[16, 7, {}, "a b"]')])
  const [abort] = (await came) as Abort[]
  expect(abort).toBeInstanceOf(Abort)
  expect(abort?.reason).toBe('wamp.error.invalid_uri')
  expect(await end).toMatchObject({ code: 1002, error: { code: 'BAD_URI' } })
})

test('answerTo sends nothing for what is not the fault of the peer, and takes errors of the codec only', () => {
  const answers = [
    new EncodeError('UNENCODABLE', 'NaN has no JSON form'),
    new WampCodecError('RELEASED', 'the buffer is gone'),
    new ProtocolError('TRUNCATED', 'the bytes end too early'),
  ].map((error) => answerTo(error))
  expect(answers).toEqual([
    { message: null, closeCode: null },
    { message: null, closeCode: 1011 },
    { message: expect.any(Abort), closeCode: 1002 },
  ])
  expect(() => answerTo(new Error('x') as WampCodecError)).toThrow(
    TypeError('answerTo: expected an error of the codec, got a dictionary'),
  )
})

test('the application may answer a bad frame itself', async () => {
  const [client, server] = await pair()
  const refused: unknown[] = []
  server.onerror = (error, answer) => refused.push(error.code, answer.closeCode)
  const came = next(server, 1)
  client.sendParts([Uint8Array.of(0x80)])
  client.send(publish(1, 1))
  await came
  expect(refused).toEqual(['BAD_MESSAGE', 1002])
})

test.each<[string, string, number, string]>([
  ['inside of a string', '[16,1,{},"a.b",["\xff"]]', 1007, 'BAD_UTF8'],
  ['outside of strings', '[48,1,{},"a.b",[\xff]]', 1007, 'BAD_TOKEN'],
  ['nowhere, but an escape is half of a pair', '[48,1,{},"a.b",["\\ud800"]]', 1002, 'BAD_UTF8'],
])('JSON that is not UTF-8 %s ends with the code for it', async (_, text, code, why) => {
  const [client, server] = await pair({}, JSON_TEXT)
  const end = ended(server)
  client.sendParts([Buffer.from(text, 'latin1')])
  expect(await end).toMatchObject({ code, error: { code: why } })
})

test('what a peer sends after a bad frame is not looked at', async () => {
  const [client, server] = await pair()
  const end = ended(server)
  server.onmessage = () => expect.unreachable()
  client.sendParts([Uint8Array.of(0x80)])
  client.send(publish(1, 1))
  expect((await end).error).toMatchObject({ code: 'BAD_MESSAGE' })
})

test('a frame that is longer than the peer takes is refused, and harms nothing', async () => {
  const { promise, resolve } = later<Connection>()
  const { port } = await start({ onconnection: resolve })
  const socket = rawClient(port)
  socket.write(Uint8Array.of(0x7f, 0x03, 0, 0))
  const server = await promise
  expect(server.peerMaxBytes).toBe(512)
  expect(() => server.send(publish(1, 600))).toThrow('the peer takes 512')
  await server.drained()
  expect(server.isOpen).toBe(true)
})

test('a prefix that announces more than we take ends the connection', async () => {
  const { promise, resolve } = later<Connection>()
  const { port } = await start({ onconnection: resolve })
  const socket = rawClient(port)
  socket.write(Uint8Array.of(0x7f, 0xf3, 0, 0, 0x08, 0xff, 0xff, 0xff))
  socket.resume()
  expect(await ended(await promise)).toMatchObject({ code: 1009, error: { code: 'FRAME_TOO_LARGE' } })
})

test('the longest frame that a server announces follows from maxMessageBytes', async () => {
  const [client] = await pair()
  expect(client.peerMaxBytes).toBe(2 ** 24)
})

test('a peer that reads slowly is felt, and catches up', async () => {
  const [client, server] = await pair()
  const count = 100
  client.pause()
  let isDrained = false
  for (let i = 1; i <= count; i++) server.send(publish(i, 100_000))
  const drained = server.drained().then(() => {
    isDrained = true
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(server.bufferedAmount).toBeGreaterThan(1_000_000)
  expect(isDrained).toBe(false)
  const came = next(client, count)
  client.resume()
  await drained
  expect(server.bufferedAmount).toBe(0)
  expect((await came).length).toBe(count)
})

test('a peer that does not read is cut off when too much waits for it', async () => {
  const [client, server] = await pair({ maxBufferedBytes: 1_000_000 })
  client.pause()
  const end = ended(server)
  for (let i = 1; server.isOpen; i++) server.send(publish(i, 100_000))
  expect(await end).toMatchObject({ code: 1006, error: { code: 'MEMORY_LIMIT' } })
  // Nothing waits any more, and nothing happens.
  await server.drained()
  server.send(publish(1, 1))
})

test('a peer that sends PINGs and does not read is cut off', async () => {
  const { promise, resolve } = later<Connection>()
  const { port } = await start({ onconnection: resolve, maxBufferedBytes: 500_000 })
  const socket = rawClient(port)
  socket.write(Uint8Array.of(0x7f, 0xf3, 0, 0))
  socket.pause()
  const end = ended(await promise)
  const ping = Buffer.alloc(4 + 65_536)
  ping.writeUInt32BE(0x01_000000 | 65_536)
  const flood = (): void => {
    while (!socket.destroyed && socket.write(ping)) {}
  }
  socket.on('drain', flood)
  flood()
  expect(await end).toMatchObject({ error: { code: 'MEMORY_LIMIT' } })
})

test('a PING is answered, and its data comes back', async () => {
  const [client] = await pair()
  const pong = pongOf(client)
  client.ping(Uint8Array.of(1, 2, 3))
  expect([...(await pong)]).toEqual([1, 2, 3])
})

test('a peer that does not answer PINGs is cut off, one that does is not', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const connections: Connection[] = []
  const { promise, resolve } = later<void>()
  const { port } = await start({
    pingInterval: 1000,
    onconnection: (connection) => {
      connections.push(connection)
      if (connections.length === 2) resolve()
    },
  })
  await connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR })
  const dead = rawClient(port)
  dead.write(Uint8Array.of(0x7f, 0xf3, 0, 0))
  dead.resume()
  await promise
  const [alive, silent] = connections as [Connection, Connection]
  const end = ended(silent)
  const pong = pongOf(alive)
  vi.advanceTimersByTime(1000)
  await pong
  const timers = vi.getTimerCount()
  vi.advanceTimersByTime(1000)
  expect(await end).toMatchObject({ code: 1006, error: { message: 'the peer was silent for 1000 ms' } })
  expect(alive.isOpen).toBe(true)
  // Nobody asks any more for the one that is gone.
  expect(vi.getTimerCount()).toBe(timers - 1)
})

test('a server that closes ends its connections in order, what was sent before arrives', async () => {
  const { promise, resolve } = later<Connection>()
  const { server, port } = await start({ onconnection: resolve })
  const client = await connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR })
  const end = ended(client)
  const came = next(client, 1)
  ;(await promise).send(publish(1, 300_000))
  await server.close()
  expect((await came).length).toBe(1)
  expect(await end).toMatchObject({ code: 1000, error: null })
  expect(server.connections.size).toBe(0)
})

test('a peer that does not close its side is cut off after the time limit', async () => {
  const { promise, resolve } = later<Connection>()
  const { server, port } = await start({ onconnection: resolve, timeout: 3_600_000 })
  const socket = rawClient(port, true)
  socket.write(Uint8Array.of(0x7f, 0xf3, 0, 0))
  socket.resume()
  const connection = await promise
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const [end, ourEnd] = [ended(connection), once(socket, 'end')]
  connection.close(1000)
  await ourEnd
  vi.advanceTimersByTime(3_599_999)
  for (let i = 0; i < 10; i++) await new Promise(setImmediate)
  expect(server.connections.size).toBe(1)
  vi.advanceTimersByTime(1)
  expect(await end).toMatchObject({ code: 1000 })
})

test.each([
  ['no serializer', { serializers: [] }, 'expected at least one serializer'],
  ['batched serializers only', { serializers: BATCHED }, 'expected at least one serializer'],
  ['no onconnection', { onconnection: undefined }, 'onconnection: expected a function, got undefined'],
  ['no time', { timeout: 0 }, 'timeout is an integer from 1 to 2147483647, got 0'],
  ['a negative interval', { pingInterval: -1 }, 'pingInterval is an integer from 0 to 2147483647, got -1'],
  [
    'a time that no timer has',
    { timeout: 2 ** 31 },
    'timeout is an integer from 1 to 2147483647, got 2147483648',
  ],
  [
    'half a byte',
    { maxBufferedBytes: 0.5 },
    'maxBufferedBytes is an integer from 1 to 9007199254740991, got 0.5',
  ],
  ['an unknown option', { maxBytes: 1 }, 'serveRawSocket: unknown option maxBytes'],
  ['no function', { otherwise: 1 }, 'serveRawSocket: otherwise: expected a function, got 1'],
])('a server with %s is refused when it is made', (_, wrong, text) => {
  const options = { serializers: PLAIN, onconnection: echo, ...wrong } as RawSocketServerOptions
  expect(() => serveRawSocket(options)).toThrow(text)
})
