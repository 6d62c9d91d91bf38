/** Retained events of the example router: what they cost it, and how they get to a client that asks for many. */
import { expect, test } from 'vitest'
import { createCodec, MessageType } from 'wamp-codec'
import { connectRawSocket } from 'wamp-codec/net'
import { listen } from '../../examples/router/listeners.mjs'
import { Router } from '../../examples/router/router.mjs'
import type { Incident, Limits } from '../../examples/router/types.d.ts'
import { Client, closing, REALM } from './support.ts'

const CBOR = createCodec().serializer('cbor')

interface Started {
  readonly port: number
  readonly incidents: Incident[]
}

async function start(limits: Partial<Limits>): Promise<Started> {
  const incidents: Incident[] = []
  const router = new Router({
    realms: { [REALM]: {} },
    // No test waits for this one.
    limits: { pausedMs: 3_600_000, ...limits },
    observe: (what) => incidents.push(what),
  })
  const { port, close } = await listen(router)
  closing({ close })
  return { port, incidents }
}

/** A client over RawSocket, in the realm. */
async function join(port: number): Promise<Client> {
  const client = new Client(await connectRawSocket({ port, host: '127.0.0.1' }, { serializer: CBOR }))
  closing({ close: () => client.connection.terminate() })
  await client.hello()
  return client
}

/** Events of 400 KB each: more than the router and the buffers of the system hold. */
const COUNT = 40

async function retained(): Promise<Started & { publisher: Client; retain: (i: number) => Promise<unknown> }> {
  const started = await start({ pausedBytes: 100_000, maxBufferedBytes: 1_000_000 })
  const publisher = await join(started.port)
  const retain = (i: number) =>
    publisher.publish(`com.kept.${i}`, { args: [i, 'x'.repeat(400_000)], retain: true })
  for (let i = 0; i < COUNT; i++) await retain(i)
  return { ...started, publisher, retain }
}

test('more retained events than may wait come as fast as they are read', async () => {
  const { port, incidents } = await retained()
  const all = await join(port)
  await all.subscribe('com.kept', { match: 'prefix', get_retained: true })
  for (let i = 0; i < COUNT; i++) expect((await all.next(MessageType.EVENT)).args?.[0]).toBe(i)
  const each = await join(port)
  const asked = Array.from({ length: COUNT }, (_, i) =>
    each.subscribe(`com.kept.${i}`, { get_retained: true }),
  )
  await Promise.all(asked)
  for (let i = 0; i < COUNT; i++) expect((await each.next(MessageType.EVENT)).args?.[0]).toBe(i)
  expect(incidents).toEqual([])
})

test('an event that is retained while others are still to come arrives once', async () => {
  const { port, publisher, retain } = await retained()
  const slow = await join(port)
  slow.connection.pause()
  const subscribed = slow.subscribe('com.kept', { match: 'prefix', get_retained: true })
  const broker = () => publisher.call('wamp.session.count')
  while (slow.connection.bufferedAmount > 0) await broker()
  await broker()
  await retain(COUNT - 1)
  slow.connection.resume()
  await subscribed
  await slow.subscribe('com.end')
  const seen = slow.events().map(({ args, retained }) => [args?.[0], retained])
  expect(seen.length).toBe(COUNT)
  expect(seen.filter(([i]) => i === COUNT - 1)).toEqual([[COUNT - 1, null]])
})

test('a flood of retained events does not wash away what is kept already', async () => {
  const { port } = await start({ maxRetained: 3, maxRetainedBytes: 3000 })
  const client = await join(port)
  for (let i = 0; i < 5; i++) await client.publish(`com.r${i}`, { args: [i], retain: true })
  await client.publish('com.r0', { args: ['new'], retain: true })
  const late = await join(port)
  await late.subscribe('com.r', { match: 'prefix', get_retained: true })
  await late.publish('com.end')
  expect(late.events().map(({ args }) => args)).toEqual([[1], [2], ['new']])
})

test.each<[string, object]>([
  ['too long', { args: ['x'.repeat(10_000)] }],
  ['kept from too many', { exclude: Array.from({ length: 1000 }, (_, i) => i + 1) }],
])(
  'an event that is %s is not retained, and the one before it is not the last any more',
  async (_, options) => {
    const { port } = await start({ maxRetainedBytes: 10_000 })
    const client = await join(port)
    await client.publish('com.last', { args: ['old'], retain: true })
    await client.publish('com.last', { ...options, retain: true })
    const late = await join(port)
    await late.subscribe('com.last', { get_retained: true })
    await late.publish('com.end')
    expect(late.events()).toEqual([])
    // Nor does it take room.
    await client.publish('com.last', { args: ['x'.repeat(9000)], retain: true })
    await late.subscribe('com.last', { get_retained: true })
    expect((await late.next(MessageType.EVENT)).args?.[0]).toHaveLength(9000)
  },
)
