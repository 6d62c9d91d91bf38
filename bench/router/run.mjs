/**
 * `npm run bench:router`: the example router with our codec, and with JSON, msgpackr and cbor-x in its place, by turns.
 * First without sockets, then over loopback. Exits with 1 when a target is missed.
 */
import { parseArgs } from 'node:util'
import { DEFAULT_SEED } from '../arguments.mjs'
import { quartiles } from '../harness/statistics.mjs'
import { CASES } from './cases.mjs'
import { LANES, routerOf } from './lane.mjs'
import { overSockets } from './sockets.mjs'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(DEFAULT_SEED) },
    quick: { type: 'boolean', default: false },
  },
})
const seed = Number(values.seed)
const ROUNDS = values.quick ? 7 : 31
/** Nanoseconds of the processor that a round takes at least: its clock counts in microseconds. */
const LEAST = 20e6

let isMissed = false
const rows = [['case', 'way', ...LANES.map((lane) => `${lane}, us`), 'ratio', '']]
for (const { name, atLeast, ways } of CASES) {
  const sums = LANES.map(() => 0)
  for (const way of ways) {
    const lanes = []
    for (const lane of LANES) {
      const work = way.build(await routerOf(lane), seed)
      work.prove()
      lanes.push(work)
    }
    const medians = measure(lanes)
    for (const [i, median] of medians.entries()) sums[i] += median / ways.length
    rows.push([
      name,
      way.name,
      ...medians.map(inMicroseconds),
      `${(medians[1] / medians[0]).toFixed(2)}x`,
      '',
    ])
  }
  const ratio = sums[1] / sums[0]
  isMissed ||= ratio < atLeast
  const verdict = `${ratio < atLeast ? 'MISSED' : 'ok'}: at least ${atLeast}x`
  rows.push([name, 'all', ...sums.map(inMicroseconds), `${ratio.toFixed(2)}x`, verdict])
}
console.log(
  `Node ${process.versions.node}, processor time of an operation, median of ${ROUNDS} rounds by turns\n`,
)
print(rows)
console.log('\nOver loopback sockets, router and clients in one process: events a second, as they are\n')
print(await overSockets(seed, values.quick ? 3 : 9))
process.exitCode = isMissed ? 1 : 0

/** The processor time of one operation in each lane, in nanoseconds: the median of rounds by turns. */
function measure(lanes) {
  const repeats = lanes.map((work) => {
    for (let i = 0; i < 5; i++) timeOf(work)
    return Math.max(1, Math.ceil(LEAST / (timeOf(work) * work.count)))
  })
  const rounds = lanes.map(() => [])
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, work] of lanes.entries()) {
      let sum = 0
      for (let repeat = 0; repeat < repeats[i]; repeat++) sum += timeOf(work)
      rounds[i].push(sum / repeats[i])
    }
  }
  return rounds.map((times) => quartiles(times).median)
}

/** Nanoseconds of the processor for one operation; those of the collector count. */
function timeOf(work) {
  const prepared = work.prepare()
  const before = process.cpuUsage()
  work.run(prepared)
  const { user, system } = process.cpuUsage(before)
  return ((user + system) * 1000) / work.count
}

function inMicroseconds(nanoseconds) {
  return (nanoseconds / 1000).toFixed(2)
}

function print(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  for (const line of lines)
    console.log(
      line
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
}
