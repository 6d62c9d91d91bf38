/** `wamp-codec/lists` as built: what a bundle of it weighs, and where it runs. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
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

/**
 * Bytes of bundles, gzipped. One format brings a reader and a writer, and what all of them share. The goal is 16 KB with
 * three formats: the fast readers take 6.5 KB of it, and read lists 1.4 to 4 times as fast as those before them.
 */
const BUDGETS = [
  ['createLists', 23_300],
  ['jsonLists', 14_900],
  ['cborLists', 16_300],
  ['msgpackLists', 15_700],
] as const

test.each(BUDGETS)('a minified bundle of %s stays within %i bytes', async (name, budget) => {
  const text = await bundle(`export { ${name} } from 'wamp-codec/lists'`)
  expect(gzipSync(text, { level: 9 }).length).toBeLessThanOrEqual(budget)
  expect(text).not.toMatch(/new WebAssembly|WebAssembly\.(?:compile|instantiate)|eval\(|new Function/)
})

test.each([[[]], [['--jitless']]] as string[][][])('the list codecs run in node %j', async (flags) => {
  const entry = pathToFileURL(`${ROOT}/dist/lists.js`).href
  const { stdout } = await execute(process.execPath, [...flags, `${FIXTURES}/lists-main.mjs`, entry])
  expect(JSON.parse(stdout)).toEqual({ hasWebAssembly: flags.length === 0, report: EXPECTED_LISTS })
})
