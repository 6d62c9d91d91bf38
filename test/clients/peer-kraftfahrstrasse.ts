/** kraftfahrstrasse as a peer of this suite. */
import { createRequire } from 'node:module'
import { kraftfahrstrasse } from '../../src/clients/kraftfahrstrasse.ts'
import { Failure, type Join, type Payload, type Peer } from './peer.ts'

interface Result {
  readonly args: unknown[]
  readonly kwArgs: Record<string, unknown>
  readonly nextResult?: Promise<Result> | null
}

type Handler<T> = (args: unknown[], kwArgs: Record<string, unknown>) => T

/** What we use of it. */
interface Connection {
  Open(): Promise<unknown>
  Close(): Promise<unknown>
  Subscribe(topic: string, handler: Handler<void>): Promise<unknown>
  Publish(
    topic: string,
    args: unknown[],
    kwArgs: object,
    options: object,
  ): Promise<{ OnPublished(): Promise<unknown> }>
  Register(procedure: string, handler: Handler<Promise<Result>>): Promise<unknown>
  Call(
    procedure: string,
    args: unknown[],
    kwArgs: object,
    options: object,
  ): readonly [result: Promise<Result>, request: number]
  CancelCall(request: number, mode?: string): void
}

interface Kraftfahrstrasse {
  readonly Connection: new (options: object) => Connection
  readonly NodeWebSocketTransport: unknown
  readonly AnonymousAuthProvider: new () => object
  readonly WampError: new (uri: string, args: unknown[], kwArgs: object) => object
}

const library = createRequire(import.meta.url)('@verkehrsministerium/kraftfahrstrasse') as Kraftfahrstrasse

export const joinKraftfahrstrasse: Join = async (endpoint, realm, lists) => {
  const connection = new library.Connection({
    endpoint,
    realm,
    serializer: kraftfahrstrasse(lists),
    transport: library.NodeWebSocketTransport,
    authProvider: new library.AnonymousAuthProvider(),
    logFunction: () => {},
  })
  await connection.Open()
  return new KraftfahrstrassePeer(connection)
}

class KraftfahrstrassePeer implements Peer {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async subscribe(topic: string, onEvent: (payload: Payload) => void): Promise<void> {
    await this.#connection.Subscribe(topic, (args, kwargs) => onEvent({ args, kwargs }))
  }

  async publish(topic: string, { args, kwargs }: Payload): Promise<void> {
    const publication = await this.#connection.Publish(topic, args, kwargs, { acknowledge: true })
    await publication.OnPublished()
  }

  async register(procedure: string, endpoint: Parameters<Peer['register']>[1]): Promise<void> {
    await this.#connection.Register(procedure, (args, kwargs) => {
      const results = new Results()
      endpoint({ args, kwargs }, (part) => results.add(part)).then(
        (last) => results.end(last),
        ({ uri, payload }: Failure) =>
          results.fail(new library.WampError(uri, payload?.args ?? [], payload?.kwargs ?? {})),
      )
      return results.first
    })
  }

  call(
    procedure: string,
    { args, kwargs }: Payload,
    onProgress?: (part: Payload) => void,
  ): ReturnType<Peer['call']> {
    const options = onProgress === undefined ? {} : { receive_progress: true }
    const [answer, request] = this.#connection.Call(procedure, args, kwargs, options)
    const result = lastOf(answer, onProgress).catch((error: unknown) => {
      // It tells the URI only.
      throw new Failure(error as string, null)
    })
    // Without a mode, as an application leaves it out: it sends the mode "" then.
    return { result, cancel: () => this.#connection.CancelCall(request) }
  }

  async close(): Promise<void> {
    await this.#connection.Close()
  }
}

/** Each result of it has a promise of the next one. */
class Results {
  readonly first: Promise<Result>
  #next!: { done(result: Result): void; fail(error: unknown): void }

  constructor() {
    this.first = this.#promise()
  }

  add({ args, kwargs: kwArgs }: Payload): void {
    const { done } = this.#next
    done({ args, kwArgs, nextResult: this.#promise() })
  }

  end({ args, kwargs: kwArgs }: Payload): void {
    this.#next.done({ args, kwArgs })
  }

  fail(error: unknown): void {
    this.#next.fail(error)
  }

  #promise(): Promise<Result> {
    return new Promise((done, fail) => {
      this.#next = { done, fail }
    })
  }
}

async function lastOf(
  answer: Promise<Result>,
  onProgress: ((part: Payload) => void) | undefined,
): Promise<Payload> {
  const { args, kwArgs: kwargs, nextResult } = await answer
  if (nextResult == null) return { args, kwargs }
  onProgress?.({ args, kwargs })
  return lastOf(nextResult, onProgress)
}
