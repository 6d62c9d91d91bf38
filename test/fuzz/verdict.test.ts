/**
 * Two validators say the same: the kernel, which checks a frame, and the value decoders in JavaScript, which
 * read it later and check it again. A value that only the first accepts would make a getter throw. And whatever reads
 * what the kernel has checked, directly, reads what the decoders read.
 */
import { describe, expect, test } from 'vitest'
import { FORMATS } from '../../src/formats/full.ts'
import { createCodec, ProtocolError, type Publish } from '../../src/index.ts'
import { DEFAULT_POLICY, type Policy } from '../../src/limits.ts'
import { watchedKernel } from '../support/image.ts'
import { createRandom, type Random } from '../support/random.ts'
import { sameValue } from '../support/same-value.ts'
import { hex, serializerOf, WIRE_FORMATS, type WireFormat } from '../support/vectors.ts'
import { mutated } from './frames.ts'
import { nested, randomValue, wireOf } from './wire.ts'

const isDeep = process.env.WAMP_CODEC_DEEP === '1'
/** In all three formats. */
const VALUES = isDeep ? 200_001 : 15_000
const SEED = isDeep ? Math.floor(Math.random() * 2 ** 32) : 2

const POLICIES: readonly Partial<Policy>[] = [
  {},
  { tags: 'tagged' },
  { integers: 'number' },
  { integers: 'bigint', maps: 'map' },
  { duplicateKeys: 'refuse' },
  { maxDepth: 4, maxBigIntBytes: 16 },
  { maxBigIntBytes: 2 },
]

const { module, image } = watchedKernel('simd')

/** A frame with the value as its only argument, and the list of that argument alone. */
function framed(format: WireFormat, value: Uint8Array): { frame: Uint8Array; list: Uint8Array } {
  const [head, open, close] = {
    json: ['[16,1,{},"a.b",', '[', ']'] as const,
    msgpack: [Buffer.from('95100180a3612e62', 'hex'), Buffer.from([0x91]), ''] as const,
    cbor: [Buffer.from('851001a063612e62', 'hex'), Buffer.from([0x81]), ''] as const,
    ubjson: ['[U\u0010U\u0001{}SU\u0003a.b', '[', ']'] as const,
    'ubjson-draft12': ['[U\u0010U\u0001{}SU\u0003a.b', '[', ']'] as const,
  }[format]
  const list = Buffer.concat([Buffer.from(open), value, Buffer.from(close)])
  return { frame: Buffer.concat([Buffer.from(head), list, Buffer.from(close)]), list }
}

/** 'accepted', or the code of the refusal; anything but a ProtocolError is a failure of its own. */
function verdict(action: () => unknown): string {
  try {
    action()
    return 'accepted'
  } catch (error) {
    return error instanceof ProtocolError ? error.code : String(error)
  }
}

function anyValue(format: WireFormat, random: Random): Uint8Array {
  const wire = wireOf(format, random)
  const some = (): Buffer => {
    if (random.int(0, 40) === 0) return nested(wire, random)
    return random.int(0, 3) === 0
      ? wire.odd(() => randomValue(wire, random, 1))
      : randomValue(wire, random, 3)
  }
  const value = some()
  return random.int(0, 1) === 0 ? value : mutated(value, some(), format, random)
}

describe.each(WIRE_FORMATS)('%s values', (format) => {
  test(`are accepted by the kernel exactly when the decoder reads them (${VALUES / 3}, seed ${SEED})`, () => {
    const random = createRandom(SEED + WIRE_FORMATS.indexOf(format))
    const codecs = POLICIES.map((policy) => serializerOf(createCodec({ ...policy, module }), format))
    const differences = new Map<string, string>()
    const counts = { accepted: 0, refused: 0 }
    for (let i = 0; i < VALUES / 3; i++) {
      const place = i % POLICIES.length
      const { frame, list } = framed(format, anyValue(format, random))
      let message: Publish | undefined
      const kernel = verdict(() => {
        message = codecs[place]?.decode(frame) as Publish
      })
      const rules = { ...DEFAULT_POLICY, ...POLICIES[place] }
      let value: unknown
      const decoder = verdict(() => {
        value = FORMATS[format].decode(list, 0, list.length, rules)
      })
      counts[kernel === 'accepted' ? 'accepted' : 'refused']++
      const changed = image.difference()
      if (changed !== null) expect.fail(`${changed} after ${hex(frame)}`)
      if ((kernel === 'accepted') === (decoder === 'accepted')) {
        if (kernel === 'accepted' && !sameValue(message?.args ?? message?.payload, value))
          expect.fail(`other args: ${hex(frame)}`)
        continue
      }
      const what = `kernel ${kernel}, decoder ${decoder}`
      const example = `${hex(frame)} under ${JSON.stringify(POLICIES[place])}`
      if (example.length < (differences.get(what)?.length ?? Infinity)) differences.set(what, example)
    }
    expect(Object.fromEntries(differences)).toEqual({})
    expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(VALUES / 30)
  })
})
