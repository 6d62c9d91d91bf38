/**
 * P15: no call can make the kernel write outside of its windows. What the façade asks for by mistake is refused before
 * anything is written, and whatever a peer sends, in whichever order it is read and forwarded, the constants stay.
 */
import { describe, expect, test } from 'vitest'
import {
  createCodec,
  EventMessage,
  type PayloadFormat,
  Publish,
  type Serializer,
  WampCodecError,
} from '../../src/index.ts'
import * as abi from '../../src/kernel/abi.ts'
import type { Kernel } from '../../src/kernel/kernel.ts'
import { type WatchedKernel, watchedKernel } from '../support/image.ts'
import { createRandom, type Random } from '../support/random.ts'
import { FORMATS } from './raw.ts'

type Call = (...values: number[]) => number

/** Arguments of each export; `at` and the like are offsets in the input window, `address` counts from 0. */
const EXPORTS: Readonly<Record<string, readonly string[]>> = {
  scan: ['offset', 'length', 'format', 'flags', 'depth', 'nodes', 'bigint'],
  scanFlatBuffers: ['offset', 'length', 'format', 'flags', 'depth', 'nodes', 'bigint'],
  checkArgs: ['offset', 'length', 'offset', 'length', 'format', 'depth', 'nodes', 'bigint'],
  check: ['offset', 'length', 'format', 'depth', 'nodes', 'bigint', 'flags'],
  find: [
    'length',
    'format',
    'depth',
    'nodes',
    'bigint',
    'flags',
    'mode',
    'offset',
    'any',
    'length',
    'any',
    'offset',
  ],
  transcode: [
    'offset',
    'length',
    'format',
    'format',
    'offset',
    'offset',
    'depth',
    'nodes',
    'bigint',
    'flags',
  ],
  scanTranscoding: [
    'offset',
    'length',
    'format',
    'format',
    'offset',
    'offset',
    'depth',
    'nodes',
    'bigint',
    'flags',
  ],
  internUri: ['length', 'flags'],
  reserve: ['length'],
}

describe.each(['simd', 'scalar'])('the %s kernel', (build) => {
  const { module, kernel, image } = watchedKernel(build)
  const codec = createCodec({ module })
  const call = kernel.exports as unknown as Readonly<Record<string, Call>>

  test('has constants, which are compared', () => {
    expect(image.length).toBeGreaterThan(8000)
    const byte = new Uint8Array(kernel.exports.memory.buffer)
    const was = byte[1024] as number
    byte[1024] = was ^ 1
    expect(image.difference()).toBe("the kernel's memory has changed at address 1024")
    byte[1024] = was
    expect(image.difference()).toBe(null)
  })

  /** What an argument may be when the façade is wrong: in the window, at its edges, and far outside. */
  function argument(kind: string, { kernel }: WatchedKernel, random: Random): number {
    const { byteLength } = kernel.exports.memory.buffer
    const size = byteLength - kernel.input
    const edges = [
      0,
      1,
      7,
      size - 1,
      size,
      size + 1,
      -1,
      -kernel.input,
      -kernel.input - 8,
      2 ** 31,
      2 ** 32 - 64,
    ]
    const near = random.int(0, 3) > 0
    if (kind === 'format') return random.pick([1, 2, 3, 4, 5, 6, ...(near ? [] : [0, 7, 8, -1, 255])])
    if (kind === 'depth') return near ? 128 : random.pick([0, 1000, 1001, 4096, -1, 2 ** 31 - 1])
    if (kind === 'nodes' || kind === 'bigint') return random.pick([0, 1000, 4_194_304, -1])
    if (kind === 'mode') return random.int(0, 3)
    if (kind === 'flags') return random.int(0, 15)
    if (kind === 'length' && near) return random.int(0, 300)
    return near ? random.int(0, size) : random.pick(edges)
  }

  test.each(Object.entries(EXPORTS))(
    '%s keeps its constants, whatever the façade asks of it',
    (name, kinds) => {
      const random = createRandom(20_261_128)
      const frames = FORMATS.map((format) =>
        codec.payload(format).encode(['ключ', { a: [1, -0.5, 'x'.repeat(99)] }]),
      )
      let refused = 0
      let watched = watchedKernel(build)
      // Growing the memory is slow.
      const calls = name === 'reserve' ? 200 : 20_000
      for (let i = 0; i < calls; i++) {
        const { kernel, image } = watched
        const call = kernel.exports as unknown as Readonly<Record<string, Call>>
        kernel.load(frames[i % frames.length] as Uint8Array)
        // Steps of a path, or anything else that was left in the scratch.
        if (name === 'find' && i % 2 === 0) kernel.putSteps([random.int(0, 3), 'a', random.int(0, 9)], 300)
        const values = kinds.map((kind) => argument(kind, watched, random))
        // More memory is no harm, but the test would ask for all of it.
        if (name === 'reserve') values[0] = (values[0] as number) % 2 ** 22
        try {
          if ((call[name] as Call)(...values) === abi.BAD_RANGE) refused++
        } catch (error) {
          // Out of bounds, which the engine has found: nothing was written there.
          if (!(error instanceof WebAssembly.RuntimeError)) throw error
          expect.fail(`${name}(${values}) traps: ${error.message}`)
        }
        const changed = image.difference()
        if (changed !== null) expect.fail(`${name}(${values}): ${changed}`)
        // The façade's views are of the memory as it was.
        if (kernel.bytes.length === 0) watched = watchedKernel(build)
      }
      expect(watched.image.difference()).toBe(null)
      // The others answer in their own ways: 0, -1, false.
      const hasStatus = !['internUri', 'reserve'].includes(name)
      if (hasStatus) expect(refused).toBeGreaterThan(1000)
    },
  )

  test('writes nothing at all when it refuses a range', () => {
    kernel.load(codec.payload('cbor').encode([1, 'two']))
    const { buffer } = kernel.exports.memory
    const size = buffer.byteLength - kernel.input
    const before = Buffer.from(buffer.slice(0))
    const scan = (at: number, length: number, depth = 128): number =>
      call.scan!(at, length, abi.FORMAT_CBOR, 0, depth, 100, 100)
    const transcode = (scratch: number, out: number): number =>
      call.transcode!(0, 7, abi.FORMAT_CBOR, abi.FORMAT_JSON, scratch, out, 128, 100, 100, 0)
    const statuses = [
      scan(-kernel.input, 8),
      scan(size, 0),
      scan(0, size),
      scan(8, 2 ** 32 - 8),
      scan(0, 7, 1001),
      scan(0, 7, -1),
      transcode(64, -kernel.input),
      transcode(-kernel.input, 128),
      transcode(size - 8, 128),
      transcode(64, size),
      call.find!(7, abi.FORMAT_CBOR, 128, 100, 100, 0, abi.FIND_PATH, 0, 0, size, 0, 0),
      call.find!(7, abi.FORMAT_CBOR, 128, 100, 100, 0, abi.FIND_SELF, 8, 0, 0, 0, 0),
    ]
    expect(statuses).toEqual(statuses.map(() => abi.BAD_RANGE))
    expect(call.internUri!(size, 1)).toBe(-1)
    expect(Buffer.compare(before, Buffer.from(kernel.exports.memory.buffer))).toBe(0)
  })

  test('refuses a path whose steps do not fill what they are said to', () => {
    kernel.load(codec.payload('cbor').encode([[1]]))
    const size = kernel.putSteps([0, 0], 3)
    const find = (bytes: number): number =>
      call.find!(3, abi.FORMAT_CBOR, 128, 100, 100, 0, abi.FIND_PATH, 0, 0, bytes, 0, 0)
    expect(find(size)).toBe(abi.OK)
    for (const bytes of [size - 1, size + 4, abi.STEP_BYTES - 4]) expect(find(bytes)).toBe(abi.BAD_RANGE)
  })

  test('looks for a part of a value without a change of what is loaded behind it', () => {
    const frame = Buffer.from('[1,{"a":2}],{"k":3}')
    kernel.load(frame)
    const size = kernel.putSteps([1, 'a'], frame.length)
    expect(call.find!(11, abi.FORMAT_JSON, 128, 100, 100, 0, abi.FIND_PATH, 0, 0, size, 0, 0)).toBe(abi.OK)
    expect(Buffer.from(kernel.copyOut(frame.length)).toString()).toBe(frame.toString())
  })

  test('says with a failure nowhere that an output ends', () => {
    const to = [abi.FORMAT_JSON, abi.FORMAT_UBJSON_DRAFT12]
    const value = codec.payload('flexbuffers').encode({ a: 'x'.repeat(100), z: Number.NaN })
    for (const format of to) {
      kernel.load(value)
      const status = kernel.transcode(pass(value, abi.FORMAT_FLEXBUFFERS, format))
      expect(status).toBe(abi.FALLBACK)
      expect([kernel.outStart, kernel.outEnd]).toEqual([0, 0])
    }
  })

  test('writes a second value at the place that it is given, after a first that failed, too', () => {
    const good = codec.payload('cbor').encode(['one'])
    kernel.load(good)
    expect(kernel.transcode(pass(good, abi.FORMAT_CBOR, abi.FORMAT_JSON))).toBe(abi.OK)
    const { outStart, outEnd } = kernel
    expect(kernel.transcode(pass(good, abi.FORMAT_CBOR, abi.FORMAT_JSON), outEnd)).toBe(abi.OK)
    expect(kernel.outStart).toBe(outEnd)
    expect(Buffer.from(kernel.bytes.slice(outStart, kernel.outEnd)).toString()).toBe('["one"]["one"]')
  })
})

/** A value that is loaded, from one format to another. */
function pass(bytes: Uint8Array, from: number, to: number): Parameters<Kernel['transcode']>[0] {
  const limits = { maxDepth: 128, maxNodes: 1000, maxBigIntBytes: 100 }
  return { at: 0, length: bytes.length, from, to, flags: 0, limits }
}

/** Values that one target or the other has no form for, or leaves to JavaScript. */
const RARE_VALUES: readonly unknown[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  5e-324,
  -0,
  '\0text',
  '',
  new Uint8Array(0),
  2n ** 63n,
  2n ** 64n - 1n,
  [],
  {},
  { a: { b: [Number.NaN] } },
]

describe('a FlatBuffers frame with any payload serializer, forwarded to any serializer', () => {
  const { module, image } = watchedKernel('simd')
  const writer = createCodec()
  const victim = createCodec({ module })
  const targets = (codec: ReturnType<typeof createCodec>): Serializer[] => [
    codec.serializer('json'),
    codec.serializer('msgpack'),
    codec.serializer('cbor'),
    codec.serializer('ubjson'),
    codec.serializer('ubjson', { ubjsonDialect: 'draft12' }),
    ...FORMATS.map((payloadSerializer) => codec.serializer('flatbuffers', { payloadSerializer })),
  ]
  const good = targets(victim).map((serializer) => {
    const bytes = serializer.encode(
      new Publish({ request: 5, topic: 'com.good.topic', args: ['hello', 0.1, 1e300] }),
    )
    return { serializer, bytes: new Uint8Array(bytes) }
  })

  function victimReads(): void {
    for (const { serializer, bytes } of good) {
      const message = serializer.decode(bytes) as Publish
      expect(message.topic).toBe('com.good.topic')
      expect(message.args).toEqual(['hello', 0.1, 1e300])
    }
  }

  const policies = [{}, { payloadValidation: 'deferred' }, { cache: false }] as const

  test.each(FORMATS)('%s leaves the static memory as it was', (payloadSerializer: PayloadFormat) => {
    const flat = writer.serializer('flatbuffers', { payloadSerializer })
    const frames: Uint8Array[] = []
    for (const value of RARE_VALUES) {
      for (const [args, kwargs] of [
        [[1], { a: 'x'.repeat(8000), z: value }],
        [[value, 'x'.repeat(3000)], { z: value }],
        [[value], null],
        [null, { z: value, a: 'x'.repeat(50) }],
        [[1], { z: value }],
      ] as const) {
        try {
          frames.push(
            new Uint8Array(flat.encode(new Publish({ request: 1, topic: 'a.b', args, kwargs } as never))),
          )
        } catch (error) {
          if (!(error instanceof WampCodecError)) throw error
        }
      }
    }
    expect(frames.length).toBeGreaterThan(20)
    const random = createRandom(15)
    for (const frame of frames) {
      for (const policy of policies) {
        const router = createCodec({ ...policy, module })
        const publish = router.serializer('flatbuffers', { payloadSerializer }).decode(frame) as Publish
        const event = EventMessage.from(publish, { subscription: 1, publication: 2 })
        // Each order of the ways out is another sequence of calls on the same resident bytes.
        for (const serializer of random.shuffled(targets(router))) {
          const way = random.pick(['encode', 'encodeParts', 'byteLength'] as const)
          try {
            serializer[way](event)
          } catch (error) {
            if (!(error instanceof WampCodecError)) throw error
          }
          const changed = image.difference()
          if (changed !== null) expect.fail(`${changed}: ${way} to ${serializer.id}`)
        }
      }
    }
    victimReads()
  })
})
