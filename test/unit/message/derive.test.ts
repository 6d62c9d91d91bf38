/** Tests of src/message/derive.ts, and of the static methods that use it: what is carried over, and at what cost. */
import { describe, expect, test, vi } from 'vitest'
import {
  Call,
  Cancel,
  createCodec,
  ErrorMessage,
  EventMessage,
  type Hop,
  Interrupt,
  Invocation,
  type Message,
  Publish,
  Published,
  Result,
  Yield,
} from '../../../src/index.ts'
import { derivation, derive } from '../../../src/message/derive.ts'
import { flatTypesOf } from '../../../src/message/flatbuffers-lookup.ts'
import { PUBLISH, PUBLISHED } from '../../../src/message/tables/pubsub.ts'
import { TABLES } from '../../../src/message/tables.ts'
import { NO_PAYLOAD } from '../../../src/payload/payload.ts'
import { LIST_FORMATS } from '../../support/vectors.ts'

const codec = createCodec()
const FORMATS = [...LIST_FORMATS, 'flatbuffers'] as const
const CHAIN: Hop[] = [{ session: 2 ** 40, authid: 'a', authrole: 'router' }]
const HOP: Hop = { session: 7, authid: null, authrole: 'router' }
const BYTES = Uint8Array.of(1, 2, 3)

const IDS = { subscription: 5, publication: 2 ** 53 }
const CALL_IDS = { request: 9, registration: 2 ** 33 }

/** A message as somebody else has sent it. */
function received<M extends Message>(message: M, format: (typeof FORMATS)[number] = 'cbor'): M {
  const serializer = codec.serializer(format)
  return serializer.decode(serializer.encode(message).slice()) as Message as M
}

/** Attributes that are set, but for those of the payload. */
function attributes(message: Message): Record<string, unknown> {
  const { type: _, args: _args, payload: _payload, ...rest } = message.toJSON() as Record<string, unknown>
  return rest
}

const publish = (more: object = {}): Publish =>
  new Publish({
    request: 1,
    topic: 'com.a',
    acknowledge: true,
    exclude: [1, 2],
    exclude_authid: ['x'],
    retain: true,
    disclose_me: true,
    rkey: 'r',
    transaction_hash: 'h',
    args: [1, { a: [2] }],
    ...more,
  })

const call = (more: object = {}): Call =>
  new Call({
    request: 3,
    procedure: 'com.p',
    timeout: 1000,
    receive_progress: true,
    progress: false,
    transaction_hash: 'h',
    args: [1],
    ...more,
  })

type Made = <M extends Message>(message: M) => M

const WAYS: readonly (readonly [name: string, made: Made])[] = [
  ['built', (message) => message],
  ...LIST_FORMATS.map((format): [string, Made] => [
    `received in ${format}`,
    (message) => received(message, format),
  ]),
]

describe.each(WAYS)('a source that was %s', (_, made) => {
  test('EVENT takes over what is about the transaction, and nothing that is for the broker', () => {
    const event = EventMessage.from(made(publish()), IDS)
    expect(attributes(event)).toEqual({ ...IDS, transaction_hash: 'h' })
    expect(event.args).toEqual([1, { a: [2] }])
  })

  test('EVENT says what it is given', () => {
    const given = { publisher: 3, publisher_authid: 'a', topic: 'com.a', retained: true, trustlevel: 0 }
    const event = EventMessage.from(made(publish()), { ...IDS, ...given })
    expect(attributes(event)).toEqual({ ...IDS, ...given, transaction_hash: 'h' })
  })

  test('forward_for is carried over, replaced, or taken away', () => {
    const source = made(publish({ forward_for: CHAIN }))
    expect(EventMessage.from(source, IDS).forward_for).toEqual(CHAIN)
    expect(EventMessage.from(source, { ...IDS, forward_for: undefined }).forward_for).toEqual(CHAIN)
    expect(EventMessage.from(source, { ...IDS, forward_for: [...CHAIN, HOP] }).forward_for).toEqual([
      ...CHAIN,
      HOP,
    ])
    expect(EventMessage.from(source, { ...IDS, forward_for: null }).forward_for).toBeNull()
  })

  test('of custom keys only the application’s go along, and not one that means something else there', () => {
    const custom = { x_a: 1, _own: [2], when: 3, x_acknowledged_delivery: true }
    const source = made(publish({ custom }))
    const event = EventMessage.from(source, IDS)
    expect(event.custom).toEqual({ x_a: 1, _own: [2] })
    expect(event.x_acknowledged_delivery).toBeNull()
    expect(source.custom).toEqual(custom)
    expect(EventMessage.from(made(publish({ custom: { when: 3 } })), IDS).custom).toBeNull()
  })

  test('enc_* and ppt_* go with an opaque payload', () => {
    const enc = { enc_algo: 'cryptobox', enc_key: 'k', enc_serializer: 'cbor' }
    const encrypted = EventMessage.from(made(publish({ args: null, payload: BYTES, ...enc })), IDS)
    expect(attributes(encrypted)).toEqual({ ...IDS, transaction_hash: 'h', ...enc })
    expect(encrypted.payload).toEqual(BYTES)
    const ppt = { ppt_scheme: 'wamp', ppt_serializer: 'cbor', ppt_cipher: 'aes256gcm', ppt_keyid: 'k' }
    const passed = EventMessage.from(made(publish({ args: null, payload: BYTES, ...ppt })), IDS)
    expect(attributes(passed)).toEqual({ ...IDS, transaction_hash: 'h', ...ppt })
    expect(passed.payload).toEqual(BYTES)
  })

  test('INVOCATION takes over progress and receive_progress, and no timeout', () => {
    const carried = { receive_progress: true, progress: false, transaction_hash: 'h' }
    expect(attributes(Invocation.from(made(call()), CALL_IDS))).toEqual({ ...CALL_IDS, ...carried })
    const given = { timeout: 5, procedure: 'com.p', caller: 4, progress: true }
    const invocation = Invocation.from(made(call()), { ...CALL_IDS, ...given })
    expect(attributes(invocation)).toEqual({ ...CALL_IDS, ...carried, ...given })
  })

  test('who calls is told by the router, or was told by the router before', () => {
    const caller = { caller: 5, caller_authid: 'a', caller_authrole: 'b' }
    expect(Invocation.from(made(call(caller)), CALL_IDS)).toMatchObject({
      caller: null,
      caller_authid: null,
      caller_authrole: null,
    })
    const linked = made(call({ ...caller, forward_for: CHAIN }))
    expect(Invocation.from(linked, CALL_IDS)).toMatchObject(caller)
    expect(Invocation.from(linked, { ...CALL_IDS, caller: null, caller_authid: 'c' })).toMatchObject({
      caller: null,
      caller_authid: 'c',
      caller_authrole: 'b',
    })
  })

  test('RESULT takes over progress, and the callee from another router', () => {
    const callee = { callee: 5, callee_authid: 'a', callee_authrole: 'b' }
    const yield_ = made(new Yield({ request: 9, progress: true, args: [1], ...callee }))
    expect(attributes(Result.from(yield_, { request: 3 }))).toEqual({ request: 3, progress: true })
    expect(Result.from(yield_, { request: 3, callee: 6 }).callee).toBe(6)
    const linked = made(new Yield({ request: 9, forward_for: CHAIN, ...callee }))
    expect(Result.from(linked, { request: 3 })).toMatchObject(callee)
  })

  test('ERROR stays the same error, as the answer to another request', () => {
    const details = { callee: 5, callee_authid: 'a', forward_for: CHAIN, custom: { x_a: 1 } }
    const error = made(
      new ErrorMessage({
        request_type: 68,
        request: 9,
        error: 'com.e',
        args: [1],
        kwargs: { b: 2 },
        ...details,
      }),
    )
    const answer = ErrorMessage.from(error, { request_type: 48, request: 3 })
    expect(attributes(answer)).toEqual({
      request_type: 48,
      request: 3,
      error: 'com.e',
      kwargs: { b: 2 },
      ...details,
    })
    expect(answer.args).toEqual([1])
  })

  test.each(['kill', 'killnowait', 'skip', null] as const)(
    'INTERRUPT takes over the mode %s of a CANCEL, but for skip',
    (mode) => {
      const cancel = made(new Cancel({ request: 3, mode, forward_for: CHAIN, custom: { x_a: 1, b: 2 } }))
      const interrupt = Interrupt.from(cancel, { request: 9, reason: 'wamp.error.canceled' })
      expect(interrupt.mode).toBe(mode === 'skip' ? null : mode)
      expect(interrupt.custom).toEqual({ x_a: 1 })
      expect([interrupt.request, interrupt.reason]).toEqual([9, 'wamp.error.canceled'])
      expect(interrupt.forward_for).toEqual(CHAIN)
      expect(Interrupt.from(cancel, { request: 9, mode: 'kill' }).mode).toBe('kill')
      expect(Interrupt.from(cancel, { request: 9, mode: null }).mode).toBeNull()
      expect(cancel.mode).toBe(mode)
    },
  )

  test('PUBLISHED acknowledges the request', () => {
    const published = Published.from(made(publish()), { publication: 12 })
    expect(published.marshal()).toEqual([17, 1, 12])
    expect(published.retainedBytes).toBe(0)
  })

  test('what is derived from a derived message is the same, given options among them', () => {
    const source = made(publish({ forward_for: CHAIN, custom: { x_a: 1 } }))
    const event = EventMessage.from(source, { ...IDS, topic: 'com.a', publisher: 4 })
    const forwarded = event.forward(HOP)
    expect(attributes(forwarded)).toEqual({ ...attributes(event), forward_for: [...CHAIN, HOP] })
    expect(forwarded.args).toEqual([1, { a: [2] }])
    expect(event.forward_for).toEqual(CHAIN)
  })
})

describe('the source and the derived message do not change each other', () => {
  test.each(FORMATS)('a change of one does not show in the other in %s', (format) => {
    const serializer = codec.serializer(format)
    const chained = publish({ forward_for: CHAIN })
    const text = JSON.stringify(received(chained, format))
    const source = received(chained, format)
    const bytes = serializer.encode(source).slice()
    const event = EventMessage.from(source, { ...IDS, publisher: 5 })
    expect(JSON.stringify(source)).toBe(text)
    const before = JSON.stringify(event)
    event.args = ['changed']
    event.transaction_hash = 'changed'
    event.addHop(HOP)
    event.publisher = 6
    event.custom = { x_b: 1 }
    expect(JSON.stringify(source)).toBe(text)
    source.uncache()
    expect(serializer.encode(source)).toEqual(bytes)
    const second = EventMessage.from(source, { ...IDS, publisher: 5 })
    source.args = ['other']
    source.kwargs = { b: 1 }
    source.transaction_hash = 'other'
    source.addHop(HOP)
    expect(JSON.stringify(second)).toBe(before)
    expect(second.forward_for).toEqual(CHAIN)
  })

  test('lists of a built message are copied', () => {
    const source = publish({ forward_for: [...CHAIN], custom: { x_a: 1 } })
    const event = EventMessage.from(source, IDS)
    event.forward_for?.push(HOP)
    ;(event.custom as Record<string, unknown>).x_b = 2
    expect(source.forward_for).toEqual(CHAIN)
    expect(source.custom).toEqual({ x_a: 1 })
  })
})

describe('nothing is decoded that nobody reads', () => {
  test.each(LIST_FORMATS)('deriving decodes the chain and nothing else in %s', (format) => {
    const chained = received(publish({ forward_for: CHAIN, custom: { x_a: 1, b: 2 } }), format)
    const linkedCall = received(call({ forward_for: CHAIN, caller: 1 }), format)
    const decode = vi.spyOn(chained._payload.format, 'decode')
    const event = EventMessage.from(chained, { ...IDS, publisher: 1 })
    event.forward({ ...HOP })
    EventMessage.from(chained, IDS)
    const chainReads = decode.mock.calls.length
    const invocation = Invocation.from(linkedCall, CALL_IDS)
    expect(decode.mock.calls.length).toBe(chainReads)
    // Only forward() has read something: the chain that it makes longer.
    expect(chainReads).toBe(1)
    for (const { _payload: payload } of [chained, event, invocation]) {
      expect([payload.args, payload.kwargs, payload.opaque]).toEqual([undefined, undefined, undefined])
    }
    expect(event.transaction_hash).toBe('h')
    expect(decode.mock.calls.length).toBe(chainReads + 1)
    decode.mockRestore()
    expect(event._payload).toBe(chained._payload)
  })

  test.each(LIST_FORMATS)('a payload in %s is not decoded to be written in its own format', (format) => {
    const serializer = codec.serializer(format)
    for (const more of [
      {},
      { args: null, payload: BYTES, ppt_scheme: 'x_a' },
      { args: null, kwargs: { a: 1 } },
    ]) {
      const source = received(publish(more), format)
      serializer.encode(EventMessage.from(source, { ...IDS, publisher: 1 }))
      const { args, kwargs, opaque } = source._payload
      expect([args, kwargs, opaque]).toEqual([undefined, undefined, undefined])
    }
  })

  test('an option has the same type in FlatBuffers on both sides, so that its bytes can be carried over', () => {
    const types = new Map<string, Set<unknown>>()
    for (const { options, code } of TABLES) {
      const flatTypes = flatTypesOf(code)
      for (const [field, { attribute }] of options.entries()) {
        if (['mode', 'roles', 'authextra', 'extra'].includes(attribute) || flatTypes[field] === null) continue
        types.set(attribute, (types.get(attribute) ?? new Set()).add(flatTypes[field]))
      }
    }
    expect([...types].filter(([, found]) => found.size > 1)).toEqual([])
  })
})

describe('wrong use is a TypeError', () => {
  const source = publish()
  test.each([
    ['a name that is no option', () => EventMessage.from(source, { ...IDS, topics: 'a' } as never)],
    ['an option of the payload', () => EventMessage.from(source, { ...IDS, enc_algo: 'mqtt' } as never)],
    ['a value of another kind', () => EventMessage.from(source, { ...IDS, retained: 1 } as never)],
    ['no publication', () => EventMessage.from(source, { subscription: 1 } as never)],
    ['an id that is none', () => Invocation.from(call(), { request: -1, registration: 1 })],
    ['no publication of PUBLISHED', () => Published.from(source, {} as never)],
    [
      'an answer to RESULT',
      () => ErrorMessage.from(ErrorMessage.reply(source, 'a.b'), { request_type: 50, request: 1 }),
    ],
    ['a hop for what is not forwarded', () => Published.from(source, { publication: 1 }).forward(HOP)],
    ['a hop that is none', () => source.forward({ session: 'a' } as never)],
  ])('%s is a TypeError', (_, use) => {
    expect(use).toThrow(TypeError)
  })
})

describe('forward', () => {
  test.each(FORMATS)('appends a hop, and leaves all else as it is, in %s', (format) => {
    const serializer = codec.serializer(format)
    const custom = format === 'flatbuffers' ? null : { x_a: 1, when: 2 }
    const more = format === 'flatbuffers' ? { disclose_me: null, rkey: null } : {}
    for (const forward_for of [null, CHAIN]) {
      const source = received(publish({ custom, forward_for, ...more }), format)
      source.correlation_id = 'c'
      const forwarded = source.forward(HOP)
      expect(forwarded).toBeInstanceOf(Publish)
      expect(forwarded.correlation_id).toBe('c')
      const again = serializer.decode(serializer.encode(forwarded)) as Publish
      expect(attributes(again)).toEqual({ ...attributes(source), forward_for: [...(forward_for ?? []), HOP] })
      expect(again.topicRef).toBe(source.topicRef)
      expect(source.forward_for).toEqual(forward_for)
    }
  })
})

test('a derived message travels to another thread with what it was given', () => {
  const event = EventMessage.from(received(publish({ custom: { x_a: 1, when: 2 } })), {
    ...IDS,
    publisher: 3,
  })
  expect(codec.fromTransferable(event.toTransferable()).equals(event)).toBe(true)
  const plain = EventMessage.from(received(publish({ custom: { x_a: 1, when: 2 } })), IDS)
  expect(codec.fromTransferable(plain.toTransferable()).equals(plain)).toBe(true)
})

test("a message of an application's own class is forwarded as what it is", () => {
  class Mine extends Publish {
    readonly note: string

    constructor(note: string) {
      super({ request: 1, topic: 'a.b', args: [1], custom: { x_a: 1 } })
      this.note = note
    }
  }
  const message = new Mine('kept')
  codec.serializer('cbor').encode(message)
  const forwarded = message.forward(HOP)
  expect(forwarded).toBeInstanceOf(Mine)
  expect(forwarded.note).toBe('kept')
  expect(message.forward_for).toBe(null)
  const arrived = received<Publish>(forwarded)
  expect(arrived.marshal()).toEqual([16, 1, { forward_for: [HOP], x_a: 1 }, 'a.b', [1]])
  const event = EventMessage.from(forwarded, { subscription: 1, publication: 2 })
  expect(received(event).args).toEqual([1])
})

test('an option of PUBLISHED would change nothing else of what it is made of', () => {
  const [option] = PUBLISH.options
  const rule = derivation({ ...PUBLISHED, options: [{ ...option!, attribute: 'note', key: 'note' }] })
  expect([...rule.given.keys()]).toEqual(['publication', 'note'])
  const source = publish({ args: [1], custom: { x_a: 1 } })
  for (const each of [source, received(source)]) {
    const published = new Published({ request: 1, publication: 2 })
    derive(published, each, {}, rule)
    expect(published.marshal()).toEqual([17, 1, 2])
    expect([published.custom, published._payload]).toEqual([null, NO_PAYLOAD])
  }
})

describe('a list of options that says what it is by its own toJSON', () => {
  const saying = <T>(list: T[], toJSON: () => T[]): T[] => Object.assign(list, { toJSON })

  test.each(FORMATS)('is what it says in derived and forwarded messages, in %s', (format) => {
    const other: Hop = { session: 2, authid: 'c', authrole: 'd' }
    const hops = saying([{ session: 1, authid: 'a', authrole: 'b' }], () => [other])
    const source = publish({ forward_for: hops, exclude: saying([1, 2], () => [3]) })
    expect(received(source, format)).toMatchObject({ forward_for: [other], exclude: [3] })
    expect(received(EventMessage.from(source, IDS), format).forward_for).toEqual([other])
    expect(received(source.forward(HOP), format)).toMatchObject({ forward_for: [other, HOP], exclude: [3] })
  })

  test('keeps its toJSON also when one of its hops is not whole', () => {
    const hops = saying([{ session: 1, authid: undefined, authrole: 'b' } as never], () => CHAIN)
    const source = publish({ forward_for: hops })
    expect(received(source).forward_for).toEqual(CHAIN)
    expect(received(EventMessage.from(source, IDS)).forward_for).toEqual(CHAIN)
  })
})

test('what a derived message is given is asked once', () => {
  let asked = 0
  const counted = <T extends object>(given: T): T => {
    const copy = {}
    for (const [key, value] of Object.entries(given)) {
      Object.defineProperty(copy, key, {
        enumerable: true,
        get() {
          asked++
          return value
        },
      })
    }
    return copy as T
  }
  const error = new ErrorMessage({ request_type: 48, request: 1, error: 'a.b' })
  const ways: [of: number, from: () => Message][] = [
    [3, () => EventMessage.from(publish(), counted({ ...IDS, publisher: 1 }))],
    [2, () => Invocation.from(new Call({ request: 1, procedure: 'a.b' }), counted(CALL_IDS))],
    [1, () => Result.from(new Yield({ request: 1 }), counted({ request: 2 }))],
    [1, () => Interrupt.from(new Cancel({ request: 1 }), counted({ request: 2 }))],
    [2, () => ErrorMessage.from(error, counted({ request_type: 68, request: 2 }))],
  ]
  for (const [of, from] of ways) {
    asked = 0
    from()
    expect([from.toString(), asked]).toEqual([from.toString(), of])
  }
  expect(() => EventMessage.from(publish(), { ...IDS, request: 1 } as never)).toThrow(TypeError)
})
