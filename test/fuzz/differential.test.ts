/**
 * The differential fuzzer: seeds and what mutation makes of them, through everything that must give the same answer.
 * `npm run fuzz diff -- --seconds N` runs it for so long on each format; without that it has fixed counts and seeds.
 */
import { describe, expect, test } from 'vitest'
import { EncodeError, ProtocolError } from '../../src/errors.ts'
import { FORMATS } from '../../src/formats/full.ts'
import { createCodec } from '../../src/index.ts'
import { DEFAULT_POLICY, type Policy } from '../../src/limits.ts'
import type { ValueFormat } from '../../src/payload/format.ts'
import { transcode } from '../../src/payload/transcode.ts'
import { createRandom, type Random } from '../support/random.ts'
import { sameValue } from '../support/same-value.ts'
import { canonical, hex, type WireFormat } from '../support/vectors.ts'
import { encoded, simd, simdImage } from '../transcode/support.ts'
import { BETWEEN_LIMITS } from './check.ts'
import { mutated } from './frames.ts'
import { Kernels, type Limits } from './kernels.ts'
import { common, isPeculiar, PEERS, type Peer } from './peers.ts'
import { FUZZ_FORMATS, type FuzzFormat, frameOfSeed, readSeeds } from './seeds.ts'

const isDeep = process.env.WAMP_CODEC_DEEP === '1'
const SECONDS = Number(process.env.WAMP_CODEC_DIFFERENTIAL_SECONDS || 0)
const SEED =
  Number(process.env.WAMP_CODEC_FUZZ_SEED) || (SECONDS > 0 ? Math.floor(Math.random() * 2 ** 32) : 20_260_801)
/** Inputs of a format when there is no time given. */
const COUNT = isDeep ? 100_000 : 4000

const codec = createCodec()

const VALUE_FORMATS = FUZZ_FORMATS.filter((format) => format !== 'flatbuffers')

/** Inputs of a format: the seeds as they are, and then mutated ones, until count or time is used up. */
function* inputs(format: FuzzFormat, random: Random): Generator<Uint8Array> {
  const seeds = readSeeds(format).map(frameOfSeed)
  yield* seeds
  const until = Date.now() + SECONDS * 1000
  // Values of another format are as good as any other noise in a binary one.
  const wire: WireFormat = format === 'flexbuffers' || format === 'flatbuffers' ? 'cbor' : format
  for (let i = seeds.length; SECONDS > 0 ? i % 64 !== 0 || Date.now() < until : i < COUNT; i++) {
    yield mutated(random.pick(seeds), random.pick(seeds), wire, random)
  }
}

/** Differences, each kind once with its shortest input. */
class Differences {
  readonly found: Record<string, string> = {}
  inputs: number = 0

  add(what: string, bytes: Uint8Array): void {
    const known = this.found[what]
    if (known === undefined || known.length > bytes.length * 2) this.found[what] = hex(bytes)
  }

  expectNone(name: string): void {
    if (SECONDS > 0) console.log(`${name}: ${this.inputs} inputs, seed ${SEED}`)
    expect(this.found).toEqual({})
  }
}

const LIMITS: readonly Limits[] = [
  [128, 4_194_304, 1024],
  [3, 20, 4],
  [1000, 1000, 16],
]

describe('the four kernels are one program', () => {
  test.each(FUZZ_FORMATS)('all four say the same of %s', (format) => {
    const random = createRandom(SEED)
    const kernels = new Kernels()
    const differences = new Differences()
    for (const bytes of inputs(format, random)) {
      differences.inputs++
      const difference = kernels.difference(
        format,
        bytes,
        random.pick([0, 0, 1, 2, 4, 6, 7]),
        random.pick(LIMITS),
        random.int(1, format === 'flatbuffers' ? 6 : 5),
      )
      if (difference !== null) differences.add(difference.slice(0, 60), bytes)
    }
    differences.expectNone(`kernels ${format}`)
  })
})

/** A value, or the error that must be one of ours. */
function decoded(format: ValueFormat, bytes: Uint8Array, policy: Policy): { value: unknown } | ProtocolError {
  try {
    return { value: format.decode(bytes, 0, bytes.length, policy) }
  } catch (error) {
    if (error instanceof ProtocolError) return error
    throw error
  }
}

describe('peers read what we read, and refuse nothing that we read', () => {
  const pairs = Object.entries(PEERS).flatMap(([format, peers]) =>
    peers.map((peer) => ({ format: format as WireFormat, peer, name: `${peer.name} (${format})` })),
  )
  test.each(pairs)('$name agrees with us', ({ format, peer, name }) => {
    const random = createRandom(SEED + 1)
    const differences = new Differences()
    for (const bytes of inputs(format, random)) {
      differences.inputs++
      const what = disagreement(FORMATS[format], peer, bytes)
      if (what !== null) differences.add(what, bytes)
    }
    differences.expectNone(name)
  })
})

/** What a peer and we do not agree about, and the list of exceptions does not explain. */
function disagreement(format: ValueFormat, peer: Peer, bytes: Uint8Array): string | null {
  const ours = decoded(format, bytes, DEFAULT_POLICY)
  let theirs: unknown
  try {
    theirs = peer.decode(bytes)
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    if (ours instanceof ProtocolError || peer.refusesMore.test(text)) return null
    return `we accept, it says ${text.replace(/\d+/g, 'N').slice(0, 80)}`
  }
  if (ours instanceof ProtocolError) {
    return peer.acceptsMore.includes(ours.code) ? null : `it accepts, we say ${ours.code}`
  }
  if (!isComparable(format, bytes)) return null
  return common(theirs) === common(ours.value) ? null : 'another value'
}

/** False where the value is not meant to be the same: tags, keys that make a Map, and bytes in JSON. */
function isComparable(format: ValueFormat, bytes: Uint8Array): boolean {
  const latin = Buffer.from(bytes).toString('latin1')
  if (format.name === 'json') return !/\\u0000/i.test(latin)
  // The peers give this key another name, and take away the mark at the beginning of a text.
  if (latin.includes('__proto__') || latin.includes('\xef\xbb\xbf')) return false
  const tagged = decoded(format, bytes, { ...DEFAULT_POLICY, tags: 'tagged' })
  return !(tagged instanceof ProtocolError) && !isPeculiar(tagged.value)
}

describe('values stay what they are', () => {
  test.each(VALUE_FORMATS)('values of %s come back', (name) => {
    const random = createRandom(SEED + 2)
    const differences = new Differences()
    const format = FORMATS[name] as ValueFormat
    for (const bytes of inputs(name, random)) {
      differences.inputs++
      const result = decoded(format, bytes, DEFAULT_POLICY)
      checkResident(bytes, format, result, differences)
      const to = FORMATS[random.pick(VALUE_FORMATS)] as ValueFormat
      if (to.name !== name) checkTranscode(bytes, format, to, result, differences)
      if (!(result instanceof ProtocolError)) checkFixedPoint(bytes, format, result.value, differences)
    }
    differences.expectNone(`values ${name}`)
  })
})

/** What the kernel has checked is read directly as the decoder reads it. */
function checkResident(
  bytes: Uint8Array,
  format: ValueFormat,
  result: { value: unknown } | ProtocolError,
  differences: Differences,
): void {
  let value: unknown
  try {
    value = codec.payload(format.name).decode(bytes)
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    if (!(result instanceof ProtocolError)) differences.add(`the codec refuses: ${error.code}`, bytes)
    return
  }
  if (result instanceof ProtocolError) differences.add(`the codec accepts, not ${result.code}`, bytes)
  else if (!sameValue(value, result.value)) differences.add('another value from the codec', bytes)
}

/**
 * True where all keys of a Map are integral floats: numbers in JavaScript, they are written as integers, of an object.
 */
function isOfFloats(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false
  if (value instanceof Map && [...value.keys()].every((key) => Number.isInteger(key))) return true
  return Object.values(value instanceof Map ? [...value.values()] : value).some(isOfFloats)
}

/** Encoded and decoded again it is the same value, and encoded again the same bytes. */
function checkFixedPoint(
  bytes: Uint8Array,
  format: ValueFormat,
  value: unknown,
  differences: Differences,
): void {
  if (isOfFloats(value)) return
  let once: Uint8Array
  try {
    once = encoded(format, value)
  } catch (error) {
    // The other formats' values that this one has no form for: read from wire types that its writer never uses.
    if (!(error instanceof EncodeError)) throw error
    if (!/NaN|Infinity/.test(error.message)) differences.add(`encode: ${error.code}`, bytes)
    return
  }
  const again = decoded(format, once, DEFAULT_POLICY)
  if (again instanceof ProtocolError) differences.add(`decode of what was encoded: ${again.code}`, bytes)
  else if (canonical(again.value) !== canonical(value)) differences.add('another value after encode', bytes)
  // Maps of FlexBuffers are sorted, but their keys are written in the order in which they come.
  else if (format.name !== 'flexbuffers' && hex(encoded(format, again.value)) !== hex(once)) {
    differences.add('other bytes after encode', bytes)
  }
}

/**
 * A transcode refuses what the decoder refuses, and gives the decoder's value; that stays the same on the way back and
 * there again.
 */
function checkTranscode(
  bytes: Uint8Array,
  from: ValueFormat,
  to: ValueFormat,
  result: { value: unknown } | ProtocolError,
  differences: Differences,
): void {
  const way = (
    value: Uint8Array,
    a: ValueFormat,
    b: ValueFormat,
  ): Uint8Array | ProtocolError | EncodeError => {
    try {
      return transcode(simd, value, a, b, DEFAULT_POLICY)
    } catch (error) {
      if (error instanceof ProtocolError || error instanceof EncodeError) return error
      throw error
    }
  }
  const name = `${from.name} to ${to.name}`
  const there = way(bytes, from, to)
  if (there instanceof Error) {
    const isRefused = there instanceof ProtocolError
    if (isRefused && !(result instanceof ProtocolError)) differences.add(`${name}: ${there.code}`, bytes)
    return
  }
  if (result instanceof ProtocolError) {
    differences.add(`${name}: transcoded what the decoder refuses with ${result.code}`, bytes)
    return
  }
  const arrived = decoded(to, there, DEFAULT_POLICY)
  if (arrived instanceof ProtocolError) {
    const what = `${name}: the result is refused with ${arrived.code}`
    if (!BETWEEN_LIMITS.test(`${what} ${arrived.message}`)) differences.add(what, bytes)
    return
  }
  const changed = simdImage.difference()
  if (changed !== null) differences.add(`${name}: ${changed}`, bytes)
  if (canonical(arrived.value) !== canonical(result.value))
    differences.add(`${name}: another value arrives`, bytes)
  const back = way(there, to, from)
  if (back instanceof Error) {
    // NaN came out of a wire type that its own writer never uses.
    if (back.code === 'UNENCODABLE') return
    differences.add(`${name}: no way back, ${back.code}`, bytes)
    return
  }
  const twice = way(back, from, to)
  if (twice instanceof Error) {
    differences.add(`${name}: no second way, ${twice.code}`, bytes)
    return
  }
  const again = decoded(to, twice, DEFAULT_POLICY)
  const isSame = !(again instanceof ProtocolError) && canonical(again.value) === canonical(arrived.value)
  if (!isSame) differences.add(`${name}: another value there and back`, bytes)
}
