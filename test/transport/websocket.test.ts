/** `negotiate` as the server's `handleProtocols` in ws, and frames of the kind that the serializer has. */
import { once } from 'node:events'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { negotiate, Publish } from '../../src/index.ts'
import { BATCHED, SERIALIZERS } from './support.ts'

/** What we use of ws, which comes without types. */
interface Socket {
  readonly protocol: string
  on(event: 'message', listener: (data: Uint8Array, isBinary: boolean) => void): void
  on(event: 'error' | 'open', listener: () => void): void
  send(data: string | Uint8Array): void
  terminate(): void
}

interface Server extends NodeJS.EventEmitter {
  address(): AddressInfo
  close(): void
}

const { WebSocket, WebSocketServer } = createRequire(import.meta.url)('ws') as {
  WebSocket: new (url: string, protocols: readonly string[]) => Socket
  WebSocketServer: new (options: object) => Server
}

const SUPPORTED = [...SERIALIZERS.toReversed(), ...BATCHED]

const open: { close(): void }[] = []

afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

/** A server that sends back every message in a frame of the agreed kind; its address. */
async function start(): Promise<string> {
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    handleProtocols: (offered: Set<string>) => negotiate(offered, SUPPORTED)?.subprotocol ?? false,
  })
  open.push(server)
  server.on('connection', (socket: Socket) => {
    const agreed = negotiate([socket.protocol], SUPPORTED)
    socket.on('message', (data) => {
      if (agreed === null) return
      const { serializer } = agreed
      socket.send(serializer.encodeFrame(serializer.decode(data)))
    })
  })
  await once(server, 'listening')
  return `ws://127.0.0.1:${server.address().port}`
}

test.each(SUPPORTED)('$subprotocol, among names that are not ours', async (serializer) => {
  const socket = new WebSocket(await start(), ['soap', serializer.subprotocol, 'wamp.3.json'])
  open.push({ close: () => socket.terminate() })
  const publish = new Publish({ request: 1, topic: 'com.myapp.hello', args: ['Hi!'] })
  const answer = await new Promise<readonly [Uint8Array, boolean]>((done, fail) => {
    socket.on('error', () => fail(new Error('refused')))
    socket.on('open', () => socket.send(serializer.encodeFrame(publish)))
    socket.on('message', (data, isBinary) => done([data, isBinary]))
  })
  expect(socket.protocol).toBe(serializer.subprotocol)
  expect(answer[1]).toBe(serializer.isBinary)
  expect(serializer.decode(answer[0]).equals(publish)).toBe(true)
})

test('the server has the priority', async () => {
  const socket = new WebSocket(await start(), ['wamp.2.json.batched', 'wamp.2.json', 'wamp.2.cbor'])
  open.push({ close: () => socket.terminate() })
  await new Promise<void>((done) => socket.on('open', done))
  expect(socket.protocol).toBe('wamp.2.cbor')
})
