import { expect, test } from 'vitest'
import { bench, type Row } from './load.ts'

interface Change {
  readonly name: string
  readonly before: number
  readonly after: number
  readonly change: number
  readonly verdict: string
}

const { compare, comparisonLines } = await bench<{
  compare(rows: readonly Row[], baseline: readonly Row[]): Change[]
  comparisonLines(changes: readonly Change[]): string[]
}>('harness/compare.mjs')

/** A row with a ratio to its best peer, give or take a tenth. */
function row(name: string, ratio: number, fields: Partial<Row> = {}): Row {
  const around = (value: number) => ({ p25: value * 0.9, median: value, p75: value * 1.1 })
  const times = [
    { name: 'wamp-codec', role: 'ours', ...around(100), ratio: around(1) },
    { name: 'peer', role: 'peer', ...around(100 * ratio), ratio: around(ratio) },
  ]
  const base = { job: 'job', unit: 'ns', bytes: 1, bare: 'peer', targets: [], warnings: [], notes: [] }
  return { name, times, best: 'peer', missing: null, ...base, ...fields }
}

test('a change counts only where the middle halves do not overlap', () => {
  const before = [row('a', 2), row('b', 2), row('c', 2)]
  const changes = compare([row('a', 3), row('b', 2.2), row('c', 1.5)], before)
  expect(changes.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(['a better', 'b same', 'c worse'])
  expect(changes[0]).toMatchObject({ before: 2, after: 3, change: 1.5 })
})

test('without a peer our own number is compared, and less is better', () => {
  const alone = (name: string, ours: number): Row => {
    const { times, ...rest } = row(name, 1, { best: null, bare: null })
    const quartiles = { p25: ours * 0.9, median: ours, p75: ours * 1.1 }
    return { ...rest, times: times.slice(0, 1).map((time) => ({ ...time, ...quartiles })) }
  }
  expect(compare([alone('a', 50)], [alone('a', 100)])[0]).toMatchObject({ verdict: 'better', change: 2 })
})

test('cases that only one side has, or that could not run, are left out', () => {
  const missing = row('c', 2, { missing: 'FanOut', times: [], best: null })
  expect(compare([row('a', 2), missing], [row('b', 2), row('c', 2)])).toEqual([])
})

test('the worst change is told first', () => {
  const before = [row('a', 2), row('b', 2), row('c', 2)]
  expect(comparisonLines(compare([row('a', 4), row('b', 1), row('c', 2)], before))).toEqual([
    'Against the baseline: 1 better, 1 worse, 1 the same.',
    '- worse: b, 0.50 of before',
    '- better: a, 2.00 of before',
  ])
})
