/** A row of the result -> the cells that every report shows, as text. */
import { isLost, oursOf, peerOf } from '../harness/verdict.mjs'

export const COLUMNS = [
  'case',
  'frame B',
  'ours',
  'p25-p75',
  'best peer',
  'peer',
  'ratio',
  'p25-p75',
  'no addon',
  'ratio',
  'baseline',
]
/** Columns of text; the others are numbers. */
export const TEXT_COLUMNS = [0, 4, 8, 10]

/** Columns of a page that also has a run in Chromium, and which of them are text. */
export const CHROMIUM_COLUMNS = ['in Chromium', 'ratio', 'of']
export const CHROMIUM_TEXT_COLUMNS = [2]

/** A number in the unit of its case. */
export function amount(value, unit) {
  if (unit === 'ms') return `${value.toFixed(1)} ms`
  if (unit === 'B') return value < 1e5 ? `${value.toFixed(0)} B` : `${(value / 2 ** 20).toFixed(1)} MiB`
  if (value < 9999.5) return `${value.toFixed(0)} ns`
  return value < 9_999_500 ? `${(value / 1e3).toFixed(1)} us` : `${(value / 1e6).toFixed(1)} ms`
}

/** A ratio with two digits that count. */
export function ratio(value) {
  return value < 9.95 ? value.toFixed(1) : value.toFixed(0)
}

/** A ratio below 1, where one digit would hide a loss, has two decimals. */
function lossOrGain(value) {
  return value < 1 ? `${value.toFixed(2)} LOST` : ratio(value)
}

/** What a target demands: `15 x best`, or `at most 1023 B`. */
export function demandText({ atLeast, atMost, against }, unit) {
  return atMost === undefined ? `${atLeast} x ${against}` : `at most ${amount(atMost, unit)}`
}

/** The same with the figure: `15 x best: 14.2`. */
export function figureText(target, unit) {
  return `${demandText(target, unit)}: ${measuredText(target, unit)}`
}

function measuredText({ atMost, value }, unit) {
  if (value === null) return 'not available'
  return atMost === undefined ? value.toFixed(value < 9.995 ? 2 : 1) : amount(value, unit)
}

/** Columns of the table of targets, and which of them are text. */
export const TARGET_COLUMNS = ['case', 'target', 'measured', 'verdict']
export const TARGET_TEXT_COLUMNS = [0, 1, 3]

/** The rows of that table: each target with what was measured, the missed ones first. */
export function targetCells(rows) {
  const order = [false, null, true]
  return rows
    .flatMap(({ name, unit, targets }) => targets.map((target) => ({ name, unit, target })))
    .toSorted((a, b) => order.indexOf(a.target.isMet) - order.indexOf(b.target.isMet))
    .map(({ name, unit, target }) => [
      name,
      demandText(target, unit),
      measuredText(target, unit),
      target.isMet === null ? '' : target.isMet ? 'met' : 'MISSED',
    ])
}

/** The cells of a row, by COLUMNS. */
export function cellsOf(row) {
  const { name, bytes, unit, times, missing } = row
  if (missing !== null) return [name, '', `not available: ${missing}`, '', '', '', '', '', '', '', '']
  const ours = oursOf(row)
  const baselines = times.filter(({ role }) => role === 'baseline')
  return [
    name,
    bytes === null ? '' : bytes.toFixed(0),
    amount(ours.median, unit),
    `${amount(ours.p25, unit)}-${amount(ours.p75, unit)}`,
    ...peerCells(row),
    baselines.map((each) => `${each.name} ${amount(each.median, unit)}`).join('; '),
  ]
}

/** The cells of the same case in Chromium; `row` is undefined when it was not measured there. */
export function chromiumCells(row) {
  const best = row === undefined ? null : peerOf(row, 'best')
  if (best === null) return ['', '', '']
  return [amount(oursOf(row).median, row.unit), lossOrGain(best.ratio.median), best.name]
}

/** The best peer, the best one without a native addon, and what they take. */
function peerCells(row) {
  const best = peerOf(row, 'best')
  if (best === null) return ['', '', '', '', '', '']
  const bare = peerOf(row, 'bare')
  return [
    best.name,
    amount(best.median, row.unit),
    isLost(row) ? lossOrGain(best.ratio.median) : ratio(best.ratio.median),
    `${ratio(best.ratio.p25)}-${ratio(best.ratio.p75)}`,
    bare === null ? '' : bare.name,
    bare === null ? '' : lossOrGain(bare.ratio.median),
  ]
}
