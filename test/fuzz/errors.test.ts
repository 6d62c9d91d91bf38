/**
 * One fault is one error: `decode`, `validate`, `view` and `transcode` refuse in the same words, with the same code at
 * the same byte, and so do the readers that have no kernel. Any values, changed or cut.
 */
import { expect, test } from 'vitest'
import { FORMATS } from '../../src/formats/full.ts'
import { type Codec, createCodec, EncodeError, ProtocolError } from '../../src/index.ts'
import { DEFAULT_POLICY, type Policy } from '../../src/limits.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import { createRandom, type Random } from '../support/random.ts'
import { hex, WIRE_FORMATS } from '../support/vectors.ts'
import { mutated } from './frames.ts'
import { jsonTexts } from './json-texts.ts'
import { nested, randomValue, wireOf } from './wire.ts'

const SEED = Number(process.env.WAMP_CODEC_FUZZ_SEED) || 20_261_129
const VALUES = process.env.WAMP_CODEC_DEEP === '1' ? 300_000 : 6000

const RULES: readonly Partial<Policy>[] = [
  ...[{}, { maxDepth: 4 }, { maxBigIntBytes: 3 }],
  ...[
    { maxNodes: 6 },
    { duplicateKeys: 'refuse' },
    { integers: 'number' },
    { maps: 'map' },
    { tags: 'tagged' },
  ],
] as const
/** Under these rules there may be two faults: values that are too many, or that only the readers refuse, and others. */
const HAS_TWO: readonly (keyof Policy)[] = ['maxNodes', 'duplicateKeys', 'integers']
/** The one format that is not written from front to back: kernel and reader find the faults in another order. */
const FLEXBUFFERS = 'flexbuffers'

/** What makes values that are mostly wrong somewhere. */
function valuesOf(format: PayloadFormatName, random: Random): () => Uint8Array {
  if (format === FLEXBUFFERS) return flexbuffers(random)
  const wire = wireOf(format, random)
  const texts = jsonTexts(random)
  const some = (): Buffer => {
    if (random.int(0, 40) === 0) return nested(wire, random)
    return random.int(0, 3) === 0
      ? wire.odd(() => randomValue(wire, random, 1))
      : randomValue(wire, random, 3)
  }
  return () => {
    if (format === 'json' && random.int(0, 1) === 0) return texts(random.int(0, 1) === 0)
    const bytes = random.int(0, 3) === 0 ? some() : mutated(some(), some(), format, random)
    return random.int(0, 3) === 0 ? bytes.subarray(0, random.int(0, bytes.length)) : bytes
  }
}

/** FlexBuffers with up to three changed bytes, or cut. */
function flexbuffers(random: Random): () => Uint8Array {
  const writer = createCodec().payload(FLEXBUFFERS)
  return () => {
    const bytes = writer.encode(random.value(3, { bytes: true, bigints: true })).slice()
    for (let i = random.int(0, 3); i > 0; i--) bytes[random.int(0, bytes.length - 1)] = random.int(0, 255)
    return random.int(0, 5) === 0 ? bytes.subarray(0, random.int(0, bytes.length)) : bytes
  }
}

/** All that a refusal says; null when there is none. */
function refusal(action: () => unknown): string | null {
  try {
    action()
    return null
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    expect(error.message.endsWith(` (byte ${error.offset})`)).toBe(true)
    return `${error.code}: ${error.message}`
  }
}

const TARGETS = [...WIRE_FORMATS, FLEXBUFFERS] as const

/** What is refused only because the target has no form for it is not refused here. */
function transcoded(codec: Codec, bytes: Uint8Array, from: PayloadFormatName, to: PayloadFormatName): void {
  try {
    codec.transcode(bytes, { from, to })
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error
  }
}

test.each([...WIRE_FORMATS, FLEXBUFFERS] as const)(
  `%s: ${VALUES} values are refused by all in the same words (seed ${SEED})`,
  (format) => {
    const random = createRandom(SEED)
    const next = valuesOf(format, random)
    const ways = RULES.map((rules) => ({
      rules,
      all: createCodec({ ...rules, cache: false }),
      hasOne: format !== FLEXBUFFERS && !HAS_TWO.some((name) => name in rules),
    }))
    const differences = new Map<string, string>()
    let refused = 0
    for (let i = 0; i < VALUES; i++) {
      const bytes = next()
      const { rules, all, hasOne } = random.pick(ways)
      const codec = all.payload(format)
      const [read, checked, viewed] = [
        refusal(() => codec.decode(bytes)),
        refusal(() => codec.validate(bytes)),
        refusal(() => codec.view(bytes).toValue()),
      ]
      const moved = refusal(() => transcoded(all, bytes, format, random.pick(TARGETS)))
      if (read !== null) refused++
      const alone = refusal(() =>
        FORMATS[format].decode(bytes, 0, bytes.length, { ...DEFAULT_POLICY, ...rules }),
      )
      const isSame = hasOne ? read === alone : (read === null) === (alone === null)
      // Transcoding keeps the integers that 'number' has no place for.
      const isMoved = read === moved || (moved === null && 'integers' in rules)
      if (read === checked && read === viewed && isMoved && isSame) continue
      const what =
        `read ${read}, validate ${checked}, view ${viewed}, transcode ${moved}, reader alone ${alone}`.replaceAll(
          /\d+/g,
          'n',
        )
      const example = `${hex(bytes)}: ${read}, ${checked}, ${viewed}, ${moved}, ${alone}`
      if (example.length < (differences.get(what)?.length ?? Infinity)) differences.set(what, example)
    }
    expect(Object.fromEntries(differences)).toEqual({})
    expect(refused).toBeGreaterThan(VALUES / 4)
  },
)
