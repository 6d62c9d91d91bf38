/** P10 and row L: a message that is held reads the same, whatever is decoded after it and however the memory grows. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createCodec, Publish, type Serializer } from '../../src/index.ts'
import { kernelOf } from '../../src/kernel/load.ts'
import { canonical } from '../support/vectors.ts'
import { FORMATS, join, publish, repeat, uint, value } from './raw.ts'

const DECODES = 1_000_000
const NAMES = ['topic', 'custom', 'args', 'kwargs', 'request'] as const
const IDS = ['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers'] as const
const moduleOf = (): WebAssembly.Module =>
  new WebAssembly.Module(readFileSync(new URL('../../out/wasm/kernel-simd.wasm', import.meta.url)))

const good = (): Publish =>
  new Publish({
    request: 7,
    topic: 'com.example',
    custom: { x_a: [1] },
    args: ['held', [1, { a: null }]],
    kwargs: { k: 'ключ' },
  })

describe.each(IDS)('%s', (id) => {
  test(`messages that nobody has read read the same after ${DECODES} further decodes`, () => {
    const serializers = (['eager', 'deferred'] as const).map((payloadValidation) =>
      createCodec({ payloadValidation }).serializer(id),
    ) as [Serializer, Serializer]
    const frame = serializers[0].encode(good())
    const read = canonical(serializers[0].decode(frame).marshal())
    const held = serializers.map((serializer) => serializer.decode(frame.slice()) as Publish)
    const views = serializers.map((serializer) => (serializer.decode(frame.slice()) as Publish).payloadView)
    const other = serializers[0].encode(
      new Publish({ request: 8, topic: 'com.other', args: ['others', 'secret'] }),
    )
    for (let i = 0; i < DECODES; i++) {
      const message = serializers[i & 1]?.decode(other)
      if (i % 100 === 0) message?.marshal()
    }
    for (const message of held) expect(canonical(message.marshal())).toBe(read)
    for (const view of views) {
      expect(canonical(view.toValue())).toBe(canonical({ args: held[0]?.args, kwargs: held[0]?.kwargs }))
    }
  })

  test('the same when the memory grows between every two reads', () => {
    const module = moduleOf()
    const serializer = createCodec({ module }).serializer(id)
    const kernel = kernelOf(module)
    const frame = serializer.encode(good())
    const expected = serializer.decode(frame).detach() as unknown as Record<string, unknown>
    for (const name of NAMES) void expected[name]
    const held = serializer.decode(frame) as unknown as Record<string, unknown>
    for (const name of NAMES) {
      const before = kernel.exports.memory.buffer.byteLength
      kernel.load(new Uint8Array(before))
      expect(kernel.exports.memory.buffer.byteLength).toBeGreaterThan(before)
      expect(canonical(held[name])).toBe(canonical(expected[name]))
    }
    expect(canonical(serializer.decode(frame).marshal())).toBe(
      canonical((held as unknown as Publish).marshal()),
    )
  })
})

test('one kernel serves all codecs of a module: 20,000 of them', () => {
  const module = moduleOf()
  const kernel = kernelOf(module)
  const { byteLength } = kernel.exports.memory.buffer
  const codecs = Array.from({ length: 20_000 }, () => createCodec({ module }))
  const frame = publish('cbor', [value('cbor', [1])])
  for (const codec of codecs) codec.serializer('cbor').decode(frame)
  expect(kernelOf(module)).toBe(kernel)
  expect(kernel.exports.memory.buffer.byteLength).toBe(byteLength)
})

test('what is beyond the limit is SIZE_LIMIT before anything is copied', () => {
  const module = moduleOf()
  const codec = createCodec({ module })
  const kernel = kernelOf(module)
  const { byteLength } = kernel.exports.memory.buffer
  const large = new Uint8Array(2 ** 24)
  const refused = (run: () => unknown, format: string): void =>
    expect(run).toThrow(expect.objectContaining({ code: 'SIZE_LIMIT', format, offset: 2 ** 24 - 1 }))
  for (const id of IDS) refused(() => codec.serializer(id).decode(large), id)
  for (const from of FORMATS) {
    const payload = codec.payload(from)
    refused(() => payload.decode(large), from)
    refused(() => payload.validate(large), from)
    refused(() => payload.view(large), from)
    for (const to of FORMATS) refused(() => codec.transcode(large, { from, to }), from)
  }
  expect(kernel.exports.memory.buffer.byteLength).toBe(byteLength)
})

test.each(['json', 'cbor', 'ubjson'] as const)(
  '%s: 16 MiB of empty maps are too many before anything is built of them',
  (format) => {
    const codec = createCodec()
    const bytes = {
      json: () => join('[', repeat('{},', 5_592_403), '{}]'),
      cbor: () => join(0x9a, uint(2 ** 24 - 6, 4), repeat(0xa0, 2 ** 24 - 6)),
      ubjson: () => join('[', repeat('{}', 2 ** 23 - 2), ']'),
    }[format]()
    const { heapUsed } = process.memoryUsage()
    for (const run of [
      () => codec.payload(format).decode(bytes),
      () => createCodec({ maps: 'map' }).payload(format).decode(bytes),
      () => codec.payload(format).view(bytes),
      ...(['json', 'cbor', 'flexbuffers'] as const).map(
        (to) => () => codec.transcode(bytes, { from: format, to }),
      ),
    ]) {
      expect(run).toThrow(expect.objectContaining({ code: 'NODE_LIMIT', format }))
    }
    // As values they take 250 MB or more.
    expect(process.memoryUsage().heapUsed - heapUsed).toBeLessThan(2 ** 26)
  },
)
