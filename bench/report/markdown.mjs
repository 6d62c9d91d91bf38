/** Rows -> the page for bench/results, and the lines for the terminal. */
import { COLUMNS, cellsOf, TARGET_COLUMNS, TARGET_TEXT_COLUMNS, TEXT_COLUMNS, targetCells } from './cells.mjs'
import { machineLine } from './facts.mjs'
import { summaryOf } from './summary.mjs'

const row = (cells) => `| ${cells.join(' | ')} |`

/** A Markdown table. `textColumns` are those that are not numbers. */
function tableOf(columns, textColumns, rows) {
  return [
    row(columns),
    row(columns.map((_, i) => (textColumns.includes(i) ? '---' : '---:'))),
    ...rows.map(row),
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
    ...tableOf(COLUMNS, TEXT_COLUMNS, rows.map(cellsOf)),
    '',
    '## Targets',
    '',
    ...tableOf(TARGET_COLUMNS, TARGET_TEXT_COLUMNS, targetCells(rows)),
    '',
  ].join('\n')
}

const WIDTHS = [50, 8, 10, 18, 22, 10, 9, 10, 24, 9, 30]

/** A row for the terminal. */
export function lineOf(cells) {
  return cells
    .map((cell, i) => (TEXT_COLUMNS.includes(i) ? cell.padEnd(WIDTHS[i]) : cell.padStart(WIDTHS[i])))
    .join(' ')
    .trimEnd()
}
