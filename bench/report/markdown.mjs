/** Rows -> the page for bench/results, and the lines for the terminal. */
import { COLUMNS, cellsOf, TEXT_COLUMNS } from './cells.mjs'
import { machineLine } from './facts.mjs'
import { summaryOf } from './summary.mjs'

const row = (cells) => `| ${cells.join(' | ')} |`

/** A Markdown table of the rows. */
export function tableOf(rows) {
  return [
    row(COLUMNS),
    row(COLUMNS.map((_, i) => (TEXT_COLUMNS.includes(i) ? '---' : '---:'))),
    ...rows.map((each) => row(cellsOf(each))),
  ]
}

/** The page. `extra` are lines that stand before the table. */
export function markdownOf(facts, rows, extra = []) {
  return [
    '<!-- Written by bench/run.mjs; not edited by hand. -->',
    '# Bench',
    '',
    `${machineLine(facts)}.`,
    '',
    'How to read it: [bench/README.md](../README.md).',
    '',
    ...summaryOf(rows),
    ...extra,
    '',
    ...tableOf(rows),
    '',
  ].join('\n')
}

const WIDTHS = [50, 8, 10, 18, 22, 10, 9, 10, 24, 9, 30, 30]

/** A row for the terminal. */
export function lineOf(cells) {
  return cells
    .map((cell, i) => (TEXT_COLUMNS.includes(i) ? cell.padEnd(WIDTHS[i]) : cell.padStart(WIDTHS[i])))
    .join(' ')
    .trimEnd()
}
