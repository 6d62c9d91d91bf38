/** The packed package in the bundlers that applications use: without a warning, and what comes out runs. */
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXPECTED, node } from '../package/run.ts'

type Bundler = (entry: string, folder: string) => Promise<{ file: string; warnings: string[] }>

const { BUNDLERS } = (await import(pathToFileURL(join(import.meta.dirname, 'bundlers.mjs')).href)) as {
  BUNDLERS: Readonly<Record<string, Bundler>>
}
const FIXTURES = join(import.meta.dirname, 'fixtures')
const DIST = join(import.meta.dirname, 'node_modules/wamp-codec/dist')
const SCALAR = 'kernel-core-scalar.wasm'

/** They find the scalar kernel by themselves, and put it beside the bundle. */
const EMITTING: readonly string[] = ['webpack', 'vite']

describe.each(Object.entries(BUNDLERS))('%s', (name, bundle) => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), `wamp-codec-${name}-`))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('bundles without a warning, and the bundle does what the package does', async () => {
    const { file, warnings } = await bundle(join(FIXTURES, 'program.mjs'), join(folder, 'program'))
    expect(warnings).toEqual([])
    expect(JSON.parse(await node(folder, file))).toEqual({
      root: EXPECTED,
      loaded: EXPECTED,
      lists: [36, 1, 2, {}, ['hé']],
      sameClass: true,
    })
  })

  test('makes a bundle that loads the scalar kernel where the engine has no SIMD', async () => {
    const { file, warnings } = await bundle(join(FIXTURES, 'scalar.mjs'), join(folder, 'scalar'))
    expect(warnings).toEqual([])
    const written = readdirSync(join(folder, 'scalar'), { recursive: true, encoding: 'utf8' })
    expect(written.some((path) => path.endsWith('.wasm'))).toBe(EMITTING.includes(name))
    // docs/installing.md: others are given the file.
    if (!EMITTING.includes(name)) copyFileSync(join(DIST, SCALAR), join(dirname(file), SCALAR))
    const preload = pathToFileURL(join(FIXTURES, 'no-simd.mjs')).href
    expect(JSON.parse(await node(folder, '--import', preload, file))).toEqual(EXPECTED)
  })
})
