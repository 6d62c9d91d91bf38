/**
 * Contenders of one case -> their times. tinybench takes and judges the samples; the loop around it only lets
 * the contenders take turns, because tinybench runs one task to its end before the next, and on a machine
 * whose speed drifts within seconds that compares two moments rather than two functions.
 */
import { Bench, hrtimeNowTimestampProvider } from 'tinybench'

/** Samples of a contender in one round; tinybench judges saturation from ten on. */
const SAMPLES = 11
/** Rounds that are thrown away: the first ones after the warm-up still compile. */
const DISCARDED = 2
const MIN_ROUNDS = 12
const MAX_ROUNDS = 400
/** Share of the rounds with a warning from which on a case fails. */
const SATURATED = 0.05

/** How long a case is warmed up and measured, in milliseconds. */
export const BUDGETS = { full: { warmUp: 400, measure: 1500 }, quick: { warmUp: 100, measure: 250 } }

/** The shortest sample, in nanoseconds: a thousand times what reading the clock takes. */
const MIN_SAMPLE_NS = 50_000

/**
 * Nanoseconds per operation of every contender, and the ratio of each to ours, round by round: what slows the
 * machine down for a while slows both down.
 */
export function measure(contenders, operations, budget) {
  const samplers = contenders.map((contender) => samplerOf(contender, operations))
  const warmUntil = performance.now() + budget.warmUp
  do for (const { sample } of samplers) sample()
  while (performance.now() < warmUntil)
  for (const { warnings } of samplers) warnings.length = 0

  const rounds = []
  const until = performance.now() + budget.measure
  const isEnough = () => rounds.length >= MAX_ROUNDS || performance.now() > until
  while (rounds.length < MIN_ROUNDS + DISCARDED || !isEnough()) {
    const round = new Array(samplers.length)
    // Another one begins each time: who comes after a wasteful one pays for its garbage.
    for (let i = 0; i < samplers.length; i++) {
      const turn = (i + rounds.length) % samplers.length
      round[turn] = samplers[turn].sample()
    }
    rounds.push(round)
  }
  rounds.splice(0, DISCARDED)
  const times = contenders.map(({ name, role }, i) => {
    return { name, role, operations: samplers[i].length(), ...quartiles(rounds.map((round) => round[i])) }
  })
  const ratios = contenders.map((_, i) => quartiles(rounds.map((round) => round[i] / round[0])))
  // A steady function has eleven equal samples now and then; too coarse a timer gives nothing else.
  const warnings = samplers.flatMap(({ warnings }) =>
    warnings.length > rounds.length * SATURATED ? [`${warnings.length} rounds, ${warnings[0]}`] : [],
  )
  return { times, ratios, rounds: rounds.length, warnings }
}

/** A tinybench task for one contender. `sample` gives nanoseconds per operation: the median of one round. */
function samplerOf({ name, call, prepare }, operations) {
  const bench = new Bench({
    time: 0,
    iterations: SAMPLES,
    warmup: false,
    throws: true,
    timestampProvider: hrtimeNowTimestampProvider,
  })
  let length = operations
  // Samples too short for the timer, or all alike: tinybench says so.
  const warnings = []
  bench.addEventListener('warning', ({ reason }) => warnings.push(`${name}: timer ${reason}`))
  const hooks = prepare === null ? {} : { beforeEach: () => prepare(length) }
  const task = bench.add(name, () => call(length), hooks).getTask(name)
  return {
    warnings,
    length: () => length,
    sample() {
      task.reset(false)
      task.runSync()
      const ns = task.result.latency.p50 * 1e6
      const nsPerOp = ns / length
      // For the next time: functions get faster while they warm up.
      if (ns < MIN_SAMPLE_NS) length = Math.ceil(MIN_SAMPLE_NS / nsPerOp / operations) * operations
      return nsPerOp
    },
  }
}

/** The middle and the spread of some numbers. */
function quartiles(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share) => sorted[Math.round((sorted.length - 1) * share)]
  return { p25: at(0.25), median: at(0.5), p75: at(0.75) }
}

/**
 * The row of a case: ours against the fastest peer. `ratio` is the median of the ratios of single rounds,
 * `ratioOfMedians` what dividing the two printed times gives; where they disagree, the machine was restless.
 */
export function rowOf({ name, target }, { operations, bytes }, { times, ratios, rounds, warnings }) {
  const [ours] = times
  const peers = times.map((time, i) => ({ ...time, ratio: ratios[i] })).filter(({ role }) => role === 'peer')
  const best = peers.reduce((a, b) => (b.median < a.median ? b : a))
  const baselines = Object.fromEntries(
    times.filter(({ role }) => role === 'baseline').map(({ name, median }) => [name, median]),
  )
  const isMet = target === null ? null : best.ratio.median >= target
  const ratioOfMedians = best.median / ours.median
  return {
    name,
    bytes,
    operations,
    rounds,
    ours,
    best,
    peers,
    ratioOfMedians,
    baselines,
    target,
    isMet,
    warnings,
  }
}
