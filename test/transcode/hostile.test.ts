/**
 * Broken values: every truncation and every changed byte of samples. A transcode either refuses them, as the decoder
 * does, or gives bytes that the checker of the target accepts.
 */
import { describe, expect, test } from 'vitest'
import { WampCodecError } from '../../src/errors.ts'
import { OK } from '../../src/kernel/abi.ts'
import { DEFAULT_POLICY } from '../../src/limits.ts'
import type { ValueFormat } from '../../src/payload/format.ts'
import { Float64 } from '../../src/payload/values.ts'
import { byKernel, encoded, isDeep, oracle, PAIRS, scalar, simd } from './support.ts'

const SAMPLES: readonly unknown[] = [
  [1, -1, 24, 255, 65536, 2 ** 40, -(2 ** 40), 2n ** 63n, -(2n ** 63n), 1.5, new Float64(1), -0, 1e300],
  { a: 'text', 'é\n': [null, true, false], empty: [[], {}, ''], bytes: new Uint8Array([0, 1, 2, 3]) },
  [
    'x',
    'a text that is a little longer than most',
    'snow ☃ and more ☃',
    '"\\\u0001',
    [[[[{ deep: [0.1] }]]]],
  ],
  Array.from({ length: 30 }, (_, i) => ({ i })),
]

/** Values of a byte after the change: near ones, and those that mean something. */
const CHANGES = isDeep
  ? Array.from({ length: 256 }, (_, byte) => byte)
  : [
      0x00, 0x01, 0x1f, 0x22, 0x2c, 0x30, 0x5b, 0x5d, 0x65, 0x7b, 0x7f, 0x80, 0x9f, 0xbf, 0xc1, 0xc4, 0xd8,
      0xdd, 0xf7, 0xff,
    ]

function* broken(sample: Uint8Array): Generator<Uint8Array> {
  for (let length = 0; length < sample.length; length++) yield sample.slice(0, length)
  for (let i = 0; i < sample.length; i++) {
    for (const byte of CHANGES) {
      const changed = sample.slice()
      changed[i] = byte
      yield changed
    }
  }
}

function outcome(run: () => Uint8Array): Uint8Array | null {
  try {
    return run()
  } catch (error) {
    if (error instanceof WampCodecError) return null
    throw error
  }
}

/** The same value: the bytes differ when a key stands there twice, which the decoder does not keep. */
function means(a: Uint8Array, b: Uint8Array, format: ValueFormat): boolean {
  if (Buffer.compare(a, b) === 0) return true
  const value = (bytes: Uint8Array): unknown => format.decode(bytes, 0, bytes.length, DEFAULT_POLICY)
  expect(value(a)).toEqual(value(b))
  return true
}

describe('truncated and changed values', () => {
  test.each(PAIRS.filter(({ to }) => to.name !== 'flexbuffers'))('$name', ({ from, to }) => {
    for (const sample of SAMPLES.map((value) => encoded(from, value))) {
      for (const bytes of broken(sample)) {
        const result = byKernel(simd, bytes, from, to)
        const other = byKernel(scalar, bytes, from, to)
        expect(other === null).toBe(result === null)
        if (result === null || other === null) continue
        if (Buffer.compare(result, other) !== 0) expect(other).toEqual(result)
        const expected = outcome(() => oracle(bytes, from, to))
        expect(expected, `accepted: ${Buffer.from(bytes).toString('hex')}`).not.toBeNull()
        means(result, expected as Uint8Array, to)
        simd.load(result)
        expect(simd.check(0, result.length, to.id, 0, DEFAULT_POLICY)).toBe(OK)
      }
    }
  })
})
