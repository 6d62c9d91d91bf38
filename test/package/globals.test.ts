/** The built package in runtimes that lack what it uses: it can be imported, and says what is missing. */
import { execFile } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { EXPECTED, FIXTURES, node, ROOT } from './run.ts'

const execute = promisify(execFile)

const ENTRIES = ['index.js', 'core.js', 'message.js'] as const

async function report(flags: readonly string[], entry: string, ...missing: string[]): Promise<unknown> {
  const url = pathToFileURL(`${ROOT}/dist/${entry}`).href
  const args = [...flags, `${FIXTURES}/bare.mjs`, url, ...missing]
  const { stdout } = await execute(process.execPath, args)
  return JSON.parse(stdout)
}

const refusal = (text: string): unknown => ['WampCodecError', 'KERNEL_UNAVAILABLE', text]

const NO_WEBASSEMBLY = refusal(
  'this runtime has no WebAssembly; use await loadCodec(), which then runs the kernel as JavaScript',
)

/** Without `URL` the package does not know where its files are. */
const NO_FILES = refusal(
  'this runtime has no WebAssembly, and the kernel for it cannot be loaded; put the file of this name in dist/ of ' +
    'wamp-codec there, or give the kernel in the option module',
)

const noCoder = (name: string): unknown =>
  refusal(
    `this runtime has no ${name}; set globalThis.${name} before the first codec is made (node:util has it)`,
  )

test.each(ENTRIES)('%s is imported where there is nothing but ECMAScript', async (entry) => {
  expect(await report([], entry, 'all')).toEqual({
    left: [],
    exports: true,
    ...(entry === 'message.js' ? {} : { created: NO_WEBASSEMBLY, loaded: NO_FILES }),
  })
})

test.each(['index.js', 'core.js'])('%s says that TextEncoder or TextDecoder is missing', async (entry) => {
  for (const name of ['TextEncoder', 'TextDecoder']) {
    expect(await report([], entry, name)).toEqual({
      left: [],
      exports: true,
      created: noCoder(name),
      loaded: noCoder(name),
    })
  }
})

describe.each([
  ['under node --jitless', ['--jitless'], []],
  ['where WebAssembly is deleted', [], ['WebAssembly']],
] as const)('%s', (_, flags, missing) => {
  test.each(['index.js', 'core.js'])('createCodec of %s says so, and loadCodec works', async (entry) => {
    expect(await report(flags, entry, ...missing)).toEqual({
      left: [],
      exports: true,
      created: NO_WEBASSEMBLY,
      loaded: 'function',
    })
    const url = pathToFileURL(`${ROOT}/dist/${entry}`).href
    const args = [...flags, `${FIXTURES}/without-wasm.mjs`, url]
    const { stdout } = await execute(process.execPath, args)
    expect(JSON.parse(stdout)).toEqual({ hasWebAssembly: false, works: EXPECTED })
  })
})

test.each(['index.js', 'core.js'])('%s makes codecs without Buffer, process and URL', async (entry) => {
  const missing = [
    'Buffer',
    'process',
    'URL',
    'structuredClone',
    'performance',
    'crypto',
    'SharedArrayBuffer',
  ]
  expect(await report([], entry, ...missing)).toEqual({
    left: [],
    exports: true,
    created: 'function',
    loaded: 'function',
  })
})

test.each([
  ['index.js', 'kernel'],
  ['core.js', 'kernel-core'],
])('%s finds the scalar kernel beside it where the engine has no SIMD', async (entry, kernel) => {
  const dist = `${ROOT}/dist`
  const files = [`${dist}/${kernel}-simd.wasm`, `${dist}/${kernel}-scalar.wasm`]
  const url = pathToFileURL(`${dist}/${entry}`).href
  const answer: unknown = JSON.parse(await node(FIXTURES, 'no-simd.mjs', url, ...files))
  expect(answer).toEqual({ works: EXPECTED, compiled: 'scalar' })
})
