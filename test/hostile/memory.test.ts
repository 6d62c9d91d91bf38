/**
 * Rows L3 and L4: a memory that cannot grow further is MEMORY_LIMIT, and everything goes on; one kernel serves all
 * codecs of a thread.
 */
import { readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import { createCodec, Publish, WampCodecError } from '../../src/index.ts'
import { kernelOf } from '../../src/kernel/load.ts'
import { listedTexts } from '../support/flexbuffers-hostile.ts'
import { sectionsOf } from '../support/wasm.ts'
import { FORMATS } from './raw.ts'

const PAGE = 65_536
/** Sections of a module, as the specification numbers them. */
const MEMORY_SECTION = 5

/** The kernel with a maximum of so many pages: the engine says no to more, as it does when there is no memory. */
function cappedModule(build: string, pages: number): WebAssembly.Module {
  const wasm = readFileSync(new URL(`../../out/wasm/kernel-${build}.wasm`, import.meta.url))
  const section = sectionsOf(wasm).find(({ id }) => id === MEMORY_SECTION)
  if (section === undefined) throw new Error('no memory')
  const { head, start, end } = section
  const [count, flags, first] = wasm.subarray(start, end)
  if (end - start !== 3 || count !== 1 || flags !== 0) throw new Error('another memory than expected')
  const capped = [MEMORY_SECTION, 5, 1, 1, first as number, (pages & 0x7f) | 0x80, pages >> 7]
  const parts = [wasm.subarray(0, head), Uint8Array.from(capped), wasm.subarray(end)]
  return new WebAssembly.Module(Buffer.concat(parts))
}

function codeOf(run: () => unknown): string | null {
  try {
    run()
    return null
  } catch (error) {
    if (!(error instanceof WampCodecError)) throw error
    return error.code
  }
}

const IDS = ['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers'] as const

describe.each(['simd', 'scalar'])('a memory of at most 32 pages, %s build', (build) => {
  const module = cappedModule(build, 32)
  const codec = createCodec({ module })
  const kernel = kernelOf(module)

  test.each(IDS)('%s: what needs more is MEMORY_LIMIT, and nothing that is held is harmed', (id) => {
    const serializer = codec.serializer(id)
    const good = serializer.encode(
      new Publish({ request: 1, topic: 'a.b', args: ['held', [1]], kwargs: { k: 'ключ' } }),
    )
    const held = Array.from({ length: 100 }, () => serializer.decode(good) as Publish)
    const views = held.map((message) => message.payloadView)
    const large = createCodec()
      .serializer(id)
      .encode(new Publish({ request: 2, topic: 'a.b', args: ['x'.repeat(4_000_000)] }))
    for (const message of held) {
      expect(codeOf(() => serializer.decode(large))).toBe('MEMORY_LIMIT')
      // Read between the refusals, so that each is followed by another use of the kernel.
      expect(message.args).toEqual(['held', [1]])
    }
    for (const view of views) expect(view.path('kwargs', 'k')?.toValue()).toBe('ключ')
    expect(Buffer.compare(serializer.encode(serializer.decode(good)), good)).toBe(0)
    expect(kernel.exports.memory.buffer.byteLength).toBeLessThanOrEqual(32 * PAGE)
  })

  test.each(FORMATS)('%s: values by themselves, and what needs room to be written', (format) => {
    const plain = createCodec().payload(format)
    const large = plain.encode(['x'.repeat(4_000_000)])
    const payload = codec.payload(format)
    for (const run of [
      () => payload.decode(large),
      () => payload.validate(large),
      () => payload.view(large),
      () => codec.transcode(large, { from: format, to: 'cbor' }),
    ]) {
      expect(codeOf(run)).toBe('MEMORY_LIMIT')
    }
    // It fits in, but not together with a copy in another format: then JavaScript does it.
    const values = Array.from({ length: 60_000 }, (_, i) => [i])
    const fitting = plain.encode(values)
    expect(payload.decode(fitting)).toEqual(values)
    for (const to of FORMATS) {
      const way = { from: format, to }
      expect(codeOf(() => codec.transcode(fitting, way))).toBeOneOf([null, 'MEMORY_LIMIT'])
    }
    const small = plain.encode(['ключ', { a: [1] }])
    expect(payload.decode(small)).toEqual(['ключ', { a: [1] }])
    expect(payload.view(small).path(1, 'a', 0)?.toValue()).toBe(1)
  })
})

test.each([
  ['vector of keys', 14],
  ['vector of strings', 15],
])('a long text that a %s names again and again takes no more memory than its limit', (_, type) => {
  const codec = createCodec({ module: cappedModule('simd', 512) })
  for (const to of FORMATS) {
    const run = () => codec.transcode(listedTexts(32_000, 128_000, type), { from: 'flexbuffers', to })
    expect(codeOf(run)).toBe('SIZE_LIMIT')
  }
})

describe('the memory of a kernel after one message of 15 MB', () => {
  const text = 'é'.repeat(7_400_000)
  const MiB = 2 ** 20

  /** Bytes of its memory once the args of such a message were read. */
  function memoryAfter(id: (typeof IDS)[number]): { memory: number; frame: number } {
    const module = new WebAssembly.Module(
      readFileSync(new URL('../../out/wasm/kernel-simd.wasm', import.meta.url)),
    )
    const serializer = createCodec({ module }).serializer(id)
    const frame = serializer.encode(new Publish({ request: 1, topic: 'a.b', args: [text] }))
    expect((serializer.decode(frame) as Publish).args?.[0] === text).toBe(true)
    return { memory: kernelOf(module).exports.memory.buffer.byteLength, frame: frame.length }
  }

  test.each(['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers'] as const)(
    'is at most two of them and 18 MiB in %s',
    (id) => {
      const { memory, frame } = memoryAfter(id)
      expect(memory).toBeLessThan(2 * frame + 18 * MiB)
    },
  )

  test.each(FORMATS)(
    'is at most twelve of them and 16 MiB when it was written in other formats, from %s',
    (format) => {
      const module = new WebAssembly.Module(
        readFileSync(new URL('../../out/wasm/kernel-simd.wasm', import.meta.url)),
      )
      const codec = createCodec({ module })
      const bytes = codec.payload(format).encode(Array.from({ length: 300_000 }, (_, i) => i / 7))
      for (const to of FORMATS) codec.transcode(bytes, { from: format, to })
      const memory = kernelOf(module).exports.memory.buffer.byteLength
      expect(memory).toBeGreaterThan(2 * bytes.length)
      expect(memory).toBeLessThan(12 * bytes.length + 16 * MiB)
    },
  )
})

/** What a thread does that has no kernel yet: many codecs, all of which work. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads')
const { Instance } = WebAssembly
let instances = 0
WebAssembly.Instance = class extends Instance {
  constructor(...given) {
    super(...given)
    instances++
  }
}
import(workerData).then(({ createCodec, Publish }) => {
  const frame = createCodec().serializer('cbor').encode(new Publish({ request: 1, topic: 'a.b', args: [1] }))
  for (let i = 0; i < 2000; i++) createCodec({ maxDepth: 1 + (i % 100) }).serializer('cbor').decode(frame)
  parentPort.postMessage(instances)
})`

test('each thread has one kernel, however many codecs', async () => {
  const entry = new URL('../../dist/index.js', import.meta.url).href
  const counts = await Promise.all(
    [1, 2, 3].map(
      () =>
        new Promise((resolve, reject) => {
          const worker = new Worker(THREAD, { eval: true, workerData: entry })
          worker.once('message', (count) => resolve(worker.terminate().then(() => count)))
          worker.once('error', reject)
        }),
    ),
  )
  expect(counts).toEqual([1, 1, 1])
})
