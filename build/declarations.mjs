/**
 * The package's declarations, after TypeScript has written them: specifiers get the ending that files of the package
 * have, and what no entry leads to is left out.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { posix } from 'node:path'
import { ENTRIES } from './entries.mjs'
import { TARGETS } from './targets.mjs'

const SPECIFIER = /(from |import\()(['"])(\.[^'"]*)\.[tj]s\2/g

/** The declarations in a folder that some of them lead to, and these. */
export function reachable(folder, files) {
  const found = new Set(files)
  for (const file of found) {
    for (const [, , , path] of readFileSync(`${folder}/${file}`, 'utf8').matchAll(SPECIFIER)) {
      found.add(`${posix.join(posix.dirname(file), path)}.d.ts`)
    }
  }
  return found
}

/** Finishes the declarations in a folder. */
export function finishDeclarations(folder) {
  const targets = Object.values(TARGETS).map(({ source }) => `targets/${source}`)
  const sources = [...ENTRIES.map(({ source }) => source), ...targets]
  const kept = reachable(
    folder,
    sources.map((source) => `${source}.d.ts`),
  )
  for (const file of kept) {
    const text = readFileSync(`${folder}/${file}`, 'utf8')
    writeFileSync(`${folder}/${file}`, text.replaceAll(SPECIFIER, '$1$2$3.js$2'))
  }
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = name.replaceAll('\\', '/')
    if (file.endsWith('.d.ts') && !kept.has(file)) rmSync(`${folder}/${file}`)
  }
}
