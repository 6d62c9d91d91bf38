/** autobahn-js as a peer of this suite: 26 needs a global WebSocket, 22 brings its own where there is none. */
import { createRequire } from 'node:module'
import { autobahn } from '../../src/clients/autobahn.ts'
import { Failure, type Join, type Payload, type Peer } from './peer.ts'

/** What we use of it: the types that it has are of another version, and the two versions are alike. */
interface Autobahn {
  readonly Connection: new (options: object) => Connection
  readonly Result: new (args: unknown[], kwargs: object) => Answer
  readonly Error: new (error: string, args: unknown[], kwargs: object) => Answer
  readonly log: { warn(...words: unknown[]): void }
}

interface Connection {
  onopen: (session: Session) => void
  onclose: (reason: string, details: object) => boolean
  open(): void
  close(): void
}

interface Answer extends Payload {
  readonly error?: string
}

interface Session {
  subscribe(topic: string, handler: (args: unknown[], kwargs: object) => void): Promise<unknown>
  publish(topic: string, args: unknown[], kwargs: object, options: object): Promise<unknown>
  register(procedure: string, endpoint: Endpoint): Promise<unknown>
  call(procedure: string, args: unknown[], kwargs: object, options: object): Call
}

type Endpoint = (args: unknown[], kwargs: object, details: Details) => Promise<Answer>

interface Details {
  readonly progress: ((args: unknown[], kwargs: object) => void) | null
}

/** A promise of when.js, which reports progress to the third handler. */
interface Call {
  then(
    onResult: (result: unknown) => void,
    onError: (error: unknown) => void,
    onProgress: (part: unknown) => void,
  ): void
  cancel(options: object): void
}

const require = createRequire(import.meta.url)

type Options = Parameters<typeof autobahn>[1]

export const joinAutobahn26With = (options: Options): Join =>
  joinWith('autobahn', globalThis.WebSocket ?? require('ws').WebSocket, options)

/** Where there is no global WebSocket: the way of autobahn 22 in Node before 22. */
export const joinAutobahn22With = (options: Options): Join => joinWith('autobahn-22', undefined, options)

export const joinAutobahn26: Join = joinAutobahn26With({})
export const joinAutobahn22: Join = joinAutobahn22With({})

function joinWith(name: string, WebSocket: unknown, options: Options): Join {
  return async (url, realm, lists) => {
    const library = require(name) as Autobahn
    // It warns of errors that procedures throw, and of connections that end.
    library.log.warn = () => {}
    const connection = new library.Connection({
      url,
      realm,
      serializers: [autobahn(lists, options)],
      max_retries: 0,
      on_user_error: () => {},
      on_internal_error: () => {},
    })
    const closed = new Promise<string>((done) => {
      connection.onclose = (reason) => {
        done(reason)
        return true
      }
    })
    const session = await new Promise<Session>((done, fail) => {
      connection.onopen = done
      void closed.then((reason) => fail(new Error(`${name} was not let in: ${reason}`)))
      withGlobal(WebSocket, () => connection.open())
    })
    return new AutobahnPeer(library, session, async () => {
      connection.close()
      await closed
    })
  }
}

/** autobahn looks for the global WebSocket when it connects. */
function withGlobal(WebSocket: unknown, work: () => void): void {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket')
  Reflect.deleteProperty(globalThis, 'WebSocket')
  if (WebSocket !== undefined) Object.assign(globalThis, { WebSocket })
  try {
    work()
  } finally {
    Reflect.deleteProperty(globalThis, 'WebSocket')
    if (before !== undefined) Object.defineProperty(globalThis, 'WebSocket', before)
  }
}

class AutobahnPeer implements Peer {
  readonly #library: Autobahn
  readonly #session: Session
  readonly close: () => Promise<void>

  constructor(library: Autobahn, session: Session, close: () => Promise<void>) {
    this.#library = library
    this.#session = session
    this.close = close
  }

  async subscribe(topic: string, onEvent: (payload: Payload) => void): Promise<void> {
    await this.#session.subscribe(topic, (args, kwargs) => onEvent({ args, kwargs: { ...kwargs } }))
  }

  async publish(topic: string, { args, kwargs }: Payload): Promise<void> {
    await this.#session.publish(topic, args, kwargs, { acknowledge: true })
  }

  async register(procedure: string, endpoint: Parameters<Peer['register']>[1]): Promise<void> {
    await this.#session.register(procedure, async (args, kwargs, details) => {
      try {
        const progress = (part: Payload): void => details.progress?.(part.args, part.kwargs)
        const result = await endpoint({ args, kwargs: { ...kwargs } }, progress)
        return new this.#library.Result(result.args, result.kwargs)
      } catch (error) {
        const { uri, payload } = error as Failure
        throw new this.#library.Error(uri, payload?.args ?? [], payload?.kwargs ?? {})
      }
    })
  }

  call(
    procedure: string,
    { args, kwargs }: Payload,
    onProgress?: (part: Payload) => void,
  ): ReturnType<Peer['call']> {
    const options = onProgress === undefined ? {} : { receive_progress: true }
    const call = this.#session.call(procedure, args, kwargs, options)
    const result = new Promise<Payload>((done, fail) => {
      call.then(
        (answer) => done(this.#payloadOf(answer)),
        (error) => fail(failureOf(error as Answer)),
        (part) => onProgress?.(this.#payloadOf(part)),
      )
    })
    // With another mode it forgets the call, and the router's answer ends the connection.
    return { result, cancel: () => call.cancel({ mode: 'kill' }) }
  }

  /** A result of one value, without kwargs, is given as that value. */
  #payloadOf(answer: unknown): Payload {
    if (!(answer instanceof this.#library.Result)) return { args: [answer], kwargs: {} }
    return { args: answer.args, kwargs: answer.kwargs }
  }
}

function failureOf({ error, args, kwargs }: Answer): Failure {
  return new Failure(error as string, { args, kwargs })
}
