/**
 * Tests of src/serializer/flatbuffers/template.ts: what is written from a template is what the builder writes. Two
 * loaded packages write the same messages; the other one has no templates.
 */
import { beforeAll, describe, expect, test, vi } from 'vitest'
import {
  Call,
  type ClientRoles,
  createCodec,
  EventMessage,
  Hello,
  type Message,
  Publish,
  type RouterRoles,
  type Serializer,
  Welcome,
} from '../../../../src/index.ts'
import { FLAT_NESTED } from '../../../../src/message/flatbuffers-schema.ts'
import { TABLES } from '../../../../src/message/tables.ts'
import { type FlatBuffersProfile, type Layout, PLANS } from '../../../../src/serializer/flatbuffers/plan.ts'
import { KNOWN_ROLES } from '../../../../src/serializer/flatbuffers/roles.ts'
import { randomMessage } from '../../../support/flatbuffers-random.ts'
import { createRandom, type Random } from '../../../support/random.ts'
import { hex } from '../../../support/vectors.ts'
import { CLASSES } from '../../message/classes.ts'

const SEED = 20_261_129
/** Messages of each class. */
const MESSAGES = 120
const PROFILES: readonly FlatBuffersProfile[] = ['schema', 'autobahn']

const flat = createCodec({ cache: false }).serializer('flatbuffers')
const others = new Map<FlatBuffersProfile, Serializer>()

beforeAll(async () => {
  vi.resetModules()
  const { createCodec: createOther } = await import('../../../../src/index.ts')
  const { PLANS: plansOf } = await import('../../../../src/serializer/flatbuffers/plan.ts')
  const { TABLES: tables } = await import('../../../../src/message/tables.ts')
  const codec = createOther({ cache: false })
  for (const profile of PROFILES) {
    for (const table of tables) {
      const plan = plansOf[profile](table)
      for (const each of [plan, plan.bare]) Object.assign(each as object, { layout: null })
    }
    others.set(profile, codec.serializer('flatbuffers', { profile }))
  }
})

/** The message of a frame as the other package builds it, with nothing of it left in the frame but its payload. */
function built(frame: Uint8Array, profile: FlatBuffersProfile = 'schema'): string {
  const other = others.get(profile) as Serializer
  const message: Message = other.decode(new Uint8Array(frame))
  message.custom = null
  return hex(other.encode(message))
}

function layoutOf(name: string): Layout {
  const table = TABLES.find((each) => each.name === name)
  return PLANS.schema(table as (typeof TABLES)[number]).layout as Layout
}

describe.each(PROFILES)('in profile %s', (profile) => {
  const serializer = createCodec({ cache: false }).serializer('flatbuffers', { profile })

  test.each(CLASSES)('$name has the same bytes from a template and from the builder', ({ name }) => {
    const random = createRandom(SEED)
    for (let i = 0; i < MESSAGES; i++) {
      const message = randomMessage(name, random, random.pick([0, 0.1, 0.3, 1]), random.int(0, 3) === 0)
      expect(hex(serializer.encode(message))).toBe(built(flat.encode(message), profile))
    }
  })

  test('a received message has the same bytes as one that was built', () => {
    const random = createRandom(SEED)
    for (let i = 0; i < MESSAGES; i++) {
      const message = randomMessage('Publish', random, 0.3, random.int(0, 3) === 0)
      const frame = flat.encode(message)
      const received = flat.decode(new Uint8Array(frame)) as Publish
      expect(hex(serializer.encode(received))).toBe(built(frame, profile))
      const event = EventMessage.from(received, { subscription: 1, publication: 2, transaction_hash: 'abc' })
      expect(hex(serializer.encode(event))).toBe(built(flat.encode(event), profile))
    }
  })
})

/** Some of the roles of a type, with some of their features. */
function someRoles(random: Random, type: string): Record<`x_${string}`, object> {
  const roles: Record<string, object> = {}
  for (const { name, type: features } of FLAT_NESTED[type] ?? []) {
    const slots = (FLAT_NESTED[features] ?? []).filter(() => random.int(0, 3) === 0)
    const flags = slots.map(({ attribute }) => [attribute, random.pick([true, false])])
    if (random.int(0, 1) === 0) roles[name] = { features: Object.fromEntries(flags) }
  }
  return Object.keys(roles).length === 0 ? { [type === 'RouterRoles' ? 'dealer' : 'subscriber']: {} } : roles
}

test('roles are written alike the first time and again, with other texts before them and parts behind', () => {
  const random = createRandom(SEED)
  const sets: (readonly [ClientRoles, RouterRoles])[] = Array.from({ length: 24 }, () => [
    someRoles(random, 'ClientRoles'),
    someRoles(random, 'RouterRoles'),
  ])
  // Two of one size, whose vtable is also that of a pair of texts.
  sets.push([
    { publisher: {}, subscriber: {} },
    { broker: {}, dealer: {} },
  ])
  for (let i = 0; i < 400; i++) {
    // A few are written often, all of them now and then.
    const [client, router] = sets[random.int(0, random.pick([3, sets.length - 1]))] as [
      ClientRoles,
      RouterRoles,
    ]
    const more = {
      realm: `com.example.${'r'.repeat(random.int(1, 5))}`,
      authid: random.pick([null, 'a'.repeat(random.int(0, 5))]),
      authextra: random.pick([null, { a: 'b' }, { a: null }]),
    }
    const hello = flat.encode(new Hello({ ...more, roles: client, authmethods: ['ticket'] }))
    const welcome = flat.encode(new Welcome({ ...more, session: 1, roles: router }))
    expect(hex(hello)).toBe(built(hello))
    expect(hex(welcome)).toBe(built(welcome))
    expect((flat.decode(welcome) as Welcome).roles).toEqual(router)
  }
})

test('a vtable that HELLO has in common with its roles is shared, whichever of them comes first', async () => {
  vi.resetModules()
  const fresh = await import('../../../../src/index.ts')
  const serializer = fresh.createCodec({ cache: false }).serializer('flatbuffers')
  const subscriber = { subscriber: {} }
  // Aligned alike, so of one shape.
  const roles: ClientRoles[] = [subscriber, { publisher: {}, subscriber: {} }, subscriber]
  for (const each of roles) {
    const frame = serializer.encode(new fresh.Hello({ roles: each }))
    expect(hex(frame)).toBe(built(frame))
  }
})

test('no more than sixteen sets of roles are kept', () => {
  const random = createRandom(SEED)
  for (let i = 0; i < 100; i++) {
    flat.encode(new Welcome({ session: 1, roles: someRoles(random, 'RouterRoles') }))
    expect(KNOWN_ROLES.RouterRoles?.length).toBeLessThanOrEqual(16)
  }
})

test('roles that the application changes are written as they are then', () => {
  const features: Record<string, boolean> = { call_timeout: true }
  const hello = new Hello({ realm: 'realm1', roles: { caller: { features } } })
  for (const change of [{}, { call_timeout: false }, { call_canceling: true }, { call_timeout: true }]) {
    Object.assign(features, change)
    expect((flat.decode(flat.encode(hello)) as Hello).roles).toEqual({ caller: { features } })
  }
})

test('flags that an object inherits are not written', () => {
  const features = Object.create({ call_timeout: true }) as Record<string, boolean>
  features.call_canceling = true
  const frame = flat.encode(new Hello({ realm: 'realm1', roles: { caller: { features } } }))
  expect((flat.decode(frame) as Hello).roles).toEqual({ caller: { features: { call_canceling: true } } })
})

test('a getter that encodes in the middle of a list, a hop or roles changes nothing', () => {
  const inner = new Publish({
    request: 9,
    topic: 'org.example.another.one',
    transaction_hash: 'xyz',
    exclude: [1, 2, 3],
    forward_for: [{ session: 5, authid: 'someone', authrole: 'anyone' }],
  })
  const expected = hex(flat.encode(inner))
  let encoded = 0
  const busy = <T extends object>(object: T, key: keyof T): T => {
    const value = object[key]
    return Object.defineProperty(object, key, {
      get() {
        encoded++
        expect(hex(flat.encode(inner))).toBe(expected)
        return value
      },
    })
  }
  const hop = (): { session: number; authid: string; authrole: string } => ({
    session: 7,
    authid: 'joe',
    authrole: 'user',
  })
  const make = (way: <T extends object>(object: T, key: keyof T) => T): Message[] => [
    new Publish({ request: 1, topic: 'com.example', exclude: way([4, 5], 1), args: ['abc'] }),
    new Publish({ request: 1, topic: 'com.example', eligible_authid: way(['a', 'b'], 0) }),
    new Call({ request: 1, procedure: 'com.example', forward_for: [hop(), way(hop(), 'authrole')] }),
    new Hello({ realm: 'realm1', roles: { caller: way({ features: { call_timeout: true } }, 'features') } }),
  ]
  const plain = make((object) => object).map((message) => hex(flat.encode(message)))
  const messages = make(busy)
  encoded = 0
  // Twice: the first may be without a template.
  for (let i = 0; i < 2; i++) expect(messages.map((message) => hex(flat.encode(message)))).toEqual(plain)
  expect(encoded).toBeGreaterThanOrEqual(2 * messages.length)
})

test('a getter that throws leaves nothing behind', () => {
  const publish = new Publish({ request: 1, topic: 'com.example', exclude: [4, 5] })
  const expected = hex(flat.encode(publish))
  const list = [1, 2]
  const bad = new Publish({ request: 1, topic: 'com.example', exclude: list })
  Object.defineProperty(list, 1, {
    get() {
      throw new RangeError('from the getter')
    },
  })
  expect(() => flat.encode(bad)).toThrow('from the getter')
  expect(hex(flat.encode(publish))).toBe(expected)
})

test('lists of many thousands are written as the builder writes them', () => {
  const ids = Array.from({ length: 20_000 }, (_, i) => i * 1_000_003)
  const texts = ids.map((id) => `user${id}`)
  const hops = ids.map((session, i) => ({ session, authid: texts[i] as string, authrole: null }))
  const message = new Publish({
    request: 1,
    topic: 'com.example',
    exclude: ids,
    eligible_authid: texts,
    forward_for: hops,
  })
  for (let i = 0; i < 2; i++) {
    const frame = flat.encode(message)
    expect(Buffer.from(frame).equals(Buffer.from(built(frame), 'hex'))).toBe(true)
    expect((flat.decode(frame) as Publish).forward_for).toEqual(hops)
  }
})

test('of endless shapes 64 have templates, and later shapes get theirs in the end', () => {
  const layout = layoutOf('EVENT')
  const options = ['publisher', 'publisher_authid', 'publisher_authrole', 'topic', 'retained']
  const values: Record<string, unknown> = {
    publisher: 3,
    publisher_authid: 'joe',
    publisher_authrole: 'user',
    topic: 'com.example',
    retained: true,
    transaction_hash: 'abc',
    forward_for: [{ session: 1, authid: 'a', authrole: 'b' }],
  }
  const names = [...options, 'transaction_hash', 'forward_for']
  const some = (bits: number): Message => {
    const given = names.filter((_, i) => (bits & (1 << i)) !== 0).map((name) => [name, values[name]])
    return new EventMessage({ subscription: 1, publication: 2, ...Object.fromEntries(given) })
  }
  const shapes = 2 ** names.length
  for (let bits = 0; bits < shapes; bits++) flat.encode(some(bits))
  expect(layout.templates.size).toBe(64)
  const last = some(shapes - 1)
  const known = (): Set<number> => new Set(layout.templates.keys())
  const before = known()
  for (let i = 0; i < 1024; i++) flat.encode(last)
  expect(layout.templates.size).toBeLessThan(64)
  expect([...known()].some((shape) => !before.has(shape))).toBe(true)
  expect(hex(flat.encode(last))).toBe(built(flat.encode(last)))
})

test('a text that is long, or beyond ASCII, beside parts and in them', () => {
  const long = 'x'.repeat(300)
  for (const topic of ['com.example', 'com.example.größe', `com.${long}`]) {
    for (const authid of ['joe', 'jöe', long, `${long}ö`]) {
      const forward_for = [{ session: 1, authid, authrole: 'user' }]
      const frame = flat.encode(new Publish({ request: 1, topic, forward_for }))
      expect(hex(frame)).toBe(built(frame))
      expect(flat.decode(frame)).toMatchObject({ topic, forward_for })
    }
  }
})

test('a lone surrogate is refused with the place of its text', () => {
  const hop = { session: 1, authid: 'joe', authrole: 'a\ud800' }
  const long = { ...hop, authrole: 'user', authid: `${'x'.repeat(99)}\udc00` }
  const base = { request: 1, topic: 'com.example' }
  const refused = (attributes: object) => () => flat.encode(new Publish({ ...base, ...attributes }))
  expect(refused({ forward_for: [{ ...hop, authrole: 'user' }, hop] })).toThrow('forward_for[1].authrole')
  expect(refused({ forward_for: [long] })).toThrow('forward_for[0].authid')
  expect(refused({ eligible_authid: ['a', 'b\ud800'] })).toThrow('eligible_authid[1]')
})

test('a text beyond ASCII is written in full, before and after one of as many letters that is ASCII', () => {
  const topics = ['com.example.größe', 'com.example.grosz', 'com.example.größe', 'com.example.grosz']
  for (const topic of topics) {
    const frame = flat.encode(new Publish({ request: 1, topic, transaction_hash: 'abc' }))
    expect((flat.decode(frame) as Publish).topic).toBe(topic)
  }
})

test('the longer one of args and kwargs is left out of a frame in parts, and comes from the frame of the list', () => {
  const cbor = createCodec({ cache: false }).serializer('cbor')
  const long = 'x'.repeat(1000)
  for (const payload of [
    { args: [long], kwargs: { a: 1 } },
    { args: [1], kwargs: { a: long } },
  ]) {
    const frame = cbor.encode(new Publish({ request: 1, topic: 'com.example', ...payload }))
    const message = cbor.decode(frame) as Publish
    const event = EventMessage.from(message, { subscription: 1, publication: 2 })
    const parts = flat.encodeParts(event)
    expect(parts[0]?.buffer).not.toBe(frame.buffer)
    expect(parts[1]?.buffer).toBe(frame.buffer)
    expect(parts[1]?.length).toBeGreaterThan(1000)
    expect(hex(new Uint8Array(Buffer.concat(parts)))).toBe(hex(flat.encode(event)))
    // And from FlatBuffers into a list.
    const received = flat.decode(new Uint8Array(flat.encode(event))) as EventMessage
    expect(hex(cbor.encode(received))).toBe(hex(cbor.encode(event)))
  }
})
