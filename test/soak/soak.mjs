/**
 * Mixed traffic for a long time, with the memory that it takes: `npm run soak`, 10 minutes, or `--seconds N`; with
 * `--record` the result is written to test/soak/result.md and docs/reliability.md. Fails when the heap or the kernel's
 * memory goes on growing after the first quarter. Needs a build, for src/generated.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { importTypeScript } from '../../build/import-typescript.mjs'
import { record } from './result.mjs'

/** The heap breathes by so many bytes, whatever the time. */
const SLACK = 2 * 1024 * 1024

const argument = process.argv.indexOf('--seconds')
const seconds = argument < 0 ? 600 : Number(process.argv[argument + 1])
if (!(seconds > 0)) throw new RangeError('--seconds N, more than 0')

setFlagsFromString('--expose_gc')
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
for (let i = 1; i <= 40; i++) {
  const until = started + (i * seconds * 1000) / 40
  while (performance.now() < until)
    for (let k = 0; k < 500; k++) for (const traffic of traffics) traffic.step()
  samples.push(await memory())
  if (i % 4 === 0) console.log(`${Math.round((i * seconds) / 40)} s: ${text(samples.at(-1))}`)
}

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
  // Buffers are freed in the background.
  for (let i = 0; i < 3; i++) {
    collectGarbage()
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  const kernel = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0)
  return { heap: heapUsed, buffers: arrayBuffers, kernel }
}

function text({ heap, buffers, kernel }) {
  const kibibytes = (bytes) => `${Math.round(bytes / 1024)} KiB`
  return `heap ${kibibytes(heap)}, buffers ${kibibytes(buffers)}, kernel ${kibibytes(kernel)}`
}
