/**
 * FlatBuffers frames of the WAMP vectors, of the reference peer and of foreign writers: read as the schema says (the
 * npm runtime is the oracle), and written byte for byte as the reference peer writes them in profile 'autobahn'.
 */
import { describe, expect, test } from 'vitest'
import { createCodec, type Message, ProtocolError, type Serializer } from '../../src/index.ts'
import { flatTableOf } from '../../src/message/flatbuffers-lookup.ts'
import { TABLES } from '../../src/message/tables.ts'
import type { ListFormatName } from '../../src/payload/format.ts'
import { absentValue, attributeNames, attributesBySchema, PAYLOAD_FORMATS } from '../support/flatbuffers.ts'
import { SCHEMA_FILE } from '../support/flatbuffers-oracle.ts'
import { attributesOf, FOLDER as OFFICIAL, variants } from '../support/official.ts'
import { hasShared, sharedLines } from '../support/shared.ts'
import {
  attributesLike,
  canonical,
  classOf,
  expectedAttributes,
  hex,
  messageOf,
  unhex,
  type Vector,
} from '../support/vectors.ts'
import { Findings, type Outcome } from './known-differences.ts'

const REFERENCE = 'vectors/reference'

interface FlatVector extends Vector {
  readonly payload_serializer: string
}

interface ForeignVector {
  readonly id: string
  readonly hex: string
  /** Why the reference peer refuses it. */
  readonly error?: object
}

const eager = createCodec()
const deferred = createCodec({ payloadValidation: 'deferred' })
const codecs = [eager, deferred]

const tableName = (code: number): string =>
  TABLES.map(flatTableOf).find((table) => table.code === code)?.name ?? ''

function serializerOf(codec: (typeof codecs)[number], payloadSerializer: ListFormatName): Serializer {
  return codec.serializer('flatbuffers', { payloadSerializer, profile: 'autobahn' })
}

/** The message with everything read, so that deferred checks happen; null when it is refused. */
function decoded(serializer: Serializer, bytes: Uint8Array): Message | null {
  try {
    const message = serializer.decode(bytes)
    message.marshal()
    return message
  } catch (error) {
    if (error instanceof ProtocolError) return null
    throw error
  }
}

/** The attributes that are not what the npm runtime finds in the same bytes. */
function differing(message: Message, bytes: Uint8Array, format: ListFormatName): string[] {
  const expected = attributesBySchema(bytes, tableName, format)
  const values = message as unknown as Readonly<Record<string, unknown>>
  return attributeNames(message).filter((name) => {
    const value = name in expected ? expected[name] : absentValue(message, name)
    return canonical(values[name]) !== canonical(value)
  })
}

describe.skipIf(!hasShared(OFFICIAL) || !hasShared(SCHEMA_FILE))(
  'the official samples in flatbuffers',
  () => {
    const serializer = serializerOf(eager, 'cbor')

    test('the official FlatBuffers frames are 34', () => {
      expect(variants('flatbuffers').length).toBe(34)
    })

    test.each(variants('flatbuffers'))('$name is read to its attributes', ({ type, sample, hexes }) => {
      for (const text of hexes) {
        const bytes = unhex(text)
        const message = serializer.decode(bytes)
        const present = attributesBySchema(bytes, tableName, 'cbor')
        const values = message as unknown as Readonly<Record<string, unknown>>
        expect(message).toBeInstanceOf(classOf(type))
        for (const [name, value] of Object.entries(attributesOf(sample))) {
          // The reference peer does not write roles, nor what equals a default: the samples have it all the same.
          const expected = name in present ? value : absentValue(message, name)
          expect(canonical(values[name]), name).toBe(canonical(expected))
        }
        expect(differing(message, bytes, 'cbor')).toEqual([])
      }
    })

    test.each(variants('flatbuffers'))(
      '$name is written to the listed bytes in profile autobahn',
      ({ type, sample, hexes }) => {
        const message = new (classOf(type))(attributesOf(sample))
        expect(hexes).toContain(hex(serializer.encode(message)))
      },
    )
  },
)

/** What our reader has where the reference peer has what its classes are born with. */
function unset(value: unknown): unknown {
  const isObject = typeof value === 'object' && value !== null && !(value instanceof Map)
  const isEmpty = isObject && Object.keys(value).length === 0
  return isEmpty || value === false || value === 0 || value === null ? 'unset' : value
}

/** Attributes that the reference peer reads back as it wrote them, and we do not. */
function unlike(message: Message, { attrs, lost = {} }: FlatVector): string[] {
  const ours = attributesLike(message, attrs ?? {}) as Record<string, unknown>
  const theirs = expectedAttributes(attrs ?? {}) as Record<string, unknown>
  // It reads enc_key as bytes, and has no word for a default.
  const same = (name: string): boolean =>
    name in lost ||
    (message.table.name === 'ERROR' && ['args', 'kwargs', 'payload'].includes(name)) ||
    canonical(unset(ours[name])) === canonical(unset(theirs[name]))
  return Object.keys(theirs).filter((name) => !same(name))
}

function tryVector(codec: (typeof codecs)[number], vector: FlatVector): Outcome[] {
  const format = vector.payload_serializer as ListFormatName
  const serializer = serializerOf(codec, format)
  const bytes = unhex(vector.hex)
  const outcomes: Outcome[] = []
  try {
    if (hex(serializer.encode(messageOf(vector.type, vector.input))) !== vector.hex) outcomes.push('bytes')
  } catch {
    outcomes.push('not-encoded')
  }
  const message = decoded(serializer, bytes)
  if (message === null) return [...outcomes, 'refused']
  if (differing(message, bytes, format).length > 0) outcomes.push('attributes')
  if (unlike(message, vector).length > 0) outcomes.push('marshal')
  if (hex(serializer.encode(message)) !== vector.hex) outcomes.push('rewritten')
  return outcomes
}

describe.skipIf(!hasShared(REFERENCE) || !hasShared(SCHEMA_FILE))('the reference peer', () => {
  const vectors = sharedLines<FlatVector>(`${REFERENCE}/vectors.jsonl`).filter(
    ({ serializer }) => serializer === 'flatbuffers',
  )
  const payloads = [...new Set(vectors.map(({ payload_serializer }) => payload_serializer))]
  const all = new Findings()

  for (const payload of payloads) {
    // Until this package has the format.
    const isKnown = (PAYLOAD_FORMATS as readonly string[]).includes(payload)
    test.skipIf(!isKnown)(
      `writes every line with ${payload} payloads as we do, and we read it as the schema says`,
      () => {
        const lines = vectors.filter(({ payload_serializer }) => payload_serializer === payload)
        expect(lines.length).toBeGreaterThan(100)
        for (const vector of lines) {
          const [first, second] = codecs.map((codec) => tryVector(codec, vector))
          expect([vector.id, second], 'deferred is not as eager').toEqual([vector.id, first])
          all.add(vector.id, payload, first ?? [])
        }
      },
    )
  }

  test('differs only where a known difference says so', () => {
    expect(all.problems('flatbuffers/vectors.jsonl')).toEqual([])
  })
})

describe.skipIf(!hasShared(REFERENCE) || !hasShared(SCHEMA_FILE))('foreign writers', () => {
  test('are read as the schema says, or refused where a known difference says so', () => {
    const all = new Findings()
    for (const { id, hex: text, error } of sharedLines<ForeignVector>(`${REFERENCE}/fbs_foreign.jsonl`)) {
      const [, format = 'cbor'] = /-args-(json|msgpack|cbor|ubjson|flexbuffers)-/.exec(id) ?? []
      if (format === 'flexbuffers') continue
      const bytes = unhex(text)
      const outcomes = codecs.map((codec): Outcome[] => {
        const message = decoded(serializerOf(codec, format as ListFormatName), bytes)
        if (message === null) return error === undefined ? ['refused'] : []
        if (error !== undefined) return ['accepted']
        return differing(message, bytes, format as ListFormatName).length > 0 ? ['attributes'] : []
      })
      expect(outcomes[1]).toEqual(outcomes[0])
      all.add(id, format, outcomes[0] ?? [])
    }
    expect(all.problems('fbs_foreign.jsonl')).toEqual([])
  })

  test('broken frames of the reference peer are refused', () => {
    const all = new Findings()
    for (const line of sharedLines<
      ForeignVector & { serializer: string; isBinary?: boolean; attrs?: object }
    >(`${REFERENCE}/invalid_bytes.jsonl`)) {
      if (line.serializer !== 'flatbuffers' || line.isBinary !== undefined) continue
      const message = decoded(serializerOf(eager, 'cbor'), unhex(line.hex))
      const isAccepted = line.attrs !== undefined
      const outcome = message === null ? 'refused' : 'accepted'
      all.add(line.id, 'cbor', (message !== null) === isAccepted ? [] : [outcome])
    }
    expect(all.problems('flatbuffers/invalid_bytes.jsonl')).toEqual([])
  })
})
