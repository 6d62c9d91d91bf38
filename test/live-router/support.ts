/** Clients of the example router: requests with their answers, events, invocations. */
import { afterEach } from 'vitest'
import {
  type AnyMessage,
  Authenticate,
  Call,
  type ClientRoles,
  type ErrorMessage,
  type EventMessage,
  Hello,
  type Interrupt,
  type Invocation,
  type Message,
  MessageType,
  Publish,
  Register,
  type Registered,
  type Result,
  type SerializerId,
  Subscribe,
  type Subscribed,
  type Welcome,
} from 'wamp-codec'
import type { Connection, ConnectionEnd } from 'wamp-codec/net'
import { Router } from '../../examples/router/router.mjs'
import type { Incident, RouterOptions, User } from '../../examples/router/types.d.ts'
import { memoryPair } from './memory-connection.mjs'

export const REALM = 'realm1'

const TICKET = 'the ticket of all'

/** Who may log in. */
export const USERS = {
  joe: { role: 'user', ticket: TICKET },
  amy: { role: 'user', ticket: TICKET },
  vic: { role: 'vip', ticket: TICKET },
  root: { role: 'admin', ticket: TICKET },
  near: { role: 'router', ticket: TICKET },
  far: { role: 'router', ticket: TICKET },
} as const satisfies Record<string, User>

const open: { close(): unknown }[] = []

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

/** Closes it after the test. */
export function closing<T extends { close(): unknown }>(one: T): T {
  open.push(one)
  return one
}

/** A router, and what it has observed. */
export interface Started {
  readonly router: Router
  readonly incidents: [Incident, string | undefined][]
}

export function start(options: Partial<RouterOptions> = {}): Started {
  const incidents: Started['incidents'] = []
  const observe: RouterOptions['observe'] = (what, _session, error) => incidents.push([what, error?.message])
  const router = closing(new Router({ realms: { [REALM]: { users: USERS } }, observe, ...options }))
  return { router, incidents }
}

const ROLES: ClientRoles = {
  publisher: {},
  subscriber: {},
  caller: {},
  callee: { features: { call_canceling: true } },
}

export interface Joining {
  readonly serializer?: SerializerId
  readonly roles?: ClientRoles
  /** Default: nobody. */
  readonly authid?: keyof typeof USERS
}

/** A client in memory, in the realm. */
export async function join(router: Router, joining: Joining = {}): Promise<Client> {
  const { serializer = 'cbor', roles = ROLES, authid } = joining
  const [mine, routers] = memoryPair(router.codec.serializer(serializer))
  router.attach(routers)
  const client = new Client(mine)
  await client.hello(roles, authid)
  return client
}

type Answer<M> = M extends { type: 32 } ? Subscribed : M extends { type: 64 } ? Registered : AnyMessage

/** One client. What comes unasked waits in lists until a test takes it. */
export class Client {
  readonly connection: Connection
  readonly end: Promise<ConnectionEnd>
  welcome: Welcome | null = null
  /** What a callee does; by default it answers with what it got. */
  oninvocation: (invocation: Invocation) => void
  #request = 0
  readonly #answers: Map<number, (message: AnyMessage) => void>
  readonly #came: AnyMessage[]
  #waiting: { type: number; resolve: (message: AnyMessage) => void }[]

  constructor(connection: Connection) {
    this.connection = connection
    this.oninvocation = () => {}
    this.#answers = new Map()
    this.#came = []
    this.#waiting = []
    connection.onmessage = (message) => this.#take(message as AnyMessage)
    this.end = new Promise((resolve) => {
      connection.onclose = resolve
    })
  }

  get id(): number {
    return (this.welcome as Welcome).session
  }

  request(): number {
    return ++this.#request
  }

  send(message: Message): void {
    this.connection.send(message)
  }

  /** Sends a request and gives its answer, ERROR too. */
  ask<M extends Message & { request: number }>(message: M): Promise<Answer<M>> {
    const answer = new Promise<AnyMessage>((resolve) => this.#answers.set(message.request, resolve))
    this.send(message)
    return answer as Promise<Answer<M>>
  }

  async hello(roles: ClientRoles = ROLES, authid: string | null = null): Promise<Welcome> {
    const authmethods = authid === null ? null : ['ticket']
    this.send(new Hello({ realm: REALM, roles, authid, authmethods }))
    if (authid !== null) {
      await this.next(MessageType.CHALLENGE)
      this.send(new Authenticate({ signature: TICKET }))
    }
    this.welcome = (await this.next(MessageType.WELCOME)) as Welcome
    return this.welcome
  }

  async subscribe(
    topic: string,
    options: Partial<ConstructorParameters<typeof Subscribe>[0]> = {},
  ): Promise<number> {
    const answer = await this.ask(new Subscribe({ request: this.request(), topic, ...options }))
    return answer.subscription
  }

  async register(
    procedure: string,
    options: Partial<ConstructorParameters<typeof Register>[0]> = {},
  ): Promise<number> {
    const answer = await this.ask(new Register({ request: this.request(), procedure, ...options }))
    return answer.registration
  }

  /** Publishes and gives the answer, which every publication of a test asks for. */
  publish(
    topic: string,
    options: Partial<ConstructorParameters<typeof Publish>[0]> = {},
  ): Promise<AnyMessage> {
    return this.ask(new Publish({ request: this.request(), topic, acknowledge: true, ...options }))
  }

  call(
    procedure: string,
    options: Partial<ConstructorParameters<typeof Call>[0]> = {},
  ): Promise<Result | ErrorMessage> {
    return this.ask(new Call({ request: this.request(), procedure, ...options })) as Promise<
      Result | ErrorMessage
    >
  }

  /** The next message of a type that came unasked. */
  next(type: 36): Promise<EventMessage>
  next(type: 69): Promise<Interrupt>
  next(type: number): Promise<AnyMessage>
  next(type: number): Promise<AnyMessage> {
    const at = this.#came.findIndex((message) => message.type === type)
    if (at >= 0) return Promise.resolve(this.#came.splice(at, 1)[0] as AnyMessage)
    return new Promise((resolve) => this.#waiting.push({ type, resolve }))
  }

  /** The events that have come and were not taken. */
  events(): EventMessage[] {
    return this.#came.filter((message): message is EventMessage => message.type === MessageType.EVENT)
  }

  /** Everything that came unasked and was not taken. */
  unasked(): readonly AnyMessage[] {
    return this.#came
  }

  #take(message: AnyMessage): void {
    if (message.type === MessageType.INVOCATION) {
      this.oninvocation(message)
      return
    }
    if ('request' in message && (message.type !== MessageType.RESULT || message.progress !== true)) {
      const answer = this.#answers.get(message.request)
      if (answer !== undefined && message.type !== MessageType.INTERRUPT) {
        this.#answers.delete(message.request)
        answer(message)
        return
      }
    }
    const at = this.#waiting.findIndex(({ type }) => type === message.type)
    if (at < 0) this.#came.push(message)
    else this.#waiting.splice(at, 1)[0]?.resolve(message)
  }
}

/** The error URI of an answer, or the type of what came instead. */
export function errorOf(answer: Message): string | number {
  return (answer as Partial<ErrorMessage>).error ?? (answer as AnyMessage).type
}

/** After all messages in memory have arrived. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
