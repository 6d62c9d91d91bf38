/** The package as users get it: packed, checked, installed into an empty folder, and used from there. */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXPECTED, FIXTURES, node, npm, ROOT, tool } from './run.ts'
import { bundled, ENTRIES } from './table.ts'

/** What a document of the repository links to: in brackets, by reference, as an image, and in HTML. */
function linksOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const found = text.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$|(?:href|src)="([^"]+)"/gm)
  return [...found].map(([, bracket, reference, html]) => (bracket ?? reference ?? html) as string)
}

let folder: string
let tarball: string
let files: readonly string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wamp-codec-package-'))
  const packed = await npm(ROOT, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder)
  const [pack] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }]
  tarball = join(folder, pack.filename)
  files = pack.files.map(({ path }) => path)
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  await npm(folder, 'install', '--offline', '--no-audit', '--no-fund', tarball)
  for (const name of ['exercise.mjs', 'consumer.mjs', 'consumer.cjs', 'consumer.ts']) {
    copyFileSync(join(FIXTURES, name), join(folder, name))
  }
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the tarball', () => {
  test('holds what it should, and nothing else', () => {
    const patterns = [
      ...bundled().map(({ file }) => new RegExp(`^dist/${file}\\.js$`)),
      /^dist\/chunk-[A-Z0-9]{8}\.js$/,
      /^dist\/[\w-]+\.js\.map$/,
      /^dist\/types\/([a-z]+\/)*[a-z-]+\.d\.ts$/,
      /^dist\/kernel-(core-)?(simd|scalar)\.wasm$/,
      /^dist\/kernel-(core-)?(simd|scalar)\.wasm\.d\.ts$/,
      /^dist\/kernel-(core-)?scalar\.(js|d\.ts)$/,
      /^dist\/pkg\/(bundler|web|nodejs|no-modules|deno)\/(package\.json|wamp_codec(\.js|\.d\.ts|_bg\.wasm))$/,
      /^dist\/pkg\/(web|no-modules)\/kernel-scalar\.(js|wasm)$/,
      /^dist\/pkg\/[a-z-]+\/types\/([a-z]+\/)*[a-z-]+\.d\.ts$/,
      /^assembly\/([a-z]+\/)*[a-z0-9-]+\.ts$/,
      /^docs\/([a-z-]+|README)\.md$/,
      /^docs\/performance\.svg$/,
      /^schema\/[a-z]+\.fbs$/,
      /^(README|ARCHITECTURE|CHANGELOG|CONTRIBUTING|SECURITY)\.md$/,
      /^LICENSE$/,
      /^package\.json$/,
    ]
    expect(files.filter((file) => !patterns.some((pattern) => pattern.test(file)))).toEqual([])
    expect(patterns.filter((pattern) => !files.some((file) => pattern.test(file)))).toEqual([])
    // The kernels are generated, in every form.
    const written = files.filter((file) => /^dist\/(?!kernel-)[^/]*\.js$/.test(file))
    const sourceless = written.filter((file) => !files.includes(`${file}.map`))
    expect(sourceless).toEqual([])
  })

  test('holds every file that one of its documents links to', () => {
    const documents = files.filter((file) => file.endsWith('.md'))
    const links = documents.flatMap((file) =>
      linksOf(file)
        .filter((link) => !/^([a-z]+:|#)/.test(link))
        .map((link) => [file, link, posix.join(posix.dirname(file), link.replace(/#.*/, ''))] as const),
    )
    expect(links.length).toBeGreaterThan(20)
    const isThere = (path: string): boolean =>
      files.some((file) => file === path || file.startsWith(`${path.replace(/\/$/, '')}/`))
    expect(links.filter(([, , path]) => !isThere(path))).toEqual([])
  })

  test('links to files of the repository that are there', () => {
    const { repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      repository: { url: string }
    }
    const base = `${repository.url.replace(/^git\+|\.git$/g, '')}/blob/main/`
    const links = files.filter((file) => file.endsWith('.md')).flatMap(linksOf)
    const paths = links.filter((link) => link.startsWith(base)).map((link) => link.slice(base.length))
    expect(paths.length).toBeGreaterThan(0)
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  test('passes publint', async () => {
    expect(await node(ROOT, tool('publint/src/cli.js'), 'run', tarball, '--strict')).toContain('All good!')
  })

  test('has types that every module resolution finds (attw, ESM only)', async () => {
    const attw = tool('@arethetypeswrong/cli/dist/index.js')
    // It exits with an error when it finds a problem.
    const entries = ENTRIES.map(({ name }) => name.replace(/^\.\//, ''))
    const output = await node(ROOT, attw, tarball, '--profile', 'esm-only', '--entrypoints', ...entries)
    for (const entry of entries)
      expect(output).toContain(entry === '.' ? '"wamp-codec"' : `wamp-codec/${entry}`)
  })
})

describe('the installed package', () => {
  test('works in Node by import', async () => {
    const answer: unknown = JSON.parse(await node(folder, 'consumer.mjs'))
    expect(answer).toEqual({ root: EXPECTED, core: EXPECTED, scalar: EXPECTED, sameClass: true })
  })

  // Node 20.19 and 22.12 were the first to require ES modules.
  const canRequire = (process.features as { require_module?: boolean }).require_module === true
  test.skipIf(!canRequire)('works in Node by require', async () => {
    const answer: unknown = JSON.parse(await node(folder, 'consumer.cjs'))
    expect(answer).toEqual({ root: EXPECTED, core: EXPECTED, sameClass: true })
  })

  test.each(['nodenext', 'bundler'])(
    'has strict types for a consumer with %s resolution',
    async (resolution) => {
      const config = {
        compilerOptions: {
          target: 'es2022',
          lib: ['es2024', 'dom'],
          module: resolution === 'bundler' ? 'esnext' : resolution,
          moduleResolution: resolution,
          strict: true,
          exactOptionalPropertyTypes: true,
          noEmit: true,
          types: [],
        },
        files: ['consumer.ts'],
      }
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
      expect(await node(folder, tool('typescript/bin/tsc'), '-p', '.')).toBe('')
    },
  )

  test('brings the command wamp-codec', async () => {
    expect(await npm(folder, 'exec', '--offline', 'wamp-codec', '--', '--help')).toContain(
      'wamp-codec inspect',
    )
  })
})
