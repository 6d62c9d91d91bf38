/**
 * `npm test`: set-up, format and lint, strict types, every Vitest suite. Prints the seconds of each suite, which decide
 * nothing, and as the last line the counts. With `--deep` the suites, or those that are named, run with their full
 * counts, and the result is written to test/deep-result.md and docs/reliability.md.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import { recordDeep, suites } from './deep-result.mjs'
import './setup.mjs'

const RESULTS = 'out/vitest.json'
const isDeep = process.argv.includes('--deep')
const named = process.argv.slice(2).filter((word) => word !== '--deep')
const unknown = named.find((word) => !suites().includes(word))
if (unknown !== undefined) {
  console.error(`${unknown} is not a suite; the suites are ${suites().join(', ')}`)
  process.exit(2)
}
const counts = { passed: 0, failed: 0, skipped: 0 }

/** Runs a program of a package; true when it succeeds. */
function succeeds(script, args, env = {}) {
  const options = { stdio: 'inherit', env: { ...process.env, ...env } }
  return spawnSync(process.execPath, [`node_modules/${script}`, ...args], options).status === 0
}

function check(name, passed) {
  counts[passed ? 'passed' : 'failed']++
  console.log(`${passed ? 'ok' : 'FAILED'}: ${name}`)
}

check('format and lint', succeeds('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']))
check('types', succeeds('typescript/bin/tsc', []))
check('types of examples/router', succeeds('typescript/bin/tsc', ['-p', 'examples/router']))

rmSync(RESULTS, { force: true })
const vitest = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`]
vitest.push(...named.map((suite) => `test/${suite}/`))
const passed = succeeds('vitest/vitest.mjs', vitest, isDeep ? { WAMP_CODEC_DEEP: '1' } : {})
const runs = tally()
// Errors outside of any test, for example in a file that does not compile; and results that were not written.
if ((!passed || runs.length === 0) && counts.failed === 0) check('vitest', false)
for (const { suite, seconds } of runs) console.log(`${suite}: ${seconds.toFixed(1)} s`)
if (isDeep) {
  const facts = { date: new Date().toISOString().slice(0, 10), Node: process.versions.node }
  recordDeep(runs.map((run) => ({ ...run, ...facts, seconds: run.seconds.toFixed(0) })))
}
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`)
process.exitCode = counts.failed > 0 ? 1 : 0

/** Adds Vitest's counts to ours, lists what was skipped, and returns the counts and the seconds of each suite. */
function tally() {
  const runs = new Map()
  for (const { name, status, startTime, endTime, assertionResults } of readResults()) {
    const [, suite] = relative(process.cwd(), name).split(/[\\/]/)
    const run = runs.get(suite) ?? { suite, passed: 0, failed: 0, skipped: 0, seconds: 0 }
    runs.set(suite, run)
    run.seconds += (endTime - startTime) / 1000
    for (const test of assertionResults) {
      if (test.status === 'passed' || test.status === 'failed') run[test.status]++
      else {
        run.skipped++
        console.log(`skipped: ${suite}: ${test.fullName}`)
      }
    }
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) check(name, false)
  }
  for (const run of runs.values()) for (const count of Object.keys(counts)) counts[count] += run[count]
  return [...runs.values()]
}

function readResults() {
  try {
    return JSON.parse(readFileSync(RESULTS, 'utf8')).testResults
  } catch {
    return []
  }
}
