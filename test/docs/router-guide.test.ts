/** The blocks of docs/router-guide.md are one program, which prints what it says. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const text = readFileSync(resolve(ROOT, 'docs/router-guide.md'), 'utf8')
const blocks = [...text.matchAll(/^```js part\n([\s\S]*?)^```$/gm)].map(([, code]) => code as string)

test('the guide has five steps', () => {
  expect(blocks.length).toBe(5)
})

test('the router itself is about a hundred lines', () => {
  const lines = blocks
    .slice(0, 4)
    .join('')
    .split('\n')
    .filter((line) => line.trim() !== '')
  expect(lines.length).toBeLessThanOrEqual(110)
})

test('the steps together are a router that prints what the guide says', () => {
  const folder = resolve(ROOT, 'out')
  mkdirSync(folder, { recursive: true })
  const file = resolve(folder, 'router-guide.mjs')
  const code = blocks.join('\n')
  writeFileSync(file, code)
  try {
    const printed = execFileSync(process.execPath, [file], { cwd: ROOT, encoding: 'utf8' })
    const said = [...code.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, line]) => line)
    expect(said.length).toBe(3)
    expect(printed.trimEnd().split('\n')).toEqual(said)
  } finally {
    rmSync(file)
  }
})
