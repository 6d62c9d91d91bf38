/** The package as users get it: packed, checked, installed into an empty folder, and used from there. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXPECTED, FIXTURES, node, npm, ROOT, tool } from './run.ts'

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { exports: object }

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
  test('holds the built package, its documents and the kernel source, and nothing else', () => {
    const allowed =
      /^(dist\/|assembly\/|docs\/|schema\/|(README|ARCHITECTURE|CHANGELOG)\.md$|LICENSE$|package\.json$)/
    expect(files.filter((file) => !allowed.test(file))).toEqual([])
    for (const file of [
      'LICENSE',
      'README.md',
      'CHANGELOG.md',
      'dist/types/index.d.ts',
      'assembly/scan.ts',
      'schema/wamp.fbs',
    ]) {
      expect(files).toContain(file)
    }
  })

  test('passes publint', async () => {
    expect(await node(ROOT, tool('publint/src/cli.js'), 'run', tarball, '--strict')).toContain('All good!')
  })

  test('has types that every module resolution finds (attw, ESM only)', async () => {
    const attw = tool('@arethetypeswrong/cli/dist/index.js')
    const entries = Object.keys(manifest.exports).filter((name) => !/\.(wasm|json)$/.test(name))
    expect(entries.length).toBeGreaterThan(3)
    // It exits with an error when it finds a problem.
    const output = await node(ROOT, attw, tarball, '--profile', 'esm-only', '--entrypoints', ...entries)
    expect(output).toContain('wamp-codec/message')
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
