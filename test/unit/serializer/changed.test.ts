/** What setters, and changes in place, have made of a message: it is written so that peers read it, or not at all. */
import { describe, expect, test } from 'vitest'
import {
  createCodec,
  EncodeError,
  EventMessage,
  Hello,
  Publish,
  Register,
  type SerializerId,
  Subscribe,
  Welcome,
} from '../../../src/index.ts'

const LISTS = ['json', 'msgpack', 'cbor', 'ubjson'] as const
const ALL: readonly SerializerId[] = [...LISTS, 'flatbuffers']
const codec = createCodec()

describe.each(ALL)('%s', (id) => {
  const serializer = codec.serializer(id)

  function expectRefused(message: Publish | Hello | Welcome | Register, code: string, path: string): void {
    const error = expect.objectContaining({ code, path })
    expect(() => serializer.encode(message)).toThrow(EncodeError)
    expect(() => serializer.encode(message)).toThrow(error)
    expect(() => serializer.encodeParts(message)).toThrow(error)
  }

  test('HELLO and WELCOME are not written without roles, whatever else they have', () => {
    for (const agent of [null, 'me']) {
      const hello = new Hello({ realm: 'r.a', roles: { caller: {} }, agent })
      const welcome = new Welcome({ session: 1, roles: { broker: {} }, agent })
      for (const message of [hello, welcome]) {
        message.roles = null as never
        expectRefused(message, 'BAD_MESSAGE', 'roles')
      }
    }
    const received = codec.serializer('json').decode('[2,1,{"roles":{"broker":{}}}]') as Welcome
    received.roles = null as never
    expectRefused(received, 'BAD_MESSAGE', 'roles')
  })

  test('REGISTER is not written with a pattern that its match does not allow', () => {
    for (const match of ['exact', null, 'prefix'] as const) {
      const message = new Register({ request: 1, procedure: 'a..b', match: 'wildcard' })
      message.match = match as 'exact'
      expectRefused(message, 'BAD_MESSAGE', 'procedure')
      message.match = 'wildcard'
      expect((serializer.decode(serializer.encode(message)) as Register).procedure).toBe('a..b')
    }
    const prefix = new Register({ request: 1, procedure: 'a.', match: 'prefix' })
    expect(() => serializer.encode(prefix)).not.toThrow()
    prefix.match = null as never
    expectRefused(prefix, 'BAD_MESSAGE', 'procedure')
    // Routers in the field take any pattern on SUBSCRIBE.
    const subscribe = new Subscribe({ request: 1, topic: 'a..b', match: 'wildcard' })
    subscribe.match = 'exact'
    expect(() => serializer.encode(subscribe)).not.toThrow()
  })

  test('what came with a URI that only `uri: none` takes is written still', () => {
    const lax = createCodec({ uri: 'none' })
    const message = lax.serializer('json').decode('[64,1,{"x_a":1},"a b"]') as Register
    message.request = 2
    message.custom = null
    expect(() => lax.serializer(id).encode(message)).not.toThrow()
  })

  test('bytes that an application has changed are sent as they came', () => {
    const frame = '[16,1,{"ppt_scheme":"x_a"},"a.b",["\\u0000AQI="]]'
    for (const text of ['[16,1,{},"a.b","\\u0000AQI="]', frame]) {
      const message = codec.serializer('json').decode(text) as Publish
      const event = EventMessage.from(message, { subscription: 1, publication: 2 })
      expect(message.payload).toBe(message.payload)
      const before = event.rawPayload
      message.payload?.fill(9)
      before?.bytes[0]?.fill(8)
      const arrived = serializer.decode(serializer.encode(event)) as EventMessage
      expect(arrived.payload).toEqual(Uint8Array.of(1, 2))
    }
  })
})

test.each(LISTS)('%s: a known key that came into custom in place is refused', (id) => {
  const serializer = codec.serializer(id)
  const message = new Publish({ request: 1, topic: 'a.b', custom: { x_a: 1 } })
  const custom = message.custom as Record<string, unknown>
  custom.x_b = 2
  expect((serializer.decode(serializer.encode(message)) as Publish).custom).toEqual({ x_a: 1, x_b: 2 })
  custom.acknowledge = true
  expect(() => serializer.encode(message)).toThrow(
    expect.objectContaining({ name: 'EncodeError', code: 'DUPLICATE_KEY', path: 'custom.acknowledge' }),
  )
})

test('FlatBuffers without a custom enc_algo go on, whether or not a setter was called', () => {
  const serializer = codec.serializer('flatbuffers')
  const payload = Uint8Array.of(1)
  const sent = new Publish({
    request: 1,
    topic: 'a.b',
    payload,
    enc_algo: 'x_aa',
    enc_key: 'k',
    enc_serializer: 'cbor',
  })
  const frame = serializer.encode(sent)
  const hop = { session: 1, authid: 'a', authrole: 'r' }
  const [changed, forwarded] = [
    serializer.decode(frame) as Publish,
    (serializer.decode(frame) as Publish).forward(hop),
  ]
  changed.addHop(hop)
  for (const message of [changed, forwarded]) {
    const arrived = serializer.decode(serializer.encode(message)) as Publish
    expect(arrived).toMatchObject({
      payload,
      enc_algo: null,
      enc_key: 'k',
      enc_serializer: 'cbor',
      forward_for: [hop],
    })
  }
})
