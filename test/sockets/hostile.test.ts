/** Peers that break the rules of a transport, or that cost more than they send. */
import type { Socket } from 'node:net'
import { expect, test, vi } from 'vitest'
import { Abort, Publish } from '../../src/index.ts'
import {
  type Connection,
  type ConnectionEnd,
  type RawSocketServerOptions,
  serveRawSocket,
} from '../../src/sockets/net.ts'
import { serveWebSocket } from '../../src/sockets/ws.ts'
import { CBOR, closing, JSON_TEXT, later, rawClient, readAll, webClient } from './support.ts'

/** The handshake of a client that speaks JSON, and a prefix of a reserved type. */
const HANDSHAKE = Uint8Array.of(0x7f, 0xf1, 0, 0)
const BAD_PREFIX = Uint8Array.of(0x07, 0, 0, 0)
const TOO_LONG = Uint8Array.of(0x08, 0xff, 0xff, 0xff)
const GOOD = '[16,1,{},"a.b"]'

function frame(text: string): Buffer {
  const bytes = Buffer.from(`....${text}`)
  bytes.writeUInt32BE(bytes.length - 4)
  return bytes
}

/** A server, and a client of it that says `bytes` in one write. */
async function said(
  bytes: readonly Uint8Array[],
  options: Partial<RawSocketServerOptions> = {},
): Promise<[client: Socket, server: Connection]> {
  const { promise, resolve } = later<Connection>()
  const { onconnection, ...others } = options
  const server = closing(
    serveRawSocket({
      serializers: [CBOR, JSON_TEXT],
      timeout: 3_600_000,
      onconnection: (connection, socket) => {
        onconnection?.(connection, socket)
        resolve(connection)
      },
      ...others,
    }),
  )
  const client = rawClient(await server.listen(0))
  client.write(Buffer.concat(bytes))
  return [client, await promise]
}

test.each([
  ['a prefix that breaks the rules', BAD_PREFIX, 1002],
  ['a prefix that announces too much', TOO_LONG, 1009],
])('a message before %s is delivered and answered, then the connection ends', async (_, prefix, code) => {
  const end = later<unknown>()
  const [client] = await said([HANDSHAKE, frame(GOOD), prefix], {
    onconnection: (connection) => {
      connection.onmessage = (message) => connection.send(message)
      connection.onclose = end.resolve
    },
  })
  expect(await readAll(client)).toBe(`\x7f\xf1\0\0\0\0\0\x0f${GOOD}`)
  expect(await end.promise).toMatchObject({ code, error: { name: 'ProtocolError' } })
})

test('a bad message before a prefix that breaks the rules is answered with ABORT', async () => {
  const [client] = await said([HANDSHAKE, frame('x'), BAD_PREFIX])
  expect(await readAll(client)).toMatch(/\[3,.*"wamp\.error\.protocol_violation"\]$/)
})

test('an application may send and ping in any handler, also when a bad prefix has come', async () => {
  const [client, server] = await said([HANDSHAKE, Uint8Array.of(2, 0, 0, 0), frame(GOOD), BAD_PREFIX], {
    onconnection: (connection) => {
      connection.onpong = () => connection.send(new Abort({ reason: 'com.myapp.pong' }))
      connection.onmessage = () => connection.ping()
      connection.onclose = () => connection.send(new Publish({ request: 1, topic: 'a.b' }))
    },
  })
  await readAll(client)
  expect(server.isOpen).toBe(false)
})

const PING = Uint8Array.of(1, 0, 0, 0)

test('the PINGs of a chunk are answered in one write, and answers that wait count for more than their bytes', async () => {
  const opened = later<Socket>()
  const [, server] = await said([HANDSHAKE], {
    maxBufferedBytes: 10_000,
    onconnection: (_, socket) => opened.resolve(socket),
  })
  const socket = await opened.promise
  const end = later<ConnectionEnd>()
  server.onclose = end.resolve
  // The peer takes nothing from now on.
  const write = vi.spyOn(socket, 'write').mockReturnValue(true)
  socket.emit('data', Buffer.concat(Array<Uint8Array>(1000).fill(PING)))
  expect(write.mock.calls.map(([bytes]) => (bytes as Uint8Array).length)).toEqual([4000])
  for (let i = 0; i < 50 && server.isOpen; i++) socket.emit('data', Buffer.from(PING))
  expect(write.mock.calls.length).toBeLessThan(25)
  expect(await end.promise).toMatchObject({ code: 1006, error: { code: 'MEMORY_LIMIT' } })
})

test('a WebSocket message of a length that no number has is too long, like any other', async () => {
  const { promise, resolve } = later<Connection>()
  const server = closing(serveWebSocket({ serializers: [CBOR], onconnection: resolve }))
  const client = webClient(await server.listen(0))
  const end = later<ConnectionEnd>()
  ;(await promise).onclose = end.resolve
  client.write(Buffer.of(0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0))
  expect(await end.promise).toMatchObject({ code: 1009, error: { code: 'FRAME_TOO_LARGE' } })
})
