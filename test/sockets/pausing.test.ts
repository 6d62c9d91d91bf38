/**
 * `pause` holds what came in the same chunk or batch, in its order, over both transports (src/sockets/connection.ts).
 */
import { describe, expect, test, vi } from 'vitest'
import { createCodec, type Message, type Publish, type Serializer } from '../../src/index.ts'
import { type Connection, serveRawSocket } from '../../src/sockets/net.ts'
import { connectWebSocket, serveWebSocket } from '../../src/sockets/ws.ts'
import { CBOR, closing, ended, later, publish, rawClient } from './support.ts'

const BATCHED = createCodec().serializer('cbor.batched')

/** What a server sees of messages that come in one go: `step` with each, after which the server may be paused. */
interface Seen {
  readonly came: number[]
  readonly server: Connection
}

/** A server that pauses at each message; what comes meanwhile is not to be seen. */
function pausing(server: Connection): Seen {
  const came: number[] = []
  server.onmessage = (message: Message) => {
    came.push((message as Publish).request)
    server.pause()
  }
  return { came, server }
}

async function turns(): Promise<void> {
  for (let i = 0; i < 10; i++) await new Promise(setImmediate)
}

async function resumed({ came, server }: Seen, count: number): Promise<void> {
  while (came.length === 0) await new Promise(setImmediate)
  for (let i = 1; i <= count; i++) {
    await turns()
    expect(came).toEqual(Array.from({ length: i }, (_, request) => request + 1))
    server.resume()
  }
}

async function webSocket(serializer: Serializer): Promise<readonly [client: Connection, server: Connection]> {
  const { promise, resolve } = later<Connection>()
  const serializers = [serializer]
  const port = await closing(serveWebSocket({ serializers, onconnection: resolve })).listen(0)
  return [closing(await connectWebSocket(`ws://127.0.0.1:${port}`, { serializers })), await promise]
}

/** A RawSocket client of bytes, and the server's connection. */
async function rawSocket(): Promise<
  readonly [write: (bytes: Uint8Array) => void, server: Connection, end: () => void]
> {
  const { promise, resolve } = later<Connection>()
  const port = await closing(serveRawSocket({ serializers: [CBOR], onconnection: resolve })).listen(0)
  const client = rawClient(port)
  client.write(Uint8Array.of(0x7f, 0xf3, 0, 0))
  client.resume()
  return [(bytes) => client.write(bytes), await promise, () => client.end()]
}

function framed(request: number): Buffer {
  const bytes = CBOR.encode(publish(request, 5))
  return Buffer.concat([Uint8Array.of(0, 0, 0, bytes.length), bytes])
}

describe('a connection that is paused at each message gets one at a time', () => {
  test('of one batch', async () => {
    const [client, server] = await webSocket(BATCHED)
    const seen = pausing(server)
    client.sendParts([BATCHED.encodeAll([1, 2, 3, 4].map((request) => publish(request, 5)))])
    await resumed(seen, 4)
  })

  test('of WebSocket frames that came together', async () => {
    const [client, server] = await webSocket(CBOR)
    const seen = pausing(server)
    for (const request of [1, 2, 3, 4]) client.send(publish(request, 5))
    await resumed(seen, 4)
  })

  test('of RawSocket frames that came together', async () => {
    const [write, server] = await rawSocket()
    const seen = pausing(server)
    write(Buffer.concat([1, 2, 3, 4].map(framed)))
    await resumed(seen, 4)
  })
})

test('a handler that pauses and resumes at once gets everything', async () => {
  const [client, server] = await webSocket(BATCHED)
  const { promise, resolve } = later<void>()
  const came: number[] = []
  server.onmessage = (message) => {
    came.push((message as Publish).request)
    server.pause()
    server.resume()
    if (came.length === 6) resolve()
  }
  for (const first of [1, 4]) {
    client.sendParts([BATCHED.encodeAll([0, 1, 2].map((i) => publish(first + i, 5)))])
  }
  await promise
  expect(came).toEqual([1, 2, 3, 4, 5, 6])
})

test('a frame that is not allowed ends the connection after the messages before it', async () => {
  const [write, server] = await rawSocket()
  const seen = pausing(server)
  const end = ended(server)
  write(Buffer.concat([framed(1), framed(2), Uint8Array.of(0x07, 0, 0, 0)]))
  await resumed(seen, 2)
  expect(await end).toMatchObject({ code: 1002, error: { code: 'FRAME_RESERVED' } })
  expect(seen.came).toEqual([1, 2])
})

test('messages that waited when the peer has cut the connection come before onclose', async () => {
  const [client, server] = await webSocket(BATCHED)
  const seen = pausing(server)
  const end = ended(server)
  client.sendParts([BATCHED.encodeAll([1, 2, 3].map((request) => publish(request, 5)))])
  while (seen.came.length === 0) await new Promise(setImmediate)
  client.terminate()
  server.ping()
  for (let i = 0; i < 3 && server.isOpen; i++) {
    await turns()
    server.resume()
  }
  await end
  expect(seen.came).toEqual([1, 2, 3])
})

test('what waits when the application closes is dropped', async () => {
  const [client, server] = await webSocket(BATCHED)
  const seen = pausing(server)
  const end = ended(server)
  client.sendParts([BATCHED.encodeAll([1, 2, 3].map((request) => publish(request, 5)))])
  while (seen.came.length === 0) await new Promise(setImmediate)
  server.close()
  await end
  expect(seen.came).toEqual([1])
})

test('a peer that ends in order is not one that was cut, and what came before is given first', async () => {
  for (const [rest, code] of [
    [Buffer.alloc(0), 1000],
    [Buffer.of(0x07, 0, 0, 0), 1002],
  ] as const) {
    const [write, server, end] = await rawSocket()
    const came: number[] = []
    server.onmessage = (message) => {
      came.push((message as Publish).request)
      server.pause()
    }
    const closed = ended(server)
    write(Buffer.concat([1, 2, 3].map(framed).concat(rest)))
    end()
    expect(await closed).toMatchObject({ code })
    expect(came).toEqual([1, 2, 3])
  }
})

test('one batch is gone through once, however often its messages pause', async () => {
  const [client, server] = await webSocket(BATCHED)
  const count = 5000
  const { promise, resolve } = later<void>()
  let came = 0
  server.onmessage = async () => {
    came++
    if (came === count) resolve()
    server.pause()
    await null
    server.resume()
  }
  const { slice } = Array.prototype
  let copied = 0
  const spy = vi.spyOn(Array.prototype, 'slice').mockImplementation(function (this: unknown[], ...range) {
    const part = slice.apply(this, range)
    copied += part.length
    return part
  })
  try {
    client.sendParts([BATCHED.encodeAll(Array.from({ length: count }, (_, i) => publish(i + 1, 5)))])
    await promise
  } finally {
    spy.mockRestore()
  }
  expect(copied).toBeLessThan(20 * count)
})

test('a handler that throws loses its own message and no other', async () => {
  const [client, server] = await webSocket(CBOR)
  const came: number[] = []
  server.onmessage = (message) => {
    came.push((message as Publish).request)
    if (came.length === 1) server.pause()
    else if (came.length === 2) throw new Error('a fault of the application')
  }
  for (const request of [1, 2, 3, 4]) client.send(publish(request, 5))
  while (came.length === 0) await new Promise(setImmediate)
  await turns()
  expect(() => server.resume()).toThrow('a fault of the application')
  server.resume()
  expect(came).toEqual([1, 2, 3, 4])
})
