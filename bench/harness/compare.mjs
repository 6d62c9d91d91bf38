/** Rows now against the rows of an earlier run. */
import { oursOf, peerOf } from './verdict.mjs'

/**
 * What changed, case by case. Compared is the ratio to the best peer, which bears another machine; where there is no
 * peer, our own number. It only counts as a change when the middle halves of both runs do not overlap.
 */
export function compare(rows, baseline) {
  const before = new Map(baseline.map((row) => [row.name, row]))
  return rows.flatMap((row) => {
    const old = before.get(row.name)
    if (old === undefined || row.missing !== null || old.missing !== null) return []
    const [now, then] = [gainOf(row), gainOf(old)]
    const verdict = now.p25 > then.p75 ? 'better' : now.p75 < then.p25 ? 'worse' : 'same'
    return [
      { name: row.name, before: then.median, after: now.median, change: now.median / then.median, verdict },
    ]
  })
}

/** A number that is larger when we are better. */
function gainOf(row) {
  const best = peerOf(row, 'best')
  if (best !== null) return best.ratio
  const { p25, median, p75 } = oursOf(row)
  return { p25: 1 / p75, median: 1 / median, p75: 1 / p25 }
}

/** The comparison in lines for people, the worst first. */
export function comparisonLines(changes) {
  const count = (verdict) => changes.filter((change) => change.verdict === verdict).length
  const told = changes.filter(({ verdict }) => verdict !== 'same').toSorted((a, b) => a.change - b.change)
  return [
    `Against the baseline: ${count('better')} better, ${count('worse')} worse, ${count('same')} the same.`,
    ...told.map(({ name, change, verdict }) => `- ${verdict}: ${name}, ${change.toFixed(2)} of before`),
  ]
}
