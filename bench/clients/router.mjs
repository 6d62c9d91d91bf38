/**
 * The router of the clients' bench, a process of its own: it sends every PUBLISH on to the subscribers of its topic,
 * and decodes no payload. Tells its port to the process that has started it, and ends with it.
 */
import * as wamp from '../../dist/index.js'
import { serveWebSocket } from '../../dist/ws.js'

const codec = wamp.createCodec()
const serializers = ['cbor', 'msgpack', 'json'].map((id) => codec.serializer(id))
/** The subscriber of each topic. */
const subscribers = new Map()
let ids = 1

const server = serveWebSocket({
  serializers,
  onconnection(connection) {
    connection.onmessage = (message) => {
      const answer = answerTo(connection, message)
      if (answer !== null) connection.send(answer)
    }
  },
})

function answerTo(connection, message) {
  if (message instanceof wamp.Publish) {
    const { subscription, connection: subscriber } = subscribers.get(message.topic)
    subscriber.send(wamp.EventMessage.from(message, { subscription, publication: ids++ }))
    return null
  }
  if (message instanceof wamp.Hello) {
    return new wamp.Welcome({ session: ids++, roles: { broker: {}, dealer: {} } })
  }
  if (message instanceof wamp.Subscribe) {
    const subscription = ids++
    subscribers.set(message.topic, { subscription, connection })
    return new wamp.Subscribed({ request: message.request, subscription })
  }
  if (message instanceof wamp.Goodbye) return new wamp.Goodbye({ reason: 'wamp.close.goodbye_and_out' })
  throw new Error(`the bench sends no ${message}`)
}

const port = await server.listen(0)
process.send({ port })
process.on('disconnect', () => process.exit())
