/**
 * One suite for each folder of test/. The AssemblyScript tests run twice: compiled with SIMD and without.
 * WAMP_CODEC_DEEP=1 means full counts. No test is judged by the clock; an hour is the end of a test that hangs.
 */
import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import {
  defineConfig,
  type TestProjectConfiguration,
  type TestUserConfig,
  type ViteUserConfig,
} from 'vitest/config'
import { createAssemblyScriptPool } from 'vitest-pool-assemblyscript/config'

/** Milliseconds; 0 is no end. */
const HANGS = process.env.WAMP_CODEC_DEEP === '1' ? 0 : 3_600_000

const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
const suites = new Set(
  files.filter((file) => file.endsWith('.test.ts')).map((file) => file.split(/[\\/]/)[0] as string),
)

/** Suites that listen, start runtimes or watch the heap: one file at a time, before all others. */
const ALONE: readonly string[] = [
  ...['assembly', 'bench', 'clients', 'live-router', 'mutate', 'runtimes', 'soak', 'sockets'],
]

/** All others take every processor. Vitest wants groups for different counts of workers. */
function workersOf(name: string): Pick<TestUserConfig, 'maxWorkers' | 'sequence'> {
  return ALONE.includes(name)
    ? { maxWorkers: 1, sequence: { groupOrder: 0 } }
    : { maxWorkers: availableParallelism(), sequence: { groupOrder: 1 } }
}

/** The same suite with the kernel as JavaScript; without WAMP_CODEC_DEEP not the tests that take longest. */
function withoutWebAssembly<T extends { readonly name: string }>(suite: T): T & TestUserConfig {
  const long = ['flatbuffers-google', 'transcode-message']
  const exclude = [...COMPARES_KERNELS, ...(process.env.WAMP_CODEC_DEEP === '1' ? [] : long)]
  return {
    ...suite,
    name: `${suite.name} without WebAssembly`,
    setupFiles: ['test/conformance/javascript.ts'],
    exclude: exclude.map((file) => `test/conformance/${file}.test.ts`),
  }
}

/** Tests that choose their kernels themselves, or are about random frames. */
const COMPARES_KERNELS = [
  ...['builds', 'flatbuffers-broken', 'flatbuffers-generated', 'flatbuffers-mutated', 'list-mutated'],
]

const projects = [...suites].sort().flatMap((name): TestProjectConfiguration[] => {
  // What a suite needs beside the root's packages.
  const setup = `test/${name}/setup.mjs`
  const globalSetup = existsSync(setup) ? [setup] : []
  const shared = { testTimeout: HANGS, hookTimeout: HANGS, globalSetup, ...workersOf(name) }
  if (name !== 'assembly') {
    // A test without an assertion cannot fail.
    const expect = { requireAssertions: true }
    const suite = { ...shared, name, include: [`test/${name}/**/*.test.ts`], expect }
    return name === 'conformance' ? [{ test: suite }, { test: withoutWebAssembly(suite) }] : [{ test: suite }]
  }
  return ['enable', 'disable'].map((simd) => ({
    test: {
      ...shared,
      name: simd === 'enable' ? 'assembly with SIMD' : 'assembly without SIMD',
      include: ['test/assembly/**/*.as.test.ts'],
      // Not asconfig.json: the kernel builds have no `abort`, which the matchers call.
      pool: createAssemblyScriptPool({
        extraCompilerFlags: ['--config', 'none', `--${simd}`, 'simd', '--enable', 'bulk-memory'],
      }),
    },
  }))
})

const config: ViteUserConfig = defineConfig({ test: { projects } })
export default config
