/** Result -> one page with plots, which needs no network: script, style and data are inside. */
import { readFileSync } from 'node:fs'
import { isLost, peerOf } from '../harness/verdict.mjs'
import {
  CHROMIUM_COLUMNS,
  CHROMIUM_TEXT_COLUMNS,
  COLUMNS,
  cellsOf,
  chromiumCells,
  TARGET_COLUMNS,
  TARGET_TEXT_COLUMNS,
  TEXT_COLUMNS,
  targetCells,
} from './cells.mjs'
import { escaped } from './escape.mjs'
import { machineLine } from './facts.mjs'
import { plotOf } from './plots.mjs'
import { outcomeOf } from './summary.mjs'

const CHART = new URL('./chart.umd.min.js', import.meta.resolve('chart.js'))
const own = (name) => readFileSync(new URL(name, import.meta.url), 'utf8')

/** A script ends at the first `</script`, also inside of a string. */
const inScript = (text) => text.replaceAll('</', '<\\/')

/**
 * The page. `jobs` tell titles and what they measure, in their order; `chromium` is a result of `npm run
 * bench:browser`, which gets columns beside this one.
 */
export function htmlOf({ facts, rows }, jobs, chromium = null) {
  const sections = jobs
    .map((job) => ({ job, own: rows.filter((row) => row.job === job.id) }))
    .filter(({ own }) => own.length > 0)
  const plots = new Map(sections.map(({ job, own }) => [job.id, plotOf(job.id, own)]))
  const drawn = [...plots.values()].filter((plot) => plot !== null)
  const policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>wamp-codec bench, ${escaped(facts.date)}</title>
<style>
${own('page.css')}</style>
<h1>wamp-codec bench</h1>
<p class="facts">${escaped(machineLine(facts))}</p>
${chromium === null ? '' : `<p class="facts">In Chromium: ${escaped(machineLine(chromium.facts))}</p>`}
${facts.doubts.map((doubt) => `<p class="bad">WARNING: ${escaped(doubt)}</p>`).join('\n')}
${overview(rows)}
<nav>${sections.map(({ job }) => `<a href="#${job.id}">${escaped(job.title)}</a>`).join(' ')} <a href="#targets">Targets</a></nav>
${sections.map(({ job, own }) => section(job, own, plots.get(job.id), chromium)).join('\n')}
${targetsSection(rows)}
<script type="application/json" id="plots">${inScript(JSON.stringify(drawn))}</script>
<script>${inScript(readFileSync(CHART, 'utf8'))}</script>
<script type="module">
${inScript(own('page.js'))}</script>
</html>
`
}

/** The counts, and the losses and missed targets by name before anything else. */
function overview(rows) {
  const { measured, missing, met, missed, open, lost, beaten, warned } = outcomeOf(rows)
  const figures = [
    ['targets met', met.length, 'good'],
    ['targets missed', missed.length, 'bad'],
    ['not measurable yet', open.length, ''],
    [
      'better than the best peer',
      measured.filter((row) => peerOf(row, 'best') !== null).length - lost.length,
      'good',
    ],
    ['worse', lost.length, 'bad'],
    ['beaten by plain JavaScript', beaten.length, 'bad'],
    ['not available', missing.length, ''],
    ['with a warning', warned.length, ''],
  ]
  const boxes = figures.map(
    ([label, count, tone]) => `<div class="${count > 0 ? tone : ''}"><b>${count}</b>${label}</div>`,
  )
  return `<div class="figures">${boxes.join('')}</div>
${list(
  'Lost',
  lost.map((row) => `${row.name}: ${peerOf(row, 'best').ratio.median.toFixed(2)} of ${row.best}`),
)}
${list(
  'Beaten by plain JavaScript that makes no message',
  beaten.map(({ row, baseline }) => `${row.name}: ${baseline.name}`),
)}`
}

function list(title, items) {
  if (items.length === 0) return ''
  const lines = items.map((item) => `<li>${escaped(item)}</li>`)
  return `<details open><summary>${title}</summary><ul>${lines.join('')}</ul></details>`
}

/** The last column, which is long: Chromium stands before it. */
const BASELINE = COLUMNS.length - 1

/** Columns, which of them are text, and the cells of rows. */
function cellsWith(chromium, rows) {
  if (chromium === null) return [COLUMNS, TEXT_COLUMNS, rows.map(cellsOf)]
  const there = new Map(chromium.rows.map((row) => [row.name, row]))
  const more = CHROMIUM_COLUMNS.length
  return [
    [...COLUMNS.slice(0, BASELINE), ...CHROMIUM_COLUMNS, ...COLUMNS.slice(BASELINE)],
    [
      ...TEXT_COLUMNS.map((i) => (i < BASELINE ? i : i + more)),
      ...CHROMIUM_TEXT_COLUMNS.map((i) => i + BASELINE),
    ],
    rows.map((row) => {
      const own = cellsOf(row)
      return [...own.slice(0, BASELINE), ...chromiumCells(there.get(row.name)), ...own.slice(BASELINE)]
    }),
  ]
}

function section(job, rows, plot, chromium) {
  const height = plot === null ? 0 : 70 + plot.labels.length * (plot.noAddon === null ? 18 : 26)
  const canvas =
    plot === null
      ? ''
      : `<div class="plot" style="height:${height}px"><canvas id="plot-${job.id}"></canvas></div>`
  return `<h2 id="${job.id}">${escaped(job.title)}</h2>
<p>${escaped(job.about)}</p>
${canvas}
<details${plot === null ? ' open' : ''}><summary>${rows.length} cases</summary>
${table(...cellsWith(chromium, rows), rows.map(isLost))}</details>`
}

function targetsSection(rows) {
  const cells = targetCells(rows)
  if (cells.length === 0) return '<h2 id="targets">Targets</h2><p>None of these cases has one.</p>'
  return `<h2 id="targets">Targets</h2>
<p>What is demanded of single cases, as a ratio to a peer or as a limit; the missed ones first.</p>
${table(TARGET_COLUMNS, TARGET_TEXT_COLUMNS, cells)}`
}

/** `lost` tells which rows are. */
function table(columns, textColumns, rows, lost = []) {
  const line = (tag, cells) => cells.map((text, i) => cell(tag, text, textColumns.includes(i))).join('')
  const body = rows.map((cells, i) => `<tr${lost[i] ? ' class="lost"' : ''}>${line('td', cells)}</tr>`)
  return `<div class="scroll"><table>
<thead><tr>${line('th', columns)}</tr></thead>
<tbody>${body.join('\n')}</tbody>
</table></div>`
}

function cell(tag, text, isText) {
  const tone = /MISSED|LOST/.test(text) ? ' bad' : ''
  return `<${tag} class="${isText ? 'text' : ''}${tone}">${escaped(text)}</${tag}>`
}
