/** The package in bundles: for browsers, and for workerd, where the kernel is an import. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EXPECTED, FIXTURES, ROOT } from './run.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wamp-codec-bundle-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// The package is imported by its own name, so that esbuild reads its exports.
const exerciseOf = (entry: string): string => `
  import { exercise } from './exercise.mjs'
  import * as api from '${entry}'
  import { cbor } from 'wamp-codec/formats/cbor'
  import { json } from 'wamp-codec/formats/json'
  import { msgpack } from 'wamp-codec/formats/msgpack'
  const options = ${entry.includes('custom') ? '{ formats: [json, msgpack, cbor] }' : '{}'}
  export const use = () => exercise(api, api.createCodec(options))
`

const FULL = ['wamp-codec', 'wamp-codec/custom-full']
const ENTRIES = [...FULL, 'wamp-codec/core', 'wamp-codec/custom']

const NEEDS_A_CODEC =
  'import Message, or make a codec, before this; a codec of wamp-codec/custom has the tool transfer, from ' +
  "'wamp-codec/tools/transfer'"

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

test.each(ENTRIES)('a minified bundle of %s for browsers works', async (entry) => {
  const outfile = await bundle(`browser-${entry.length}.mjs`, exerciseOf(entry))
  expect(await use(outfile)).toEqual(EXPECTED)
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
    expect(await use(outfile)).toEqual(['com.myapp.hello', [16, 1, {}, 'com.myapp.hello'], NEEDS_A_CODEC])
    expect(readFileSync(outfile, 'utf8')).not.toContain('0061736d')
  },
)

test.each(ENTRIES)(
  'a bundle of %s for workerd uses the compiled module that the runtime imports',
  async (entry) => {
    const kernel = FULL.includes(entry) ? 'kernel-simd.wasm' : 'kernel-core-simd.wasm'
    const asModule: Plugin = {
      name: 'compiled WebAssembly as the default export, as workerd gives it',
      setup({ onLoad }) {
        onLoad({ filter: /\.wasm$/ }, ({ path }) => {
          expect(path).toContain(`/${kernel}`)
          return { contents: 'export default globalThis.compiledKernel' }
        })
      },
    }
    const outfile = await bundle(
      `workerd-${entry.length}.mjs`,
      exerciseOf(entry),
      ['workerd', 'worker'],
      [asModule],
    )
    const scope = globalThis as { compiledKernel?: WebAssembly.Module }
    scope.compiledKernel = new WebAssembly.Module(readFileSync(join(ROOT, 'dist', kernel)))
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
  },
)
