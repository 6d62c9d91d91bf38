/**
 * Writes the marked tables of docs/reliability.md: what the public corpora came to (`corpora`), from the tests' own
 * run, and what the peers did with the hostile inputs (`peers`), from `npm run hostile:peers`.
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
