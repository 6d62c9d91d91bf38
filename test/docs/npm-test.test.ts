/**
 * `npm test` fails when a check fails, and when there are no results to count: build/test.mjs in a folder where the
 * programs that it runs are stand-ins.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const SCRIPT = resolve(import.meta.dirname, '../../build/test.mjs')
const PROGRAMS = {
  biome: 'node_modules/@biomejs/biome/bin/biome',
  tsc: 'node_modules/typescript/bin/tsc',
  vitest: 'node_modules/vitest/vitest.mjs',
}

let folder: string

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wamp-codec-npm-test-'))
  write('package.json', '{ "type": "module" }')
  write('build/setup.mjs', '')
  write('build/deep-result.mjs', 'export const suites = () => []\nexport const recordDeep = () => {}\n')
  mkdirSync(join(folder, 'out'))
  cpSync(SCRIPT, join(folder, 'build/test.mjs'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The exit code and the last line, when Vitest writes these results and ends with this code. */
function outcome(
  results: string | null,
  code: number,
  tsc: number = 0,
): [status: number | null, last: string] {
  const program = [`process.exitCode = ${code}`]
  if (results !== null) {
    const save = `writeFileSync('out/vitest.json', ${JSON.stringify(results)})`
    program.unshift("import { writeFileSync } from 'node:fs'", save)
  }
  write(PROGRAMS.vitest, program.join('\n'))
  write(PROGRAMS.biome, '')
  write(PROGRAMS.tsc, `process.exitCode = ${tsc}\n`)
  const { status, stdout } = spawnSync(process.execPath, ['build/test.mjs'], {
    cwd: folder,
    encoding: 'utf8',
  })
  return [status, stdout.trimEnd().split('\n').at(-1) as string]
}

const FILE = { name: join('test', 'unit', 'a.test.ts'), status: 'passed', startTime: 0, endTime: 1000 }
const GOOD = JSON.stringify({
  testResults: [{ ...FILE, assertionResults: [{ status: 'passed', fullName: 'it works' }] }],
})
const BAD = JSON.stringify({
  testResults: [
    { ...FILE, status: 'failed', assertionResults: [{ status: 'failed', fullName: 'it works' }] },
  ],
})

test.each([
  ['succeeds when all is well', GOOD, 0, 0, 0, '4 passed, 0 failed'],
  ['fails with a test that fails', BAD, 1, 0, 1, '3 passed, 1 failed'],
  ['fails when types are wrong', GOOD, 0, 1, 1, '2 passed, 2 failed'],
  ['fails when Vitest fails outside of any test', GOOD, 1, 0, 1, '4 passed, 1 failed'],
  ['fails when Vitest succeeds and has written no results', null, 0, 0, 1, '3 passed, 1 failed'],
  ['fails when Vitest succeeds and its results cannot be read', '{"testRes', 0, 0, 1, '3 passed, 1 failed'],
  ['fails when Vitest succeeds and has run nothing', '{"testResults":[]}', 0, 0, 1, '3 passed, 1 failed'],
])('npm test %s', (_, results, vitest, tsc, status, last) => {
  expect(outcome(results, vitest, tsc)).toEqual([status, last])
})
