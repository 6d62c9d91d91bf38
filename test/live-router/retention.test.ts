/** Who gets which retained event of the example router, and that nobody else waits for it. */
import { expect, test } from 'vitest'
import { type EventMessage, MessageType, Publish, Subscribe } from 'wamp-codec'
import { type Client, join, settled, start } from './support.ts'

/** Retains so many events, each of a topic of its own. */
async function retain(publisher: Client, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const topic = `com.kept.number${i}`
    publisher.send(new Publish({ request: publisher.request(), topic, args: [i], retain: true }))
  }
  await publisher.call('wamp.session.count')
}

/** The args of what is retained for a client. */
async function retainedFor(client: Client, topic: string): Promise<unknown[]> {
  await client.subscribe(topic, { get_retained: true })
  await settled()
  return client.events().map(({ args }) => args?.[0])
}

test('a client that asks for one of many retained events makes nobody wait who does not ask', async () => {
  const { router } = start()
  const [publisher, late, other] = [await join(router), await join(router), await join(router)]
  await retain(publisher, 500)
  await publisher.publish('x.last.y', { args: ['found'], retain: true })
  await late.subscribe('x..y', { match: 'wildcard', get_retained: true })
  await other.call('wamp.session.count')
  expect(late.events()).toEqual([])
  expect((await late.next(MessageType.EVENT)).args).toEqual(['found'])
})

test('all subscriptions of a client together get only so many retained events in one turn', async () => {
  const { router } = start()
  const [publisher, late, other] = [await join(router), await join(router), await join(router)]
  await retain(publisher, 60)
  for (let i = 0; i < 10; i++) {
    const topic = 'com.kept.number'.slice(0, -i - 1)
    late.send(new Subscribe({ request: late.request(), topic, match: 'prefix', get_retained: true }))
  }
  await late.call('wamp.session.count')
  await other.call('wamp.session.count')
  expect(late.events().length).toBeLessThanOrEqual(100)
  const seen: EventMessage[] = []
  for (let i = 0; i < 600; i++) seen.push(await late.next(MessageType.EVENT))
  expect(new Set(seen.map(({ subscription, args }) => `${subscription} ${args?.[0]}`)).size).toBe(600)
})

test.each([
  ['has no form for', { args: [Number.NaN] }],
  ['takes no frame of this length for', { args: ['x'.repeat(2000)] }],
])('a retained event that a client %s is tried once, however often it asks', async (_, event) => {
  const { router, incidents } = start({ limits: { maxBufferedBytes: 2000 } })
  const [publisher, late] = [await join(router), await join(router, { serializer: 'json' })]
  await publisher.publish('a.b', { ...event, retain: true })
  for (let i = 0; i < 5; i++) expect(await retainedFor(late, 'a.b')).toEqual([])
  expect(incidents.length).toBe(1)
})

test('each client gets the last retained event that it would have got when it was published', async () => {
  const { router } = start()
  const publisher = await join(router)
  const eachGets = async (): Promise<unknown[]> => [
    await retainedFor(await join(router), 'a.b'),
    await retainedFor(await join(router, { authid: 'vic' }), 'a.b'),
  ]
  const publish = (arg: string, options = {}) =>
    publisher.publish('a.b', { args: [arg], retain: true, ...options })
  await publish('all 1')
  await publish('vip 1', { eligible_authrole: ['vip'] })
  await publish('nobody', { eligible: [] })
  await publish('vip 2', { eligible_authrole: ['vip'] })
  expect(await eachGets()).toEqual([['all 1'], ['vip 2']])
  await publish('all 2')
  expect(await eachGets()).toEqual([['all 2'], ['all 2']])
})

test('a retained event that only some may have does not come again to those who had the one before', async () => {
  const { router } = start()
  const [publisher, late] = [await join(router), await join(router)]
  await retain(publisher, 300)
  await late.subscribe('com.kept', { match: 'prefix', get_retained: true })
  expect(late.events().length).toBeLessThan(300)
  // While others are still to come, of one that has and one that has not.
  for (const i of [0, 299]) {
    await publisher.publish(`com.kept.number${i}`, { retain: true, eligible_authrole: ['vip'] })
  }
  for (let i = 0; i < 300; i++) expect((await late.next(MessageType.EVENT)).args).toEqual([i])
  await settled()
  expect(late.events()).toEqual([])
})

test('a publisher gets its own retained event only if it would have got the event', async () => {
  const { router } = start()
  const publisher = await join(router)
  await publisher.publish('a.b', { args: [1], retain: true })
  await publisher.publish('a.c', { args: [2], retain: true, exclude_me: false })
  expect([await retainedFor(publisher, 'a.b'), await retainedFor(publisher, 'a.c')]).toEqual([[], [2]])
})
