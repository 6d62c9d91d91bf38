/** Doubles are printed and parsed exactly as V8 does it: CBOR to JSON prints them, JSON to CBOR parses them. */
import { expect, test } from 'vitest'
import { CBOR_FORMAT, JSON_FORMAT } from '../../src/payload/format.ts'
import { createRandom, type Random } from '../support/random.ts'
import { byKernel, isDeep, oracle, simd } from './support.ts'

const DOUBLES = isDeep ? 10_000_000 : 1_000_000
const IN_A_LIST = 1000
const SEED = 4_002

const view = new DataView(new ArrayBuffer(8))

function ofBits(high: number, low: number): number {
  view.setUint32(0, high >>> 0)
  view.setUint32(4, low >>> 0)
  return view.getFloat64(0)
}

const word = (random: Random): number => random.int(0, 0xffff_ffff)

/** Kinds of doubles, each a way to go wrong. */
const KINDS: readonly ((random: Random) => number)[] = [
  // Any bits.
  (random) => ofBits(word(random), word(random)),
  (random) => ofBits(word(random), word(random)),
  // Short decimals.
  (random) => random.int(-999_999, 999_999) / 10 ** random.int(0, 8),
  (random) => Number(`${random.int(1, 99_999)}e${random.int(-330, 303)}`),
  // Powers of two and their neighbours, where intervals are not symmetric.
  (random) => ofBits(random.int(0, 2046) << 20, random.int(0, 2)),
  (random) => ofBits((random.int(0, 2046) << 20) | 0xfffff, 0xffff_ffff - random.int(0, 2)),
  // Subnormal.
  (random) => ofBits(random.int(0, 0xfffff), word(random)),
  // Integral ones, up to where all are.
  (random) => random.int(-(2 ** 32), 2 ** 32) * 2 ** random.int(0, 40),
  (random) => word(random) * 2 ** random.int(-64, 64),
  // The edges of the notations.
  (random) => random.pick([1e-7, 1e-6, 1e-5, 1e15, 1e16, 1e17, 1e21, 2 ** 53, 5e-324]) * random.int(1, 9),
]

function doubles(random: Random): number[] {
  return Array.from({ length: IN_A_LIST }, (_, i) => {
    const value = (KINDS[i % KINDS.length] as (random: Random) => number)(random)
    return Number.isFinite(value) ? value : 0
  })
}

/** A list of floats of 64 bits in CBOR. */
function cborOf(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(3 + values.length * 9)
  const out = new DataView(bytes.buffer)
  out.setUint8(0, 0x99)
  out.setUint16(1, values.length)
  for (const [i, value] of values.entries()) {
    out.setUint8(3 + i * 9, 0xfb)
    out.setFloat64(4 + i * 9, value)
  }
  return bytes
}

/** Floats in JSON: V8's text, and where that has no fraction Python's, which shows that it is a float. */
function textOf(value: number): string {
  if (!Number.isInteger(value)) return String(value)
  if (Object.is(value, -0)) return '-0.0'
  return Math.abs(value) < 1e16 ? `${value}.0` : value.toExponential()
}

test(`${DOUBLES} doubles are printed and read back as V8 does it (seed ${SEED})`, () => {
  const random = createRandom(SEED)
  for (let done = 0; done < DOUBLES; done += IN_A_LIST) {
    const values = doubles(random)
    const bytes = cborOf(values)
    const text = byKernel(simd, bytes, CBOR_FORMAT, JSON_FORMAT) as Uint8Array
    const expected = `[${values.map(textOf)}]`
    if (Buffer.from(text).toString() !== expected) {
      expect(Buffer.from(text).toString().split(',')).toEqual(expected.split(','))
    }
    const back = byKernel(simd, text, JSON_FORMAT, CBOR_FORMAT) as Uint8Array
    if (Buffer.compare(back, bytes) !== 0) expect([...numbersIn(back)]).toEqual(values)
  }
})

function* numbersIn(cbor: Uint8Array): Generator<number> {
  const list = new DataView(cbor.buffer, cbor.byteOffset)
  for (let at = 4; at < cbor.length; at += 9) yield list.getFloat64(at)
}

/** Decimals that nobody printed: more digits than needed, fewer, and halfway between two doubles. */
function decimalOf(random: Random): string {
  const digits = (count: number): string => Array.from({ length: count }, () => random.int(0, 9)).join('')
  const value = (KINDS[random.int(0, KINDS.length - 1)] as (random: Random) => number)(random)
  const isNumber = Number.isFinite(value)
  const choice = random.int(0, 4)
  if (choice === 0 && isNumber) return value.toExponential(random.int(1, 25))
  if (choice === 1 && isNumber && value !== 0)
    return value.toPrecision(random.int(2, 25)).replace(/^(-?\d+)$/, '$1.0')
  // Exactly halfway between two floats of 53 bits.
  if (choice === 2)
    return `${2n ** 53n + 2n * BigInt(random.int(0, 2 ** 40)) + 1n}.${'0'.repeat(random.int(1, 4))}`
  return `${random.int(1, 9)}.${digits(random.int(1, 24))}e${random.int(-345, 300)}`
}

const DECIMALS = isDeep ? 1_000_000 : 50_000

test(`${DECIMALS} other decimals are parsed as V8 does it, or left to it (seed ${SEED})`, () => {
  const random = createRandom(SEED)
  let parsed = 0
  for (let i = 0; i < DECIMALS; i++) {
    const text = decimalOf(random)
    const bytes = new Uint8Array(Buffer.from(text))
    const result = byKernel(simd, bytes, JSON_FORMAT, CBOR_FORMAT)
    if (result === null) {
      // More than nineteen digits, or what is beyond a double when it is rounded: only then.
      if (Number.isFinite(Number(text)))
        expect(text.replace(/e.*/, '').replace(/\D/g, '').length, text).toBeGreaterThan(19)
      continue
    }
    parsed++
    expect(new DataView(result.buffer).getFloat64(1), text).toBe(Number(text))
  }
  expect(parsed / DECIMALS).toBeGreaterThan(0.95)
})

test.each([
  ['0.0', 0],
  ['-0', -0],
  ['-0.0e5', -0],
  ['1e-400', 0],
  ['2.4703282292062327e-324', 0],
  ['2.4703282292062328e-324', 5e-324],
  ['1.7976931348623157e308', Number.MAX_VALUE],
  ['1.7976931348623158e308', Number.MAX_VALUE],
  ['9007199254740993.0', 9007199254740992],
  ['0.000000000000000000000000000001', 1e-30],
  ['100000000000000000000000.0', 1e23],
  ['8.98846567431158e307', 8.98846567431158e307],
])('%s is %d', (text, value) => {
  const bytes = new Uint8Array(Buffer.from(text))
  const result = byKernel(simd, bytes, JSON_FORMAT, CBOR_FORMAT) ?? oracle(bytes, JSON_FORMAT, CBOR_FORMAT)
  expect(new DataView(result.buffer, result.byteOffset).getFloat64(1)).toBe(value)
})
