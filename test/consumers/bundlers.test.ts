/** The packed package in the bundlers that applications use: without a warning, and what comes out runs. */
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXPECTED, node } from '../package/run.ts'
import {
  ALLOWS_WASM,
  FORBIDS_WASM,
  hasChromium,
  modulePage,
  visit,
  WITHOUT_SIMD,
} from '../support/chromium.ts'

type Bundler = (entry: string, folder: string) => Promise<{ file: string; warnings: string[] }>

const { BUNDLERS, viteForWorkerd, webpackForTarget } = (await import(
  pathToFileURL(join(import.meta.dirname, 'bundlers.mjs')).href
)) as { BUNDLERS: Readonly<Record<string, Bundler>>; viteForWorkerd: Bundler; webpackForTarget: Bundler }
const FIXTURES = join(import.meta.dirname, 'fixtures')
const DIST = join(import.meta.dirname, 'node_modules/wamp-codec/dist')
const KERNELS = ['kernel-core-scalar.js', 'kernel-core-scalar.wasm']

/** They find the kernels for other engines by themselves, and put them beside the bundle. */
const EMITTING: readonly string[] = ['webpack', 'vite']

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wamp-codec-bundlers-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(Object.entries(BUNDLERS))('%s', (name, bundle) => {
  test('bundles without a warning, and the bundle does what the package does', async () => {
    const { file, warnings } = await bundle(join(FIXTURES, 'program.mjs'), join(folder, name, 'program'))
    expect(warnings).toEqual([])
    expect(JSON.parse(await node(folder, file))).toEqual({
      root: EXPECTED,
      loaded: EXPECTED,
      custom: EXPECTED,
      lists: [36, 1, 2, {}, ['hé']],
      sameClass: true,
    })
  })

  test.skipIf(!hasChromium())('makes a page of one format and one tool that works in Chromium', async () => {
    const { file, warnings } = await bundle(join(FIXTURES, 'page-custom.mjs'), join(folder, name, 'custom'))
    expect(warnings).toEqual([])
    const fileOf = (path: string): string => join(dirname(file), path)
    const { report } = await visit({ html: modulePage('/program.mjs'), fileOf, scripts: ALLOWS_WASM })
    const fields = ['type', 'request', 'options', 'topic', 'args']
    const place = "with statistics from 'wamp-codec/tools/statistics'"
    const text = `codec.stats needs a tool: createCodec({ tools: [statistics] }), ${place}`
    expect(report).toEqual([['hé'], fields, text])
  })

  test('makes a page that works in Chromium with SIMD, without it, and without WebAssembly', async () => {
    const { file, warnings } = await bundle(join(FIXTURES, 'page.mjs'), join(folder, name, 'page'))
    expect(warnings).toEqual([])
    const written = readdirSync(join(folder, name, 'page'), { recursive: true, encoding: 'utf8' })
    const emitted = written.filter((path) => /\.(wasm|js)$/.test(path) && !/\bnode_modules\b/.test(path))
    expect(emitted.length).toBe(EMITTING.includes(name) ? KERNELS.length : 0)
    // docs/installing.md: others are given the files.
    if (!EMITTING.includes(name)) {
      for (const kernel of KERNELS) copyFileSync(join(DIST, kernel), join(dirname(file), kernel))
    }
    if (!hasChromium()) return
    const page = { html: modulePage('/program.mjs'), fileOf: (path: string) => join(dirname(file), path) }
    const [simd, scalar, javascript] = [
      await visit({ ...page, scripts: ALLOWS_WASM }),
      await visit({ ...page, scripts: ALLOWS_WASM, engine: WITHOUT_SIMD }),
      await visit({ ...page, scripts: FORBIDS_WASM }),
    ]
    expect([simd.report, scalar.report, javascript.report]).toEqual([EXPECTED, EXPECTED, EXPECTED])
    const endings = [simd, scalar, javascript].map(({ paths }) =>
      paths.map((path) => path.replace(/.*\./, '')),
    )
    expect(endings).toEqual([['mjs'], ['mjs', 'wasm'], ['mjs', 'js']])
  })
})

test('vite builds with the condition workerd, and the kernel as JavaScript runs there', async () => {
  const { file, warnings } = await viteForWorkerd(join(FIXTURES, 'workerd.mjs'), join(folder, 'workerd'))
  expect(warnings).toEqual([])
  expect(JSON.parse(await node(folder, file))).toEqual(EXPECTED)
})

test.skipIf(!hasChromium())('the target bundler of wasm-pack works in Chromium, by webpack', async () => {
  const output = join(folder, 'target')
  const { file, warnings } = await webpackForTarget(join(FIXTURES, 'page-target.mjs'), output)
  expect(warnings).toEqual([])
  const fileOf = (path: string): string => join(dirname(file), path)
  const { report, paths } = await visit({ html: modulePage('/program.mjs'), fileOf, scripts: ALLOWS_WASM })
  expect(report).toEqual({ created: EXPECTED, loaded: EXPECTED })
  expect(paths.some((path) => path.endsWith('.wasm'))).toBe(true)
})
