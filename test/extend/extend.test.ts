/**
 * How many files it takes to add something: each patch is applied to a copy of the project, the generators run, the
 * types are checked, the kernel is compiled, and a program uses what is new.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const COPIED = [
  ...['src', 'assembly', 'build', 'docs', 'schema', 'test/extend', 'package.json', 'biome.json'],
  ...['asconfig.json', 'tsconfig.json', 'tsconfig.build.json'],
]
const BIN = 'node_modules'

const copies: string[] = []
afterAll(() => {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true })
})

/** A copy of what the build reads. */
function copyOfProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'wamp-codec-extend-'))
  copies.push(copy)
  for (const path of COPIED) cpSync(join(ROOT, path), join(copy, path), { recursive: true })
  symlinkSync(join(ROOT, BIN), join(copy, BIN), 'junction')
  return copy
}

/** Runs a command to its end; returns what it says. Fails with that when the command does. */
function run(cwd: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  expect(`${status} ${status === 0 ? '' : stdout + stderr}`, args.join(' ')).toBe('0 ')
  return stdout
}

const node = (cwd: string, ...args: string[]): string => run(cwd, process.execPath, ...args)

/** What the program of the patch says in a copy with the patch. */
function outcomeOf(name: string): string {
  const copy = copyOfProject()
  run(copy, 'git', 'apply', `test/extend/${name}.patch`)
  node(copy, 'build/classes.mjs')
  node(copy, 'build/kernel-tables.mjs')
  node(
    copy,
    `${BIN}/typescript/bin/tsc`,
    '-p',
    'tsconfig.build.json',
    '--noEmit',
    '--emitDeclarationOnly',
    'false',
  )
  const wasm = 'test/extend/kernel.wasm'
  node(copy, `${BIN}/assemblyscript/bin/asc.js`, 'assembly/index.ts', '--target', 'debug', '--outFile', wasm)
  writeFileSync(
    join(copy, 'test/extend/kernel.mjs'),
    `import { readFileSync } from 'node:fs'\nexport const module = new WebAssembly.Module(readFileSync('${wasm}'))\n`,
  )
  const bundle = ['--bundle', '--format=esm', '--platform=node', '--outfile=test/extend/bundle.mjs']
  node(copy, `${BIN}/esbuild/bin/esbuild`, `test/extend/${name}.mjs`, ...bundle)
  return node(copy, 'test/extend/bundle.mjs').trim()
}

/** The files that a patch touches. */
const filesOf = (name: string): string[] =>
  [...readFileSync(join(import.meta.dirname, `${name}.patch`), 'utf8').matchAll(/^\+\+\+ b\/(.*)$/gm)].map(
    ([, file]) => file as string,
  )

describe.each([
  ['option-key', 2, 'PUBLISH has priority; FlatBuffers: priority'],
  ['message', 2, 'PING is message 7'],
  ['payload-format', 8, 'payloads in bencode'],
] as const)('%s.patch', (name, most, outcome) => {
  test(`touches at most ${most} files, and none that is generated`, () => {
    const files = filesOf(name)
    expect(files.length).toBeGreaterThan(0)
    expect(files.length).toBeLessThanOrEqual(most)
    const generated = files.filter((file) => /\/(?:classes|generated)\//.test(file))
    expect(generated).toEqual([])
  })

  test('makes a project whose codec knows what is new', () => {
    expect(outcomeOf(name)).toBe(outcome)
  })
})
