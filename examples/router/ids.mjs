/** Random ids. An id that can be guessed lets a stranger unsubscribe, cancel or impersonate. */
import { randomFillSync } from 'node:crypto'

const WORDS = new Uint32Array(1024)
let at = WORDS.length

/** A random id from 1 to 2^53, all of them equally likely. */
export function randomId() {
  if (at === WORDS.length) {
    // One system call for 512 ids.
    randomFillSync(WORDS)
    at = 0
  }
  const high = /** @type {number} */ (WORDS[at++]) >>> 11
  const low = /** @type {number} */ (WORDS[at++])
  return high * 2 ** 32 + low + 1
}
