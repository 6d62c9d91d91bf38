/** The built package in a real browser, under the content policies that pages have, with SIMD and without. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import {
  ALLOWS_WASM,
  FORBIDS_WASM,
  hasChromium,
  modulePage,
  type Visited,
  visit,
  WITHOUT_SIMD,
} from '../support/chromium.ts'
import { EXPECTED, FIXTURES, ROOT } from './run.ts'

const inBrowser = test.skipIf(!hasChromium())

/** Opens a page with a script of fixtures/. */
function open(script: string, scripts: string, engine = ''): Promise<Visited> {
  const fileOf = (path: string): string => join(path.startsWith('/dist/') ? ROOT : FIXTURES, path)
  return visit({ html: modulePage(`/${script}`), fileOf, scripts, engine })
}

const kernels = ({ paths }: Visited): readonly string[] =>
  paths.filter((path) => path.startsWith('/dist/kernel-')).sort()

const UNAVAILABLE = ['WampCodecError', 'KERNEL_UNAVAILABLE']

inBrowser(
  "works in Chromium with script-src 'self' 'wasm-unsafe-eval', and loads no other kernel",
  async () => {
    const visited = await open('page.mjs', ALLOWS_WASM)
    expect(visited.report).toEqual({
      root: { created: EXPECTED, loaded: EXPECTED },
      core: { created: EXPECTED, loaded: EXPECTED },
    })
    expect(kernels(visited)).toEqual([])
  },
)

inBrowser('loadCodec works in Chromium without SIMD, and loads the scalar kernels for it', async () => {
  const visited = await open('page.mjs', ALLOWS_WASM, WITHOUT_SIMD)
  const created = [...UNAVAILABLE, expect.stringContaining('use await loadCodec()')]
  expect(visited.report).toEqual({
    root: { created, loaded: EXPECTED },
    core: { created, loaded: EXPECTED },
  })
  expect(kernels(visited)).toEqual(['/dist/kernel-core-scalar.wasm', '/dist/kernel-scalar.wasm'])
})

inBrowser("loadCodec works in Chromium with script-src 'self', which forbids WebAssembly", async () => {
  const visited = await open('page.mjs', FORBIDS_WASM)
  const created = [...UNAVAILABLE, expect.stringContaining("'wasm-unsafe-eval'")]
  expect(visited.report).toEqual({
    root: { created, loaded: EXPECTED },
    core: { created, loaded: EXPECTED },
  })
  expect(kernels(visited)).toEqual(['/dist/kernel-core-scalar.js', '/dist/kernel-scalar.js'])
})

inBrowser('loadCodec works in Chromium where WebAssembly is deleted', async () => {
  const visited = await open('page-without-wasm.mjs', FORBIDS_WASM)
  const created = [...UNAVAILABLE, expect.stringContaining('no WebAssembly')]
  expect(visited.report).toEqual({
    root: { created, loaded: EXPECTED },
    core: { created, loaded: EXPECTED },
  })
})

inBrowser("list codecs without a kernel work in Chromium with script-src 'self'", async () => {
  const { EXPECTED_LISTS } = (await import(pathToFileURL(join(FIXTURES, 'lists.mjs')).href)) as {
    EXPECTED_LISTS: unknown
  }
  const { report } = await open('page-lists.mjs', FORBIDS_WASM)
  expect(report).toEqual({ lists: EXPECTED_LISTS })
})
