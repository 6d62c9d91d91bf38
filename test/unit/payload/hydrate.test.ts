/** Tests of src/payload/hydrate.ts: what is special about values off the tape. Random ones are in test/payload. */
import { describe, expect, test } from 'vitest'
import { FULL } from '../../../src/edition/full.ts'
import { createCodec, EventMessage, type Publish } from '../../../src/index.ts'
import { kernelOf } from '../../../src/kernel/load.ts'
import { DEFAULT_POLICY, type Policy } from '../../../src/limits.ts'
import { CBOR_FORMAT, JSON_FORMAT, MSGPACK_FORMAT } from '../../../src/payload/format.ts'
import { canHydrate, hydrate, NOT_ON_TAPE } from '../../../src/payload/hydrate.ts'
import { sameValue } from '../../support/same-value.ts'
import { decode, encode, unhex, utf8 } from './formats.ts'

const FORMATS = { cbor: CBOR_FORMAT, msgpack: MSGPACK_FORMAT, json: JSON_FORMAT } as const
type Format = keyof typeof FORMATS
const NAMES = Object.keys(FORMATS) as Format[]
const kernel = kernelOf(FULL.kernel.compiled())

function read(format: Format, bytes: Uint8Array, changes: Partial<Policy> = {}): unknown {
  kernel.load(bytes)
  return hydrate(kernel, 0, bytes.length, FORMATS[format].id, bytes, 0, { ...DEFAULT_POLICY, ...changes })
}

/** Read off the tape, and as the decoder reads it. */
function expectOnTape(format: Format, bytes: Uint8Array, changes: Partial<Policy> = {}): unknown {
  const value = read(format, bytes, changes)
  expect(value).not.toBe(NOT_ON_TAPE)
  expect(sameValue(value, decode(format, bytes, changes))).toBe(true)
  return value
}

/** Left to the decoders of values. */
const LEFT: [string, Format, Uint8Array][] = [
  ['a tag', 'cbor', unhex('81c101')],
  ['a bignum', 'cbor', unhex('81c24101')],
  ['a string in chunks', 'cbor', unhex('817f6161ff')],
  ['a simple value', 'cbor', unhex('81f0')],
  ['a key that is no string', 'cbor', unhex('a10102')],
  ['an extension', 'msgpack', unhex('91d40000')],
  ['an integer of twenty digits', 'json', utf8('[12345678901234567890]')],
  ['bytes in base64', 'json', utf8('["\\u0000AAAA"]')],
  ['a number beyond all doubles', 'json', utf8('[1e999]')],
  ['a leading zero', 'json', utf8('[01]')],
  ['two values', 'json', utf8('1 2')],
  ['text that is not UTF-8', 'msgpack', unhex('91a1ff')],
  ['a key that is not UTF-8', 'msgpack', unhex('81a1ff00')],
  ['nothing', 'cbor', unhex('')],
]

const WHOLE: [string, Format, Uint8Array][] = [
  ['containers whose ends are marked', 'cbor', unhex('9f9fff01bf6161bfffff82f59fffff')],
  ['a half float', 'cbor', unhex('84f93c00f97e00fbbff8000000000000f98001')],
  ['undefined', 'cbor', unhex('81f7')],
  ['64-bit integers', 'cbor', unhex('831bffffffffffffffff3bffffffffffffffff1b0020000000000000')],
  ['64-bit integers of MsgPack', 'msgpack', unhex('92cfffffffffffffffffd38000000000000000')],
  [
    'forms longer than needed',
    'msgpack',
    unhex('95d200000001ce00000001d30000000000000001dd00000000db00000000'),
  ],
  [
    'escapes and white space',
    'json',
    utf8(' { "a\\u00e9\\n" : [ "\\ud83d\\ude00\\/" , -0 , 1E2 ] , "" : {} } '),
  ],
  ['long decimals', 'json', utf8('[0.1234567890123456789012, 123456789012345678901e-5, 5e-324, 1.0]')],
  [
    'integers up to nineteen digits',
    'json',
    utf8('[9007199254740993, -9007199254740992, 1234567890123456789]'),
  ],
]

describe('off the tape', () => {
  test.each(LEFT)('%s is left to the decoder (%s)', (_, format, bytes) => {
    expect(read(format, bytes)).toBe(NOT_ON_TAPE)
  })

  test.each(WHOLE)('%s are read (%s)', (_, format, bytes) => {
    expectOnTape(format, bytes)
  })

  test.each(NAMES)('keys with a meaning to JavaScript are own properties in %s', (format) => {
    const bytes = encode(
      format,
      new Map<string, unknown>([
        ['__proto__', [1]],
        ['b', 2],
        ['7', 3],
        ['toString', 4],
      ]),
    )
    const value = expectOnTape(format, bytes) as object
    expect(Object.keys(value)).toEqual(['7', '__proto__', 'b', 'toString'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  })

  test('of a key that comes twice the last value stays, at the first place', () => {
    const value = expectOnTape('json', utf8('{"a":1,"b":2,"a":3}'))
    expect(Object.entries(value as object)).toEqual([
      ['a', 3],
      ['b', 2],
    ])
  })

  test.each(NAMES)('maps with many, long and new keys are read in %s', (format) => {
    for (const count of [0, 15, 16, 17, 63, 64, 65, 300]) {
      const entries = Array.from(
        { length: count },
        (_, i) => [`${'long '.repeat(i % 15)}${count} ${i}`, i] as const,
      )
      expectOnTape(format, encode(format, [new Map(entries), { after: 'it' }]))
    }
  })

  test.each(NAMES)('more shapes than there is room for are read in %s', (format) => {
    for (let i = 0; i < 30_000; i++) {
      const value = read(format, encode(format, [{ [`k${i}`]: i, a: { b: 'c' } }, { a: 1 }]))
      if (!sameValue(value, [{ [`k${i}`]: i, a: { b: 'c' } }, { a: 1 }])) expect.fail(`shape ${i}`)
    }
  })

  test.each(NAMES)('what is nested deeper than 200 levels is left to the decoder in %s', (format) => {
    const nest = (depth: number): unknown => (depth === 0 ? 1 : [nest(depth - 1)])
    const changes = { maxDepth: 1000 }
    // The innermost list is a run of numbers, which has no level.
    expectOnTape(format, encode(format, nest(200), changes), changes)
    expect(read(format, encode(format, nest(202), changes), changes)).toBe(NOT_ON_TAPE)
    expect(read(format, encode(format, [nest(10)]), { maxDepth: 5 })).toBe(NOT_ON_TAPE)
  })

  test('more values than the limit are left to the decoder', () => {
    expect(read('cbor', encode('cbor', [1, [2], 'x']), { maxNodes: 4 })).toBe(NOT_ON_TAPE)
  })

  test('integers and bytes are what the options say', () => {
    const bytes = encode('cbor', [2n ** 60n, -(2n ** 60n), 5, new Uint8Array([1, 2])])
    expectOnTape('cbor', bytes)
    const [first, , third, view] = expectOnTape('cbor', bytes, {
      integers: 'number',
      binary: 'view',
    }) as unknown[]
    expect(first).toBe(2 ** 60)
    expect(third).toBe(5)
    expect((view as Uint8Array).buffer).toBe(bytes.buffer)
  })

  test.each([
    ['maps', 'map'],
    ['tags', 'tagged'],
    ['duplicateKeys', 'refuse'],
    ['integers', 'bigint'],
  ] as const)('%s %s is left to the decoders', (option, choice) => {
    expect(canHydrate(CBOR_FORMAT.id, DEFAULT_POLICY)).toBe(true)
    expect(canHydrate(CBOR_FORMAT.id, { ...DEFAULT_POLICY, [option]: choice })).toBe(false)
  })

  test('long lists of every kind are read', () => {
    for (const count of [1, 5, 1023, 1024, 1025, 5000]) {
      const at = (make: (i: number) => unknown): unknown[] => Array.from({ length: count }, (_, i) => make(i))
      const lists = [at((i) => i), at((i) => i / 3), at((i) => `text ${i}`), at((i) => [i]), at(() => 'é漢')]
      expectOnTape('cbor', encode('cbor', lists))
      expectOnTape('json', encode('json', lists))
    }
  })

  test('strings of every length are read across the parts of the pools', () => {
    const texts = Array.from({ length: 2100 }, (_, i) => ['a', 'é', '漢', '😀'][i % 4]?.repeat(i) ?? '')
    for (const format of NAMES) expectOnTape(format, encode(format, texts))
  })

  test('a setter on Object.prototype that decodes in the middle of a decode does no harm', () => {
    const inner = encode('cbor', ['inner', { b: 1.5 }])
    const seen: unknown[] = []
    const set = (): void => void seen.push(read('cbor', inner))
    Object.defineProperty(Object.prototype, 'tapeTest', { set, configurable: true })
    try {
      expect(read('cbor', encode('cbor', [new Map([['tapeTest', 1]]), 'after']))).toEqual([{}, 'after'])
    } finally {
      Reflect.deleteProperty(Object.prototype, 'tapeTest')
    }
    expect(seen).toEqual([NOT_ON_TAPE])
  })
})

describe('messages', () => {
  const codec = createCodec()

  test.each(NAMES)('args and kwargs are read from the kernel or from the frame in %s', (format) => {
    const serializer = codec.serializer(format)
    const sent = { subscription: 1, publication: 2, args: [{ a: 'x' }, 'é'], kwargs: { b: [1.5, 2] } }
    const first = serializer.decode(serializer.encode(new EventMessage(sent))) as Publish
    expect(first.args).toEqual(sent.args)
    // Another frame takes the place of the first.
    const second = serializer.decode(
      serializer.encode(new EventMessage({ ...sent, args: ['other'] })),
    ) as Publish
    expect(first.kwargs).toEqual(sent.kwargs)
    expect(second.args).toEqual(['other'])
  })

  test.each(NAMES)('a batch whose values are read at once stays whole in %s', (format) => {
    const eager = createCodec({ integers: 'number' }).serializer(`${format}.batched`)
    const messages = Array.from({ length: 20 }, (_, i) => {
      return new EventMessage({ subscription: i, publication: 2, args: [`text ${i}`.repeat(i), [i, 0.5]] })
    })
    const decoded = eager.decodeAll(eager.encodeAll(messages))
    expect(decoded.map((message) => message.marshal())).toEqual(messages.map((message) => message.marshal()))
  })

  test('a frame that was changed after its check is refused or read, and nothing else', () => {
    const serializer = codec.serializer('cbor')
    const frame = new Uint8Array(
      serializer.encode(new EventMessage({ subscription: 1, publication: 2, args: ['abc', 1] })),
    )
    const message = serializer.decode(frame) as Publish
    serializer.decode(serializer.encode(new EventMessage({ subscription: 1, publication: 2 })))
    frame[frame.length - 2] = 0xff
    expect(() => message.args).toThrow('cannot decode a value from cbor: the text is not UTF-8')
  })
})
