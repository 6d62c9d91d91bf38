/**
 * `npm run mutate`: makes one small change of meaning at a time (find.ts) in a copy of the project, and runs the tests
 * that reach it (reach.ts) or should notice it (plan.ts), until one fails. Prints a line for each, and the survivors:
 * each needs a test, or a reason why nothing can fail. What plan.ts leaves out is listed there.
 *
 *     --seed N       another sample; 1 unless it is given
 *     --count N      so many mutants, 150 unless it is given
 *     --only GLOB    only files of this path: `src/message/*`, `assembly/**`
 *     --from N       without the first N - 1 of the sample, for a run that was stopped
 *     --quick        without the slowest tests, beyond the first 80 seconds: a survivor is then tried once more without it
 *     --list         prints the sample and tries nothing
 *
 * One run of the tests finds out which of them reach a mutant of src/. They run in batches, the quick ones first, by
 * the times of that run; for the kernel by those of the last `npm test` here, or in the order of the plan. Two mutants
 * are tried at a time, each in a copy of its own. One that hangs is ended after five times the tests' time, and counts
 * as noticed. What is reached is kept in out/ for the next run of the same sample on the same sources.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import typescript from 'typescript'
import { embedKernels } from '../../build/embed-kernels.mjs'
import { importTypeScript } from '../../build/import-typescript.mjs'

const mutate = await importTypeScript('test/mutate/index.ts')
const { apply, createRandom, findMutants, instrument, isAsked, isMutated, reachedBy } = mutate

/** Milliseconds that tests may take whatever their times were, and at most. */
const SLACK = 90_000
const HANGS = 600_000
const KNOWN = 'out/mutate-reached.json'
/** Mutants at a time. */
const LANES = 2
/** The batches of `--quick`. */
const QUICK_BATCHES = 4
/** What Git does not have, and the tests need. */
const MADE = ['dist', 'out/wasm', 'src/generated', 'assembly/generated']

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '150' },
    only: { type: 'string', default: '**' },
    from: { type: 'string', default: '1' },
    quick: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
})

/** Milliseconds of each test file in the last `npm test`, and then in the run that finds what is reached. */
const durations = new Map()
readDurations('out/vitest.json', process.cwd())
const tracked = spawnSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).stdout.split('\0').filter(Boolean)
const tests = tracked.filter((file) => file.endsWith('.test.ts'))
const files = tracked.filter((file) => isMutated(file) && glob(values.only).test(file))
const all = choose(files)
const sample = all.slice(Number(values.from) - 1)
if (values.list) for (const mutant of sample) console.log(nameOf(mutant))
else await tryAll()

/** A glob as a regular expression: `**` is anything, `*` anything but a slash. */
function glob(pattern) {
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll(/\*+/g, (stars) => (stars.length > 1 ? '.*' : '[^/]*'))}$`)
}

/** The sample: sources of the kernel last, because it is built anew for each of them. */
function choose(files) {
  const all = files.flatMap((file) => findMutants(typescript, file, readFileSync(file, 'utf8')))
  const random = createRandom(Number(values.seed))
  const chosen = []
  while (chosen.length < Number(values.count) && all.length > 0) {
    chosen.push(...all.splice(random.int(0, all.length - 1), 1))
  }
  console.log(`${chosen.length} of ${chosen.length + all.length} mutants, seed ${values.seed}`)
  return chosen.sort((a, b) => Number(isKernel(a)) - Number(isKernel(b)))
}

function readDurations(results, folder) {
  const sums = new Map()
  for (const { name, startTime, endTime } of resultsOf(results)) {
    const file = relative(folder, name)
    sums.set(file, (sums.get(file) ?? 0) + endTime - startTime)
  }
  for (const [file, time] of sums) durations.set(file, time)
}

/** A list of Vitest's results, one for each test file. */
function resultsOf(results) {
  return existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')).testResults : []
}

function isKernel({ file }) {
  return file.startsWith('assembly/')
}

function nameOf({ file, line, from, to }) {
  return `${file}:${line}: ${from.replaceAll(/\s+/g, ' ')} -> ${to.replaceAll(/\s+/g, ' ')}`
}

async function tryAll() {
  const folders = Array.from({ length: LANES }, () => mkdtempSync(join(tmpdir(), 'wamp-codec-mutate-')))
  try {
    for (const folder of folders) await fill(folder)
    const reached = namedReached(knownReached() ?? (await findReached(folders[0])))
    const counts = { killed: 0, survived: 0, invalid: 0, unclear: 0 }
    const survivors = []
    const sound = new Set()
    const queue = [...sample]
    const tryNext = async (folder) => {
      for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
        const result = await tryOne(folder, mutant, batchesFor(mutant, reached), sound)
        counts[result.split(/\W/)[0]]++
        console.log(`${result}: ${nameOf(mutant)}`)
        if (result === 'survived') survivors.push(nameOf(mutant))
      }
    }
    await Promise.all(folders.map(tryNext))
    console.log(`\n${survivors.map((name) => `survived: ${name}\n`).join('')}`)
    console.log(
      `${counts.killed} killed, ${counts.survived} survived, ${counts.invalid} do not compile, ${counts.unclear} unclear`,
    )
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }
}

/** Puts a copy of the project into the folder, with the build that mutants get before anything is changed. */
async function fill(folder) {
  for (const path of [...tracked, ...MADE]) cpSync(path, join(folder, path), { recursive: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction')
  if (sample.some(isKernel) && !(await buildKernel(folder))) throw new Error('the kernel cannot be built')
}

/** What an earlier run of the same sample on the same sources has found; its times, too. */
function knownReached() {
  if (!existsSync(KNOWN)) return null
  const { key, reached, times } = JSON.parse(readFileSync(KNOWN, 'utf8'))
  if (key !== sampleKey()) return null
  for (const [file, time] of times) durations.set(file, time)
  return reached
}

/** All that decides what is reached. */
function sampleKey() {
  const hash = createHash('sha256').update(all.map(nameOf).join('\n'))
  for (const file of tracked) if (/^(?:src|test)\//.test(file)) hash.update(readFileSync(file))
  return hash.digest('hex')
}

/** By mutant, not by its number. */
function namedReached(reached) {
  return new Map(reached.map(([number, paths]) => [all[number], paths]))
}

/** The test files that reach each mutant of src/, from a run of all of them with a call at each mutant's place. */
async function findReached(folder) {
  const numbered = all.map((mutant, number) => ({ number, mutant })).filter(({ mutant }) => !isKernel(mutant))
  if (numbered.length === 0) return []
  const files = new Set(numbered.map(({ mutant }) => mutant.file))
  for (const file of files) {
    const mutants = numbered.filter(({ mutant }) => mutant.file === file)
    const recorder = join(folder, 'test/mutate/recorder.mjs')
    writeFileSync(join(folder, file), instrument(readFileSync(file, 'utf8'), mutants, recorder))
  }
  const lines = join(folder, 'out/reached')
  writeFileSync(lines, '')
  const results = join(folder, 'out/reach.json')
  const options = ['run', '--reporter=json', `--outputFile=${results}`, ...tests.filter(isAsked)]
  // Its verdict is not asked: tests of the sources' text see the calls.
  await succeeds(folder, 'node_modules/vitest/vitest.mjs', options, { WAMP_CODEC_REACHED: lines }, 0)
  readDurations(results, folder)
  for (const file of files) writeFileSync(join(folder, file), readFileSync(file, 'utf8'))
  const found = reachedBy(readFileSync(lines, 'utf8').split('\n').filter(Boolean))
  console.log(`${found.size} of ${numbered.length} mutants of src/ are reached`)
  const reached = numbered.map(({ number }) => [
    number,
    (found.get(number) ?? []).map((file) => relative(folder, file)),
  ])
  writeFileSync(KNOWN, JSON.stringify({ key: sampleKey(), reached, times: [...durations] }))
  return reached
}

function batchesFor(mutant, reached) {
  const batches = isKernel(mutant)
    ? mutate.kernelBatches(tests, durations)
    : mutate.sourceBatches(mutant.file, reached.get(mutant), durations)
  return values.quick ? batches.slice(0, QUICK_BATCHES) : batches
}

/**
 * `killed by ...`, `survived`, `invalid` or `unclear ...`. Adds steps to `sound` that fail with a mutant, and without
 * one do not.
 */
async function tryOne(folder, mutant, batches, sound) {
  const file = join(folder, mutant.file)
  const text = readFileSync(mutant.file, 'utf8')
  writeFileSync(file, apply(text, mutant))
  const isBuilt = !isKernel(mutant) || (await buildKernel(folder))
  const failed = isBuilt ? await firstThatFails(folder, batches) : undefined
  writeFileSync(file, text)
  if (!isBuilt) return 'invalid'
  if (failed === undefined) return 'survived'
  if (!sound.has(failed)) {
    if (isKernel(mutant)) await buildKernel(folder)
    // A busy machine may end them, too: one mutant is not worth the run.
    if ((await failureOf(folder, failed.split(' '))) !== null) return `unclear, without it fails ${failed}`
    sound.add(failed)
  }
  return `killed by ${failed}`
}

async function firstThatFails(folder, batches) {
  for (const paths of batches) {
    const failed = await failureOf(folder, paths)
    if (failed !== null) return failed
  }
}

/** The test file that fails; null when all pass. The paths when it is not known, as after a hang. */
async function failureOf(folder, paths) {
  const results = join(folder, 'out/mutate.json')
  rmSync(results, { force: true })
  const cache = [
    '--experimental.fsModuleCache',
    `--experimental.fsModuleCachePath=${join(folder, 'out/cache')}`,
  ]
  const options = ['--bail=1', '--reporter=json', `--outputFile=${results}`, ...cache]
  const args = ['run', ...options, ...paths]
  if (await succeeds(folder, 'node_modules/vitest/vitest.mjs', args, {}, limitOf(paths))) return null
  const failed = resultsOf(results).find(({ status }) => status === 'failed')
  return failed === undefined ? paths.join(' ') : relative(folder, failed.name)
}

/** Milliseconds after which tests hang. */
function limitOf(paths) {
  const times = paths.map((path) => durations.get(path) ?? HANGS)
  return Math.min(HANGS, SLACK + 5 * times.reduce((sum, time) => sum + time, 0))
}

/** Builds the kernels as the tests load them, without the optimiser, which takes most of the time. */
async function buildKernel(folder) {
  const asc = 'node_modules/assemblyscript/bin/asc.js'
  for (const [name, entry] of [
    ['', 'index'],
    ['-core', 'core'],
  ]) {
    for (const build of ['simd', 'scalar']) {
      const target = name === '' ? build : `core-${build}`
      if (!(await succeeds(folder, asc, [`assembly/${entry}.ts`, '--target', target, '-O1']))) return false
    }
  }
  embedKernels(folder)
  return true
}

/**
 * Runs a program of a package. One that takes longer than `limit` milliseconds is ended with all that it has started:
 * Vitest's workers do not end with it. Zero is no limit.
 */
async function succeeds(folder, script, args, more = {}, limit = HANGS) {
  const shared = process.env.WAMP_CODEC_SHARED ?? resolve('../shared')
  const env = { ...process.env, WAMP_CODEC_SHARED: shared, ...more }
  const child = spawn(process.execPath, [script, ...args], {
    cwd: folder,
    env,
    stdio: 'ignore',
    detached: true,
  })
  const hangs = limit === 0 ? undefined : setTimeout(() => process.kill(-child.pid, 'SIGKILL'), limit)
  const [code] = await once(child, 'exit')
  clearTimeout(hangs)
  return code === 0
}
