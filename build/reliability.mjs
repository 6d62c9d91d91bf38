/**
 * Writes the marked places of docs/reliability.md: `npm run hostile:peers` what other libraries did with the hostile
 * inputs; `npm run fuzz` and `npm run soak` with `--record`, and `npm run test:deep`, their last results. The table of
 * the corpora is written by hand and held against their results by test/hostile/corpora.test.ts.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const DOCUMENT = 'docs/reliability.md'

/** Puts lines between the markers of a name. */
export function writeMarked(name, lines) {
  const begin = `<!-- ${name}: generated -->`
  const end = `<!-- ${name}: end -->`
  const document = readFileSync(DOCUMENT, 'utf8')
  const from = document.indexOf(begin)
  const to = document.indexOf(end)
  if (from < 0 || to < from) throw new Error(`${DOCUMENT} lacks the markers of ${name}`)
  writeFileSync(
    DOCUMENT,
    `${document.slice(0, from + begin.length)}\n\n${lines.join('\n')}\n\n${document.slice(to)}`,
  )
}
