/** The lanes over loopback: RawSocket clients that only count frames, and a publisher of frames made before. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { serveRawSocket } from '../../dist/net.js'
import { ENCODE } from '../corpus/frames.mjs'
import { messagesOf } from '../corpus/messages.mjs'
import { quartiles } from '../harness/statistics.mjs'
import { LANES, routerOf } from './lane.mjs'

const IDS = ['json', 'msgpack', 'cbor']
const SUBSCRIBERS = 50
/** Bytes that one round brings to the subscribers, about. */
const ROUND_BYTES = 32e6

/** A table of events a second: each to 50 subscribers of mixed serializers, published in CBOR. */
export async function overSockets(seed, rounds) {
  const rows = [['events', ...LANES, 'ratio']]
  for (const size of ['100b', '1k', '16k']) {
    const lanes = []
    for (const lane of LANES) lanes.push(await open(lane, size, seed))
    const rates = lanes.map(() => [])
    for (let round = 0; round <= rounds; round++) {
      for (const [i, lane] of lanes.entries()) {
        const rate = await lane.run()
        // The first one warms up.
        if (round > 0) rates[i].push(rate)
      }
    }
    for (const lane of lanes) await lane.close()
    const medians = rates.map((all) => quartiles(all).median)
    const ratio = `${(medians[0] / medians[1]).toFixed(2)}x`
    rows.push([size, ...medians.map((rate) => Math.round(rate).toLocaleString('en')), ratio])
  }
  return rows
}

async function open(name, size, seed) {
  const router = await routerOf(name)
  const serializers = IDS.map((id) => router.codec.serializer(id))
  const server = serveRawSocket({ serializers, onconnection: (connection) => router.attach(connection) })
  const port = await server.listen(0)
  const subscribers = []
  for (let i = 0; i < SUBSCRIBERS; i++) {
    const subscriber = await join(port, IDS[i % IDS.length])
    subscriber.send([32, 1, {}, 'com.myapp.topic'])
    await subscriber.next()
    subscribers.push(subscriber)
  }
  const publisher = await join(port, 'cbor')
  const lists = messagesOf({ type: 'publish', size, kind: 'mixed', shape: 'varied' }, seed)
  const bytes = lists.reduce((sum, list) => sum + ENCODE.json(list).length, 0) / lists.length
  const count = Math.max(20, Math.round(ROUND_BYTES / SUBSCRIBERS / bytes))
  const frames = Array.from({ length: count }, (_, i) => {
    const [, , , , args, kwargs] = lists[i % lists.length]
    return framed(ENCODE.cbor([16, i + 1, {}, 'com.myapp.topic', args, kwargs]))
  })
  const all = Buffer.concat(frames)
  return {
    async run() {
      const arrived = Promise.all(subscribers.map((subscriber) => subscriber.frames(count)))
      const began = performance.now()
      publisher.socket.write(all)
      await arrived
      return (count / (performance.now() - began)) * 1000
    },
    async close() {
      for (const { socket } of [publisher, ...subscribers]) socket.destroy()
      await server.close()
    },
  }
}

/** A client that has joined. It finds the ends of frames, and looks no further. */
async function join(port, id) {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  const number = IDS.indexOf(id) + 1
  socket.write(Uint8Array.of(0x7f, 0xf0 | number, 0, 0))
  await once(socket, 'data')
  const counter = { left: 0, done: () => {}, missing: 0, prefix: Buffer.alloc(4), filled: 0 }
  socket.on('data', (chunk) => countFrames(counter, chunk))
  const frames = (count) =>
    new Promise((resolve) => {
      counter.left = count
      counter.done = resolve
    })
  const client = {
    socket,
    send: (list) => socket.write(framed(ENCODE[id](list))),
    frames,
    next: () => frames(1),
  }
  const welcome = client.next()
  client.send([1, 'bench', { roles: { publisher: {}, subscriber: {} } }])
  await welcome
  return client
}

function framed(bytes) {
  const prefix = Buffer.alloc(4)
  prefix.writeUInt32BE(bytes.length)
  return Buffer.concat([prefix, bytes])
}

function countFrames(counter, chunk) {
  let at = 0
  while (at < chunk.length) {
    if (counter.missing > 0) {
      const taken = Math.min(counter.missing, chunk.length - at)
      counter.missing -= taken
      at += taken
      if (counter.missing === 0 && --counter.left === 0) counter.done()
    } else {
      counter.prefix[counter.filled++] = chunk[at++]
      if (counter.filled === 4) {
        counter.missing = counter.prefix.readUInt32BE(0)
        counter.filled = 0
      }
    }
  }
}
