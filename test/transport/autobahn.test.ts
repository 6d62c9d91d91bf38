/** The RawSocket protocol of autobahn-js, a client that knows JSON only, against our server, over TCP. */
import type { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { EventMessage, type Publish, type RawSocketCodec } from '../../src/index.ts'
import { SERIALIZERS, server } from './support.ts'

/** What we use of it. */
interface Protocol extends Pick<EventEmitter, 'on' | 'once'> {
  write(message: unknown): void
  ping(payload: string): void
  close(): void
}

interface RawSocketModule {
  Protocol: new (socket: Socket, options: object) => Protocol
}

// It calls `new Buffer`, which prints a warning, and is CommonJS without types.
const { Protocol } = createRequire(import.meta.url)('autobahn/lib/transport/rawsocket.js') as RawSocketModule

const JSON_ONLY = SERIALIZERS.slice(0, 1)
const NOT_JSON = SERIALIZERS.slice(1)

const open: { destroy(): void }[] = []
const listening: Server[] = []

afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy()
  for (const one of listening.splice(0)) one.close()
})

/** Autobahn's client, connected to a server whose connection `accept` runs. */
async function start(accept: (socket: Socket) => void, options: object = {}): Promise<Protocol> {
  const one = createServer((socket) => {
    open.push(socket)
    accept(socket)
  })
  listening.push(one)
  await new Promise<void>((done) => one.listen(0, '127.0.0.1', done))
  const socket = connect((one.address() as AddressInfo).port, '127.0.0.1')
  open.push(socket)
  return new Protocol(socket, { serializer: 'json', ping_timeout: false, ...options })
}

/** Our end of a connection; what a frame is answered with is up to the test. */
function serve(
  codec: RawSocketCodec,
  answer: (frame: Uint8Array) => readonly Uint8Array[],
): (socket: Socket) => void {
  return (socket) => {
    socket.on('data', (chunk) => {
      const events = codec.push(chunk)
      for (const bytes of [...events.replies, ...events.frames.flatMap(answer)]) socket.write(bytes)
      if (events.closed !== null) socket.end()
    })
  }
}

/** The first arguments of an event. */
function nextOf(protocol: Protocol, event: string): Promise<unknown> {
  return new Promise((done) => protocol.once(event, done))
}

test('messages go there and come back, many in a row', async () => {
  const [json] = JSON_ONLY
  const codec = server({ serializer: JSON_ONLY })
  const protocol = await start(
    serve(codec, (frame) => {
      const publish = json?.decode(frame) as Publish
      const event = EventMessage.from(publish, { subscription: 7, publication: publish.request })
      return codec.frameParts(json?.encode(event) as Uint8Array)
    }),
  )
  await nextOf(protocol, 'connect')
  const received: unknown[] = []
  const all = new Promise<void>((done) => {
    protocol.on('data', (message: unknown) => {
      received.push(message)
      if (received.length === 50) done()
    })
  })
  for (let i = 1; i <= 50; i++) protocol.write([16, i, {}, 'com.myapp.hello', ['x'.repeat(i * 100), 'é']])
  await all
  const expected = Array.from({ length: 50 }, (_, i) => [36, 7, i + 1, {}, ['x'.repeat((i + 1) * 100), 'é']])
  expect(received).toEqual(expected)
})

test('its PING gets the PONG that it compares, and it answers ours', async () => {
  const codec = server({ serializer: JSON_ONLY })
  const pongs: Uint8Array[] = []
  const answered = new Promise<Uint8Array>((done) => {
    void start((socket) => {
      socket.on('data', (chunk) => {
        const events = codec.push(chunk)
        for (const reply of events.replies) {
          socket.write(reply)
          // The first reply is the handshake's, the second a PONG.
          if (reply[0] === 2) socket.write(codec.ping(Buffer.from('are you there')))
        }
        pongs.push(...events.pongs)
        if (pongs.length > 0) done(pongs[0] as Uint8Array)
      })
    }).then(async (protocol) => {
      protocol.on('error', (error: unknown) => expect.unreachable(String(error)))
      await nextOf(protocol, 'connect')
      protocol.ping('from autobahn')
    })
  })
  expect(Buffer.from(await answered).toString()).toBe('are you there')
})

test('it understands a refusal', async () => {
  const codec = server({ serializer: NOT_JSON })
  const protocol = await start(serve(codec, () => []))
  const error = (await nextOf(protocol, 'error')) as Error
  expect(error.message).toBe('Peer failed handshake: serializer unsupported')
  expect(codec.closed).toBe(1)
})

test('it keeps the maximum that we announce, and we the one that it announces', async () => {
  const codec = server({ serializer: JSON_ONLY, maxLengthExponent: 9 })
  const protocol = await start(
    serve(codec, () => []),
    { max_len_exp: 12 },
  )
  await nextOf(protocol, 'connect')
  const refused = nextOf(protocol, 'error') as Promise<Error>
  protocol.write(['x'.repeat(600)])
  expect((await refused).message).toBe('Frame too big')
  expect(codec.peerMaxBytes).toBe(4096)
  expect(codec.closed).toBeNull()
})
