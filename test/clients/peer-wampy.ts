/** wampy as a peer of this suite. */
import { createRequire } from 'node:module'
import { wampy as serializerOf } from '../../src/clients/wampy.ts'
import { Failure, type Join, type Payload, type Peer } from './peer.ts'

interface Data {
  readonly argsList?: unknown[]
  readonly argsDict?: Record<string, unknown>
}

interface Invocation extends Data {
  result_handler(part: object): void
}

/** What we use of it. */
interface Wampy {
  connect(): Promise<unknown>
  disconnect(): Promise<unknown>
  getOpStatus(): { readonly reqId: number }
  subscribe(topic: string, handler: (event: Data) => void): Promise<unknown>
  publish(topic: string, data: Data): Promise<unknown>
  register(procedure: string, endpoint: (invocation: Invocation) => Promise<Data>): Promise<unknown>
  call(procedure: string, data: Data, options: object): Promise<Data>
  cancel(request: number, options: object): boolean
}

const require = createRequire(import.meta.url)
const { WebSocket } = require('ws') as { WebSocket: unknown }
const { Wampy } = require('wampy') as { Wampy: new (url: string, options: object) => Wampy }

export const joinWampy: Join = async (url, realm, lists) => {
  const wampy = new Wampy(url, {
    realm,
    serializer: serializerOf(lists),
    ws: WebSocket,
    autoReconnect: false,
  })
  await wampy.connect()
  return new WampyPeer(wampy)
}

class WampyPeer implements Peer {
  readonly #wampy: Wampy

  constructor(wampy: Wampy) {
    this.#wampy = wampy
  }

  async subscribe(topic: string, onEvent: (payload: Payload) => void): Promise<void> {
    await this.#wampy.subscribe(topic, (event) => onEvent(payloadOf(event)))
  }

  async publish(topic: string, payload: Payload): Promise<void> {
    await this.#wampy.publish(topic, dataOf(payload))
  }

  async register(procedure: string, endpoint: Parameters<Peer['register']>[1]): Promise<void> {
    await this.#wampy.register(procedure, async (invocation) => {
      try {
        const progress = (part: Payload): void =>
          invocation.result_handler({ ...dataOf(part), options: { progress: true } })
        return dataOf(await endpoint(payloadOf(invocation), progress))
      } catch (error) {
        const { uri, payload } = error as Failure
        throw { error: uri, ...(payload === null ? {} : dataOf(payload)) }
      }
    })
  }

  call(procedure: string, payload: Payload, onProgress?: (part: Payload) => void): ReturnType<Peer['call']> {
    const options =
      onProgress === undefined ? {} : { progress_callback: (part: Data) => onProgress(payloadOf(part)) }
    const answer = this.#wampy.call(procedure, dataOf(payload), options)
    const { reqId } = this.#wampy.getOpStatus()
    const result = answer.then(payloadOf, (error: Data & { errorUri: string }) => {
      throw new Failure(error.errorUri, payloadOf(error))
    })
    return { result, cancel: () => void this.#wampy.cancel(reqId, { mode: 'kill' }) }
  }

  async close(): Promise<void> {
    await this.#wampy.disconnect()
  }
}

function dataOf({ args, kwargs }: Payload): Data {
  return { argsList: args, argsDict: kwargs }
}

function payloadOf({ argsList, argsDict }: Data): Payload {
  return { args: argsList ?? [], kwargs: argsDict ?? {} }
}
