/**
 * Figures -> an SVG picture: a row for each job and size, a mark for each format, on a logarithmic axis. It brings its
 * own background, light or dark as the reader prefers, because it cannot know the page that it stands on.
 */
import { escaped } from './escape.mjs'
import { FORMATS, SIZES, short } from './figures.mjs'

const WIDTH = 560
const LEFT = 190
const RIGHT = 22
const TOP = 78
const ROW = 19
const GAP = 9
const BOTTOM = 30
const TICKS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 100, 300, 1000]

const STYLE = `
text{font:12.5px system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;fill:var(--text)}
.title{font-size:15px;font-weight:600}.soft{fill:var(--soft)}.end{text-anchor:end}.middle{text-anchor:middle}
.page{fill:var(--page);stroke:var(--line)}.slower{fill:var(--slower)}
.grid{stroke:var(--line)}.one{stroke:var(--text);stroke-width:1.5}.span{stroke:var(--soft);stroke-width:1.5}
.mark{stroke:var(--page)}.cbor{fill:var(--cbor)}.msgpack{fill:var(--msgpack)}.json{fill:var(--json)}
svg{--page:#fff;--text:#1f2328;--soft:#59636e;--line:#d9dee4;--slower:#fff1e5;--cbor:#0969da;--msgpack:#1a7f37;--json:#bc4c00}
@media (prefers-color-scheme:dark){
svg{--page:#0d1117;--text:#f0f6fc;--soft:#9198a1;--line:#30363d;--slower:#2d1f14;--cbor:#58a6ff;--msgpack:#3fb950;--json:#f0883e}
}`

/** The picture. `note` stands under the title. */
export function plotSvg(figures, note) {
  const scale = scaleOf(figures.flatMap(({ cells }) => cells.map((cell) => cell.ratio)))
  const rows = placed(figures)
  const bottom = (rows.at(-1)?.y ?? TOP) + ROW
  const height = bottom + BOTTOM
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    '<title>How many times as fast wamp-codec is as the fastest other library</title>',
    `<style>${STYLE}\n</style>`,
    `<rect class="page" x=".5" y=".5" width="${WIDTH - 1}" height="${height - 1}" rx="6"/>`,
    text(16, 26, 'title', 'Times as fast as the fastest other library'),
    text(16, 46, 'soft', note),
    ...legend(),
    `<rect class="slower" x="${LEFT}" y="${TOP}" width="${fixed(scale.x(1) - LEFT)}" height="${bottom - TOP}"/>`,
    ...axis(scale, bottom),
    ...rows.flatMap((row) => rowMarks(row, scale)),
    '</svg>',
    '',
  ].join('\n')
}

/** A place with one decimal. */
const fixed = (value) => Number(value.toFixed(1))

/** The ratios that the axis shows, and where each of them is. */
function scaleOf(ratios) {
  const low = Math.min(0.5, ...ratios) * 0.8
  const high = Math.max(10, ...ratios) * 1.25
  const unit = (WIDTH - RIGHT - LEFT) / Math.log(high / low)
  return {
    ticks: TICKS.filter((tick) => tick > low && tick < high),
    x: (value) => fixed(LEFT + Math.log(value / low) * unit),
  }
}

/** The figures with the middle of their rows; jobs are set apart. */
function placed(figures) {
  let y = TOP - GAP + ROW / 2
  return figures.map((figure, i) => {
    const isFirst = figure.job !== figures[i - 1]?.job
    y += isFirst ? GAP + (i === 0 ? 0 : ROW) : ROW
    return { ...figure, isFirst, y }
  })
}

function legend() {
  return Object.entries(FORMATS).flatMap(([format, label], i) => {
    const x = WIDTH - RIGHT - 222 + i * 80
    return [mark(format, x, TOP - 11, label), text(x + 10, TOP - 7, '', label)]
  })
}

function axis({ ticks, x }, bottom) {
  const lines = ticks.flatMap((tick) => [
    `<line class="${tick === 1 ? 'one' : 'grid'}" x1="${x(tick)}" x2="${x(tick)}" y1="${TOP}" y2="${bottom}"/>`,
    text(x(tick), bottom + 17, 'middle soft', `${tick}×`),
  ])
  return [
    ...lines,
    text(fixed(x(1) - 7), TOP - 7, 'end soft', '◂ slower'),
    text(fixed(x(1) + 7), TOP - 7, 'soft', 'faster ▸'),
  ]
}

function rowMarks({ job, size, cells, isFirst, y }, { x }) {
  const places = cells.map((cell) => x(cell.ratio))
  return [
    ...(isFirst ? [text(16, y + 4, '', job)] : []),
    text(LEFT - 10, y + 4, 'end soft', SIZES[size]),
    `<line class="span" x1="${Math.min(...places)}" x2="${Math.max(...places)}" y1="${y}" y2="${y}"/>`,
    ...MARKED.flatMap((name) => cells.filter(({ format }) => format === name)).map(
      ({ format, ratio, peer }) => {
        const label = `${FORMATS[format]}, ${job}, ${SIZES[size]}: ${short(ratio)} times as fast as ${peer}`
        return mark(format, x(ratio), y, label)
      },
    ),
  ]
}

/** The order in which the marks of a row are drawn: the smallest is the last. */
const MARKED = ['msgpack', 'json', 'cbor']

/** A circle, a square or a triangle, so that colours need not be told apart. */
function mark(format, x, y, label) {
  const title = `<title>${escaped(label)}</title>`
  if (format === 'cbor') return `<circle class="mark cbor" cx="${x}" cy="${y}" r="4">${title}</circle>`
  if (format === 'msgpack')
    return `<rect class="mark msgpack" x="${fixed(x - 5)}" y="${fixed(y - 5)}" width="10" height="10">${title}</rect>`
  return `<path class="mark json" d="M${x} ${fixed(y - 5.5)}l5.5 10h-11z">${title}</path>`
}

function text(x, y, classes, words) {
  return `<text x="${x}" y="${y}"${classes === '' ? '' : ` class="${classes}"`}>${escaped(words)}</text>`
}
