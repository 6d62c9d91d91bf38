import { expect, test } from 'vitest'
import { bench, type Quartiles } from './load.ts'

const { clockStep, clockWarnings, loadWarnings } = await bench<{
  clockStep(readings: number, now: () => bigint): number
  clockWarnings(step: number, sampleNs: number): string[]
  loadWarnings(load: number, cores: number): string[]
}>('harness/saturation.mjs')

const { spreadWarnings } = await bench<{
  spreadWarnings(row: { times: readonly { name: string; ratio: Quartiles }[]; best: string | null }): string[]
}>('harness/spread.mjs')

test('a machine with other work is told', () => {
  expect(loadWarnings(1, 2)).toEqual([])
  expect(loadWarnings(3.6, 2)).toEqual(['load average 3.6 on 2 cores: other work takes part'])
})

test('the clock steps by the smallest difference that is not zero', () => {
  const readings = [0n, 0n, 100n, 100n, 140n, 240n]
  let at = 0
  expect(clockStep(readings.length - 1, () => readings[at++] as bigint)).toBe(40)
})

test('samples shorter than a hundred steps of the clock are told', () => {
  expect(clockWarnings(40, 50_000)).toEqual([])
  expect(clockWarnings(1_000_000, 50_000)).toEqual(['the clock steps by 1000000 ns, samples take 50000 ns'])
})

test('rounds that disagree about the best peer are told', () => {
  const row = (p75: number) => ({
    times: [{ name: 'peer', ratio: { p25: 2, median: 2, p75 } }],
    best: 'peer',
  })
  expect(spreadWarnings(row(2.4))).toEqual([])
  expect(spreadWarnings(row(3))).toEqual(['unstable: the middle half of the ratios spreads over 50 %'])
})
