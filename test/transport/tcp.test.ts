/** Two codecs with a TCP socket between them. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { EventMessage, Publish, type RawSocketCodec, type Serializer } from '../../src/index.ts'
import { client, SERIALIZERS, server } from './support.ts'

const sockets: Socket[] = []
const servers: Server[] = []

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const listening of servers.splice(0)) listening.close()
})

/** A server on a free port that gives each connection to `accept`. */
async function listen(accept: (socket: Socket) => void): Promise<number> {
  const listening = createServer((socket) => {
    sockets.push(socket)
    accept(socket)
  })
  servers.push(listening)
  listening.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  return (listening.address() as AddressInfo).port
}

/** Runs a codec on a socket: replies go out, frames and pongs are handed on, an error ends it. */
function run(
  socket: Socket,
  codec: RawSocketCodec,
  onFrame: (frame: Uint8Array) => void,
  pongs: Uint8Array[] = [],
): void {
  const opening = codec.handshake()
  if (opening !== null) socket.write(opening)
  socket.on('data', (chunk) => {
    const events = codec.push(chunk)
    for (const reply of events.replies) socket.write(reply)
    pongs.push(...events.pongs)
    for (const frame of events.frames) onFrame(frame)
    if (events.closed !== null) socket.end()
  })
}

/** A router that makes an EVENT of every PUBLISH. */
function echo(socket: Socket): void {
  const codec = server()
  run(socket, codec, (frame) => {
    const serializer = codec.serializer as Serializer
    const publish = serializer.decode(frame) as Publish
    const event = EventMessage.from(publish, { subscription: 7, publication: publish.request })
    for (const part of codec.frameParts(serializer.encode(event))) socket.write(part)
  })
}

test.each(SERIALIZERS)(
  'messages in $id arrive, from a few bytes to 300 KB, with PINGs between them',
  async (serializer) => {
    const port = await listen(echo)
    const socket = connect(port, '127.0.0.1')
    sockets.push(socket)
    socket.setNoDelay(true)
    const codec = client({ serializer })
    const pongs: Uint8Array[] = []
    const sent = [1, 10, 1000, 65_530, 300_000, 3].map(
      (length, i) => new Publish({ request: i + 1, topic: 'com.myapp.hello', args: ['x'.repeat(length), i] }),
    )
    const events: EventMessage[] = []
    await new Promise<void>((done, fail) => {
      socket.on('error', fail)
      run(
        socket,
        codec,
        (frame) => {
          events.push(serializer.decode(frame) as EventMessage)
          if (events.length === sent.length) done()
        },
        pongs,
      )
      socket.once('data', () => {
        for (const publish of sent) {
          socket.write(codec.ping(Uint8Array.of(publish.request)))
          socket.write(codec.frame(serializer.encode(publish)))
        }
      })
    })
    expect(events.map(({ publication }) => publication)).toEqual(sent.map(({ request }) => request))
    expect(events.map(({ args }) => args)).toEqual(sent.map(({ args }) => args))
    expect(pongs.map(([first]) => first)).toEqual(sent.map(({ request }) => request))
  },
)

test('a client that is refused learns why, and the connection ends', async () => {
  const port = await listen((socket) => {
    const codec = server()
    socket.on('data', () => socket.end(codec.refuse(4)))
  })
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  const codec = client()
  run(socket, codec, () => expect.unreachable())
  await once(socket, 'end')
  expect(codec.closed).toBe(4)
})

test('an HTTP request on the port ends the connection without an answer', async () => {
  const port = await listen(echo)
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  let answered = 0
  socket.on('data', (chunk) => {
    answered += chunk.length
  })
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(socket, 'end')
  expect(answered).toBe(0)
})
