/**
 * The JavaScript in the documents works, and prints what it says: the comment behind each `console.log` is the line
 * that it prints. The blocks marked `js` run as files of their own, with the built package under its own name; those
 * marked `js no-run`, which need more than is in them, are only parsed. What is marked otherwise is tested elsewhere:
 * `js client` in test/clients, `js part` in router-guide.test.ts, `ts` in test/types, `cjs` in test/consumers.
 */
import { execFileSync, spawnSync } from 'node:child_process'
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

function blocksOf(kind: string): readonly Block[] {
  return DOCUMENTS.flatMap((file): Block[] => {
    const text = readFileSync(resolve(ROOT, file), 'utf8')
    const found = [...text.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))]
    return found.map(([, code], i) => ({ name: `${file} ${kind} block ${i + 1}`, code: code as string }))
  })
}

const blocks = blocksOf('js')

/** Runs `use` with a file of this code, in a folder where the package is found; then it is gone. */
function withFile({ name, code }: Block, use: (file: string) => void): void {
  const folder = resolve(ROOT, 'out')
  mkdirSync(folder, { recursive: true })
  const file = resolve(folder, `${name.replaceAll(/\W/g, '-')}.mjs`)
  writeFileSync(file, code)
  try {
    use(file)
  } finally {
    rmSync(file)
  }
}

test('the README has code, and at most 150 lines', () => {
  expect(blocks.filter(({ name }) => name.startsWith('README.md')).length).toBeGreaterThan(2)
  expect(readFileSync(resolve(ROOT, 'README.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(151)
})

test.each(blocks)('$name prints what it says', (block) => {
  withFile(block, (file) => {
    const { code } = block
    const before = code.includes('new WebSocket(') ? ['--import', BROWSER] : []
    const printed = execFileSync(process.execPath, [...before, file], { cwd: ROOT, encoding: 'utf8' })
    const said = [...code.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, line]) => line)
    expect(printed === '' ? [] : printed.trimEnd().split('\n')).toEqual(said)
  })
})

test.each(blocksOf('js no-run'))('$name is JavaScript', (block) => {
  withFile(block, (file) => {
    const { status, stderr } = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })
})

const KINDS = ['js', 'js no-run', 'js client', 'js part', 'ts', 'cjs', 'text']

test.each(DOCUMENTS)('every block of %s is of a kind that is tested', (file) => {
  const text = readFileSync(resolve(ROOT, file), 'utf8')
  const marks = [...text.matchAll(/^```(.+)$/gm)].map(([, kind]) => kind as string)
  expect(marks.filter((kind) => !KINDS.includes(kind))).toEqual([])
})

test.each(DOCUMENTS)('the links of %s lead to files', (file) => {
  const text = readFileSync(resolve(ROOT, file), 'utf8')
  const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => target as string)
  const missing = targets.filter((target) => !existsSync(resolve(ROOT, file, '..', target)))
  expect(missing).toEqual([])
})
