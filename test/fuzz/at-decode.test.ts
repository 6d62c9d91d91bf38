/**
 * `payloadValues: 'at-decode'` is the default in another order: the same frames are accepted and refused, with the same
 * words, and a message says the same and is passed on as the same bytes. Whole frames of CBOR, MsgPack and JSON, whose
 * payloads are anything, changed or not, behind heads that may say another number of them.
 */
import { describe, expect, test } from 'vitest'
import { FORMATS } from '../../src/formats/full.ts'
import { type AnyMessage, createCodec, ProtocolError, type Publish } from '../../src/index.ts'
import type { PolicyOptions } from '../../src/limits.ts'
import { createRandom, type Random } from '../support/random.ts'
import { sameValue } from '../support/same-value.ts'
import { hex } from '../support/vectors.ts'
import { encoded } from '../transcode/support.ts'
import { jsonTexts } from './json-texts.ts'
import { type BinaryFormat, inputsOf } from './readers.ts'

const SEED = Number(process.env.WAMP_CODEC_FUZZ_SEED) || 20_261_130
const FRAMES = process.env.WAMP_CODEC_DEEP === '1' ? 200_000 : 4000

/** Rules that make values one by one, in one pass, or in both ways by what comes. */
const RULES: readonly PolicyOptions[] = [
  {},
  { uri: 'strict', peers: 'lenient' },
  { maxDepth: 3 },
  { maxNodes: 40 },
  { maxNodes: 9, maxDepth: 5 },
  { binary: 'view' },
  { binary: 'buffer', maxBigIntBytes: 2 },
  { tags: 'tagged' },
  { maps: 'map' },
  { integers: 'bigint' },
  { integers: 'number' },
  { duplicateKeys: 'refuse' },
  { payloadRules: 'strict', unknownKeys: 'refuse' },
]

/** Heads of messages, without what the list begins with; the last has no payload. */
const HEADS: readonly (readonly unknown[])[] = [
  [36, 1, 2, {}],
  [36, 2 ** 53, 7, { publisher: 9, topic: 'a.b' }],
  [16, 1, { acknowledge: true, exclude: [1, 2] }, 'com.example.topic'],
  [16, 1, {}, 'not a good URI, for some'],
  [16, 1, { enc_algo: 'x_some' }, 'a.b'],
  [16, 1, { ppt_scheme: 'x_some' }, 'a.b'],
  [68, 5, 6, { ppt_scheme: 'x_some', ppt_keyid: 'k' }],
  [50, 3, {}],
  [8, 48, 4, {}, 'com.example.error'],
  [68, 5, 6, { procedure: 'a.b' }],
  [33, 1, 2],
]

type Format = BinaryFormat | 'json'

/** What makes payload values: mostly lists and dictionaries, as args and kwargs are, and now and then bytes alone. */
function valuesOf(format: Format, random: Random): () => Uint8Array {
  const texts = jsonTexts(random)
  const any = format === 'json' ? () => texts(random.int(0, 1) === 0) : inputsOf(format, random)
  const bytes = [encoded(FORMATS[format], [random.bytes(3)]), encoded(FORMATS[format], random.bytes(3))]
  return () => (random.int(0, 9) === 0 ? random.pick(bytes) : any())
}

function frameOf(format: Format, next: () => Uint8Array, random: Random): Uint8Array {
  const head = random.pick(HEADS)
  const values = Array.from({ length: random.pick([0, 1, 1, 2, 2, 2, 3]) }, next)
  return format === 'json' ? jsonFrame(head, values, random) : binaryFrame(format, head, values, random)
}

function jsonFrame(head: readonly unknown[], values: readonly Uint8Array[], random: Random): Uint8Array {
  const space = (): string => (random.int(0, 5) === 0 ? random.pick([' ', '\n\t', '\r\n ']) : '')
  const parts = [...head.map((value) => encoded(FORMATS.json, value)), ...values]
  const between = parts.flatMap((part, i) => [Buffer.from(`${i > 0 ? ',' : '['}${space()}`), part])
  // Short frames are checked by the kernel first.
  const room = ' '.repeat(random.pick([0, 300]))
  const end = random.int(0, 30) === 0 ? random.pick(['', ']]', ',]', '] x', '}']) : ']'
  return Buffer.concat([...between, Buffer.from(space() + end + room)])
}

function binaryFrame(
  format: BinaryFormat,
  head: readonly unknown[],
  values: readonly Uint8Array[],
  random: Random,
): Uint8Array {
  const count = head.length + values.length + (random.int(0, 11) === 0 ? random.int(-1, 18) : 0)
  const first =
    count < 16
      ? [(format === 'cbor' ? 0x80 : 0x90) | count]
      : [format === 'cbor' ? 0x80 | count : 0xdc, 0, count]
  const start = random.int(0, 20) === 0 && format === 'cbor' ? [0x98, count] : first
  return Buffer.concat([
    Uint8Array.from(count >= 16 && format === 'cbor' ? start.slice(0, 1) : start),
    ...head.map((value) => encoded(FORMATS[format], value)),
    ...values,
  ])
}

/** All that a frame becomes: what the message says and is passed on as, or the words of the refusal. */
function outcomeOf(codec: ReturnType<typeof createCodec>, format: Format, frame: Uint8Array): unknown {
  let message: AnyMessage
  try {
    message = codec.serializer(format).decode(frame)
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    return [error.name, error.code, error.message, error.offset, error.path]
  }
  const { args = null, kwargs = null, payload = null, topicRef = null } = message as Partial<Publish>
  const raw = (message as Partial<Publish>).rawPayload ?? null
  const passedOn = (['cbor', 'msgpack', 'json'] as const).map((id) => {
    try {
      return codec.serializer(id).encode(message)
    } catch (error) {
      return String(error)
    }
  })
  return [args, kwargs, payload, topicRef, raw, passedOn, message.toString()]
}

describe.each(['cbor', 'msgpack', 'json'] as const)('%s', (format) => {
  test(`${FRAMES} frames become the same at decode and on reading (seed ${SEED})`, () => {
    const random = createRandom(SEED)
    const next = valuesOf(format, random)
    const codecs = RULES.map((rules) => [
      createCodec({ ...rules, cache: false }),
      createCodec({ ...rules, cache: false, payloadValues: 'at-decode' }),
    ])
    let accepted = 0
    for (let i = 0; i < FRAMES; i++) {
      const frame = frameOf(format, next, random)
      const rules = random.int(0, 2) > 0 ? 0 : random.int(0, RULES.length - 1)
      const [onRead, atDecode] = (codecs[rules] as (typeof codecs)[0]).map((codec) =>
        outcomeOf(codec, format, frame),
      )
      if (!sameValue(onRead, atDecode)) {
        expect(atDecode, `${JSON.stringify(RULES[rules])} ${hex(frame)}`).toEqual(onRead)
        expect.fail(`equal, but not the same: ${JSON.stringify(RULES[rules])} ${hex(frame)}`)
      }
      if ((onRead as unknown[]).length > 5) accepted++
    }
    expect(accepted).toBeGreaterThan(FRAMES / 10)
  })
})
