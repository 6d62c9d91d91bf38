import { expect, test } from 'vitest'
import { bench } from './load.ts'

const { DEFAULT_SEED, readArguments, select } = await bench<{
  DEFAULT_SEED: number
  readArguments(args: readonly string[]): Record<string, unknown>
  select<T extends { name: string }>(cases: readonly T[], filters: readonly string[]): T[]
}>('arguments.mjs')

test('without arguments everything runs, in full and with the fixed seed', () => {
  expect(readArguments([])).toMatchObject({
    filters: [],
    quick: false,
    reused: false,
    set: 'all',
    seed: DEFAULT_SEED,
  })
})

test('filters and options may stand in any order', () => {
  const args = ['decode', '--quick', '1k', '--json', 'a.json', '--compare', 'b.json', '--seed', '7']
  expect(readArguments([...args, '--markdown', 'a.md', '--html', 'a.html'])).toMatchObject({
    filters: ['decode', '1k'],
    quick: true,
    seed: 7,
    json: 'a.json',
    compare: 'b.json',
    markdown: 'a.md',
    html: 'a.html',
  })
})

test.each([
  { args: ['--seed', 'x'], message: '--seed is an integer, got x' },
  { args: ['--seed', '1.5'], message: '--seed is an integer, got 1.5' },
  { args: ['--fast'], message: '--fast' },
  { args: ['--set', 'best'], message: '--set is one of all,named, got best' },
  { args: ['--json'], message: '--json' },
])('$args is refused', ({ args, message }) => {
  expect(() => readArguments(args)).toThrow(message)
})

const CASES = ['decode/cbor/1k', 'decode/json/1k', 'encode/cbor/1k', 'encode/cbor/100b'].map((name) => ({
  name,
}))

test.each([
  { filters: [], names: CASES.map(({ name }) => name) },
  { filters: ['cbor', '1k'], names: ['decode/cbor/1k', 'encode/cbor/1k'] },
  { filters: ['json,100b'], names: ['decode/json/1k', 'encode/cbor/100b'] },
])('$filters selects $names', ({ filters, names }) => {
  expect(select(CASES, filters).map(({ name }) => name)).toEqual(names)
})

test('filters that fit nothing are a mistake', () => {
  expect(() => select(CASES, ['cbor', 'yaml'])).toThrow('no case has cbor and yaml in its name')
})
