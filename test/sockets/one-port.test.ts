/** WebSocket and RawSocket on one port: the first octet decides. */
import { once } from 'node:events'
import { get } from 'node:http'
import { expect, test } from 'vitest'
import { connectRawSocket, serveRawSocket } from '../../src/sockets/net.ts'
import { connectWebSocket, serveWebSocket } from '../../src/sockets/ws.ts'
import { CBOR, closing, echo, JSON_TEXT, next, publish, rawClient, readAll } from './support.ts'

async function start(timeout: number = 3_600_000): Promise<number> {
  const shared = { serializers: [CBOR, JSON_TEXT], onconnection: echo, timeout }
  const webSocket = closing(serveWebSocket(shared))
  const rawSocket = closing(serveRawSocket({ ...shared, otherwise: (socket) => webSocket.accept(socket) }))
  return rawSocket.listen(0)
}

test('clients of both transports talk to one port', async () => {
  const port = await start()
  const clients = [
    await connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR }),
    await connectWebSocket(`ws://127.0.0.1:${port}`, { serializers: [JSON_TEXT] }),
    await connectRawSocket({ port, host: '127.0.0.1' }, { serializer: JSON_TEXT }),
    await connectWebSocket(`ws://127.0.0.1:${port}`, { serializers: [CBOR] }),
  ]
  for (const [i, client] of clients.entries()) {
    closing({ close: () => client.terminate() })
    const came = next(client, 1)
    client.send(publish(i + 1, 100_000))
    expect((await came)[0]?.equals(publish(i + 1, 100_000))).toBe(true)
  }
  expect(clients.map(({ transport }) => transport)).toEqual([
    'rawsocket',
    'websocket',
    'rawsocket',
    'websocket',
  ])
})

test('a request that comes byte by byte is whole', async () => {
  const port = await start()
  const socket = rawClient(port)
  socket.setNoDelay(true)
  const answer = once(socket, 'data')
  for (const byte of Buffer.from('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')) {
    await new Promise((sent) => socket.write(Uint8Array.of(byte), sent))
  }
  expect(String(await answer)).toMatch(/^HTTP\/1\.1 426 Upgrade Required\r\n/)
})

test('a page that is asked for is answered with 426', async () => {
  const [response] = await once(get({ port: await start(), host: '127.0.0.1' }), 'response')
  response.resume()
  expect(response.statusCode).toBe(426)
})

test.each(['', 'G', 'GET / HTTP/1.1\r\nHost'])(
  'a client that says %j is cut off after the time limit',
  async (said) => {
    const socket = rawClient(await start(5))
    socket.write(said)
    expect(await readAll(socket)).toBe('')
  },
)

test('bytes that are neither are cut off', async () => {
  const socket = rawClient(await start())
  socket.write(Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7))
  expect(await readAll(socket)).toMatch(/^(HTTP\/1\.1 400 Bad Request\r\n|$)/)
})
