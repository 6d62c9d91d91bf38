/** The adapters fit the types of their clients, as a user's strict compiler sees both. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const SUITE = import.meta.dirname
const MODULES = join(SUITE, 'node_modules')
const TSC = resolve(SUITE, '../../node_modules/typescript/bin/tsc')

/** What the compiler says of a file; declarations of libraries are checked too. */
function complaints(folder: string, file: string, types: readonly string[]): string {
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2024', 'dom'],
    module: 'nodenext',
    moduleResolution: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    types,
  }
  const config = join(folder, 'tsconfig.json')
  writeFileSync(config, JSON.stringify({ compilerOptions, files: [file] }))
  try {
    return execFileSync(process.execPath, [TSC, '-p', config], { encoding: 'utf8' })
  } catch (error) {
    return (error as { stdout: string }).stdout
  }
}

test('every adapter fits the types of its client', () => {
  const folder = join(MODULES, '.types')
  mkdirSync(folder, { recursive: true })
  try {
    copyFileSync(join(SUITE, 'fixtures/consumer.ts'), join(folder, 'consumer.ts'))
    expect(complaints(folder, 'consumer.ts', ['node'])).toBe('')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the adapter of autobahn compiles where autobahn has no types', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wamp-codec-types-'))
  try {
    for (const name of ['wamp-codec', 'autobahn']) {
      cpSync(join(MODULES, name), join(folder, 'node_modules', name), { recursive: true })
    }
    copyFileSync(join(SUITE, 'fixtures/untyped.ts'), join(folder, 'untyped.ts'))
    expect(complaints(folder, 'untyped.ts', [])).toBe('')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
