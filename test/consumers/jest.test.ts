/** The packed package in jest, whose tests are CommonJS unless it is told otherwise: the ways of docs/installing.md. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { ROOT } from '../package/run.ts'

const HERE = import.meta.dirname
const FOLDER = join(ROOT, 'out/jest')
const FILES = ['jest.transform.cjs', 'jest.config.cjs']

const document = readFileSync(join(ROOT, 'docs/installing.md'), 'utf8')
const blocks = [...document.matchAll(/^```cjs\n([\s\S]*?)^```$/gm)].map(([, code]) => code as string)

beforeEach(() => {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, 'package.json'), '{ "private": true }')
  symlinkSync(join(HERE, 'node_modules'), join(FOLDER, 'node_modules'), 'junction')
})
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }))

/** Runs jest with one of fixtures/jest/ as the only test; returns the counts. */
function jest(fixture: string, env: Readonly<Record<string, string>> = {}): Record<string, unknown> {
  copyFileSync(join(HERE, 'fixtures/jest', fixture), join(FOLDER, 'program.test.js'))
  const args = [join(HERE, 'node_modules/jest/bin/jest.js'), '--json', '--testTimeout=60000']
  const options = { cwd: FOLDER, encoding: 'utf8', env: { ...process.env, ...env } } as const
  const { numPassedTests, success } = JSON.parse(
    execFileSync(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'ignore'] }),
  ) as Record<string, unknown>
  return { numPassedTests, success }
}

const MODULES = { NODE_OPTIONS: '--experimental-vm-modules' }

test('import() works with --experimental-vm-modules', () => {
  expect(jest('import.js', MODULES)).toEqual({ numPassedTests: 1, success: true })
})

const [major, minor] = process.versions.node.split('.').map(Number) as [number, number]
const canRequire = major > 24 || (major === 24 && minor >= 9)
test.skipIf(!canRequire)('require works with --experimental-vm-modules from Node 24.9 on', () => {
  expect(jest('require.js', MODULES)).toEqual({ numPassedTests: 1, success: true })
})

test('require works with the two files of docs/installing.md', () => {
  expect(blocks.length).toBe(FILES.length)
  for (const [i, file] of FILES.entries()) writeFileSync(join(FOLDER, file), blocks[i] as string)
  expect(jest('require.js')).toEqual({ numPassedTests: 1, success: true })
})
