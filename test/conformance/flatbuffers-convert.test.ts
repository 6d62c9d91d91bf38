/**
 * FlatBuffers beside the list formats: every reference vector there and back, transferables, traces, shared payloads.
 */
import { describe, expect, test } from 'vitest'
import { FORMATS } from '../../src/formats/full.ts'
import { createCodec, EventMessage, type Message, Publish, WampCodecError } from '../../src/index.ts'
import type { ListFormatName, PayloadFormatName } from '../../src/payload/format-names.ts'
import { flatbuffersLosses } from '../../src/serializer/flatbuffers/flatbuffers-losses.ts'
import { hasShared, sharedLines } from '../support/shared.ts'
import { canonical, hex, serializerOf, unhex, type Vector } from '../support/vectors.ts'

const REFERENCE = 'vectors/reference'

const codec = createCodec()
const NAMES: readonly ListFormatName[] = ['json', 'msgpack', 'cbor', 'ubjson', 'ubjson-draft12']

interface FlatVector extends Vector {
  readonly payload_serializer: string
}

const flat = (payloadSerializer: PayloadFormatName): ReturnType<typeof codec.serializer<'flatbuffers'>> =>
  codec.serializer('flatbuffers', { payloadSerializer })

const vectors = sharedLines<FlatVector>(`${REFERENCE}/vectors.jsonl`)

/** What is made, or null where the vector is none for us, or the format cannot say it. */
function orNull<T>(make: () => T): T | null {
  try {
    return make()
  } catch (error) {
    if (error instanceof WampCodecError) return null
    throw error
  }
}

describe.skipIf(!hasShared(REFERENCE)).each(NAMES)('%s', (name) => {
  test('every FlatBuffers line that a list can say comes back from it as it was', () => {
    let converted = 0
    for (const { serializer, payload_serializer: payload, hex: text, id } of vectors) {
      if (serializer !== 'flatbuffers' || !(payload in FORMATS)) continue
      const message = orNull(() => flat(payload as ListFormatName).decode(unhex(text)))
      if (message === null || isBeyondLists(message)) continue
      const bytes = orNull(() => serializerOf(codec, name).encode(message))
      if (bytes === null) continue
      const back = serializerOf(codec, name).decode(bytes)
      expect([id, canonical(back.marshal())]).toEqual([id, canonical(message.marshal())])
      const again = flat(name).decode(flat(name).encode(back))
      expect([id, canonical(again.marshal())]).toEqual([id, canonical(message.marshal())])
      converted++
    }
    expect(converted).toBeGreaterThan(750)
  })

  test('every list line comes back from FlatBuffers as it was, but for what is reported', () => {
    let converted = 0
    for (const { serializer, hex: text, id } of vectors) {
      if (serializer !== name) continue
      const message = orNull(() => serializerOf(codec, name).decode(unhex(text)))
      if (message === null) continue
      const back = flat(name).decode(flat(name).encode(message))
      const lost = new Set(flatbuffersLosses(message).map(({ path }) => path.replace(/[.[].*$/, '')))
      const found = asWritten(back)
      const expected = Object.entries(asWritten(message)).filter(([key]) => !lost.has(key))
      for (const [key, value] of expected) expect([id, key, found[key]]).toEqual([id, key, value])
      converted++
    }
    expect(converted).toBeGreaterThan(600)
  })

  test('a payload in the format of the target is copied, not written anew', () => {
    // Longer than needed: whoever decodes it and writes it again writes other bytes.
    const odd: Readonly<Record<ListFormatName, string>> = {
      json: '5b31205d',
      msgpack: 'dc0001cd0001',
      cbor: '9801190001',
      ubjson: '5b4901005d',
      'ubjson-draft12': '5b4900015d',
    }
    const oddKwargs: Readonly<Record<ListFormatName, string>> = {
      json: '7b2261223a312e307d',
      msgpack: '81a161cb3ff0000000000000',
      cbor: 'a1616101',
      ubjson: '7b4901006155017d',
      'ubjson-draft12': '7b4900016155017d',
    }
    const usualArgs: Readonly<Record<ListFormatName, string>> = {
      json: '5b305d',
      msgpack: '9100',
      cbor: '8100',
      ubjson: '5b55005d',
      'ubjson-draft12': '5b55005d',
    }
    const args = unhex(odd[name])
    const kwargs = unhex(oddKwargs[name])
    const list = serializerOf(codec, name)
    const plain = list.encode(new Publish({ request: 1, topic: 'a.b', args: [0], kwargs: { a: 0 } }))
    const head = plain.subarray(0, hex(plain).indexOf(usualArgs[name]) / 2)
    const comma = name === 'json' ? [0x2c] : []
    const tail = name === 'msgpack' || name === 'cbor' ? [] : [0x5d]
    const frame = Uint8Array.from([...head, ...args, ...comma, ...kwargs, ...tail])
    const there = flat(name).encode(list.decode(frame))
    expect(hex(there)).toContain(hex(args))
    expect(hex(there)).toContain(hex(kwargs))
    expect(hex(list.encode(flat(name).decode(there)))).toBe(hex(frame))
    const event = EventMessage.from(flat(name).decode(there) as Publish, { subscription: 5, publication: 6 })
    expect(hex(flat(name).encode(event))).toContain(hex(args))
  })
})

test.skipIf(!hasShared(REFERENCE))('args and kwargs in FlexBuffers come back as they were', () => {
  let converted = 0
  for (const { serializer, hex: text, id } of vectors) {
    if (serializer !== 'cbor') continue
    const message = orNull(() => codec.serializer('cbor').decode(unhex(text)))
    if (message === null || message.table.payload !== 'any') continue
    const bytes = orNull(() => flat('flexbuffers').encode(message))
    if (bytes === null) continue
    const back = flat('flexbuffers').decode(bytes) as Publish
    const { args, kwargs } = message as Publish
    expect([id, canonical([back.args ?? [], back.kwargs ?? {}])]).toEqual([
      id,
      canonical([args ?? [], kwargs ?? {}]),
    ])
    converted++
  }
  expect(converted).toBeGreaterThan(250)
})

/** What FlatBuffers can say and a list cannot: a hop without a role, no method, enc_* without enc_algo. */
function isBeyondLists(message: Message): boolean {
  const values = message as unknown as Readonly<Record<string, unknown>>
  const hops = values.forward_for as readonly { authrole: unknown }[] | null | undefined
  if (hops?.some(({ authrole }) => authrole === null)) return true
  if (['HELLO', 'WELCOME'].includes(message.table.name) && values.roles === null) return true
  return values.method === null || (values.enc_algo === null && values.enc_key !== null)
}

/** Attributes in text; roles without features are the same with and without the word. */
function asWritten(message: Message): Record<string, string> {
  const entries = Object.entries(message.toJSON()).map(([name, value]) => [
    name,
    canonical(value).replaceAll('"features":{}', ''),
  ])
  return Object.fromEntries(entries)
}

describe('a message from FlatBuffers', () => {
  const message = new Publish({
    request: 2 ** 40,
    topic: 'com.example',
    args: [1, { a: null }],
    kwargs: { b: new Uint8Array(3) },
    exclude: [1, 2 ** 33],
    forward_for: [{ session: 1, authid: null, authrole: 'r' }],
  })

  test.each(NAMES)('crosses threads with a payload in %s', (name) => {
    const received = flat(name).decode(flat(name).encode(message))
    const { bytes, index, serializer, version } = received.toTransferable()
    expect(serializer).toBe('flatbuffers')
    const copy = codec.fromTransferable(structuredClone({ bytes, index, serializer, version }))
    expect(copy.equals(message)).toBe(true)
    expect(hex(flat(name).encode(copy))).toBe(hex(flat(name).encode(message)))
  })

  test('a CHALLENGE crosses threads with its method, which is no text there', () => {
    const bytes = unhex('0c00000008000c000b00040008000000100000000000000408000800000007000800000000000001')
    const challenge = codec.serializer('flatbuffers').decode(bytes)
    expect(codec.fromTransferable(challenge.toTransferable())).toMatchObject({ method: 'ticket' })
  })

  test('is checked later on request, and not read before', () => {
    const later = createCodec({ payloadValidation: 'deferred' }).serializer('flatbuffers')
    const bytes = codec.serializer('flatbuffers').encode(message).slice()
    const at = Buffer.from(bytes).indexOf(Buffer.from('8201a16161f6', 'hex'))
    bytes[at] = 0xff
    const received = later.decode(bytes) as Publish
    expect(received.topic).toBe('com.example')
    expect(() => received.args).toThrow('cannot decode PUBLISH from flatbuffers')
    expect(() => later.encode(received)).toThrow('cannot decode PUBLISH from flatbuffers')
  })

  test('can be detached from a larger buffer', () => {
    const bytes = codec.serializer('flatbuffers').encode(message)
    const chunk = new Uint8Array(100_000)
    chunk.set(bytes, 777)
    const received = codec.serializer('flatbuffers').decode(chunk.subarray(777, 777 + bytes.length))
    received.detach()
    chunk.fill(0x55)
    expect(received.retainedBytes).toBe(bytes.length)
    expect(received.equals(message)).toBe(true)
  })

  test('can be changed', () => {
    const received = codec
      .serializer('flatbuffers')
      .decode(codec.serializer('flatbuffers').encode(message)) as Publish
    received.acknowledge = false
    const again = codec
      .serializer('flatbuffers')
      .decode(codec.serializer('flatbuffers').encode(received)) as Publish
    expect(again.acknowledge).toBe(false)
    expect(again.exclude).toEqual([1, 2 ** 33])
    expect(again.args).toEqual(message.args)
  })

  test('is traced with the names and spans of its slots', () => {
    const serializer = codec.serializer('flatbuffers')
    const bytes = serializer.encode(message)
    const names = codec.trace(bytes, serializer).map(({ name, kind }) => `${name}: ${kind}`)
    expect(names.sort()).toEqual([
      'args: bytes',
      'exclude: array',
      'forward_for: array',
      'kwargs: bytes',
      'request: integer',
      'topic: text',
      'type: integer',
    ])
    expect(codec.trace(bytes.subarray(0, 60), serializer).at(-1)?.name).toBe('error')
  })
})

describe('the serializer', () => {
  test('tells transports what they need', () => {
    expect(codec.serializer('flatbuffers')).toMatchObject({
      subprotocol: 'wamp.2.flatbuffers',
      rawSocketId: 5,
      mimeType: 'application/x-flatbuffers',
      isBinary: true,
      isBatched: false,
      format: 'cbor',
    })
  })

  test('is another one for other options, and refuses options that do not exist', () => {
    expect(codec.serializer('flatbuffers')).toBe(codec.serializer('flatbuffers'))
    expect(codec.serializer('flatbuffers', { profile: 'autobahn' })).not.toBe(codec.serializer('flatbuffers'))
    expect(() => codec.serializer('flatbuffers', { payloadSerializer: 'x' as 'cbor' })).toThrow(RangeError)
    expect(() => codec.serializer('flatbuffers', { profile: 'x' as 'schema' })).toThrow(RangeError)
    expect(() => codec.serializer('flatbuffers.batched' as 'flatbuffers')).toThrow(RangeError)
  })
})
