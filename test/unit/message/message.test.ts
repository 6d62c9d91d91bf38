/** Tests of src/message/message.ts: what every message can do, whatever its class. */
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import {
  Call,
  createCodec,
  EncodeError,
  EventMessage,
  Float64,
  Hello,
  type Message,
  Publish,
  Subscribe,
  Welcome,
} from '../../../src/index.ts'
import { CLASSES, make, VALUES } from './classes.ts'

const FORMATS = ['json', 'msgpack', 'cbor'] as const
const codec = createCodec()

/** A message with every option that goes together with the others. */
function full(name: string): Message {
  const { Class, least } = CLASSES.find((row) => row.name === name) as (typeof CLASSES)[number]
  const attributes: Record<string, unknown> = { custom: { x_one: 1, 'no-key-of-WAMP': { a: [null] } } }
  for (const { attribute, kind } of Class.TABLE.options) {
    // An id that is revoked is not 0; ppt_* and enc_* are two dialects of one thing.
    const values = VALUES[kind][0]
    if (!attribute.startsWith('ppt_'))
      attributes[attribute] = values[kind === 'int' ? 2 : kind === 'bool' ? 0 : 1] ?? values[0]
  }
  if (Class.TABLE.options.length === 0) delete attributes.custom
  if (name === 'Challenge' || name === 'Authenticate') delete attributes.custom
  if (name === 'Welcome' || name === 'Hello') attributes.resume_token = 'token'
  if (Class.CATEGORY === 4) attributes.payload = new Uint8Array([1, 2])
  return new Class({ ...least, ...attributes })
}

describe.each(CLASSES)('$name', ({ name, Class, least }) => {
  test('is the same after marshal and parse', () => {
    for (const message of [make(name), full(name)]) {
      const list = message.marshal()
      expect(list[0]).toBe(Class.MESSAGE_TYPE)
      const parsed = Class.parse(list)
      expect(parsed).toBeInstanceOf(Class)
      expect(parsed.marshal()).toEqual(list)
      expect(parsed.equals(message)).toBe(true)
      expect(parsed.toJSON()).toEqual(message.toJSON())
    }
  })

  test('has its code as type, which is no property of its own and cannot be set', () => {
    const message = make(name)
    expect([
      message.type,
      codec.serializer('cbor').decode(codec.serializer('cbor').encode(message)).type,
    ]).toEqual([Class.MESSAGE_TYPE, Class.MESSAGE_TYPE])
    expect(Object.keys(message)).not.toContain('type')
    expect(() => Object.assign(message, { type: 0 })).toThrow(TypeError)
    class Mine extends Class {}
    expect(new Mine(least).type).toBe(Class.MESSAGE_TYPE)
  })

  test.each(FORMATS)('is the same after a way through %s, read or not', (format) => {
    const serializer = codec.serializer(format)
    for (const message of [make(name), full(name)]) {
      const bytes = serializer.encode(message)
      const received = serializer.decode(bytes)
      expect(serializer.encode(received)).toEqual(bytes)
      expect(received.equals(message)).toBe(true)
      expect(message.equals(received)).toBe(true)
      expect(received.toJSON()).toEqual(message.toJSON())
      // Once something is changed everything is read, and nothing but a payload of the frame is left.
      const { custom } = received
      received.custom = custom
      if (Class.TABLE.payload === 'none') expect(received.retainedBytes).toBe(0)
      expect(serializer.encode(received)).toEqual(bytes)
    }
  })

  test('differs from a message with another value of any attribute', () => {
    const message = full(name)
    for (const { attribute, kind, write, absent } of Class.TABLE.options) {
      if (kind === 'clientRoles' || kind === 'routerRoles' || attribute.startsWith('ppt_')) continue
      if (attribute.startsWith('enc_') || attribute === 'resume_token' || attribute === 'extra') continue
      const other = full(name) as unknown as Record<string, unknown>
      if ((other[attribute] as number[]).length === 0 && write !== 'set') continue
      other[attribute] = absent
      expect(message.equals(other), attribute).toBe(false)
    }
    expect(message.equals(null)).toBe(false)
    expect(message.equals(message.marshal())).toBe(false)
  })

  test('never writes what is for tracing only', () => {
    const trace = {
      correlation_id: 'c',
      correlation_uri: 'u',
      correlation_is_anchor: true,
      correlation_is_last: false,
      router_internal: { any: 'thing' },
    }
    const traced = new Class({ ...least, ...trace })
    expect(traced).toMatchObject(trace)
    expect(traced.marshal()).toEqual(make(name).marshal())
    expect(traced.toJSON()).toEqual(make(name).toJSON())
    expect(traced.equals(make(name))).toBe(true)
    for (const format of FORMATS) {
      expect(codec.serializer(format).encode(traced)).toEqual(codec.serializer(format).encode(make(name)))
    }
    const later = Object.assign(make(name), trace)
    expect(later).toMatchObject(trace)
    expect(make(name)).toMatchObject({
      correlation_id: null,
      correlation_is_last: null,
      router_internal: null,
    })
  })

  test('shows itself in one line that names it and its attributes', () => {
    const text = String(full(name))
    expect(text.startsWith(`${Class.TABLE.name}(`)).toBe(true)
    for (const { attribute, kind } of Class.TABLE.positions) {
      if (!kind.startsWith('options')) expect(text).toContain(`${attribute}=`)
    }
    expect(text).not.toContain('\n')
    expect(inspect(full(name))).toBe(text)
  })
})

test('toString shows values in few words', () => {
  const cycle: unknown[] = []
  cycle.push(cycle)
  const rows: readonly (readonly [attributes: object, text: string])[] = [
    [{ args: [1, 'a', null] }, 'args=[1,"a",null]'],
    [{ args: [10n ** 20n, new Float64(1)] }, 'args=["100000000000000000000n",1]'],
    [{ payload: new Uint8Array(1000) }, 'payload="<1000 bytes>"'],
    [{ kwargs: new Map([['a', new Map([['b', 1]])]]) }, 'kwargs={"a":{"b":1}}'],
    [{ args: ['x'.repeat(500)] }, `args=["${'x'.repeat(198)}...`],
    [{ args: cycle }, 'args=<...>'],
    [{ exclude_me: false, custom: { x_a: 1 } }, 'exclude_me=false, custom={"x_a":1}'],
  ]
  for (const [attributes, text] of rows) {
    const message = new Publish({ request: 1, topic: 'a.b', ...attributes })
    expect(message.toString()).toBe(`PUBLISH(request=1, topic="a.b", ${text})`)
  }
})

test('toJSON gives the type and every attribute that is set', () => {
  const message = new Call({
    request: 1,
    procedure: 'a.b',
    timeout: 0,
    args: [],
    kwargs: { k: 1 },
    custom: { x_: 2 },
  })
  expect(message.toJSON()).toEqual({
    type: 'CALL',
    request: 1,
    procedure: 'a.b',
    timeout: 0,
    args: [],
    kwargs: { k: 1 },
    custom: { x_: 2 },
  })
})

test('equal content of another class is not equal', () => {
  expect(new Publish({ request: 1, topic: 'a' }).equals(new Call({ request: 1, procedure: 'a' }))).toBe(false)
  const args = (...values: unknown[]): Publish => new Publish({ request: 1, topic: 'a', args: values })
  expect(args(new Float64(1), Number.NaN, 2n).equals(args(1, Number.NaN, 2n))).toBe(true)
  expect(args(new Map([['a', 1]])).equals(args({ a: 1 }))).toBe(true)
  expect(args({ a: 1, b: 2 }).equals(args({ b: 2, a: 1 }))).toBe(true)
  for (const other of [args('1'), args(2), args(1, 2), args([1]), args({ 0: 1 }), args(null)]) {
    expect(args(1).equals(other)).toBe(false)
  }
  expect(args({ a: undefined }).equals(args({ b: undefined }))).toBe(false)
})

describe('keys that WAMP does not know', () => {
  const options = { x_mine: { a: [1] }, _too: null, other: 'o', exclude_me: false, __proto__x: 1 }
  const kept = { x_mine: { a: [1] }, _too: null, other: 'o', __proto__x: 1 }
  const rows = [
    ['keep', kept],
    ['custom', { x_mine: { a: [1] }, _too: null, __proto__x: 1 }],
    ['drop', null],
  ] as const

  test.each(rows)('unknownKeys: %o leaves %o', (unknownKeys, custom) => {
    for (const format of FORMATS) {
      const serializer = createCodec({ unknownKeys }).serializer(format)
      const sent = codec.serializer(format).encode(Publish.parse([16, 1, options, 'a']))
      const message = serializer.decode(sent) as Publish
      expect(message.custom).toEqual(custom)
      expect(message.exclude_me).toBe(false)
      expect(message.marshal()).toEqual([16, 1, { exclude_me: false, ...custom }, 'a'])
      expect(
        codec.serializer('json').decode(createCodec({ unknownKeys }).serializer('json').encode(message))
          .custom,
      ).toEqual(custom)
    }
  })

  test("unknownKeys: 'refuse' names the first of them", () => {
    for (const format of FORMATS) {
      const serializer = createCodec({ unknownKeys: 'refuse' }).serializer(format)
      const sent = (list: unknown[]): Uint8Array => codec.serializer(format).encode(Publish.parse(list))
      expect(serializer.decode(sent([16, 1, { exclude_me: true }, 'a']))).toBeInstanceOf(Publish)
      expect(() => serializer.decode(sent([16, 1, options, 'a']))).toThrow(
        expect.objectContaining({ code: 'FORBIDDEN_KEY', path: 'x_mine', request: 1, request_type: 16 }),
      )
    }
  })

  test('a key called __proto__ is a key like others', () => {
    const list = JSON.parse('[16,1,{"__proto__":{"polluted":1}},"a"]') as unknown[]
    const text = codec.serializer('json').encodeText(Publish.parse(list))
    expect(text).toBe('[16,1,{"__proto__":{"polluted":1}},"a"]')
    const { custom } = codec.serializer('cbor').decode(codec.serializer('cbor').encode(Publish.parse(list)))
    expect(Object.keys(custom ?? {})).toEqual(['__proto__'])
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  test('custom is set and taken away, and must be a dictionary', () => {
    const message = new Publish({ request: 1, topic: 'a', custom: { x_a: 1 } })
    message.custom = { x_b: 2 }
    expect(message.marshal()).toEqual([16, 1, { x_b: 2 }, 'a'])
    message.custom = null
    expect(message.marshal()).toEqual([16, 1, {}, 'a'])
    expect(() => {
      message.custom = [] as never
    }).toThrow(new TypeError('PUBLISH: expected a dictionary or null for custom, got an array'))
  })

  test('are what a toJSON says', () => {
    class Keys {
      #x = 1
      own = 2
      toJSON(): object {
        return { x_mine: this.#x }
      }
    }
    const message = new Publish({ request: 1, topic: 'a', custom: new Keys() as never })
    expect(message.custom).toEqual({ x_mine: 1 })
    expect(Publish.parse([16, 1, new Keys(), 'a']).custom).toEqual({ x_mine: 1 })
    const wrong = { toJSON: () => [1] }
    expect(() => new Publish({ request: 1, topic: 'a', custom: wrong as never })).toThrow(TypeError)
  })

  test('stand before the known keys in WELCOME, after them elsewhere', () => {
    const custom = { x_a: 1 }
    const welcome = new Welcome({ session: 1, roles: { broker: {} }, realm: 'r', custom })
    expect(codec.serializer('json').encodeText(welcome)).toBe(
      '[2,1,{"x_a":1,"realm":"r","roles":{"broker":{}}}]',
    )
    const hello = new Hello({ realm: 'r', roles: { caller: {} }, custom })
    expect(codec.serializer('json').encodeText(hello)).toBe('[1,"r",{"roles":{"caller":{}},"x_a":1}]')
  })
})

test('a rule that setters have broken is found when the message is written', () => {
  const hello = new Hello({ realm: 'r', roles: { caller: {} } })
  hello.resume_session = 5
  expect(() => codec.serializer('cbor').encode(hello)).toThrow(
    'cannot encode HELLO: resume_session needs resume_token',
  )
  expect(() => codec.serializer('cbor').encode(hello)).toThrow(EncodeError)
  hello.resume_token = 't'
  expect(codec.serializer('cbor').decode(codec.serializer('cbor').encode(hello)).equals(hello)).toBe(true)
})

test('an attribute with a default is never null', () => {
  const subscribe = new Subscribe({ request: 1, topic: 'a', match: 'prefix' })
  subscribe.match = null as never
  expect(subscribe.match).toBe('exact')
  expect(codec.serializer('json').encodeText(subscribe)).toBe('[32,1,{},"a"]')
})

test('args that are pushed to after reading are not seen, args that are set are', () => {
  const serializer = codec.serializer('cbor')
  const bytes = serializer.encode(new EventMessage({ subscription: 1, publication: 2, args: [1] }))
  const event = serializer.decode(bytes) as EventMessage
  event.args?.push(2)
  expect(serializer.encode(event)).toEqual(bytes)
  event.args = [1, 2]
  expect((serializer.decode(serializer.encode(event)) as EventMessage).args).toEqual([1, 2])
})

test('uncache drops what was encoded, and the same bytes come again', () => {
  const serializer = codec.serializer('msgpack')
  const built = new Publish({ request: 1, topic: 'a', args: [{ a: 1 }] })
  const message = serializer.decode(serializer.encode(built))
  const first = serializer.encode(message)
  expect(serializer.encode(message)).toBe(first)
  message.uncache()
  expect(serializer.encode(message)).not.toBe(first)
  expect(serializer.encode(message)).toEqual(first)
})

describe('a frozen message', () => {
  const attributes = {
    request: 1,
    topic: 'a.b',
    args: [1],
    kwargs: { a: 1 },
    exclude_authid: ['x'],
    custom: { x_a: 1 },
  }
  const frozen = (format: 'json' | 'cbor' | 'flatbuffers'): Publish => {
    const serializer = codec.serializer(format)
    return Object.freeze(serializer.decode(serializer.encode(new Publish(attributes))) as Publish)
  }

  test('is encoded as any other, every time, by every way', () => {
    for (const format of ['json', 'cbor', 'flatbuffers'] as const) {
      const message = frozen(format)
      const built = Object.freeze(new Publish(attributes))
      for (const target of ['json', 'cbor', 'flatbuffers'] as const) {
        const serializer = codec.serializer(target)
        const expected = serializer.encode(new Publish({ ...attributes }))
        for (const one of [built, ...(format === 'flatbuffers' ? [] : [message])]) {
          expect(serializer.encode(one)).toEqual(expected)
          expect(serializer.encode(one)).toEqual(expected)
          expect(serializer.byteLength(one)).toBe(expected.length)
          expect(new Uint8Array(Buffer.concat(serializer.encodeParts(one)))).toEqual(expected)
        }
      }
    }
  })

  test('is read as any other: attributes, detach, uncache, forward, and messages derived from it', () => {
    for (const format of ['json', 'cbor'] as const) {
      const message = frozen(format)
      expect(message.exclude_authid).toEqual(['x'])
      expect(message.exclude_authid).toEqual(['x'])
      expect([message.args, message.kwargs, message.custom]).toEqual([[1], { a: 1 }, { x_a: 1 }])
      expect(message.equals(new Publish(attributes))).toBe(true)
      expect(message.detach()).toBe(message)
      message.uncache()
      expect(message.forward({ session: 1, authid: null, authrole: 'r' }).args).toEqual([1])
      const event = EventMessage.from(message, { subscription: 1, publication: 2 })
      expect(event.args).toEqual([1])
      expect(codec.fromTransferable(message.toTransferable()).equals(message)).toBe(true)
    }
  })

  test('a message that was encoded before gives new bytes after uncache', () => {
    const serializer = codec.serializer('cbor')
    const message = serializer.decode(serializer.encode(new Publish(attributes)))
    const first = serializer.encode(message)
    Object.freeze(message)
    expect(serializer.encode(message)).toBe(first)
    message.uncache()
    expect(serializer.encode(message)).not.toBe(first)
    expect(serializer.encode(message)).toEqual(first)
  })

  test('cannot be changed', () => {
    const message = frozen('cbor')
    expect(() => {
      message.args = [2]
    }).toThrow(TypeError)
    expect(() => {
      message.router_internal = 1
    }).toThrow(TypeError)
    expect(message.router_internal).toBe(null)
    expect(message.args).toEqual([1])
  })
})

test('toJSON and toString show maps with keys of any kind, and what is no tag, without a loss', () => {
  const frame = Buffer.from('861001a063612e6281f0a1616ba20161614101' + '02', 'hex')
  const message = createCodec().serializer('cbor').decode(frame)
  const json = message.toJSON() as { args: unknown; kwargs: unknown }
  expect(json.args).toEqual([{ tag: 16, value: null, kind: 'simple' }])
  expect(json.kwargs).toEqual({
    k: [
      [1, 'a'],
      ['\0AQ==', 2],
    ],
  })
  expect(String(message)).toContain('kwargs={"k":[[1,"a"],["<1 bytes>",2]]}')
})
