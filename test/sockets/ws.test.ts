/** WebSocket by `wamp-codec/ws` at both ends, and the bare package `ws` where a peer breaks the rules. */
import { once } from 'node:events'
import { createServer, get } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'
import { Abort, createCodec, EventMessage, type Message, type Serializer } from '../../src/index.ts'
import {
  type Connection,
  connectWebSocket,
  serveWebSocket,
  type WebSocketServer,
  type WebSocketServerOptions,
} from '../../src/sockets/ws.ts'
import {
  BATCHED,
  CBOR,
  closing,
  echo,
  ended,
  JSON_TEXT,
  LIST,
  later,
  next,
  PLAIN,
  pongOf,
  publish,
  rawClient,
  readAll,
} from './support.ts'

const ALL = [...PLAIN, ...BATCHED]
const UBJSON = createCodec().serializer('ubjson')

afterEach(() => {
  vi.useRealTimers()
})

interface Started {
  readonly server: WebSocketServer
  readonly port: number
  readonly url: string
}

async function start(options: Partial<WebSocketServerOptions> = {}): Promise<Started> {
  const server = closing(
    serveWebSocket({ serializers: ALL, onconnection: echo, timeout: 3_600_000, ...options }),
  )
  const port = await server.listen(0)
  return { server, port, url: `ws://127.0.0.1:${port}` }
}

/** Both ends of one connection. */
async function pair(
  options: Partial<WebSocketServerOptions> = {},
  serializer = CBOR,
): Promise<[client: Connection, server: Connection]> {
  const { promise, resolve } = later<Connection>()
  const { url } = await start({ ...options, onconnection: resolve })
  const compression = options.compression ?? false
  const client = await connectWebSocket(url, { serializers: [serializer], compression })
  closing({ close: () => client.terminate() })
  return [client, await promise]
}

/** A client of the package ws, and the server's end. */
async function bare(
  protocol: string,
  options: Partial<WebSocketServerOptions> = {},
  clientOptions: ClientOptions = {},
): Promise<[socket: WebSocket, server: Connection]> {
  const { promise, resolve } = later<Connection>()
  const { url } = await start({ ...options, onconnection: resolve })
  const socket = new WebSocket(url, protocol, clientOptions)
  closing({ close: () => socket.terminate() })
  await once(socket, 'open')
  return [socket, await promise]
}

/** The status and the text of a refused upgrade. */
async function refusal(
  url: string,
  protocols: string[],
  options: ClientOptions = {},
): Promise<[number?, string?]> {
  const socket = new WebSocket(url, protocols, options)
  socket.on('error', () => {})
  const [, response] = await once(socket, 'unexpected-response')
  let text = ''
  for await (const chunk of response) text += chunk
  return [response.statusCode, text]
}

test.each(ALL)('messages in $id arrive in their order, from a few bytes to 300 KB', async (serializer) => {
  const [client, server] = await pair({}, serializer)
  echo(server)
  const sent = [1, 100, 65_530, 300_000, 3].map((length, i) => publish(i + 1, length))
  const came = next(client, sent.length)
  for (const message of sent) client.send(message)
  const messages = await came
  expect(messages.map((message, i) => message.equals(sent[i]))).toEqual(sent.map(() => true))
  expect([client.transport, server.serializer.id]).toEqual(['websocket', serializer.id])
})

test.each(ALL)('frames of $id are of its kind, small, in parts and in fragments', async (serializer) => {
  const [socket, server] = await bare(serializer.subprotocol)
  const kinds: [boolean, number][] = []
  const all = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer, isBinary) => {
      kinds.push([isBinary, (serializer.decode(data) as Message & { request: number }).request])
      if (kinds.length === 3) resolve()
    })
  })
  const received = [publish(2, 50_000), publish(3, 100_000)].map((message) =>
    serializer.decode(serializer.encode(message)),
  )
  server.send(publish(1, 10))
  for (const message of received) server.sendParts(serializer.encodeParts(message))
  await all
  expect(kinds).toEqual([1, 2, 3].map((request) => [serializer.isBinary, request]))
})

test.each([0, 100_000])(
  'parts whose buffer was detached are refused, beside %i bytes more',
  async (length) => {
    const [client, server] = await pair()
    const came = next(server, 1)
    const gone = CBOR.encode(publish(1, 10)).slice()
    structuredClone(gone, { transfer: [gone.buffer] })
    expect(() => client.sendParts([new Uint8Array(length), gone])).toThrow(
      new TypeError('the bytes of a frame are gone: their buffer was detached'),
    )
    client.send(publish(2, 10))
    expect((await came)[0]).toMatchObject({ request: 2 })
  },
)

test('the order of the server decides, or that of the client', async () => {
  const first = await start({ serializers: [CBOR, JSON_TEXT] })
  const second = await start({ serializers: [CBOR, JSON_TEXT], priority: 'client' })
  const chosen: string[] = []
  for (const { url } of [first, second]) {
    const client = await connectWebSocket(url, { serializers: [JSON_TEXT, CBOR] })
    chosen.push(client.serializer.id)
    client.close()
  }
  expect(chosen).toEqual(['cbor', 'json'])
})

test('a client that has two dialects of one subprotocol offers it once, and gets the first', async () => {
  const { url } = await start()
  const serializers = [UBJSON, createCodec().serializer('ubjson', { ubjsonDialect: 'draft12' })]
  const client = await connectWebSocket(url, { serializers })
  expect(client.serializer).toBe(UBJSON)
  client.close()
})

test.each([[['soap', 'wamp.2.msgpack']], [[]]])(
  'a client that offers %j is answered with 400, and what there is',
  async (protocols) => {
    const { url, server } = await start({ serializers: [CBOR, JSON_TEXT] })
    const [status, text] = await refusal(url, protocols)
    expect(status).toBe(400)
    expect(text).toBe('no subprotocol of the request is supported, only wamp.2.cbor, wamp.2.json')
    expect(server.connections.size).toBe(0)
  },
)

test('a request that is not allowed is answered with 403', async () => {
  const { url } = await start({ allow: ({ headers }) => headers.origin === undefined })
  expect(await refusal(url, ['wamp.2.cbor'], { origin: 'https://evil.example' })).toEqual([
    403,
    'this origin or request is not allowed',
  ])
  const client = await connectWebSocket(url, { serializers: [CBOR] })
  expect(client.isOpen).toBe(true)
  client.close()
})

test('only true lets a client in: a promise does not', async () => {
  const allow = (async () => true) as unknown as () => boolean
  const { url, server } = await start({ allow })
  await expect(connectWebSocket(url, { serializers: [CBOR] })).rejects.toThrow(
    'the server refused the WebSocket connection with status 403: this origin or request is not allowed',
  )
  expect(server.connections.size).toBe(0)
})

test('a server is refused whose answer to the handshake has no text, or very much', async () => {
  let text = ''
  const server = createServer((_request, response) => response.writeHead(404).end(text))
  server.on('upgrade', (_request, socket) => {
    // The client hangs up as soon as it has read enough.
    socket.on('error', () => {})
    socket.end(`HTTP/1.1 404 Not Found\r\nContent-Length: ${text.length}\r\n\r\n${text}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing(server)
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
  const refused = 'the server refused the WebSocket connection with status 404: '
  await expect(connectWebSocket(url, { serializers: [CBOR] })).rejects.toThrow(Error(`${refused}Not Found`))
  text = 'x'.repeat(100_000)
  await expect(connectWebSocket(url, { serializers: [CBOR] })).rejects.toThrow(
    Error(`${refused}${'x'.repeat(200)}`),
  )
})

test('what cannot be used rejects, with the name of the function', async () => {
  const wrong = [['json'], 'json', []] as unknown as (readonly Serializer[])[]
  for (const serializers of wrong) {
    await expect(connectWebSocket('ws://127.0.0.1', { serializers })).rejects.toThrow(/^connectWebSocket: /)
    expect(() => serveWebSocket({ serializers, onconnection: () => {} })).toThrow(/^serveWebSocket: /)
  }
  const unknown = { serializers: [CBOR], timout: 1 }
  await expect(connectWebSocket('ws://127.0.0.1', unknown)).rejects.toThrow('unknown option timout')
})

test('further options reach the package ws', async () => {
  const origins: unknown[] = []
  const { url } = await start({ allow: ({ headers }) => origins.push(headers.origin) > 0 })
  const client = await connectWebSocket(url, { serializers: [CBOR], ws: { origin: 'https://good.example' } })
  client.close()
  expect(origins).toEqual(['https://good.example'])
})

test('a client beyond the most connections is answered with 503', async () => {
  const { url } = await start({ maxConnections: 1 })
  const client = await connectWebSocket(url, { serializers: [CBOR] })
  expect(await refusal(url, ['wamp.2.cbor'])).toEqual([503, 'there are too many connections'])
  client.close()
})

test('a page that is asked for is answered with 426', async () => {
  const { port } = await start()
  const [response] = await once(get({ port, host: '127.0.0.1' }), 'response')
  response.resume()
  expect([response.statusCode, response.headers.upgrade]).toEqual([426, 'websocket'])
})

test('connecting fails with the answer of the server, or with the error of the socket', async () => {
  const { url, server } = await start({ serializers: [CBOR] })
  await expect(connectWebSocket(url, { serializers: [JSON_TEXT] })).rejects.toThrow('400')
  await server.close()
  await expect(connectWebSocket(url, { serializers: [CBOR] })).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('a client that says nothing is cut off after the time limit', async () => {
  const { port } = await start({ timeout: 5 })
  expect(await readAll(rawClient(port))).toBe('')
})

test('a client that stops inside of its request is cut off after the time limit', async () => {
  const { port } = await start({ timeout: 5 })
  const socket = rawClient(port)
  socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: web')
  expect(await readAll(socket)).toBe('')
})

test('an HTTP server of the application hands its upgrades over', async () => {
  const { server } = await start({ serializers: [CBOR] })
  const http = createServer((_request, response) => response.end('a page'))
  http.on('upgrade', (request, socket, head) => server.upgrade(request, socket, head))
  http.listen(0, '127.0.0.1')
  closing({ close: () => http.close() })
  await once(http, 'listening')
  const client = await connectWebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`, {
    serializers: [CBOR],
  })
  const came = next(client, 1)
  client.send(publish(1, 1))
  expect((await came)[0]?.equals(publish(1, 1))).toBe(true)
  client.close()
})

const BROKEN: [string, string, string | Buffer, number, string][] = [
  ['a message that breaks the protocol', 'wamp.2.json', '[16]', 1002, 'BAD_MESSAGE'],
  ['a list without an end', 'wamp.2.cbor', Buffer.from([0x9f, 0x10]), 1002, 'TRUNCATED'],
  ['an empty message', 'wamp.2.cbor', Buffer.alloc(0), 1002, 'TRUNCATED'],
  ['text for a binary serializer', 'wamp.2.cbor', '[16, 1, {}, "a.b"]', 1003, 'BAD_MESSAGE'],
  ['bytes for JSON', 'wamp.2.json', Buffer.from('[16, 1, {}, "a.b"]'), 1003, 'BAD_MESSAGE'],
  ['an empty batch', 'wamp.2.cbor.batched', Buffer.alloc(0), 1002, 'BATCH_LENGTH'],
]

test.each(BROKEN)(
  '%s is answered with ABORT and the close code that fits',
  async (_, protocol, data, code, why) => {
    const [socket, server] = await bare(protocol)
    const end = ended(server)
    const messages: Message[] = []
    socket.on('message', (bytes: Buffer) => messages.push(server.serializer.decode(bytes)))
    const closed = once(socket, 'close')
    socket.send(data)
    const [closeCode, reason] = await closed
    expect([closeCode, String(reason)]).toEqual([code, 'wamp.error.protocol_violation'])
    expect(messages).toEqual([expect.any(Abort)])
    expect(await end).toMatchObject({ code, error: { code: why } })
  },
)

test.each<[string, string, number, string]>([
  ['inside of a string', '[16,1,{},"a.b",["\xff"]]', 1007, 'BAD_UTF8'],
  ['outside of strings', '[48,1,{},"a.b",[\xff]]', 1007, 'BAD_TOKEN'],
  ['nowhere, but an escape is half of a pair', '[48,1,{},"a.b",["\\ud800"]]', 1002, 'BAD_UTF8'],
  ['nowhere, but it is no message', '[48,1,{},"a.b",[x]]', 1002, 'BAD_TOKEN'],
])('a text frame that is not UTF-8 %s is answered with the code for it', async (_, text, code, why) => {
  const [socket, server] = await bare('wamp.2.json')
  const end = ended(server)
  const closed = once(socket, 'close')
  socket.send(Buffer.from(text, 'latin1'), { binary: false })
  expect((await closed)[0]).toBe(code)
  expect(await end).toMatchObject({ code, error: { code: why } })
})

test('text that is not UTF-8 in a binary frame is answered with 1007', async () => {
  const [socket, server] = await bare('wamp.2.cbor')
  const end = ended(server)
  socket.send(Buffer.from('85183001a063612e628161ff', 'hex'))
  expect(await end).toMatchObject({ code: 1007, error: { code: 'BAD_UTF8' } })
})

test('a message that is longer than maxMessageBytes is refused at its head', async () => {
  const small = createCodec({ maxMessageBytes: 1000 })
  const [socket, server] = await bare('wamp.2.cbor', { serializers: [small.serializer('cbor')] })
  const end = ended(server)
  const closed = once(socket, 'close')
  socket.send(Buffer.alloc(1001))
  expect((await closed)[0]).toBe(1009)
  expect(await end).toMatchObject({
    code: 1009,
    error: {
      code: 'FRAME_TOO_LARGE',
      message: 'cannot decode a message from cbor: it has more than 1000 bytes',
    },
  })
})

test('compression is used when both ends want it, and by default not at all', async () => {
  const [client, server] = await pair({ compression: true }, JSON_TEXT)
  echo(server)
  const came = next(client, 1)
  client.send(publish(1, 10_000))
  expect((await came)[0]?.equals(publish(1, 10_000))).toBe(true)
  const agreed: (string | undefined)[] = []
  for (const compression of [true, false]) {
    const socket = new WebSocket((await start({ compression })).url, 'wamp.2.json')
    const [response] = await once(socket, 'upgrade')
    agreed.push(response.headers['sec-websocket-extensions'])
    socket.terminate()
  }
  // The server keeps no state between messages, and asks the client for the same.
  const extension = 'permessage-deflate; server_no_context_takeover; client_no_context_takeover'
  expect(agreed).toEqual([extension, undefined])
})

test.each([
  [true, 1],
  [false, 0],
])('a frame with a large part is compressed as any other: %s', async (compression, isShort) => {
  const { promise, resolve } = later<Socket>()
  const { url } = await start({
    compression,
    onconnection: (server, { socket }) => {
      resolve(socket)
      echo(server)
    },
  })
  const client = await connectWebSocket(url, { serializers: [CBOR], compression })
  const event = new EventMessage({ subscription: 1, publication: 2, args: ['x'.repeat(200_000)] })
  const parts = CBOR.encodeParts(event)
  const came = next(client, 1)
  client.sendParts(parts)
  expect((await came)[0]?.equals(event)).toBe(true)
  expect(Number((await promise).bytesRead < 10_000)).toBe(isShort)
  client.close()
})

test('a small message that inflates to more than maxMessageBytes is refused', async () => {
  const small = createCodec({ maxMessageBytes: 100_000 })
  const options = { serializers: [small.serializer('json')], compression: true }
  const [socket, server] = await bare('wamp.2.json', options)
  const end = ended(server)
  const closed = once(socket, 'close')
  socket.send('x'.repeat(10_000_000))
  expect((await closed)[0]).toBe(1009)
  expect(await end).toMatchObject({ code: 1009, error: { code: 'FRAME_TOO_LARGE' } })
})

test('a peer that reads slowly is felt, and catches up', async () => {
  const [client, server] = await pair()
  const count = 100
  client.pause()
  for (let i = 1; i <= count; i++) server.send(publish(i, 100_000))
  const drained = server.drained()
  await new Promise((resolve) => setImmediate(resolve))
  expect(server.bufferedAmount).toBeGreaterThan(1_000_000)
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
  await server.drained()
})

test('a PING is answered, and its data comes back', async () => {
  const [client] = await pair()
  const pong = pongOf(client)
  client.ping(Uint8Array.of(1, 2, 3))
  expect([...(await pong)]).toEqual([1, 2, 3])
})

test('a peer that does not answer PINGs is cut off, one that does is not', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const [dead, silent] = await bare('wamp.2.cbor', { pingInterval: 1000 }, { autoPong: false })
  const [, alive] = await bare('wamp.2.cbor', { pingInterval: 1000 })
  const end = ended(silent)
  const closed = once(dead, 'close')
  const pong = pongOf(alive)
  vi.advanceTimersByTime(1000)
  await pong
  vi.advanceTimersByTime(1000)
  expect(await end).toMatchObject({ error: { message: 'the peer was silent for 1000 ms' } })
  expect((await closed)[0]).toBe(1006)
  expect(alive.isOpen).toBe(true)
})

test('a server that closes tells its clients 1001, what was sent before arrives', async () => {
  const { promise, resolve } = later<Connection>()
  const { server, url } = await start({ onconnection: resolve })
  const client = await connectWebSocket(url, { serializers: [CBOR] })
  const end = ended(client)
  const came = next(client, 1)
  ;(await promise).send(publish(1, 300_000))
  await server.close()
  expect((await came).length).toBe(1)
  expect(await end).toEqual({ code: 1001, reason: '', error: null })
  expect(server.connections.size).toBe(0)
})

test('an end that the peer has caused by cutting the line is 1006', async () => {
  const [client, server] = await pair()
  const end = ended(server)
  client.terminate()
  expect((await end).code).toBe(1006)
})

test('an application that closes gives code and reason to the peer', async () => {
  const [client, server] = await pair({}, LIST[0])
  const end = ended(server)
  client.close(4000, 'bored')
  expect(await end).toEqual({ code: 4000, reason: 'bored', error: null })
})

test.each([
  ['no serializer', { serializers: [] }, 'expected at least one serializer'],
  ['no onconnection', { onconnection: null }, 'onconnection: expected a function, got null'],
  ['an unknown priority', { priority: 'best' }, 'priority'],
  ['no boolean', { compression: 1 }, 'serveWebSocket: compression: expected a boolean, got 1'],
  ['an unknown option', { perMessageDeflate: true }, 'serveWebSocket: unknown option perMessageDeflate'],
])('a server with %s is refused when it is made', (_, wrong, text) => {
  const options = { serializers: ALL, onconnection: echo, ...wrong } as WebSocketServerOptions
  expect(() => serveWebSocket(options)).toThrow(text)
})
