/** docs/bundle-size.md has the sizes of today: all of esbuild, and of a few programs in every bundler. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'

interface Program {
  readonly entry: string
  readonly what: string
  readonly text: string
}
interface Figures {
  readonly name: string
  readonly what: string
  readonly sizes: readonly number[]
}
type Sizes = Readonly<Record<string, number>>

const ROOT = resolve(import.meta.dirname, '../..')
const load = async <T>(path: string): Promise<T> => (await import(pathToFileURL(path).href)) as T
const { figuresIn, IN_ALL_BUNDLERS, PEERS, sizesOf } = await load<{
  figuresIn(document: string, table: string): Figures[]
  IN_ALL_BUNDLERS: readonly Program[]
  PEERS: readonly { name: string }[]
  sizesOf(program: Program, bundlers: unknown): Promise<Sizes>
}>(join(import.meta.dirname, 'sizes.mjs'))
const { PROGRAMS, sizeOf } = await load<{
  PROGRAMS: readonly Program[]
  sizeOf(program: Program, folder: string): Promise<number>
}>(join(ROOT, 'build/sizes.mjs'))

/** What a figure may be off, as a share: other versions of gzip, and changes that are too small to tell. */
const TOLERANCE = 0.02

const document = readFileSync(join(ROOT, 'docs/bundle-size.md'), 'utf8')
const [entries, parts] = [figuresIn(document, 'entries'), figuresIn(document, 'parts')]
const figuresOf = ({ entry, what }: Program): readonly number[] =>
  [...entries, ...parts].find((row) => row.name === `\`wamp-codec${entry.slice(1)}\`` && row.what === what)
    ?.sizes ?? []

function expectFresh(written: readonly number[], bytes: readonly number[]): void {
  expect(written.length).toBe(bytes.length)
  for (const [i, size] of bytes.entries()) {
    // The tables round to 100 bytes, and their programs have some that import everything.
    const most = Math.max(TOLERANCE * size, 150)
    expect(Math.abs((written[i] as number) * 1000 - size), `run node test/consumers/sizes.mjs`).toBeLessThan(
      most,
    )
  }
}

test('the tables have a row for each program of the build, and for each peer', () => {
  expect(entries.length).toBe(IN_ALL_BUNDLERS.length + PEERS.length)
  expect(entries.length + parts.length).toBe(PROGRAMS.length + PEERS.length)
  expect(PROGRAMS.filter((program) => figuresOf(program).length === 0)).toEqual([])
})

test.each(PROGRAMS)('the figure of $entry ($what) in esbuild is fresh', async (program) => {
  expectFresh(figuresOf(program).slice(0, 1), [await sizeOf(program, ROOT)])
})

describe('in every bundler', async () => {
  const bundlers = await load(join(import.meta.dirname, 'bundlers.mjs'))
  const some = IN_ALL_BUNDLERS.filter(({ entry }) => ['./core', './custom', './lists'].includes(entry))
  test.each(some)('the figures of $entry ($what) are fresh', async (program) => {
    const { esbuild, rollup, webpack, vite } = await sizesOf(program, bundlers)
    expectFresh(figuresOf(program), [esbuild, rollup, webpack, vite] as number[])
  })
})
