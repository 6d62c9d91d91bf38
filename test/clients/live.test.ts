/**
 * The clients as they are in the registry, on the adapters and their presets, with each other through a router on the
 * message classes: what one of them publishes, calls, answers and refuses arrives at the other as the value that its
 * users know.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  exchangeCalls,
  exchangeEvents,
  exchangeProgress,
  type Joined,
  joinAll,
  payloadOf,
  Queue,
} from './exchange.ts'
import { Failure } from './peer.ts'
import { ROWS } from './peers.ts'
import { startRouter, type TestRouter } from './router.ts'

let router: TestRouter
/** By the places of PEERS: those that act, and those that are called and published to. */
let active: readonly Joined[]
let passive: readonly Joined[]

beforeAll(async () => {
  router = await startRouter()
  active = await joinAll(router.url)
  passive = await joinAll(router.url)
})

afterAll(async () => {
  await Promise.all([...active, ...passive].map(({ peer }) => peer.close()))
  await router.stop()
})

afterEach(() => {
  // The router has refused nothing that a client sent, and decoded no payload.
  expect(router.refused.splice(0)).toEqual([])
  expect(router.codec.stats({ reset: true }).decodedPayloads).toBe(0)
})

describe.each(ROWS)('$name', ({ from, to }) => {
  const uri = (name: string): string => `com.example.${name}.p${from}.p${to}`

  test('every value is an event', () => exchangeEvents(active[from]!, passive[to]!, uri('topic')))

  test('every value is an argument and a result', () =>
    exchangeCalls(active[from]!, passive[to]!, uri('echo')))

  test('progressive results come before the last one', () =>
    exchangeProgress(active[from]!, passive[to]!, uri('progress')))

  test('an error arrives with its URI and payload', async () => {
    const payload = payloadOf('why')
    await passive[to]!.peer.register(uri('fail'), async () => {
      throw new Failure('com.example.refused', payload)
    })
    const { result } = active[from]!.peer.call(uri('fail'), payload)
    const error: unknown = await result.catch((error) => error)
    expect(error).toMatchObject({ uri: 'com.example.refused' })
    expect([null, payload]).toContainEqual((error as Failure).payload)
  })

  test('a procedure that is not there is an error', async () => {
    const { result } = active[from]!.peer.call(uri('missing'), payloadOf(1))
    await expect(result).rejects.toMatchObject({ uri: 'wamp.error.no_such_procedure' })
  })

  test('a call is canceled, and the late answer harms nobody', async () => {
    let release = (): void => {}
    const released = new Promise<void>((done) => {
      release = done
    })
    const calls = new Queue()
    await passive[to]!.peer.register(uri('slow'), async (payload) => {
      calls.add(payload)
      if (payload.args[0] === 'slow') await released
      return payload
    })
    const call = active[from]!.peer.call(uri('slow'), payloadOf('slow'))
    await calls.next()
    call.cancel()
    await expect(call.result).rejects.toMatchObject({ uri: 'wamp.error.canceled' })
    release()
    expect(await active[from]!.peer.call(uri('slow'), payloadOf('fast')).result).toEqual(payloadOf('fast'))
  })
})
