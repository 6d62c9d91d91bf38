/** Cases -> rows: build, prove, measure, judge, one after the other. */
import { collect } from './collect.mjs'
import { measure } from './measure.mjs'
import { prove } from './prove.mjs'
import { repeated } from './repeat.mjs'
import { spreadWarnings } from './spread.mjs'
import { missingRow, rowOf } from './verdict.mjs'

/**
 * The row of a case. Throws when a contender computes something else than the others. `isReused`: Buffers come
 * again.
 */
export async function runCase(each, budget, isReused = false) {
  if (each.missing !== null) return missingRow(each, each.missing)
  const built = await each.build()
  await prove(each.name, built)
  const contenders = built.contenders.map((contender) => repeated(contender, isReused))
  collect()
  const row = rowOf(each, built, await measure(contenders, budget))
  return { ...row, notes: spreadWarnings(row) }
}
