/**
 * A process with a young generation so large that nothing is collected meanwhile: bytes of JavaScript heap per message.
 * `retained` keeps decoded messages and subtracts the frames, `routed` lets every result go.
 */
import { readFileSync } from 'node:fs'
import { ENCODE } from '../corpus/frames.mjs'
import { messagesOf } from '../corpus/messages.mjs'
import { ROUTES } from '../jobs/routes.mjs'
import { EAGER, encoderOf, serializerOf } from '../ours.mjs'
import { PEERS } from '../peers/index.mjs'

/** Operations before those that count: functions that are not compiled yet allocate more. */
const WARM_UP = 10_000

const { way, contender, of, seed, count } = JSON.parse(readFileSync(0, 'utf8'))
const work = contender === 'wamp-codec' ? ours() : theirs()
const messages = messagesOf(of, seed)
const frames = Array.from({ length: count }, (_, i) => ENCODE[of.format](messages[i % messages.length]))
const results = new Array(count).fill(null)

// Compiled code, caches and what a peer hangs on a frame are not a message's own: the first passes pay for them.
for (let done = 0; done < Math.max(2 * count, WARM_UP); done += count) pass()
results.fill(null)
collect()
const before = process.memoryUsage().heapUsed
pass()
if (way === 'retained') collect()
const bytes = (process.memoryUsage().heapUsed - before) / count
console.log(JSON.stringify({ bytes, last: typeof results[count - 1] }))

/** Every frame once. */
function pass() {
  for (let i = 0; i < count; i++) {
    const result = work(frames[i])
    if (way === 'retained') results[i] = result
  }
}

/** Twice: what a first collection makes unreachable, a second one frees. */
function collect() {
  globalThis.gc()
  globalThis.gc()
}

function ours() {
  const serializer = serializerOf(EAGER, of.format)
  if (way === 'retained') return (frame) => serializer.decode(frame)
  const encode = encoderOf(EAGER, of.format)
  const { derive } = ROUTES.publish.make(seed)
  return (frame) => encode(derive(serializer.decode(frame)))
}

function theirs() {
  const { decode, encode } = PEERS[of.format].find(({ name }) => name === contender)
  if (way === 'retained') return decode
  const { rewrite } = ROUTES.publish.make(seed)
  return (frame) => encode(rewrite(decode(frame)))
}
