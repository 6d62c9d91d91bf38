/** Tables in the documents that must say what the code says, and the index that must name every document. */
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../src/limits.ts'

const DOCS = resolve(import.meta.dirname, '../../docs')

function read(name: string): string {
  return readFileSync(resolve(DOCS, name), 'utf8')
}

test('docs/options.md has every option with its default, once', () => {
  const rows = [...read('options.md').matchAll(/^\| `(\w+)` \| `?'?([^'`|]+?)'?`? \|/gm)]
  const said = rows.map(([, name, value]) => [name as string, value as string])
  const known = Object.entries(DEFAULT_POLICY).map(([name, value]) => [name, String(value)])
  expect(said.sort()).toEqual(known.sort())
})

test('docs/README.md names every document', () => {
  const named = [...read('README.md').matchAll(/\]\(([a-z-]+\.md)\)/g)].map(([, name]) => name as string)
  const there = readdirSync(DOCS).filter((name) => name.endsWith('.md') && name !== 'README.md')
  expect(there.filter((name) => !named.includes(name))).toEqual([])
})
