/**
 * Every PUBLISH, CALL, YIELD and ERROR of the reference vectors through every pair of serializers: the derived message
 * is what decoding, changing and encoding again gives, to us and to cbor-x, msgpackr and JSON.parse.
 */
import { Decoder } from 'cbor-x'
import { Unpackr } from 'msgpackr'
import { describe, expect, test, vi } from 'vitest'
import {
  type Call,
  createCodec,
  ErrorMessage,
  EventMessage,
  type Hop,
  Invocation,
  type Message,
  type Publish,
  Result,
  type Serializer,
  WampCodecError,
  type Yield,
} from '../../src/index.ts'
import { PAYLOAD_FORMATS } from '../support/flatbuffers.ts'
import { hasShared, sharedLines } from '../support/shared.ts'
import {
  canonical,
  serializerOf,
  unhex,
  type Vector,
  WIRE_FORMATS,
  type WireFormat,
} from '../support/vectors.ts'

const REFERENCE = 'vectors/reference'

interface FlatVector extends Vector {
  readonly payload_serializer?: WireFormat
}

const isDeep = process.env.WAMP_CODEC_DEEP === '1'
const codec = createCodec()
const vectors = sharedLines<FlatVector>(`${REFERENCE}/vectors.jsonl`)
const NAMES = [...WIRE_FORMATS, 'flatbuffers'] as const
type Name = (typeof NAMES)[number]

const HOP: Hop = { session: 2 ** 41, authid: 'r', authrole: 'router' }
const PAYLOAD = [
  ...['args', 'kwargs', 'payload', 'forward_for'],
  ...['enc_algo', 'enc_key', 'enc_serializer', 'ppt_scheme', 'ppt_serializer', 'ppt_cipher', 'ppt_keyid'],
]
const CALLER = ['caller', 'caller_authid', 'caller_authrole']
const CALLEE = ['callee', 'callee_authid', 'callee_authrole']

/** One way of a router, and what the target takes over: written down here, not taken from what is tested. */
interface Way {
  readonly keep: readonly string[]
  readonly keepOfLinked: readonly string[]
  readonly given: readonly object[]
  from(source: Message, given: object): Message
  build(attributes: object): Message
}

const WAYS: Readonly<Record<string, Way>> = {
  PUBLISH: {
    keep: ['transaction_hash'],
    keepOfLinked: [],
    given: [
      { subscription: 1, publication: 2 ** 53 },
      {
        subscription: 2 ** 32,
        publication: 3,
        publisher: 7,
        publisher_authid: 'ü',
        topic: 'a.b',
        retained: true,
      },
    ],
    from: (source, given) => EventMessage.from(source as Publish, given as never),
    build: (attributes) => new EventMessage(attributes as never),
  },
  CALL: {
    keep: ['progress', 'receive_progress', 'transaction_hash'],
    keepOfLinked: CALLER,
    given: [
      { request: 1, registration: 2 },
      {
        request: 2 ** 40,
        registration: 2,
        caller: 7,
        procedure: 'a.b',
        timeout: 10,
        receive_progress: false,
      },
    ],
    from: (source, given) => Invocation.from(source as Call, given as never),
    build: (attributes) => new Invocation(attributes as never),
  },
  YIELD: {
    keep: ['progress'],
    keepOfLinked: CALLEE,
    given: [{ request: 1 }, { request: 2 ** 40, callee: 7, callee_authid: 'x', forward_for: [HOP] }],
    from: (source, given) => Result.from(source as Yield, given as never),
    build: (attributes) => new Result(attributes as never),
  },
  ERROR: {
    keep: ['error', ...CALLEE],
    keepOfLinked: [],
    given: [
      { request_type: 48, request: 1 },
      { request_type: 48, request: 2 ** 40, forward_for: [HOP] },
    ],
    from: (source, given) => ErrorMessage.from(source as ErrorMessage, given as never),
    build: (attributes) => new ErrorMessage(attributes as never),
  },
}

function serializer(name: Name, payloadSerializer: WireFormat = 'cbor'): Serializer {
  return name === 'flatbuffers' ? codec.serializer(name, { payloadSerializer }) : serializerOf(codec, name)
}

/** What somebody else reads in a frame; null where there is nobody. */
function readByOthers(name: Name, bytes: Uint8Array): unknown {
  if (name === 'cbor') return new Decoder({ mapsAsObjects: false, useRecords: false }).decode(bytes)
  if (name === 'msgpack') return new Unpackr({ mapsAsObjects: false, useRecords: false }).unpack(bytes)
  return name === 'json' ? JSON.parse(new TextDecoder().decode(bytes)) : null
}

/** The message that a router makes which decodes everything and builds anew. */
function rebuilt(source: Message, way: Way, given: object): Message {
  const values = source as unknown as Readonly<Record<string, unknown>>
  const names = [...PAYLOAD, ...way.keep, ...(values.forward_for === null ? [] : way.keepOfLinked)]
  const custom = Object.entries(source.custom ?? {}).filter(
    ([key]) => key.startsWith('x_') || key.startsWith('_'),
  )
  const kept = Object.fromEntries(names.map((name) => [name, values[name]]))
  return way.build({ ...kept, custom: custom.length > 0 ? Object.fromEntries(custom) : null, ...given })
}

/** Text that is equal for equal values; others read integers of 64 bits as BigInt, whatever their size. */
function valueText(value: unknown): string {
  return canonical(withoutSmallBigInts(value))
}

function withoutSmallBigInts(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (Array.isArray(value)) return value.map(withoutSmallBigInts)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  const entries: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value)
  return new Map(entries.map(([key, item]) => [key, withoutSmallBigInts(item)]))
}

/** The frame, or the name of the error. */
function encoded(target: Serializer, message: Message): Uint8Array | string {
  try {
    return target.encode(message)
  } catch (error) {
    return (error as Error).name
  }
}

function orNull<T>(make: () => T): T | null {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof WampCodecError)) throw error
    return null
  }
}

const ofWays = vectors.filter(({ type, payload_serializer: payload = 'cbor' }) => {
  return type in WAYS && PAYLOAD_FORMATS.includes(payload)
})

describe.skipIf(!hasShared(REFERENCE)).each(NAMES)('messages that came in %s', (name) => {
  const own = ofWays.filter((vector) => vector.serializer === name)

  test.each(NAMES)('are derived to %s as if they were decoded and built anew', (targetName) => {
    const target = serializer(targetName)
    let compared = 0
    for (const [i, { id, type, hex, payload_serializer: payload }] of own.entries()) {
      const way = WAYS[type] as Way
      const decoder = serializer(name, payload)
      const decode = (): Message | null => orNull(() => decoder.decode(unhex(hex)))
      // Half of the combinations, so that every vector has its turn with both.
      for (const given of isDeep
        ? way.given
        : way.given.slice((i + NAMES.indexOf(targetName)) % 2).slice(0, 1)) {
        const source = decode()
        const other = decode()
        // The reference peer writes some frames that nobody accepts, itself neither.
        if (source === null || other === null) continue
        const derived = way.from(source, given)
        const expected = orNull(() => rebuilt(other, way, given))
        // The reference peer loses a custom enc_algo in FlatBuffers, and keeps the enc_key that needs it.
        if (expected === null) continue
        const bytes = encoded(target, derived)
        const wanted = encoded(target, expected)
        compared++
        if (typeof bytes === 'string' || typeof wanted === 'string') {
          expect([id, bytes]).toEqual([id, wanted])
          continue
        }
        expect([id, canonical(target.decode(bytes).marshal())]).toEqual([
          id,
          canonical(target.decode(wanted).marshal()),
        ])
        const others = valueText(readByOthers(targetName, bytes))
        expect([id, others]).toEqual([id, valueText(readByOthers(targetName, wanted))])
        expect([id, canonical(derived.marshal())]).toEqual([id, canonical(expected.marshal())])
        expect([id, canonical(source.marshal())]).toEqual([id, canonical(other.marshal())])
      }
    }
    expect(compared).toBeGreaterThan(200)
  })

  test('are derived without a decoded byte', () => {
    for (const { id, type, hex, payload_serializer: payload } of own) {
      const way = WAYS[type] as Way
      for (const given of way.given) {
        const source = orNull(() => serializer(name, payload).decode(unhex(hex)))
        if (source === null) continue
        const { format, reader } = source._payload
        const decode = vi.spyOn(format, 'decode')
        const read = reader === null ? null : vi.spyOn(reader, 'read')
        const derived = way.from(source, given)
        expect([id, decode.mock.calls.length, read?.mock.calls.length ?? 0]).toEqual([id, 0, 0])
        decode.mockRestore()
        read?.mockRestore()
        expect(derived._payload).toBe(source._payload)
        expect(source._payload).toMatchObject({ args: undefined, kwargs: undefined, opaque: undefined })
      }
    }
  })
})
