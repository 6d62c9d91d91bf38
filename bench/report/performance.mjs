/** Result -> the generated part of docs/performance.md: the table, the losses in words, the circumstances. */
import { FORMATS, librariesOf, SIZES, short } from './figures.mjs'

/** The results are not in the package, the document is. */
const RESULTS = 'https://github.com/wamp-codec/wamp-codec/blob/main/bench/results'

const PARENTHESES =
  'In parentheses, where it differs: against libraries without their native addons, as in a browser.'

/** The lines between the marks. `file` is the name of the result in bench/results. */
export function performanceLines({ facts }, figures, file) {
  const { cpu, platform, node, date, seed, command } = facts
  return [
    '![Plot of the table below](performance.svg)',
    '',
    `| times as fast as the fastest library | ${Object.values(FORMATS).join(' | ')} |`,
    '|---|---:|---:|---:|',
    ...figures.map(tableRow),
    '',
    ...(figures.map(tableRow).some((row) => row.includes(' (')) ? [PARENTHESES] : []),
    '**Bold** figures are below 1: there the other library is faster.',
    '',
    '### Where another library is faster',
    '',
    ...losses(figures),
    '',
    '### The circumstances',
    '',
    `Measured on ${date} with Node ${node} on ${cpu} (${platform}). The fastest library was one of`,
    `${librariesOf(figures).join(', ')}. The messages are random, from the seed ${seed}.`,
    '[All cases][cases] with their spread, and the versions of the libraries. To measure it again:',
    '',
    ...wrapped(command),
    '',
    `[cases]: ${RESULTS}/${file}`,
  ]
}

function tableRow({ job, size, cells }) {
  const texts = Object.keys(FORMATS).map((format) => {
    const cell = cells.find((each) => each.format === format)
    if (cell === undefined) return ''
    const bare = short(cell.bare) === short(cell.ratio) ? '' : ` (${bold(cell.bare)})`
    return bold(cell.ratio) + bare
  })
  return `| ${job}, ${SIZES[size]} | ${texts.join(' | ')} |`
}

const bold = (value) => (value < 1 ? `**${short(value)}**` : short(value))

/** A line for each job and size in which a library is faster: how many times as long we take. */
function losses(figures) {
  const lines = figures.flatMap(({ job, size, cells }) => {
    const lost = cells.filter((cell) => cell.ratio < 1)
    const texts = lost.map(
      ({ format, ratio, peer }) => `${FORMATS[format]} takes ${timesAsLong(ratio)} as ${peer}`,
    )
    return lost.length === 0 ? [] : [`- ${job}, ${SIZES[size]}: ${texts.join(', ')}`]
  })
  return lines.length === 0 ? ['In none of these cases.'] : lines
}

function timesAsLong(ratio) {
  return ratio > 0.995 ? 'as long' : `${(1 / ratio).toFixed(2)} times as long`
}

/** A command as an indented block of lines that fit on a page. */
function wrapped(command) {
  const lines = ['   ']
  for (const word of command.split(' ')) {
    const last = lines.length - 1
    if (`${lines[last]} ${word}`.length > 110) {
      lines[last] += ' \\'
      lines.push(`      ${word}`)
    } else lines[last] += ` ${word}`
  }
  return lines
}
