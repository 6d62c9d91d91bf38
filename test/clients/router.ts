/**
 * A small WAMP router on the message classes, over WebSocket, for this suite: PubSub and RPC with exact URIs,
 * acknowledgements, exclude_me, progressive results, CANCEL and errors. No callee is interrupted: none of the clients
 * says that it could be. Whatever a client sends that the codec refuses is kept in `refused`, and ends its session with
 * ABORT.
 */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import {
  Abort,
  Call,
  Cancel,
  type Codec,
  createCodec,
  ErrorMessage,
  FanOut,
  Goodbye,
  Hello,
  Invocation,
  type Message,
  negotiate,
  Publish,
  Published,
  Register,
  Registered,
  Result,
  type Serializer,
  Subscribe,
  Subscribed,
  Unregister,
  Unregistered,
  Unsubscribe,
  Unsubscribed,
  Welcome,
  Yield,
} from '../../src/index.ts'

interface Session {
  readonly id: number
  readonly serializer: Serializer
  invocations: number
  send(bytes: Uint8Array): void
}

interface Topic {
  readonly subscription: number
  readonly subscribers: Set<Session>
}

interface Procedure {
  readonly registration: number
  readonly procedure: string
  readonly callee: Session
}

interface Pending {
  readonly caller: Session
  readonly call: number
  readonly callee: Session
  readonly invocation: number
}

export interface TestRouter {
  readonly url: string
  readonly codec: Codec
  /** The errors of frames that were refused; a test takes them out. */
  readonly refused: Error[]
  stop(): Promise<void>
}

const DEALER = { progressive_call_results: true, call_canceling: true, payload_passthru_mode: true }
const ROLES = { broker: { features: { payload_passthru_mode: true } }, dealer: { features: DEALER } }
const IDS = ['cbor', 'msgpack', 'json', 'ubjson'] as const

/** Starts a router on a free port of 127.0.0.1; stop it. */
export async function startRouter(): Promise<TestRouter> {
  const codec = createCodec()
  const serializers = IDS.map((id) => codec.serializer(id))
  const refused: Error[] = []
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    handleProtocols: (offered) => negotiate(offered, serializers)?.subprotocol ?? false,
  })
  const broker = new Broker(codec)
  server.on('connection', (socket) => {
    const { serializer } = negotiate([socket.protocol], serializers) as { serializer: Serializer }
    const session = broker.join(serializer, (bytes) => socket.send(bytes, { binary: serializer.isBinary }))
    socket.on('message', (data) => {
      try {
        broker.receive(session, serializer.decode(data as Buffer))
      } catch (error) {
        refused.push(error as Error)
        session.send(serializer.encode(new Abort({ reason: 'wamp.error.protocol_violation' })))
        socket.close(1002)
      }
    })
    socket.on('close', () => broker.leave(session))
  })
  await once(server, 'listening')
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws`,
    codec,
    refused,
    async stop() {
      for (const socket of server.clients) socket.terminate()
      await new Promise((done) => server.close(done))
    },
  }
}

/** Who has subscribed to what, registered what and called whom. */
class Broker {
  readonly #codec: Codec
  readonly #topics = new Map<string, Topic>()
  readonly #procedures = new Map<string, Procedure>()
  readonly #pending = new Set<Pending>()
  /** Ids of the router are large: a client that takes them for 32 bits, or for floats, does not get far. */
  #ids = 2 ** 40

  constructor(codec: Codec) {
    this.#codec = codec
  }

  join(serializer: Serializer, send: Session['send']): Session {
    return { id: this.#ids++, serializer, invocations: 0, send }
  }

  leave(session: Session): void {
    for (const { subscribers } of this.#topics.values()) subscribers.delete(session)
    for (const { procedure, callee } of this.#procedures.values()) {
      if (callee === session) this.#procedures.delete(procedure)
    }
    for (const pending of this.#pending) {
      if (pending.caller === session || pending.callee === session) this.#pending.delete(pending)
    }
  }

  receive(session: Session, message: Message): void {
    for (const answer of this.#answers(session, message)) send(session, answer)
  }

  /** What the sender of a message is answered at once. */
  *#answers(session: Session, message: Message): Iterable<Message> {
    if (message instanceof Hello) {
      yield new Welcome({ session: session.id, roles: ROLES, realm: message.realm })
    } else if (message instanceof Goodbye) {
      yield new Goodbye({ reason: 'wamp.close.goodbye_and_out' })
    } else if (message instanceof Subscribe) {
      const topic = this.#topic(message.topic)
      topic.subscribers.add(session)
      yield new Subscribed({ request: message.request, subscription: topic.subscription })
    } else if (message instanceof Unsubscribe) {
      for (const topic of this.#topics.values()) {
        if (topic.subscription === message.subscription) topic.subscribers.delete(session)
      }
      yield new Unsubscribed({ request: message.request })
    } else if (message instanceof Publish) {
      const publication = this.#publish(session, message)
      if (message.acknowledge) yield Published.from(message, { publication })
    } else if (message instanceof Register) {
      const { request, procedure } = message
      if (this.#procedures.has(procedure)) {
        yield ErrorMessage.reply(message, 'wamp.error.procedure_already_exists')
      } else {
        const registration = this.#ids++
        this.#procedures.set(procedure, { registration, procedure, callee: session })
        yield new Registered({ request, registration })
      }
    } else if (message instanceof Unregister) {
      for (const { registration, procedure } of this.#procedures.values()) {
        if (registration === message.registration) this.#procedures.delete(procedure)
      }
      yield new Unregistered({ request: message.request })
    } else if (message instanceof Call) {
      if (!this.#call(session, message)) yield ErrorMessage.reply(message, 'wamp.error.no_such_procedure')
    } else if (message instanceof Cancel) {
      this.#cancel(session, message)
    } else if (message instanceof Yield) {
      this.#finish(session, message.request, message.progress !== true, (request) =>
        Result.from(message, { request }),
      )
    } else if (message instanceof ErrorMessage) {
      this.#finish(session, message.request, true, (request) =>
        ErrorMessage.from(message, { request_type: Call.MESSAGE_TYPE, request }),
      )
    } else {
      throw new Error(`a client does not send ${message}`)
    }
  }

  #topic(name: string): Topic {
    let topic = this.#topics.get(name)
    if (topic === undefined) {
      topic = { subscription: this.#ids++, subscribers: new Set() }
      this.#topics.set(name, topic)
    }
    return topic
  }

  #publish(session: Session, publish: Publish): number {
    const publication = this.#ids++
    const { subscription, subscribers } = this.#topic(publish.topic)
    const fanOut = new FanOut(this.#codec, publish, { publication })
    for (const subscriber of subscribers) {
      if (subscriber === session && publish.exclude_me !== false) continue
      subscriber.send(fanOut.bytes(subscriber.serializer, { subscription }))
    }
    return publication
  }

  #call(caller: Session, call: Call): boolean {
    const procedure = this.#procedures.get(call.procedure)
    if (procedure === undefined) return false
    const { registration, callee } = procedure
    const invocation = ++callee.invocations
    this.#pending.add({ caller, call: call.request, callee, invocation })
    send(callee, Invocation.from(call, { request: invocation, registration }))
    return true
  }

  #cancel(caller: Session, { request }: Cancel): void {
    for (const pending of this.#pending) {
      if (pending.caller !== caller || pending.call !== request) continue
      this.#pending.delete(pending)
      const request_type = Call.MESSAGE_TYPE
      send(caller, new ErrorMessage({ request_type, request, error: 'wamp.error.canceled' }))
    }
  }

  /** Gives the caller what the callee has answered; late answers to calls that were canceled go nowhere. */
  #finish(callee: Session, request: number, isLast: boolean, answer: (call: number) => Message): void {
    for (const pending of this.#pending) {
      if (pending.callee !== callee || pending.invocation !== request) continue
      if (isLast) this.#pending.delete(pending)
      send(pending.caller, answer(pending.call))
    }
  }
}

function send({ serializer, send }: Session, message: Message): void {
  send(serializer.encode(message))
}
