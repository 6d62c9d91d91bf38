/** Payload passthru of wampy: the serializer of its messages, or another one, for opaque payloads. */
import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wampy, wampyOptions } from '../../src/clients/wampy.ts'
import { createCodec } from '../../src/index.ts'
import { startRouter, type TestRouter } from './router.ts'

const require = createRequire(import.meta.url)
const { Wampy } = require('wampy') as typeof import('wampy')
const { WebSocket } = require('ws') as { WebSocket: never }

const FORMATS = ['json', 'msgpack', 'cbor'] as const

const codec = createCodec()
const serializers = Object.fromEntries(
  FORMATS.map((id) => [id, wampy(codec.lists(id, wampyOptions(id)))]),
) as Record<(typeof FORMATS)[number], ReturnType<typeof wampy>>

let router: TestRouter
beforeAll(async () => {
  router = await startRouter()
})
afterAll(() => router.stop())

const PAYLOAD = { argsList: ['ü', 2 ** 53 - 1, Uint8Array.of(1, 2)], argsDict: { list: [null, { a: 1.5 }] } }

const rows = FORMATS.flatMap((transport) => FORMATS.map((payload) => ({ transport, payload })))

test.each(rows)('$payload payloads pass through $transport messages', async ({ transport, payload }) => {
  const join = async (): Promise<InstanceType<typeof Wampy>> => {
    const options = { realm: 'realm1', serializer: serializers[transport], payloadSerializers: serializers }
    const client = new Wampy(router.url, { ...options, ws: WebSocket, autoReconnect: false })
    await client.connect()
    return client
  }
  const [caller, callee] = await Promise.all([join(), join()])
  const ppt = { ppt_scheme: 'x_example', ppt_serializer: payload }

  const uri = `com.example.${transport}.${payload}`
  const events: unknown[] = []
  await callee.subscribe(uri, ({ argsList, argsDict }) => {
    events.push({ argsList, argsDict })
  })
  await callee.register(uri, ({ argsList, argsDict }) => ({
    argsList: argsList!,
    argsDict: argsDict!,
    options: ppt,
  }))

  await caller.publish(uri, PAYLOAD, ppt)
  // The answer to the call comes after the event.
  const { argsList, argsDict } = await caller.call(uri, PAYLOAD, ppt)
  expect({ argsList, argsDict }).toStrictEqual(PAYLOAD)
  expect(events).toStrictEqual([PAYLOAD])
  expect(router.refused.splice(0)).toEqual([])
  await Promise.all([caller.disconnect(), callee.disconnect()])
})
