/** The last deep run of each suite, in test/deep-result.md: suites may run by themselves, because all take hours. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { writeMarked } from './reliability.mjs'

const FILE = 'test/deep-result.md'

const COLUMNS = ['suite', 'date', 'Node', 'passed', 'failed', 'skipped', 'seconds']

/** Puts the rows of the suites that have run in the place of their last ones; `runs` are objects with `COLUMNS`. */
export function recordDeep(runs) {
  const rows = new Map(lastRows().map((row) => [row.suite, row]))
  for (const run of runs) rows.set(run.suite, run)
  const all = [...rows.values()].sort((a, b) => (a.suite < b.suite ? -1 : 1))
  const table = [
    `| ${COLUMNS.join(' | ')} |`,
    `|${'---|'.repeat(COLUMNS.length)}`,
    ...all.map((row) => `| ${COLUMNS.map((column) => row[column]).join(' | ')} |`),
  ]
  writeFileSync(FILE, `# The last deep test of each suite\n\n${sentence(all)}\n\n${table.join('\n')}\n`)
  writeMarked('deep', [`${sentence(all)} Each suite's own are in test/deep-result.md.`])
}

function lastRows() {
  if (!existsSync(FILE)) return []
  return readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => /^\| [\w -]+ \| \d{4}-/.test(line))
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim())
      return Object.fromEntries(COLUMNS.map((column, i) => [column, cells[i + 1]]))
    })
}

function sentence(rows) {
  const sum = (column) => rows.reduce((total, row) => total + Number(row[column]), 0)
  const dates = rows.map(({ date }) => date).sort()
  const when = [...new Set([dates[0], dates.at(-1)])].join(' to ')
  const counts = ['passed', 'failed', 'skipped'].map((column) => `${sum(column)} ${column}`).join(', ')
  const missing = suites().filter((suite) => !rows.some((row) => row.suite === suite))
  const rest = missing.length > 0 ? ` Without a whole run in its table: ${missing.join(', ')}.` : ''
  return `\`npm run test:deep\`, ${when}: **${counts}.**${rest}`
}

/** The folders of test/ that have tests. */
export function suites() {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  const names = files.filter((file) => file.endsWith('.test.ts')).map((file) => file.split(/[\\/]/)[0])
  return [...new Set(names)].sort()
}
