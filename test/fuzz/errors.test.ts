/**
 * One fault is one error: what the kernel refuses, the readers of values refuse in the same words, with the same code at the same byte. Any
 * values, changed or cut.
 */
import { expect, test } from 'vitest'
import { createCodec, ProtocolError } from '../../src/index.ts'
import type { PolicyOptions } from '../../src/limits.ts'
import { createRandom, type Random } from '../support/random.ts'
import { hex, WIRE_FORMATS, type WireFormat } from '../support/vectors.ts'
import { mutated } from './frames.ts'
import { jsonTexts } from './json-texts.ts'
import { nested, randomValue, wireOf } from './wire.ts'

const SEED = Number(process.env.WAMP_CODEC_FUZZ_SEED) || 20_261_129
const VALUES = process.env.WAMP_CODEC_DEEP === '1' ? 300_000 : 6000

const RULES: readonly PolicyOptions[] = [{}, { maxDepth: 4 }, { maxBigIntBytes: 3 }]

/** What makes values that are mostly wrong somewhere. */
function valuesOf(format: WireFormat, random: Random): () => Uint8Array {
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

test.each(WIRE_FORMATS)(
  `%s: ${VALUES} values are refused by all in the same words (seed ${SEED})`,
  (format) => {
    const random = createRandom(SEED)
    const next = valuesOf(format, random)
    const codecs = RULES.map((rules) => createCodec({ ...rules, cache: false }).payload(format))
    const differences = new Map<string, string>()
    let refused = 0
    for (let i = 0; i < VALUES; i++) {
      const bytes = next()
      const codec = random.pick(codecs)
      const [read, checked, viewed] = [
        refusal(() => codec.decode(bytes)),
        refusal(() => codec.validate(bytes)),
        refusal(() => codec.view(bytes).toValue()),
      ]
      if (read !== null) refused++
      if (read === checked && read === viewed) continue
      const what = `read ${read}, validate ${checked}, view ${viewed}`.replaceAll(/\d+/g, 'n')
      const example = `${hex(bytes)}: ${read}, ${checked}, ${viewed}`
      if (example.length < (differences.get(what)?.length ?? Infinity)) differences.set(what, example)
    }
    expect(Object.fromEntries(differences)).toEqual({})
    expect(refused).toBeGreaterThan(VALUES / 4)
  },
)
