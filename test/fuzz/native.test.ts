/**
 * The native fuzzer for some executions on each format, from the committed seeds. Skipped where clang, libFuzzer and
 * wasm2c are missing; `.ci/run` installs them.
 */
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { NATIVE_TARGETS, readSeeds } from './seeds.ts'

const isDeep = process.env.WAMP_CODEC_DEEP === '1'
/** Inputs of each format. WAMP_CODEC_FUZZ_EXECUTIONS is what CI gives each (.ci/run). */
const EXECUTIONS = Number(process.env.WAMP_CODEC_FUZZ_EXECUTIONS ?? '') || (isDeep ? 4_000_000 : 100_000)

function fuzz(...options: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['test/fuzz/run.mjs', ...options], {
    encoding: 'utf8',
    // It installs nothing here.
    env: { ...process.env, CI: undefined },
  })
  return { status, output: `${stdout}${stderr}` }
}

describe('the scalar kernel under libFuzzer', () => {
  for (const format of NATIVE_TARGETS) {
    test(`has no finding in ${EXECUTIONS} inputs of ${format}`, (context) => {
      const { status, output } = fuzz(format, '--executions', String(EXECUTIONS), '--seed', '1', '--fresh')
      context.skip(output.startsWith('skipped'), output)
      expect(output).toContain('no finding')
      expect(status).toBe(0)
      // More than the seeds themselves.
      expect(Number(/(\d+) executions/.exec(output)?.[1])).toBeGreaterThan(readSeeds(format).length)
    })
  }

  test('is caught when it loads two bytes more than it is given', (context) => {
    const { status, output } = fuzz('cbor', '--planted', '--executions', '2000000', '--seed', '1', '--fresh')
    context.skip(output.startsWith('skipped'), output)
    expect(output).toContain('A FINDING')
    expect(status).toBe(1)
  })
})

test('the seeds are small enough for the repository', () => {
  const bytes = NATIVE_TARGETS.map((format) => statSync(`test/fuzz/seeds/${format}.seeds`).size)
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(1_000_000)
})
