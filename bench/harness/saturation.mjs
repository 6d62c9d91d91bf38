/** Reasons not to trust a number: a busy machine, a coarse clock. */
import { availableParallelism, loadavg } from 'node:os'

/** Share of the shortest sample that one step of the clock may take. */
const MAX_STEP = 0.01

/** Load of the last minute, and what it means here. */
export function loadWarnings(load = loadavg()[0], cores = availableParallelism()) {
  return load > cores * 0.75
    ? [`load average ${load.toFixed(1)} on ${cores} cores: other work takes part`]
    : []
}

/** The smallest step of the clock that is seen, in nanoseconds. */
export function clockStep(readings = 2000, now = process.hrtime.bigint) {
  let smallest = Number.POSITIVE_INFINITY
  let before = now()
  for (let i = 0; i < readings; i++) {
    const after = now()
    if (after > before) smallest = Math.min(smallest, Number(after - before))
    before = after
  }
  return smallest
}

/** A warning when samples of `sampleNs` are too short for such a clock. */
export function clockWarnings(step, sampleNs) {
  return step > sampleNs * MAX_STEP ? [`the clock steps by ${step} ns, samples take ${sampleNs} ns`] : []
}
