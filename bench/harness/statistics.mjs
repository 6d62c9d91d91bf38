/** The arithmetic of the bench: numbers in, numbers out. */

/** The middle and the spread of some numbers; NaN when there are none. */
export function quartiles(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return { p25: quantile(sorted, 0.25), median: quantile(sorted, 0.5), p75: quantile(sorted, 0.75) }
}

/** Between two neighbours it takes the share of both. */
function quantile(sorted, share) {
  const at = (sorted.length - 1) * share
  const low = sorted[Math.floor(at)] ?? Number.NaN
  const high = sorted[Math.ceil(at)] ?? Number.NaN
  return low + (high - low) * (at - Math.floor(at))
}

/** Width of the middle half, as a share of the median. */
export function spreadOf({ p25, median, p75 }) {
  return (p75 - p25) / median
}

/**
 * Ratio of each contender to the first one, round by round: what slows the machine down for a while slows both. Above 1
 * the first one is better.
 */
export function ratiosOf(rounds) {
  return rounds[0].map((_, i) => quartiles(rounds.map((round) => round[i] / round[0])))
}

/** The one with the smallest median; `null` when there is none. */
export function fastestOf(contenders) {
  return contenders.reduce((best, each) => (best === null || each.median < best.median ? each : best), null)
}
