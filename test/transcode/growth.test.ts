/**
 * Payloads that name one text again and again, on every way to another format. FlexBuffers have offsets to it, records
 * of BJData its number or their key; all other formats write it each time. A message stays valid: encoding it is an
 * EncodeError with the path. For `codec.transcode`, which has no message, it is a ProtocolError.
 */
import { describe, expect, test } from 'vitest'
import {
  type Codec,
  createCodec,
  EncodeError,
  EventMessage,
  FanOut,
  ProtocolError,
  Publish,
} from '../../src/index.ts'
import { flatBuffersWith } from '../support/flatbuffers-made.ts'
import { crowded, listedTexts } from '../support/flexbuffers-hostile.ts'

const codec = createCodec()
const other = createCodec({ peers: 'lenient' })
const CODECS: readonly Codec[] = [
  codec,
  createCodec({ duplicateKeys: 'refuse' }),
  createCodec({ payloadValidation: 'deferred' }),
]

/** Tables of `count` records with one key of so many letters, and null under it, in a list. */
function tables(tableCount: number, letters: number, count: number): Uint8Array<ArrayBuffer> {
  const uint16 = (value: number): Uint8Array => Uint8Array.of(0x75, value & 0xff, value >> 8)
  const table = [
    Buffer.from('[${'),
    uint16(letters),
    Buffer.alloc(letters, 'a'),
    Buffer.from('Z}#'),
    uint16(count),
  ]
  const all = Array.from({ length: tableCount }, () => Buffer.concat(table))
  return new Uint8Array(Buffer.concat([Buffer.from('['), ...all, Buffer.from(']')]))
}

type Make = readonly [name: string, format: 'flexbuffers' | 'ubjson', bytes: Uint8Array]

/** What would be 16 MB, 16 MB, 13 MB and 8 MB of JSON. */
const OVERGROWN: readonly Make[] = [
  ['a vector of keys', 'flexbuffers', listedTexts(2000, 8000, 14)],
  ['a vector of strings', 'flexbuffers', listedTexts(2000, 8000, 15)],
  ['a vector of integers that is named often', 'flexbuffers', crowded(10_000, 11, 1240, false)],
  ['tables of long keys', 'ubjson', tables(8, 1000, 1040)],
]

/** The serializer whose frames have args in the format. */
const serializerOf = (of: Codec, format: 'flexbuffers' | 'ubjson') =>
  format === 'ubjson'
    ? of.serializer('ubjson')
    : of.serializer('flatbuffers', { payloadSerializer: 'flexbuffers' })

function frameOf(format: 'flexbuffers' | 'ubjson', args: Uint8Array): Uint8Array {
  if (format === 'flexbuffers') return flatBuffersWith(args)
  return Buffer.concat([Buffer.from('[U\x10U\x01{}SU\x03a.b'), args, Buffer.from(']')])
}

const received = (of: Codec, format: 'flexbuffers' | 'ubjson', args: Uint8Array): Publish =>
  serializerOf(of, format).decode(frameOf(format, args)) as Publish

const eventOf = (message: Publish): EventMessage =>
  EventMessage.from(message, { subscription: 1, publication: 2 })

function withTopic(message: Publish): Publish {
  message.topic = 'c.d'
  return message
}

const WAYS: Readonly<
  Record<string, (of: Codec, format: 'flexbuffers' | 'ubjson', args: Uint8Array) => unknown>
> = {
  'encode with its codec': (of, format, args) =>
    of.serializer('json').encode(eventOf(received(of, format, args))),
  'encode with another codec': (of, format, args) =>
    other.serializer('cbor').encode(eventOf(received(of, format, args))),
  'encode to FlatBuffers with another codec': (of, format, args) =>
    other.serializer('flatbuffers', { payloadSerializer: 'json' }).encode(received(of, format, args)),
  'encode in parts': (of, format, args) =>
    other.serializer('msgpack').encodeParts(received(of, format, args)),
  'a fan-out of another codec': (of, format, args) =>
    new FanOut(other, received(of, format, args), { publication: 1 }).bytes(other.serializer('json'), {
      subscription: 1,
    }),
  'encode of a changed message': (of, format, args) =>
    of.serializer('json').encode(withTopic(received(of, format, args))),
  'toTransferable of a changed message': (of, format, args) =>
    format === 'ubjson'
      ? other.serializer('cbor').encode(received(of, format, args))
      : withTopic(received(of, format, args)).toTransferable(),
  transcodeMessage: (of, format, args) =>
    of.transcodeMessage(frameOf(format, args), {
      from: serializerOf(of, format),
      to: other.serializer('json'),
    }),
  'a raw payload that came from no message': (of, format, args) => {
    const rawPayload = { format, mode: 'args', bytes: [new Uint8Array(args)] } as const
    return of.serializer('json').encode(new Publish({ request: 1, topic: 'a.b', rawPayload }))
  },
}

describe.each(OVERGROWN)('%s', (_, format, args) => {
  test.each(Object.entries(WAYS))('%s is an EncodeError that names args', (_name, way) => {
    for (const of of CODECS) {
      expect(() => way(of, format, args)).toThrow(EncodeError)
      expect(() => way(of, format, args)).toThrow(
        expect.objectContaining({
          code: 'SIZE_LIMIT',
          format,
          path: 'args',
          message: `cannot encode args from ${format}: parts of it are referenced too often`,
        }),
      )
    }
  })

  test('the message is valid: it is read, and goes out in its own format', () => {
    for (const of of CODECS) {
      const message = received(of, format, args)
      expect(message.args?.length).toBeGreaterThan(1)
      expect(serializerOf(of, format).encode(message).length).toBeLessThan(2 * args.length + 1000)
      expect(() => of.payload(format).validate(args)).not.toThrow()
    }
  })

  test('codec.transcode is a ProtocolError, with onLoss and without', () => {
    for (const of of CODECS) {
      for (const onLoss of ['report', 'throw'] as const) {
        const run = () => of.transcode(args, { from: format, to: 'json', onLoss })
        expect(run).toThrow(ProtocolError)
        expect(run).toThrow(expect.objectContaining({ code: 'SIZE_LIMIT', format }))
      }
    }
    expect(() => codec.transcode(args, { from: format, to: 'flexbuffers' })).toThrow(
      expect.objectContaining({ code: 'SIZE_LIMIT' }),
    )
  })

  test('a loss report names args, and so do the losses of transcodeMessage', () => {
    const loss = { path: 'args', reason: 'parts of it are referenced too often' }
    for (const of of CODECS) {
      expect(of.lossReport(received(of, format, args), of.serializer('json'))).toEqual([loss])
      const [from, to] = [serializerOf(of, format), of.serializer('json')]
      expect(() => of.transcodeMessage(frameOf(format, args), { from, to, onLoss: 'throw' })).toThrow(
        'cannot encode args to json: parts of it are referenced too often',
      )
    }
  })
})

test('kwargs that would grow too much are named, and args before them are not', () => {
  const table = Buffer.from(tables(8, 1000, 1040))
  const kwargs = Buffer.concat([Buffer.from('{U\x01k'), table, Buffer.from('}')])
  const frame = Buffer.concat([Buffer.from('[U\x10U\x01{}SU\x03a.b[]'), kwargs, Buffer.from(']')])
  const message = codec.serializer('ubjson').decode(frame)
  for (const of of [codec, other]) {
    expect(() => of.serializer('json').encode(message)).toThrow(
      expect.objectContaining({ code: 'SIZE_LIMIT', path: 'kwargs' }),
    )
  }
})

test('an option that would grow too much is an EncodeError as well', () => {
  const table = Buffer.from(tables(8, 1000, 1040))
  const frame = Buffer.concat([Buffer.from('[U\x10U\x01{U\x03x_a'), table, Buffer.from('}SU\x03a.b]')])
  for (const of of [codec, other]) {
    const message = codec.serializer('ubjson').decode(frame) as Publish
    expect(message.custom?.x_a).toHaveLength(8)
    const run = () => of.serializer('json').encode(codec.serializer('ubjson').decode(frame))
    expect(run).toThrow(EncodeError)
    expect(run).toThrow(expect.objectContaining({ code: 'SIZE_LIMIT', format: 'ubjson', path: 'custom' }))
    expect(of.lossReport(message, of.serializer('json'))).toEqual([
      { path: 'custom', reason: 'parts of it are referenced too often' },
    ])
  }
})

test('what is malformed as well is refused for that, as decode does', () => {
  const bytes = Buffer.concat([tables(8, 1000, 1040).slice(0, -1), Buffer.from('?')])
  for (const of of CODECS) {
    for (const onLoss of ['report', 'throw'] as const) {
      expect(() => of.transcode(bytes, { from: 'ubjson', to: 'json', onLoss })).toThrow(
        expect.objectContaining({ code: 'BAD_TOKEN' }),
      )
    }
  }
})

test.each<[string, 'flexbuffers' | 'ubjson', Uint8Array]>([
  ['a vector of keys', 'flexbuffers', listedTexts(100, 300, 14)],
  ['a vector of strings', 'flexbuffers', listedTexts(100, 300, 15)],
  ['tables', 'ubjson', tables(9, 100, 1000)],
])('%s that may grow so far is the same by every way', (_, format, args) => {
  const json = Buffer.from(codec.transcode(args, { from: format, to: 'json' }))
  expect(json.length).toBeGreaterThan(20 * args.length)
  for (const of of CODECS) {
    expect(Buffer.compare(of.transcode(args, { from: format, to: 'json' }), json)).toBe(0)
    const message = received(of, format, args)
    for (const by of [of, other]) {
      const frame = Buffer.from(by.serializer('json').encode(message))
      expect(frame.subarray(-1 - json.length, -1).equals(json)).toBe(true)
    }
  }
})

test('FlexBuffers of 64 MiB that name nothing twice are transcoded: the sum that bounds them has more than 32 bits', () => {
  const own = createCodec({ maxMessageBytes: 2 ** 28 })
  const bytes = own.payload('flexbuffers').encode([new Uint8Array(2 ** 26)])
  const written = own.transcode(bytes, { from: 'flexbuffers', to: 'cbor' })
  expect([...written.subarray(0, 6)]).toEqual([0x81, 0x5a, 4, 0, 0, 0])
  expect(written.length).toBe(2 ** 26 + 6)
})
