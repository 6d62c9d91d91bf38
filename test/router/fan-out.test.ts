import { expect, test } from 'vitest'
import {
  createCodec,
  EventMessage,
  FanOut,
  type FanOutReceiver,
  Publish,
  RawSocketCodec,
} from '../../src/index.ts'
import { built, isSame, PAYLOADS, received, serializerFor, WIRINGS } from '../support/payloads.ts'

const EVENT = {
  publication: 2 ** 50,
  publisher: 2 ** 52,
  publisher_authid: 'joe',
  publisher_authrole: 'user',
  forward_for: [{ session: 3, authid: 'r', authrole: 'router' }],
}

/** Every kind of receiver, and ids of every width. */
const RECEIVERS: FanOutReceiver[] = [0, 1, 23, 200, 60_000, 2 ** 31, 2 ** 33, 2 ** 53].flatMap(
  (subscription) =>
    [undefined, true, false].flatMap((retained) =>
      [true, false].flatMap((disclose) =>
        [true, false].map((topic) => ({ subscription, topic, retained, disclose })),
      ),
    ),
)

const uncached = createCodec({ cache: false })
const deferred = createCodec({ payloadValidation: 'deferred' })

const cases = WIRINGS.flatMap((target) =>
  Object.keys(PAYLOADS).map((kind) => ({ target, kind, name: target.name })),
)

test.each(cases)('$name, $kind: a fan-out gives the bytes of EventMessage.from', ({ target, kind }) => {
  const serializer = serializerFor(uncached, target)
  const attributes = PAYLOADS[kind] as object
  const list = WIRINGS[kind.length % WIRINGS.length] as (typeof WIRINGS)[number]
  for (const publish of [
    received(serializer, attributes),
    received(serializerFor(uncached, list), attributes),
    serializerFor(deferred, target).decode(serializer.encode(built(attributes))) as never,
    built(attributes),
  ]) {
    const fanOut = new FanOut(uncached, publish, EVENT)
    for (const receiver of RECEIVERS) {
      const { subscription, topic, retained, disclose } = receiver
      const { publication, forward_for, ...publisher } = EVENT
      const event = EventMessage.from(publish, {
        subscription,
        publication,
        forward_for,
        ...(disclose ? publisher : {}),
        ...(topic ? { topic: publish.topic } : {}),
        retained,
      })
      const bytes = serializer.encode(event)
      expect(isSame(fanOut.bytes(serializer, receiver), bytes)).toBe(true)
      const parts = fanOut.parts(serializer, receiver)
      expect(parts.length).toBeLessThan(4)
      expect(isSame(Buffer.concat(parts), bytes)).toBe(true)
      expect(fanOut.byteLength(serializer, receiver)).toBe(bytes.length)
    }
  }
})

test('receivers of one subscription share their bytes, and all share the payload', () => {
  const serializer = uncached.serializer('cbor')
  const publish = received(serializer, PAYLOADS.args as object)
  const fanOut = new FanOut(uncached, publish, EVENT)
  const first = fanOut.parts(serializer, { subscription: 1 })
  expect(fanOut.parts(serializer, { subscription: 1 })).toBe(first)
  expect(fanOut.bytes(serializer, { subscription: 1 })).toBe(fanOut.bytes(serializer, { subscription: 1 }))
  const second = fanOut.parts(serializer, { subscription: 2 })
  expect(second[1]).toBe(first[1])
  expect(first[1]?.buffer).toBe(publish._frame?.bytes?.buffer)
})

test('a payload of values is encoded once for all receivers', () => {
  let encoded = 0
  const value = { toJSON: () => ++encoded }
  const serializer = uncached.serializer('msgpack')
  const fanOut = new FanOut(uncached, built({ args: [value] }), EVENT)
  for (let subscription = 1; subscription < 10; subscription++) {
    fanOut.parts(serializer, { subscription })
    fanOut.bytes(serializer, { subscription })
  }
  expect(encoded).toBe(1)
})

test('what goes out by a fan-out is counted, and no payload is decoded', () => {
  const codec = createCodec()
  const serializer = codec.serializer('cbor')
  const publish = received(serializer, PAYLOADS.enc as object)
  codec.stats({ reset: true })
  const fanOut = new FanOut(codec, publish, EVENT)
  let bytes = 0
  for (let subscription = 0; subscription < 10; subscription++) {
    bytes += fanOut.bytes(serializer, { subscription }).length
    for (const part of fanOut.parts(serializer, { subscription, topic: true })) bytes += part.length
    fanOut.byteLength(serializer, { subscription })
  }
  const stats = codec.stats()
  expect(stats.out.messages).toBe(20)
  expect(stats.out.bytes).toBe(bytes)
  expect(stats.spliced).toBe(20)
  expect(stats.decodedPayloads).toBe(0)
})

test('a fan-out refuses what is no id', () => {
  const fanOut = new FanOut(uncached, built({}), EVENT)
  for (const subscription of [-1, 1.5, 2 ** 54, undefined, '1']) {
    const receiver = { subscription: subscription as number }
    expect(() => fanOut.bytes(uncached.serializer('json'), receiver)).toThrow(TypeError)
  }
  expect(() =>
    new FanOut(uncached, built({}), { publication: -1 }).bytes(uncached.serializer('json'), {
      subscription: 1,
    }),
  ).toThrow(TypeError)
})

test.each(WIRINGS)(
  '$name: a receiver gets the same with null as with nothing, whoever asked before',
  (target) => {
    const serializer = serializerFor(uncached, target)
    const publish = built({ args: [1] })
    for (const name of ['topic', 'retained', 'disclose'] as const) {
      const asked = [true, false, undefined, null].map((value) => ({ subscription: 5, [name]: value }))
      const alone = asked.map((receiver) => new FanOut(uncached, publish, EVENT).bytes(serializer, receiver))
      expect(isSame(alone[3] as Uint8Array, alone[2] as Uint8Array)).toBe(true)
      for (const first of asked) {
        const fanOut = new FanOut(uncached, publish, EVENT)
        fanOut.bytes(serializer, { ...first, subscription: 4 })
        for (const [i, receiver] of asked.entries()) {
          expect(isSame(fanOut.bytes(serializer, receiver), alone[i] as Uint8Array)).toBe(true)
          expect(fanOut.byteLength(serializer, receiver)).toBe((alone[i] as Uint8Array).length)
        }
      }
    }
  },
)

test('a receiver with anything but a boolean is refused, whoever asked before', () => {
  const json = uncached.serializer('json')
  const fanOut = new FanOut(uncached, built({ args: [1] }), EVENT)
  const wrong: readonly (readonly [unknown, string])[] = [
    [1, '1'],
    [0, '0'],
    ['', '""'],
    ['yes', '"yes"'],
    [[], 'an array'],
    [{}, 'a dictionary'],
  ]
  for (const [value, name] of wrong) {
    for (const option of ['topic', 'retained', 'disclose'] as const) {
      for (const before of [true, false, null]) {
        fanOut.bytes(json, { subscription: 1, [option]: before })
        const receiver = { subscription: 1, [option]: value as boolean }
        const refused = new TypeError(`EVENT: expected a boolean for ${option}, got ${name}`)
        expect(() => fanOut.bytes(json, receiver)).toThrow(refused)
        expect(() => fanOut.parts(json, receiver)).toThrow(refused)
        expect(() => fanOut.byteLength(json, receiver)).toThrow(refused)
      }
    }
  }
})

test('an id that is none has the text that the constructor of EVENT gives it, whoever asked before', () => {
  const json = uncached.serializer('json')
  const text = 'EVENT: expected an id (0 to 2^53) for subscription, got -1'
  expect(() => new EventMessage({ subscription: -1, publication: 1 })).toThrow(new TypeError(text))
  const fanOut = new FanOut(uncached, built({ args: [1] }), EVENT)
  expect(() => fanOut.bytes(json, { subscription: -1 })).toThrow(new TypeError(text))
  fanOut.bytes(json, { subscription: 1 })
  expect(() => fanOut.bytes(json, { subscription: -1 })).toThrow(new TypeError(text))
})

test.each(['json', 'cbor', 'flatbuffers'] as const)('%s events go through RawSocket uncopied', (id) => {
  const serializer = uncached.serializer(id)
  const client = new RawSocketCodec({ serializer, side: 'client' })
  const server = new RawSocketCodec({ serializer, side: 'server' })
  const { replies } = server.push(client.handshake() as Uint8Array)
  for (const reply of replies) client.push(reply)
  const publish = received(serializer, { args: ['x'.repeat(1000), [1, 2]] })
  const fanOut = new FanOut(uncached, publish, EVENT)
  for (const subscription of [1, 2 ** 40]) {
    const parts = server.frameParts(fanOut.parts(serializer, { subscription }))
    const { frames } = client.push(Buffer.concat(parts))
    expect(frames.length).toBe(1)
    expect(isSame(frames[0] as Uint8Array, fanOut.bytes(serializer, { subscription }))).toBe(true)
    const [payload] = publish.rawPayload?.bytes ?? []
    expect(parts.some(({ buffer }) => buffer === payload?.buffer)).toBe(true)
  }
})

test('a getter of the payload that asks for another serializer meanwhile leaves each its own frames', () => {
  const codec = createCodec()
  const [json, cbor] = [codec.serializer('json'), codec.serializer('cbor')]
  let fanOut: FanOut | null = null
  let asked = 0
  const value = {
    get a() {
      if (asked++ === 0) fanOut?.byteLength(cbor, { subscription: 1 })
      return 1
    },
  }
  const publish = new Publish({ request: 1, topic: 'a.b', args: [value] })
  fanOut = new FanOut(codec, publish, { publication: 1 })
  for (const subscription of [1, 2]) {
    expect(json.decode(fanOut.bytes(json, { subscription })).marshal()).toEqual([
      36,
      subscription,
      1,
      {},
      [{ a: 1 }],
    ])
    expect(cbor.decode(fanOut.bytes(cbor, { subscription })).marshal()).toEqual([
      36,
      subscription,
      1,
      {},
      [{ a: 1 }],
    ])
  }
})

test('a getter of a receiver that asks for another serializer meanwhile, or says another id each time', () => {
  const codec = createCodec()
  const [json, cbor] = [codec.serializer('json'), codec.serializer('cbor')]
  const fanOut = new FanOut(codec, new Publish({ request: 1, topic: 'a.b', args: [1] }), { publication: 1 })
  const receiver = {
    subscription: 1,
    get topic() {
      fanOut.bytes(cbor, { subscription: 4 })
      return false
    },
  }
  expect(json.decode(fanOut.bytes(json, receiver)).marshal()).toEqual([36, 1, 1, {}, [1]])
  let id = 0
  const other = {
    get subscription() {
      return ++id
    },
  }
  expect(json.decode(fanOut.bytes(json, other)).marshal()).toEqual([36, 1, 1, {}, [1]])
  expect(id).toBe(1)
  expect(json.decode(fanOut.bytes(json, { subscription: 1 })).marshal()).toEqual([36, 1, 1, {}, [1]])
})

test('a receiver is asked once for what it is told, and others of its kind are told no more', () => {
  const serializer = uncached.serializer('json')
  const fanOut = new FanOut(uncached, new Publish({ request: 1, topic: 'a.b', args: [1] }), EVENT)
  const asked: string[] = []
  const receiver = Object.defineProperties(
    {},
    Object.fromEntries(
      ['subscription', 'topic', 'retained', 'disclose'].map((name) => [
        name,
        {
          enumerable: true,
          get(): unknown {
            asked.push(name)
            if (name === 'subscription') return 7
            return asked.filter((one) => one === name).length > 1
          },
        },
      ]),
    ),
  ) as FanOutReceiver
  fanOut.bytes(serializer, receiver)
  expect(asked.sort()).toEqual(['disclose', 'retained', 'subscription', 'topic'])
  const other = { subscription: 8, topic: false, retained: false, disclose: false }
  expect(fanOut.bytes(serializer, other)).toEqual(
    serializer.encode(
      EventMessage.from(new Publish({ request: 1, topic: 'a.b', args: [1] }), {
        subscription: 8,
        publication: EVENT.publication,
        forward_for: EVENT.forward_for,
        retained: false,
      }),
    ),
  )
})
