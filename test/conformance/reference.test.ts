/** The vectors of the reference peer, autobahn-python (WIRE.md), in the list formats. */
import { describe, expect, test } from 'vitest'
import {
  type Codec,
  createCodec,
  Message,
  ProtocolError,
  type Serializer,
  type SerializerId,
} from '../../src/index.ts'
import { hasShared, sharedLines } from '../support/shared.ts'
import {
  attributesLike,
  type BytesVector,
  canonical,
  expectedAttributes,
  hex,
  type ListVector,
  listFormatOf,
  messageOf,
  serializerOf,
  unescapeValue,
  unhex,
  type Vector,
  WIRE_FORMATS,
  type WireFormat,
} from '../support/vectors.ts'
import { writeValue } from '../support/write-value.ts'
import { Findings, listed, type Outcome } from './known-differences.ts'

const FOLDER = 'vectors/reference'
const MODES = ['eager', 'deferred'] as const

const codecs: readonly Codec[] = MODES.map((payloadValidation) => createCodec({ payloadValidation }))
/** The reference peer drops keys that it does not know; WELCOME keeps the custom ones. */
const dropping = MODES.map((mode) => createCodec({ payloadValidation: mode, unknownKeys: 'drop' }))
const keeping = MODES.map((mode) => createCodec({ payloadValidation: mode, unknownKeys: 'custom' }))

/** Reads everything that a frame holds, so that a deferred check happens; null when it is refused. */
function accepted<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    // Only these may come out: anything else fails the test.
    if (error instanceof ProtocolError) return null
    throw error
  }
}

function decodeAll(serializer: Serializer, bytes: Uint8Array): Message[] | null {
  return accepted(() => {
    const messages = serializer.decodeAll(bytes)
    for (const message of messages) message.marshal()
    return messages
  })
}

/** What is found in all modes together; a difference between the modes is a failure. */
function inEachMode(what: string, findings: readonly Outcome[][]): readonly Outcome[] {
  expect([what, findings[1]], 'deferred is not as eager').toEqual([what, findings[0]])
  return findings[0] ?? []
}

function compareMessage(
  message: Message,
  attrs: Readonly<Record<string, unknown>>,
  list: readonly unknown[],
): Outcome[] {
  const outcomes: Outcome[] = []
  if (canonical(attributesLike(message, attrs)) !== canonical(expectedAttributes(attrs)))
    outcomes.push('attributes')
  if (canonical(message.marshal()) !== canonical(unescapeValue(list, 'number'))) outcomes.push('marshal')
  return outcomes
}

/** What `unknownKeys: 'custom'` keeps. */
function customKeys(custom: Record<string, unknown> | null): Record<string, unknown> | null {
  const entries = Object.entries(custom ?? {}).filter(([key]) => /^(?:x_|_)/.test(key))
  return entries.length === 0 ? null : Object.fromEntries(entries)
}

/** True for a line that the reference peer reads back as it wrote it, from bytes that are of the format at all. */
function isSound(vector: Vector): boolean {
  if (vector.attrs === null || vector.lost !== undefined) return false
  try {
    if (vector.serializer === 'json') JSON.parse(Buffer.from(vector.hex, 'hex').toString())
    return true
  } catch {
    return false
  }
}

function tryVector(codec: Codec, format: WireFormat, vector: Vector): Outcome[] {
  const serializer = serializerOf(codec, format)
  const outcomes: Outcome[] = []
  try {
    if (hex(serializer.encode(messageOf(vector.type, vector.input))) !== vector.hex) outcomes.push('bytes')
  } catch {
    outcomes.push('not-encoded')
  }
  const [message] = decodeAll(serializer, unhex(vector.hex)) ?? []
  if (message === undefined || vector.attrs === null) {
    const wrong = message === undefined ? 'refused' : 'accepted'
    return message === undefined && vector.attrs === null ? outcomes : [...outcomes, wrong]
  }
  outcomes.push(...compareMessage(message, vector.attrs, vector.remarshal_as ?? vector.marshal))
  if (hex(serializer.encode(message)) !== vector.hex) outcomes.push('rewritten')
  return outcomes
}

describe.skipIf(!hasShared(FOLDER))('the vectors of the reference peer', () => {
  const vectors = sharedLines<Vector>(`${FOLDER}/vectors.jsonl`)
  const linesOf = (format: WireFormat): readonly Vector[] =>
    vectors.filter(({ serializer }) => serializer === format)
  const known = new Map<WireFormat, Findings>()

  /** What differs in the lines of a format; tried once, whichever test asks first. */
  const findingsOf = (format: WireFormat): Findings => {
    const before = known.get(format)
    if (before !== undefined) return before
    const findings = new Findings()
    for (const vector of linesOf(format)) {
      const outcomes = codecs.map((codec) => tryVector(codec, format, vector))
      findings.add(vector.id, format, inEachMode(vector.id, outcomes))
    }
    known.set(format, findings)
    return findings
  }

  test.each(WIRE_FORMATS)(
    'every %s line but the listed ones encodes to and decodes from equal bytes, eager and deferred',
    (format) => {
      expect(linesOf(format).length).toBeGreaterThan(600)
      expect(findingsOf(format).problems('vectors.jsonl', format)).toEqual([])
    },
  )

  test.each(WIRE_FORMATS)('all good %s lines in one batch are the messages that they are alone', (format) => {
    for (const codec of codecs) {
      const alone = vectors.flatMap(({ serializer, hex: text }) => {
        if (serializer !== format) return []
        const frame = unhex(text)
        const [message] = decodeAll(serializerOf(codec, format), frame) ?? []
        return message === undefined ? [] : [{ frame, list: canonical(message.marshal()) }]
      })
      const batch = alone.flatMap(({ frame }) => {
        if (format === 'json') return [frame, Uint8Array.of(0x1e)]
        const length = Buffer.alloc(4)
        length.writeUInt32BE(frame.length)
        return [length, frame]
      })
      const messages = serializerOf(codec, format, '.batched').decodeAll(Buffer.concat(batch))
      expect(messages.map((message) => canonical(message.marshal()))).toEqual(alone.map(({ list }) => list))
    }
  })

  test.each(WIRE_FORMATS)(
    'at most one in a hundred %s lines differs, of those that the peer itself can read',
    (format) => {
      const lines = linesOf(format)
      const differing = lines.filter(
        (vector) => isSound(vector) && findingsOf(format).differs(vector.id, format),
      )
      expect(differing.length / lines.length).toBeLessThanOrEqual(0.01)
    },
  )
})

describe.skipIf(!hasShared(FOLDER))('lists that the reference peer accepts', () => {
  const lines = sharedLines<ListVector>(`${FOLDER}/accepted.jsonl`)

  test.each(WIRE_FORMATS)(
    'are read from %s to equal attributes but for the listed ones, eager and deferred',
    (format) => {
      const all = new Findings()
      for (const { id, type, wmsg, attrs, remarshal } of lines) {
        const bytes = writeValue(format, unescapeValue(wmsg, 'Float64'))
        if (bytes === null) continue
        const findings = (type === 'WELCOME' ? keeping : dropping).map((codec): Outcome[] => {
          const [message] = decodeAll(serializerOf(codec, format), bytes) ?? []
          return message === undefined ? ['refused'] : compareMessage(message, attrs, remarshal)
        })
        all.add(id, format, inEachMode(id, findings))
      }
      expect(all.problems('accepted.jsonl', format)).toEqual([])
    },
  )

  test('are read by Message.parse to equal attributes but for the listed ones', () => {
    const all = new Findings()
    for (const { id, type, wmsg, attrs, remarshal } of lines) {
      const message = accepted(() => Message.parse(unescapeValue(wmsg, 'Float64') as unknown[]))
      // parse has no codec whose policy could drop unknown keys.
      if (message !== null) message.custom = type === 'WELCOME' ? customKeys(message.custom) : null
      all.add(id, 'parse', message === null ? ['refused'] : compareMessage(message, attrs, remarshal))
    }
    expect(all.problems('accepted.jsonl', 'parse')).toEqual([])
  })
})

describe.skipIf(!hasShared(FOLDER))('lists that the reference peer refuses', () => {
  const lines = sharedLines<ListVector>(`${FOLDER}/invalid.jsonl`)

  test.each(WIRE_FORMATS)(
    'are refused in %s with a ProtocolError but for the listed ones, eager and deferred',
    (format) => {
      const all = new Findings()
      for (const { id, wmsg } of lines) {
        const bytes = writeValue(format, unescapeValue(wmsg, 'Float64'))
        if (bytes === null) continue
        const findings = codecs.map((codec): Outcome[] =>
          decodeAll(serializerOf(codec, format), bytes) === null ? [] : ['accepted'],
        )
        all.add(id, format, inEachMode(id, findings))
      }
      expect(all.problems('invalid.jsonl', format)).toEqual([])
    },
  )

  test('are refused by Message.parse with a ProtocolError but for the listed ones', () => {
    const all = new Findings()
    for (const { id, wmsg } of lines) {
      const message = accepted(() => Message.parse(unescapeValue(wmsg, 'Float64') as unknown[]))
      all.add(id, 'parse', message === null ? [] : ['accepted'])
    }
    expect(all.problems('invalid.jsonl', 'parse')).toEqual([])
  })
})

describe.skipIf(!hasShared(FOLDER))('the list of known differences', () => {
  test.each(['vectors.jsonl', 'accepted.jsonl', 'invalid.jsonl'])(
    'names only lines that %s has, and ways that are tried',
    (file) => {
      const ids = new Set(sharedLines<{ id: string }>(`${FOLDER}/${file}`).map(({ id }) => id))
      const ways: readonly string[] = ['*', 'parse', ...WIRE_FORMATS]
      expect(listed(file).filter(({ id, way }) => !ids.has(id) || !ways.includes(way))).toEqual([])
    },
  )
})

describe.skipIf(!hasShared(FOLDER)).each(['invalid_bytes.jsonl', 'batched.jsonl'])('%s', (file) => {
  test('its list format lines are accepted, refused and read as stated', () => {
    const all = new Findings()
    for (const line of sharedLines<BytesVector>(`${FOLDER}/${file}`)) {
      // The flag that a transport gives is none of ours: a frame is text or bytes by its JavaScript type.
      if (listFormatOf(line.serializer) === null || line.isBinary !== undefined) continue
      const findings = codecs.map((codec): Outcome[] => {
        const messages = decodeAll(codec.serializer(line.serializer as SerializerId), unhex(line.hex))
        if (messages === null || line.marshal === undefined) {
          return messages === null && line.marshal === undefined
            ? []
            : [messages === null ? 'refused' : 'accepted']
        }
        const lists = messages.map((message) => message.marshal())
        return canonical(lists) === canonical(unescapeValue(line.marshal, 'number')) ? [] : ['marshal']
      })
      const id = line.id ?? line.case ?? `count-${line.count}`
      all.add(id, line.serializer, inEachMode(`${line.serializer} ${id}`, findings))
    }
    expect(all.problems(file)).toEqual([])
  })
})
