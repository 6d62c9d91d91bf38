/**
 * Contenders of one case -> their rounds. tinybench takes and judges the samples; the loop around it only lets the
 * contenders take turns, because tinybench runs one task to its end before the next, and on a machine whose speed
 * drifts within seconds that compares two moments rather than two functions.
 */
import { Bench } from 'tinybench'
import { MIN_SAMPLE_NS, processorTime, timestamps } from './clock.mjs'

/** Samples of a contender in one round; tinybench judges saturation from ten on. */
const SAMPLES = 11
/** Times as many operations as before that a sample may get at once. */
const MAX_GROWTH = 100
/** A round of a slow contender has fewer, so that it takes no longer than this. */
const MAX_ROUND_NS = 20e6
/** Rounds that are thrown away: the first ones after the warm-up still compile. */
const DISCARDED = 2
const MAX_ROUNDS = 400
/** Share of the rounds with a warning from which on a case fails. */
const SATURATED = 0.05

/**
 * How long a case is warmed up and measured, in milliseconds of the processor, so that code is as warm on a busy
 * machine as on a quiet one, and its fewest rounds. `processes` are the rounds of a case whose contenders are processes
 * of their own.
 */
export const BUDGETS = {
  full: { warmUp: 400, measure: 1500, rounds: 12, processes: 7 },
  quick: { warmUp: 200, measure: 250, rounds: 6, processes: 3 },
}

/**
 * The rounds of a case: in each a number for every contender, in nanoseconds per operation or in what a contender with
 * a `sample` of its own gives. `lengths` are the operations of a sample.
 */
export async function measure(contenders, budget) {
  if (contenders[0].sample !== undefined) return measureProcesses(contenders, budget.processes)
  const samplers = contenders.map(samplerOf)
  const warmUntil = processorTime() + budget.warmUp
  do for (const { sample } of samplers) await sample()
  while (processorTime() < warmUntil)
  for (const { warnings } of samplers) warnings.length = 0

  const rounds = []
  const until = processorTime() + budget.measure
  const isEnough = () => rounds.length >= MAX_ROUNDS || processorTime() > until
  while (rounds.length < budget.rounds + DISCARDED || !isEnough())
    rounds.push(await roundOf(samplers, rounds.length))
  rounds.splice(0, DISCARDED)
  // A steady function has equal samples now and then; too coarse a timer gives nothing else.
  const warnings = samplers.flatMap(({ warnings }) =>
    warnings.length > rounds.length * SATURATED ? [`${warnings.length} rounds, ${warnings[0]}`] : [],
  )
  return { rounds, lengths: samplers.map(({ length }) => length()), warnings }
}

/** One number for every contender. */
async function roundOf(samplers, number) {
  const round = new Array(samplers.length)
  // Another one begins each time: who comes after a wasteful one pays for its garbage.
  for (let i = 0; i < samplers.length; i++) {
    const turn = (i + number) % samplers.length
    round[turn] = await samplers[turn].sample()
  }
  return round
}

async function measureProcesses(contenders, count) {
  const rounds = []
  for (let i = 0; i < count; i++) rounds.push(await roundOf(contenders, i))
  return { rounds, lengths: contenders.map(() => 1), warnings: [] }
}

/** A tinybench task for one contender. `sample` gives nanoseconds per operation: the median of one round. */
function samplerOf({ name, call, prepare, isAsync = false }) {
  const bench = new Bench({
    time: 0,
    iterations: SAMPLES,
    warmup: false,
    throws: true,
    timestampProvider: timestamps,
  })
  let length = 1
  // Samples too short for the timer, or all alike: tinybench says so.
  const warnings = []
  bench.addEventListener('warning', ({ reason }) => warnings.push(`${name}: timer ${reason}`))
  const hooks = prepare === null ? {} : { beforeEach: () => prepare(length) }
  const task = bench.add(name, () => call(length), { ...hooks, async: isAsync }).getTask(name)
  return {
    warnings,
    length: () => length,
    async sample() {
      task.reset(false)
      await (isAsync ? task.run() : task.runSync())
      const ns = task.result.latency.p50 * 1e6
      const nsPerOp = ns / length
      // For the next time: functions get faster while they warm up.
      if (ns < MIN_SAMPLE_NS) {
        // A coarse clock may have seen nothing at all.
        const wanted = Math.min(Math.ceil((1.2 * MIN_SAMPLE_NS) / nsPerOp), MAX_GROWTH * length)
        length = Math.max(length + 1, wanted)
      }
      bench.iterations = Math.max(1, Math.min(SAMPLES, Math.floor(MAX_ROUND_NS / ns)))
      return nsPerOp
    },
  }
}
