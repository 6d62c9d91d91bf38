/**
 * Keys that somebody has put on Object.prototype: a library as a setter, a hardened realm as something read-only. The
 * key of a value is its own all the same, as JSON.parse gives it, whichever reader makes the value, and whether the
 * reader knew the key before.
 */
import { describe, expect, test } from 'vitest'
import { KERNEL_FULL } from '../../src/generated/kernel.ts'
import { type Codec, createCodec, EventMessage, Hello, Message, Publish } from '../../src/index.ts'
import { LIST_FORMATS } from '../support/vectors.ts'

const called: unknown[] = []

/** Without a prototype: one of the names is a part of property descriptors. */
const property = (parts: object): PropertyDescriptor =>
  Object.assign(Object.create(null) as object, { configurable: true }, parts)

const PROPERTIES: Readonly<Record<string, PropertyDescriptor>> = {
  'a setter that does nothing': property({ get: () => undefined, set: () => {} }),
  'a setter that throws': property({
    set(value: unknown) {
      called.push(value)
      throw new Error('called')
    },
  }),
  'a getter alone': property({ get: () => 'inherited' }),
  'a read-only value': property({ value: 'inherited', writable: false }),
  'an enumerable value': property({ value: 'inherited', writable: true, enumerable: true }),
}

const NAMES = ['should', 'broker', 'x_should', 'get', 'set', 'value', 'writable']

/** Does something while Object.prototype has a property more. */
function during<T>(name: string, descriptor: PropertyDescriptor, work: () => T): T {
  Object.defineProperty(Object.prototype, name, descriptor)
  try {
    return work()
  } finally {
    delete (Object.prototype as unknown as Record<string, unknown>)[name]
  }
}

const own = property({ value: 5, writable: true, enumerable: true })

/** A map with the key, and as many like it as make a reader know it. */
const record = (name: string): Record<string, unknown> => ({ before: 'b', [name]: 5, after: 'é' })

function expectOwn(value: unknown, name: string, what: string): void {
  const found = Object.getOwnPropertyDescriptor(value, name)
  expect({ ...found }, what).toEqual({ ...own })
  expect(Object.keys(value as object).sort(), what).toEqual(['after', 'before', name].sort())
  expect(Object.getPrototypeOf(value), what).toBe(Object.prototype)
}

const POLICIES = [{}, { integers: 'number' }, { tags: 'tagged' }, { duplicateKeys: 'refuse' }] as const
const FORMATS = [...LIST_FORMATS, 'flexbuffers'] as const
const WARM = [0, 3, 600]

/** Every way to the values of a frame with the map at its places. */
function values(codec: Codec, id: (typeof LIST_FORMATS)[number], frame: Uint8Array): Record<string, unknown> {
  const serializer = codec.serializer(id)
  const message = serializer.decode(frame) as Publish
  const view = (serializer.decode(frame) as Publish).payloadView
  const deferred = createCodec({ payloadValidation: 'deferred' }).serializer(id).decode(frame) as Publish
  return {
    args: message.args?.[0],
    'an inner map': ((message.args as unknown[])[1] as { inner: unknown }).inner,
    'the last of many': (message.args as unknown[]).at(-1),
    kwargs: message.kwargs,
    custom: message.custom?.x_map,
    'an event of it': EventMessage.from(message, { subscription: 1, publication: 2 }).kwargs,
    view: view.path('args', 0)?.toValue(),
    'a whole view': (view.toValue() as { kwargs: unknown }).kwargs,
    deferred: deferred.args?.[0],
    marshal: (message.marshal()[4] as unknown[])[0],
    toJSON: (message.toJSON() as { kwargs: unknown }).kwargs,
  }
}

describe.each(Object.entries(PROPERTIES))('%s on Object.prototype', (_, descriptor) => {
  test.each(NAMES)('leaves the key %s to every payload value', (name) => {
    for (const format of FORMATS) {
      for (const policy of POLICIES) {
        const payload = createCodec(policy).payload(format)
        const short = Uint8Array.from(payload.encode(record(name)))
        const long = Uint8Array.from(payload.encode(Array.from({ length: 40 }, () => record(name))))
        for (const times of WARM) {
          for (let i = 0; i < times; i++) payload.decode(i % 8 === 0 ? long : short)
          called.length = 0
          const [one, many, viewed] = during(name, descriptor, () => [
            payload.decode(short),
            payload.decode(long),
            payload.view(short).toValue(),
          ])
          const what = `${format} ${JSON.stringify(policy)} after ${times}`
          expectOwn(one, name, what)
          expectOwn((many as unknown[])[0], name, what)
          expectOwn((many as unknown[])[39], name, what)
          expectOwn(viewed, name, what)
          // By a reader that knew the key from before, and forgets it then.
          expect(called.length, what).toBeLessThan(2)
        }
      }
    }
  })

  test.each(['should', 'inner', 'x_map'])('leaves the key %s to everything that a frame holds', (name) => {
    const codec = createCodec()
    const map = record(name)
    const many = Array.from({ length: 30 }, () => map)
    const publish = new Publish({
      request: 1,
      topic: 'a.b',
      args: [map, { inner: map }, ...many],
      kwargs: map,
      custom: { x_map: map },
    })
    for (const id of LIST_FORMATS) {
      const frame = Uint8Array.from(codec.serializer(id).encode(publish))
      for (const times of WARM.slice(0, 2)) {
        for (let i = 0; i < times; i++) values(codec, id, frame)
        const found = during(name, descriptor, () => values(codec, id, frame))
        for (const [what, value] of Object.entries(found)) expectOwn(value, name, `${id}: ${what}`)
      }
    }
  })

  test('leaves the roles and features of FlatBuffers, and the attributes of a list that is parsed', () => {
    const serializer = createCodec().serializer('flatbuffers')
    const hello = new Hello({
      realm: 'realm1',
      roles: { publisher: { features: { publisher_identification: true } } },
    })
    const frame = Uint8Array.from(serializer.encode(hello))
    const list = [16, 1, { acknowledge: true }, 'a.b', [1]]
    for (const name of ['publisher', 'features', 'publisher_identification']) {
      const roles = during(name, descriptor, () => (serializer.decode(frame) as Hello).roles)
      expect(JSON.stringify(roles), name).toBe('{"publisher":{"features":{"publisher_identification":true}}}')
    }
    for (const name of ['acknowledge', 'topic', 'request']) {
      const parsed = during(name, descriptor, () => Message.parse(list).marshal())
      expect(parsed, name).toEqual(list)
    }
  })
})

test('Object.prototype keeps what it had: __proto__ and constructor are keys like any other', () => {
  const text = '{"__proto__":{"a":1},"constructor":1,"toString":2}'
  for (const format of FORMATS) {
    const payload = createCodec().payload(format)
    const bytes = payload.encode(JSON.parse(text))
    for (let i = 0; i < 600; i++)
      expect(JSON.stringify(payload.decode(bytes)).length, format).toBe(text.length)
    expect(({} as { a?: unknown }).a).toBe(undefined)
  }
})

test('what somebody has put on Object.prototype is no attribute of a message', () => {
  const received = createCodec().serializer('json').decode('[16,1,{},"a.b",[1]]') as Publish
  const plain = { request: 1, topic: 'a.b' }
  class Attributes {
    readonly request: number = 1

    get topic(): string {
      return 'a.b'
    }
  }
  const makes: readonly (() => Message)[] = [
    () => new Publish(plain),
    () => new Publish({ ...plain, acknowledge: true }),
    () => new Publish(new Attributes()),
    () => new Hello({ realm: 'r.a', roles: { caller: {} } }),
    () => Publish.parse([16, 1, {}, 'a.b']),
    () => EventMessage.from(received, { subscription: 1, publication: 2 }),
    () => EventMessage.from(received, Object.create({ subscription: 1, publication: 2 }) as never),
  ]
  const values = {
    args: [9],
    kwargs: { evil: 1 },
    payload: Uint8Array.of(1),
    forward_for: [{ session: 1, authid: 'a', authrole: 'b' }],
    publisher_authrole: 'admin',
    acknowledge: true,
    authid: 'root',
    custom: { x_evil: 1 },
    correlation_id: 'x',
  }
  for (const make of makes) {
    const expected = JSON.stringify([make().marshal(), make().correlation_id])
    for (const [name, value] of Object.entries(values)) {
      const pollution = property({ value, writable: true, enumerable: true })
      const made = during(name, pollution, make)
      expect(JSON.stringify([made.marshal(), made.correlation_id]), name).toBe(expected)
    }
  }
})

test('an element of Object.prototype is no reader of values', () => {
  const pollution = property({ value: 'x', writable: true, enumerable: false })
  const kernel = Buffer.from(KERNEL_FULL, 'hex')
  for (let i = 0; i < 8; i++) {
    const value = during(String(i), pollution, () => {
      // Of a kernel whose readers are not made yet.
      const codec = createCodec({ module: new WebAssembly.Module(kernel) })
      const json = codec.serializer('json').decode('[36,1,2,{},[1,"a",{"b":2}]]') as EventMessage
      return json.args
    })
    expect(value).toEqual([1, 'a', { b: 2 }])
  }
})
