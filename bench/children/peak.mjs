/**
 * A process that decodes one large frame, once: bytes by which its resident memory grows at most meanwhile, the
 * engine's garbage and what the codec keeps of its own included.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { EAGER, serializerOf } from '../ours.mjs'
import { PEERS } from '../peers/index.mjs'

const { way, contender, format, file } = JSON.parse(readFileSync(0, 'utf8'))
const work = contender === 'wamp-codec' ? ours() : PEERS[format].find(({ name }) => name === contender).decode
const frame = readFileSync(file)

globalThis.gc()
resetPeak()
const before = peakBytes()
const result = work(frame)
const bytes = peakBytes() - before
console.log(JSON.stringify({ bytes, result: typeof result }))

function ours() {
  const serializer = serializerOf(EAGER, format)
  if (way === 'peak-unread') return (input) => serializer.decode(input)
  return (input) => {
    const { args, kwargs } = serializer.decode(input)
    return [args, kwargs]
  }
}

/** Forgets the peak of loading the modules. Elsewhere than on Linux it stays, and is taken off as it is. */
function resetPeak() {
  if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5')
}

function peakBytes() {
  return process.resourceUsage().maxRSS * 1024
}
