/**
 * The record of the last soak that was made with --record: test/soak/result.md, and its line in docs/reliability.md.
 */
import { writeFileSync } from 'node:fs'
import { writeMarked } from '../../build/reliability.mjs'

const HEAD = `# The last soak

\`npm run soak -- --record\`: mixed traffic of a router in all serializers, with eager and deferred validation. Heap and
buffers may breathe by 2 MiB, the kernel's memory by nothing, after the first quarter of the messages.

`

/** `first` is the memory after the first quarter, `largest` the most of what came later; in words. */
export function record({ seconds, messages, decoded, first, largest, isFlat }) {
  const date = new Date().toISOString().slice(0, 10)
  const verdict = isFlat ? 'flat' : 'FAILED'
  const count = messages.toLocaleString('en')
  const lines = [
    '| date | Node | seconds | messages out | payloads decoded | after a quarter | at most, later | |',
    '|---|---|---|---|---|---|---|---|',
    `| ${date} | ${process.versions.node} | ${seconds} | ${count} | ${decoded} | ${first} | ${largest} | ${verdict} |`,
  ]
  writeFileSync('test/soak/result.md', `${HEAD}${lines.join('\n')}\n`)
  writeMarked('soak', lines)
}
