/** The five targets of wasm-pack in dist/pkg/, each in its own runtime; `bundler` is tried in test/consumers. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'
import { expect, test } from 'vitest'
import * as api from '../../src/index.ts'
import { ROOT } from '../package/run.ts'
import {
  ALLOWS_WASM,
  FORBIDS_WASM,
  hasChromium,
  modulePage,
  visit,
  WITHOUT_SIMD,
} from '../support/chromium.ts'
import { expected } from './expected.ts'
import { FIXTURES, RUNTIMES, run } from './run.ts'

const PKG = join(ROOT, 'dist/pkg')
const script = (target: string): string => pathToFileURL(join(PKG, target, 'wamp_codec.js')).href

test.each(['bundler', 'web', 'nodejs', 'no-modules', 'deno'])(
  'package.json of %s names what is there',
  (target) => {
    const read = (file: string): string => readFileSync(join(PKG, target, file), 'utf8')
    const { name, version, types, main, browser, files } = JSON.parse(read('package.json')) as Record<
      string,
      unknown
    >
    const { version: ours } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      version: string
    }
    expect([name, version, types, main ?? browser]).toEqual([
      'wamp-codec',
      ours,
      'wamp_codec.d.ts',
      'wamp_codec.js',
    ])
    // Among them the folder with the types.
    for (const file of files as string[]) expect(statSync(join(PKG, target, file)).size).toBeGreaterThan(0)
  },
)

test.each(['Node 20', 'Node 24'])('nodejs works in %s', async (runtime) => {
  const command = (RUNTIMES[runtime] as () => readonly string[])()
  const program = join(FIXTURES, 'program.mjs')
  expect(JSON.parse(await run(command, [program, script('nodejs')]))).toEqual(expected(api))
})

test.each([
  ['createCodec', 'KERNEL_UNAVAILABLE this runtime has no WebAssembly; use await loadCodec()'],
  ['loadCodec', 'works'],
])('nodejs without WebAssembly: %s', async (name, expected) => {
  const program = `
    const { ${name}: make, Unsubscribe } = require(${JSON.stringify(join(PKG, 'nodejs/wamp_codec.js'))})
    const use = (codec) => codec.serializer('cbor').decode(codec.serializer('cbor').encode(new Unsubscribe({
      request: 1, subscription: 2 })))
    void (async () => console.log(use(await make()).subscription === 2 ? 'works' : 'fails'))().catch(
      (error) => console.log(error.code, error.message))`
  const command = (RUNTIMES['Node 24'] as () => readonly string[])()
  expect(await run(command, ['--jitless', '-e', program])).toContain(expected)
})

test('nodejs compiles nothing when the kernel is given', async () => {
  const program = `
    const fs = require('node:fs')
    const { createCodec } = require(${JSON.stringify(join(PKG, 'nodejs/wamp_codec.js'))})
    const module = new WebAssembly.Module(fs.readFileSync(${JSON.stringify(join(ROOT, 'dist/kernel-scalar.wasm'))}))
    WebAssembly.Module = class { constructor() { throw new Error('compiled') } }
    console.log(createCodec({ module }).payload('cbor').decode(Uint8Array.of(1)))
    try { createCodec() } catch (error) { console.log(error.code) }`
  const command = (RUNTIMES['Node 24'] as () => readonly string[])()
  expect(await run(command, ['-e', program])).toBe('1\nKERNEL_UNAVAILABLE\n')
})

test('web says that init comes first, and takes no other kernel', async () => {
  const web = (await import(script('web'))) as typeof import('../../src/targets/web.ts')
  const kernel = (file: string): Buffer => readFileSync(join(ROOT, 'dist', file))
  expect(() => web.createCodec()).toThrow('the kernel is not loaded: call await init() before createCodec()')
  await expect(web.init(kernel('kernel-core-simd.wasm'))).rejects.toThrow('the kernel of wamp-codec/core')
  for (const wrong of [undefined, kernel('kernel-simd.wasm'), {}]) {
    expect(() => web.initSync(wrong as never)).toThrow('module: expected a WebAssembly.Module')
  }
  expect(() => web.createCodec()).toThrow('call await init()')
  await web.init(kernel('kernel-simd.wasm'))
  expect(
    web
      .createCodec()
      .payload('flexbuffers')
      .decode(Uint8Array.of(1, 4, 1)),
  ).toBe(1)
})

test('deno works in Deno', async () => {
  const command = (RUNTIMES.Deno as () => readonly string[])()
  expect(JSON.parse(await run(command, [join(FIXTURES, 'program.mjs'), script('deno')]))).toEqual(
    expected(api),
  )
})

const PAGES = {
  web: modulePage('/page.mjs?entry=/dist/pkg/web/wamp_codec.js'),
  'no-modules': ['/dist/pkg/no-modules/wamp_codec.js', '/smoke.js', '/page-no-modules.js']
    .map((path) => `<script src="${path}"></script>`)
    .join(''),
}

test.skipIf(!hasChromium()).each([
  ['web', 'with SIMD', ALLOWS_WASM, '', 'wamp_codec_bg.wasm'],
  ['web', 'without SIMD', ALLOWS_WASM, WITHOUT_SIMD, 'kernel-scalar.wasm'],
  ['web', 'without WebAssembly', FORBIDS_WASM, '', 'kernel-scalar.js'],
  ['no-modules', 'with SIMD', ALLOWS_WASM, '', 'wamp_codec_bg.wasm'],
  ['no-modules', 'without SIMD', ALLOWS_WASM, WITHOUT_SIMD, 'kernel-scalar.wasm'],
  ['no-modules', 'without WebAssembly', FORBIDS_WASM, '', 'kernel-scalar.js'],
] as const)('%s works in Chromium %s', async (target, _, scripts, engine, kernel) => {
  const fileOf = (path: string): string => {
    if (path === '/smoke.js') return smokeScript()
    return join(path.startsWith('/dist/') ? ROOT : FIXTURES, path)
  }
  const { report, paths } = await visit({ html: PAGES[target], fileOf, scripts, engine })
  expect(report).toEqual(expected(api))
  expect(paths.filter((path) => path.includes(`/pkg/${target}/`)).at(-1)).toBe(
    `/dist/pkg/${target}/${kernel}`,
  )
})

/** smoke.mjs as a script whose exports are a global. */
function smokeScript(): string {
  const outfile = join(ROOT, 'out/smoke.js')
  const options = { bundle: true, format: 'iife', globalName: 'smokes', outfile } as const
  buildSync({ ...options, entryPoints: [join(FIXTURES, 'smoke.mjs')] })
  return outfile
}
