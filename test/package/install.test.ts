/** Tests of build/install.mjs: when the packages of a folder are installed again. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { npm, ROOT } from './run.ts'

const { isInstalled } = (await import(pathToFileURL(join(ROOT, 'build/install.mjs')).href)) as {
  isInstalled(folder: string): boolean
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wamp-codec-install-'))
  mkdirSync(join(folder, 'node_modules'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(file: string, packages: object): void {
  writeFileSync(join(folder, file), JSON.stringify({ lockfileVersion: 3, packages }))
}

const A = { version: '1.0.0', integrity: 'sha512-a' }
const B = { version: '2.0.0', integrity: 'sha512-b', optional: true }
const ROW = 'node_modules/a'
const OPTIONAL = 'node_modules/b'

test.each<[string, boolean, object, object]>([
  ['the same is', true, { [ROW]: A }, { [ROW]: A }],
  ['a package of another platform is missing', true, { [ROW]: A, [OPTIONAL]: B }, { [ROW]: A }],
  ['another version is', false, { [ROW]: { ...A, version: '1.0.1' } }, { [ROW]: A }],
  ['another content is', false, { [ROW]: { ...A, integrity: 'sha512-c' } }, { [ROW]: A }],
  ['a package is missing', false, { [ROW]: A, 'node_modules/c': A }, { [ROW]: A }],
  ['more is', false, { [ROW]: A }, { [ROW]: A, 'node_modules/c': A }],
])('where %s installed, that is as wanted: %s', (_, isAsWanted, wanted, installed) => {
  write('package-lock.json', { '': { name: 'x' }, ...wanted })
  write('node_modules/.package-lock.json', installed)
  expect(isInstalled(folder)).toBe(isAsWanted)
})

test('nothing is installed where npm has written nothing down', () => {
  write('package-lock.json', { '': { name: 'x' } })
  expect(isInstalled(folder)).toBe(false)
})

test('what npm has installed here is known as that', () => {
  expect(isInstalled(ROOT)).toBe(true)
})

test('npm start works, and says what to look at next', async () => {
  const printed = await npm(ROOT, 'start', '--silent')
  expect(printed).toContain('examples/session/session.jsonl')
})
