/** Rounds of a case -> its row: who won, by how much, and whether the targets are met. */
import { fastestOf, quartiles, ratiosOf } from './statistics.mjs'

/**
 * The row of a case. `contenders` begins with ours; `rounds` has a number for each of them. `best` is the fastest peer
 * of all, `bare` the fastest one without a native addon.
 */
export function rowOf({ name, job, unit, targets }, { contenders, bytes }, { rounds, lengths, warnings }) {
  const ratios = ratiosOf(rounds)
  const times = contenders.map(({ name, role, addon = null }, i) => {
    const numbers = quartiles(rounds.map((round) => round[i]))
    return { name, role, addon, operations: lengths[i], ...numbers, ratio: ratios[i] }
  })
  const peers = times.filter(({ role }) => role === 'peer')
  const best = fastestOf(peers)
  const bare = fastestOf(peers.filter(({ addon }) => addon !== true))
  const row = {
    name,
    job,
    unit,
    bytes,
    rounds: rounds.length,
    times,
    best: best?.name ?? null,
    bare: bare?.name ?? null,
  }
  return { ...row, targets: targets.map((target) => judge(target, row)), warnings, missing: null }
}

/** The row of a case whose API is not there yet. */
export function missingRow({ name, job, unit, targets }, missing) {
  const unmet = targets.map((target) => ({ ...target, value: null, isMet: null }))
  return {
    name,
    job,
    unit,
    bytes: null,
    rounds: 0,
    times: [],
    best: null,
    bare: null,
    targets: unmet,
    warnings: [],
    notes: [],
    missing,
  }
}

/**
 * A target with the figure beside it. `atLeast` is a ratio to the contender that `against` names (`best`, `bare`, its
 * name or that of its library); `atMost` limits our own number in the unit of the case.
 */
function judge(target, row) {
  if (target.atMost !== undefined) {
    const value = oursOf(row).median
    return { ...target, value, isMet: value <= target.atMost }
  }
  const name = { best: row.best, bare: row.bare }[target.against] ?? target.against
  const rival = fastestOf(row.times.filter((time) => time.name === name || libraryOf(time.name) === name))
  if (rival === null) throw new RangeError(`${row.name}: its target names ${name}, which does not take part`)
  const value = rival.ratio.median
  return { ...target, value, isMet: value >= target.atLeast }
}

/** The library of a contender: `cbor-x, no addon` is cbor-x. */
export function libraryOf(name) {
  return name.replace(/, .*$/, '')
}

/** Our own times in a row. */
export function oursOf(row) {
  return row.times[0]
}

/** The time of the peer that the row calls `best` or `bare`; `null` when there is none. */
export function peerOf(row, which) {
  return row.times.find(({ name }) => name === row[which]) ?? null
}

/** True when the best peer is better than we are. */
export function isLost(row) {
  const best = peerOf(row, 'best')
  return best !== null && best.ratio.median < 1
}
