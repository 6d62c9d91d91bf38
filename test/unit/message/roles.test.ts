/** Roles that are not known here are kept: WAMP wants unknown attributes ignored. */
import { expect, test } from 'vitest'
import { createCodec, Hello, Message, Welcome } from '../../../src/index.ts'

const LISTS = ['json', 'msgpack', 'cbor', 'ubjson'] as const
const eager = createCodec()
const deferred = createCodec({ payloadValidation: 'deferred', unknownKeys: 'refuse' })

const ROLES = [
  { dealer: {}, x_foo: {} },
  { dealer: { features: { call_timeout: true } }, x_foo: { features: { a: 1 }, b: [null] } },
  { publisher: {}, subscriber: {}, caller: {}, callee: {} },
  { x_foo: {} },
  { x_foo: 5, x_bar: null, broker: {} },
]

test.each(ROLES.flatMap((roles) => LISTS.map((id) => [id, roles] as const)))(
  '%s: the roles %o are read, kept and written',
  (id, roles) => {
    for (const codec of [eager, deferred]) {
      const serializer = codec.serializer(id)
      for (const list of [
        [1, 'realm1', { roles }],
        [2, 1, { roles }],
      ]) {
        const parsed = Message.parse(list)
        const frame = serializer.encode(parsed)
        const message = serializer.decode(frame) as Hello
        expect(message.roles).toEqual(roles)
        expect(message.equals(parsed)).toBe(true)
        for (const other of LISTS.map((to) => codec.serializer(to))) {
          const there = codec.transcodeMessage(frame, { from: serializer, to: other })
          expect((other.decode(there) as Hello).roles).toEqual(roles)
        }
      }
      const built = new Welcome({ session: 1, roles: roles as never })
      expect((serializer.decode(serializer.encode(built)) as Welcome).roles).toEqual(roles)
    }
  },
)

test.each([
  [{}, 'a role is needed'],
  [{ broker: 1 }, 'a known role is a dictionary'],
  [{ broker: { features: 1 }, x_foo: {} }, 'its features are a dictionary'],
  [{ broker: { features: { publisher_exclusion: 1 } } }, 'a known feature is a boolean'],
])('%o is refused by constructors and in frames: %s', (roles, _why) => {
  expect(() => new Welcome({ session: 1, roles: roles as never })).toThrow(TypeError)
  const frame = JSON.stringify([2, 1, { roles }])
  expect(() => eager.serializer('json').decode(frame)).toThrow(/^cannot decode WELCOME from json: /)
})

test('roles, a role and its features may be Maps', () => {
  const features = new Map([['call_timeout', true]])
  const roles = new Map([['caller', new Map([['features', features]])]])
  const hello = new Hello({ realm: 'a', roles: roles as never })
  for (const id of ['json', 'cbor', 'flatbuffers'] as const) {
    const serializer = eager.serializer(id)
    const { roles: read } = serializer.decode(serializer.encode(hello)) as Hello
    expect(read).toMatchObject({ caller: { features: { call_timeout: true } } })
  }
  features.set('call_timeout', 'yes' as never)
  expect(() => new Hello({ realm: 'a', roles: roles as never })).toThrow(
    'expected a boolean or null for roles.caller.features.call_timeout, got "yes"',
  )
  expect(() => new Hello({ realm: 'a', roles: new Map() as never })).toThrow('got an empty dictionary')
})

test('FlatBuffers has places for known roles only, and the loss report names the others', () => {
  const flatbuffers = eager.serializer('flatbuffers')
  const welcome = Message.parse([2, 1, { roles: { dealer: {}, x_foo: {}, caller: {} } }])
  const reason = 'the FlatBuffers schema has no place for it'
  expect(eager.lossReport(welcome, flatbuffers)).toEqual([
    { path: 'roles.x_foo', reason },
    { path: 'roles.caller', reason },
  ])
  expect((flatbuffers.decode(flatbuffers.encode(welcome)) as Welcome).roles).toEqual({ dealer: {} })
  expect(() =>
    eager.transcodeMessage('[2,1,{"roles":{"x_foo":{}}}]', {
      from: eager.serializer('json'),
      to: flatbuffers,
      onLoss: 'throw',
    }),
  ).toThrow('cannot encode roles.x_foo to flatbuffers: the FlatBuffers schema has no place for it')
})
