/**
 * `npm start`: a router on a free port of this machine, published clients that talk through it, each with a
 * serializer of its own, and a table of what went through. With `--serve` the router stays, for clients of yours.
 */
import { listen } from '../router/listeners.mjs'
import { joinAll } from './clients.mjs'
import { WatchedRouter } from './watch.mjs'

/** @import { Client } from './clients.mjs' */
/** @import { Flow } from './watch.mjs' */

const REALM = 'realm1'
const WEATHER = 'com.example.weather'
/** Milliseconds after which a client must have hung. */
const TOO_LONG = 25_000

const isServing = process.argv.includes('--serve')
const port = Number(process.argv.find((word) => word.startsWith('--port='))?.slice('--port='.length) ?? 0)
const watchdog = setTimeout(() => {
  console.error('the clients did not finish in time')
  process.exit(1)
}, TOO_LONG)

const router = new WatchedRouter({
  realms: { [REALM]: {} },
  // wampy's own serializers write ids as floats and options as undefined.
  peers: 'lenient',
  observe: (what, session, error) => console.error(`${what}: session ${session.id}`, error?.message ?? ''),
})
const listening = await listen(router, { port })
const clients = await Promise.all(joinAll(listening.url, REALM))
router.codec.stats({ reset: true })
await talk(clients)
const { in: came, out, spliced, transcoded, decodedPayloads } = router.codec.stats()
console.log(
  `A router on port ${listening.port}, WebSocket and RawSocket; through it talk unmodified clients:\n`,
)
console.log(table(router.flows, new Map(clients.map(({ session, name }) => [session, name]))))
console.log(
  `\n${came.messages} messages in, ${out.messages} out; payloads passed on as they came: ${spliced}, ` +
    `put into another format: ${transcoded}, decoded: ${decodedPayloads}`,
)
await Promise.all(clients.map((client) => client.leave()))
clearTimeout(watchdog)

if (isServing) {
  console.log(`\nServing realm ${REALM} until Ctrl-C, with every serializer:`)
  console.log(
    `  WebSocket  ${listening.url}      new autobahn.Connection({ url: '${listening.url}', realm: '${REALM}' })`,
  )
  console.log(`  RawSocket  127.0.0.1:${listening.port}`)
  process.once('SIGINT', () => listening.close())
} else {
  await listening.close()
  console.log(
    '\nnpm start -- --serve              the router stays, for your own clients (--port=8080 chooses the port)',
  )
  console.log('docs/router-guide.md              the router, step by step; its code is in examples/router')
  console.log(
    'node dist/cli.js inspect examples/session/session.jsonl      a recorded session, message by message',
  )
}

/**
 * Everybody publishes to all others, and calls a procedure of the next one.
 *
 * @param {Client[]} clients
 */
async function talk(clients) {
  let missing = clients.length * (clients.length - 1)
  /** @type {() => void} */
  let done = () => {}
  const heard = new Promise((resolve) => {
    done = () => resolve(null)
  })
  const onEvent = () => {
    missing--
    if (missing === 0) done()
  }
  await Promise.all(clients.map((client) => client.subscribe(WEATHER, onEvent)))
  for (const [i, client] of clients.entries()) {
    await client.publish(WEATHER, ['Zürich', 20.5 + i, null], { summary: 'Föhn ☀', hours: [9, 12, 15] })
  }
  await heard
  for (const [i, client] of clients.entries()) {
    await client.register(`com.example.add${i}`, (args) => [Number(args[0]) + Number(args[1])])
    const caller = /** @type {Client} */ (clients[(i + 1) % clients.length])
    const sum = await caller.call(`com.example.add${i}`, [i, 40])
    if (sum !== i + 40) throw new Error(`${caller.name} got ${sum} for ${i} + 40`)
  }
}

/** @type {(flows: Flow[], names: Map<number, string>) => string} */
function table(flows, names) {
  const rows = flows.map(({ from, to, what, serializerIn, serializerOut, isSpliced, bytesIn, bytesOut }) => [
    names.get(from) ?? '',
    what,
    names.get(to) ?? '',
    `${serializerIn} -> ${serializerOut}`,
    isSpliced ? 'spliced' : 'transcoded',
    `${bytesIn} -> ${bytesOut}`,
  ])
  const lines = [['from', 'what', 'to', 'serializers', 'payload', 'bytes'], ...rows]
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? []
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
