/**
 * FlatBuffers frames of ours in the hands of flatc-generated TypeScript, and the other way round: profile 'schema',
 * every class with every attribute set and with random ones. The generated code knows nothing of our tables.
 */
import { describe, expect, test } from 'vitest'
import { createCodec, type Message, Publish } from '../../src/index.ts'
import { DEFAULT_POLICY } from '../../src/limits.ts'
import { FLAT_ENUMS, FLAT_NESTED, type FlatSlot } from '../../src/message/flatbuffers-schema.ts'
import type { Kind } from '../../src/message/table.ts'
import { FORMATS } from '../../src/payload/formats-full.ts'
import { flatbuffersLosses } from '../../src/serializer/flatbuffers/losses.ts'
import { attributeNames } from '../support/flatbuffers.ts'
import { call, create, readGenerated, slotValue } from '../support/flatbuffers-generated.ts'
import { compileSchema, type Generated } from '../support/flatc.ts'
import { createRandom, type Random } from '../support/random.ts'
import { canonical } from '../support/vectors.ts'
import { CLASSES, make } from '../unit/message/classes.ts'

const SEED = 20_261_123
const ROUNDS = process.env.WAMP_CODEC_DEEP === '1' ? 5000 : 60

const { generated, schema } = await compileSchema()
const codec = createCodec()
const { cbor: CBOR_FORMAT } = FORMATS
const serializer = codec.serializer('flatbuffers', { profile: 'schema' })

const words = (name: string): readonly string[] => (FLAT_ENUMS[name] ?? []).filter((word) => word !== null)

function rolesFor(random: Random, type: string): object {
  const slots = FLAT_NESTED[type] as readonly FlatSlot[]
  return Object.fromEntries(
    slots.map(({ name, type: features }) => {
      const flags = (FLAT_NESTED[features] ?? []).map(({ attribute }) => [
        attribute,
        random.pick([true, false]),
      ])
      return [name, { features: Object.fromEntries(flags) }]
    }),
  )
}

/** The npm runtime takes a U+FEFF at the start of a text for a byte order mark, and drops it. */
const text = (random: Random, length: number): string => random.text(length).replace(/^\ufeff+/, '')

const id = (random: Random): number => random.pick([0, 1, random.int(2, 2 ** 32), random.int(2, 2 ** 53)])
const some = <T>(random: Random, item: () => T): T[] => Array.from({ length: random.int(1, 4) }, item)

/** Values that FlatBuffers can carry, by kind; WAMP's rules allow them all. */
const VALUES: Readonly<Partial<Record<Kind, (random: Random) => unknown>>> = {
  id,
  uint: (random) => random.int(1, 2 ** 32 - 1),
  count: (random) => random.int(1, 2 ** 16 - 1),
  bool: (random) => random.pick([true, false]),
  text: (random) => text(random, 40),
  textOrNull: (random) => text(random, 40),
  uri: (random) => `com.example.${random.int(0, 999)}`,
  dict: (random) => ({ [text(random, 9)]: text(random, 20) }),
  dictOrNull: (random) => ({ [text(random, 9)]: text(random, 20) }),
  ints: (random) => some(random, () => id(random)),
  texts: (random) => some(random, () => text(random, 30)),
  hops: (random) =>
    some(random, () => ({
      session: id(random),
      authid: random.pick([null, text(random, 10)]),
      authrole: text(random, 10),
    })),
  clientRoles: (random) => rolesFor(random, 'ClientRoles'),
  routerRoles: (random) => rolesFor(random, 'RouterRoles'),
  match: (random) => random.pick(words('Match')),
  invoke: (random) => random.pick(words('InvocationPolicy')),
  cancelMode: (random) => random.pick(words('CancelMode')),
  interruptMode: (random) => random.pick(['kill', 'killnowait']),
  encAlgo: (random) => random.pick(['cryptobox', 'mqtt', 'xbr']),
  encKey: (random) => text(random, 20),
  encSerializer: (random) => random.pick(['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers']),
}

/** Attributes whose kind says less than the schema. */
const SPECIAL: Readonly<Record<string, (random: Random) => unknown>> = {
  authmethods: (random) => some(random, () => random.pick(words('AuthMethod'))),
  authmethod: (random) => random.pick(words('AuthMethod')),
  ppt_cipher: (random) => random.pick(words('PPTCipher')),
}

/** The slots of the message's table by attribute. */
function slotsOf(message: Message): ReadonlyMap<string, FlatSlot> {
  const slots = message.table.flatbuffers.slots.filter(({ attribute }) => attribute !== null)
  return new Map(slots.map((slot) => [slot.attribute as string, slot]))
}

/** A message with all attributes that have a slot (`share` 1), or with a share of them. */
function randomMessage(name: string, random: Random, share: number, isOpaque: boolean): Message {
  const { table } = make(name)
  const isSet = (): boolean => share === 1 || random.int(1, 100) <= share * 100
  const attributes: Record<string, unknown> = {}
  for (const { attribute, kind } of table.options) {
    const value = SPECIAL[attribute] ?? VALUES[kind]
    const slot = table.flatbuffers.slots.find((candidate) => candidate.attribute === attribute)
    if (value === undefined || slot === undefined) continue
    // Generated code looks for what the schema requires without asking whether it is there.
    if (isSet() || slot.required) attributes[attribute] = value(random)
  }
  // Resumption needs a token, and a revocation an id.
  if (table.options.some(({ attribute }) => attribute === 'resume_token')) attributes.resume_token = 'token'
  for (const revoked of ['subscription', 'registration'])
    if (attributes[revoked] === 0) attributes[revoked] = 1
  if (table.payload === 'any' && isOpaque) {
    attributes.payload = Uint8Array.of(1, ...random.bytes(200))
    attributes.enc_algo ??= 'cryptobox'
  } else if (table.payload === 'any') {
    for (const enc of ['enc_algo', 'enc_key', 'enc_serializer']) delete attributes[enc]
    if (isSet()) attributes.args = [random.value(2), 1]
    if (isSet()) attributes.kwargs = { a: random.value(2) }
  }
  return make(name, attributes)
}

/** What generated code makes of absence: the schema's default. */
function orDefault(value: unknown, { type, default: usual }: FlatSlot): unknown {
  const isNothing = value === null || (type === 'Map' && Object.keys(value as object).length === 0)
  if (!isNothing) return value
  if (FLAT_ENUMS[type] === undefined) return usual
  return FLAT_ENUMS[type]?.[Number(usual)] ?? null
}

/** True flags only, and the word `features` always: generated code cannot tell more. */
function comparable(name: string, value: unknown): unknown {
  if (name !== 'roles' || value === null) return value
  const roles = Object.entries(value as Record<string, { features?: object }>)
  return Object.fromEntries(
    roles.map(([role, { features = {} }]) => [
      role,
      { features: Object.fromEntries(Object.entries(features).filter(([, flag]) => flag === true)) },
    ]),
  )
}

/** Attributes of which generated code says something else than the message. */
function differing(message: Message, table: Generated): string[] {
  const values = message as unknown as Readonly<Record<string, unknown>>
  const unlike = [...slotsOf(message)].filter(([attribute, slot]) => {
    const found = slotValue(generated, table, slot.name, slot.type)
    if (slot.type === '[uint8]' && attribute !== 'payload') {
      const bytes = found as Uint8Array | null
      const value = bytes === null ? null : CBOR_FORMAT.decode(bytes, 0, bytes.length, DEFAULT_POLICY)
      return canonical(value) !== canonical(values[attribute])
    }
    return canonical(found) !== canonical(comparable(attribute, orDefault(values[attribute], slot)))
  })
  return unlike.map(([attribute]) => attribute)
}

/** Writes, reads with generated code and with ours, and compares: null, or what is different. */
function difference(message: Message): string | null {
  const frame = serializer.encode(message)
  const [name, table] = readGenerated(generated, frame)
  const decoded = serializer.decode(frame) as unknown as Readonly<Record<string, unknown>>
  const values = message as unknown as Readonly<Record<string, unknown>>
  const lost = new Set(flatbuffersLosses(message).map(({ path }) => path.replace(/[.[].*$/, '')))
  const changed = attributeNames(message).filter(
    (attribute) => !lost.has(attribute) && canonical(decoded[attribute]) !== canonical(values[attribute]),
  )
  const found = { name, differing: differing(message, table), changed }
  const wanted = { name: message.table.flatbuffers.name, differing: [], changed: [] }
  return canonical(found) === canonical(wanted) ? null : `${message}: ${canonical(found)}`
}

describe.each(CLASSES)('generated code reads $name', ({ name }) => {
  test('every attribute that has a slot is read', () => {
    const random = createRandom(SEED)
    for (const isOpaque of [false, true]) {
      for (let round = 0; round < 10; round++) {
        const message = randomMessage(name, random, 1, isOpaque)
        expect(flatbuffersLosses(message)).toEqual([])
        expect(difference(message)).toBeNull()
      }
    }
  })

  test(`a part of the attributes is read, ${ROUNDS} times from seed ${SEED}`, () => {
    const random = createRandom(SEED)
    const differences: (string | null)[] = []
    for (let round = 0; round < ROUNDS; round++) {
      differences.push(difference(randomMessage(name, random, 0.5, round % 2 === 0)))
    }
    expect(new Set(differences)).toEqual(new Set([null]))
  })

  test('the table has as many slots as methods', () => {
    const { slots } = make(name).table.flatbuffers
    expect(schema.tables[make(name).table.flatbuffers.name]?.length).toBe(slots.length)
  })
})

describe('generated code', () => {
  const tables = generated as Readonly<Record<string, Generated>>
  const { Publish: table, Principal: principal, Message: root } = tables as Record<string, Generated>

  /** A PUBLISH by generated code. */
  function written(args: Uint8Array): Uint8Array {
    const builder = create(generated, 'Builder', 64)
    const on = (name: string, ...rest: unknown[]): unknown => call(table as Generated, name, builder, ...rest)
    const bytes = on('createArgsVector', args)
    const topic = call(builder, 'createString', 'com.example.topic')
    const role = call(builder, 'createString', 'anonymous')
    const hop = call(principal as Generated, 'createPrincipal', builder, 2n ** 52n, 0, role)
    const hops = on('createForwardForVector', [hop])
    const exclude = on('createExcludeVector', [1n, 2n ** 40n])
    on('startPublish')
    on('addRequest', 7n)
    on('addTopic', topic)
    on('addArgs', bytes)
    on('addExcludeMe', false)
    on('addExclude', exclude)
    on('addForwardFor', hops)
    const { Publish: code } = generated.AnyMessage as Readonly<Record<string, number>>
    const message = call(root as Generated, 'createMessage', builder, code, on('endPublish'))
    call(root as Generated, 'finishMessageBuffer', builder, message)
    return call(builder, 'asUint8Array') as Uint8Array
  }

  test('writes frames that we read', () => {
    const message = serializer.decode(written(Uint8Array.of(0x82, 1, 0x61, 0x61)))
    const expected = new Publish({
      request: 7,
      topic: 'com.example.topic',
      args: [1, 'a'],
      exclude_me: false,
      exclude: [1, 2 ** 40],
      forward_for: [{ session: 2 ** 52, authid: null, authrole: 'anonymous' }],
    })
    expect(message.equals(expected)).toBe(true)
  })

  test("reads a table of the application's own out of an opaque payload", () => {
    const builder = create(generated, 'Builder')
    call(builder, 'finish', call(principal as Generated, 'createPrincipal', builder, 5n, 0, 0))
    const sent = new Publish({
      request: 1,
      topic: 'com.example.topic',
      payload: call(builder, 'asUint8Array') as Uint8Array,
      enc_algo: 'x_plain',
      enc_serializer: 'flatbuffers',
    })
    const received = serializer.decode(serializer.encode(sent)) as Publish
    expect(received.enc_serializer).toBe('flatbuffers')
    const buffer = create(generated, 'ByteBuffer', received.payload)
    const read = call(principal as Generated, 'getRootAsPrincipal', buffer) as Generated
    expect(call(read, 'session')).toBe(5n)
  })
})
