/** Rows of a job -> what page.js draws. */
import { peerOf } from '../harness/verdict.mjs'
import { amount, figureText } from './cells.mjs'

/** The plot of a job; `null` when none of its rows has a peer. */
export function plotOf(id, rows) {
  const drawn = rows.filter((row) => row.missing === null && peerOf(row, 'best') !== null)
  if (drawn.length === 0) return null
  const noAddon = drawn.map((row) =>
    row.bare === row.best ? null : (peerOf(row, 'bare')?.ratio.median ?? null),
  )
  return {
    id,
    labels: drawn.map(({ name }) => name.slice(id.length + 1)),
    best: drawn.map((row) => peerOf(row, 'best').ratio.median),
    noAddon: noAddon.every((ratio) => ratio === null) ? null : noAddon,
    tips: drawn.map(tipOf),
  }
}

/** Every contender and every target of a row, for the tooltip. */
function tipOf({ times, targets, unit }) {
  const contenders = times.map(({ name, median }) => `${name}: ${amount(median, unit)}`)
  return [...contenders, ...targets.map((target) => `target: ${figureText(target, unit)}`)]
}
