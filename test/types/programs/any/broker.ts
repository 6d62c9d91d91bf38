/** A broker between a client that speaks JSON and one that speaks CBOR. */
import {
  createCodec,
  EventMessage,
  type Frame,
  MessageType,
  Published,
  type Serializer,
  Subscribed,
} from 'wamp-codec'

interface Client {
  readonly serializer: Serializer
  send(frame: string | Uint8Array<ArrayBuffer>): void
}

const codec = createCodec()
const subscribers = new Map<string, { client: Client; subscription: number }[]>()
let lastId = 0

export function connect(id: 'json' | 'cbor', send: Client['send']): (frame: Frame) => void {
  const client: Client = { serializer: codec.serializer(id), send }
  return (frame) => receive(client, frame)
}

function receive(client: Client, frame: Frame): void {
  const message = client.serializer.decode(frame)
  const { serializer, send } = client
  switch (message.type) {
    case MessageType.SUBSCRIBE: {
      const { request, topic } = message
      const subscription = ++lastId
      subscribers.set(topic, [...(subscribers.get(topic) ?? []), { client, subscription }])
      send(serializer.encodeFrame(new Subscribed({ request, subscription })))
      break
    }
    case MessageType.PUBLISH: {
      const publication = ++lastId
      for (const { client: to, subscription } of subscribers.get(message.topic) ?? []) {
        to.send(to.serializer.encodeFrame(EventMessage.from(message, { subscription, publication })))
      }
      if (message.acknowledge) send(serializer.encodeFrame(Published.from(message, { publication })))
      break
    }
    default:
      break
  }
}
