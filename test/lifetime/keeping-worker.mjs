/** A thread that decodes large messages and keeps one string of each; its heap shows what else stays alive. */
import { parentPort, workerData } from 'node:worker_threads'
import { createCodec } from '../../dist/index.js'

const { frames, format, messages } = workerData
const serializer = createCodec().serializer(format)
const kept = []
for (let i = 0; i < messages; i++) {
  const { args } = serializer.decode(frames[i % frames.length])
  kept.push(args[1 + ((i * 31) % (args.length - 1))])
}
// Keeps them alive.
parentPort.on('message', () => parentPort.postMessage(kept))
parentPort.postMessage(kept.length)
