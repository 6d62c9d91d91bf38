/** Memory of the live router stays as it is, however many messages go through it: a million in deep runs. */
import { expect, test } from 'vitest'
import { Call, MessageType, Publish, Yield } from 'wamp-codec'
import { livingBufferBytes } from '../lifetime/gc.ts'
import { isDeep } from '../support/broken.ts'
import { type Client, join, settled, start } from './support.ts'

/** Messages that come in: of each four an event is published, a call made and answered. */
const MESSAGES = isDeep ? 1_000_000 : 40_000
const ROUND = 1000

test(`memory is flat over ${MESSAGES.toLocaleString('en')} messages`, async () => {
  const { router } = start()
  const caller = await join(router, { serializer: 'json' })
  const callee = await join(router, { serializer: 'msgpack' })
  const topics = 50
  for (let i = 0; i < topics; i++) await callee.subscribe(`com.topic.${i}`)
  callee.oninvocation = ({ request, rawPayload }) => callee.send(new Yield({ request, rawPayload }))
  await callee.register('com.echo')

  const rounds = async (messages: number): Promise<void> => {
    for (let i = 0; i < messages; i += ROUND) {
      for (let k = 0; k < ROUND / 4; k++) {
        const request = caller.request()
        const topic = `com.topic.${k % topics}`
        // Topics that come once, and never again.
        caller.send(new Publish({ request, topic: `com.once.${request}`, args: [request] }))
        caller.send(new Publish({ request, topic, args: [request, 'x'.repeat(k)], retain: k % 10 === 0 }))
        caller.send(new Call({ request, procedure: 'com.echo', args: [request, 'y'.repeat(k)] }))
      }
      await settled()
      await taken(callee, MessageType.EVENT, ROUND / 4)
      await taken(caller, MessageType.RESULT, ROUND / 4)
    }
  }
  await rounds(10_000)
  const before = await living()
  await rounds(MESSAGES)
  const grown = (await living()) - before
  expect(router.codec.stats().decodedPayloads).toBe(0)
  expect(grown).toBeLessThan(2_000_000)
})

test('frames of retained events are not kept, whoever asks for them', async () => {
  const { router } = start()
  const publisher = await join(router)
  const events = 4
  for (let i = 0; i < events; i++) {
    // Not a text alone: the frame would have a view of it.
    await publisher.publish(`com.kept.${i}`, { args: [['x'.repeat(1_000_000), i]], retain: true })
  }
  const before = await living()
  for (const serializer of ['cbor', 'msgpack', 'json', 'ubjson', 'flatbuffers', 'json.batched'] as const) {
    for (const payload_passthru_mode of [true, false]) {
      const roles = { subscriber: { features: { payload_passthru_mode } } }
      const client = await join(router, { serializer, roles })
      await client.subscribe('com.kept', { match: 'prefix', get_retained: true })
      await taken(client, MessageType.EVENT, events)
      client.connection.close()
      await settled()
    }
  }
  expect((await living()) - before).toBeLessThan(4_000_000)
})

test('of a long HELLO a session keeps only what is asked for later', async () => {
  const { router } = start()
  const features = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`feature_${i}`, true]))
  await join(router, { roles: { callee: { features } } })
  const before = await living()
  for (let i = 0; i < 5; i++) await join(router, { roles: { callee: { features } } })
  // With all roles they would be 4 MB.
  expect((await living()) - before).toBeLessThan(1_000_000)
})

/** Takes so many messages that came. */
async function taken(client: Client, type: number, count: number): Promise<void> {
  expect(client.unasked().length).toBe(count)
  for (let i = 0; i < count; i++) await client.next(type)
}

/** Bytes on the heap and in buffers that something holds. */
async function living(): Promise<number> {
  return (await livingBufferBytes()) + process.memoryUsage().heapUsed
}
