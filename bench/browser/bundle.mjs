/** The page's script: the bench with what a browser has in place of Node.js. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'esbuild'

const BENCH = resolve(import.meta.dirname, '..')

/** Modules of the bench, and what is in their place. */
const REPLACED = {
  'harness/clock.mjs': 'browser/clock.mjs',
  'harness/collect.mjs': 'browser/collect.mjs',
  'peers/index.mjs': 'browser/peers.mjs',
  'peers/skip.mjs': 'browser/baselines.mjs',
  'peers/splice.mjs': 'browser/baselines.mjs',
}

const forPages = {
  name: 'the bench in a page',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:util$/ }, () => ({ path: resolve(BENCH, 'browser/util.mjs') }))
    onResolve({ filter: /^\.\.?\/.*\.mjs$/ }, ({ path, resolveDir }) => {
      const [, replaced] =
        Object.entries(REPLACED).find(([file]) => resolve(resolveDir, path) === resolve(BENCH, file)) ?? []
      return replaced === undefined ? undefined : { path: resolve(BENCH, replaced) }
    })
    onLoad({ filter: /\/bench\/(corpus|harness|jobs)\/.*\.mjs$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      const buffer = `import { Buffer } from ${JSON.stringify(resolve(BENCH, 'browser/buffer.mjs'))}\n`
      return { contents: /\bBuffer\b/.test(text) ? buffer + text : text }
    })
  },
}

/** The text of the script. */
export async function pageScript() {
  const { outputFiles } = await build({
    entryPoints: [resolve(BENCH, 'browser/page.mjs')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    plugins: [forPages],
    logLevel: 'warning',
  })
  return outputFiles[0].text
}
