/** Servers and clients on free ports of 127.0.0.1, which end with the test. */
import { connect, type Socket } from 'node:net'
import { afterEach } from 'vitest'
import { createCodec, type Message, Publish, type Serializer } from '../../src/index.ts'
import type { Connection, ConnectionEnd } from '../../src/sockets/net.ts'

const codec = createCodec()

export const LIST: readonly Serializer[] = (['json', 'msgpack', 'cbor', 'ubjson'] as const).map((id) =>
  codec.serializer(id),
)
/** One for each number of RawSocket. */
export const PLAIN: readonly Serializer[] = [...LIST, codec.serializer('flatbuffers')]
export const BATCHED: readonly Serializer[] = (
  ['json.batched', 'msgpack.batched', 'cbor.batched', 'ubjson.batched'] as const
).map((id) => codec.serializer(id))
export const CBOR: Serializer = codec.serializer('cbor')
export const JSON_TEXT: Serializer = codec.serializer('json')

const open: { close(): unknown }[] = []

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

/** Closes it after the test. */
export function closing<T extends { close(): unknown }>(one: T): T {
  open.push(one)
  return one
}

/** A promise and what settles it. */
export function later<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

/** A TCP connection without a protocol. */
export function rawClient(port: number, allowHalfOpen: boolean = false): Socket {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen })
  socket.on('error', () => {})
  open.push({ close: () => socket.destroy() })
  return socket
}

/** A TCP connection that has asked for CBOR over WebSocket. */
export function webClient(port: number): Socket {
  const client = rawClient(port)
  const key = Buffer.alloc(16).toString('base64')
  const head = ['GET / HTTP/1.1', 'Host: a', 'Connection: Upgrade', 'Upgrade: websocket']
  const names = [
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Protocol: wamp.2.cbor',
  ]
  client.write([...head, ...names, '', ''].join('\r\n'))
  return client
}

/** Everything that comes until the other side ends. */
export async function readAll(socket: Socket): Promise<string> {
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  await new Promise((resolve) => socket.once('close', resolve))
  return Buffer.concat(chunks).toString('latin1')
}

export function ended(connection: Connection): Promise<ConnectionEnd> {
  return new Promise((resolve) => {
    connection.onclose = resolve
  })
}

/** The data of the next PONG. */
export function pongOf(connection: Connection): Promise<Uint8Array> {
  return new Promise((resolve) => {
    connection.onpong = resolve
  })
}

/** The next messages, so many. */
export function next(connection: Connection, count: number): Promise<Message[]> {
  const messages: Message[] = []
  return new Promise((resolve) => {
    connection.onmessage = (message) => {
      messages.push(message)
      if (messages.length === count) resolve(messages)
    }
  })
}

export function publish(request: number, length: number): Publish {
  return new Publish({ request, topic: 'com.myapp.hello', args: ['x'.repeat(length), request] })
}

/** Sends every message back. */
export function echo(connection: Connection): void {
  connection.onmessage = (message) => connection.send(message)
}
