/** What the sources call in the run that finds out which tests reach which mutants (reach.ts). */
import { appendFileSync } from 'node:fs'

const reached = new Set()

/** Writes the number of a mutant and the path of the test file, once for each process. */
export function reachMutant(number) {
  if (reached.has(number)) return
  reached.add(number)
  const file = globalThis.__vitest_worker__?.filepath
  const results = process.env.WAMP_CODEC_REACHED
  if (file !== undefined && results !== undefined)
    appendFileSync(results, `${JSON.stringify([number, file])}\n`)
}
