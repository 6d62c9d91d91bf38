/**
 * Runs of numbers in lists (src/payload/binary/numbers.ts): at the end of the window, of the bytes and of the limits.
 */
import { describe, expect, test } from 'vitest'
import { ProtocolError } from '../../../src/errors.ts'
import { decode, encode } from './formats.ts'

/** The reader has so many bytes at once. */
const WINDOW = 65_536

const RUNS: readonly (readonly [what: string, numbers: readonly number[]])[] = [
  ['small integers', [0, 1, 23, 24, 127, 128, 255]],
  ['integers of all widths', [256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, 1]],
  ['negative integers', [-1, -24, -25, -32, -33, -128, -129, -32_768, -32_769, -(2 ** 31), 3]],
  ['floats', [0.5, -1e300, 5e-324, 1.25, Math.PI]],
  ['integers and floats', [1, 2, 0.5, 3, -4, 1e9]],
  ['floats and integers', [0.5, 1, 2.5, -3, 4]],
]

describe.each(['cbor', 'msgpack'] as const)('%s', (format) => {
  test.each(RUNS)('%s are read wherever the window ends', (_, numbers) => {
    // A text in front of it moves the run over the end.
    for (let length = WINDOW - 320; length < WINDOW + 20; length++) {
      const value = ['a'.repeat(length), [...numbers, ...numbers]]
      const read = decode(format, encode(format, value))
      if (JSON.stringify(read) !== JSON.stringify(value)) expect(read).toEqual(value)
    }
    expect(decode(format, encode(format, numbers))).toEqual(numbers)
  })

  test.each(RUNS)('%s that end too early are refused', (_, numbers) => {
    const bytes = encode(format, [numbers, 1])
    for (let length = 1; length < bytes.length; length++) {
      expect(() => decode(format, bytes.subarray(0, length))).toThrow(ProtocolError)
    }
  })

  test.each(RUNS)('%s are counted', (_, numbers) => {
    const bytes = encode(format, [numbers])
    expect(decode(format, bytes, { maxNodes: numbers.length + 2 })).toEqual([numbers])
    expect(() => decode(format, bytes, { maxNodes: numbers.length + 1 })).toThrow('more than')
  })

  test('an integer beyond 2^53 in a run is a BigInt', () => {
    const numbers = [1, 2, 2n ** 53n + 1n, 3, -(2n ** 60n), 4]
    expect(decode(format, encode(format, numbers))).toEqual(numbers)
  })

  test('what is no number ends a run', () => {
    const value = [1, 2, null, 3, 'four', [5, 6, 7, 8, true]]
    expect(decode(format, encode(format, value))).toEqual(value)
  })
})
