/** How connections end: what came before is delivered and answered, and nothing comes before the handlers are set. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { EventMessage, type Publish } from '../../src/index.ts'
import {
  type Connection,
  type ConnectionEnd,
  connectRawSocket,
  serveRawSocket,
} from '../../src/sockets/net.ts'
import { connectWebSocket } from '../../src/sockets/ws.ts'
import { CBOR, closing, ended, later, publish, rawClient } from './support.ts'

afterEach(() => {
  vi.useRealTimers()
})

const TIMEOUT = 3_600_000
const HANDSHAKE = Uint8Array.of(0x7f, 0xf3, 0, 0)

function framed(request: number): Buffer {
  const bytes = CBOR.encode(publish(request, 5))
  return Buffer.concat([Uint8Array.of(0, 0, 0, bytes.length), bytes])
}

async function turns(): Promise<void> {
  for (let i = 0; i < 10; i++) await new Promise(setImmediate)
}

interface Opened {
  readonly client: Socket
  readonly server: Connection
  /** The server's end. */
  readonly socket: Socket
}

/** A client of bytes after its handshake, and both sides of the server. */
async function opened(): Promise<Opened> {
  const { promise, resolve } = later<Omit<Opened, 'client'>>()
  const listening = closing(
    serveRawSocket({
      serializers: [CBOR],
      timeout: TIMEOUT,
      onconnection: (server, socket) => resolve({ server, socket }),
    }),
  )
  const client = rawClient(await listening.listen(0), true)
  client.write(HANDSHAKE)
  return { client, ...(await promise) }
}

describe('a client that ends its side and reads on gets every answer', () => {
  const [bad, half] = [Uint8Array.of(0xff, 0, 0, 0), Uint8Array.of(0, 0, 0, 9, 1)]
  test.each<[string, Uint8Array, boolean, number, string | undefined]>([
    ['a whole frame', new Uint8Array(0), false, 1000, undefined],
    ['a prefix that breaks the rules', bad, false, 1002, 'the RawSocket connection failed: a frame has'],
    ['the middle of a frame', half, false, 1006, 'the peer has ended the connection in the middle'],
    ['the middle of a frame, when we have closed before', half, true, 1000, undefined],
    ['a prefix that breaks the rules, when we have closed before', bad, true, 1000, undefined],
  ])('after %s', async (_, tail, closes, code, text) => {
    const { client, server, socket } = await opened()
    // More than the buffers of both sockets hold.
    const event = CBOR.encode(
      new EventMessage({ subscription: 1, publication: 2, args: [new Uint8Array(8_000_000)] }),
    )
    server.onmessage = () => {
      for (let i = 0; i < 3; i++) server.sendParts([event])
      if (closes) server.close()
    }
    const [end, peerEnd] = [ended(server), once(socket, 'end')]
    client.end(Buffer.concat([framed(1), tail]))
    await peerEnd
    await turns()
    let length = 0
    client.on('data', (chunk) => {
      length += chunk.length
    })
    await once(client, 'close')
    expect(length).toBe(HANDSHAKE.length + 3 * (4 + event.length))
    const { code: given, error } = await end
    expect([given, error?.message]).toEqual([code, text === undefined ? text : expect.stringContaining(text)])
  })
})

test('a client that ends in the middle of a frame and does not read is cut off after the time limit', async () => {
  const { client, server, socket } = await opened()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  server.onmessage = () => {
    for (let i = 0; i < 3; i++) server.sendParts([new Uint8Array(8_000_000)])
  }
  const [end, peerEnd] = [ended(server), once(socket, 'end')]
  client.pause()
  client.end(Buffer.concat([framed(1), Uint8Array.of(0)]))
  await peerEnd
  await turns()
  expect([server.isOpen, socket.destroyed]).toEqual([false, false])
  vi.advanceTimersByTime(TIMEOUT)
  expect(await end).toMatchObject({ code: 1006, error: { message: expect.stringContaining('middle') } })
})

/** What a client sees whose handlers are set behind the `await`. */
async function seen(socket: Socket): Promise<[requests: number[], end: ConnectionEnd]> {
  const connection = await connectRawSocket(socket, { serializer: CBOR, timeout: TIMEOUT })
  const requests: number[] = []
  connection.onmessage = (message) => {
    requests.push((message as Publish).request)
    connection.send(message)
  }
  return [requests, await ended(connection)]
}

/** A socket whose events all come in one turn of the loop. */
class Line extends Duplex {
  readonly written: Buffer[] = []

  setNoDelay(): this {
    return this
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: unknown, done: () => void): void {
    this.written.push(chunk)
    done()
  }
}

/** What a server of WebSocket answers. */
function switching(request: string): string {
  const key = /sec-websocket-key: (\S+)/i.exec(request)?.[1] ?? ''
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']
  return [...lines, `Sec-WebSocket-Accept: ${accept}`, 'Sec-WebSocket-Protocol: wamp.2.cbor', '', ''].join(
    '\r\n',
  )
}

describe('an end that comes with the reply of the handshake comes behind the messages before it', () => {
  const reply = Buffer.concat([HANDSHAKE, framed(1), framed(2)])

  test('over TCP, and they are answered', async () => {
    const answers = later<Buffer>()
    const server = createServer({ allowHalfOpen: true }, async (socket) => {
      socket.end(reply)
      const chunks: Buffer[] = []
      for await (const chunk of socket) chunks.push(chunk)
      answers.resolve(Buffer.concat(chunks))
    })
    closing({ close: () => server.close() })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    closing({ close: () => socket.destroy() })
    // All of it is there before the client begins to read.
    while (socket.readableLength < reply.length) await new Promise(setImmediate)
    await turns()
    expect(await seen(socket)).toEqual([[1, 2], { code: 1000, reason: '', error: null }])
    expect(await answers.promise).toEqual(Buffer.concat([HANDSHAKE, framed(1), framed(2)]))
  })

  test('over a socket that closes in the same turn', async () => {
    const line = new Line()
    line.push(reply)
    line.push(null)
    expect(await seen(line as unknown as Socket)).toEqual([[1, 2], { code: 1000, reason: '', error: null }])
    expect(Buffer.concat(line.written)).toEqual(Buffer.concat([HANDSHAKE, framed(1), framed(2)]))
  })

  test('in the middle of a frame too', async () => {
    const line = new Line()
    line.push(Buffer.concat([reply, Uint8Array.of(0)]))
    line.push(null)
    const [requests, { code }] = await seen(line as unknown as Socket)
    expect([requests, code]).toEqual([[1, 2], 1006])
  })

  test('and a socket that fails in the same turn too', async () => {
    const line = new Line()
    line.push(reply)
    const cut = (): void => {
      line.push(framed(3))
      line.destroy(new Error('the line is cut'))
    }
    line.once('data', () => process.nextTick(cut))
    const [requests, end] = await seen(line as unknown as Socket)
    expect(requests).toEqual([1, 2, 3])
    expect(end).toMatchObject({ code: 1006, error: { message: 'the line is cut' } })
  })

  test('but not to an application that pauses before it has seen any: it gets them at the end', async () => {
    const line = new Line({ allowHalfOpen: false })
    line.push(reply)
    line.push(null)
    const connection = await connectRawSocket(line as unknown as Socket, { serializer: CBOR })
    connection.pause()
    const requests: number[] = []
    connection.onmessage = (message) => requests.push((message as Publish).request)
    expect((await ended(connection)).code).toBe(1000)
    expect(requests).toEqual([1, 2])
  })

  test('and over WebSocket it is told to the handlers, though the socket closes in the same turn', async () => {
    const line = new Line({ allowHalfOpen: false })
    line.write = (request: unknown) => {
      line.push(switching(String(request)))
      line.push(null)
      return true
    }
    const options = { serializers: [CBOR], ws: { createConnection: () => line } }
    const connection = await connectWebSocket('ws://127.0.0.1:1', options)
    expect(await ended(connection)).toEqual({ code: 1006, reason: '', error: null })
  })

  test('and wait for `resume` over a socket whose own side stays open', async () => {
    const line = new Line({ allowHalfOpen: true })
    line.push(reply)
    line.push(null)
    const connection = await connectRawSocket(line as unknown as Socket, { serializer: CBOR })
    connection.pause()
    connection.onmessage = (message) => connection.send(message)
    const end = ended(connection)
    await turns()
    expect(Buffer.concat(line.written)).toEqual(Buffer.from(HANDSHAKE))
    connection.resume()
    expect((await end).code).toBe(1000)
    expect(Buffer.concat(line.written)).toEqual(Buffer.concat([HANDSHAKE, framed(1), framed(2)]))
  })
})

describe('a peer that resets the connection loses nothing that it has sent before', () => {
  const all = Buffer.concat([1, 2, 3].map(framed))

  test('of messages that wait for `resume`', async () => {
    const { client, server } = await opened()
    const end = ended(server)
    const came: [number, boolean][] = []
    server.onmessage = (message) => {
      came.push([(message as Publish).request, server.isOpen])
      server.pause()
      server.send(message)
    }
    client.write(all)
    while (came.length === 0) await new Promise(setImmediate)
    client.resetAndDestroy()
    expect(await end).toMatchObject({ code: 1006, error: { code: 'ECONNRESET' } })
    // The first could still be answered.
    expect(came).toEqual([
      [1, true],
      [2, false],
      [3, false],
    ])
  })

  test('and has cut it, whatever a handler does with the rest', async () => {
    const { client, server } = await opened()
    const end = ended(server)
    let count = 0
    server.onmessage = () => {
      count++
      if (count === 1) server.pause()
      else server.close()
    }
    client.write(all)
    while (count === 0) await new Promise(setImmediate)
    client.resetAndDestroy()
    // It is noticed when something is sent.
    server.send(publish(4, 5))
    expect(await end).toMatchObject({ code: 1006, error: expect.anything() })
  })

  test('of bytes that were read ahead', async () => {
    const { client, server, socket } = await opened()
    server.pause()
    const end = ended(server)
    const requests: number[] = []
    server.onmessage = (message) => requests.push((message as Publish).request)
    client.write(all)
    while (socket.readableLength < all.length) await new Promise(setImmediate)
    client.resetAndDestroy()
    expect(await end).toMatchObject({ code: 1006, error: { code: 'ECONNRESET' } })
    expect(requests).toEqual([1, 2, 3])
  })

  test('and gives nothing of it to an application that has cut the connection itself', async () => {
    const { client, server, socket } = await opened()
    server.pause()
    const end = ended(server)
    const seen: unknown[] = []
    server.onmessage = (message) => seen.push(message)
    server.onpong = (data) => seen.push(data)
    client.write(Buffer.concat([all, Uint8Array.of(2, 0, 0, 0)]))
    while (socket.readableLength <= all.length) await new Promise(setImmediate)
    server.terminate()
    expect((await end).code).toBe(1006)
    expect(seen).toEqual([])
  })
})

test('drained waits for the last frame, also when the first ones have left', async () => {
  const leaving: (() => void)[] = []
  class Slow extends Line {
    override _write(_chunk: Buffer, _encoding: unknown, done: () => void): void {
      leaving.push(done)
    }
  }
  const line = new Slow()
  line.push(HANDSHAKE)
  const connecting = connectRawSocket(line as unknown as Socket, { serializer: CBOR, timeout: TIMEOUT })
  leaving.shift()?.()
  const connection = await connecting
  for (const request of [1, 2, 3]) {
    connection.send(publish(request, 5))
    await turns()
  }
  let isDrained = false
  const drained = connection.drained().then(() => {
    isDrained = true
  })
  for (const _ of [1, 2, 3]) {
    expect(isDrained).toBe(false)
    leaving.shift()?.()
    await turns()
  }
  await drained
  connection.terminate()
})
