/** The bench of autobahn-js end to end, on its smallest case: it connects, proves, measures and reports. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from './load.ts'

const folder = mkdtempSync(join(tmpdir(), 'wamp-codec-bench-clients-'))

beforeAll(() => {
  execFileSync(process.execPath, ['bench/setup.mjs'], { cwd: ROOT })
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('a round gives rates, ratios and the goal of a case', () => {
  const file = join(folder, 'clients.md')
  const args = ['--rounds', '1', '--only', 'json 100b', '--markdown', file]
  const printed = execFileSync(process.execPath, ['bench/clients/run.mjs', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  const page = readFileSync(file, 'utf8')
  expect(printed.trim()).toBe(page.trim())
  const rate = String.raw`[\d,]+`
  const ratio = String.raw`[\d.]+x`
  const spread = String.raw`${ratio} \(${ratio} to ${ratio}\)`
  const cells = ['JSON', '100b', rate, rate, rate, spread, ratio, spread, ratio, '0.9x (met|MISSED)']
  expect(page).toMatch(new RegExp(String.raw`^\| ${cells.join(String.raw` \| `)} \|$`, 'm'))
})
