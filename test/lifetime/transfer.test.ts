/** Messages on their way to another thread and back: a real Worker with the built package. */
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createCodec,
  EncodeError,
  EventMessage,
  Float64,
  type Message,
  Publish,
  Tagged,
  type Transferred,
} from '../../src/index.ts'
import { canonical, LIST_FORMATS } from '../support/vectors.ts'
import { builtMessages, SAMPLES } from './samples.ts'

const codec = createCodec()
const built = fileURLToPath(new URL('../../dist/index.js', import.meta.url))

/** What echo-worker.mjs sends for each message. */
interface Echo {
  readonly text: string
  readonly list: unknown[]
  readonly frames: readonly Uint8Array[]
  readonly back: Transferred
}

/** A message that says the same as the one that was sent. */
function expectSame(echo: Echo | undefined, sent: Message): void {
  expect(echo?.text).toBe(codec.fromTransferable(sent.toTransferable()).toString())
  expect(canonical(echo?.list)).toBe(canonical(sent.marshal()))
  LIST_FORMATS.forEach((format, i) => {
    expect(
      codec
        .serializer(format)
        .decode(echo?.frames[i] as Uint8Array)
        .equals(sent),
    ).toBe(true)
  })
  expect(codec.fromTransferable(echo?.back as Transferred).equals(sent)).toBe(true)
}

// Needs `node build/build.mjs`, as `npm test` does it before anything else.
describe.skipIf(!existsSync(built))('a worker', () => {
  let worker: Worker

  beforeAll(() => {
    worker = new Worker(new URL('./echo-worker.mjs', import.meta.url))
  })

  afterAll(() => worker.terminate())

  async function echoes(messages: readonly Message[]): Promise<Echo[]> {
    worker.postMessage(messages.map((message) => message.toTransferable()))
    const [answer] = (await once(worker, 'message')) as [Echo[]]
    return answer
  }

  test.each(LIST_FORMATS)('gets every kind of message that came in %s', async (format) => {
    const serializer = codec.serializer(format)
    const messages = builtMessages().map((message) => serializer.decode(serializer.encode(message)))
    const answers = await echoes(messages)
    for (const [i, message] of messages.entries()) expectSame(answers[i], message)
    expect(answers.map(({ back }) => back.serializer)).toEqual(messages.map(() => format))
  })

  test('gets every kind of message that was built', async () => {
    const messages = builtMessages()
    const answers = await echoes(messages)
    for (const [i, message] of messages.entries()) expectSame(answers[i], message)
  })

  test.each(LIST_FORMATS)(
    'gets messages that came in %s and were changed, and events made of them',
    async (format) => {
      const frame = codec
        .serializer(format)
        .encode(new Publish({ request: 1, topic: 'a.b', args: [1], custom: { x_: 2 } }))
      const changed = codec.serializer(format).decode(frame) as Publish
      changed.topic = 'com.example.other'
      changed.kwargs = { more: [new Uint8Array([1])] }
      const source = codec.serializer(format).decode(frame) as Publish
      const event = EventMessage.from(source, { subscription: 2 ** 40, publication: 2 ** 53, topic: 'a.b' })
      const answers = await echoes([changed, event, source])
      expectSame(answers[0], changed)
      expectSame(answers[1], event)
      expectSame(answers[2], source)
    },
  )

  test('gets messages of a batch, of a deferred decode, and ones that are detached', async () => {
    const deferred = createCodec({ payloadValidation: 'deferred' }).serializer('cbor.batched')
    const messages = deferred.decodeAll(deferred.encodeAll(builtMessages().slice(14, 18)))
    messages[1]?.detach()
    const answers = await echoes(messages)
    for (const [i, message] of messages.entries()) expectSame(answers[i], message)
  })
})

test.each(LIST_FORMATS)('a %s transferable is a copy: neither thread sees the other change it', (format) => {
  const serializer = codec.serializer(format)
  for (const message of builtMessages()) {
    const received = serializer.decode(serializer.encode(message))
    const transferred = received.toTransferable()
    const arrived = codec.fromTransferable(structuredClone(transferred))
    expect(arrived.equals(message)).toBe(true)
    expect(arrived.constructor).toBe(message.constructor)
    transferred.bytes.fill(0xff)
    transferred.index.fill(-1)
    expect(received.equals(message)).toBe(true)
    expect(arrived.equals(message)).toBe(true)
  }
})

test('a transferable of a message whose payload is refused is refused', () => {
  const deferred = createCodec({ payloadValidation: 'deferred' }).serializer('json')
  const message = deferred.decode('[16,1,{},"a.b",[1,]]')
  expect(() => message.toTransferable()).toThrow(/cannot decode PUBLISH from json/)
})

test('a transferable of what only FlatBuffers can say names it, when it is no longer the frame that came', () => {
  const serializer = codec.serializer('flatbuffers')
  const hops = [{ session: 1, authid: 'x', authrole: null }]
  const frame = serializer.encode(new Publish({ request: 1, topic: 'a.b', args: [1], forward_for: hops }))
  const message = serializer.decode(frame) as Publish
  expect(codec.fromTransferable(structuredClone(message.toTransferable())).equals(message)).toBe(true)
  const event = EventMessage.from(message, { subscription: 1, publication: 2, topic: 'a.b' })
  const refusal = 'cannot transfer EVENT: forward_for: a hop needs its authrole in a list'
  expect(() => event.toTransferable()).toThrow(
    expect.objectContaining({ message: refusal, path: 'forward_for' }),
  )
})

test('a transferable of what no format has names what CBOR lacks, and where, as encode does', () => {
  const code = (): number => 1
  for (const [given, path] of [
    [{ args: [undefined] }, 'args[0]'],
    [{ args: [{ b: code }] }, 'args[0].b'],
    [{ kwargs: { a: [code] } }, 'kwargs.a[0]'],
    [{ custom: { x_a: { b: code } } }, 'x_a.b'],
  ] as const) {
    const message = new Publish({ request: 1, topic: 'a.b', ...(given as object) })
    const what = path === 'args[0]' ? 'undefined' : 'a function'
    const refusal = { path, message: `cannot encode ${path} to cbor: ${what} has no CBOR form` }
    expect(() => message.toTransferable()).toThrow(expect.objectContaining(refusal))
    expect(() => codec.serializer('cbor').encode(message)).toThrow(expect.objectContaining(refusal))
  }
})

describe('a malformed transferable is a TypeError', () => {
  const { Class, full } = SAMPLES[7] as (typeof SAMPLES)[number]
  const serializer = codec.serializer('cbor')
  const good = serializer.decode(serializer.encode(new Class(full))).toTransferable()

  /** The index with another value at a place. */
  function indexed(...changes: readonly (readonly [place: number, value: number])[]): Transferred {
    const index = good.index.slice()
    for (const [place, value] of changes) index[place] = value
    return { ...good, index }
  }

  function withId(id: number): Transferred {
    const index = good.index.slice()
    new Float64Array(index.buffer, 8, 1)[0] = id
    return { ...good, index }
  }

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 5],
    ['a message', new Class(full)],
    ['an empty object', {}],
    ['another version', { ...good, version: good.version + 1 }],
    ['bytes that are a list', { ...good, bytes: [...good.bytes] }],
    ['an index that is a list', { ...good, index: [...good.index] }],
    ['an unknown serializer', { ...good, serializer: 'xml' }],
    ['a serializer that every object has', { ...good, serializer: 'constructor' }],
    ['no index', { ...good, index: new Int32Array(0) }],
    ['a short index', { ...good, index: good.index.subarray(0, 13) }],
    ['a very short index', { ...good, index: good.index.subarray(0, 3) }],
    ['a third of an entry', { ...good, index: good.index.subarray(0, 16) }],
    ['an unknown form', indexed([0, 25])],
    ['a negative form', indexed([0, -1])],
    ['an unknown mode', indexed([6, 9])],
    ['a span beyond the bytes', indexed([11, good.bytes.length + 1])],
    ['a span before the bytes', indexed([10, -2])],
    ['a span that ends before it begins', indexed([10, 20], [11, 3])],
    ['a text that ends before it begins', indexed([8, 20], [9, 3])],
    ['a text that is a number', indexed([8, 1], [9, 2])],
    ['an id that is none', withId(Number.NaN)],
    ['a negative id', withId(-1)],
    ['fewer bytes', { ...good, bytes: good.bytes.subarray(0, 20) }],
  ])('%s is a TypeError', (_name, transferred) => {
    expect(() => codec.fromTransferable(transferred as Transferred)).toThrow(TypeError)
  })
})

describe('a message that was changed', () => {
  const tagged = createCodec({ tags: 'tagged' })
  const hop = { session: 1, authid: 'a', authrole: 'b' }

  test.each(['cbor', 'msgpack'] as const)('keeps its payload byte for byte in %s', (id) => {
    const serializer = codec.serializer(id)
    const values =
      id === 'cbor' ? [new Tagged(1, 5), [new Float64(1)]] : [new Tagged(5, Uint8Array.of(1), 'extension')]
    const sent = new Publish({ request: 1, topic: 'a.b', args: values, kwargs: { a: values[0] } })
    const message = serializer.decode(serializer.encode(sent)).forward(hop) as Publish
    const arrived = codec.fromTransferable(structuredClone(message.toTransferable()))
    expect(serializer.encode(arrived)).toEqual(serializer.encode(message))
    expect((tagged.serializer(id).decode(serializer.encode(arrived)) as Publish).args?.[0]).toEqual(values[0])
  })

  test('keeps a raw payload that was stored', () => {
    const bytes = [Uint8Array.of(0x81, 0xc1, 5), new Uint8Array(0)] as never
    const message = new EventMessage({
      subscription: 1,
      publication: 2,
      rawPayload: { format: 'cbor', mode: 'args', bytes } as never,
    })
    const arrived = codec.fromTransferable(message.toTransferable())
    const serializer = codec.serializer('cbor')
    expect(serializer.encode(arrived)).toEqual(serializer.encode(message))
  })

  test('may have integers of any length, as the codec that read it allows', () => {
    const wide = createCodec({ maxBigIntBytes: 4096 })
    const sent = new Publish({ request: 1, topic: 'a.b', args: [2n ** 9000n] })
    const message = wide.serializer('cbor').decode(wide.serializer('cbor').encode(sent)).forward(hop)
    for (const each of [sent, message]) {
      const arrived = wide.fromTransferable(each.toTransferable()) as Publish
      expect(arrived.args).toEqual(sent.args)
    }
  })

  test('is refused for what a `toJSON` says of it as `encode` refuses it', () => {
    const exclude = Object.assign([1], { toJSON: () => ['x'] })
    const kwargs = { a: 1, toJSON: () => 5 }
    for (const attributes of [{ exclude }, { kwargs }]) {
      const message = new Publish({ request: 1, topic: 'a', ...(attributes as object) })
      const refusal = errorOf(() => codec.serializer('cbor').encode(message))
      expect(refusal).toBeInstanceOf(EncodeError)
      expect(errorOf(() => message.toTransferable())).toMatchObject({
        message: refusal.message,
        path: refusal.path,
      })
    }
  })
})

test('a hop is asked once on its way to another thread', () => {
  let asked = 0
  const hop = {
    get session(): number {
      asked++
      return 1
    },
    authid: 'a',
    authrole: 'b',
  }
  const message = new Publish({ request: 1, topic: 'a.b', forward_for: [hop] })
  asked = 0
  message.toTransferable()
  expect(asked).toBe(1)
})

function errorOf(act: () => unknown): EncodeError {
  try {
    act()
  } catch (error) {
    return error as EncodeError
  }
  throw new Error('nothing was thrown')
}
