/**
 * `npm run bench`: runs the cases whose name has all filters in it. Fails when contenders disagree, a sample was too
 * short for the timer, or a name fits nothing. bench/README.md tells how to read what it prints.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { readArguments, select, USAGE } from './arguments.mjs'
import { MIN_SAMPLE_NS } from './harness/clock.mjs'
import { compare, comparisonLines } from './harness/compare.mjs'
import { BUDGETS } from './harness/measure.mjs'
import { progressOn } from './harness/progress.mjs'
import { lastResult } from './harness/repeat.mjs'
import { runCase } from './harness/run-cases.mjs'
import { clockStep, clockWarnings, loadWarnings } from './harness/saturation.mjs'
import { casesOf, JOBS } from './jobs/index.mjs'
import { ADDONS } from './peers/index.mjs'
import { COLUMNS, cellsOf, demandText } from './report/cells.mjs'
import { dataOf } from './report/data.mjs'
import { circumstances, machineLine } from './report/facts.mjs'
import { htmlOf } from './report/html.mjs'
import { lineOf, markdownOf } from './report/markdown.mjs'
import { summaryOf } from './report/summary.mjs'

const warn = (doubt) => `WARNING: ${doubt}`
const args = process.argv.slice(2)
const options = readArguments(args)
if (options.help) console.log(USAGE)
else {
  const cases = select(casesOf(options.seed), options.filters, options.set)
  if (options.list) list(cases)
  else await bench(cases)
}

function list(cases) {
  for (const { name, targets, missing, unit } of cases) {
    const demands = targets.map((target) => demandText(target, unit))
    console.log([name, ...demands, ...(missing === null ? [] : [`(not available: ${missing})`])].join('  '))
  }
}

async function bench(cases) {
  const baseline = read(options.compare)
  const step = clockStep()
  const facts = circumstances(options.seed, args, step)
  const doubts = [...loadWarnings(), ...clockWarnings(step, MIN_SAMPLE_NS), ...addonWarnings()]
  console.log(machineLine(facts))
  for (const doubt of doubts) console.log(warn(doubt))
  console.log(`\n${lineOf(COLUMNS)}`)

  const rows = await runAll(cases)
  const after = loadWarnings().map((warning) => `at the end: ${warning}`)
  const changes = baseline === null ? [] : comparisonLines(compare(rows, baseline.rows))
  console.log(`\n${[...summaryOf(rows), ...after.map(warn), ...changes].join('\n')}`)

  const result = { facts: { ...facts, doubts: [...doubts, ...after] }, rows }
  const extra = [...result.facts.doubts.map((doubt) => `- ${warn(doubt)}`), ...changes]
  write(options.json, () => dataOf(result))
  write(options.markdown, () => markdownOf(facts, rows, extra))
  write(options.html, () => htmlOf(result, JOBS, read(options.chromium)))
  if (rows.some(({ warnings }) => warnings.length > 0)) process.exitCode = 1
}

async function runAll(cases) {
  const progress = progressOn(process.stderr, cases.length)
  const rows = []
  for (const each of cases) {
    progress.show(rows.length, each.name)
    const row = await runCase(each, options.quick ? BUDGETS.quick : BUDGETS.full, options.reused)
    rows.push(row)
    progress.clear()
    console.log(lineOf(cellsOf(row)))
  }
  // Also what makes the results of all operations matter to an optimiser.
  if (lastResult() === null && rows.some(({ unit, missing }) => unit === 'ns' && missing === null))
    throw new Error('nothing ran')
  return rows
}

function addonWarnings() {
  return Object.entries(ADDONS)
    .filter(([, isLoaded]) => !isLoaded)
    .map(([name]) => `${name} runs without its native addon, so this is not its best`)
}

/** The result in a file; null without one. */
function read(file) {
  return file === undefined ? null : JSON.parse(readFileSync(file, 'utf8'))
}

function write(file, text) {
  if (file === undefined) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text())
}
