/** Memory per message: bytes of JavaScript heap that a decoded message keeps, and that a forwarded one costs. */
import { runChild } from '../children/spawn.mjs'
import { peersOf } from '../peers/index.mjs'
import { caseOf, labelOf, product } from './grid.mjs'

/** Messages in a process, by size: they drown what else moves on the heap, and fit into the young generation. */
const COUNTS = { none: 20_000, '1k': 5_000, '16k': 200 }
const FLAGS = ['--expose-gc', '--max-semi-space-size=256', '--min-semi-space-size=256']
const FORMATS = ['cbor', 'msgpack', 'json']

/** `retained`: kept after decode, without the frame. `routed`: allocated by a forward, without the frames' bytes. */
const WAYS = {
  retained: { type: 'event', targets: [] },
  // Issue 4: a routed message allocates less than 1 KB of JavaScript heap beyond its bytes.
  routed: { type: 'publish', targets: [{ atMost: 1023, source: 'issue 4' }] },
}

export const job = {
  id: 'memory',
  title: 'Memory per message',
  about:
    'Bytes of JavaScript heap: `retained` by a decoded message beside its frame, allocated by a `routed` one.',
  cases(seed) {
    return Object.entries(WAYS).flatMap(([way, { type, targets }]) =>
      FORMATS.flatMap((format) =>
        product([type], ['none', '1k', '16k'], ['mixed'], ['repeated']).map((of) => ({ ...of, format })),
      ).map((of) =>
        caseOf(job.id, `${way}/${labelOf(of)}`, { unit: 'B', targets, build: () => build(way, of, seed) }),
      ),
    )
  },
}

function build(way, of, seed) {
  const count = COUNTS[of.size]
  const contenders = ['wamp-codec', ...peersOf(of.format).map(({ name }) => name)].map((contender, i) => ({
    name: contender,
    role: i === 0 ? 'ours' : 'peer',
    sample: () => runChild('memory.mjs', { way, contender, of, seed, count }, FLAGS).bytes,
  }))
  return { contenders, expected: [], bytes: null }
}
