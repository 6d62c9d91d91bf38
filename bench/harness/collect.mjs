/** The garbage of one case is not the next one's burden. In a page bench/browser/collect.mjs takes its place. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let gc = null

export function collect() {
  gc ??= garbageCollector()
  gc()
}

function garbageCollector() {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc')
}
