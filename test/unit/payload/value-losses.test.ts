/** Tests of src/payload/value-losses.ts: each loss is named by its path, wherever it stands. */
import { describe, expect, test } from 'vitest'
import {
  type Codec,
  type CodecOptions,
  createCodec,
  EventMessage,
  type Message,
  Publish,
  type SerializerId,
  Tagged,
} from '../../../src/index.ts'

const codec = createCodec({ tags: 'tagged' })
const TAG = 'a Tagged has no JSON form'
const NAN = 'NaN has no JSON form'

test.each([
  ['in a tag', new Tagged(1000, [Number.NaN]), [`args[0]: ${TAG}`, `args[0][0]: ${NAN}`]],
  [
    'in a tag of a tag',
    new Tagged(1000, new Tagged(1001, { a: Number.NaN })),
    [`args[0]: ${TAG}`, `args[0]: ${TAG}`, `args[0].a: ${NAN}`],
  ],
  ['behind a value', [1, new Tagged(1000, Number.NaN)], [`args[0][1]: ${TAG}`, `args[0][1]: ${NAN}`]],
  [
    'that is an extension, whose bytes are no value',
    [new Tagged(5, Uint8Array.of(1, 2), 'extension')],
    ['args[0][0]: an extension of type 5 has no JSON form'],
  ],
])('lossReport names what is lost %s', (_, value, losses) => {
  const message = new Publish({ request: 1, topic: 'a', args: [value] })
  const report = codec.lossReport(message, codec.serializer('json'))
  expect(report.map(({ path, reason }) => `${path}: ${reason}`)).toEqual(losses)
})

describe('what is within the limits of the codec by itself, and not where it arrives, is a loss and no error', () => {
  const report = (
    options: CodecOptions,
    id: 'json' | 'cbor',
    message: Message | ((codec: Codec) => Message),
  ) => {
    const own = createCodec(options)
    const given = typeof message === 'function' ? message(own) : message
    return own.lossReport(given, own.serializer(id)).map(({ path, reason }) => `${path}: ${reason}`)
  }
  const publish = (args: unknown[]): Message => new Publish({ request: 1, topic: 'a.b', args })
  const digits = '9'.repeat(2467)

  test('an integer of as many digits as JSON may have, one byte too long for CBOR', () => {
    const read = (own: Codec): Message => own.serializer('json').decode(`[16,1,{},"a.b",[${digits}]]`)
    expect(report({}, 'cbor', read)).toEqual([expect.stringMatching(/^args: peers refuse it: .*big integer/)])
  })

  test('a big integer of the application that is too long for any peer', () => {
    for (const id of ['json', 'cbor'] as const) {
      expect(report({}, id, publish([10n ** 3000n]))).toEqual([
        expect.stringMatching(/^args: peers refuse it: .*big integer/),
      ])
    }
  })

  test('too many values', () => {
    for (const id of ['json', 'cbor'] as const) {
      expect(report({ maxNodes: 5 }, id, publish([1, 2, 3, 4, 5, 6, 7]))).toEqual([
        expect.stringMatching(/^args: peers refuse it: .*more than 5 values/),
      ])
    }
  })

  test('an id that is longer than big integers may be has no loss', () => {
    const event = new EventMessage({ subscription: 1, publication: 2 ** 53 })
    expect(report({ maxBigIntBytes: 3 }, 'json', event)).toEqual([])
  })

  test('keys that differ in lone surrogates only', () => {
    const rules = { unrepresentable: 'json', duplicateKeys: 'refuse' } as const
    for (const id of ['json', 'cbor'] as const) {
      expect(report(rules, id, publish([{ '\ud800': 1, '\udc00': 2 }]))).toEqual([
        'args[0]["\\ud800"]: the text has a lone surrogate',
        expect.stringMatching(/^payload: peers refuse it: .*duplicate key/),
      ])
    }
  })

  test('transcode with onLoss gives what it gives without', () => {
    const bytes = Buffer.from(digits)
    const way = { from: 'json', to: 'cbor' } as const
    expect(codec.transcode(bytes, { ...way, onLoss: 'throw' })).toEqual(codec.transcode(bytes, way))
  })
})

test.each(['msgpack', 'cbor', 'ubjson', 'flexbuffers'] as const)('-0 of JSON is no loss in %s', (to) => {
  for (const duplicateKeys of ['last', 'refuse'] as const) {
    for (const text of ['[-0]', '[-0.0]', '{"a":-0e1}']) {
      const bytes = new TextEncoder().encode(text)
      const written = createCodec({ duplicateKeys }).transcode(bytes, { from: 'json', to, onLoss: 'throw' })
      expect(codec.payload(to).decode(written)).toEqual(JSON.parse(text))
    }
  }
  const message = codec.serializer('json').decode(new TextEncoder().encode('[36,1,2,{},[-0]]'))
  if (to !== 'flexbuffers') expect(codec.lossReport(message, codec.serializer(to))).toEqual([])
})

describe('tags that a peer has put into options are dropped as they are read, and named', () => {
  const tag = (number: number, value: unknown): Tagged => new Tagged(number, value)
  const frame = (list: unknown[]): Uint8Array => codec.payload('cbor').encode(list)
  const report = (list: unknown[], to: SerializerId): string[] => {
    const message = codec.serializer('cbor').decode(frame(list))
    return codec.lossReport(message, codec.serializer(to)).map(({ path, reason }) => `${path}: ${reason}`)
  }

  test.each(['cbor', 'msgpack', 'json', 'ubjson'] as const)('custom keys, also in %s', (to) => {
    const list = [16, 1, { x_a: [tag(99, 1), { b: tag(98, tag(97, 2)) }] }, 'a.b']
    expect(report(list, to)).toEqual([
      'custom.x_a[0]: the tag 99 is dropped',
      'custom.x_a[1].b: the tag 98 is dropped',
      'custom.x_a[1].b: the tag 97 is dropped',
    ])
    const way = { from: codec.serializer('cbor'), to: codec.serializer(to), onLoss: 'throw' } as const
    const refusal = `cannot encode custom.x_a[0] to ${to}: the tag 99 is dropped`
    if (to !== 'cbor') expect(() => codec.transcodeMessage(frame(list), way)).toThrow(refusal)
  })

  test('keys of maps', () => {
    const list = [16, 1, { x_a: new Map([[tag(98, 'k'), 1]]) }, 'a.b']
    expect(report(list, 'msgpack')).toEqual(['custom.x_a["<a Tagged>"]: its key: the tag 98 is dropped'])
  })

  test('a dictionary that WAMP knows keeps its bytes in the same format', () => {
    const list = [1, 'a.b', { roles: { caller: {} }, authextra: { a: tag(99, 'b') } }]
    for (const to of ['msgpack', 'json', 'flatbuffers'] as const) {
      expect(report(list, to)).toEqual(['authextra.a: the tag 99 is dropped'])
    }
    expect(report(list, 'cbor')).toEqual([])
  })

  test('a dictionary in a position is encoded anew', () => {
    expect(report([4, 'x', { a: tag(99, 1) }], 'cbor')).toEqual(['extra.a: the tag 99 is dropped'])
  })
})
