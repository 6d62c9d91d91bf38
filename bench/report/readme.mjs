/** Result -> the generated part of the project's README: the plot, and three figures with what they mean. */
import { librariesOf, short } from './figures.mjs'

/** What a reader gets, with the jobs and the sizes whose figures say how much of it. */
const MEANINGS = [
  [
    'Forward 1 KB: a PUBLISH comes in, an EVENT goes out. The payload is checked, but not decoded.',
    ['forward'],
    ['1k'],
  ],
  ['Fan out 1 KB to 100 subscriptions: the payload is written once.', ['fan out to 100'], ['1k']],
  [
    'Decode all values, or encode, as clients do, 100 B to 16 KB. Below 1 the other library is faster.',
    ['decode, all values', 'encode'],
    ['100b', '1k', '16k'],
  ],
]

/** The lines between the marks. */
export function readmeLines({ facts }, figures) {
  const rows = MEANINGS.flatMap(([meaning, jobs, sizes]) => {
    const cells = figures.filter(({ job, size }) => jobs.includes(job) && sizes.includes(size))
    const ratios = cells.flatMap((figure) => figure.cells.map((cell) => cell.ratio))
    return ratios.length === 0 ? [] : [`| ${meaning} | ${range(ratios)} |`]
  })
  return [
    `Times as fast as the fastest of ${librariesOf(figures).join(', ')}, over CBOR, MsgPack and JSON`,
    `(Node ${facts.node}, ${facts.date}):`,
    '',
    '| job | times as fast |',
    '|---|---|',
    ...rows,
    '',
    `![Plot: how many times as fast wamp-codec is, for each job, size and format](docs/performance.svg)`,
  ]
}

function range(ratios) {
  const least = Math.min(...ratios)
  const most = Math.max(...ratios)
  return `${short(least)} to ${short(most)}`
}
