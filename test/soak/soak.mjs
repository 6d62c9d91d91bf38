/**
 * A great many messages of mixed traffic, with the memory that they take: `npm run soak`, 60 million, which take some
 * ten minutes, or `--messages N`; with `--record` the result is written to test/soak/result.md and docs/reliability.md.
 * Fails when the heap or the kernel's memory goes on growing after the first quarter. Needs a build, for src/generated.
 */
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { importTypeScript } from '../../build/import-typescript.mjs'
import { record } from './result.mjs'

/** The heap breathes by so many bytes, however many messages there are. */
const SLACK = 2 * 1024 * 1024

const argument = process.argv.indexOf('--messages')
const wanted = argument < 0 ? 60_000_000 : Number(process.argv[argument + 1])
if (!(wanted > 0)) throw new RangeError('--messages N, more than 0')

setFlagsFromString('--expose_gc')
// Buffers are freed in the collection itself and not beside the program, some time later.
setFlagsFromString('--no-concurrent-array-buffer-sweeping')
const collectGarbage = runInNewContext('gc')

// The kernel keeps its memory to itself.
const memories = []
const { Instance } = WebAssembly
WebAssembly.Instance = class extends Instance {
  constructor(...given) {
    super(...given)
    memories.push(this.exports.memory)
  }
}

const { createCodec, createTraffic } = await importTypeScript('test/soak/index.ts')
const codecs = ['eager', 'deferred'].map((payloadValidation) => createCodec({ payloadValidation }))
const traffics = codecs.map((codec, i) => createTraffic(codec, i + 1))

const samples = []
const started = performance.now()
const elapsed = () => Math.round((performance.now() - started) / 1000)
for (let sent = 0, i = 1; i <= 40; i++) {
  while (sent < (i * wanted) / 40) for (const traffic of traffics) sent += traffic.step()
  samples.push(await memory())
  if (i % 4 === 0) console.log(`${sent} messages, ${elapsed()} s: ${text(samples.at(-1))}`)
}
const seconds = elapsed()

const [first, ...rest] = samples.slice(10)
const largest = {
  heap: Math.max(...rest.map(({ heap }) => heap)),
  buffers: Math.max(...rest.map(({ buffers }) => buffers)),
  kernel: Math.max(...rest.map(({ kernel }) => kernel)),
}
const { messages } = codecs
  .map((codec) => codec.stats().out)
  .reduce((sum, out) => ({ messages: sum.messages + out.messages }))
const decoded = codecs.reduce((sum, codec) => sum + codec.stats().decodedPayloads, 0)
const isFlat =
  largest.heap <= first.heap + SLACK &&
  largest.buffers <= first.buffers + SLACK &&
  largest.kernel === first.kernel
console.log(
  `${messages} messages out, ${decoded} payloads decoded; after the first quarter ${text(first)}, at most ${text(largest)}`,
)
console.log(isFlat && decoded === 0 ? 'flat' : 'FAILED: memory grows, or payloads were decoded')
if (process.argv.includes('--record')) {
  const words = { first: text(first), largest: text(largest) }
  record({ seconds, messages, decoded, ...words, isFlat: isFlat && decoded === 0 })
}
process.exitCode = isFlat && decoded === 0 ? 0 : 1

/** Bytes that are in use when all garbage is gone. */
async function memory() {
  // It holds what was looked at through a WeakRef, until the next turn of the event loop.
  for (let i = 0; i < 3; i++) {
    collectGarbage()
    await setImmediate()
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  const kernel = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0)
  return { heap: heapUsed, buffers: arrayBuffers, kernel }
}

function text({ heap, buffers, kernel }) {
  const kibibytes = (bytes) => `${Math.round(bytes / 1024)} KiB`
  return `heap ${kibibytes(heap)}, buffers ${kibibytes(buffers)}, kernel ${kibibytes(kernel)}`
}
