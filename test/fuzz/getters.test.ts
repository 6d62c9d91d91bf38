/**
 * Random and broken frames under many policies: what was accepted never throws, what is refused says where
 * and why.
 */
import { describe, expect, test } from 'vitest'
import { type Codec, createCodec, type Message, ProtocolError, type Serializer } from '../../src/index.ts'
import type { Policy } from '../../src/limits.ts'
import { builtMessages } from '../lifetime/samples.ts'
import { watchedKernel } from '../support/image.ts'
import { createRandom, type Random } from '../support/random.ts'
import { serializerOf, WIRE_FORMATS, type WireFormat } from '../support/vectors.ts'
import { Breaches, checkAccepted, checkRefusal, decoded, readAll } from './check.ts'
import { mutated, randomFrame } from './frames.ts'
import { POLICIES } from './policies.ts'

const isDeep = process.env.WAMP_CODEC_DEEP === '1'
/** In all three formats. */
const FRAMES = isDeep ? 200_001 : 15_000
const SEED = isDeep ? Math.floor(Math.random() * 2 ** 32) : 1

const { module, image } = watchedKernel('simd')
const codecs = POLICIES.map((policy) => ({ policy, codec: createCodec({ ...policy, module }) }))
const plain = createCodec({ module })
const samples = WIRE_FORMATS.map((format) =>
  builtMessages().map((message) => serializerOf(plain, format).encode(message)),
)

/** Some frame: of a sample, or put together at random; half of them with mistakes. */
function anyFrame(format: WireFormat, random: Random): Uint8Array {
  const some = (): Uint8Array =>
    random.int(0, 3) === 0
      ? random.pick(samples[WIRE_FORMATS.indexOf(format)] as Uint8Array[])
      : randomFrame(format, random)
  const frame = some()
  return random.int(0, 1) === 0 ? frame : mutated(frame, some(), format, random)
}

describe.each(WIRE_FORMATS)('%s frames', (format) => {
  test(`never make a getter throw (${FRAMES / 3} frames, seed ${SEED})`, () => {
    const random = createRandom(SEED + WIRE_FORMATS.indexOf(format))
    const breaches = new Breaches()
    let accepted = 0
    for (let i = 0; i < FRAMES / 3; i++) {
      const { policy, codec } = codecs[i % codecs.length] as (typeof codecs)[number]
      const frame = anyFrame(format, random)
      if (isAccepted(codec, format, frame, breaches, policy)) accepted++
      const changed = image.difference()
      if (changed !== null) expect.fail(`${changed} after ${Buffer.from(frame).toString('hex')}`)
    }
    expect(Object.fromEntries(breaches.found)).toEqual({})
    // A generator that makes nothing valid tests nothing.
    expect(accepted).toBeGreaterThan(FRAMES / 3 / 4)
  })

  test(`are refused by a deferred decode and a read exactly when an eager decode refuses them`, () => {
    const random = createRandom(SEED + 10 + WIRE_FORMATS.indexOf(format))
    const differences: string[] = []
    for (let i = 0; i < FRAMES / 15; i++) {
      const { policy } = codecs[i % codecs.length] as (typeof codecs)[number]
      const frame = anyFrame(format, random)
      const [eager, deferred] = (['eager', 'deferred'] as const).map((payloadValidation) =>
        verdict(serializerOf(createCodec({ ...policy, payloadValidation }), format), frame),
      )
      if (eager === deferred) continue
      const hex = Buffer.from(frame).toString('hex')
      differences.push(`eager ${eager}, deferred ${deferred}: ${hex} under ${JSON.stringify(policy)}`)
    }
    expect(differences.sort((a, b) => a.length - b.length).slice(0, 5)).toEqual([])
  })
})

/** True for a frame that is read, with which everything was done then that can be done with a message. */
function isAccepted(
  codec: Codec,
  format: WireFormat,
  frame: Uint8Array,
  breaches: Breaches,
  policy: Partial<Policy>,
): boolean {
  const message = decoded(serializerOf(codec, format), frame, breaches, policy)
  if (message === null) return false
  // What was put off is done now, and may refuse.
  const isDeferred = policy.payloadValidation === 'deferred'
  if (isDeferred && !isSound(message, format, frame, breaches, policy)) return false
  checkAccepted(codec, format, message, frame, breaches, policy)
  return true
}

/**
 * False when a deferred check refuses the payload, in the way of all refusals, and then refuses it always.
 */
function isSound(
  message: Message,
  format: WireFormat,
  frame: Uint8Array,
  breaches: Breaches,
  policy: object,
): boolean {
  try {
    readAll(message)
    return true
  } catch (error) {
    checkRefusal(error, format, frame, breaches, policy)
    try {
      serializerOf(createCodec(policy), format).encode(message)
      breaches.add('a payload that was refused is encoded', frame, policy)
    } catch (second) {
      checkRefusal(second, format, frame, breaches, policy)
    }
    return false
  }
}

/** 'refused', by decode or by the first look at all attributes, or 'accepted'. */
function verdict(serializer: Serializer, frame: Uint8Array): string {
  try {
    readAll(serializer.decode(frame))
    return 'accepted'
  } catch (error) {
    return error instanceof ProtocolError ? 'refused' : String(error)
  }
}
