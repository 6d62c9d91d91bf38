/**
 * The JavaScript in the documents works, and prints what it says: the comment behind each `console.log` is the line that
 * it prints. The blocks run as files of their own, with the built package under its own name. Blocks marked `ts` need
 * other packages or servers, and are not run.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const BROWSER = pathToFileURL(resolve(import.meta.dirname, 'browser.mjs')).href

interface Block {
  readonly name: string
  readonly code: string
}

const DOCUMENTS: readonly string[] = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...readdirSync(resolve(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

const blocks = DOCUMENTS.flatMap((file): Block[] => {
  const text = readFileSync(resolve(ROOT, file), 'utf8')
  const found = [...text.matchAll(/^```js\n([\s\S]*?)^```$/gm)]
  return found.map(([, code], i) => ({ name: `${file} block ${i + 1}`, code: code as string }))
})

test('the README has code, and at most 150 lines', () => {
  expect(blocks.filter(({ name }) => name.startsWith('README.md')).length).toBeGreaterThan(2)
  expect(readFileSync(resolve(ROOT, 'README.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(151)
})

test.each(blocks)('$name prints what it says', ({ name, code }) => {
  const folder = resolve(ROOT, 'out')
  mkdirSync(folder, { recursive: true })
  const file = resolve(folder, `${name.replaceAll(/\W/g, '-')}.mjs`)
  writeFileSync(file, code)
  try {
    const before = code.includes('new WebSocket(') ? ['--import', BROWSER] : []
    const printed = execFileSync(process.execPath, [...before, file], {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: 30_000,
    })
    const said = [...code.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, line]) => line)
    expect(printed === '' ? [] : printed.trimEnd().split('\n')).toEqual(said)
  } finally {
    rmSync(file)
  }
})

test.each(DOCUMENTS)('the links of %s lead to files', (file) => {
  const text = readFileSync(resolve(ROOT, file), 'utf8')
  const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => target as string)
  const missing = targets.filter((target) => !existsSync(resolve(ROOT, file, '..', target)))
  expect(missing).toEqual([])
})
