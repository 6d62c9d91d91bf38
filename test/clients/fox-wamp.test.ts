/** The clients with each other through fox-wamp, whose own transport knows JSON only. */
import { once } from 'node:events'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FoxRouter, serveFoxWamp } from '../../src/clients/fox-wamp.ts'
import { createCodec } from '../../src/index.ts'
import { exchangeCalls, exchangeEvents, exchangeProgress, type Joined, joinAll } from './exchange.ts'
import { ROWS } from './peers.ts'

const FoxWamp = createRequire(import.meta.url)('fox-wamp') as new () => FoxRouter & NodeJS.EventEmitter

let server: ReturnType<typeof serveFoxWamp>
let active: readonly Joined[]
let passive: readonly Joined[]
const alerts: unknown[] = []

beforeAll(async () => {
  const router = new FoxWamp()
  router.on('session.alert', (...details) => alerts.push(details))
  server = serveFoxWamp(router, createCodec(), { host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
  active = await joinAll(url)
  passive = await joinAll(url)
})

afterAll(async () => {
  for (const socket of server.clients) socket.terminate()
  await new Promise((done) => server.close(done))
})

describe.each(ROWS)('$name', ({ from, to }) => {
  const uri = (name: string): string => `com.example.${name}.p${from}.p${to}`

  test('every value is an event', () => exchangeEvents(active[from]!, passive[to]!, uri('topic')))

  test('every value is an argument and a result', () =>
    exchangeCalls(active[from]!, passive[to]!, uri('echo')))

  test('progressive results come before the last one', () =>
    exchangeProgress(active[from]!, passive[to]!, uri('progress')))

  test('a procedure that is not there is an error', async () => {
    const { result } = active[from]!.peer.call(uri('missing'), { args: [], kwargs: {} })
    await expect(result).rejects.toMatchObject({ uri: 'wamp.error.no_such_procedure' })
    expect(alerts.splice(0)).toEqual([])
  })
})
