/** Doubles are printed and parsed exactly as V8 does it: what leaves JSON is parsed, what becomes JSON is printed. */
import { expect, test } from 'vitest'
import { BAD_NUMBER } from '../../src/kernel/abi.ts'
import { DEFAULT_POLICY } from '../../src/limits.ts'
import type { ValueFormat } from '../../src/payload/format.ts'
import { CBOR_FORMAT, JSON_FORMAT } from '../../src/payload/formats-core.ts'
import { Float64 } from '../../src/payload/values.ts'
import { decimalText, decimalValue } from '../support/decimals.ts'
import { floatTextOf } from '../support/json-text.ts'
import { createRandom, type Random } from '../support/random.ts'
import { hex } from '../support/vectors.ts'
import { byKernel, encoded, FORMATS, isDeep, oracle, scalar, simd } from './support.ts'

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

test(`${DOUBLES} doubles are printed and read back as V8 does it (seed ${SEED})`, () => {
  const random = createRandom(SEED)
  for (let done = 0; done < DOUBLES; done += IN_A_LIST) {
    const values = doubles(random)
    const bytes = cborOf(values)
    const text = byKernel(simd, bytes, CBOR_FORMAT, JSON_FORMAT) as Uint8Array
    const expected = values.map(floatTextOf)
    const printed = Buffer.from(text).toString().slice(1, -1).split(',')
    expect(printed.filter((item, i) => item !== expected[i])).toEqual([])
    expect(printed.length).toBe(expected.length)
    const back = byKernel(simd, text, JSON_FORMAT, CBOR_FORMAT) as Uint8Array
    expect(Buffer.compare(back, bytes) === 0 ? null : [...numbersIn(back)]).toBeNull()
  }
})

function* numbersIn(cbor: Uint8Array): Generator<number> {
  const list = new DataView(cbor.buffer, cbor.byteOffset)
  for (let at = 4; at < cbor.length; at += 9) yield list.getFloat64(at)
}

const DECIMALS = isDeep ? 1_000_000 : 50_000

/** Digits from the first one that is not zero. */
const digitsIn = (text: string): number =>
  text.replace(/e.*/i, '').replace(/\D/g, '').replace(/^0+/, '').length

/**
 * Whether the kernel may leave a number to JavaScript: nineteen digits do not tell, UBJSON wants its text, or MsgPack
 * has no such integer.
 */
function mayBeLeft(text: string, to: ValueFormat): boolean {
  const value = decimalValue(text)
  const isSubnormal = value !== 0 && Math.abs(Number(value)) < 2 ** -1022
  const isBelow = typeof value === 'bigint' && value < -(2n ** 63n)
  return (
    digitsIn(text) > 19 || (isSubnormal && to.name.startsWith('ubjson')) || (isBelow && to.name === 'msgpack')
  )
}

/** The value as another format gets it: an integral decimal with a dot or an exponent stays a float. */
function exactly(text: string): unknown {
  const value = decimalValue(text)
  return Number.isInteger(value) && /[.e]/i.test(text) ? new Float64(value as number) : value
}

test.each([
  ['SIMD', simd],
  ['scalar', scalar],
])(
  `the %s kernel reads ${DECIMALS} decimals as Number does, or leaves them to it (seed ${SEED})`,
  (_, kernel) => {
    const random = createRandom(SEED)
    const targets = FORMATS.filter(({ name }) => name !== 'flexbuffers')
    let parsed = 0
    for (let i = 0; i < DECIMALS; i++) {
      const text = decimalText(random)
      const bytes = new Uint8Array(Buffer.from(text))
      const to = targets[i % targets.length] as ValueFormat
      const result = byKernel(kernel, bytes, JSON_FORMAT, to)
      if (Number.isFinite(Number(text))) {
        if (result === null) {
          expect(mayBeLeft(text, to), `${text} to ${to.name}`).toBe(true)
          continue
        }
        parsed++
        const expected = encoded(to, exactly(text))
        if (Buffer.compare(result, expected) !== 0)
          expect(hex(result), `${text} to ${to.name}`).toBe(hex(expected))
      } else if (
        result !== null ||
        kernel.check(0, bytes.length, JSON_FORMAT.id, 0, DEFAULT_POLICY) !== BAD_NUMBER
      ) {
        expect(result, text).toBe('refused with BAD_NUMBER')
      }
    }
    expect(parsed / DECIMALS).toBeGreaterThan(0.7)
  },
)

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
  // Exactly halfway between two doubles, at the least and at the largest power of ten where that can be.
  ['562949953421312.0625', 562949953421312],
  ['562949953421312.1875', 562949953421312.25],
  ['1e23', 1e23],
  ['9007199254740993e0', 9007199254740992],
  // Twenty digits without a dot, which wrapped at 2^64.
  ['99999999999999999999e-20', 1],
  ['18446744073709551616e-5', 184467440737095.53],
  ['20000000000000000000e-10', 2e9],
  ['36893488147419103232e0', 2 ** 65],
  ['2.0000000000000000001', 2],
])('%s is %d', (text, value) => {
  const bytes = new Uint8Array(Buffer.from(text))
  const result = byKernel(simd, bytes, JSON_FORMAT, CBOR_FORMAT) ?? oracle(bytes, JSON_FORMAT, CBOR_FORMAT)
  expect(new DataView(result.buffer, result.byteOffset).getFloat64(1)).toBe(value)
})
