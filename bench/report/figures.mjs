/** Result -> the figures that the documents for users show: jobs by size and format, each beside the best peer. */
import { libraryOf, peerOf } from '../harness/verdict.mjs'
import { ratio } from './cells.mjs'

/** Formats by their name in a case. JSON is given and made as bytes, as a socket has it. */
export const FORMATS = { cbor: 'CBOR', msgpack: 'MsgPack', json: 'JSON' }
/** Sizes by their name in a case: JSON bytes of args and kwargs. */
export const SIZES = { '100b': '100 B', '1k': '1 KB', '16k': '16 KB' }

/** Jobs with the names of their cases. Shapes vary from message to message: nothing is tuned to one of them. */
const JOBS = [
  ['forward', 'forward/FORMAT/publish-SIZE-mixed/varied'],
  ['forward in parts', 'forward-parts/FORMAT/publish-SIZE-mixed/varied'],
  ['fan out to 100', 'fan-out/parts/FORMAT/publish-SIZE-mixed/varied'],
  ['decode, no values', 'lazy-decode/eager/FORMAT/event-SIZE-mixed/varied'],
  ['decode, one value', 'one-field/eager/FORMAT/event-SIZE-mixed/varied'],
  ['decode, all values', 'full-decode/FORMAT/event-SIZE-mixed/varied'],
  ['encode', 'full-encode/FORMAT/event-SIZE-mixed/varied'],
]

/**
 * The figures that were measured, job by job and size by size. `ratio` says how many times as fast we are as `peer`,
 * the fastest library; `bare` is the same against libraries without their native addons.
 */
export function figuresOf({ rows }) {
  const byName = new Map(rows.filter(({ missing }) => missing === null).map((row) => [row.name, row]))
  return JOBS.flatMap(([job, pattern]) =>
    Object.keys(SIZES).flatMap((size) => {
      const cells = Object.keys(FORMATS).flatMap((format) => {
        const row = byName.get(pattern.replace('FORMAT', format).replace('SIZE', size))
        return row === undefined ? [] : [cellOf(row, format)]
      })
      return cells.length === 0 ? [] : [{ job, size, cells }]
    }),
  )
}

function cellOf(row, format) {
  const best = peerOf(row, 'best')
  const { median } = best.ratio
  const bare = peerOf(row, 'bare')?.ratio.median ?? median
  return { format, ratio: median, bare, peer: nameOf(best.name) }
}

/** What the documents call a contender's library. */
function nameOf(contender) {
  const library = libraryOf(contender)
  return library === 'JSON' ? "the engine's JSON" : library
}

/** The libraries that were the fastest in one of the figures. */
export function librariesOf(figures) {
  // What a library only skips it skips itself.
  const names = figures.flatMap(({ cells }) => cells.map(({ peer }) => peer.replace(/ skip \(.*\)$/, '')))
  return [...new Set(names)].sort()
}

/** A ratio with two digits that count, also below 1. */
export function short(value) {
  return value < 1 ? value.toFixed(2) : ratio(value)
}
