/** The built package in every runtime: all serializers there and back, by createCodec and by loadCodec. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as api from '../../src/index.ts'
import { ROOT } from '../package/run.ts'
import { ALLOWS_WASM, hasChromium, modulePage, visit } from '../support/chromium.ts'
import { expected } from './expected.ts'
import { FIXTURES, RUNTIMES, run, WORKERD } from './run.ts'

const ENTRY = pathToFileURL(join(ROOT, 'dist/index.js')).href

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wamp-codec-runtimes-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('what is expected says that messages come back', () => {
  const { created } = expected(api)
  expect(created.length).toBe(9)
  expect(created.map(([, comesBack]) => comesBack)).toEqual(created.map(() => true))
  expect(created.map((answer) => answer[2])).toEqual(created.map(() => [36, 7, 2 ** 53]))
})

test.each(Object.entries(RUNTIMES))('works in %s', async (_, command) => {
  expect(JSON.parse(await run(command(), [join(FIXTURES, 'program.mjs'), ENTRY]))).toEqual(expected(api))
})

test('works in workerd', async () => {
  const kernel = 'kernel-simd.wasm'
  // A package, not a path: its conditions say what workerd gets.
  const packages = join(folder, 'node_modules')
  mkdirSync(packages)
  symlinkSync(ROOT, join(packages, 'wamp-codec'), 'junction')
  await build({
    entryPoints: [join(FIXTURES, 'worker.mjs')],
    outfile: join(folder, 'worker.mjs'),
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    external: [`./${kernel}`],
    logLevel: 'error',
    nodePaths: [packages],
  })
  copyFileSync(join(ROOT, 'dist', kernel), join(folder, kernel))
  writeFileSync(join(folder, 'config.capnp'), configOf(kernel))
  const output = await run(WORKERD, ['test', join(folder, 'config.capnp')], true)
  const line = output.split('\n').find((each) => each.includes('"created"')) ?? output
  expect(JSON.parse(line.slice(line.indexOf('{')))).toEqual(expected(api))
})

const configOf = (kernel: string): string => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = (
  modules = [
    (name = "worker.mjs", esModule = embed "worker.mjs"),
    (name = "${kernel}", wasm = embed "${kernel}")
  ],
  compatibilityDate = "2026-01-01"
))]);
`

test.skipIf(!hasChromium())('works in Chromium', async () => {
  const fileOf = (path: string): string => join(path.startsWith('/dist/') ? ROOT : FIXTURES, path)
  const { report } = await visit({ html: modulePage('/page.mjs'), fileOf, scripts: ALLOWS_WASM })
  expect(report).toEqual(expected(api))
})
