/**
 * `npm run bench -- [filter...] [--quick] [--json] [--markdown FILE] [--seed N] [--fresh]`: runs the cases
 * whose name has all filters in it. Fails when contenders disagree, a sample was too short for the timer, or
 * a name fits nothing.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { casesOf, lastResult } from './corpus.mjs'
import { BUDGETS, measure, rowOf } from './measure.mjs'
import { ADDONS } from './peers.mjs'
import { COLUMNS, cellsOf, circumstances, line, machineLine, markdownOf, summaryOf } from './report.mjs'

const DEFAULT_SEED = 20261122

const { values: options, positionals: filters } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    markdown: { type: 'string' },
    seed: { type: 'string', default: String(DEFAULT_SEED) },
  },
})

const seed = Number(options.seed)
if (!Number.isSafeInteger(seed)) throw new RangeError(`--seed is an integer, got ${options.seed}`)
const cases = casesOf(seed).filter(({ name }) => filters.every((filter) => name.includes(filter)))
if (cases.length === 0) throw new RangeError(`no case has ${filters.join(' and ')} in its name`)

const facts = circumstances(seed, process.argv.slice(2))
// With --json the standard output holds nothing else.
const print = options.json ? () => {} : console.log
print(machineLine(facts))
for (const [name, isLoaded] of Object.entries(ADDONS)) {
  if (!isLoaded) print(`WARNING: ${name} runs without its native addon, so this is not its best`)
}
print(`\n${line(COLUMNS)}`)

// The garbage of one case is not the next one's burden.
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')

const rows = []
for (const each of cases) {
  collect()
  const built = each.build(!options.fresh)
  const row = rowOf(
    each,
    built,
    measure(built.contenders, built.operations, options.quick ? BUDGETS.quick : BUDGETS.full),
  )
  rows.push(row)
  print(line(cellsOf(row)))
}

print(`\n${summaryOf(rows).join('\n')}`)
if (options.json) console.log(JSON.stringify({ ...facts, rows }, null, 2))
if (options.markdown !== undefined) {
  mkdirSync(dirname(options.markdown), { recursive: true })
  writeFileSync(options.markdown, markdownOf(facts, rows))
}
if (lastResult() === null || rows.some(({ warnings }) => warnings.length > 0)) process.exitCode = 1
