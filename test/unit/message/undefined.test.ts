/**
 * `undefined` is absent, wherever an application gives it: in lists, constructors, setters, derivations, and inside.
 */
import { describe, expect, test } from 'vitest'
import {
  Call,
  createCodec,
  ErrorMessage,
  EventMessage,
  Hello,
  Invocation,
  Message,
  Publish,
  Subscribe,
  Welcome,
} from '../../../src/index.ts'
import { CLASSES } from './classes.ts'

const codec = createCodec()
const SERIALIZERS = (['json', 'msgpack', 'cbor', 'ubjson'] as const).map((id) => codec.serializer(id))
const json = codec.serializer('json')

const PUBLISH = { request: 1, topic: 'a.b' }

describe('Message.parse', () => {
  test.each<[list: unknown[], written: string]>([
    [[32, 1, { match: undefined }, 'a.b'], '[32,1,{},"a.b"]'],
    [[32, 1, { match: undefined, get_retained: undefined }, 'a.b'], '[32,1,{},"a.b"]'],
    [[32, 1, { match: 'prefix', get_retained: undefined }, 'a.b'], '[32,1,{"match":"prefix"},"a.b"]'],
    [[16, 1, { exclude: undefined, x_foo: undefined, x_bar: 1 }, 'a.b'], '[16,1,{"x_bar":1},"a.b"]'],
    [[16, 1, { x_foo: undefined }, 'a.b'], '[16,1,{},"a.b"]'],
    [[16, 1, { enc_algo: undefined, enc_key: undefined }, 'a.b', [1]], '[16,1,{},"a.b",[1]]'],
    [[16, 1, { ppt_scheme: undefined }, 'a.b', [1]], '[16,1,{},"a.b",[1]]'],
    [[16, 1, {}, 'a.b', undefined, undefined], '[16,1,{},"a.b"]'],
    [[16, 1, {}, 'a.b', undefined, { a: 1 }], '[16,1,{},"a.b",[],{"a":1}]'],
    [[49, 1, { mode: undefined }], '[49,1,{}]'],
    [[66, 1, 2, undefined], '[66,1,2]'],
    [[1, undefined, { roles: { caller: {} } }], '[1,null,{"roles":{"caller":{}}}]'],
    [
      [1, 'r', { roles: { caller: { features: { call_timeout: undefined } }, callee: undefined } }],
      '[1,"r",{"roles":{"caller":{"features":{}}}}]',
    ],
    [
      [1, 'r', { roles: { caller: { features: undefined } }, authextra: { a: undefined, b: 1 } }],
      '[1,"r",{"roles":{"caller":{}},"authextra":{"b":1}}]',
    ],
    [
      [1, 'r', { roles: { caller: {} }, 'resume-session': undefined, resume_token: 't' }],
      '[1,"r",{"roles":{"caller":{}},"resume-token":"t"}]',
    ],
  ])('%o has what is not undefined', (list, written) => {
    expect(json.encodeText(Message.parse(list))).toBe(written)
  })

  test.each<[list: unknown[], text: string]>([
    [[1, 'r', { roles: undefined }], 'cannot parse HELLO: roles are required'],
    [
      [1, 'r', { roles: { caller: undefined } }],
      'cannot parse HELLO: expected at least one role for roles, got an empty dictionary',
    ],
    [
      [16, 1, { forward_for: [{ session: 1, authid: undefined, authrole: 'r' }] }, 'a.b'],
      'cannot parse PUBLISH: expected a string or null for forward_for[0].authid, got nothing',
    ],
  ])('%o is refused as it is without the entry', (list, text) => {
    expect(() => Message.parse(list)).toThrow(text)
    const without = JSON.parse(JSON.stringify(list)) as unknown[]
    expect(() => Message.parse(without)).toThrow(text)
  })
})

test('every option of every class may be undefined, in constructors and setters', () => {
  for (const { Class, least } of CLASSES) {
    const plain = new Class(least)
    for (const { attribute } of Class.TABLE.options) {
      if (attribute in least) continue
      const message = new Class({ ...least, [attribute]: undefined })
      expect(message.equals(plain), attribute).toBe(true)
      Reflect.set(message, attribute, undefined)
      expect(message.equals(plain), attribute).toBe(true)
    }
    const message = new Class({ ...least, custom: undefined })
    message.custom = undefined as never
    expect(message.equals(plain)).toBe(true)
    expect(message.custom).toBeNull()
  }
})

test.each(SERIALIZERS)('$id: custom keys and dictionaries leave out what is undefined', (serializer) => {
  const publish = new Publish({
    ...PUBLISH,
    custom: { x_a: undefined, x_b: 1 },
    kwargs: { a: undefined, b: 2 },
  })
  const plain = new Publish({ ...PUBLISH, custom: { x_b: 1 }, kwargs: { b: 2 } })
  expect(serializer.encode(publish)).toEqual(serializer.encode(plain))
  expect(publish.custom).toEqual({ x_b: 1 })
  expect(publish.marshal()[2]).toEqual({ x_b: 1 })
  const roles = { caller: { features: { call_timeout: undefined } }, callee: undefined }
  const hello = new Hello({ roles, authextra: { a: undefined, b: { c: undefined } } })
  const clean = new Hello({ roles: { caller: { features: {} } }, authextra: { b: {} } })
  expect(serializer.encode(hello)).toEqual(serializer.encode(clean))
})

test('authid and authrole of a hop are null when the application gives undefined', () => {
  const hop = { session: 1, authid: undefined, authrole: 'router' } as never
  const whole = { session: 1, authid: null, authrole: 'router' }
  const publish = new Publish({ ...PUBLISH, forward_for: [hop] })
  expect(publish.forward_for).toEqual([whole])
  expect(json.encodeText(publish)).toBe(
    '[16,1,{"forward_for":[{"session":1,"authid":null,"authrole":"router"}]},"a.b"]',
  )
  const plain = new Publish(PUBLISH)
  plain.addHop(hop)
  expect(plain.forward_for).toEqual([whole])
  expect(plain.forward({ session: 2, authid: undefined, authrole: undefined } as never).forward_for).toEqual([
    whole,
    { session: 2, authid: null, authrole: null },
  ])
  const event = EventMessage.from(plain, { subscription: 1, publication: 2, forward_for: [hop] })
  expect(event.forward_for).toEqual([whole])
})

test('a derivation carries over what is given as undefined, as if it were left out', () => {
  const publish = json.decode('[16,1,{"forward_for":[{"session":1,"authid":"a","authrole":"r"}]},"a.b"]')
  const ids = { subscription: 1, publication: 2 }
  const event = EventMessage.from(publish as Publish, {
    ...ids,
    publisher: undefined,
    forward_for: undefined,
  })
  expect(event.equals(EventMessage.from(publish as Publish, ids))).toBe(true)
  expect(event.forward_for).toEqual([{ session: 1, authid: 'a', authrole: 'r' }])
  const call = new Call({ request: 1, procedure: 'a.b' })
  const invocation = Invocation.from(call, {
    request: 1,
    registration: 2,
    caller: undefined,
    timeout: undefined,
  })
  expect(invocation.marshal()).toEqual([68, 1, 2, {}])
  expect(ErrorMessage.reply(call, 'a.b', { args: undefined }).marshal()).toEqual([8, 48, 1, {}, 'a.b'])
})

test('FlatBuffers reports no loss of what is undefined', () => {
  const flatbuffers = codec.serializer('flatbuffers')
  const hello = new Hello({ roles: { caller: { features: { call_timeout: undefined } }, x_a: undefined } })
  expect(codec.lossReport(hello, flatbuffers)).toEqual([])
  const subscribe = new Subscribe({ ...PUBLISH, custom: { x_a: undefined } })
  expect(codec.lossReport(subscribe, flatbuffers)).toEqual([])
  const welcome = new Welcome({ session: 1, roles: { broker: {} }, authextra: { a: 'b', c: undefined } })
  expect(codec.lossReport(welcome, flatbuffers).map(({ path }) => path)).not.toContain('authextra.c')
})
