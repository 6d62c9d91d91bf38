/** Rounds that disagree. */
import { spreadOf } from './statistics.mjs'

/** Share of the median that the middle half of the rounds may take. */
const MAX_SPREAD = 0.25

/** A warning when the rounds of a case disagree about the ratio to the best peer. */
export function spreadWarnings({ times, best }) {
  const peer = times.find(({ name }) => name === best)
  if (peer === undefined) return []
  const spread = spreadOf(peer.ratio)
  return spread > MAX_SPREAD
    ? [`unstable: the middle half of the ratios spreads over ${(spread * 100).toFixed(0)} %`]
    : []
}
