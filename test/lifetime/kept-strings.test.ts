/**
 * The strings of a payload that is read directly are pieces of parts of it (src/payload/direct-reader.ts). The rule:
 * whoever keeps one of them keeps at most 1,024 characters beside it, however large the message was.
 */
import { Worker } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import { createCodec, EventMessage } from '../../src/index.ts'

const MESSAGES = 10_000
const FRAMES = 4
/** The most characters of a part. */
const PART = 1024

/** Long enough for V8 to keep a piece of a string instead of a copy of it. */
const TEXT = 'kept, not the whole message: '

function framesOf(format: (typeof FORMATS)[number]): Uint8Array[] {
  const serializer = createCodec().serializer(format)
  return Array.from({ length: FRAMES }, (_, frame) => {
    const args = Array.from({ length: 1200 }, (_, i) => `${TEXT}${frame} ${i}`)
    return serializer.encode(new EventMessage({ subscription: 1, publication: 2, args }))
  })
}

/** Sizes of all strings of a heap, in bytes. */
async function stringSizes(worker: Worker): Promise<number[]> {
  const chunks: Buffer[] = []
  for await (const chunk of await worker.getHeapSnapshot()) chunks.push(chunk as Buffer)
  const { snapshot, nodes } = JSON.parse(Buffer.concat(chunks).toString()) as {
    snapshot: { meta: { node_fields: string[]; node_types: string[][] } }
    nodes: number[]
  }
  const { node_fields: fields, node_types: types } = snapshot.meta
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')]
  const isString = new Set(
    ['string', 'sliced string', 'concatenated string'].map((name) => types[type]?.indexOf(name)),
  )
  const sizes: number[] = []
  for (let at = 0; at < nodes.length; at += fields.length) {
    if (isString.has(nodes[at + type])) sizes.push(nodes[at + size] as number)
  }
  return sizes
}

/** Texts beyond ASCII are strings by themselves. */
const FORMATS = ['cbor', 'msgpack', 'ubjson', 'json'] as const

describe('a heap snapshot', () => {
  test.each(FORMATS)(
    `of ${MESSAGES} kept strings out of large messages in %s shows no pinned messages`,
    async (format) => {
      const frames = framesOf(format)
      const worker = new Worker(new URL('./keeping-worker.mjs', import.meta.url), {
        workerData: { frames, format, messages: MESSAGES },
      })
      try {
        await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
        const sizes = await stringSizes(worker)
        // The source files of the package are the largest strings; a message would have more than 30,000 characters.
        const messages = sizes.filter((size) => size > PART + 64)
        const parts = sizes.filter((size) => size > PART * 0.8).length - messages.length
        expect(messages.length).toBeLessThan(200)
        // The test sees what it looks for: there are parts, one for each string.
        expect(parts).toBeGreaterThan(MESSAGES * 0.8)
        expect(parts).toBeLessThan(MESSAGES * 1.1)
      } finally {
        await worker.terminate()
      }
    },
    60_000,
  )
})
