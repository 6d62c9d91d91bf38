/**
 * One suite for each folder of test/, with its time limits from test/suites.json. The AssemblyScript tests run twice:
 * compiled with SIMD and without. WAMP_CODEC_DEEP=1 means full counts, and no limits.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { defineConfig, type TestProjectConfiguration, type ViteUserConfig } from 'vitest/config'
import { createAssemblyScriptPool } from 'vitest-pool-assemblyscript/config'

type Limits = { suiteSeconds: number; testSeconds: number }

const limits = JSON.parse(readFileSync('test/suites.json', 'utf8')) as Record<string, Limits>
const isDeep = process.env.WAMP_CODEC_DEEP === '1'

const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
const suites = new Set(
  files.filter((file) => file.endsWith('.test.ts')).map((file) => file.split(/[\\/]/)[0] as string),
)

const projects = [...suites].sort().flatMap((name): TestProjectConfiguration[] => {
  const { testSeconds } = limits[name] ?? (limits['any other'] as Limits)
  const testTimeout = (isDeep ? 3600 : testSeconds) * 1000
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

const config: ViteUserConfig = defineConfig({ test: { projects } })
export default config
