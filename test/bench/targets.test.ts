/** The tables of targets and sets name cases that there are. */
import { expect, test } from 'vitest'
import { bench } from './load.ts'

await bench('setup.mjs')
const { casesOf } = await bench<{ casesOf(seed: number): { name: string }[] }>('jobs/index.mjs')
const { expand, withTarget } = await bench<{ expand(pattern: string): string[]; withTarget(): string[] }>(
  'targets.mjs',
)
const { namedCases } = await bench<{ namedCases(): string[] }>('sets.mjs')

const names = new Set(casesOf(1).map(({ name }) => name))

test('a pattern stands for the names of all its alternatives', () => {
  expect(expand('a')).toEqual(['a'])
  expect(expand('{a,b}-{1,2}')).toEqual(['a-1', 'a-2', 'b-1', 'b-2'])
})

test('every case with a target is there', () => {
  expect(withTarget().filter((name) => !names.has(name))).toEqual([])
})

test('the named set has about 120 cases, which are all there', () => {
  const named = namedCases()
  expect(named.filter((name) => !names.has(name))).toEqual([])
  expect(named.length).toBeGreaterThan(100)
  expect(named.length).toBeLessThan(150)
})
