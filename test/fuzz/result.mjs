/**
 * The record of all runs of the native fuzzer that were made with --record: test/fuzz/result.md, docs/reliability.md.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { writeMarked } from '../../build/reliability.mjs'

const FILE = 'test/fuzz/result.md'
const GOAL = 1e8
/** Programs of the message-level fuzzer. */
const MESSAGE_GOAL = 1e6

const COLUMNS = `| format | executions | of the goal | hours | last run | kernel | findings in that run |
|---|---|---|---|---|---|---|
`

const HEAD = `# Runs of the native fuzzer

\`npm run fuzz -- --record\`: the scalar kernel through wasm2c and libFuzzer, all runs together. The goal is 10^8
executions of each format, and 10^6 programs of \`message\`, without an open finding. The kernel is the first twelve
digits of the SHA-256 of the last run's \`kernel-scalar.wasm\`; what was found on the way, and became a test, is below
the table.

${COLUMNS}`

/** Adds a run to the table. What stands below the table is written by hand and stays. */
export function record(format, { executions, seconds, hash, isFinding }) {
  const text = read()
  const [, table = '', rest = ''] = /\|---\|\n((?:\|.*\n)*)([\s\S]*)$/.exec(text) ?? []
  const rows = new Map()
  for (const line of table.split('\n').filter((row) => row !== '')) {
    const [, name, total, , hours, date, kernel, findings] = line.split('|').map((cell) => cell.trim())
    rows.set(name, { total: Number(total), hours: Number(hours), date, kernel, findings })
  }
  const before = rows.get(format) ?? { total: 0, hours: 0 }
  rows.set(format, {
    total: before.total + executions,
    hours: before.hours + seconds / 3600,
    date: new Date().toISOString().slice(0, 10),
    kernel: hash,
    findings: isFinding ? 1 : 0,
  })
  const lines = [...rows].map(([name, { total, hours, date, kernel, findings }]) => {
    const share = `${Math.floor((total / (name === 'message' ? MESSAGE_GOAL : GOAL)) * 100)} %`
    return `| ${name} | ${total} | ${share} | ${hours.toFixed(2)} | ${date} | ${kernel} | ${findings} |\n`
  })
  writeFileSync(FILE, HEAD + lines.join('') + rest)
  writeMarked('fuzz', (COLUMNS + lines.join('')).trimEnd().split('\n'))
}

function read() {
  try {
    return readFileSync(FILE, 'utf8')
  } catch {
    return ''
  }
}
