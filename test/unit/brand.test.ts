/** Values of another realm, as a vm context, an iframe or jsdom makes them: every way in takes them as its own. */
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import {
  isArrayBuffer,
  isAttached,
  isBytes,
  isFixed,
  isMap,
  isSharedBuffer,
  typedArrayName,
  unshared,
} from '../../src/brand.ts'
import {
  createCodec,
  EventMessage,
  HEAD_FIRST_ID,
  HEAD_RECORD_WORDS,
  headId,
  isWampCodecError,
  Message,
  Publish,
  RawSocketCodec,
} from '../../src/index.ts'
import { hex, LIST_FORMATS } from '../support/vectors.ts'

const WIRES = [...LIST_FORMATS, 'flatbuffers'] as const
const PAYLOADS = [...LIST_FORMATS, 'flexbuffers'] as const
const codec = createCodec()

/** What a script in another realm gives; `bytes` are numbers there. */
function foreign(script: string, bytes: readonly number[] = []): unknown {
  return runInNewContext(script, { bytes })
}

/** The same bytes, of another realm. */
const foreignBytes = (bytes: Uint8Array): Uint8Array =>
  foreign('new Uint8Array(bytes)', [...bytes]) as Uint8Array
const foreignBuffer = (bytes: Uint8Array): ArrayBuffer =>
  foreign('new Uint8Array(bytes).buffer', [...bytes]) as ArrayBuffer
const foreignShared = (bytes: Uint8Array): SharedArrayBuffer =>
  foreign('const shared = new SharedArrayBuffer(bytes.length); new Uint8Array(shared).set(bytes); shared', [
    ...bytes,
  ]) as SharedArrayBuffer

const publish = new Publish({ request: 7, topic: 'a.b', args: ['x', 1], kwargs: { a: [true] } })

test('bytes are what has their brand, not what claims it or inherits from it', () => {
  expect(foreignBytes(Uint8Array.of(1)) instanceof Uint8Array).toBe(false)
  for (const value of [new Uint8Array(1), Buffer.from('a'), foreignBytes(Uint8Array.of(1))]) {
    expect(isBytes(value)).toBe(true)
  }
  const liars = [
    Object.create(Uint8Array.prototype),
    { [Symbol.toStringTag]: 'Uint8Array', length: 1, 0: 1 },
    new Uint8ClampedArray(1),
    new DataView(new ArrayBuffer(1)),
    new ArrayBuffer(1),
    'text',
    null,
    undefined,
  ]
  for (const value of liars) expect(isBytes(value)).toBe(false)
  expect(typedArrayName(foreign('new Float64Array(1)'))).toBe('Float64Array')
  expect(typedArrayName({})).toBe(undefined)
})

test('buffers and Maps are what has their brand', () => {
  expect([isArrayBuffer(new ArrayBuffer(1)), isArrayBuffer(foreign('new ArrayBuffer(1)'))]).toEqual([
    true,
    true,
  ])
  expect([
    isSharedBuffer(new SharedArrayBuffer(1)),
    isSharedBuffer(foreign('new SharedArrayBuffer(1)')),
  ]).toEqual([true, true])
  expect([
    isMap(new Map()),
    isMap(foreign('new Map()')),
    isMap(foreign('new (class extends Map {})')),
  ]).toEqual([true, true, true])
  for (const [is, tag] of [
    [isArrayBuffer, 'ArrayBuffer'],
    [isSharedBuffer, 'SharedArrayBuffer'],
    [isMap, 'Map'],
  ] as const) {
    for (const value of [{ [Symbol.toStringTag]: tag }, {}, [], null, undefined, 1, new Uint8Array(1)]) {
      expect(is(value), tag).toBe(false)
    }
  }
  expect([isArrayBuffer(new SharedArrayBuffer(1)), isSharedBuffer(new ArrayBuffer(1))]).toEqual([
    false,
    false,
  ])
})

test('a buffer is fixed unless it is shared or can be resized, and an array attached until its buffer goes', () => {
  expect([isFixed(new ArrayBuffer(1)), isFixed(foreign('new ArrayBuffer(1)') as ArrayBuffer)]).toEqual([
    true,
    true,
  ])
  expect(isFixed(new ArrayBuffer(1, { maxByteLength: 2 }))).toBe(false)
  expect(isFixed(new SharedArrayBuffer(1))).toBe(false)
  const array = new Uint8Array(4)
  expect([isAttached(array), isAttached(new Uint8Array(0))]).toEqual([true, true])
  structuredClone(array, { transfer: [array.buffer] })
  expect(isAttached(array)).toBe(false)
})

test('unshared copies shared memory, and nothing else', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(2))
  shared[1] = 7
  expect(isArrayBuffer(unshared(shared).buffer)).toBe(true)
  expect([...unshared(shared)]).toEqual([0, 7])
  expect(isArrayBuffer(unshared(new Uint8Array(foreignShared(shared))).buffer)).toBe(true)
  for (const buffer of [new ArrayBuffer(2), new ArrayBuffer(2, { maxByteLength: 4 })]) {
    const bytes = new Uint8Array(buffer)
    expect(unshared(bytes)).toBe(bytes)
  }
})

test('no file of the library asks instanceof for what has a brand', () => {
  const src = resolve(import.meta.dirname, '../../src')
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const found = files.filter((file) =>
    /instanceof (?:\w*Array|ArrayBuffer|SharedArrayBuffer|Map|Set|Date|DataView|Buffer)\b/.test(
      readFileSync(`${src}/${file}`, 'utf8'),
    ),
  )
  expect(found).toEqual([])
})

describe.each(WIRES)('a frame of %s in bytes of another realm', (id) => {
  const serializer = codec.serializer(id)
  const frame = Uint8Array.from(serializer.encode(publish))
  const forms: Readonly<
    Record<string, Uint8Array | ArrayBuffer | SharedArrayBuffer | readonly Uint8Array[]>
  > = {
    bytes: foreignBytes(frame),
    'a buffer': foreignBuffer(frame),
    'a shared buffer': foreignShared(frame),
    chunks: [foreignBytes(frame.subarray(0, 5)), foreignBytes(frame.subarray(5))],
    'a list of chunks': foreign('[new Uint8Array(bytes)]', [...frame]) as readonly Uint8Array[],
  }

  test.each(Object.entries(forms))('is taken by every way in as %s', (_, form) => {
    expect(serializer.decode(form).equals(publish)).toBe(true)
    expect(serializer.decodeAll(form)).toHaveLength(1)
    expect(createCodec({ ownership: 'copy' }).serializer(id).decode(form).equals(publish)).toBe(true)
    expect(codec.peek(form, id)).toBe(16)
    expect(codec.trace(form, serializer).map(({ kind }) => kind)).toEqual(
      codec.trace(frame, serializer).map(({ kind }) => kind),
    )
    const record = foreign(`new Float64Array(${HEAD_RECORD_WORDS})`) as Float64Array
    expect(serializer.scanInto(form, record)).toBe(16)
    expect(headId(record, HEAD_FIRST_ID)).toBe(7)
    const json = codec.transcodeMessage(form, { from: serializer, to: codec.serializer('json') })
    expect(codec.serializer('json').decode(json).equals(publish)).toBe(true)
  })

  test('is taken from a RawSocket, and by fromTransferable', () => {
    const server = new RawSocketCodec({ serializer, side: 'server' })
    server.push(foreignBytes(Uint8Array.of(0x7f, 0xf0 | serializer.rawSocketId, 0, 0)))
    const [received] = server.push(foreignBytes(server.frame(foreignBytes(frame)))).frames
    expect(serializer.decode(received as Uint8Array).equals(publish)).toBe(true)
    const { bytes, index, ...rest } = serializer.decode(frame).toTransferable()
    const moved = {
      ...rest,
      bytes: foreignBytes(bytes),
      index: foreign('new Int32Array(bytes)', [...index]) as Int32Array,
    }
    expect(codec.fromTransferable(moved).equals(publish)).toBe(true)
  })
})

describe.each(PAYLOADS)('a payload value of %s in bytes of another realm', (format) => {
  const bytes = Uint8Array.from(codec.payload(format).encode({ a: [1, 'x'] }))

  test('is decoded, validated, viewed and transcoded', () => {
    const payload = codec.payload(format)
    expect(payload.decode(foreignBytes(bytes))).toEqual({ a: [1, 'x'] })
    expect(payload.decode(new Uint8Array(foreignShared(bytes)))).toEqual({ a: [1, 'x'] })
    expect(createCodec({ maps: 'map' }).payload(format).decode(foreignBytes(bytes))).toEqual(
      new Map([['a', [1, 'x']]]),
    )
    payload.validate(foreignBytes(bytes))
    expect(payload.view(foreignBytes(bytes)).path('a', 1)?.toValue()).toBe('x')
    const json = codec.transcode(foreignBytes(bytes), { from: format, to: 'json' })
    expect(Buffer.from(json).toString()).toBe('{"a":[1,"x"]}')
  })
})

test('values of another realm are written as those of this one', () => {
  const script = (ours: string): unknown => foreign(`(${ours})`)
  const pairs: readonly [unknown, unknown][] = [
    [script('new Uint8Array([1, 2])'), Uint8Array.of(1, 2)],
    [script('new Uint8Array([1, 2]).buffer'), Uint8Array.of(1, 2)],
    [script('new DataView(new Uint8Array([1, 2]).buffer)'), Uint8Array.of(1, 2)],
    [script('new SharedArrayBuffer(2)'), new Uint8Array(2)],
    [script('new Float64Array([1.5])'), [1.5]],
    [script('new Map([["a", 1]])'), { a: 1 }],
    [script('new Date(0)'), '1970-01-01T00:00:00.000Z'],
    [
      script('[new Number(1), new String("a"), new Boolean(true), Object(2n ** 60n)]'),
      [1, 'a', true, 2n ** 60n],
    ],
    [script('({ a: [{ b: null }] })'), { a: [{ b: null }] }],
  ]
  for (const format of PAYLOADS) {
    for (const [theirs, ours] of pairs) {
      expect(hex(codec.payload(format).encode(theirs)), format).toBe(hex(codec.payload(format).encode(ours)))
    }
  }
})

test('messages take and compare bytes and dictionaries of another realm', () => {
  const bytes = Uint8Array.of(1, 2, 3)
  const options = { request: 1, topic: 'a.b', enc_algo: 'cryptobox' }
  const ours = new Publish({ ...options, payload: bytes })
  const theirs = new Publish({ ...options, payload: foreignBytes(bytes) })
  expect(theirs.equals(ours)).toBe(true)
  expect(theirs.equals(new Publish({ ...options, payload: foreignBytes(Uint8Array.of(1, 2)) }))).toBe(false)
  const inArgs = (value: unknown): Publish => new Publish({ request: 1, topic: 'a.b', args: [value] })
  expect(inArgs(foreignBytes(bytes)).equals(inArgs(bytes))).toBe(true)
  expect(inArgs(foreign('new Map([["a", 1]])')).equals(inArgs({ a: 1 }))).toBe(true)
  expect(inArgs({ length: 3, 0: 1, 1: 2, 2: 3 }).equals(inArgs(bytes))).toBe(false)
  const list = [16, 1, { enc_algo: 'cryptobox' }, 'a.b', foreignBytes(bytes)]
  expect(Message.parse(list).equals(ours)).toBe(true)
  const kwargs = foreign('new Map([["a", 1]])') as Record<string, unknown>
  for (const id of WIRES) {
    const serializer = codec.serializer(id)
    const back = serializer.decode(serializer.encode(new Publish({ request: 1, topic: 'a.b', kwargs })))
    expect((back as Publish).kwargs, id).toEqual({ a: 1 })
    expect((serializer.decode(serializer.encode(theirs)) as Publish).payload, id).toEqual(bytes)
  }
  expect(theirs.toString()).toBe('PUBLISH(request=1, topic="a.b", enc_algo="cryptobox", payload="<3 bytes>")')
  expect(hex(codec.payload('opaque').decode(foreignBytes(bytes)) as Uint8Array)).toBe('010203')
  const raw = { format: 'cbor', mode: 'args', bytes: [foreignBytes(Uint8Array.of(0x81, 1))] } as const
  expect(new EventMessage({ subscription: 1, publication: 2, rawPayload: raw }).args).toEqual([1])
})

test('an error is known as ours by its code, whichever realm or copy of the package it is from', () => {
  let error: unknown
  try {
    codec.payload('cbor').decode(Uint8Array.of(0xff))
  } catch (thrown) {
    error = thrown
  }
  expect(isWampCodecError(error)).toBe(true)
  expect(isWampCodecError(foreign('Object.assign(new Error("x"), { code: "BAD_UTF8" })'))).toBe(true)
  for (const other of [new Error('x'), { code: 'BAD_UTF8' }, null, undefined, Publish, 'BAD_UTF8']) {
    expect(isWampCodecError(other)).toBe(false)
  }
})
