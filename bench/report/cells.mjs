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
  'target',
  'baseline',
]
/** Columns of text; the others are numbers. */
export const TEXT_COLUMNS = [0, 4, 8, 10, 11]

/** A number in the unit of its case. */
export function amount(value, unit) {
  if (unit === 'ms') return `${value.toFixed(1)} ms`
  if (unit === 'B') return `${value.toFixed(0)} B`
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
  const { atMost, value } = target
  if (value === null) return `${demandText(target, unit)}: not available`
  const figure = atMost === undefined ? value.toFixed(value < 9.995 ? 2 : 1) : amount(value, unit)
  return `${demandText(target, unit)}: ${figure}`
}

/** The same with the verdict. */
export function targetText(target, unit) {
  const verdict = target.isMet === null ? '' : target.isMet ? ' met' : ' MISSED'
  return `${figureText(target, unit)}${verdict}`
}

/** The cells of a row, by COLUMNS. */
export function cellsOf(row) {
  const { name, bytes, unit, times, targets, missing } = row
  const demanded = targets.map((target) => targetText(target, unit)).join('; ')
  if (missing !== null)
    return [name, '', `not available: ${missing}`, '', '', '', '', '', '', '', demanded, '']
  const ours = oursOf(row)
  const best = peerOf(row, 'best')
  const bare = peerOf(row, 'bare')
  const baselines = times.filter(({ role }) => role === 'baseline')
  return [
    name,
    bytes === null ? '' : bytes.toFixed(0),
    amount(ours.median, unit),
    `${amount(ours.p25, unit)}-${amount(ours.p75, unit)}`,
    best.name,
    amount(best.median, unit),
    isLost(row) ? lossOrGain(best.ratio.median) : ratio(best.ratio.median),
    `${ratio(best.ratio.p25)}-${ratio(best.ratio.p75)}`,
    bare === null ? '' : bare.name,
    bare === null ? '' : lossOrGain(bare.ratio.median),
    demanded,
    baselines.map((each) => `${each.name} ${amount(each.median, unit)}`).join('; '),
  ]
}
