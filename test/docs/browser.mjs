/**
 * Loaded before the code of a document that uses `WebSocket`: whatever its URL, it reaches a server on this machine,
 * which answers HELLO with WELCOME and closes.
 */
import { createCodec, negotiate, Welcome } from 'wamp-codec'
import { WebSocket, WebSocketServer } from 'ws'

const codec = createCodec()
const supported = ['cbor', 'json'].map((id) => codec.serializer(id))
const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  handleProtocols: (offered) => negotiate(offered, supported)?.subprotocol ?? false,
})
await new Promise((resolve) => server.once('listening', resolve))

server.on('connection', (socket) => {
  const { serializer } = negotiate(socket.protocol, supported)
  socket.once('message', (data) => {
    const { realm } = serializer.decode(data)
    const roles = { broker: {}, dealer: {} }
    socket.send(serializer.encode(new Welcome({ session: 1, realm, roles })), { binary: serializer.isBinary })
    socket.close()
    server.close()
  })
})

globalThis.WebSocket = class extends WebSocket {
  constructor(_url, protocols) {
    super(`ws://127.0.0.1:${server.address().port}`, protocols)
  }
}
