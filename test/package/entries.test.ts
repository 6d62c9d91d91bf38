/** build/entries.mjs against package.json and the built package: every entry is there, and does nothing at import. */
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from './run.ts'
import { ENTRIES, packageFields } from './table.ts'

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>

test('package.json has the entries of the table (else run node build/exports.mjs)', () => {
  // As text, because the order of conditions counts.
  for (const [name, value] of Object.entries(packageFields())) {
    expect(JSON.stringify(manifest[name], null, 2), name).toBe(JSON.stringify(value, null, 2))
  }
})

test('every file that package.json names is there', () => {
  const named = JSON.stringify([manifest.exports, manifest.bin]).matchAll(/"((?:\.\/)?dist\/[^"]*)"/g)
  const files = [...named].map(([, file]) => file as string)
  expect(files.length).toBeGreaterThan(10)
  // Of a pattern the folder.
  expect(files.filter((file) => !existsSync(join(ROOT, file.replace(/\*$/, ''))))).toEqual([])
})

/** Leaves packages out; whether these do something when they are imported is not our business. */
const withoutPackages: Plugin = {
  name: 'without packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^.]/ }, ({ path }) => ({ path, external: true, sideEffects: false }))
  },
}

describe('where package.json does not say so, a bundler still sees that importing does nothing:', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wamp-codec-entries-'))
    for (const name of readdirSync(join(ROOT, 'dist'))) {
      if (name.endsWith('.js')) copyFileSync(join(ROOT, 'dist', name), join(folder, name))
    }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each(ENTRIES)('$name', async ({ file }) => {
    const options = { bundle: true, minify: true, format: 'esm', platform: 'node', write: false } as const
    const plugins = [withoutPackages]
    const stdin = { contents: `import './${file}.js'`, resolveDir: folder }
    const { outputFiles } = await build({ ...options, stdin, plugins })
    expect(outputFiles[0]?.text).toBe('')
  })
})

test.each(ENTRIES)('the classes of $name have the names under which they are exported', async ({ file }) => {
  const api = (await import(pathToFileURL(join(ROOT, 'dist', `${file}.js`)).href)) as Record<string, unknown>
  const functions = Object.entries(api).filter(([, value]) => typeof value === 'function')
  // Formats and tools are objects.
  expect(functions.length > 0).toBe(!/^(formats|tools)-/.test(file) || /fan-out|raw-socket/.test(file))
  const renamed = functions.filter(([name, value]) => (value as { name: string }).name !== name)
  // In the namespace of messages they have WAMP's own names.
  expect(renamed.map(([name]) => name)).toEqual(file === 'message' ? ['Error', 'Event'] : [])
})
