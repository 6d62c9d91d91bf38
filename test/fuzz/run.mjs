/**
 * `npm run fuzz [format ...] [-- --seconds N]`: the native fuzzer on these formats, or on all of them; `programs` are
 * sequences of calls, `diff` is the differential fuzzer in V8, `readers` and `writers` those of payload values,
 * `message` the one of programs on live messages. Prints a line for each; the exit code is 1 when there is a finding,
 * whose bytes stay in out/fuzz/FORMAT/findings. Further options:
 *
 *     --executions N    so many inputs of each format in the native fuzzer, however long that takes
 *     --seed N    the same random choices each time
 *     --fresh     without the corpus of earlier runs: with --seed, the same run each time
 *     --install   as root: installs with apt what is missing
 *     --keep      afterwards writes the minimised corpus to test/fuzz/seeds
 *     --record    adds the executions to test/fuzz/result.md
 *     --planted   with a mistake in the harness, which must be found
 *     --programs N   of `message`: so many programs, whatever time they take
 *     --program N    of `message`: this one alone, or with `--from M` those from M to N
 */
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { importTypeScript } from '../../build/import-typescript.mjs'
import { fuzzMessages } from './message/run.mjs'
import { buildFuzzer, provideTools } from './native/build.mjs'
import { fuzz, minimise } from './native/session.mjs'
import { record } from './result.mjs'

const { NATIVE_TARGETS, MAX_SEED, readSeeds, variants, writeSeeds } =
  await importTypeScript('test/fuzz/seeds.ts')
/** Bytes that the seeds of one format may have in the repository. */
const MAX_BYTES = 120_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    executions: { type: 'string' },
    seed: { type: 'string' },
    fresh: { type: 'boolean', default: false },
    install: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    planted: { type: 'boolean', default: false },
    programs: { type: 'string' },
    program: { type: 'string' },
    from: { type: 'string' },
  },
})
const seconds = Number(values.seconds)
/** The fuzzers that are tests, and run for a time. */
const TESTS = { diff: 'differential', readers: 'readers', writers: 'writers' }
const known = [...NATIVE_TARGETS, ...Object.keys(TESTS), 'message']
const wanted = positionals.length === 0 ? known : positionals
const unknown = wanted.find((name) => !known.includes(name))
if (unknown !== undefined || !(seconds > 0)) {
  console.error(
    `usage: npm run fuzz [${known.join('|')} ...] -- [--seconds N] [--seed N] [--keep] [--record]`,
  )
  process.exit(2)
}

const formats = wanted.filter((name) => NATIVE_TARGETS.includes(name))
let failed = false
if (formats.length > 0) {
  const advice = provideTools(values.install || process.env.CI !== undefined)
  if (advice === null) await native()
  else console.log(`skipped: the native fuzzer: ${advice}`)
}
for (const [name, file] of Object.entries(TESTS)) {
  if (wanted.includes(name)) failed = !passes(file) || failed
}
if (wanted.includes('message')) failed = !(await fuzzMessages(values)) || failed
process.exitCode = failed ? 1 : 0

async function native() {
  const { program, hash } = await buildFuzzer(values.planted ? 2 : 0)
  for (const format of formats) {
    const seeds = readSeeds(format)
    const { executions: wanted, seed = null, fresh: isFresh } = values
    const run = { executions: wanted, seconds, seed, maxLength: MAX_SEED, seeds, isFresh }
    const started = performance.now()
    const result = await fuzz(program, format, run)
    const took = (performance.now() - started) / 1000
    const { executions, perSecond, features, corpus, finding } = result
    const what = finding === null ? 'no finding' : 'A FINDING'
    console.log(
      `${format}: ${executions} executions, ${perSecond} a second, ${features} features, ` +
        `${corpus} seeds in the corpus, ${what}`,
    )
    if (finding !== null) console.log(finding)
    failed ||= finding !== null
    if (values.record) record(format, { executions, seconds: took, hash, isFinding: finding !== null })
    if (values.keep) keep(program, format, seeds)
  }
}

/** Writes the minimised corpus; the shared data takes part where it is. */
function keep(program, format, seeds) {
  const all = minimise(program, format, { seeds, more: variants(format), maxLength: MAX_SEED })
  all.sort((a, b) => a.length - b.length)
  let bytes = 0
  const few = all.filter((seed) => {
    bytes += seed.length + 2
    return bytes <= MAX_BYTES
  })
  const size = writeSeeds(format, few)
  console.log(`${format}: ${few.length} of ${all.length} seeds kept, ${size} bytes`)
}

function passes(file) {
  const args = ['node_modules/vitest/vitest.mjs', 'run', `test/fuzz/${file}.test.ts`]
  const env = {
    ...process.env,
    WAMP_CODEC_DIFFERENTIAL_SECONDS: values.seconds,
    // Vitest ends no test of a deep run.
    WAMP_CODEC_DEEP: '1',
    WAMP_CODEC_FUZZ_SEED: values.seed ?? '',
  }
  return spawnSync(process.execPath, args, { stdio: 'inherit', env }).status === 0
}
