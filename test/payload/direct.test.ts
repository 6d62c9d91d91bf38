/**
 * Values that are read directly: what the direct readers make of a payload is what the decoders of values make of it,
 * for random values and for changed bytes, in both builds of the kernel and with both ways to read text.
 */
import { readFileSync } from 'node:fs'
import { Encoder } from 'cbor-x'
import { Packr } from 'msgpackr'
import { describe, expect, test, vi } from 'vitest'
import { ProtocolError } from '../../src/errors.ts'
import { Kernel } from '../../src/kernel/kernel.ts'
import type { DecodeRules } from '../../src/payload/decode-value.ts'
import { NOT_DIRECT } from '../../src/payload/direct.ts'
import { ARGS, KWARGS } from '../../src/payload/direct-keys.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import { writtenByNpm } from '../conformance/flexbuffers-npm.ts'
import { frameOfSeed, readSeeds, sharedFrames } from '../fuzz/seeds.ts'
import { randomValue, wireOf } from '../fuzz/wire.ts'
import { directly } from '../support/direct.ts'
import { createRandom, type Random } from '../support/random.ts'
import { sameValue } from '../support/same-value.ts'
import { decode, encode, PAYLOAD_FORMATS } from '../unit/payload/formats.ts'

const SEED = 20_261_122
const IS_DEEP = process.env.WAMP_CODEC_DEEP === '1'
const VALUES = IS_DEEP ? 200_000 : 8_000
const MUTATIONS = Number(process.env.WAMP_CODEC_MUTATIONS) || (IS_DEEP ? 1_000_000 : 8_000)

const cborX = new Encoder({ useRecords: false, mapsAsObjects: true, tagUint8Array: false })
const msgpackr = new Packr({ useRecords: false })

/** Other writers, which choose other forms than we do: encoders of others, for values that they do not bend. */
const OTHERS: Readonly<Record<PayloadFormatName, (value: unknown, random: Random) => Uint8Array>> = {
  cbor: (value) => cborX.encode(value),
  msgpack: (value) => msgpackr.encode(value),
  json: (value) => Buffer.from(JSON.stringify(value, null, 1)),
  flexbuffers: (value) => writtenByNpm(value),
  // All forms of containers, not always well-formed.
  ubjson: (_, random) => randomValue(wireOf('ubjson', random), random, 3),
  'ubjson-draft12': (_, random) => randomValue(wireOf('ubjson-draft12', random), random, 3),
}

/** How many of the random values may be left to the decoders: big integers, long keys, rare forms of UBJSON. */
const MAX_LEFT = 0.25

/** What the direct reader makes of the bytes, as they are and text by text, by the kernels in turn. */
function howDirectly(
  kernel: Kernel,
  format: PayloadFormatName,
  bytes: Uint8Array,
  rules: Partial<DecodeRules> = {},
): 'same' | 'left' | 'different' {
  const ways = [false, true].map((isCareful, i) =>
    directly(kernel, format, bytes, rules, i === 0 ? ARGS : KWARGS, isCareful),
  )
  if (ways[0] === NOT_DIRECT) return ways[1] === NOT_DIRECT ? 'left' : 'different'
  const expected = decodedOrNot(format, bytes, rules)
  return ways.every((value) => sameValue(value, expected)) ? 'same' : 'different'
}

function kernelOf(build: string): Kernel {
  const file = new URL(`../../out/wasm/kernel-${build}.wasm`, import.meta.url)
  return new Kernel(new WebAssembly.Module(readFileSync(file)))
}

const kernels = { simd: kernelOf('simd'), scalar: kernelOf('scalar'), browser: kernelOf('simd') }

/** A reader looks for the means of Node when it reads its first value. */
vi.stubGlobal('Buffer', undefined)
for (const format of PAYLOAD_FORMATS) directly(kernels.browser, format, encode(format, null))
vi.unstubAllGlobals()

function fail(what: string, format: string, bytes: Uint8Array): never {
  return expect.fail(`${what}, ${format} ${Buffer.from(bytes).toString('hex').slice(0, 4000)}`)
}

/** The decoder's value; NOT_DIRECT for what it refuses. */
function decodedOrNot(format: PayloadFormatName, bytes: Uint8Array, rules: Partial<DecodeRules>): unknown {
  try {
    return decode(format, bytes, rules)
  } catch (error) {
    if (error instanceof ProtocolError) return NOT_DIRECT
    throw error
  }
}

describe.each(PAYLOAD_FORMATS)('%s', (format) => {
  const turns = Object.values(kernels)

  /** Reads the bytes by one of the kernels, and counts how it went. */
  function count(
    counts: { same: number; left: number },
    what: string,
    i: number,
    bytes: Uint8Array,
    rules: Partial<DecodeRules> = {},
  ): void {
    const how = howDirectly(turns[i % turns.length] as Kernel, format, bytes, rules)
    if (how === 'different') fail(`${what} ${i} under ${JSON.stringify(rules)}`, format, bytes)
    counts[how]++
  }

  test(`${VALUES} random values are what the decoder reads (seed ${SEED})`, () => {
    const random = createRandom(SEED)
    const counts = { same: 0, left: 0 }
    for (let i = 0; i < VALUES; i++) {
      const isJson = format === 'json'
      const value = random.value(3, { bytes: !isJson, bigints: !isJson && i % 4 === 0 })
      const isOurs = i % 2 === 0
      const bytes = isOurs ? encode(format, value) : new Uint8Array(OTHERS[format](value, random))
      count(counts, 'value', i, bytes)
    }
    expect(counts.left / VALUES).toBeLessThan(MAX_LEFT)
  })

  test('the corpora and the seeds of the fuzzers are what the decoder reads', () => {
    const counts = { same: 0, left: 0 }
    const values = [...readSeeds(format).map(frameOfSeed), ...sharedFrames(format).values]
    for (const [i, bytes] of values.entries()) count(counts, 'corpus', i, bytes)
    expect(counts.same).toBeGreaterThan(values.length / 20)
  })

  test(`${MUTATIONS} changed payloads are read as the decoder reads them, or not at all (seed ${SEED})`, () => {
    const random = createRandom(SEED + 1)
    const isJson = format === 'json'
    const payloads = Array.from({ length: Math.min(MUTATIONS, 2000) }, () =>
      encode(format, random.value(2, { bytes: !isJson, bigints: !isJson })),
    )
    const counts = { same: 0, left: 0 }
    for (let i = 0; i < MUTATIONS; i++) {
      count(counts, 'mutation', i, mutated(random, payloads[i % payloads.length] as Uint8Array))
    }
    expect(counts.same).toBeGreaterThan(MUTATIONS / 100)
  })

  test(`options and limits are those of the decoder (seed ${SEED})`, () => {
    const random = createRandom(SEED + 2)
    const counts = { same: 0, left: 0 }
    for (let i = 0; i < VALUES / 4; i++) {
      const isJson = format === 'json'
      const bytes = encode(format, random.value(3, { bytes: !isJson, bigints: !isJson && i % 4 === 0 }))
      const binary = random.pick(['copy', 'view'] as const)
      const [maxNodes, maxDepth] = [random.pick([1, 3, 10, 1000]), random.pick([1, 2, 1000])]
      count(counts, 'value', i, bytes, { binary, maxNodes, maxDepth })
    }
    expect(counts.same).toBeGreaterThan(VALUES / 16)
  })
})

/** The bytes with some of them changed, cut off, or put in. */
function mutated(random: Random, bytes: Uint8Array): Uint8Array {
  let changed = bytes.slice()
  for (let i = random.int(1, 3); i > 0; i--) {
    const at = random.int(0, changed.length)
    const choice = random.int(0, 3)
    if (choice === 0) changed = changed.slice(0, at)
    else if (choice === 1)
      changed = Buffer.concat([
        changed.subarray(0, at),
        Uint8Array.of(random.int(0, 255)),
        changed.subarray(at),
      ])
    else changed[at] = random.int(0, 255)
  }
  return changed
}
