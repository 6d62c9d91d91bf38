/** The package in bundles: for browsers, and for workerd, where the kernel is an import. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Plugin } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EXPECTED, FIXTURES, ROOT } from './run.ts'

/** Bytes of the bundle with every format that browsers load, gzipped, kernel included. */
const BUDGET = 68_000

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wamp-codec-bundle-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// The package is imported by its own name, so that esbuild reads its exports.
const EXERCISE = `
  import { exercise } from './exercise.mjs'
  import * as api from 'wamp-codec'
  export const use = () => exercise(api, api.createCodec())
`

async function bundle(
  name: string,
  contents: string,
  conditions: string[] = [],
  plugins: Plugin[] = [],
): Promise<string> {
  const outfile = join(folder, name)
  await build({
    stdin: { contents, resolveDir: FIXTURES },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    conditions,
    plugins,
    outfile,
    logLevel: 'silent',
  })
  return outfile
}

async function use(outfile: string): Promise<unknown> {
  const module = (await import(pathToFileURL(outfile).href)) as { use(): unknown }
  return module.use()
}

test('a minified bundle for browsers works and stays within its budget', async () => {
  const outfile = await bundle('browser.mjs', EXERCISE)
  expect(await use(outfile)).toEqual(EXPECTED)
  expect(gzipSync(readFileSync(outfile), { level: 9 }).length).toBeLessThan(BUDGET)
})

test.each(['wamp-codec', 'wamp-codec/message'])(
  'a class of %s works in a bundle that has nothing else',
  async (entry) => {
    const contents = `
    import { Publish } from '${entry}'
    export const use = () => {
      const publish = Publish.parse([16, 1, {}, 'com.myapp.hello'])
      let refusal = null
      // It needs the kernel, which such a bundle leaves out.
      try { publish.toTransferable() } catch (error) { refusal = error.message }
      return [publish.topic, publish.marshal(), refusal]
    }
  `
    const outfile = await bundle(`${entry.replace('/', '-')}.mjs`, contents)
    expect(await use(outfile)).toEqual([
      'com.myapp.hello',
      [16, 1, {}, 'com.myapp.hello'],
      'import Message, or make a codec, before this',
    ])
    expect(readFileSync(outfile, 'utf8')).not.toContain('AGFzbQ')
  },
)

test('a bundle for workerd uses the compiled module that the runtime imports', async () => {
  const asModule: Plugin = {
    name: 'compiled WebAssembly as the default export, as workerd gives it',
    setup({ onLoad }) {
      onLoad({ filter: /\.wasm$/ }, ({ path }) => {
        expect(path).toContain('kernel-simd')
        return { contents: 'export default globalThis.compiledKernel' }
      })
    },
  }
  const outfile = await bundle('workerd.mjs', EXERCISE, ['workerd', 'worker'], [asModule])
  const scope = globalThis as { compiledKernel?: WebAssembly.Module }
  scope.compiledKernel = new WebAssembly.Module(readFileSync(join(ROOT, 'build/dist/kernel-simd.wasm')))
  // workerd forbids compiling.
  const { Module } = WebAssembly
  try {
    Object.assign(WebAssembly, {
      Module: class {
        static [Symbol.hasInstance](value: unknown): boolean {
          return value instanceof Module
        }
        constructor() {
          throw new WebAssembly.CompileError('Wasm code generation disallowed by embedder')
        }
      },
    })
    expect(await use(outfile)).toEqual(EXPECTED)
  } finally {
    Object.assign(WebAssembly, { Module })
    delete scope.compiledKernel
  }
})
