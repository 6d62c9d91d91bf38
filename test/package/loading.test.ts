/** What a process loads for an entry: few files, because each takes half a millisecond, and only ASCII. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './run.ts'

const read = (file: string): string => readFileSync(join(ROOT, 'dist', file), 'utf8')

/** The files of dist/ that a file imports, directly or not, and itself. */
function loaded(file: string, files: Set<string> = new Set()): Set<string> {
  if (files.has(file)) return files
  files.add(file)
  for (const [, name] of read(file).matchAll(
    /^(?:import|\} from|export .* from)[^'"]*["']\.\/([^'"]+)["'];?$/gm,
  )) {
    loaded(name as string, files)
  }
  return files
}

test.each([
  ['index.js', 5],
  ['core.js', 5],
  ['message.js', 4],
  ['lists.js', 2],
] as const)('%s loads at most %i files', (file, most) => {
  const files = [...loaded(file)]
  expect(files.length, files.join(' ')).toBeGreaterThan(1)
  expect(files.length, files.join(' ')).toBeLessThanOrEqual(most)
})

test('the JavaScript of the package is ASCII: V8 takes twice the time for a module that is not', () => {
  const files = readdirSync(join(ROOT, 'dist')).filter((file) => file.endsWith('.js'))
  expect(files.length).toBeGreaterThan(10)
  expect(files.filter((file) => /[^\0-\x7f]/.test(read(file)))).toEqual([])
})
