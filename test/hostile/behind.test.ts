/**
 * P10 within the kernel: what lies behind a value in the kernel's memory is never read, whether the value is whole or
 * cut. What it holds changes nothing: neither values, nor errors, nor what is written.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Codec, createCodec, Publish, WampCodecError } from '../../src/index.ts'
import { kernelOf } from '../../src/kernel/load.ts'
import { createRandom } from '../support/random.ts'
import { canonical, hex } from '../support/vectors.ts'
import { FORMATS, LIST_FORMATS } from './raw.ts'
import { serializerOf } from './ways.ts'

const isDeep = process.env.WAMP_CODEC_DEEP === '1'
const SEED = 20_261_123
const RANDOM = isDeep ? 500 : 12

/** Bytes of the window that are filled; the inputs are shorter. */
const FILLED = 16_384

const module = new WebAssembly.Module(
  readFileSync(new URL('../../out/wasm/kernel-simd.wasm', import.meta.url)),
)
const kernel = kernelOf(module)
const eager = createCodec({ module })
const deferred = createCodec({ module, payloadValidation: 'deferred' })

/** Values that have no end of their own in one format or another, and what they are made of. */
const ALONE: readonly unknown[] = [
  ...[null, true, false, 0, 7, -1, 12, 127, 128, 255, 256, 65_536, 1.5, -0.1, 1e21, 1e-7, 2 ** 53 - 1],
  ...[2n ** 53n, -(2n ** 62n), 2n ** 64n - 1n, 123456789012345.6, 0.1 + 0.2],
  ...['', 'a', 'é', '漢字', '😀', 'long '.repeat(60), '\u0001', 'x"y\\'],
  ...[
    new Uint8Array(0),
    new Uint8Array([1, 2, 3]),
    [],
    {},
    [1],
    [[]],
    [1, 2.5, 'a'],
    { a: 1 },
    { a: { b: [] } },
  ],
]

function outcome(run: () => unknown): string {
  try {
    const result = run()
    return result instanceof Uint8Array ? hex(result) : canonical(result)
  } catch (error) {
    if (!(error instanceof WampCodecError)) throw error
    return `${error.code} ${error.offset} ${error.format}`
  }
}

/** Fails unless `run` has the same outcome whatever lies behind. */
function expectBlind(run: () => unknown, what: string): void {
  const found = new Set<string>()
  for (let byte = 0; byte < 256; byte++) {
    kernel.bytes.fill(byte, kernel.input, kernel.input + FILLED)
    found.add(outcome(run))
  }
  expect(found.size === 1 ? null : [what, ...found]).toBeNull()
}

/** The bytes whole, and cut at a random place. */
function* cuts(bytes: Uint8Array, random: ReturnType<typeof createRandom>): Generator<Uint8Array> {
  if (bytes.length > FILLED / 4) return
  yield bytes
  if (bytes.length > 1) yield bytes.subarray(0, random.int(1, bytes.length - 1))
}

describe.each(FORMATS)('%s', (format) => {
  const random = createRandom(SEED)
  const values = [
    ...ALONE,
    ...Array.from({ length: RANDOM }, () => random.value(3, { bytes: true, bigints: true })),
  ]

  test('a value is read alike whatever lies behind it', () => {
    const payload = eager.payload(format)
    for (const whole of values.map((item) => payload.encode(item))) {
      for (const bytes of cuts(whole, random)) {
        expectBlind(() => payload.decode(bytes), `decode of ${hex(bytes)}`)
        expectBlind(() => payload.view(bytes).toValue(), `a view of ${hex(bytes)}`)
        for (const to of ['json', 'cbor', 'flexbuffers'] as const)
          expectBlind(
            () => eager.transcode(bytes, { from: format, to }),
            `transcode to ${to} of ${hex(bytes)}`,
          )
      }
    }
  })
})

describe.each([...LIST_FORMATS, 'flatbuffers'] as const)('%s', (format) => {
  const random = createRandom(SEED)

  function expectFrames(codec: Codec, bytes: Uint8Array): void {
    const serializer = serializerOf(codec, format)
    const to = serializerOf(codec, format === 'json' ? 'cbor' : 'json')
    expectBlind(() => serializer.decode(bytes).marshal(), `decode of ${hex(bytes)}`)
    expectBlind(() => codec.transcodeMessage(bytes, { from: serializer, to }), `transcode of ${hex(bytes)}`)
  }

  test('a message is read alike whatever lies behind it', () => {
    for (let i = 0; i < RANDOM; i++) {
      const item = random.value(3, { bytes: true })
      const message = new Publish({
        request: 1,
        topic: 'a.b',
        custom: { x_a: item },
        args: [item],
        kwargs: { k: item },
      })
      const whole = serializerOf(eager, format).encode(message)
      for (const bytes of cuts(whole, random))
        for (const codec of [eager, deferred]) expectFrames(codec, bytes)
    }
  })
})
