/**
 * The SIMD build and the scalar build of a kernel are one source and must be one program, and so are the scalar build
 * and its translation to JavaScript, and the kernels of `wamp-codec` and `wamp-codec/core`: the same answer for every
 * frame, good or bad. The scalar build of the former, which has the simpler loops, is the oracle.
 */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { createCodec as createCore } from '../../src/core.ts'
import { type Codec, createCodec, ProtocolError, Publish, type WasmModule } from '../../src/index.ts'
import { javascriptKernel } from '../support/javascript-kernel.ts'
import { createRandom, type Random } from '../support/random.ts'
import { hasShared, sharedLines } from '../support/shared.ts'
import {
  canonical,
  serializerOf,
  unescapeValue,
  unhex,
  WIRE_FORMATS,
  type WireFormat,
} from '../support/vectors.ts'
import { writeValue } from '../support/write-value.ts'

const FOLDER = 'vectors/reference'
const SEED = 20_260_702
const RANDOM_FRAMES = process.env.WAMP_CODEC_DEEP === '1' ? 100_000 : 10_000

/** The builds by name; those of the core kernel have not all formats. */
const BUILDS = ['scalar', 'simd', 'scalar.js', 'core-scalar', 'core-simd', 'core-scalar.js'] as const
type Builds = Record<(typeof BUILDS)[number], Codec>

const CORE_FORMATS: readonly WireFormat[] = ['json', 'msgpack', 'cbor']

async function kernelOf(build: string): Promise<WasmModule> {
  if (build.endsWith('.js')) return javascriptKernel(`kernel-${build}`)
  const wasm = new URL(`../../out/wasm/kernel-${build}.wasm`, import.meta.url)
  return new WebAssembly.Module(readFileSync(wasm))
}

const modules = await Promise.all(BUILDS.map(kernelOf))

function buildsWith(options: Parameters<typeof createCodec>[0]): Builds {
  const codecs = BUILDS.map((build, i) => {
    const create = build.startsWith('core') ? createCore : createCodec
    return [build, create({ ...options, module: modules[i] })]
  })
  return Object.fromEntries(codecs) as Builds
}

/** The builds that have a format. */
const buildsOf = (format: WireFormat): (typeof BUILDS)[number][] =>
  BUILDS.filter((build) => !build.startsWith('core') || CORE_FORMATS.includes(format))
const eager = buildsWith({})
const deferred = buildsWith({ payloadValidation: 'deferred' })
const strict = buildsWith({ uri: 'strict', tags: 'tagged', maxDepth: 5, maxNodes: 40, maxBigIntBytes: 4 })

/** Everything that a codec says of a frame, as text: its message, or code, place and words of its error. */
function answer(codec: Codec, format: WireFormat, frame: Uint8Array): string {
  try {
    const message = serializerOf(codec, format).decode(frame)
    return `${message.table.name} ${canonical(message.marshal())} ${message.toTransferable().index.join()}`
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    return `${error.code} at ${error.offset}: ${error.message}`
  }
}

function sameAnswer(builds: Builds, format: WireFormat, frame: Uint8Array, what: string): void {
  const expected = answer(builds.scalar, format, frame)
  for (const build of buildsOf(format)) {
    const found = answer(builds[build], format, frame)
    // Not `expect` for each of some hundred thousand frames: it would take most of the time.
    if (found !== expected)
      expect.fail(`${what}, ${build} ${format} ${Buffer.from(frame).toString('hex')}: ${found} | ${expected}`)
  }
}

interface Line {
  readonly id: string
  readonly serializer?: string
  readonly hex?: string
  readonly wmsg?: readonly unknown[]
}

/** Every frame of the shared data in a format. */
function frames(format: WireFormat): readonly (readonly [id: string, frame: Uint8Array])[] {
  const files = ['vectors', 'invalid_bytes', 'accepted', 'invalid']
  return files.flatMap((file) =>
    sharedLines<Line>(`${FOLDER}/${file}.jsonl`).flatMap(({ id, serializer, hex, wmsg }) => {
      if (hex !== undefined) return serializer === format ? [[`${file} ${id}`, unhex(hex)] as const] : []
      const frame = writeValue(format, unescapeValue(wmsg, 'Float64'))
      return frame === null ? [] : [[`${file} ${id}`, frame] as const]
    }),
  )
}

describe.skipIf(!hasShared(FOLDER)).each(WIRE_FORMATS)('all builds in %s', (format) => {
  const all = frames(format)

  test('give the same message or error for every vector, in every mode', () => {
    expect(all.length).toBeGreaterThan(3000)
    for (const [id, frame] of all) {
      sameAnswer(eager, format, frame, id)
      sameAnswer(deferred, format, frame, id)
      sameAnswer(strict, format, frame, id)
    }
  })

  test('index the same fields when they trace a vector', () => {
    for (const [id, frame] of all) {
      const traces = buildsOf(format).map((build) =>
        canonical(eager[build].trace(frame, serializerOf(eager[build], format))),
      )
      expect([id, new Set(traces).size]).toEqual([id, 1])
    }
  })

  test('give the same error for every truncation of every twentieth vector', () => {
    let tried = 0
    for (let i = 0; i < all.length; i += 20) {
      const [id, frame] = all[i] as (typeof all)[number]
      for (let length = 0; length < Math.min(frame.length, 2000); length++) {
        sameAnswer(eager, format, frame.subarray(0, length), `${id} cut at ${length}`)
        tried++
      }
    }
    expect(tried).toBeGreaterThan(1000)
  })
})

describe(`all builds on ${RANDOM_FRAMES} random frames of seed ${SEED}`, () => {
  beforeAll(() => console.log(`builds: seed ${SEED}`))

  test.each(WIRE_FORMATS)('give the same message or error in %s', (format) => {
    const random = createRandom(SEED)
    const serializer = serializerOf(createCodec({ cache: false }), format)
    let frame: Uint8Array = new Uint8Array(0)
    let accepted = 0
    for (let i = 0; i < RANDOM_FRAMES / WIRE_FORMATS.length; i++) {
      // Each message is tried as it is, and then in ever more broken forms.
      frame = i % 8 === 0 ? serializer.encode(randomMessage(random)) : mutated(frame, random)
      if (!answer(eager.scalar, format, frame).includes(' at ')) accepted++
      sameAnswer(random.pick([eager, deferred, strict]), format, frame, `frame ${i}`)
    }
    // Neither side of the kernel may be left out.
    expect(accepted).toBeGreaterThan(RANDOM_FRAMES / 30)
  })
})

function randomMessage(random: Random): Publish {
  const topic = `com.example.${random.pick(['a', 'topic', 'тема', 'a'.repeat(300)])}${random.int(0, 99)}`
  return new Publish({
    request: random.int(0, 2 ** 53),
    topic,
    args: [random.value(3, { bytes: true, bigints: true }), random.text(80)],
    kwargs: random.pick([null, { [random.text(5).replace('\0', '')]: random.value(2) }]),
    exclude: random.pick([null, [random.int(0, 2 ** 40)]]),
    transaction_hash: random.pick([null, random.text(40).replace(/^\0+/, '')]),
  })
}

/** A copy with a byte changed, added or taken away, or with a run of bytes copied to another place. */
function mutated(frame: Uint8Array, random: Random): Uint8Array {
  const bytes = [...frame]
  const at = random.int(0, Math.max(0, bytes.length - 1))
  switch (random.int(0, 4)) {
    case 0:
      bytes[at] = random.int(0, 255)
      break
    case 1:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(0, 7))
      break
    case 2:
      bytes.splice(at, 0, ...random.bytes(3))
      break
    case 3:
      bytes.splice(at, random.int(1, 3))
      break
    default:
      bytes.splice(at, 0, ...bytes.slice(at, at + random.int(1, 20)))
  }
  return Uint8Array.from(bytes)
}
