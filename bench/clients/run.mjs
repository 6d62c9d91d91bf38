/**
 * `npm run bench:clients`: autobahn-js end to end on its own serializers and on ours, from `publish` to the handler of
 * the event, through a router in another process. The lanes take turns, and every ratio is of one round.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { autobahn, autobahnOptions } from '../../dist/autobahn.js'
import { createCodec } from '../../dist/index.js'
import { createLists } from '../../dist/lists.js'
import { DEFAULT_SEED } from '../arguments.mjs'
import { messagesOf } from '../corpus/messages.mjs'
import { quartiles, ratiosOf } from '../harness/statistics.mjs'
import { openLane } from './lane.mjs'

const { JSONSerializer, MsgpackSerializer, CBORSerializer } = createRequire(import.meta.url)(
  'autobahn/lib/serializer.js',
)
const OWN = { json: JSONSerializer, msgpack: MsgpackSerializer, cbor: CBORSerializer }
const NAMES = { json: 'JSON', msgpack: 'MsgPack', cbor: 'CBOR' }

/** How many times as many messages as autobahn's own serializers we want to carry. */
const TARGETS = {
  json: { '100b': 0.9, '1k': 0.9, '16k': 0.9 },
  msgpack: { '100b': 4, '1k': 9, '16k': 18 },
  cbor: { '100b': 3, '1k': 10, '16k': 18 },
}

/** A batch takes about so long, in nanoseconds, and has at most so many messages. */
const BATCH_NS = 200e6
const MAX_BATCH = 4000

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    shape: { type: 'string', default: 'repeated' },
    kind: { type: 'string', default: 'mixed' },
    only: { type: 'string', default: '' },
    markdown: { type: 'string' },
    seed: { type: 'string', default: String(DEFAULT_SEED) },
  },
})

const codec = createCodec()
/** The serializers of a format; the first is what the others are compared with. */
const serializersOf = (format) => ({
  own: () => new OWN[format](),
  'codec.lists': () => autobahn(codec.lists(format, autobahnOptions(format))),
  createLists: () => autobahn(createLists(format, autobahnOptions(format))),
})

const router = fork(fileURLToPath(new URL('router.mjs', import.meta.url)))
const [{ port }] = await once(router, 'message')

const lines = []
for (const size of ['100b', '1k', '16k']) {
  const formats = Object.keys(OWN).filter((format) => `${format} ${size}`.includes(options.only))
  if (formats.length > 0) lines.push(...(await measure(size, formats)))
}
router.disconnect()
report(lines)

/** A row for each format, all formats and serializers taking turns. */
async function measure(size, formats) {
  const lists = messagesOf(
    { type: 'publish', size, kind: options.kind, shape: options.shape },
    Number(options.seed),
  )
  const lanes = []
  for (const format of formats) {
    for (const [name, serializer] of Object.entries(serializersOf(format))) {
      const lane = await openLane(
        `ws://127.0.0.1:${port}`,
        `bench.${size}.${format}.${lanes.length}`,
        serializer,
      )
      await lane.prove(lists)
      lanes.push({ format, name, lane, batch: await batchOf(lane, lists), times: [] })
    }
  }
  const rounds = Number(options.rounds)
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < lanes.length; turn++) {
      const { lane, batch, times } = lanes[(round + turn) % lanes.length]
      times.push(await lane.run(lists, batch))
    }
  }
  for (const { lane } of lanes) lane.close()
  return formats.map((format) =>
    rowOf(
      size,
      format,
      lanes.filter((each) => each.format === format),
    ),
  )
}

/** Warms a lane up, and finds how many messages take long enough to be timed. */
async function batchOf(lane, lists) {
  let count = 50
  for (;;) {
    const { wall } = await lane.run(lists, count)
    const wanted = Math.min(MAX_BATCH, Math.ceil(BATCH_NS / wall))
    if (count >= wanted * 0.7) return count
    count = Math.min(wanted, count * 4)
  }
}

function rowOf(size, format, lanes) {
  const of = (what) => lanes[0].times.map((_, round) => lanes.map(({ times }) => times[round][what]))
  // Ours first: a ratio above 1 says how many times as long the other takes.
  const [wall, cpu] = ['wall', 'cpu'].map((what) =>
    lanes.slice(1).map((_, i) => {
      const rounds = of(what).map((round) => [round[i + 1], round[0]])
      return ratiosOf(rounds)[1]
    }),
  )
  const rates = lanes.map(({ times }) => 1e9 / quartiles(times.map((time) => time.wall)).median)
  return { size, format, rates, wall, cpu, target: TARGETS[format][size] }
}

function report(rows) {
  const times = (ratio) => `${ratio.toPrecision(ratio < 10 ? 2 : 3)}x`
  const spread = ({ p25, median, p75 }) => `${times(median)} (${times(p25)} to ${times(p75)})`
  const rate = (value) => Math.round(value).toLocaleString('en')
  const cells = rows.map(({ size, format, rates, wall, cpu, target }) => [
    NAMES[format],
    size,
    ...rates.map(rate),
    spread(wall[0]),
    times(cpu[0].median),
    spread(wall[1]),
    times(cpu[1].median),
    `${target}x ${wall[0].median >= target ? 'met' : 'MISSED'}`,
  ])
  const head = [
    ...['format', 'args and kwargs', 'own, msg/s', 'codec.lists, msg/s', 'createLists, msg/s'],
    ...['codec.lists to own', 'CPU', 'createLists to own', 'CPU', 'goal'],
  ]
  const [{ model }] = cpus()
  const { node, v8 } = process.versions
  const page = [
    '<!-- Written by bench/clients/run.mjs; not edited by hand. -->',
    '# autobahn-js end to end',
    '',
    `autobahn-js 26.3.1, publisher and subscriber in one process, router in another; ${options.rounds} rounds, ${options.kind} ` +
      `messages, ${options.shape}, seed ${options.seed}. ${new Date().toISOString().slice(0, 10)}, ${model.trim()}, ${cpus().length} cores, ` +
      `load ${loadavg()[0].toFixed(1)}, Node ${node} (V8 ${v8}).`,
    '',
    'Medians of ratios of one round, with their quartiles; CPU is that of the process of publisher and subscriber.',
    '',
    `| ${head.join(' | ')} |`,
    `|${'---|'.repeat(head.length)}`,
    ...cells.map((row) => `| ${row.join(' | ')} |`),
    '',
  ].join('\n')
  console.log(page)
  if (options.markdown !== undefined) writeFileSync(options.markdown, page)
}
