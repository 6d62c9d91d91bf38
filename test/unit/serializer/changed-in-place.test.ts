/** Lists and dictionaries that the application has changed since it gave them: written as they are, or refused. */
import { describe, expect, test } from 'vitest'
import {
  Authenticate,
  Challenge,
  createCodec,
  EncodeError,
  EventMessage,
  Float64,
  Hello,
  type Message,
  Publish,
  type SerializerId,
  Welcome,
} from '../../../src/index.ts'

const LISTS = ['json', 'msgpack', 'cbor', 'ubjson'] as const
const ALL: readonly SerializerId[] = [...LISTS, 'flatbuffers']
const codec = createCodec()

const publish = (): Publish =>
  new Publish({
    request: 1,
    topic: 'a.b',
    exclude: [1],
    exclude_authid: ['a'],
    forward_for: [{ session: 1, authid: 'a', authrole: 'b' }],
  })
const hello = (): Hello =>
  new Hello({
    realm: 'a',
    roles: { caller: { features: { call_timeout: true } } },
    authmethods: ['ticket'],
    authextra: new Map([['a', 'b']]) as never,
  })
const welcome = (): Welcome => new Welcome({ session: 1, roles: { broker: {} } })

type Change = readonly [path: string, place: string, make: () => Message]

/** A message and what becomes of it; the value is typed as what it must not be. */
function change<M extends Message>(make: () => M, apply: (message: M) => unknown): () => M {
  return () => {
    const message = make()
    apply(message)
    return message
  }
}

const WRONG: readonly Change[] = [
  ['exclude', 'exclude[1], got "x"', change(publish, (m) => m.exclude?.push('x' as never))],
  ['exclude', 'exclude[1], got 1.5', change(publish, (m) => m.exclude?.push(1.5))],
  ['exclude', 'exclude[1], got null', change(publish, (m) => m.exclude?.push(null as never))],
  ['exclude', 'exclude[1], got', change(publish, (m) => m.exclude?.push(2 ** 60))],
  [
    'exclude',
    'exclude[1], got undefined',
    change(publish, (m) => Object.assign(m.exclude as [], { length: 9 })),
  ],
  ['exclude_authid', 'exclude_authid[1], got 5', change(publish, (m) => m.exclude_authid?.push(5 as never))],
  [
    'exclude_authid',
    'exclude_authid[1], got null',
    change(publish, (m) => m.exclude_authid?.push(null as never)),
  ],
  ['forward_for', 'forward_for[1], got null', change(publish, (m) => m.forward_for?.push(null as never))],
  ['forward_for', 'forward_for[0].session, got "x"', change(publish, (m) => setHop(m, { session: 'x' }))],
  ['forward_for', 'forward_for[0].authid, got 5', change(publish, (m) => setHop(m, { authid: 5 }))],
  ['forward_for', 'forward_for[0].authrole, got 5', change(publish, (m) => setHop(m, { authrole: 5 }))],
  ['authmethods', 'authmethods[1], got 5', change(hello, (m) => m.authmethods?.push(5 as never))],
  ['roles', 'roles.caller, got 5', change(hello, (m) => Object.assign(m.roles, { caller: 5 }))],
  ['roles', 'roles.caller, got null', change(hello, (m) => Object.assign(m.roles, { caller: null }))],
  [
    'roles',
    'roles.caller.features, got "x"',
    change(hello, (m) => Object.assign(m.roles.caller as object, { features: 'x' })),
  ],
  [
    'roles',
    'roles.caller.features.call_timeout, got 1',
    change(hello, (m) => Object.assign(m.roles.caller?.features as object, { call_timeout: 1 })),
  ],
  ['roles', 'roles.dealer, got 5', change(welcome, (m) => Object.assign(m.roles, { dealer: 5 }))],
  [
    'authextra',
    'authextra, got a dictionary',
    change(hello, (m) => (m.authextra as unknown as Map<unknown, unknown>).set(1, 'x').delete('a')),
  ],
]

function setHop(message: Publish, part: object): void {
  Object.assign(message.forward_for?.[0] as object, part)
}

describe.each(ALL)('%s', (id) => {
  const serializer = codec.serializer(id)

  test.each(WRONG)('%s is refused: %s', (path, place, make) => {
    for (const how of ['encode', 'encodeParts', 'byteLength'] as const) {
      expect(() => serializer[how](make())).toThrow(EncodeError)
      expect(() => serializer[how](make())).toThrow(expect.objectContaining({ code: 'UNENCODABLE', path }))
      expect(() => serializer[how](make())).toThrow(`for ${place}`)
    }
  })

  test.each(WRONG)('%s is in the report of losses: %s', (path, _, make) => {
    const paths = codec.lossReport(make(), serializer).map((loss) => loss.path)
    expect(paths.some((lost) => lost.startsWith(path))).toBe(true)
  })

  test('what is right is written as it is now', () => {
    const message = publish()
    message.exclude?.push(2, 2 ** 53)
    message.eligible_authid = []
    message.eligible_authid.push('c')
    message.forward_for?.push({ session: 2, authid: null, authrole: 'c' })
    expect(serializer.decode(serializer.encode(message))).toMatchObject({
      exclude: [1, 2, 2 ** 53],
      eligible_authid: ['c'],
      forward_for: [{ session: 1 }, { session: 2, authid: null, authrole: 'c' }],
    })
    const opened = hello()
    Object.assign(opened.roles, { callee: { features: { call_timeout: null } }, caller: undefined })
    const { roles } = serializer.decode(serializer.encode(opened)) as Hello
    expect(Object.keys(roles)).toEqual(['callee'])
  })

  test('a received message sends what it brought, whatever became of the lists that were read', () => {
    const received = serializer.decode(serializer.encode(publish())) as Publish
    received.exclude?.push('x' as never)
    received.forward_for?.push(null as never)
    expect(serializer.decode(serializer.encode(received)).equals(publish())).toBe(true)
    const event = EventMessage.from(received, { subscription: 1, publication: 2 })
    const sent = serializer.decode(serializer.encode(event)) as EventMessage
    expect(sent.forward_for).toEqual(publish().forward_for)
  })
})

describe.each(LISTS)('%s', (id) => {
  const serializer = codec.serializer(id)

  test('a message without any role is refused, and one without the role of a hop for that reason', () => {
    const opened = hello()
    delete opened.roles.caller
    expect(() => serializer.encode(opened)).toThrow('expected at least one role for roles')
    const message = publish()
    setHop(message, { authrole: null })
    expect(() => serializer.encode(message)).toThrow('a hop needs its authrole in a list')
    setHop(message, { authid: undefined, authrole: 'b' })
    expect(() => serializer.encode(message)).toThrow('for forward_for[0].authid, got nothing')
  })

  test('what an unknown role holds is written as the value that it is', () => {
    const x_mine = { float: new Float64(1), bytes: Buffer.from([1, 2]), date: new Date(0) }
    const roles = { caller: {}, x_mine }
    const message = new Hello({ realm: 'a', roles })
    const text = codec.serializer('json').encode(message)
    expect(new TextDecoder().decode(text as Uint8Array)).toContain('"float":1.0,"bytes":"\\u0000AQI="')
    const sent = serializer.decode(serializer.encode(message)) as Hello
    expect(sent.roles.x_mine).toEqual({ float: 1, bytes: Uint8Array.of(1, 2), date: new Date(0).toJSON() })
  })

  test('extra of CHALLENGE and AUTHENTICATE has keys of text', () => {
    for (const make of [
      (extra: never) => new Challenge({ method: 'ticket', extra }),
      (extra: never) => new Authenticate({ signature: 'a', extra }),
    ]) {
      const extra = new Map<unknown, unknown>([['a', 'b']])
      const message = make(extra as never)
      expect(serializer.decode(serializer.encode(message))).toMatchObject({ extra: { a: 'b' } })
      extra.set(1, 2)
      expect(() => serializer.encode(message)).toThrow(
        expect.objectContaining({ code: 'UNENCODABLE', path: 'extra' }),
      )
    }
  })

  test('what a toJSON says of roles is what is checked and written', () => {
    const roles = { caller: {}, toJSON: () => said }
    let said: unknown = { callee: { features: {} } }
    const message = new Hello({ realm: 'a', roles: roles as never })
    expect(serializer.decode(serializer.encode(message))).toMatchObject({ roles: { callee: {} } })
    said = { callee: 5 }
    expect(() => serializer.encode(message)).toThrow('expected a dictionary for roles.callee, got 5')
  })
})

test.each(WRONG)('%s is refused for another thread: %s', (path, place, make) => {
  expect(() => make().toTransferable()).toThrow(EncodeError)
  expect(() => make().toTransferable()).toThrow(expect.objectContaining({ code: 'UNENCODABLE', path }))
  expect(() => make().toTransferable()).toThrow(`for ${place}`)
})

test.each(ALL)('hops with four billion holes are refused at once in %s', (id) => {
  const message = publish()
  ;(message.forward_for as unknown[]).length = 2 ** 32 - 1
  expect(() => codec.serializer(id).encode(message)).toThrow(EncodeError)
})

test('forward sends the hops that came, whatever became of the list that was read', () => {
  const json = codec.serializer('json')
  const frame = '[16,1,{"forward_for":[{"session":1,"authid":"a","authrole":"b"}]},"a.b",[1]]'
  const message = json.decode(frame) as Publish
  const hops = message.forward_for as unknown[]
  hops.push('no hop')
  Object.assign(hops[0] as object, { session: 77 })
  const forwarded = message.forward({ session: 2, authid: null, authrole: 'c' })
  expect(forwarded.forward_for?.map(({ session }) => session)).toEqual([1, 2])
  const built = publish()
  built.forward_for?.push({ session: 3, authid: 'x', authrole: 'y' })
  const again = built.forward({ session: 2, authid: 'q', authrole: 'c' })
  expect(again.forward_for?.map(({ session }) => session)).toEqual([1, 3, 2])
})

describe('a list of FlatBuffers that claims four billion elements', () => {
  const flat = codec.serializer('flatbuffers')
  const NOTHING = new Array<never>(2 ** 32 - 1)
  const tooLong = (path: string): unknown =>
    expect.objectContaining({
      code: 'SIZE_LIMIT',
      path,
      message: `cannot encode ${path} to flatbuffers: an array of 4294967295 elements is too long`,
    })

  test.each(['exclude', 'exclude_authid', 'forward_for'] as const)(
    'is refused before there is room for them: %s',
    (name) => {
      const message = publish()
      const list = message[name] as unknown[]
      list.length = 2 ** 32 - 1
      expect(() => flat.encode(message)).toThrow(tooLong(name))
      expect(codec.lossReport(message, flat)).toEqual([
        { path: name, reason: 'an array of 4294967295 elements is too long' },
      ])
      const saying = Object.assign(publish()[name] as unknown[], { toJSON: () => NOTHING })
      const said = new Publish({ request: 1, topic: 'a.b', [name]: saying })
      expect(() => flat.encode(said)).toThrow(tooLong(name))
    },
  )

  test('is refused before there is room for them: authmethods', () => {
    const message = new Hello({ roles: { caller: {} }, authmethods: ['ticket'] })
    const list = message.authmethods as unknown[]
    list.length = 2 ** 32 - 1
    expect(() => flat.encode(message)).toThrow(tooLong('authmethods'))
  })
})
