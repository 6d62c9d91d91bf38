/**
 * Values off the tape, and values read directly: what the kernel and its readers make of a payload is what the decoders
 * of values make of it, for random values and for changed bytes, in both builds of the kernel and with both ways to
 * read text.
 */
import { readFileSync } from 'node:fs'
import { Encoder } from 'cbor-x'
import { Packr } from 'msgpackr'
import { describe, expect, test, vi } from 'vitest'
import { ProtocolError } from '../../src/errors.ts'
import { FORMATS } from '../../src/formats/full.ts'
import { Kernel } from '../../src/kernel/kernel.ts'
import { DEFAULT_POLICY } from '../../src/limits.ts'
import type { DecodeRules } from '../../src/payload/decode-value.ts'
import { canDirect, NOT_DIRECT } from '../../src/payload/direct.ts'
import { ARGS, KWARGS } from '../../src/payload/direct-keys.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import { UBJSON_FORMAT } from '../../src/payload/formats-full.ts'
import { NOT_ON_TAPE, readTape } from '../../src/payload/read-tape.ts'
import { writtenByNpm } from '../conformance/flexbuffers-npm.ts'
import { frameOfSeed, readSeeds, sharedFrames } from '../fuzz/seeds.ts'
import { randomValue, wireOf } from '../fuzz/wire.ts'
import { type DirectFormat, directly } from '../support/direct.ts'
import { createRandom, type Random } from '../support/random.ts'
import { sameValue } from '../support/same-value.ts'
import { decode, encode, PAYLOAD_FORMATS } from '../unit/payload/formats.ts'

const SEED = 20_261_122
const IS_DEEP = process.env.WAMP_CODEC_DEEP === '1'
const VALUES = IS_DEEP ? 200_000 : 8_000
const MUTATIONS = IS_DEEP ? 200_000 : 8_000

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

/** How many values may be left to the decoders: all of what is not for the tape; text as numbers in UBJSON. */
const MAX_LEFT: Readonly<Record<PayloadFormatName, number>> = {
  cbor: 1,
  msgpack: 1,
  json: 1,
  flexbuffers: 0.05,
  ubjson: 0.2,
  'ubjson-draft12': 0.2,
}

/** Reads the bytes as a value of a payload, between other bytes; NOT_ON_TAPE when they are not for the tape. */
function onTape(
  kernel: Kernel,
  format: PayloadFormatName,
  bytes: Uint8Array,
  rules: Partial<DecodeRules> = {},
): unknown {
  const frame = new Uint8Array(bytes.length + 7).fill(0x22)
  frame.set(bytes, 3)
  kernel.load(frame)
  const { id } = FORMATS[format]
  const value = readTape(kernel, 3, bytes.length, id, frame, 3, { ...DEFAULT_POLICY, ...rules })
  // Not `expect` for each of some hundred thousand values: it would take most of the time.
  if (Buffer.compare(kernel.copyOut(frame.length), frame) !== 0)
    fail('the tape changed the frame', format, bytes)
  return value
}

/** How the value is read directly, as it is and text by text: as the decoder reads it, if at all. */
function howDirectly(
  kernel: Kernel,
  format: PayloadFormatName,
  bytes: Uint8Array,
  expected: unknown,
  rules: Partial<DecodeRules> = {},
): 'same' | 'left' | 'different' {
  if (!canDirect(FORMATS[format].id)) return 'left'
  const ways = [false, true].map((isCareful, i) =>
    directly(kernel, format as DirectFormat | 'json', bytes, rules, i === 0 ? ARGS : KWARGS, isCareful),
  )
  if (ways[0] === NOT_DIRECT) return ways[1] === NOT_DIRECT ? 'left' : 'different'
  return ways.every((value) => sameValue(value, expected)) ? 'same' : 'different'
}

function kernelOf(build: string): Kernel {
  const file = new URL(`../../out/wasm/kernel-${build}.wasm`, import.meta.url)
  return new Kernel(new WebAssembly.Module(readFileSync(file)))
}

const kernels = { simd: kernelOf('simd'), scalar: kernelOf('scalar'), browser: kernelOf('simd') }

/** A kernel looks for the means of Node when it reads its first tape. */
vi.stubGlobal('Buffer', undefined)
readTape(kernels.browser, 0, 0, UBJSON_FORMAT.id, new Uint8Array(0), 0, DEFAULT_POLICY)
directly(kernels.browser, 'cbor', Uint8Array.of(0))
vi.unstubAllGlobals()

function fail(what: string, format: string, bytes: Uint8Array): never {
  return expect.fail(`${what}, ${format} ${Buffer.from(bytes).toString('hex').slice(0, 4000)}`)
}

/** The decoder's value; NOT_ON_TAPE for what it refuses. */
function decodedOrNot(
  format: PayloadFormatName,
  bytes: Uint8Array,
  rules: Partial<DecodeRules> = {},
): unknown {
  try {
    return decode(format, bytes, rules)
  } catch (error) {
    if (error instanceof ProtocolError) return NOT_ON_TAPE
    throw error
  }
}

describe.each(PAYLOAD_FORMATS)('%s', (format) => {
  test(`${VALUES} random values are the same off the tape and directly (seed ${SEED})`, () => {
    const random = createRandom(SEED)
    const direct = { same: 0, left: 0, different: 0 }
    const turns = Object.values(kernels)
    let left = 0
    for (let i = 0; i < VALUES; i++) {
      const isJson = format === 'json'
      const value = random.value(3, { bytes: !isJson, bigints: !isJson && i % 4 === 0 })
      const bytes = i % 2 === 0 ? encode(format, value) : new Uint8Array(OTHERS[format](value, random))
      const expected = decodedOrNot(format, bytes)
      const values = turns.map((kernel) => onTape(kernel, format, bytes))
      if (values[0] === NOT_ON_TAPE && expected !== NOT_ON_TAPE) left++
      const same = values[0] === NOT_ON_TAPE ? NOT_ON_TAPE : expected
      if (!values.every((value) => sameValue(value, same))) fail(`value ${i}`, format, bytes)
      const how = howDirectly(turns[i % turns.length] as Kernel, format, bytes, expected)
      direct[how]++
      if (how === 'different') fail(`value ${i} directly`, format, bytes)
    }
    expect(left / VALUES).toBeLessThanOrEqual(MAX_LEFT[format])
    // Big integers and long keys are left to the others.
    if (direct.same > 0) expect(direct.left / VALUES).toBeLessThan(0.25)
    expect(direct.same > 0).toBe(canDirect(FORMATS[format].id))
  })

  test('the corpora and the seeds of the fuzzers are the same off the tape, or not on it', () => {
    let read = 0
    const values = [...readSeeds(format).map(frameOfSeed), ...sharedFrames(format).values]
    for (const bytes of values) {
      const value = onTape(kernels.simd, format, bytes)
      if (!sameValue(value, onTape(kernels.scalar, format, bytes))) fail('builds differ', format, bytes)
      if (howDirectly(kernels.simd, format, bytes, decodedOrNot(format, bytes)) === 'different')
        fail('corpus directly', format, bytes)
      if (value === NOT_ON_TAPE) continue
      read++
      if (!sameValue(value, decodedOrNot(format, bytes))) fail('corpus', format, bytes)
    }
    if (FORMATS[format].readTape === undefined) expect(read).toBe(0)
    else expect(read).toBeGreaterThan(values.length / 20)
  })

  test(`${MUTATIONS} changed payloads are read as the decoder reads them, or not at all (seed ${SEED})`, () => {
    const random = createRandom(SEED + 1)
    let read = 0
    for (let i = 0; i < MUTATIONS; i++) {
      const bytes = mutated(random, encode(format, random.value(2, { bytes: true, bigints: true })))
      const [simd, scalar, browser] = Object.values(kernels).map((kernel) => onTape(kernel, format, bytes))
      if (!sameValue(simd, scalar) || !sameValue(simd, browser)) fail(`builds differ at ${i}`, format, bytes)
      if (simd !== NOT_ON_TAPE) {
        read++
        if (!sameValue(simd, decode(format, bytes))) fail(`mutation ${i}`, format, bytes)
      }
      if (howDirectly(kernels.simd, format, bytes, decodedOrNot(format, bytes)) === 'different')
        fail(`mutation ${i} directly`, format, bytes)
    }
    if (FORMATS[format].readTape === undefined) expect(read).toBe(0)
    else expect(read).toBeGreaterThan(MUTATIONS / 100)
  })
})

describe.each(['ubjson', 'ubjson-draft12', 'flexbuffers'] as const)('%s', (format) => {
  test(`options and limits are those of the decoder (seed ${SEED})`, () => {
    const random = createRandom(SEED + 2)
    let read = 0
    for (let i = 0; i < VALUES / 4; i++) {
      const bytes = encode(format, random.value(3, { bytes: true, bigints: true }))
      const rules = {
        integers: random.pick(['auto', 'number'] as const),
        binary: random.pick(['copy', 'view'] as const),
        maxNodes: random.pick([1, 3, 10, 1000]),
        maxDepth: random.pick([1, 2, 1000]),
        maxBigIntBytes: random.pick([1, 1024]),
      }
      for (const kernel of [kernels.simd, kernels.scalar]) {
        const value = onTape(kernel, format, bytes, rules)
        if (value === NOT_ON_TAPE) continue
        read++
        if (!sameValue(value, decodedOrNot(format, bytes, rules))) {
          fail(`value ${i} under ${JSON.stringify(rules)}`, format, bytes)
        }
      }
    }
    expect(read).toBeGreaterThan(VALUES / 8)
  })
})

/** The bytes with some of them changed, cut off, or put in. */
function mutated(random: Random, bytes: Uint8Array): Uint8Array {
  const copy = [...bytes]
  for (let i = random.int(1, 3); i > 0; i--) {
    const at = random.int(0, copy.length)
    const choice = random.int(0, 3)
    if (choice === 0) copy.length = at
    else if (choice === 1) copy.splice(at, 0, random.int(0, 255))
    else copy[at] = random.int(0, 255)
  }
  return Uint8Array.from(copy)
}
