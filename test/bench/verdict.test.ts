import { expect, test } from 'vitest'
import { bench, type Row, type Target } from './load.ts'

interface Contender {
  readonly name: string
  readonly role: string
  readonly addon?: boolean | null
}

const { isLost, missingRow, rowOf } = await bench<{
  isLost(row: Row): boolean
  missingRow(each: object, missing: string): Row
  rowOf(each: object, built: { contenders: readonly Contender[]; bytes: number }, measured: object): Row
}>('harness/verdict.mjs')

const CONTENDERS: readonly Contender[] = [
  { name: 'wamp-codec', role: 'ours' },
  { name: 'fast', role: 'peer', addon: true },
  { name: 'fast, no addon', role: 'peer', addon: null },
  { name: 'slow', role: 'peer', addon: null },
  { name: 'skip', role: 'baseline' },
]

/** The row of a case in which the contenders took so long, in every round. */
function row(times: readonly number[], targets: readonly Target[] = []): Row {
  const each = { name: 'job/case', job: 'job', unit: 'ns', targets }
  const measured = { rounds: [times, times, times], lengths: times.map(() => 1), warnings: [] }
  return rowOf(each, { contenders: CONTENDERS, bytes: 100 }, measured)
}

test('the best peer is the fastest one, with its addon or without; a baseline is none', () => {
  expect(row([10, 20, 30, 40, 1])).toMatchObject({ best: 'fast', bare: 'fast, no addon' })
  expect(row([10, 50, 30, 40, 1])).toMatchObject({ best: 'fast, no addon', bare: 'fast, no addon' })
  expect(row([10, 50, 45, 40, 1])).toMatchObject({ best: 'slow', bare: 'slow' })
})

test('a case is lost when the best peer takes less time', () => {
  expect(isLost(row([10, 20, 30, 40, 1]))).toBe(false)
  expect(isLost(row([10, 9, 30, 40, 1]))).toBe(true)
})

test.each([
  { target: { atLeast: 2, against: 'best' }, value: 2, isMet: true },
  { target: { atLeast: 2.1, against: 'best' }, value: 2, isMet: false },
  { target: { atLeast: 3, against: 'bare' }, value: 3, isMet: true },
  { target: { atLeast: 4, against: 'slow' }, value: 4, isMet: true },
  { target: { atMost: 9 }, value: 10, isMet: false },
  { target: { atMost: 10 }, value: 10, isMet: true },
])('$target is $isMet with the figure $value', ({ target, value, isMet }) => {
  expect(row([10, 20, 30, 40, 1], [target]).targets).toEqual([{ ...target, value, isMet }])
})

test('a target against somebody who does not take part is a mistake', () => {
  expect(() => row([10, 20, 30, 40, 1], [{ atLeast: 2, against: 'nobody' }])).toThrow(
    'job/case: its target names nobody, which does not take part',
  )
})

test('a case whose API is missing has targets that are neither met nor missed', () => {
  const targets = [{ atLeast: 2, against: 'best' }]
  const missing = missingRow({ name: 'job/case', job: 'job', unit: 'ns', targets }, 'FanOut')
  expect(missing).toMatchObject({ missing: 'FanOut', times: [], best: null })
  expect(missing.targets).toEqual([{ ...targets[0], value: null, isMet: null }])
})
