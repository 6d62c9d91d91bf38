/** What the documents say about speed: it comes from the newest result, and says what the result says. */
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { bench, ROOT, type Row } from './load.ts'

interface Cell {
  readonly format: string
  readonly ratio: number
  readonly bare: number
  readonly peer: string
}

interface Figure {
  readonly job: string
  readonly size: string
  readonly cells: readonly Cell[]
}

const { figuresOf } = await bench<{ figuresOf(result: { rows: readonly Partial<Row>[] }): Figure[] }>(
  'report/figures.mjs',
)
const { readmeLines } = await bench<{ readmeLines(result: object, figures: readonly Figure[]): string[] }>(
  'report/readme.mjs',
)
const { performanceLines } = await bench<{
  performanceLines(result: object, figures: readonly Figure[], file: string): string[]
}>('report/performance.mjs')
const { plotSvg } = await bench<{ plotSvg(figures: readonly Figure[], note: string): string }>(
  'report/plot-svg.mjs',
)

const FACTS = {
  cpu: 'A & B',
  platform: 'linux x64',
  node: '24.1.0',
  date: '2026-12-01',
  seed: 7,
  command: 'npm run bench',
}

/** A row in which the peers take so many times as long as we do. */
function row(name: string, ...ratios: readonly (readonly [peer: string, ratio: number])[]): Partial<Row> {
  const times = ratios.map(([peer, median]) => ({
    ...{ name: peer, role: 'peer', p25: 1, median: 1, p75: 1 },
    ratio: { p25: median, median, p75: median },
  }))
  return { name, missing: null, times, best: ratios[0]?.[0] ?? null, bare: ratios.at(-1)?.[0] ?? null }
}

const FIGURES = figuresOf({
  rows: [
    row('forward/cbor/publish-1k-mixed/varied', ['cbor-x', 10.4], ['cbor-x, no addon', 11.4]),
    row('forward/json/publish-1k-mixed/varied', ['JSON, toString', 1]),
    row('full-encode/cbor/event-100b-mixed/varied', ['cbor-x, no addon', 0.5]),
    row('full-encode/msgpack/event-100b-mixed/varied', ['msgpackr', 0.998]),
    { name: 'full-encode/json/event-100b-mixed/varied', missing: 'encode' },
  ],
})

test('README.md, docs/performance.md and the plot say what the newest result in bench/results says', () => {
  const { status, stderr } = spawnSync(process.execPath, ['bench/write-readme.mjs', '--check'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

test('a figure has the fastest library, and what is not measured is left out', () => {
  expect(FIGURES).toEqual([
    {
      job: 'forward',
      size: '1k',
      cells: [
        { format: 'cbor', ratio: 10.4, bare: 11.4, peer: 'cbor-x' },
        { format: 'json', ratio: 1, bare: 1, peer: "the engine's JSON" },
      ],
    },
    {
      job: 'encode',
      size: '100b',
      cells: [
        { format: 'cbor', ratio: 0.5, bare: 0.5, peer: 'cbor-x' },
        { format: 'msgpack', ratio: 0.998, bare: 0.998, peer: 'msgpackr' },
      ],
    },
  ])
})

test('the README says ranges, from the worst to the best', () => {
  const lines = readmeLines({ facts: FACTS }, FIGURES).join('\n')
  expect(lines).toContain('EVENT goes out. The payload is checked, but not decoded. | 1.0 to 10 |')
  expect(lines).toContain('Below 1 the other library is faster. | 0.50 to 1.00 |')
  expect(lines).toContain('(Node 24.1.0, 2026-12-01)')
})

test('the page on performance has each figure, and names each loss', () => {
  const lines = performanceLines({ facts: FACTS }, FIGURES, '2026-12-01.md')
  expect(lines).toContain('| forward, 1 KB | 10 (11) |  | 1.0 |')
  expect(lines).toContain('| encode, 100 B | **0.50** | **1.00** |  |')
  expect(lines).toContain(
    '- encode, 100 B: CBOR takes 2.00 times as long as cbor-x, MsgPack takes as long as msgpackr',
  )
})

test('the plot puts a mark for each figure right of the line when we are faster, and left of it when we are slower', () => {
  const svg = plotSvg(FIGURES, 'A & B <C>')
  const line = Number(/<line class="one" x1="([\d.]+)"/.exec(svg)?.[1])
  const circles = [...svg.matchAll(/<circle class="mark cbor" cx="([\d.]+)"/g)]
    .slice(1)
    .map(([, x]) => Number(x))
  const triangles = [...svg.matchAll(/<path class="mark json" d="M([\d.]+) /g)]
    .slice(1)
    .map(([, x]) => Number(x))
  expect(circles.map((x) => Math.sign(x - line))).toEqual([1, -1])
  expect(triangles).toEqual([line])
  // Logarithmic: twice as fast is as far to the right as half as fast is to the left.
  const [ten, half] = circles.map((x) => x - line)
  expect((ten ?? 0) / (half ?? 0)).toBeCloseTo(Math.log(10.4) / Math.log(0.5), 1)
  expect(svg).toContain('<title>CBOR, encode, 100 B: 0.50 times as fast as cbor-x</title>')
  expect(svg).toContain('A &amp; B &lt;C&gt;')
})

test('every element of the plot is closed', () => {
  const open: string[] = []
  for (const [, close, name, self] of plotSvg(FIGURES, '').matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (close === '/') expect(open.pop()).toBe(name)
    else if (self === '') open.push(name as string)
  }
  expect(open).toEqual([])
})
