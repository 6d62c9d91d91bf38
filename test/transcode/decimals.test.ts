/**
 * Decimals arrive with the value of `Number(text)`, integers exactly, whichever way they are read and go out: as text
 * and bytes, small and large, alone and in runs, through views, and forwarded to every format. The numbers one by one,
 * and which of them the kernel reads itself, are in doubles.test.ts.
 */
import { expect, test } from 'vitest'
import {
  type Codec,
  createCodec,
  type EncodeError,
  EventMessage,
  ProtocolError,
  type Publish,
  type Serializer,
} from '../../src/index.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import { JSON_FORMAT } from '../../src/payload/formats-core.ts'
import { decimalText, decimalValue } from '../support/decimals.ts'
import { watchedKernel } from '../support/image.ts'
import { createRandom, type Random } from '../support/random.ts'
import { byKernel, FORMATS, isDeep, simd } from './support.ts'

const DECIMALS = isDeep ? 1_000_000 : 50_000
const SEED = 20_260

/** Short JSON is read directly; the longest lists are beyond every limit of unchecked values. */
const SHORT_LISTS = [1, 5, 30, 120]
const LONG_LIST = 4000

const NAMES = FORMATS.map(({ name }) => name)

/** One build of the kernel under all policies that choose another reader. */
function codecsOf(build: string) {
  const { module } = watchedKernel(build)
  return {
    eager: createCodec({ module }),
    deferred: createCodec({ module, payloadValidation: 'deferred' }),
    /** Reads with the decoders alone. */
    careful: createCodec({ module, maps: 'map' }),
  }
}

const BUILDS = ['simd', 'scalar'].map(codecsOf)

type Codecs = ReturnType<typeof codecsOf>

/** Every serializer; FlatBuffers with JSON, which copies args and kwargs, and with another format. */
function serializersOf(codec: Codec): [name: string, serializer: Serializer][] {
  return [
    ['json', codec.serializer('json')],
    ['msgpack', codec.serializer('msgpack')],
    ['cbor', codec.serializer('cbor')],
    ['ubjson', codec.serializer('ubjson')],
    ['ubjson-draft12', codec.serializer('ubjson', { ubjsonDialect: 'draft12' })],
    ['flatbuffers+json', codec.serializer('flatbuffers', { payloadSerializer: 'json' })],
    ['flatbuffers+flexbuffers', codec.serializer('flatbuffers', { payloadSerializer: 'flexbuffers' })],
  ]
}

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text))

/** Cheaper than `toEqual` for millions of numbers, which shows what is wrong. */
function expectSame(values: unknown, expected: readonly unknown[], way: string): void {
  const list = values as readonly unknown[]
  if (list.length === expected.length && list.every((value, i) => Object.is(value, expected[i]))) return
  expect(values, way).toEqual(expected)
}

const fitsIn64Bits = (value: number | bigint): boolean =>
  typeof value === 'number' || (value >= -(2n ** 63n) && value < 2n ** 64n)

/** MsgPack and FlexBuffers have no larger integers, and say so. */
const hasAll = (name: string, values: readonly (number | bigint)[]): boolean =>
  !/msgpack|flexbuffers/.test(name) || values.every(fitsIn64Bits)

function expectRefused(encode: () => unknown, way: string): void {
  try {
    encode()
  } catch (error) {
    expect((error as EncodeError).code, way).toBe('UNENCODABLE')
    return
  }
  expect.fail(`${way}: an integer beyond 64 bits was written`)
}

/** JSON read as values. */
function checkReading({ eager, deferred, careful }: Codecs, texts: readonly string[]): void {
  const values = texts.map(decimalValue)
  const list = `[${texts}]`
  const bytes = bytesOf(list)
  // Not a list of numbers alone.
  const kwargs = `{"first":${texts[0]},"mixed":["é",${texts}]}`
  for (const codec of [eager, careful]) {
    const payload = codec.payload('json')
    expectSame(payload.decode(list), values, 'decode of text')
    expectSame(payload.decode(bytes), values, 'decode of bytes')
    const view = payload.view(bytes)
    expectSame(
      [...view].map((item) => item.toValue()),
      values,
      'the items of a view',
    )
    expect(view.at(values.length - 1)?.kind).toBe(typeof values.at(-1))
  }
  for (const codec of [eager, deferred]) {
    for (const frame of [`[16,1,{},"a.b",${list},${kwargs}]`, bytesOf(`[16,1,{},"a.b",${list},${kwargs}]`)]) {
      const message = codec.serializer('json').decode(frame) as Publish
      expectSame(message.args, values, 'args')
      expectSame(message.kwargs?.mixed, ['é', ...values], 'kwargs')
      expectSame([message.payloadView.path('kwargs', 'first')?.toValue()], values.slice(0, 1), 'a path')
    }
  }
}

/** A payload value that leaves in every other format. */
function checkTranscode(
  codec: Codec,
  bytes: Uint8Array,
  from: PayloadFormatName,
  values: (number | bigint)[],
): void {
  for (const to of NAMES) {
    const way = `${from} to ${to}`
    const go = (): Uint8Array => codec.transcode(bytes, { from, to })
    if (hasAll(to, values)) expectSame(codec.payload(to).decode(go()), values, way)
    else expectRefused(go, way)
  }
}

/** A JSON message that leaves by every serializer. */
function checkForward(codec: Codec, texts: readonly string[]): void {
  const values = texts.map(decimalValue)
  const frame = `[16,1,{},"a.b",[${texts}],{"a":${texts[0]}}]`
  for (const [name, target] of serializersOf(codec)) {
    const publish = codec.serializer('json').decode(frame) as Publish
    const go = (): Uint8Array =>
      target.encode(EventMessage.from(publish, { subscription: 1, publication: 2 }))
    if (!hasAll(name, values)) {
      expectRefused(go, name)
      continue
    }
    const event = target.decode(go()) as EventMessage
    expectSame(event.args, values, `args in ${name}`)
    expectSame([event.kwargs?.a], values.slice(0, 1), `kwargs in ${name}`)
  }
}

/** A list of high-precision numbers; their texts have fewer than 256 characters. */
function highPrecision(texts: readonly string[]): Uint8Array {
  return bytesOf(`[${texts.map((text) => `HU${String.fromCharCode(text.length)}${text}`).join('')}]`)
}

/** Finite decimals, apart from each other those that the kernel reads, so that it reads a whole list of them. */
function listsOf(random: Random, count: number): string[][] {
  const parsed: string[] = []
  const left: string[] = []
  for (let i = 0; i < count; ) {
    const text = decimalText(random)
    if (!Number.isFinite(Number(text))) continue
    i++
    const isLeft = byKernel(simd, bytesOf(text), JSON_FORMAT, JSON_FORMAT) === null
    ;(isLeft || !fitsIn64Bits(decimalValue(text)) ? left : parsed).push(text)
  }
  return [parsed, left].filter((list) => list.length > 0)
}

test(`${DECIMALS} decimals have the value of Number(text) on every way, by both kernels in turn (seed ${SEED})`, () => {
  const random = createRandom(SEED)
  for (let done = 0, turn = 0; done < DECIMALS; turn++) {
    const codecs = BUILDS[turn % 2] as Codecs
    const count = done < DECIMALS / 2 ? random.pick(SHORT_LISTS) : LONG_LIST
    done += count
    for (const texts of listsOf(random, count)) {
      checkReading(codecs, texts)
      checkTranscode(codecs.eager, bytesOf(`[${texts}]`), 'json', texts.map(decimalValue))
      checkForward(codecs.eager, texts)
      checkForward(codecs.deferred, texts)
    }
  }
})

const HIGH = DECIMALS / 5

test(`${HIGH} high-precision numbers of UBJSON have the value of Number(text) on every way (seed ${SEED})`, () => {
  const random = createRandom(SEED)
  for (let done = 0, turn = 0; done < HIGH; done += 100, turn++) {
    const { eager } = BUILDS[turn % 2] as Codecs
    for (const texts of listsOf(random, 100)) {
      const values = texts.map(decimalValue)
      const bytes = highPrecision(texts)
      for (const name of ['ubjson', 'ubjson-draft12'] as const) {
        expectSame(eager.payload(name).decode(bytes), values, name)
        const items = [...eager.payload(name).view(bytes)].map((item) => item.toValue())
        expectSame(items, values, `a view of ${name}`)
        checkTranscode(eager, bytes, name, values)
      }
    }
  }
})

test.each([
  ['json', (text: string) => bytesOf(`[${text}]`)],
  ['ubjson', (text: string) => highPrecision([text])],
] as const)('a decimal beyond every double is refused in %s on every way', (from, make) => {
  const { eager, careful } = BUILDS[0] as Codecs
  const random = createRandom(SEED + 2)
  let refused = 0
  while (refused < 30) {
    const text = decimalText(random)
    if (Number.isFinite(Number(text)) || /^-?\d+$/.test(text) || text.length > 255) continue
    refused++
    const bytes = make(text)
    const ways: (() => unknown)[] = NAMES.map((to) => () => eager.transcode(bytes, { from, to }))
    for (const codec of [eager, careful]) {
      const payload = codec.payload(from)
      ways.push(
        () => payload.decode(bytes),
        () => payload.validate(bytes),
        () => payload.view(bytes),
      )
    }
    for (const way of ways) expect(codeOf(way), `${text} in ${way}`).toBe('BAD_NUMBER')
  }
})

function codeOf(way: () => unknown): string | null {
  try {
    way()
    return null
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    return error.code
  }
}
