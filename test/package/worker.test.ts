/** Messages between threads: `toTransferable` here, `fromTransferable` in a Worker that has only the built package. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createCodec,
  EventMessage,
  Goodbye,
  type Message,
  Publish,
  type Transferred,
} from '../../src/index.ts'
import { FIXTURES } from './run.ts'

const codec = createCodec()
let worker: Worker

beforeAll(() => {
  worker = new Worker(`${FIXTURES}/worker.mjs`)
})
afterAll(() => worker.terminate())

interface Answer {
  readonly name: string
  readonly list: unknown[]
  readonly back: Transferred
}

async function post(message: Message): Promise<Answer> {
  const transferred = message.toTransferable()
  worker.postMessage(transferred, [transferred.bytes.buffer as ArrayBuffer])
  const [answer] = (await once(worker, 'message')) as [Answer]
  return answer
}

const hello = new Publish({
  request: 2 ** 40,
  topic: 'com.myapp.hello',
  exclude_me: false,
  custom: { x_trace: 'a' },
  args: ['hé', { deep: [1, null] }],
  kwargs: { list: [1.5, true] },
})

test.each(['json', 'msgpack', 'cbor'] as const)('a message in %s reads the same in a Worker', async (id) => {
  const received = codec.serializer(id).decode(codec.serializer(id).encode(hello))
  const { name, list, back } = await post(received)
  expect(name).toBe('PUBLISH')
  expect(list).toEqual(hello.marshal())
  expect(codec.fromTransferable(back).equals(hello)).toBe(true)
})

test('a message keeps reading after its bytes have gone to a Worker', async () => {
  const received = codec.serializer('cbor').decode(codec.serializer('cbor').encode(hello))
  await post(received)
  expect(received.equals(hello)).toBe(true)
})

test('messages that were built here go to a Worker too', async () => {
  const event = new EventMessage({ subscription: 1, publication: 2 ** 53, payload: new Uint8Array([1, 2]) })
  expect((await post(event)).list).toEqual(event.marshal())
  const goodbye = new Goodbye({ reason: 'wamp.close.normal' })
  expect((await post(goodbye)).list).toEqual(goodbye.marshal())
})
