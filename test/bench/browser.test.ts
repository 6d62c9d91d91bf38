/** The bench in Chromium, on two of the smallest cases, and its columns in the report. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bench, type Result, ROOT, type Row } from './load.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const CASE = 'lazy-decode/eager/cbor/event-100b-mixed/varied'

describe.skipIf(!existsSync(CHROMIUM))('a run in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wamp-codec-bench-browser-'))
  const file = (name: string): string => join(folder, name)
  let printed = ''
  beforeAll(() => {
    execFileSync(process.execPath, ['bench/setup.mjs'], { cwd: ROOT })
    const filters = [
      'lazy-decode/eager/cbor/event-100b,lists/encode/json-text/event-100b',
      'varied',
      '--quick',
    ]
    const reports = ['--json', file('a.json'), '--markdown', file('a.md'), '--html', file('a.html')]
    printed = execFileSync(process.execPath, ['bench/browser/run.mjs', ...filters, ...reports], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: 'pipe',
    })
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const result = (): Result => JSON.parse(readFileSync(file('a.json'), 'utf8')) as Result

  test('gives times and ratios of every case, against the peers of pages', () => {
    const { facts, rows } = result()
    expect(facts.chromium).toMatch(/^\d+\.\d+/)
    expect(Object.keys(facts.versions as object)).toEqual(['cbor-x', 'msgpackr'])
    expect(rows.map(({ name, best }) => [name, best])).toEqual([
      [CASE, 'cbor-x'],
      ['lists/encode/json-text/event-100b-mixed/varied', 'JSON'],
    ])
    for (const { p25, median, p75 } of rows.flatMap(({ times }) => times)) {
      expect(0 < p25 && p25 <= median && median <= p75).toBe(true)
    }
    expect(printed).toContain(CASE)
  })

  test('has an isolated page, whose clock is fine enough', () => {
    expect((result().facts.doubts as string[]).filter((doubt) => doubt.includes('isolated'))).toEqual([])
  })

  test('is written in Markdown and as a page', () => {
    expect(readFileSync(file('a.md'), 'utf8')).toContain(`| ${CASE} |`)
    expect(readFileSync(file('a.html'), 'utf8')).toMatch(/Chromium \d+\.[\d.]+; kernel sha256/)
  })
})

describe('the page of a run with a run in Chromium beside it', async () => {
  const { htmlOf } = await bench<{
    htmlOf(result: unknown, jobs: readonly unknown[], chromium?: unknown): string
  }>('report/html.mjs')
  const facts = {
    date: '2026-11-29',
    doubts: [],
    versions: {},
    addons: {},
    cpu: '',
    platform: '',
    node: '24',
  }
  const row = (name: string, peer: string, ratio: number): Row => {
    const times = [1, ratio].map((median, i) => {
      const numbers = { p25: median, median, p75: median }
      return {
        name: i === 0 ? 'wamp-codec' : peer,
        role: i === 0 ? 'ours' : 'peer',
        ...numbers,
        ratio: numbers,
      }
    })
    const empty = { targets: [], warnings: [], notes: [], missing: null }
    return { name, job: 'forward', unit: 'ns', bytes: 10, times, best: peer, bare: peer, ...empty }
  }
  const jobs = [{ id: 'forward', title: 'Forward', about: '' }]
  const own = { facts, rows: [row('forward/a', 'x', 2), row('forward/b', 'x', 2)] }
  const cells = (html: string): string[][] =>
    [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>|<thead><tr>(.*?)<\/tr>/g)].map(([line]) =>
      [...line.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/g)].map(([, text]) => text as string),
    )

  test('has three more columns: our time, the peer and the ratio there, empty for cases that did not run there', () => {
    const there = { facts: { ...facts, chromium: '141.0' }, rows: [row('forward/b', 'y', 0.5)] }
    const html = htmlOf(own, jobs, there)
    const [head, a, b] = cells(html).map((line) => line.slice(-4, -1))
    expect([head, a, b]).toEqual([
      ['in Chromium', 'ratio', 'of'],
      ['', '', ''],
      ['1 ns', '0.50 LOST', 'y'],
    ])
    expect(html).toContain('In Chromium: 2026-11-29')
  })

  test('has none of them without such a run', () => {
    const html = htmlOf(own, jobs)
    expect(html).not.toContain('Chromium')
    expect(cells(html)[0]?.at(-1)).toBe('baseline')
  })
})
