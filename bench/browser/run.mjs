/**
 * `npm run bench:browser`: cases of the bench in Chromium, against the peers there. The named set by default; filters
 * and `--quick`, `--seed`, `--json`, `--markdown` and `--html` are those of `npm run bench`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { readArguments, select } from '../arguments.mjs'
import { progressOn } from '../harness/progress.mjs'
import { loadWarnings } from '../harness/saturation.mjs'
import { COLUMNS, cellsOf } from '../report/cells.mjs'
import { dataOf } from '../report/data.mjs'
import { circumstances, machineLine } from '../report/facts.mjs'
import { htmlOf } from '../report/html.mjs'
import { lineOf, markdownOf } from '../report/markdown.mjs'
import { summaryOf } from '../report/summary.mjs'
import { pageScript } from './bundle.mjs'
import { chromiumVersion, measureInChromium } from './chromium.mjs'
import { JOBS } from './jobs.mjs'

/** As in harness/measure.mjs; by the clock of the wall. */
const BUDGETS = {
  full: { warmUp: 500, measure: 1000, rounds: 10 },
  quick: { warmUp: 200, measure: 250, rounds: 6 },
}
/** Cases in which only json-pack takes part, which is a module of Node. */
const NO_PEER = /^one-field\/decoded\//
/** Nanoseconds: what Chromium lets an isolated page see. */
const CLOCK_STEP = 5000

const args = process.argv.slice(2)
const options = readArguments(args)
const isAll = options.set === 'all' && (options.filters.length > 0 || args.includes('--set'))
const cases = select(
  JOBS.flatMap(({ cases }) => cases(options.seed)).filter(({ name }) => !NO_PEER.test(name)),
  options.filters,
  isAll ? 'all' : 'named',
)
const names = cases.map(({ name }) => name)
if (options.list) console.log(names.join('\n'))
else await bench()

async function bench() {
  const node = circumstances(options.seed, args, CLOCK_STEP)
  const { 'cbor-x': cborX, msgpackr } = node.versions
  const facts = {
    ...node,
    command: node.command.replace('bench --', 'bench:browser --'),
    chromium: chromiumVersion(),
    // Those of the page, which has no addons.
    versions: { 'cbor-x': cborX, msgpackr },
    addons: {},
  }
  const before = loadWarnings()
  console.log(machineLine(facts))
  console.log(`\n${lineOf(COLUMNS)}`)
  const budget = options.quick ? BUDGETS.quick : BUDGETS.full
  const progress = progressOn(process.stderr, names.length)
  progress.show(0, names[0])
  const rows = []
  const { isIsolated, hasRun } = await measureInChromium(
    await pageScript(),
    { seed: options.seed, budget, names },
    (row) => {
      progress.clear()
      rows.push(row)
      console.log(lineOf(cellsOf(row)))
      progress.show(rows.length, names[rows.length] ?? '')
    },
  )
  progress.clear()
  if (!hasRun) throw new Error('nothing ran')
  const after = loadWarnings().map((warning) => `at the end: ${warning}`)
  const coarse = isIsolated ? [] : ['the page is not isolated: its clock steps by 100 us']
  const doubts = [...before, ...after, ...coarse]
  const lines = doubts.map((doubt) => `WARNING: ${doubt}`)
  console.log(`\n${[...summaryOf(rows), ...lines].join('\n')}`)
  const result = { facts: { ...facts, doubts }, rows }
  write(options.json, () => dataOf(result))
  write(options.markdown, () =>
    markdownOf(
      facts,
      rows,
      lines.map((line) => `- ${line}`),
    ),
  )
  write(options.html, () => htmlOf(result, JOBS))
}

function write(file, text) {
  if (file === undefined) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text())
}
