/** A server with `ws`, and RawSocket over TCP. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import {
  createCodec,
  EventMessage,
  FanOut,
  loadCodec,
  MessageType,
  negotiate,
  Publish,
  RawSocketCodec,
} from 'wamp-codec'
import kernel from 'wamp-codec/kernel-simd.wasm'
import { WebSocketServer } from 'ws'

const codec = createCodec()
const supported = (['cbor', 'json'] as const).map((id) => codec.serializer(id))

const server = new WebSocketServer({
  port: 0,
  handleProtocols: (offered) => negotiate(offered, supported)?.subprotocol ?? false,
})
server.on('connection', (socket, request) => {
  const serializer = negotiate(request.headers['sec-websocket-protocol'], supported)?.serializer
  if (serializer === undefined) return
  socket.on('message', (data) => {
    const message = serializer.decode(data)
    if (message.type !== MessageType.PUBLISH) return
    socket.send(serializer.encodeFrame(EventMessage.from(message, { subscription: 1, publication: 2 })))
    const fanOut = new FanOut(codec, message, { publication: 2 })
    socket.send(fanOut.bytes(serializer, { subscription: 1 }), { binary: serializer.isBinary })
  })
})

createServer((socket) => {
  const raw = new RawSocketCodec({ serializer: supported, side: 'server' })
  socket.on('data', (chunk) => {
    const { frames, replies, closed } = raw.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
    for (const reply of replies) socket.write(reply)
    for (const frame of frames) socket.write(raw.frame(frame))
    if (closed !== null) socket.destroy()
  })
})

export const file: Buffer = await readFile('kernel-simd.wasm')
export const loaded = await loadCodec({ wasm: file })
export const compiled = createCodec({ module: kernel })
export const publish: Publish = new Publish({ request: 1, topic: 'a.b', payload: Buffer.from('text') })
