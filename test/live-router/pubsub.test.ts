/** The broker of the example router: who gets which event, and what comes with it. */

import { expect, test } from 'vitest'
import { MessageType, Publish, Published, type SerializerId, Unsubscribe } from 'wamp-codec'
import { type Client, errorOf, join, settled, start } from './support.ts'

const IDS: readonly SerializerId[] = [
  ...(['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers'] as const),
  ...(['json.batched', 'msgpack.batched', 'cbor.batched', 'ubjson.batched'] as const),
]
const ARGS = ['Zürich', 21.5, -40, null, true, [1, [2]], { a: { b: 1 } }, 2 ** 53 - 1]
const KWARGS = { summary: 'Föhn ☀', empty: [] }

test.each(IDS)(
  'an event of a publisher in %s reaches subscribers in every serializer, and nothing is decoded',
  async (id) => {
    const { router } = start()
    const publisher = await join(router, { serializer: id })
    const subscribers: Client[] = []
    for (const serializer of IDS) {
      const subscriber = await join(router, { serializer })
      await subscriber.subscribe('com.myapp.weather')
      subscribers.push(subscriber)
    }
    router.codec.stats({ reset: true })
    await publisher.publish('com.myapp.weather', { args: ARGS, kwargs: KWARGS })
    await settled()
    const { spliced, transcoded, decodedPayloads } = router.codec.stats()
    // Two formats share no bytes; one format, batched or not, does. FlatBuffers has CBOR payloads by default.
    expect(decodedPayloads).toBe(0)
    expect(transcoded).toBe(3)
    expect(spliced).toBeGreaterThanOrEqual(2)
    for (const subscriber of subscribers) {
      const [event] = subscriber.events()
      expect([event?.args, event?.kwargs]).toEqual([ARGS, KWARGS])
    }
  },
)

test('patterns get the topic with the event, exact subscriptions do not; each subscription gets its own', async () => {
  const { router } = start()
  const publisher = await join(router)
  const subscriber = await join(router)
  const ids = [
    await subscriber.subscribe('com.myapp.weather.zurich'),
    await subscriber.subscribe('com.myapp.', { match: 'prefix' }),
    await subscriber.subscribe('com.myapp.weather', { match: 'prefix' }),
    await subscriber.subscribe('com..weather.', { match: 'wildcard' }),
  ]
  await subscriber.subscribe('com.myapp')
  await subscriber.subscribe('com.my.', { match: 'prefix' })
  await subscriber.subscribe('com..weather', { match: 'wildcard' })
  await subscriber.subscribe('com...berlin', { match: 'wildcard' })
  await publisher.publish('com.myapp.weather.zurich', { args: [1] })
  await settled()
  const events = subscriber.events().map(({ subscription, topic }) => [subscription, topic])
  const topic = 'com.myapp.weather.zurich'
  expect(new Map(events as [number, string | null][])).toEqual(
    new Map(ids.map((id, i) => [id, i === 0 ? null : topic])),
  )
  expect(events.length).toBe(4)
})

test('subscribing twice is one subscription, and unsubscribing ends it', async () => {
  const { router } = start()
  const client = await join(router)
  const publisher = await join(router)
  for (const match of ['exact', 'prefix', 'wildcard'] as const) {
    const first = await client.subscribe('a.b', { match })
    expect(await client.subscribe('a.b', { match })).toBe(first)
    const answer = await client.ask(new Unsubscribe({ request: client.request(), subscription: first }))
    expect(answer.type).toBe(MessageType.UNSUBSCRIBED)
    const again = await client.ask(new Unsubscribe({ request: client.request(), subscription: first }))
    expect(errorOf(again)).toBe('wamp.error.no_such_subscription')
  }
  await publisher.publish('a.b')
  await settled()
  expect(client.events()).toEqual([])
})

test('a publisher does not get its own event unless it says so', async () => {
  const { router } = start()
  const client = await join(router)
  await client.subscribe('a.b')
  await client.publish('a.b', { args: [1] })
  await client.publish('a.b', { args: [2], exclude_me: false })
  await settled()
  expect(client.events().map(({ args }) => args)).toEqual([[2]])
})

test('black and white lists choose by session, authid and authrole', async () => {
  const { router } = start()
  const publisher = await join(router)
  const clients = {
    joe: await join(router, { authid: 'joe' }),
    amy: await join(router, { authid: 'amy' }),
    root: await join(router, { authid: 'root' }),
  }
  for (const client of Object.values(clients)) await client.subscribe('a.b')
  const rows: [object, string][] = [
    [{}, 'joe amy root'],
    [{ exclude: [clients.joe.id] }, 'amy root'],
    [{ exclude_authid: ['amy', 'root'] }, 'joe'],
    [{ exclude_authrole: ['user'] }, 'root'],
    [{ eligible: [clients.joe.id, clients.root.id] }, 'joe root'],
    [{ eligible_authid: ['amy'] }, 'amy'],
    [{ eligible_authrole: ['user'] }, 'joe amy'],
    [{ eligible_authrole: ['user'], exclude_authid: ['joe'] }, 'amy'],
    [{ eligible: [] }, ''],
  ]
  for (const [options, expected] of rows) {
    await publisher.publish('a.b', options)
    await settled()
    const got: string[] = []
    for (const [name, client] of Object.entries(clients)) {
      if (client.events().length > 0) got.push(name)
      while (client.events().length > 0) await client.next(MessageType.EVENT)
    }
    expect([options, got.join(' ')]).toEqual([options, expected])
  }
})

test('what has lists stays here: another router could not keep to them', async () => {
  const { router } = start()
  const publisher = await join(router)
  const joe = await join(router, { authid: 'joe' })
  const near = await join(router, { authid: 'near' })
  await near.subscribe('', { match: 'prefix' })
  const rows: [object, number][] = [
    [{}, 1],
    [{ exclude_authid: [], exclude_authrole: [], exclude: [] }, 1],
    // A session that is here is not there.
    [{ exclude: [joe.id] }, 1],
    [{ exclude: [joe.id, 1234567] }, 0],
    [{ exclude_authid: ['joe'] }, 0],
    [{ exclude_authrole: ['user'] }, 0],
    [{ eligible: [near.id] }, 0],
    [{ eligible_authid: ['near'] }, 0],
    [{ eligible_authrole: ['router'] }, 0],
  ]
  for (const [options, expected] of rows) {
    await publisher.publish('a.b', options)
    await settled()
    expect([options, near.events().length]).toEqual([options, expected])
    while (near.events().length > 0) await near.next(MessageType.EVENT)
  }
})

test('a publisher is told of when it asks for it, and only then', async () => {
  const { router } = start()
  const publisher = await join(router, { authid: 'joe' })
  const subscriber = await join(router, { serializer: 'json' })
  await subscriber.subscribe('a.b')
  await publisher.publish('a.b')
  await publisher.publish('a.b', { disclose_me: true })
  await settled()
  expect(
    subscriber.events().map((event) => [event.publisher, event.publisher_authid, event.publisher_authrole]),
  ).toEqual([
    [null, null, null],
    [publisher.id, 'joe', 'user'],
  ])
})

test('the last retained event of a topic waits for those who come later', async () => {
  const { router } = start()
  const publisher = await join(router, { serializer: 'json' })
  for (const temperature of [20, 21]) {
    await publisher.publish('com.weather.zurich', { args: [temperature], retain: true })
  }
  await publisher.publish('com.weather.berlin', { args: [15], retain: true, eligible_authrole: ['vip'] })
  await publisher.publish('com.weather.rome', { args: [30] })
  publisher.connection.close()

  const late = await join(router)
  await late.subscribe('com.weather.zurich', { get_retained: true })
  const event = await late.next(MessageType.EVENT)
  expect([event.args, event.retained]).toEqual([[21], true])

  const vip = await join(router, { authid: 'vic' })
  await vip.subscribe('com.weather', { match: 'prefix', get_retained: true })
  await settled()
  expect(vip.events().map(({ topic, args }) => [topic, args])).toEqual([
    ['com.weather.zurich', [21]],
    ['com.weather.berlin', [15]],
  ])
  const without = await join(router)
  await without.subscribe('com.weather', { match: 'prefix' })
  await without.subscribe('com.weather.berlin', { get_retained: true })
  await settled()
  expect(without.events()).toEqual([])
})

test('a publication is acknowledged when that is asked for, each with an id of its own', async () => {
  const { router } = start()
  const client = await join(router)
  const answers = [await client.publish('a.b'), await client.publish('a.b')] as Published[]
  expect(answers.map((answer) => answer.constructor)).toEqual([Published, Published])
  expect(answers[0]?.publication).not.toBe(answers[1]?.publication)
  client.send(new Publish({ request: client.request(), topic: 'a.b' }))
  await settled()
  expect(client.unasked()).toEqual([])
})

test('topics of the router are refused, and so is forwarding by whom is no router', async () => {
  const { router } = start()
  const client = await join(router)
  expect(errorOf(await client.publish('wamp.session.on_join'))).toBe('wamp.error.invalid_uri')
  const forward_for = [{ session: 1, authid: 'root', authrole: 'admin' }]
  expect(errorOf(await client.publish('a.b', { forward_for }))).toBe('wamp.error.option_not_allowed')
})

test('an event that a subscriber cannot take reaches the others', async () => {
  const { router, incidents } = start()
  const publisher = await join(router)
  const inJson = [await join(router, { serializer: 'json' }), await join(router, { serializer: 'json' })]
  const inCbor = await join(router)
  for (const client of [...inJson, inCbor]) await client.subscribe('a.b')
  await publisher.publish('a.b', { args: [Number.NaN] })
  await publisher.publish('a.b', { args: [1] })
  await settled()
  expect(inCbor.events().map(({ args }) => args)).toEqual([[Number.NaN], [1]])
  expect(inJson.map((client) => client.events().map(({ args }) => args))).toEqual([[[1]], [[1]]])
  // The second of them was not tried: what fails costs as much as what does not.
  expect(incidents.length).toBe(1)
})

test('opaque payloads arrive in the dialect that a client announces', async () => {
  const { router } = start()
  const roles = (feature: string) => ({ subscriber: { features: { [feature]: true } } })
  const publisher = await join(router, { serializer: 'json' })
  const ppt = await join(router, { roles: roles('payload_passthru_mode') })
  const enc = await join(router, { roles: roles('payload_transparency') })
  const flat = await join(router, { serializer: 'flatbuffers', roles: roles('payload_passthru_mode') })
  for (const client of [ppt, enc, flat]) await client.subscribe('a.b')
  const payload = Uint8Array.of(1, 2, 3)
  await publisher.publish('a.b', { payload, enc_algo: 'cryptobox', enc_serializer: 'cbor', enc_key: 'k' })
  await publisher.publish('a.b', {
    payload,
    ppt_scheme: 'wamp',
    ppt_cipher: 'xsalsa20poly1305',
    ppt_serializer: 'cbor',
  })
  await settled()
  await settled()
  expect(router.codec.stats().decodedPayloads).toBe(0)
  const seen = [ppt, enc, flat].map((client) =>
    client.events().map(({ ppt_scheme, enc_algo, payload }) => [ppt_scheme, enc_algo, [...(payload ?? [])]]),
  )
  const bytes = [1, 2, 3]
  const asEnc = [null, 'cryptobox', bytes]
  const asPpt = ['wamp', null, bytes]
  expect(seen).toEqual([
    [asPpt, asPpt],
    [asEnc, asEnc],
    [asEnc, asEnc],
  ])
})
