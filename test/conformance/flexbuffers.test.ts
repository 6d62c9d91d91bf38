/**
 * FlexBuffers against others: Google's gold file and the buffers of its Python tests, the verdicts of Google's C++
 * verifier on changed ones, the npm package in both directions, and our own kernel and decoder against each other.
 */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { ERROR_CODES, ProtocolError } from '../../src/errors.ts'
import { FORMAT_FLEXBUFFERS, OK } from '../../src/kernel/abi.ts'
import { Kernel } from '../../src/kernel/kernel.ts'
import { DEFAULT_POLICY } from '../../src/limits.ts'
import { decodeFlexbuffers } from '../../src/payload/flexbuffers/read.ts'
import { encodeFlexbuffers } from '../../src/payload/flexbuffers/write.ts'
import { Output } from '../../src/payload/output.ts'
import { crowded, doubled, OVERLAPPING } from '../support/flexbuffers-hostile.ts'
import { createRandom, type Random } from '../support/random.ts'
import { hasShared, sharedPath } from '../support/shared.ts'
import { canonical, hex, unhex } from '../support/vectors.ts'
import { unescapeValue } from '../unit/payload/formats.ts'
import {
  NPM_FAULTS,
  NPM_READS,
  readByNpm,
  sameForNpm,
  valueReadByNpm,
  valueWrittenByNpm,
  writtenByNpm,
} from './flexbuffers-npm.ts'

const SEED = 20_260_706
const isDeep = process.env.WAMP_CODEC_DEEP === '1'
const RANDOM_VALUES = isDeep ? 100_000 : 5_000
const RANDOM_CHANGES = isDeep ? 500_000 : 40_000

const out = new Output()
function encode(value: unknown): Uint8Array {
  encodeFlexbuffers(out, value, DEFAULT_POLICY, 'value')
  return out.finish()
}

const decode = (bytes: Uint8Array): unknown => decodeFlexbuffers(bytes, 0, bytes.length, DEFAULT_POLICY)

function kernelOf(build: string): Kernel {
  const file = new URL(`../../out/wasm/kernel-${build}.wasm`, import.meta.url)
  return new Kernel(new WebAssembly.Module(readFileSync(file)))
}

const simd = kernelOf('simd')
const scalar = kernelOf('scalar')

/** OK, or the code of the error. */
function verdict(kernel: Kernel, bytes: Uint8Array): string {
  kernel.load(bytes)
  const status = kernel.check(0, bytes.length, FORMAT_FLEXBUFFERS, 0, DEFAULT_POLICY)
  return status === OK ? 'OK' : (ERROR_CODES[status - 1] as string)
}

/** The verdict, when both builds and the decoder agree about it; fails when not. */
function agreed(bytes: Uint8Array, what: string): string {
  const found = verdict(simd, bytes)
  // Not `expect` for each of some hundred thousand values: it would take most of the time.
  if (found !== verdict(scalar, bytes)) expect.fail(`${what}: SIMD and scalar differ on ${hex(bytes)}`)
  let decoded = 'OK'
  try {
    decode(bytes)
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    decoded = error.code
  }
  if ((found === 'OK') !== (decoded === 'OK')) {
    expect.fail(`${what}: the kernel says ${found}, the decoder ${decoded} on ${hex(bytes)}`)
  }
  return found
}

interface Entry {
  readonly id: string
  readonly hex: string
  readonly expect: 'accept' | 'either'
  readonly value: unknown
}

/** The verdicts of Google's verifier: bit x of `ok_bitmap[offset]` is set when it accepts x there. */
interface Mutations {
  readonly id: string
  readonly hex: string
  readonly trunc_ok: readonly number[]
  readonly ok_bitmap: readonly string[]
}

function entries<T>(name: string): readonly T[] {
  if (!hasShared(`corpora/${name}`)) return []
  const text = readFileSync(sharedPath(`corpora/${name}/index.json`), 'utf8')
  return (JSON.parse(text) as { entries: T[] }).entries
}

/**
 * What Google's verifier accepts and we refuse, by code, for every change of one byte in `flexbuffers-mut`. The list
 * must match exactly.
 */
const STRICTER = {
  // Google does not look at text.
  BAD_UTF8: 7423,
  // Strings without their NUL, and widths of keys of which only the low byte is one.
  BAD_TOKEN: 3250,
  // Floats of 8 and 16 bits, which its readers take for integers.
  BAD_NUMBER: 300,
  // Maps that have not as many keys as values.
  LENGTH_OVERRUN: 175,
}

describe.skipIf(!hasShared('corpora/flexbuffers'))("Google's own buffers", () => {
  const all = entries<Entry>('flexbuffers')

  test('are 1,232 that its verifier accepts and 68 that it refuses', () => {
    expect(all.filter((entry) => entry.expect === 'accept').length).toBe(1232)
    expect(all.filter((entry) => entry.expect === 'either').length).toBe(68)
  })

  test('are read with their values when its verifier accepts them, and refused as misaligned when not', () => {
    for (const entry of all) {
      const bytes = unhex(entry.hex)
      const found = agreed(bytes, entry.id)
      expect(found, entry.id).toBe(entry.expect === 'accept' ? 'OK' : 'MISALIGNED')
      if (found === 'OK') {
        expect(canonical(decode(bytes)), entry.id).toBe(canonical(unescapeValue(entry.value)))
      }
    }
  })

  test('come back with their values when we write what we have read', () => {
    for (const { id, hex: text, expect: expected } of all) {
      if (expected !== 'accept') continue
      const value = decode(unhex(text))
      expect(canonical(decode(encode(value))), id).toBe(canonical(value))
    }
  })

  test('are refused or read alike by kernel and decoder when they are cut', () => {
    let tried = 0
    for (const { id, hex: text } of all) {
      const bytes = unhex(text)
      const step = isDeep ? 1 : Math.ceil(bytes.length / 100)
      for (let length = 0; length < bytes.length; length += step, tried++)
        agreed(bytes.subarray(0, length), id)
    }
    expect(tried).toBeGreaterThan(1000)
  })
})

describe.skipIf(!hasShared('corpora/flexbuffers-mut'))("the verdicts of Google's C++ verifier", () => {
  test('what it refuses of all changes of one byte, we refuse; what it accepts beyond us is listed', () => {
    const stricter: Record<string, number> = {}
    let refused = 0
    for (const { id, hex: text, ok_bitmap } of entries<Mutations>('flexbuffers-mut')) {
      const bytes = unhex(text)
      for (let offset = 0; offset < bytes.length; offset++) {
        const accepted = BigInt(`0x${ok_bitmap[offset]}`)
        const original = bytes[offset] as number
        for (let x = 0; x < 256; x++) {
          if (x === original) continue
          bytes[offset] = x
          const found = agreed(bytes, `${id}, ${x} at ${offset}`)
          if (((accepted >> BigInt(x)) & 1n) === 0n) {
            refused++
            if (found === 'OK') expect.fail(`${id}: Google refuses ${x} at ${offset}`)
          } else if (found !== 'OK') {
            stricter[found] = (stricter[found] ?? 0) + 1
          }
        }
        bytes[offset] = original
      }
    }
    expect(refused).toBe(66_022)
    expect(stricter).toEqual(STRICTER)
  })

  test('what it refuses of all truncations, we refuse', () => {
    for (const { id, hex: text, trunc_ok } of entries<Mutations>('flexbuffers-mut')) {
      const bytes = unhex(text)
      for (let length = 0; length < bytes.length; length++) {
        const found = agreed(bytes.subarray(0, length), id)
        if (found === 'OK') expect(trunc_ok, `${id} cut at ${length}`).toContain(length)
      }
    }
  })

  test('the 918 other changes of the gold file', () => {
    const text = readFileSync(sharedPath('corpora/flexbuffers/gold-mutations.json'), 'utf8')
    const { base, entries: rows } = JSON.parse(text) as { base: string; entries: [number, number, 0 | 1][] }
    expect(rows.length).toBe(918)
    for (const [offset, byte, accepted] of rows) {
      const bytes = unhex(base)
      bytes[offset] = byte
      const found = agreed(bytes, `${byte} at ${offset}`)
      if (accepted === 0) expect(found, `${byte} at ${offset}`).not.toBe('OK')
    }
  })
})

describe(`the npm package, ${RANDOM_VALUES} random values of seed ${SEED}`, () => {
  beforeAll(() => console.log(`flexbuffers: seed ${SEED}`))

  test('reads what we write', () => {
    const random = createRandom(SEED)
    for (let i = 0; i < RANDOM_VALUES; i++) {
      const value = valueReadByNpm(random, random.int(0, 4))
      const bytes = encode(value)
      const [ours, theirs] = [value, readByNpm(bytes)].map((each) => canonical(sameForNpm(each)))
      expect(theirs, `value ${i}`).toBe(ours)
      expect(agreed(bytes, `value ${i}`), `value ${i}`).toBe('OK')
      expect(canonical(decode(bytes)), `value ${i}`).toBe(canonical(value))
    }
  })

  test('writes what we read', () => {
    const random = createRandom(SEED + 1)
    let readToo = 0
    for (let i = 0; i < RANDOM_VALUES; i++) {
      const value = valueWrittenByNpm(random, random.int(0, 4))
      const bytes = writtenByNpm(value)
      if (agreed(bytes, `value ${i}`) !== 'OK') expect.fail(`value ${i}: we refuse ${hex(bytes)}`)
      const [wanted, found] = [value, decode(bytes)].map((each) => canonical(sameForNpm(each)))
      if (wanted !== found) expect.fail(`value ${i}: ${wanted} is read as ${found} from ${hex(bytes)}`)
      try {
        const theirs = canonical(sameForNpm(readByNpm(bytes)))
        if (theirs !== found) expect.fail(`value ${i}: npm reads ${theirs}, we ${found}`)
        readToo++
      } catch (error) {
        if (!(error instanceof TypeError || error instanceof RangeError)) throw error
      }
    }
    expect(readToo).toBeGreaterThan(RANDOM_VALUES / 3)
  })

  test.each(NPM_FAULTS)('has the known fault that it writes %s wrongly', (_, value, outcome) => {
    const bytes = writtenByNpm(value)
    if (typeof outcome === 'function') expect(() => readByNpm(bytes)).toThrow(outcome as never)
    else expect(readByNpm(bytes)).toEqual(outcome)
  })

  test.each(NPM_READS)('has the known difference that it reads %s otherwise', (_, value, outcome) => {
    expect(readByNpm(encode(value))).toEqual(outcome)
  })
})

test(`SIMD, scalar and decoder agree about ${RANDOM_CHANGES} random changes of seed ${SEED}`, () => {
  const random = createRandom(SEED + 2)
  const bases = entries<Entry>('flexbuffers').map((entry) => unhex(entry.hex))
  for (let i = 0; i < 300; i++) bases.push(encode(random.value(3, { bytes: true, bigints: true })).slice())
  for (let i = 0; i < 300; i++) bases.push(writtenByNpm(valueWrittenByNpm(random, 3)))
  const small = bases.filter((bytes) => bytes.length < 600)
  let accepted = 0
  for (let i = 0; i < RANDOM_CHANGES; i++) {
    if (agreed(changed(random.pick(small), random), `change ${i}`) === 'OK') accepted++
  }
  // Neither verdict may be left out.
  expect(accepted).toBeGreaterThan(RANDOM_CHANGES / 10)
  expect(accepted).toBeLessThan(RANDOM_CHANGES * 0.9)
})

/** A copy with one to three bytes changed, most of them near the end, where the types are. */
function changed(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = bytes.slice()
  for (let i = random.int(1, 3); i > 0; i--) {
    const back = random.pick([copy.length, Math.min(20, copy.length)])
    const at = copy.length - random.int(1, back)
    copy[at] = random.pick([random.int(0, 255), (copy[at] as number) ^ (1 << random.int(0, 7))])
  }
  return copy
}

describe('a few bytes cannot cost much', () => {
  test.each([20, 26, 40])('%i levels that name each other twice are NODE_LIMIT', (levels) => {
    const bytes = doubled(levels)
    for (const run of [
      () => verdict(simd, bytes),
      () => verdict(scalar, bytes),
      () => agreed(bytes, 'doubled'),
    ]) {
      // Takes 5 ms; test/hostile/linear.test.ts counts the steps.
      expect(run()).toBe('NODE_LIMIT')
    }
  })

  test.each([
    ['one text', 5, 999_996, false, 'OK'],
    ['one key', 4, 999_996, false, 'OK'],
    ['one blob', 25, 999_996, false, 'SIZE_LIMIT'],
    ['one vector', 11, 249_999, false, 'NODE_LIMIT'],
    ['texts that overlap', 5, OVERLAPPING, true, 'SIZE_LIMIT'],
  ])('%s that a megabyte of offsets names ends in its verdict', (_, type, size, overlap, expected) => {
    const bytes = crowded(2_000_000, type, size, overlap)
    expect(agreed(bytes, 'crowded')).toBe(expected)
  })
})
