/**
 * Payloads that are more than plain data on their way to another format (docs/payloads.md): exactly where the
 * target has a form, with a named loss where it has one that is near, refused with a path otherwise.
 */
import { describe, expect, test } from 'vitest'
import {
  type Codec,
  createCodec,
  EncodeError,
  EventMessage,
  type Loss,
  Publish,
  Tagged,
} from '../../src/index.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import { hex, unhex } from '../support/vectors.ts'

const of = (text: string): Uint8Array => unhex(text.replaceAll(' ', ''))
const codecs = { eager: createCodec(), deferred: createCodec({ payloadValidation: 'deferred' }) }
const go = (
  bytes: string,
  from: PayloadFormatName,
  to: PayloadFormatName,
  onLoss: 'report' | 'throw' = 'report',
  codec: Codec = codecs.eager,
): string => hex(codec.transcode(of(bytes), { from, to, onLoss }))
const text = (bytes: string): string => Buffer.from(bytes, 'hex').toString()

function refusal(action: () => unknown): EncodeError {
  try {
    action()
  } catch (error) {
    if (error instanceof EncodeError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

/** Args in CBOR and in MsgPack that mean the same. */
const EQUAL: readonly (readonly [name: string, cbor: string, msgpack: string])[] = [
  ['integer keys', '81 a3 01 02 20 03 6161 04', '91 83 01 02 ff 03 a161 04'],
  [
    'the edges of 64 bits',
    '81 a2 1bffffffffffffffff 00 3b7fffffffffffffff 01',
    '91 82 cfffffffffffffffff 00 d38000000000000000 01',
  ],
  ['1 and "1"', '81 a2 01 6161 6131 6162', '91 82 01 a161 a131 a162'],
  [
    'scalars',
    '81 a5 f6 00 f5 01 f4 02 fb3ff8000000000000 03 fb4000000000000000 04',
    '91 85 c0 00 c3 01 c2 02 cb3ff8000000000000 03 cb4000000000000000 04',
  ],
  ['the integer 2 and the float 2', '81 a2 02 00 fb4000000000000000 01', '91 82 02 00 cb4000000000000000 01'],
  ['bytes', '81 a2 4101 00 4101 01', '91 82 c40101 00 c40101 01'],
  [
    'lists and maps in lists and maps',
    '81 a1 a1 82 01 a1 02 03 04 a1 05 06',
    '91 81 81 92 01 81 02 03 04 81 05 06',
  ],
]

describe('between CBOR and MsgPack keys pass exactly', () => {
  test.each(EQUAL)('keys that are %s pass without a loss', (_name, cbor, msgpack) => {
    for (const onLoss of ['report', 'throw'] as const) {
      expect(go(cbor, 'cbor', 'msgpack', onLoss)).toBe(msgpack.replaceAll(' ', ''))
      expect(go(msgpack, 'msgpack', 'cbor', onLoss)).toBe(cbor.replaceAll(' ', ''))
      expect(go(msgpack, 'msgpack', 'msgpack', onLoss)).toBe(msgpack.replaceAll(' ', ''))
    }
  })

  test.each(EQUAL)('%s, in a message that is forwarded, eager and deferred', (_name, cbor, msgpack) => {
    for (const codec of Object.values(codecs)) {
      const from = codec.serializer('cbor')
      const to = codec.serializer('msgpack')
      const frame = of(`861001a063612e62 ${cbor} a1 6161 a1 01 02`)
      const event = EventMessage.from(from.decode(frame) as Publish, { subscription: 2, publication: 3 })
      expect(hex(to.encode(event))).toBe(`96 24 02 03 80 ${msgpack} 81 a161 81 01 02`.replaceAll(' ', ''))
      expect(codec.lossReport(from.decode(frame), to)).toEqual([])
      const back = of(`96 10 01 80 a3612e62 ${msgpack} 81 a161 81 01 02`)
      expect(hex(codec.transcodeMessage(back, { from: to, to: from, onLoss: 'throw' }))).toBe(hex(frame))
    }
  })
})

describe('to formats of text keys', () => {
  test.each([
    ['json', '{"1":"a","-2":"b","18446744073709551615":"c","x":"d"}'],
    ['ubjson', null],
    ['ubjson-draft12', null],
    ['flexbuffers', null],
  ] as const)('integers become their digits in %s, which is a loss with a path', (to, written) => {
    const bytes = '81 a1 6161 a4 01 6161 21 6162 1bffffffffffffffff 6163 6178 6164'
    const result = go(bytes, 'cbor', to)
    if (written !== null) expect(text(result)).toBe(`[{"a":${written}}]`)
    expect(codecs.eager.payload(to).decode(of(result))).toEqual(
      codecs.eager.payload('cbor').decode(of(bytes)),
    )
    expect(refusal(() => go(bytes, 'cbor', to, 'throw')).message).toBe(
      `cannot encode [0].a[1] to ${to}: its key: it arrives as the string 1`,
    )
  })

  test('lossReport says of a key without a text that it is left out', () => {
    const codec = createCodec({ unrepresentable: 'json' })
    const message = codec.serializer('cbor').decode(of('85 10 01 a0 63612e62 81 a1 4101 f5'))
    expect(codec.lossReport(message, codec.serializer('json')).map(({ reason }) => reason)).toEqual([
      'its key: it is left out',
    ])
  })

  test('lossReport and transcodeMessage name each such key', () => {
    for (const codec of Object.values(codecs)) {
      const [from, to] = [codec.serializer('msgpack'), codec.serializer('json')]
      const frame = of('96 10 01 80 a3612e62 91 82 01 02 cfffffffffffffffff 03 81 a161 81 ff 04')
      const expected = [
        { path: 'args[0][1]', reason: 'its key: it arrives as the string 1' },
        {
          path: 'args[0]["18446744073709551615"]',
          reason: 'its key: it arrives as the string 18446744073709551615',
        },
        { path: 'kwargs.a[-1]', reason: 'its key: it arrives as the string -1' },
      ]
      expect(codec.lossReport(from.decode(frame), to)).toEqual(expected)
      const losses: Loss[] = []
      const json = codec.transcodeMessage(frame, { from, to, losses })
      expect(losses).toEqual(expected)
      expect(Buffer.from(json).toString()).toBe(
        '[16,1,{},"a.b",[{"1":2,"18446744073709551615":3}],{"a":{"-1":4}}]',
      )
      expect(refusal(() => codec.transcodeMessage(frame, { from, to, onLoss: 'throw' })).path).toBe(
        'args[0][1]',
      )
    }
  })

  test.each(['json', 'ubjson', 'ubjson-draft12', 'flexbuffers'] as const)(
    'other keys, and two that become the same text, are refused in %s with the path of their map',
    (to) => {
      for (const [bytes, from, path, code, reason] of [
        [
          '82 00 a1 6161 a1 f6 01',
          'cbor',
          '[1].a',
          'KEY_TYPE',
          'a Map key must be a string or an integer, got null',
        ],
        ['81 a1 4101 01', 'cbor', '[0]', 'KEY_TYPE', 'a Map key must be a string or an integer, got bytes'],
        [
          '91 81 cb4000000000000000 01',
          'msgpack',
          '[0]',
          'KEY_TYPE',
          'a Map key must be a string or an integer, got a float',
        ],
        [
          '91 81 d40100 01',
          'msgpack',
          '[0]',
          'KEY_TYPE',
          'a Map key must be a string or an integer, got a Tagged',
        ],
        ['91 82 01 c0 a131 c0', 'msgpack', '[0]', 'DUPLICATE_KEY', 'two Map keys become the text "1"'],
      ] as const) {
        const error = refusal(() => go(bytes, from, to))
        expect(error).toMatchObject({ path, code, format: to })
        expect(error.message).toBe(`cannot encode ${path} to ${to}: ${reason}`)
      }
    },
  )

  test('lossReport names them, and what is inside of keys', () => {
    const cbor = codecs.eager.serializer('cbor')
    const report = (args: string, id: 'json' | 'msgpack'): readonly Loss[] =>
      codecs.eager.lossReport(cbor.decode(of(`851001a063612e62 ${args}`)), codecs.eager.serializer(id))
    expect(report('81 a2 01 00 6131 00', 'json')).toEqual([
      { path: 'args[0][1]', reason: 'its key: it arrives as the string 1' },
      { path: 'args[0]', reason: 'two Map keys become the text "1"' },
    ])
    expect(report('81 a1 f6 c1 01', 'json')).toEqual([
      { path: 'args[0]["<null>"]', reason: 'its key: a Map key must be a string or an integer, got null' },
      { path: 'args[0]["<null>"]', reason: 'the tag 1 is dropped' },
    ])
    expect(report('81 a1 82 01 a1 c1 02 f0 03', 'msgpack')).toEqual([
      { path: 'args[0]["<a list>"][1][2]', reason: 'its key: the tag 1 is dropped' },
      { path: 'args[0]["<a list>"][1][2]', reason: 'its key: the simple value 16 has no MsgPack form' },
    ])
    expect(report('81 a1 c1 6161 03', 'msgpack')).toEqual([
      { path: 'args[0].a', reason: 'its key: the tag 1 is dropped' },
    ])
  })
})

describe('an extension or a simple value has no form in another format', () => {
  const CASES = [
    ['msgpack', 'd40500', 'an extension of type 5', '95 10 01 80 a3612e62 92 00 d40500'],
    ['msgpack', 'd6ff00000000', 'an extension of type -1', '95 10 01 80 a3612e62 92 00 d6ff00000000'],
    ['cbor', 'f0', 'the simple value 16', '851001a063612e62 82 00 f0'],
    ['cbor', 'f8ff', 'the simple value 255', '851001a063612e62 82 00 f8ff'],
  ] as const
  const NAMES = {
    json: 'JSON',
    msgpack: 'MsgPack',
    cbor: 'CBOR',
    ubjson: 'BJData',
    flexbuffers: 'FlexBuffers',
  }

  test.each(CASES)('%s %s is refused by every other format', (from, value, what, frame) => {
    for (const to of ['json', 'msgpack', 'cbor', 'ubjson', 'flexbuffers'] as const) {
      if (to === from) {
        expect(go(value, from, to)).toBe(value)
        continue
      }
      expect(refusal(() => go(value, from, to)).message).toBe(
        `cannot encode the value to ${to}: ${what} has no ${NAMES[to]} form`,
      )
      if (to === 'flexbuffers') continue
      for (const codec of Object.values(codecs)) {
        const message = codec.serializer(from).decode(of(frame)) as Publish
        const event = EventMessage.from(message, { subscription: 2, publication: 3 })
        expect(refusal(() => codec.serializer(to).encode(event))).toMatchObject({
          code: 'UNENCODABLE',
          path: 'args[1]',
          message: `cannot encode args[1] to ${to}: ${what} has no ${NAMES[to]} form`,
        })
        expect(codec.lossReport(message, codec.serializer(to))).toEqual([
          { path: 'args[1]', reason: `${what} has no ${NAMES[to]} form` },
        ])
        // Whoever has the same format still gets it.
        expect(hex(codec.serializer(from).encode(event)).endsWith(`00${value}`)).toBe(true)
      }
    }
  })

  test('a payload of the application with an extension is lossless in MsgPack and named elsewhere', () => {
    const args = [new Tagged(5, Uint8Array.of(1), 'extension')]
    const message = new Publish({ request: 1, topic: 'a.b', args })
    const report = (id: 'json' | 'cbor' | 'msgpack'): readonly Loss[] =>
      codecs.eager.lossReport(message, codecs.eager.serializer(id))
    expect(report('msgpack')).toEqual([])
    expect(report('cbor')).toEqual([{ path: 'args[0]', reason: 'an extension of type 5 has no CBOR form' }])
    expect(report('json')).toEqual([{ path: 'args[0]', reason: 'an extension of type 5 has no JSON form' }])
  })

  test('a CBOR tag is dropped to its value, or with tags that are kept an extension where it can be one', () => {
    expect(go('82 d840 4101 c1 02', 'cbor', 'msgpack')).toBe('92c4010102')
    const kept = createCodec({ tags: 'tagged' })
    expect(go('81 d840 4101', 'cbor', 'msgpack', 'report', kept)).toBe('91d44001')
    expect(refusal(() => go('81 d840 4101', 'cbor', 'msgpack', 'throw', kept)).message).toBe(
      'cannot encode [0] to msgpack: it arrives as an extension of type 64',
    )
  })
})

describe('in FlatBuffers', () => {
  test.each(['eager', 'deferred'] as const)('such payloads go in and out untouched, %s', (mode) => {
    const codec = codecs[mode]
    for (const [payloadSerializer, frame] of [
      ['msgpack', '96 10 01 80 a3612e62 92 d40500 81 c0 8201020304 81 a161 810102'],
      ['cbor', '861001a063612e62 82 f0 a1 f6 01 a1 6161 a1 01 02'],
    ] as const) {
      const list = codec.serializer(payloadSerializer)
      const flat = codec.serializer('flatbuffers', { payloadSerializer })
      const arrived = flat.decode(flat.encode(list.decode(of(frame)))) as Publish
      expect(hex(list.encode(arrived))).toBe(frame.replaceAll(' ', ''))
      expect(arrived.equals(list.decode(of(frame)))).toBe(true)
    }
  })

  test('kwargs have text keys', () => {
    const codec = codecs.eager
    const flat = codec.serializer('flatbuffers', { payloadSerializer: 'cbor' })
    const bytes = flat.encode(new Publish({ request: 1, topic: 'a.b', kwargs: { abc: 1 } })).slice()
    // 63616263 becomes 43616263: bytes in place of text.
    const at = Buffer.from(bytes).indexOf(Buffer.from('a16361626301', 'hex'))
    bytes[at + 1] = 0x43
    expect(() => flat.decode(bytes)).toThrow(
      `cannot decode PUBLISH from flatbuffers: a key that is not a string in kwargs (byte ${at + 1})`,
    )
  })
})
