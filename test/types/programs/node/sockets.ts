/** Servers and clients of `wamp-codec/ws` and `wamp-codec/net`: a message is known by its type. */
import { createCodec, FanOut, MessageType, Published } from 'wamp-codec'
import { connectRawSocket, serveRawSocket } from 'wamp-codec/net'
import { CloseCode, type Connection, connectWebSocket, serveWebSocket } from 'wamp-codec/ws'

const codec = createCodec()
const serializers = (['cbor', 'json'] as const).map((id) => codec.serializer(id))

function serve(connection: Connection): void {
  connection.onmessage = (message) => {
    if (message.type !== MessageType.PUBLISH) return
    connection.send(Published.from(message, { publication: 1 }))
    const fanOut = new FanOut(codec, message, { publication: 1 })
    connection.sendParts(fanOut.parts(connection.serializer, { subscription: 2 }))
  }
  connection.onerror = (error, answer) => {
    if (error.code === 'SIZE_LIMIT') connection.close(CloseCode.TOO_BIG, error.message)
    else connection.answer(answer)
  }
  connection.onclose = ({ code, reason, error }) => console.log(code.toFixed(), reason, error?.message)
}

const web = serveWebSocket({
  serializers,
  onconnection: (connection, request) => {
    if (request.headers.origin !== undefined) serve(connection)
  },
  maxConnections: 100,
})
const raw = serveRawSocket({
  serializers,
  onconnection: (connection, socket) => {
    if (socket.remoteAddress !== undefined) serve(connection)
  },
  otherwise: (socket) => web.accept(socket),
})
export const port: number = await raw.listen(0)
serve(
  await connectWebSocket(`ws://127.0.0.1:${port}`, { serializers, pingInterval: 1000, ws: { origin: 'a' } }),
)
serve(await connectRawSocket({ port }, { serializer: codec.serializer('cbor') }))

// @ts-expect-error
serveWebSocket({ serializers, onconnection: serve, maxConnection: 100 })
// @ts-expect-error
serveRawSocket({ serializer: codec.serializer('cbor'), onconnection: serve })
