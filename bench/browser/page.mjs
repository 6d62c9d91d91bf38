/** Runs in the page: measures the cases that `/plan` names, and posts each row to `/row`. */
import { lastResult } from '../harness/repeat.mjs'
import { runCase } from '../harness/run-cases.mjs'
import { JOBS } from './jobs.mjs'

async function main() {
  const { seed, budget, names } = await (await fetch('/plan')).json()
  const wanted = new Set(names)
  for (const each of JOBS.flatMap(({ cases }) => cases(seed))) {
    if (!wanted.has(each.name)) continue
    // Targets name peers of Node.js.
    await post('/row', await runCase({ ...each, targets: [] }, budget))
  }
  await post('/end', { isIsolated: crossOriginIsolated, hasRun: lastResult() !== null })
}

function post(path, value) {
  return fetch(path, { method: 'POST', body: JSON.stringify(value) })
}

main().catch((error) => post('/failed', String(error.stack)))
