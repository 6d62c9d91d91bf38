import { expect, test } from 'vitest'
import { bench, type Quartiles } from './load.ts'

const { fastestOf, quartiles, ratiosOf, spreadOf } = await bench<{
  fastestOf<T extends { median: number }>(contenders: readonly T[]): T | null
  quartiles(values: readonly number[]): Quartiles
  ratiosOf(rounds: readonly (readonly number[])[]): Quartiles[]
  spreadOf(quartiles: Quartiles): number
}>('harness/statistics.mjs')

test.each([
  { values: [3], p25: 3, median: 3, p75: 3 },
  { values: [5, 1, 3], p25: 2, median: 3, p75: 4 },
  { values: [4, 1, 3, 2], p25: 1.75, median: 2.5, p75: 3.25 },
  { values: [10, 9, 1000, 8, 11], p25: 9, median: 10, p75: 11 },
])('the middle of $values is $median, between $p25 and $p75', ({ values, ...expected }) => {
  expect(quartiles(values)).toEqual(expected)
})

test('quartiles leave their values in order', () => {
  const values = [3, 1, 2]
  quartiles(values)
  expect(values).toEqual([3, 1, 2])
})

test('a machine that gets slower changes the times, not the ratios', () => {
  const rounds = [1, 2, 4, 100].map((slowness) => [10 * slowness, 30 * slowness, 5 * slowness])
  expect(ratiosOf(rounds)).toEqual([1, 3, 0.5].map((ratio) => ({ p25: ratio, median: ratio, p75: ratio })))
})

test('the ratio is the median of the ratios, not the ratio of the medians', () => {
  const rounds = [
    [1, 2],
    [10, 20],
    [2, 100],
  ]
  expect(ratiosOf(rounds)[1]?.median).toBe(2)
})

test('the spread is the middle half by the median', () => {
  expect(spreadOf({ p25: 8, median: 10, p75: 13 })).toBe(0.5)
})

test('the fastest one has the smallest median; nobody is faster than nobody', () => {
  const contenders = [{ median: 3 }, { median: 1 }, { median: 2 }]
  expect(fastestOf(contenders)).toBe(contenders[1])
  expect(fastestOf([])).toBeNull()
})
