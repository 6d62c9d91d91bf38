/**
 * One suite for each folder of test/, with its time limits from test/suites.json. The AssemblyScript tests run twice:
 * compiled with SIMD and without. WAMP_CODEC_DEEP=1 means full counts, and no limits.
 */
import { existsSync, readFileSync } from 'node:fs'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'
import { createAssemblyScriptPool } from 'vitest-pool-assemblyscript/config'

type Limits = { seconds: number; 'seconds of one test': number }

const suites = JSON.parse(readFileSync('test/suites.json', 'utf8')) as Record<string, Limits>
const isDeep = process.env.WAMP_CODEC_DEEP === '1'

const projects = Object.entries(suites)
  .filter(([name]) => existsSync(`test/${name}`))
  .flatMap(([name, limits]): TestProjectConfiguration[] => {
    const testTimeout = isDeep ? 3_600_000 : limits['seconds of one test'] * 1000
    const shared = { testTimeout, hookTimeout: testTimeout }
    if (name !== 'assembly') return [{ test: { ...shared, name, include: [`test/${name}/**/*.test.ts`] } }]
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

export default defineConfig({ test: { projects } })
