/** What the rows say in a few lines: what is missed, lost and not there yet by name, then the counts. */
import { isLost, oursOf, peerOf } from '../harness/verdict.mjs'
import { amount, figureText } from './cells.mjs'

/** Rows by what became of them. */
export function outcomeOf(rows) {
  const measured = rows.filter(({ missing }) => missing === null)
  const targets = rows.flatMap((row) => row.targets.map((target) => ({ row, target })))
  return {
    measured,
    missing: rows.filter(({ missing }) => missing !== null),
    met: targets.filter(({ target }) => target.isMet === true),
    missed: targets.filter(({ target }) => target.isMet === false),
    open: targets.filter(({ target }) => target.isMet === null),
    lost: measured.filter(isLost),
    beaten: measured.flatMap((row) => beatenBy(row).map((baseline) => ({ row, baseline }))),
    warned: measured.filter(({ warnings, notes }) => warnings.length + notes.length > 0),
  }
}

/** Baselines that check text, as we do, and take less time than our whole operation. */
function beatenBy(row) {
  return row.times.filter(
    ({ name, role, median }) => role === 'baseline' && name.endsWith('utf-8') && median < oursOf(row).median,
  )
}

/** The summary in lines of Markdown. */
export function summaryOf(rows) {
  const { measured, missing, met, missed, open, lost, beaten, warned } = outcomeOf(rows)
  const faster = measured.filter((row) => peerOf(row, 'best') !== null).length - lost.length
  const names = [...new Set(missing.map((row) => row.missing))]
  return [
    `Targets: ${met.length} met, ${missed.length} missed, ${open.length} not measurable yet.`,
    ...missed.map(({ row, target }) => `- missed: ${row.name}, ${figureText(target, row.unit)}`),
    `Against the best peer: ${faster} better, ${lost.length} worse.`,
    ...lost.map(
      (row) => `- lost: ${row.name}, ${peerOf(row, 'best').ratio.median.toFixed(2)} of ${row.best}`,
    ),
    `Plain JavaScript without a message takes less time than our whole operation in ${beaten.length} cases.`,
    ...beaten.map(beatenLine),
    ...names.map(
      (name) => `- not available: ${name}, ${missing.filter((row) => row.missing === name).length} cases`,
    ),
    ...warned.map(({ name, warnings, notes }) => `- WARNING: ${name}: ${[...warnings, ...notes].join(', ')}`),
  ]
}

function beatenLine({ row, baseline }) {
  const times = `${baseline.name} ${amount(baseline.median, row.unit)}, ours ${amount(oursOf(row).median, row.unit)}`
  return `- ${row.name}: ${times}`
}
