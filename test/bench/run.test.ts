/** The command itself, on the smallest cases: it installs the peers, proves, measures and writes every report. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Result, ROOT } from './load.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const folder = mkdtempSync(join(tmpdir(), 'wamp-codec-bench-'))
const file = (name: string): string => join(folder, name)

/** Runs the bench; returns what it prints. */
function run(...args: string[]): string {
  return execFileSync(process.execPath, ['bench/run.mjs', ...args], { cwd: ROOT, encoding: 'utf8' })
}

beforeAll(() => {
  execFileSync(process.execPath, ['bench/setup.mjs'], { cwd: ROOT })
})
// Chromium's helpers may write into their profile until they are gone.
afterAll(() => rm(folder, { recursive: true, maxRetries: 10, retryDelay: 100 }))

let printed = ''
beforeAll(() => {
  const reports = ['--json', file('a.json'), '--markdown', file('a.md'), '--html', file('a.html')]
  // One case that is there in every version, and two that say so where they are not.
  printed = run(
    '--quick',
    'lazy-decode/eager/cbor/event-100b,fan-out/parts/cbor/publish-100b',
    'varied',
    ...reports,
  )
})

const result = (): Result => JSON.parse(readFileSync(file('a.json'), 'utf8')) as Result

test('a quick run gives times, ratios and targets of every case', () => {
  const { facts, rows } = result()
  expect(facts).toMatchObject({ seed: 20_261_122, node: process.versions.node })
  const [row] = rows
  expect(row).toMatchObject({
    name: 'lazy-decode/eager/cbor/event-100b-mixed/varied',
    unit: 'ns',
    missing: null,
  })
  expect(row?.times.map(({ name }) => name)).toEqual([
    'wamp-codec',
    'cbor-x',
    'cbor-x, no addon',
    'json-pack',
    'json-pack skip (text unchecked)',
    'js skip',
    'js skip, utf-8',
  ])
  for (const { p25, median, p75 } of row?.times ?? []) {
    expect(0 < p25 && p25 <= median && median <= p75).toBe(true)
  }
  expect(row?.targets).toMatchObject([{ atLeast: 3.2, against: 'cbor-x' }])
  expect(row?.targets[0]?.value).toBeGreaterThan(0)
  expect(printed).toContain('lazy-decode/eager/cbor/event-100b-mixed/varied')
  expect(printed).toMatch(/Targets: \d+ met, \d+ missed/)
})

test('a case whose API is missing says which one', () => {
  const row = result().rows.find(({ job }) => job === 'fan-out')
  if (row?.missing !== null) expect(printed).toContain(`not available: ${row?.missing}`)
  else expect(row.times.length).toBeGreaterThan(1)
})

test('the page in Markdown has every case, and every target in a table of its own', () => {
  const markdown = readFileSync(file('a.md'), 'utf8')
  const [cases, targets] = markdown.split('## Targets')
  for (const { name } of result().rows) expect(cases).toContain(`| ${name} |`)
  expect(targets).toContain('| lazy-decode/eager/cbor/event-100b-mixed/varied | 3.2 x cbor-x |')
})

test('the page with plots needs no network', () => {
  const html = readFileSync(file('a.html'), 'utf8')
  expect(html).toContain("default-src 'none'")
  expect(html).not.toMatch(/<(?:script|img|link|iframe)[^>]*(?:src|href)=/)
  for (const { name } of result().rows) expect(html).toContain(name)
})

test.skipIf(!existsSync(CHROMIUM))('a browser draws the plots', () => {
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    `--user-data-dir=${file('profile')}`,
    '--dump-dom',
  ]
  const { stdout } = spawnSync(CHROMIUM, [...flags, `file://${file('a.html')}`], { encoding: 'utf8' })
  expect(stdout).toMatch(/<html[^>]* data-plots="[1-9]/)
})

test('a run is compared with an earlier one', () => {
  const again = run('--quick', 'lazy-decode/eager/cbor/event-100b', 'varied', '--compare', file('a.json'))
  expect(again).toMatch(/Against the baseline: \d better, \d worse, \d the same\./)
})

test('the list names cases and targets without running them', () => {
  const lines = run('--list', 'full-decode/cbor/event-1k-mixed').trimEnd().split('\n')
  expect(lines).toContain('full-decode/cbor/event-1k-mixed/varied  25 x autobahn')
})

test('the peers are pinned exactly, and the lock file names no registry', () => {
  const read = (name: string): string => readFileSync(resolve(ROOT, 'bench', name), 'utf8')
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }
  expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  expect(read('package-lock.json')).not.toMatch(/"resolved"|https?:\/\/[^"]*\.tgz/)
})
