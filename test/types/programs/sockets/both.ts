/**
 * Both entries of sockets in a program that names no types of a platform, as TypeScript has it by default from 6.0 on.
 */
import { createCodec } from 'wamp-codec'
import { connectRawSocket, serveRawSocket } from 'wamp-codec/net'
import { type Connection, connectWebSocket, serveWebSocket } from 'wamp-codec/ws'

const serializer = createCodec().serializer('cbor')
const onconnection = (connection: Connection): void => connection.close()

const web = serveWebSocket({ serializers: [serializer], onconnection })
const raw = serveRawSocket({
  serializers: [serializer],
  onconnection,
  otherwise: (socket) => web.accept(socket),
})
export const port: number = await raw.listen(0)
export const clients: readonly Connection[] = [
  await connectWebSocket(`ws://127.0.0.1:${port}`, { serializers: [serializer] }),
  await connectRawSocket({ port }, { serializer }),
]
