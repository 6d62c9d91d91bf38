/** What the adapters cost: a bundle that has one is hardly larger, and one that has none is no larger at all. */
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { FIXTURES } from './run.ts'

const ADAPTERS = ['autobahn', 'wampy', 'kraftfahrstrasse', 'wampproto'] as const

interface Bundle {
  /** The modules of the package in it, as files of dist/. */
  readonly files: readonly string[]
  readonly text: string
}

/** A minified bundle for browsers. */
async function bundle(contents: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: FIXTURES },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  const files = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => file.split('/').at(-1) as string)
  return { files, text: outputFiles[0]?.text as string }
}

const gzipped = (text: string): number => gzipSync(text, { level: 9 }).length

test.each(['wamp-codec', 'wamp-codec/core', 'wamp-codec/lists'])(
  'a bundle of %s has nothing of an adapter',
  async (entry) => {
    const { files, text } = await bundle(`export * from '${entry}'`)
    expect(files.length).toBeGreaterThan(0)
    expect(files.filter((file) => ADAPTERS.some((name) => file === `${name}.js`))).toEqual([])
    const traces = ['SERIALIZER_ID', 'ProtocolID', 'ToMessage', 'wampPkgWrite']
    expect(traces.filter((trace) => text.includes(trace))).toEqual([])
  },
)

describe.each(ADAPTERS)('the adapter of %s', (name) => {
  test('is less than 700 bytes, and has no other module of the package with it', async () => {
    const { files, text } = await bundle(`export * from 'wamp-codec/${name}'`)
    expect(gzipped(text)).toBeLessThan(700)
    // Itself, and what the adapters share.
    expect(files.filter((file) => file !== `${name}.js`).length).toBeLessThanOrEqual(1)
  })

  test('is all that a bundle of list codecs grows by', async () => {
    const lists = "export { createLists } from 'wamp-codec/lists'"
    const [alone, both] = await Promise.all([
      bundle(lists),
      bundle(`${lists}\nexport * from 'wamp-codec/${name}'`),
    ])
    expect(gzipped(both.text) - gzipped(alone.text)).toBeLessThan(700)
  })
})
