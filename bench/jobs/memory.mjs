/**
 * Memory: bytes of JavaScript heap that a decoded message keeps and that a forwarded one costs, and by how much the
 * process grows at most while one large frame is decoded, unread and with all its values read.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runChild } from '../children/spawn.mjs'
import { ENCODE } from '../corpus/frames.mjs'
import { messagesOf } from '../corpus/messages.mjs'
import { peersOf } from '../peers/index.mjs'
import { caseOf, labelOf, product } from './grid.mjs'

/** Messages in a process, by size: they drown what else moves on the heap, and fit into the young generation. */
const COUNTS = { none: 20_000, '1k': 5_000, '16k': 200 }
const FLAGS = ['--expose-gc', '--max-semi-space-size=256', '--min-semi-space-size=256']
const FORMATS = ['cbor', 'msgpack', 'json']

/** `retained`: kept after decode, without the frame. `routed`: allocated by a forward, without the frames' bytes. */
const WAYS = { retained: 'event', routed: 'publish' }
/** What is done with one large frame. A peer has read everything when it has decoded. */
const PEAKS = ['peak-unread', 'peak']

export const job = {
  id: 'memory',
  title: 'Memory',
  about:
    'Bytes of JavaScript heap: `retained` by a decoded message beside its frame, allocated by a `routed` one. ' +
    'Bytes by which a process grows at most when it decodes 4 MB: `peak-unread`, and `peak` with all values read.',
  cases(seed) {
    return [...perMessage(seed), ...peaks(seed)]
  },
}

function perMessage(seed) {
  return Object.entries(WAYS).flatMap(([way, type]) =>
    FORMATS.flatMap((format) =>
      product([type], ['none', '1k', '16k'], ['mixed'], ['repeated']).map((of) => ({ ...of, format })),
    ).map((of) => caseOf(job.id, `${way}/${labelOf(of)}`, { unit: 'B', build: () => build(way, of, seed) })),
  )
}

function peaks(seed) {
  const messages = FORMATS.flatMap((format) =>
    product(['event'], ['4m'], ['mixed'], ['varied']).map((of) => ({ ...of, format })),
  )
  return PEAKS.flatMap((way) =>
    messages.map((of) =>
      caseOf(job.id, `${way}/${labelOf(of)}`, { unit: 'B', build: () => buildPeak(way, of, seed) }),
    ),
  )
}

function build(way, of, seed) {
  const count = COUNTS[of.size]
  const contenders = contendersOf(
    of,
    (contender) => runChild('memory.mjs', { way, contender, of, seed, count }, FLAGS).bytes,
  )
  return { contenders, expected: [], bytes: null }
}

function buildPeak(way, of, seed) {
  const [frame] = messagesOf(of, seed).map(ENCODE[of.format])
  const contenders = contendersOf(of, (contender) => peakOf({ way, contender, format: of.format }, frame))
  return { contenders, expected: [], bytes: frame.length }
}

/** The frame goes through a file: it must not be part of the child's growth. */
function peakOf(input, frame) {
  const folder = mkdtempSync(join(tmpdir(), 'wamp-codec-peak-'))
  try {
    const file = join(folder, 'frame')
    writeFileSync(file, frame)
    return runChild('peak.mjs', { ...input, file }, ['--expose-gc']).bytes
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Ours and the best peers, each of which `sample` measures in a process of its own. */
function contendersOf({ format }, sample) {
  return ['wamp-codec', ...peersOf(format).map(({ name }) => name)].map((name, i) => ({
    name,
    role: i === 0 ? 'ours' : 'peer',
    sample: () => sample(name),
  }))
}
