/** `wamp-codec/lists` as built: what is in a bundle of it, and where it runs. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { FIXTURES, ROOT } from './run.ts'

const execute = promisify(execFile)

const { EXPECTED_LISTS } = (await import(pathToFileURL(join(FIXTURES, 'lists.mjs')).href)) as {
  EXPECTED_LISTS: unknown
}

/** A minified bundle for browsers. */
async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: FIXTURES },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
  })
  return outputFiles[0]?.text as string
}

const NAMES = ['createLists', 'jsonLists', 'cborLists', 'msgpackLists']

test.each(NAMES)('a minified bundle of %s has no WebAssembly and makes no code', async (name) => {
  const text = await bundle(`export { ${name} } from 'wamp-codec/lists'`)
  expect(text).not.toMatch(/new WebAssembly|WebAssembly\.(?:compile|instantiate)|eval\(|new Function/)
})

test.each([[[]], [['--jitless']]] as string[][][])('the list codecs run in node %j', async (flags) => {
  const entry = pathToFileURL(`${ROOT}/dist/lists.js`).href
  const { stdout } = await execute(process.execPath, [...flags, `${FIXTURES}/lists-main.mjs`, entry])
  expect(JSON.parse(stdout)).toEqual({ hasWebAssembly: flags.length === 0, report: EXPECTED_LISTS })
})
