import { expect, test } from 'vitest'
import { createCodec, EventMessage, type Message, type Serializer } from '../../../src/index.ts'
import { built, isSame, PAYLOADS, received, serializerFor, WIRINGS } from '../../support/payloads.ts'

const codec = createCodec()
const uncached = createCodec({ cache: false })
const deferred = createCodec({ cache: false, payloadValidation: 'deferred' })

const EVENT = { subscription: 2 ** 33, publication: 5 }

const joined = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

/** A message from a frame of each format, or from the application, in any format. */
const cases = WIRINGS.flatMap((target) =>
  Object.entries(PAYLOADS).map(([kind, attributes]) => ({ target, kind, attributes, name: target.name })),
)

/** The sources that a payload may have; what JSON refuses to say is left out. */
function* messagesOf(attributes: object): Generator<[string, Message]> {
  yield ['built', built(attributes)]
  yield ['built event', EventMessage.from(built(attributes), EVENT)]
  for (const source of WIRINGS) {
    const serializer = serializerFor(uncached, source)
    yield [`${source.name} forwarded`, received(serializer, attributes)]
    yield [source.name, EventMessage.from(received(serializer, attributes), EVENT)]
    const frame = serializer.encode(built(attributes))
    const late = serializerFor(deferred, source).decode(frame) as never
    yield [`${source.name} deferred`, EventMessage.from(late, EVENT)]
  }
}

test.each(cases)('$name, $kind: every way of encoding gives the same bytes', ({ target, attributes }) => {
  const serializer = serializerFor(uncached, target)
  for (const [name, message] of messagesOf(attributes)) {
    const bytes = serializer.encode(message)
    const { length } = bytes
    const parts = serializer.encodeParts(message)
    expect(parts.length > 0 && parts.length < 4 && parts.every((part) => part.length > 0), name).toBe(true)
    expect(isSame(joined(parts), bytes), name).toBe(true)
    expect(serializer.byteLength(message), name).toBe(length)
    const around = new Uint8Array(length + 20).fill(0xaa)
    expect(serializer.encodeInto(message, around, 7), name).toBe(length)
    const untouched = new Uint8Array(length + 20).fill(0xaa)
    untouched.set(bytes, 7)
    expect(isSame(around, untouched), name).toBe(true)
    const exact = new Uint8Array(length)
    expect(serializer.encodeInto(message, exact), name).toBe(length)
    expect(isSame(exact, bytes), name).toBe(true)
    expect(() => serializer.encodeInto(message, exact.subarray(1)), name).toThrow(RangeError)
  }
})

const sameFormat = WIRINGS.flatMap((wiring) =>
  ['args', 'args and kwargs', 'enc', 'ppt', 'options too'].map((kind) => ({
    name: wiring.name,
    wiring,
    kind,
  })),
)

test.each(sameFormat)('$name, $kind: the parts have the payload where it was', ({ wiring, kind }) => {
  const serializer = serializerFor(uncached, wiring)
  const publish = received(serializer, PAYLOADS[kind] as object)
  const frame = publish._frame?.bytes as Uint8Array
  const parts = serializer.encodeParts(EventMessage.from(publish, EVENT))
  expect(parts.some(({ buffer }) => buffer === frame.buffer)).toBe(true)
  // And only the payload: the head is new.
  expect(parts[0]?.buffer).not.toBe(frame.buffer)
})

test('FlatBuffers to a list and back: the payload is the same span all the way', () => {
  for (const format of ['cbor', 'msgpack', 'json', 'ubjson'] as const) {
    const flat = uncached.serializer('flatbuffers', { payloadSerializer: format })
    const list: Serializer = uncached.serializer(format)
    const publish = received(flat, { args: [1, { a: 'x'.repeat(100) }] })
    const parts = list.encodeParts(EventMessage.from(publish, EVENT))
    expect(parts.some(({ buffer }) => buffer === publish._frame?.bytes?.buffer)).toBe(true)
    const event = list.decode(joined(parts)) as EventMessage
    expect(event.args).toEqual([1, { a: 'x'.repeat(100) }])
    const back = flat.encodeParts(event)
    expect(back.some(({ buffer }) => buffer === event._frame?.bytes?.buffer)).toBe(true)
    expect(flat.decode(joined(back)).equals(event)).toBe(true)
  }
})

test('encodeInto takes a part of a larger buffer, a Buffer and shared memory', () => {
  const serializer = codec.serializer('cbor')
  const message = built(PAYLOADS['args and kwargs'] as object)
  const bytes = serializer.encode(message)
  const large = new Uint8Array(1000)
  const part = large.subarray(100, 100 + bytes.length)
  expect(serializer.encodeInto(message, part)).toBe(bytes.length)
  expect(large.subarray(100, 100 + bytes.length)).toEqual(bytes)
  expect(large[100 + bytes.length]).toBe(0)
  const buffer = Buffer.alloc(bytes.length + 1)
  expect(serializer.encodeInto(message, buffer, 1)).toBe(bytes.length)
  expect(new Uint8Array(buffer.subarray(1))).toEqual(bytes)
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
  expect(serializer.encodeInto(message, shared)).toBe(bytes.length)
  expect(new Uint8Array(shared)).toEqual(bytes)
})

test.each(WIRINGS)('$name: no part lies in shared memory, whatever the payload was given in', (wiring) => {
  const serializer = serializerFor(codec, wiring)
  const shared = new Uint8Array(new SharedArrayBuffer(300)).fill(7)
  const message = built({ payload: shared, enc_algo: 'x_mine' })
  const parts = serializer.encodeParts(message)
  expect(isSame(joined(parts), serializer.encode(message))).toBe(true)
  expect(serializer.byteLength(message)).toBe(serializer.encode(message).length)
  for (const { buffer } of parts) {
    expect(Object.prototype.toString.call(buffer)).toBe('[object ArrayBuffer]')
  }
})

test('encodeInto refuses an offset outside of the target', () => {
  const serializer = codec.serializer('cbor')
  for (const offset of [-1, 11, 0.5, Number.NaN]) {
    expect(() => serializer.encodeInto(built({}), new Uint8Array(10), offset)).toThrow(RangeError)
  }
})

test('a getter that encodes while we encode into its bytes disturbs nobody', () => {
  const serializer = uncached.serializer('msgpack')
  const inner = built({ args: ['inner'] })
  const innerBytes = serializer.encode(inner)
  const args = [
    {
      get a() {
        expect(serializer.encodeInto(inner, new Uint8Array(200))).toBe(innerBytes.length)
        expect(joined(serializer.encodeParts(inner))).toEqual(innerBytes)
        return 'outer'
      },
    },
  ]
  const target = new Uint8Array(200)
  const length = serializer.encodeInto(built({ args }), target)
  expect(target.subarray(0, length)).toEqual(serializer.encode(built({ args: [{ a: 'outer' }] })))
})

test('what is refused leaves the next message alone', () => {
  const serializer = uncached.serializer('cbor')
  const bad = built({ args: [Symbol('no')] })
  expect(() => serializer.encodeParts(bad)).toThrow('args[0]')
  expect(() => serializer.encodeInto(bad, new Uint8Array(100))).toThrow('args[0]')
  const good = built({ args: [1] })
  expect(joined(serializer.encodeParts(good))).toEqual(serializer.encode(good))
})
