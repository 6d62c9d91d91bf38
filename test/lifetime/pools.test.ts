/**
 * The strings of a payload are pieces of a pool (src/payload/read-tape.ts), or of a part of the payload that is read
 * directly (src/payload/direct-reader.ts). The rule: whoever keeps one of them keeps at
 * most 1,024 characters beside it, however large the message was.
 */
import { Worker } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import { createCodec, EventMessage } from '../../src/index.ts'

const MESSAGES = 10_000
const FRAMES = 4
/** The most characters of a part of a pool. */
const PART = 1024

/** Texts long enough for V8 to keep a piece of a string instead of a copy of it. */
const TEXTS = {
  ASCII: 'kept, not the whole message: ',
  'Latin-1': 'behalten, nicht alles, müßte: ',
  CJK: '保存されるのはこの文字列だけです、全部ではありません: ',
} as const

function framesOf(format: 'cbor' | 'msgpack' | 'json' | 'ubjson', text: string): Uint8Array[] {
  const serializer = createCodec().serializer(format)
  return Array.from({ length: FRAMES }, (_, frame) => {
    const args = Array.from({ length: 1200 }, (_, i) => `${text}${frame} ${i}`)
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

/** Off a tape all texts are pieces, in the formats with readers of their own only those of ASCII. */
const ROWS = [
  ['cbor', 'ASCII'],
  ['msgpack', 'ASCII'],
  ['ubjson', 'ASCII'],
  ['ubjson', 'Latin-1'],
  ['ubjson', 'CJK'],
  ['json', 'ASCII'],
] as const

describe('a heap snapshot', () => {
  test.each(ROWS)(
    `of ${MESSAGES} kept strings out of large messages in %s shows no pinned pools of %s`,
    async (format, kind) => {
      const text = TEXTS[kind]
      const frames = framesOf(format, text)
      const worker = new Worker(new URL('./keeping-worker.mjs', import.meta.url), {
        workerData: { frames, format, messages: MESSAGES },
      })
      try {
        await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
        const sizes = await stringSizes(worker)
        const unit = text === TEXTS.CJK ? 2 : 1
        // The source files of the package are the largest strings; a pool would have more than 30,000 characters.
        const pools = sizes.filter((size) => size > unit * PART + 64)
        const parts = sizes.filter((size) => size > unit * PART * 0.8).length - pools.length
        expect(pools.length).toBeLessThan(200)
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
