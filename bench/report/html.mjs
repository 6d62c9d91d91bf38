/** Result -> one page with plots, which needs no network: script, style and data are inside. */
import { readFileSync } from 'node:fs'
import { isLost, peerOf } from '../harness/verdict.mjs'
import { COLUMNS, cellsOf, figureText, TEXT_COLUMNS } from './cells.mjs'
import { escaped } from './escape.mjs'
import { machineLine } from './facts.mjs'
import { plotOf } from './plots.mjs'
import { outcomeOf } from './summary.mjs'

const CHART = new URL('./chart.umd.min.js', import.meta.resolve('chart.js'))
const own = (name) => readFileSync(new URL(name, import.meta.url), 'utf8')

/** A script ends at the first `</script`, also inside of a string. */
const inScript = (text) => text.replaceAll('</', '<\\/')

/** The page. `jobs` tell titles and what they measure, in their order. */
export function htmlOf({ facts, rows }, jobs) {
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
${facts.doubts.map((doubt) => `<p class="bad">WARNING: ${escaped(doubt)}</p>`).join('\n')}
${overview(rows)}
<nav>${sections.map(({ job }) => `<a href="#${job.id}">${escaped(job.title)}</a>`).join(' ')}</nav>
${sections.map(({ job, own }) => section(job, own, plots.get(job.id))).join('\n')}
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
  'Missed',
  missed.map(({ row, target }) => `${row.name}: ${figureText(target, row.unit)} (${target.source})`),
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

function section(job, rows, plot) {
  const height = plot === null ? 0 : 70 + plot.labels.length * (plot.noAddon === null ? 18 : 26)
  const canvas =
    plot === null
      ? ''
      : `<div class="plot" style="height:${height}px"><canvas id="plot-${job.id}"></canvas></div>`
  return `<h2 id="${job.id}">${escaped(job.title)}</h2>
<p>${escaped(job.about)}</p>
${canvas}
<details${plot === null ? ' open' : ''}><summary>${rows.length} cases</summary><div class="scroll"><table>
<thead><tr>${COLUMNS.map((column, i) => cell('th', column, i)).join('')}</tr></thead>
<tbody>${rows.map(tableRow).join('\n')}</tbody>
</table></div></details>`
}

function tableRow(row) {
  return `<tr${isLost(row) ? ' class="lost"' : ''}>${cellsOf(row)
    .map((text, i) => cell('td', text, i))
    .join('')}</tr>`
}

function cell(tag, text, i) {
  const tone = /MISSED|LOST/.test(text) ? ' bad' : ''
  return `<${tag} class="${TEXT_COLUMNS.includes(i) ? 'text' : ''}${tone}">${escaped(text)}</${tag}>`
}
