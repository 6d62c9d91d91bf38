/**
 * The writers of payload values against a plain model: anything that an application may hand them becomes the bytes
 * that the specifications say, or the error that the rules say. `npm run fuzz writers -- --seconds N` runs it for so
 * long on each format.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createCodec } from '../../src/index.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import { createRandom } from '../support/random.ts'
import { randomSpec } from './writers/generate.ts'
import { type Chosen, Judge, randomCodec } from './writers/judge.ts'
import { type Spec, textOf } from './writers/spec.ts'

const SECONDS = Number(process.env.WAMP_CODEC_DIFFERENTIAL_SECONDS || 0)
const SEED =
  Number(process.env.WAMP_CODEC_FUZZ_SEED) || (SECONDS > 0 ? Math.floor(Math.random() * 2 ** 32) : 20_261_129)
/** Values of a format when there is no time given. */
const COUNT = process.env.WAMP_CODEC_DEEP === '1' ? 100_000 : 4000
const CODECS = 24

const FORMATS: readonly PayloadFormatName[] = [
  ...(['cbor', 'msgpack', 'json', 'ubjson', 'ubjson-draft12', 'flexbuffers'] as const),
]
const module = new WebAssembly.Module(
  readFileSync(new URL('../../out/wasm/kernel-simd.wasm', import.meta.url)),
)

describe('a writer does what the model says', () => {
  test.each(FORMATS)('of %s with any value under any rules', (format) => {
    const random = createRandom(SEED)
    const codecs = Array.from({ length: CODECS }, () => randomCodec(random, module))
    const judge = new Judge(format, codecs)
    const until = Date.now() + SECONDS * 1000
    let inputs = 0
    for (; SECONDS > 0 ? inputs % 64 !== 0 || Date.now() < until : inputs < COUNT; inputs++) {
      const codec = random.int(0, CODECS - 1)
      const { maxDepth } = (codecs[codec] as (typeof codecs)[number]).options
      const way = random.int(0, 3) === 0 ? 'message' : 'payload'
      const spec = randomSpec(random, { maxDepth, codecs: CODECS })
      const found = judge.judge(spec, codec, way)
      if (found === null) continue
      const small = judge.shrunk(spec, codec, way) ?? { spec, found }
      const { options } = codecs[codec] as (typeof codecs)[number]
      expect.fail(
        `seed ${SEED}, input ${inputs}, as a ${way}, codec ${codec} ${JSON.stringify(options)}: ` +
          `${textOf(small.spec).slice(0, 3000)}: ${small.found}`,
      )
    }
    if (SECONDS > 0) console.log(`writers ${format}: ${inputs} values, seed ${SEED}`)
    // A generator that makes nothing that is written, or nothing that is refused, tests nothing.
    const { wire = 0, own = 0, ...refused } = judge.counts
    expect(wire).toBeGreaterThan(inputs / 2)
    expect(own).toBeGreaterThan(inputs / 200)
    for (const code of ['UNENCODABLE', 'BAD_UTF8', 'CYCLE', 'DEPTH_LIMIT', 'SIZE_LIMIT'])
      expect([code, (refused[code] ?? 0) > inputs / 2000]).toEqual([code, true])
  })
})

describe('a writer with a fault', () => {
  const good = randomCodec(createRandom(1), module)
  const { codec } = good
  const options = { ...good.options, unrepresentable: 'throw', maxDepth: 128 } as const
  const sound = createCodec({ module })
  type Encode = (value: unknown) => Uint8Array
  const cbor: Encode = (value) => sound.payload('cbor').encode(value)
  const judgeOf = (encode: Encode): Judge => {
    const faulty = { ...codec, payload: () => ({ encode }) } as unknown as Chosen['codec']
    return new Judge('cbor', [{ codec: faulty, options }])
  }
  const text: Spec = { is: 'value', value: 'a' }
  const one: Spec = { is: 'value', value: 1 }
  const getter = { is: 'getter', id: 5, gives: text, later: one, aside: null } as const
  const value: Spec = {
    is: 'array',
    how: 'plain',
    id: 0,
    items: [text, { is: 'object', how: 'class', id: 1, entries: [['key', getter]] }, one],
  }
  const lone: Spec = { is: 'array', how: 'plain', id: 0, items: [{ is: 'value', value: '\ud800' }] }
  const lenient: Encode = (given) =>
    createCodec({ module, unrepresentable: 'json' }).payload('cbor').encode(given)

  test.each<[string, Encode, Spec, string, string]>([
    [
      'in a byte is found, and shrunk to what shows it',
      (given) => cbor(given).map((byte) => (byte === 0x61 ? 0x62 : byte)),
      value,
      '"a"',
      'bytes 6262, expected 6161',
    ],
    [
      'that asks a getter twice is found, because the second answer is another one',
      (given) => {
        cbor(given)
        return cbor(given)
      },
      value,
      '{"key": get ("")}',
      'bytes a1636b657901, expected a1636b657960',
    ],
    [
      'that writes what must be refused is found',
      lenient,
      lone,
      '"\\ud800"',
      'bytes 63efbfbd, expected BAD_UTF8 at null: cannot encode the value to cbor: the text has a lone surrogate',
    ],
  ])('%s', (_, encode, spec, smallest, found) => {
    const judge = judgeOf(encode)
    expect(judge.judge(spec, 0, 'payload')).not.toBeNull()
    const small = judge.shrunk(spec, 0, 'payload')
    expect([textOf(small?.spec ?? spec), small?.found]).toEqual([smallest, found])
  })

  test('that calls once too often is found where the bytes are right', () => {
    const asking: Encode = (given) => {
      void (given as Record<string, unknown>).key
      return cbor(given)
    }
    const constant: Spec = {
      is: 'object',
      how: 'plain',
      id: 1,
      entries: [['key', { ...getter, later: text }]],
    }
    expect(judgeOf(asking).judge(constant, 0, 'payload')).toBe('calls g5,g5, expected g5')
  })

  test('that leaves something behind after an error is found by what comes next', () => {
    let isSpoilt = false
    const spoilt: Encode = (given) => {
      if (isSpoilt) return Uint8Array.of(0)
      try {
        return cbor(given)
      } catch (error) {
        isSpoilt = true
        throw error
      }
    }
    const judge = judgeOf(spoilt)
    expect(judge.judge(text, 0, 'payload')).toBeNull()
    expect(judge.judge(lone, 0, 'payload')).toBe('after an error "a" is bytes 00, expected 6161')
  })
})
