/**
 * FlatBuffers frames of ours in the hands of flatc-generated TypeScript, and the other way round: profile 'schema',
 * every class with every attribute set and with random ones. The generated code knows nothing of our tables.
 */
import { describe, expect, test } from 'vitest'
import { FORMATS } from '../../src/formats/full.ts'
import { createCodec, type Message, Publish } from '../../src/index.ts'
import { DEFAULT_POLICY } from '../../src/limits.ts'
import { flatTableOf } from '../../src/message/flatbuffers-lookup.ts'
import { FLAT_ENUMS, type FlatSlot } from '../../src/message/flatbuffers-schema.ts'
import { flatbuffersLosses } from '../../src/serializer/flatbuffers/flatbuffers-losses.ts'
import { attributeNames } from '../support/flatbuffers.ts'
import { call, create, readGenerated, slotValue } from '../support/flatbuffers-generated.ts'
import { randomMessage } from '../support/flatbuffers-random.ts'
import { compileSchema, type Generated } from '../support/flatc.ts'
import { createRandom } from '../support/random.ts'
import { canonical } from '../support/vectors.ts'
import { CLASSES, make } from '../unit/message/classes.ts'

const SEED = 20_261_123
const ROUNDS = process.env.WAMP_CODEC_DEEP === '1' ? 1000 : 60

const { generated, schema } = await compileSchema()
const codec = createCodec()
const { cbor: CBOR_FORMAT } = FORMATS
const serializer = codec.serializer('flatbuffers', { profile: 'schema' })

/** The slots of the message's table by attribute. */
function slotsOf(message: Message): ReadonlyMap<string, FlatSlot> {
  const slots = flatTableOf(message.table).slots.filter(({ attribute }) => attribute !== null)
  return new Map(slots.map((slot) => [slot.attribute as string, slot]))
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
  const wanted = { name: flatTableOf(message.table).name, differing: [], changed: [] }
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
    const { slots } = flatTableOf(make(name).table)
    expect(schema.tables[flatTableOf(make(name).table).name]?.length).toBe(slots.length)
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
