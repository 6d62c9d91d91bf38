/** Values that pass a quick look and that no frame can hold: integers beyond 2^53 as numbers, and holes in lists. */
import { describe, expect, test } from 'vitest'
import {
  Call,
  createCodec,
  ErrorMessage,
  EventMessage,
  Hello,
  Invocation,
  Message,
  ProtocolError,
  Publish,
  Register,
  Subscribe,
  Unsubscribed,
} from '../../../src/index.ts'
import { isEncodableInteger } from '../../../src/message/kinds.ts'

const LARGE = 2 ** 53 + 2
const LISTS = ['json', 'msgpack', 'cbor', 'ubjson'] as const
const codec = createCodec()
const publish = { request: 1, topic: 'a.b' }
const call = { request: 1, procedure: 'a.b' }
const hop = { session: 1, authid: null, authrole: 'x' }

/** What is wrong, by the attribute that an error names. */
const LARGE_IN: readonly [path: string, make: (large: never) => Message][] = [
  ['timeout', (timeout) => new Call({ ...call, timeout })],
  ['caller', (caller) => new Call({ ...call, caller })],
  ['callee', (callee) => new ErrorMessage({ request_type: 48, request: 1, error: 'a.b', callee })],
  ['publisher', (publisher) => new EventMessage({ subscription: 1, publication: 2, publisher })],
  ['trustlevel', (trustlevel) => new Invocation({ request: 1, registration: 2, trustlevel })],
  ['concurrency', (concurrency) => new Register({ ...call, concurrency })],
  ['exclude[1]', (large) => new Publish({ ...publish, exclude: [1, large] })],
  ['eligible[0]', (large) => new Publish({ ...publish, eligible: [large] })],
  [
    'resume_session',
    (resume_session) => new Hello({ realm: 'a', roles: { caller: {} }, resume_token: 't', resume_session }),
  ],
  ['subscription', (subscription) => new Unsubscribed({ request: 0, subscription })],
]

describe.each(LARGE_IN)('%s', (path, make) => {
  test('is no number beyond 2^53, which is written as a float', () => {
    const text = `for ${path}, got a number beyond 2^53, not a BigInt`
    expect(() => make(LARGE as never)).toThrow(TypeError)
    expect(() => make(LARGE as never)).toThrow(text)
  })

  test('may be 2^53 and, as a BigInt, more; each is read again by strict peers', () => {
    for (const id of LISTS) {
      const serializer = codec.serializer(id)
      for (const good of [2 ** 53, BigInt(LARGE)]) {
        const message = make(good as never)
        expect(serializer.decode(serializer.encode(message)).equals(message)).toBe(true)
      }
    }
  })
})

test('a number within 2^53, on either side, is an integer on the wire, and so is any BigInt', () => {
  expect([0, -(2 ** 53), 2 ** 53, -(10n ** 30n)].every(isEncodableInteger)).toBe(true)
  expect([LARGE, -LARGE, 1e300, -0, 1.5, '1', null].some(isEncodableInteger)).toBe(false)
})

test('setters and derivation refuse a number beyond 2^53', () => {
  const message = new Call(call)
  for (const change of [
    () => {
      message.timeout = LARGE
    },
    () => Invocation.from(message, { request: 1, registration: 2, caller: LARGE }),
  ])
    expect(change).toThrow(TypeError)
  expect(message.equals(new Call(call))).toBe(true)
})

test('a hop whose session is a number beyond 2^53 is not written, and not parsed', () => {
  const forward_for = [hop, { ...hop, session: LARGE }]
  const built = new Subscribe({ ...publish, forward_for })
  const set = new Subscribe(publish)
  set.forward_for = forward_for
  const derived = Invocation.from(new Call(call), { request: 1, registration: 2, forward_for })
  const messages = [built, set, derived, new Call(call).forward(hop).forward({ ...hop, session: LARGE })]
  const text = 'expected an integer for forward_for[1].session, got a number beyond 2^53, not a BigInt'
  for (const id of LISTS) {
    const serializer = codec.serializer(id)
    const error = expect.objectContaining({ code: 'UNENCODABLE', path: 'forward_for' })
    for (const message of messages) {
      expect(() => serializer.encode(message)).toThrow(error)
      expect(() => serializer.encode(message)).toThrow(text)
    }
    const large = new Subscribe({ ...publish, forward_for: [{ ...hop, session: BigInt(LARGE) as never }] })
    expect(serializer.decode(serializer.encode(large)).equals(large)).toBe(true)
  }
  expect(() => codec.serializer('flatbuffers').encode(derived)).toThrow(text)
  expect(() => Message.parse([32, 1, { forward_for }, 'a.b'])).toThrow(text)
})

test('Message.parse and lists of the codec refuse a number beyond 2^53', () => {
  const list = [48, 1, { timeout: LARGE }, 'a.b']
  const error = expect.objectContaining({ code: 'BAD_MESSAGE', path: 'timeout' })
  expect(() => Message.parse(list)).toThrow(error)
  for (const id of LISTS) expect(() => codec.lists(id).encode(list)).toThrow(/timeout/)
})

/** Two elements, of which that at `at` is none. */
function holed<T>(at: number, item: T): T[] {
  const list = [item, item]
  delete list[at]
  return list
}

describe('a list with a hole', () => {
  const holes: readonly [string, unknown[]][] = [
    ['forward_for', holed(0, hop)],
    ['exclude', holed(0, 1)],
    ['eligible', holed(0, 1)],
    ['exclude_authid', holed(0, 'a')],
    ['eligible_authrole', holed(1, 'a')],
  ]

  test.each(holes)('is refused for %s by constructor, setter and from', (attribute, list) => {
    expect(() => new Publish({ ...publish, [attribute]: list })).toThrow(TypeError)
    const message = new Publish(publish)
    expect(() => Object.assign(message, { [attribute]: list })).toThrow(`for ${attribute}[`)
    expect(message.equals(new Publish(publish))).toBe(true)
  })

  test.each(holes)('is refused for %s by Message.parse', (attribute, list) => {
    const error = expect.objectContaining({ code: 'BAD_MESSAGE' })
    expect(() => Message.parse([16, 1, { [attribute]: list }, 'a.b'])).toThrow(ProtocolError)
    expect(() => Message.parse([16, 1, { [attribute]: list }, 'a.b'])).toThrow(error)
  })

  test('is refused for authmethods, and for hops that a derived message is given', () => {
    const authmethods = holed(0, 'x')
    expect(() => new Hello({ realm: 'a', roles: { caller: {} }, authmethods })).toThrow(TypeError)
    const ids = { subscription: 1, publication: 2, forward_for: holes[0]?.[1] as (typeof hop)[] }
    expect(() => EventMessage.from(new Publish(publish), ids)).toThrow(TypeError)
  })

  test('is refused at its first hole, however long it is', () => {
    expect(() => new Publish({ ...publish, exclude: new Array(2 ** 32 - 1) })).toThrow('exclude[0]')
  })
})
