/**
 * `npm test`: set-up, format and lint, strict types, every Vitest suite. Prints what each suite took, and as the last
 * line the counts. With `--deep` the suites run with their full counts and without time limits, and the result is
 * written to test/deep-result.md and docs/reliability.md.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { writeMarked } from './reliability.mjs'
import './setup.mjs'

const RESULTS = 'build/pkg/vitest.json'
const isDeep = process.argv.includes('--deep')
const suites = JSON.parse(readFileSync('test/suites.json', 'utf8'))
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

rmSync(RESULTS, { force: true })
const vitest = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`]
const passed = succeeds('vitest/vitest.mjs', vitest, isDeep ? { WAMP_CODEC_DEEP: '1' } : {})
const seconds = tally()
// Errors outside of any test, for example in a file that does not compile.
if (!passed && counts.failed === 0) check('vitest', false)
for (const [suite, took] of Object.entries(seconds)) {
  const limit = (suites[suite] ?? suites['any other']).suiteSeconds
  console.log(`${suite}: ${took.toFixed(1)} s${isDeep ? '' : ` of ${limit} s`}`)
  if (!isDeep && took > limit) check(`${suite} stays within its ${limit} s`, false)
}
if (isDeep) {
  const [first, ...rest] = report()
  writeFileSync('test/deep-result.md', `# The last deep test\n\n${first}\n${rest.join('\n')}\n`)
  writeMarked('deep', [`${first} Seconds of each suite are in test/deep-result.md.`])
}
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`)
process.exitCode = counts.failed > 0 ? 1 : 0

/** Adds Vitest's counts to ours, lists what was skipped, and returns the seconds of each suite. */
function tally() {
  const seconds = {}
  for (const { name, status, startTime, endTime, assertionResults } of readResults()) {
    const [, suite] = /[\\/]test[\\/](\w+)[\\/]/.exec(name)
    seconds[suite] = (seconds[suite] ?? 0) + (endTime - startTime) / 1000
    const failed = assertionResults.filter((test) => test.status === 'failed').length
    counts.failed += failed
    if (status === 'failed' && failed === 0) check(name, false)
    for (const test of assertionResults) {
      if (test.status === 'passed') counts.passed++
      else if (test.status !== 'failed') {
        counts.skipped++
        console.log(`skipped: ${suite}: ${test.fullName}`)
      }
    }
  }
  return seconds
}

function readResults() {
  try {
    return JSON.parse(readFileSync(RESULTS, 'utf8')).testResults
  } catch {
    return []
  }
}

/** What came of it in one line, and the seconds of each suite as a table. */
function report() {
  const date = new Date().toISOString().slice(0, 10)
  const { passed, failed, skipped } = counts
  return [
    `\`npm run test:deep\` on ${date}, Node ${process.versions.node}: **${passed} passed, ${failed} failed, ${skipped} skipped.**`,
    '',
    '| suite | seconds |',
    '|---|---|',
    ...Object.entries(seconds).map(([suite, took]) => `| ${suite} | ${took.toFixed(0)} |`),
  ]
}
