/**
 * Tests of src/codec.ts: payload codecs, opaque payloads, losses. Messages are tested by the suites of their formats.
 */
import { describe, expect, test } from 'vitest'
import { createCodec as createCore } from '../../src/core.ts'
import {
  type Codec,
  createCodec,
  EncodeError,
  type Loss,
  PAYLOAD_SERIALIZERS,
  ProtocolError,
  Publish,
  Subscribe,
  Tagged,
} from '../../src/index.ts'
import { FLAT_ENUMS } from '../../src/message/flatbuffers-schema.ts'

const FORMATS = ['json', 'msgpack', 'cbor', 'ubjson', 'ubjson-draft12', 'flexbuffers'] as const
const VALUE = { list: [1, -2.5, 'é', null, true], bytes: Uint8Array.of(0, 255), big: 2n ** 60n, nothing: {} }

const codec = createCodec()

describe('codec.payload', () => {
  test.each(FORMATS)('%s reads what it has written, and checks bytes', (format) => {
    const payload = codec.payload(format)
    const bytes = payload.encode(VALUE)
    expect(payload.decode(bytes)).toEqual(VALUE)
    payload.validate(bytes)
    expect(codec.payload(format)).toBe(payload)
    for (let length = 0; length < bytes.length; length++) {
      // FlexBuffers is read from its end: a part of one may be one, too.
      if (format === 'flexbuffers') continue
      expect(() => payload.decode(bytes.subarray(0, length))).toThrow(ProtocolError)
      expect(() => payload.validate(bytes.subarray(0, length))).toThrow(ProtocolError)
    }
    expect(() => payload.encode(() => 1)).toThrow(EncodeError)
  })

  test('JSON may be text; other formats are binary', () => {
    expect(codec.payload('json').decode('{"a":[1,"é"]}')).toEqual({ a: [1, 'é'] })
    expect(() => codec.payload('json').decode('"\ud800"')).toThrow(ProtocolError)
    expect(() => codec.payload('cbor').decode('a')).toThrow(TypeError)
  })

  test('the options of the codec hold for it', () => {
    const strict = createCodec({ maxDepth: 2, maxMessageBytes: 10, integers: 'bigint' }).payload('json')
    expect(strict.decode('[1]')).toEqual([1n])
    const code = (text: string): unknown => {
      try {
        return strict.decode(text)
      } catch (error) {
        return error instanceof ProtocolError && error.code
      }
    }
    expect([code('[[[]]]'), code('[1,2,3,4,5,6]')]).toEqual(['DEPTH_LIMIT', 'SIZE_LIMIT'])
    expect(() => strict.validate(new Uint8Array(11))).toThrow(ProtocolError)
  })

  test.each(['opaque', 'flatbuffers'] as const)('%s stays bytes', (name) => {
    const bytes = Uint8Array.of(1, 2, 3)
    expect(codec.payload(name).decode(bytes)).toBe(bytes)
    expect(codec.payload(name).encode(bytes)).toBe(bytes)
    expect(() => codec.payload(name).encode('text')).toThrow(EncodeError)
  })

  test('refuses names that nobody has', () => {
    expect(() => codec.payload('x_mine')).toThrow(RangeError)
    expect(() => codec.payload('transport' as 'opaque')).toThrow(RangeError)
  })
})

test('the payload serializers have the numbers of the FlatBuffers schema', () => {
  const names = Object.keys(PAYLOAD_SERIALIZERS)
  expect(Object.values(PAYLOAD_SERIALIZERS)).toEqual(names.map((_, i) => i))
  expect([null, ...names.slice(1)]).toEqual(FLAT_ENUMS.PPTSerializer)
})

describe('opaque payloads', () => {
  const mine = {
    decode: (bytes: Uint8Array) => ({ first: bytes[0] }),
    encode: (value: unknown) => Uint8Array.of((value as { first: number }).first),
  }
  const custom = createCodec({ payloadSerializers: { x_mine: mine } })

  test.each(['cbor', 'json', 'flatbuffers'] as const)(
    'enc_serializer says how they are read, in %s',
    (id) => {
      const serializer = custom.serializer(id)
      for (const name of ['json', 'msgpack', 'cbor', 'ubjson'] as const) {
        const payload = custom.payload(name).encode(VALUE)
        const publish = new Publish({
          request: 1,
          topic: 'a.b',
          payload,
          enc_algo: 'cryptobox',
          enc_serializer: name,
        })
        const received = serializer.decode(serializer.encode(publish)) as Publish
        expect(custom.decodePayload(received)).toEqual(VALUE)
      }
    },
  )

  test('a custom name is read by the application, also bytes that were decrypted before', () => {
    const serializer = custom.serializer('cbor')
    const payload = custom.payload('x_mine').encode({ first: 7 })
    const publish = new Publish({
      request: 1,
      topic: 'a.b',
      payload,
      enc_algo: 'x_algo',
      enc_serializer: 'x_mine',
    })
    const received = serializer.decode(serializer.encode(publish)) as Publish
    expect(custom.decodePayload(received)).toEqual({ first: 7 })
    expect(custom.decodePayload(received, Uint8Array.of(9))).toEqual({ first: 9 })
    expect(() => codec.decodePayload(received)).toThrow(RangeError)
  })

  test('flexbuffers and opaque have numbers in FlatBuffers and no name that peers take in a list', () => {
    const flat = codec.serializer('flatbuffers')
    for (const enc_serializer of ['flexbuffers', 'opaque'] as const) {
      const payload =
        enc_serializer === 'opaque' ? Uint8Array.of(5) : codec.payload('flexbuffers').encode(VALUE)
      const publish = new Publish({
        request: 1,
        topic: 'a.b',
        payload,
        enc_algo: 'cryptobox',
        enc_serializer,
      })
      const received = flat.decode(flat.encode(publish)) as Publish
      expect(received.enc_serializer).toBe(enc_serializer)
      expect(codec.decodePayload(received)).toEqual(enc_serializer === 'opaque' ? payload : VALUE)
      for (const message of [publish, received]) {
        expect(() => codec.serializer('cbor').encode(message)).toThrow(EncodeError)
        expect(codec.lossReport(message, codec.serializer('json')).map(({ path }) => path)).toEqual([
          'enc_serializer',
        ])
      }
    }
  })

  test('without a name the format of the frame counts', () => {
    const json = codec.serializer('json')
    const publish = new Publish({ request: 1, topic: 'a.b', payload: new TextEncoder().encode('[1]') })
    expect(codec.decodePayload(json.decode(json.encode(publish)) as Publish)).toEqual([1])
    expect(
      codec.decodePayload(new Publish({ request: 1, topic: 'a.b', payload: Uint8Array.of(0x81, 1) })),
    ).toEqual([1])
    expect(codec.decodePayload(new Publish({ request: 1, topic: 'a.b', args: [1] }))).toBe(null)
  })

  test.each([
    { mine },
    { x_: mine.decode },
    { x_mine: {} },
    { x_mine: { decode: mine.decode } },
    { X_MINE: mine },
  ])('payloadSerializers refuses %j', (payloadSerializers) => {
    expect(() => createCodec({ payloadSerializers } as never)).toThrow(TypeError)
  })
})

describe('codec.transcode', () => {
  test.each(FORMATS.flatMap((from) => FORMATS.map((to) => [from, to] as const)))(
    'a value goes from %s to %s',
    (from, to) => {
      for (const own of [codec, createCore() as Codec]) {
        if (own !== codec && ![from, to].every((name) => ['json', 'msgpack', 'cbor'].includes(name))) {
          expect(() => own.transcode(Uint8Array.of(0x80), { from, to })).toThrow(RangeError)
          continue
        }
        const bytes = own.transcode(codec.payload(from).encode(VALUE), { from, to })
        expect(codec.payload(to).decode(bytes)).toEqual(VALUE)
      }
    },
  )

  test('refuses malformed bytes, values without a form, and losses when told so', () => {
    const way = { from: 'cbor', to: 'json' } as const
    expect(() => codec.transcode(Uint8Array.of(0x82, 1), way)).toThrow(ProtocolError)
    expect(() => codec.transcode(Uint8Array.of(0xf9, 0x7e, 0), way)).toThrow(EncodeError)
    const tagged = Uint8Array.of(0xd8, 0x20, 0x61, 0x61)
    expect(new TextDecoder().decode(codec.transcode(tagged, way))).toBe('"a"')
    expect(() => codec.transcode(tagged, { ...way, onLoss: 'throw' })).toThrow(EncodeError)
    expect(() => codec.transcode(tagged, { ...way, to: 'xml' as 'json' })).toThrow(RangeError)
  })
})

describe('losses', () => {
  const paths = (losses: readonly Loss[]): string[] => losses.map(({ path }) => path)
  const message = new Publish({
    request: 1,
    topic: 'a.b',
    args: [{ a: Number.NaN }, '\0x', 2n ** 70n],
    kwargs: { 'a b': Number.POSITIVE_INFINITY },
    custom: { x_more: 1 },
  })

  test('are named by attribute and by the path of a value', () => {
    const report = (id: 'json' | 'msgpack' | 'cbor' | 'flatbuffers'): string[] =>
      paths(codec.lossReport(message, codec.serializer(id)))
    expect(report('cbor')).toEqual([])
    expect(report('json')).toEqual(['args[0].a', 'args[1]', 'kwargs["a b"]'])
    expect(report('msgpack')).toEqual(['args[2]'])
    expect(report('flatbuffers')).toEqual(['custom.x_more'])
    const json = codec.serializer('flatbuffers', { payloadSerializer: 'json' })
    expect(paths(codec.lossReport(message, json))).toEqual(['custom.x_more', ...report('json')])
  })

  test('losses of tags depend on what the codec does with them', () => {
    const frame = Uint8Array.from([0x85, 16, 1, 0xa0, 0x63, 0x61, 0x2e, 0x62, 0x81, 0xd8, 0x20, 0x61, 0x61])
    for (const [tags, id, expected] of [
      ['plain', 'msgpack', ['args[0]']],
      ['tagged', 'msgpack', ['args[0]']],
      ['plain', 'cbor', []],
    ] as const) {
      const own = createCodec({ tags })
      const received = own.serializer('cbor').decode(frame)
      expect(paths(own.lossReport(received, own.serializer(id)))).toEqual([...expected])
    }
  })

  test('what `unrepresentable` turns into something else is named, and no value makes a ProtocolError of it', () => {
    const own = createCodec({ unrepresentable: 'json' })
    const extension = new Tagged(5, Uint8Array.of(1), 'extension')
    const built = new Publish({ request: 1, topic: 'a.b', args: [extension, Number.NaN] })
    const received = own.serializer('msgpack').decode(own.serializer('msgpack').encode(built))
    for (const each of [built, received]) {
      expect(paths(own.lossReport(each, own.serializer('json')))).toEqual(['args[0]', 'args[1]'])
    }
    expect(own.lossReport(built, own.serializer('msgpack'))).toEqual([])
    const bignum = new Publish({ request: 1, topic: 'a.b', args: [new Tagged(2, 'a')] })
    expect(paths(codec.lossReport(bignum, codec.serializer('json')))).toEqual(['args[0]'])
  })

  test('losses of a slot that FlatBuffers lacks, and of closed enumerations, are named', () => {
    const hop = { session: 1, authid: null, authrole: 'r' }
    const subscribe = new Subscribe({ request: 1, topic: 'a.b', forward_for: [hop] })
    const [loss] = codec.lossReport(subscribe, codec.serializer('flatbuffers'))
    expect(loss).toEqual({ path: 'forward_for', reason: 'the FlatBuffers schema has no place for it' })
    const payload = Uint8Array.of(1)
    const publish = new Publish({ request: 1, topic: 'a.b', payload, enc_algo: 'x_mine' })
    expect(paths(codec.lossReport(publish, codec.serializer('flatbuffers')))).toEqual(['enc_algo'])
  })

  test('are thrown or reported by transcodeMessage', () => {
    const [from, to] = [codec.serializer('cbor'), codec.serializer('flatbuffers')]
    const frame = from.encode(message)
    const losses: Loss[] = []
    expect(to.decode(codec.transcodeMessage(frame, { from, to, losses }))).toBeInstanceOf(Publish)
    expect(paths(losses)).toEqual(['custom.x_more'])
    expect(() => codec.transcodeMessage(frame, { from, to, onLoss: 'throw' })).toThrow(
      'cannot encode custom.x_more to flatbuffers: the FlatBuffers schema has no place for it',
    )
    expect(() => codec.transcodeMessage(frame, { from, to, onLoss: 'no' as 'throw' })).toThrow(RangeError)
    expect(() => codec.transcodeMessage(frame, { from, to: codec.serializer('json') })).toThrow(EncodeError)
  })

  test('batches become batches, and one message a frame', () => {
    const [from, to] = [codec.serializer('cbor.batched'), codec.serializer('json.batched')]
    const small = new Publish({ request: 1, topic: 'a.b', args: [1] })
    const batch = codec.transcodeMessage(from.encodeAll([small, small]), { from, to })
    expect(to.decodeAll(batch).map((one) => one.marshal())).toEqual([small.marshal(), small.marshal()])
    expect(() =>
      codec.transcodeMessage(from.encodeAll([small, small]), { from, to: codec.serializer('json') }),
    ).toThrow(RangeError)
  })
})

test('JSON given as text is refused at the byte of its first lone surrogate, frame or value', () => {
  for (const [text, offset] of [
    ['["é\ud800"]', 4],
    ['["😀", "\udc00"]', 10],
    ['"\ud83d"', 1],
  ] as const) {
    for (const decode of [
      () => codec.payload('json').decode(text),
      () => codec.serializer('json').decode(text),
    ]) {
      expect(decode).toThrow(expect.objectContaining({ code: 'BAD_UTF8', format: 'json', offset }))
    }
  }
})
