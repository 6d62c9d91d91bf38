/**
 * The package's declarations, after TypeScript has written them: specifiers get the ending that files of the package
 * have, and what no entry leads to is left out.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { posix } from 'node:path'
import { ENTRIES } from './entries.mjs'
import { TARGETS } from './targets.mjs'

const SPECIFIER = /(from |import\()(['"])(\.[^'"]*)\.ts\2/g

/** Finishes the declarations in a folder. */
export function finishDeclarations(folder) {
  const targets = Object.values(TARGETS).map(({ source }) => `targets/${source}`)
  const kept = new Set([...ENTRIES.map(({ source }) => source), ...targets].map((source) => `${source}.d.ts`))
  for (const file of kept) {
    const text = readFileSync(`${folder}/${file}`, 'utf8')
    for (const [, , , path] of text.matchAll(SPECIFIER)) {
      kept.add(`${posix.join(posix.dirname(file), path)}.d.ts`)
    }
    writeFileSync(`${folder}/${file}`, text.replaceAll(SPECIFIER, '$1$2$3.js$2'))
  }
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = name.replaceAll('\\', '/')
    if (file.endsWith('.d.ts') && !kept.has(file)) rmSync(`${folder}/${file}`)
  }
}
