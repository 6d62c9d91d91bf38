/**
 * Values off the tape: what the kernel and the hydrator make of a payload is what the decoders of values make of it,
 * for random values and for changed bytes, in both builds of the kernel and with both ways to read text.
 */
import { readFileSync } from 'node:fs'
import { Encoder } from 'cbor-x'
import { Packr } from 'msgpackr'
import { describe, expect, test, vi } from 'vitest'
import { Kernel } from '../../src/kernel/kernel.ts'
import { DEFAULT_POLICY } from '../../src/limits.ts'
import type { DecodeRules } from '../../src/payload/decode-value.ts'
import { CBOR_FORMAT, JSON_FORMAT, MSGPACK_FORMAT } from '../../src/payload/format.ts'
import { hydrate, NOT_ON_TAPE } from '../../src/payload/hydrate.ts'
import { createRandom, type Random } from '../support/random.ts'
import { sameValue } from '../support/same-value.ts'
import { decode, encode } from '../unit/payload/formats.ts'

const SEED = 20_261_122
const IS_DEEP = process.env.WAMP_CODEC_DEEP === '1'
const VALUES = IS_DEEP ? 1_000_000 : 20_000
const MUTATIONS = IS_DEEP ? 1_000_000 : 20_000

const FORMATS = ['cbor', 'msgpack', 'json'] as const
const LISTS = { cbor: CBOR_FORMAT, msgpack: MSGPACK_FORMAT, json: JSON_FORMAT } as const
const cborX = new Encoder({ useRecords: false, mapsAsObjects: true, tagUint8Array: false })
const msgpackr = new Packr({ useRecords: false })

/** Encoders of others, for values that they do not bend; they choose other forms than we do. */
const PEERS = {
  cbor: (value: unknown): Uint8Array => cborX.encode(value),
  msgpack: (value: unknown): Uint8Array => msgpackr.encode(value),
  json: (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value, null, 1)),
} as const

/** Reads the bytes as a value of a payload, between other bytes; NOT_ON_TAPE when they are not for the tape. */
function onTape(
  kernel: Kernel,
  format: (typeof FORMATS)[number],
  bytes: Uint8Array,
  rules: Partial<DecodeRules> = {},
): unknown {
  const frame = new Uint8Array(bytes.length + 7).fill(0x22)
  frame.set(bytes, 3)
  kernel.load(frame)
  const { id } = LISTS[format]
  const value = hydrate(kernel, 3, bytes.length, id, frame, 3, { ...DEFAULT_POLICY, ...rules })
  expect(Buffer.compare(kernel.copyOut(frame.length), frame)).toBe(0)
  return value
}

function kernelOf(build: string): Kernel {
  const file = new URL(`../../build/wasm/kernel-${build}.wasm`, import.meta.url)
  return new Kernel(new WebAssembly.Module(readFileSync(file)))
}

const kernels = { simd: kernelOf('simd'), scalar: kernelOf('scalar'), browser: kernelOf('simd') }

/** A kernel looks for the means of Node when it reads its first tape. */
vi.stubGlobal('Buffer', undefined)
hydrate(kernels.browser, 0, 0, CBOR_FORMAT.id, new Uint8Array(0), 0, DEFAULT_POLICY)
vi.unstubAllGlobals()

function fail(what: string, format: string, bytes: Uint8Array): never {
  return expect.fail(`${what}, ${format} ${Buffer.from(bytes).toString('hex').slice(0, 4000)}`)
}

describe.each(FORMATS)('%s', (format) => {
  test(`${VALUES} random values are the same off the tape (seed ${SEED})`, () => {
    const random = createRandom(SEED)
    let others = 0
    for (let i = 0; i < VALUES; i++) {
      const isJson = format === 'json'
      const value = random.value(3, { bytes: !isJson, bigints: !isJson && i % 4 === 0 })
      const bytes = i % 2 === 0 ? encode(format, value) : new Uint8Array(PEERS[format](value))
      const expected = decode(format, bytes)
      for (const [name, kernel] of Object.entries(kernels)) {
        const value = onTape(kernel, format, bytes)
        if (value === NOT_ON_TAPE) others++
        else if (!sameValue(value, expected)) fail(`value ${i} (${name})`, format, bytes)
      }
    }
    // Integers of twenty digits and more; a value that has one counts three times.
    if (format === 'json') expect(others / VALUES).toBeLessThan(0.2)
    else expect(others).toBe(0)
  })

  test(`${MUTATIONS} changed payloads are read as the decoder reads them, or not at all (seed ${SEED})`, () => {
    const random = createRandom(SEED + 1)
    for (let i = 0; i < MUTATIONS; i++) {
      const bytes = mutated(random, encode(format, random.value(2, { bytes: true, bigints: true })))
      const [simd, scalar, browser] = Object.values(kernels).map((kernel) => onTape(kernel, format, bytes))
      if (!sameValue(simd, scalar) || !sameValue(simd, browser)) fail(`builds differ at ${i}`, format, bytes)
      if (simd !== NOT_ON_TAPE && !sameValue(simd, decode(format, bytes)))
        fail(`mutation ${i}`, format, bytes)
    }
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
