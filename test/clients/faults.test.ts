/** What the clients do, on their adapters, with a frame that cannot be read and with a value that cannot be written. */
import { once } from 'node:events'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { autobahnOptions } from '../../src/clients/autobahn.ts'
import { wampy, wampyOptions } from '../../src/clients/wampy.ts'
import { createCodec, type ProtocolError } from '../../src/index.ts'
import { joinAutobahn22With, joinAutobahn26With } from './peer-autobahn.ts'
import { startRouter } from './router.ts'

const codec = createCodec()
const lists = codec.lists('cbor', autobahnOptions('cbor'))
const WELCOME = [2, 1, { roles: { broker: { features: {} }, dealer: { features: {} } } }]

/** Lets everybody in; the test has the other end of the connection. */
let server: WebSocketServer
let url: string

beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.on('connection', (socket) => {
    socket.once('message', () => socket.send(lists.encode(WELCOME)))
  })
  await once(server, 'listening')
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(async () => {
  for (const socket of server.clients) socket.terminate()
  await new Promise((done) => server.close(done))
})

/** The router's end of the only connection. */
function routersEnd(): WebSocket {
  const [socket] = server.clients
  return socket as WebSocket
}

const VERSIONS = [
  ['26', joinAutobahn26With],
  ['22', joinAutobahn22With],
] as const

test.each(VERSIONS)(
  'autobahn %s tells onError of an unreadable frame, and ends the connection',
  async (_, joinWith) => {
    const errors: unknown[] = []
    await joinWith({ onError: (error) => errors.push(error) })(url, 'realm1', lists)
    const closed = once(routersEnd(), 'close')
    routersEnd().send(Uint8Array.of(0x83, 0x18))
    await closed
    expect(errors.map((error) => (error as ProtocolError).code)).toEqual(['LENGTH_OVERRUN'])
  },
)

test('autobahn 26 closes with the code of its protocol violations', async () => {
  await joinAutobahn26With({ onError: () => {} })(url, 'realm1', lists)
  const closed = once(routersEnd(), 'close')
  routersEnd().send(Uint8Array.of(0xff))
  const [code] = await closed
  expect(code).toBe(3002)
})

test('autobahn 22 on the package ws closes without a code', async () => {
  await joinAutobahn22With({ onError: () => {} })(url, 'realm1', lists)
  const closed = once(routersEnd(), 'close')
  routersEnd().send(Uint8Array.of(0xff))
  const [code] = await closed
  // What ws says of a close frame that has none.
  expect(code).toBe(1005)
})

test.each(VERSIONS)(
  'autobahn %s goes on after a value that cannot be written, with the next message',
  async (_, joinWith) => {
    const router = await startRouter()
    const errors: unknown[] = []
    const strict = codec.lists('cbor', { ...autobahnOptions('cbor'), unrepresentable: 'throw' })
    const peer = await joinWith({ onError: (error) => errors.push(error) })(router.url, 'realm1', strict)
    await peer.register('com.example.echo', async (payload) => payload)
    peer.call('com.example.echo', { args: [() => {}, 1], kwargs: {} })
    const payload = { args: [1, 2], kwargs: {} }
    expect(await peer.call('com.example.echo', payload).result).toEqual(payload)
    expect(errors.map((error) => (error as Error).message)).toEqual([expect.stringContaining('a function')])
    await peer.close()
    await router.stop()
  },
)

test('wampy reports a protocol violation for an unreadable frame', async () => {
  const { Wampy } = createRequire(import.meta.url)('wampy') as typeof import('wampy')
  const { WebSocket } = createRequire(import.meta.url)('ws') as { WebSocket: never }
  const serializer = wampy(codec.lists('cbor', wampyOptions('cbor')))
  const failed = new Promise<Error>((done) => {
    const options = {
      realm: 'realm1',
      serializer,
      ws: WebSocket,
      autoReconnect: false,
      onError: done as never,
    }
    void new Wampy(url, options).connect().then(() => routersEnd().send(Uint8Array.of(0x83, 0x18)))
  })
  expect(await failed).toMatchObject({ errorUri: 'wamp.error.protocol_violation' })
})
