/** Tests of src/payload/json/number-text.ts. Oracle: JSON.stringify. */
import { expect, test } from 'vitest'
import { createRandom } from '../../../support/random.ts'
import { shown } from '../formats.ts'

/** Numbers around the limits of what is written digit by digit. */
const NUMBERS = [
  ...[9, 10, 99, 1e3, 1e4, 99_999, 1e5, 1e6, 1e7, 1e8, 999_999_999, 1e9, 2 ** 31, 2 ** 32, 2 ** 53, 1e21],
  ...[0.5, 0.1, 0.000001, 0.0000015, 1e-7, 0.1 + 0.2, 1.000001, 1.0000001, 999_999_999.999999, 999_999_999.5],
  ...[
    0.999999,
    0.9999999,
    1.005,
    123456.789012,
    4.35,
    5e-324,
    1.7976931348623157e308,
    1e9 + 0.5,
    0.30000000000000004,
  ],
]

test.each(NUMBERS)('%d and its negative are written as JSON.stringify does', (value) => {
  expect(shown('json', [value, -value])).toBe(JSON.stringify([value, -value]))
})

test('100,000 random decimals are written as JSON.stringify does', () => {
  const random = createRandom(6317)
  for (let i = 0; i < 1000; i++) {
    const values = Array.from({ length: 100 }, () => {
      const value = random.int(-1e15, 1e15) * 10 ** random.int(-21, -3)
      return random.int(0, 2) === 0 ? value : Number(value.toFixed(random.int(0, 8)))
    }).filter((value) => !Object.is(value, -0))
    expect(shown('json', values)).toBe(JSON.stringify(values))
  }
})

test('100,000 random integers up to 2^53 are written as JSON.stringify does', () => {
  const random = createRandom(7193)
  for (let i = 0; i < 1000; i++) {
    const values = Array.from({ length: 100 }, () => {
      // Every third one near a multiple of 10^9, where the halves meet.
      if (random.int(0, 2) === 0) return random.int(1, 9_007_199) * 1e9 + random.int(-2, 3)
      return random.int(0, 2) === 0 ? random.int(0, 2 ** 53) : random.int(-(2 ** 53), 0)
    }).filter((value) => !Object.is(value, -0))
    expect(shown('json', values)).toBe(JSON.stringify(values))
  }
})
