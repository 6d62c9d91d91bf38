/** Payloads that are more than plain data are read, whatever their format allows (docs/payloads.md). */
import { describe, expect, test } from 'vitest'
import {
  type CodecOptions,
  createCodec,
  EncodeError,
  EventMessage,
  type PayloadView,
  ProtocolError,
  Publish,
  Tagged,
} from '../../../src/index.ts'
import { hex, unhex } from '../../support/vectors.ts'

type Format = 'cbor' | 'msgpack'

const of = (text: string): Uint8Array => unhex(text.replaceAll(' ', ''))
const decode = (format: Format, text: string, options: CodecOptions = {}): unknown =>
  createCodec(options).payload(format).decode(of(text))
const view = (format: Format, text: string, options: CodecOptions = {}): PayloadView =>
  createCodec(options).payload(format).view(of(text))
const encode = (format: Format | 'json', value: unknown, options: CodecOptions = {}): string =>
  hex(createCodec(options).payload(format).encode(value))
function errorOf(action: () => unknown): ProtocolError | EncodeError {
  try {
    action()
  } catch (error) {
    if (error instanceof ProtocolError || error instanceof EncodeError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

/** Keys beside text, as they are encoded, what they are in a Map, and the text that JavaScript makes of them. */
const KEYS: readonly (readonly [
  name: string,
  cbor: string,
  msgpack: string,
  value: unknown,
  text?: string,
])[] = [
  ['0', '00', '00', 0, '0'],
  ['an integer', '01', '01', 1, '1'],
  ['a negative integer', '20', 'ff', -1, '-1'],
  ['an integer of two bytes', '190100', 'cd0100', 256, '256'],
  ['-10', '29', 'f6', -10, '-10'],
  ['-1000', '3903e7', 'd1fc18', -1000, '-1000'],
  ['2^53', '1b0020000000000000', 'cf0020000000000000', 2 ** 53, '9007199254740992'],
  ['2^64-1', '1bffffffffffffffff', 'cfffffffffffffffff', 2n ** 64n - 1n, '18446744073709551615'],
  ['-2^63', '3b7fffffffffffffff', 'd38000000000000000', -(2n ** 63n), '-9223372036854775808'],
  ['null', 'f6', 'c0', null],
  ['true', 'f5', 'c3', true],
  ['a float', 'fb3ff8000000000000', 'cb3ff8000000000000', 1.5],
  ['an integral float', 'fb4000000000000000', 'cb4000000000000000', 2],
  ['NaN', 'f97e00', 'cb7ff8000000000000', Number.NaN],
  ['bytes', '420102', 'c4020102', Uint8Array.of(1, 2)],
  ['a list', '820102', '920102', [1, 2]],
  ['a map of text', 'a1616101', '81a16101', { a: 1 }],
  ['a map of integers', 'a10102', '810102', { 1: 2 }],
  ['a map whose key is a map', 'a1a1f60203', '8181c00203', new Map([[new Map([[null, 2]]), 3]])],
]

const CASES = KEYS.flatMap(([name, cbor, msgpack, value, text]) => [
  { format: 'cbor' as const, name, bytes: `a2 6178 00 ${cbor} 617a`, value, text },
  { format: 'msgpack' as const, name, bytes: `82 a178 00 ${msgpack} a17a`, value, text },
])

describe('a map with a key that is no text', () => {
  test.each(CASES)('$name in $format is an object when the key has a text, and a Map otherwise', (row) => {
    const { format, bytes, value, text } = row
    const read = decode(format, bytes)
    if (text === undefined)
      expect(read).toEqual(
        new Map<unknown, unknown>([
          ['x', 0],
          [value, 'z'],
        ]),
      )
    else expect(read).toEqual({ x: 0, [text]: 'z' })
  })

  test.each(CASES)("$name in $format is kept as it is with maps: 'map'", ({ format, bytes, value }) => {
    const read = decode(format, bytes, { maps: 'map' }) as Map<unknown, unknown>
    const [, key] = [...read.keys()]
    const asMap = value instanceof Object && Object.getPrototypeOf(value) === Object.prototype
    if (!asMap) expect(key).toEqual(value)
    else
      expect([...(key as Map<unknown, unknown>)]).toEqual(
        Object.entries(value as object).map(([name, item]) => [name === '1' ? 1 : name, item]),
      )
    expect(read.get(key)).toBe('z')
  })

  test.each(CASES)('$name in $format is found and listed by a view', ({ format, bytes, value, text }) => {
    for (const known of [false, true]) {
      const map = view(format, bytes)
      if (known) expect([...map.keys()]).toEqual(['x', text ?? value])
      expect(map.get('x')?.toValue()).toBe(0)
      if (text !== undefined) expect(map.get(text)?.toValue()).toBe('z')
      if (text !== undefined) expect(map.path(text)?.toValue()).toBe('z')
      for (const other of ['1.5', '2', 'null', 'true', 'NaN', '01', '-0', '+1', ' 1', '1 ', '-', '', '11'])
        if (other !== text) expect(map.get(other)).toBeUndefined()
    }
    const map = view(format, bytes)
    expect(map.length).toBe(2)
    expect([...map].map((item) => item.toValue())).toEqual([0, 'z'])
    expect([...map.keys()].map((key) => map.get(key)?.toValue())).toEqual([0, 'z'])
  })

  test.each(CASES)('$name in $format is written again byte for byte from a Map', ({ format, bytes }) => {
    const read = decode(format, bytes, { maps: 'map' })
    // An integral float in a Map is a number, which is written as an integer.
    if (/4000000000000000/.test(bytes)) (read as Map<unknown, unknown>).delete(2)
    const expected = /4000000000000000/.test(bytes)
      ? { cbor: 'a1617800', msgpack: '81a17800' }[format]
      : bytes
    expect(encode(format, read)).toBe(expected.replaceAll(' ', ''))
  })
})

test('two keys that become the same text make a Map in every mode, and none of them is lost', () => {
  const bytes = 'a2 01 6161 6131 6162'
  for (const maps of ['object', 'map'] as const) {
    const read = decode('cbor', bytes, { maps })
    expect(read).toEqual(
      new Map<unknown, unknown>([
        [1, 'a'],
        ['1', 'b'],
      ]),
    )
  }
  const map = view('cbor', bytes)
  expect(map.length).toBe(2)
  expect([...map.keys()]).toEqual([1, '1'])
  expect([...map].map((item) => item.toValue())).toEqual(['a', 'b'])
  expect(map.get('1')?.toValue()).toBe('b')
  expect([map.get(1)?.toValue(), view('cbor', 'a2 6131 6162 01 6161').get('1')?.toValue()]).toEqual([
    'a',
    'a',
  ])
})

test('keys stay in the order of the bytes when a Map must be made of what has begun as an object', () => {
  expect([...(decode('cbor', 'a5 6162 00 6132 01 6131 02 f6 03 6161 04') as Map<unknown, unknown>)]).toEqual([
    ['b', 0],
    ['2', 1],
    ['1', 2],
    [null, 3],
    ['a', 4],
  ])
})

test('keys that objects have already are own keys, also beside integers', () => {
  const read = decode('cbor', 'a3 01 00 695f5f70726f746f5f5f 02 68746f537472696e67 03') as object
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
  expect(Object.entries(read)).toEqual([
    ['1', 0],
    ['__proto__', 2],
    ['toString', 3],
  ])
})

test('the rules about integers are for values: a key is never rounded', () => {
  const bytes = 'a2 1b0020000000000001 00 1b0020000000000002 01'
  const expected = { 9007199254740993: 0, 9007199254740994: 1 }
  const keys = ['9007199254740993', '9007199254740994']
  for (const integers of ['auto', 'number', 'bigint'] as const)
    expect(Object.keys(decode('cbor', bytes, { integers }) as typeof expected)).toEqual(keys)
  const asMap = (options: CodecOptions): unknown[] => [
    ...(
      decode('cbor', 'a2 01 00 1b0020000000000001 01', { maps: 'map', ...options }) as Map<unknown, unknown>
    ).keys(),
  ]
  expect(asMap({})).toEqual([1, 2n ** 53n + 1n])
  expect(asMap({ integers: 'number' })).toEqual([1, 2n ** 53n + 1n])
  expect(asMap({ integers: 'bigint' })).toEqual([1n, 2n ** 53n + 1n])
})

test('a big number as a key is found by its digits, however it is written', () => {
  const map = view('cbor', 'a3 c2 49 010000000000000000 01 c3 41 09 02 6161 03')
  expect(decode('cbor', 'a2 c2 49 010000000000000000 01 c3 41 09 02')).toEqual(
    Object.fromEntries([
      ['18446744073709551616', 1],
      ['-10', 2],
    ]),
  )
  expect(map.get('18446744073709551616')?.toValue()).toBe(1)
  expect(map.get('-10')?.toValue()).toBe(2)
  expect(map.get('a')?.toValue()).toBe(3)
  expect(map.get('-9')).toBeUndefined()
  const outer = view('cbor', '81 a1 c2 4101 a1 6162 07')
  expect(outer.path(0, '1', 'b')?.toValue()).toBe(7)
  expect(outer.path(0, '2', 'b')).toBeUndefined()
})

test('tags in front of a key are dropped as those of values are, or make it a Tagged', () => {
  expect(decode('cbor', 'a2 c1 6161 01 c1 02 03')).toEqual({ a: 1, 2: 3 })
  expect(view('cbor', 'a1 c1 6161 01').get('a')?.toValue()).toBe(1)
  const [[key, value] = []] = [
    ...(decode('cbor', 'a1 c1 6161 01', { tags: 'tagged' }) as Map<unknown, unknown>),
  ]
  expect(key).toEqual(new Tagged(1, 'a'))
  expect(value).toBe(1)
})

test.each(['on-read', 'at-decode'] as const)(
  'the first argument may have more tags than a head, also where it could be an opaque payload: %s',
  (payloadValues) => {
    const cbor = createCodec({ payloadValues }).serializer('cbor')
    const head = '85 10 01 a1 6a7070745f736368656d65 66785f736f6d65 63612e62 81'
    const frame = (value: string): Uint8Array => of(`${head} ${value}`)
    const read = (value: string): Publish => cbor.decode(frame(value)) as Publish
    expect(read('41ff')).toMatchObject({ args: null, payload: of('ff') })
    expect(read(`${'c1'.repeat(8)} 41ff`)).toMatchObject({ args: null, payload: of('ff') })
    expect(read(`${'c1'.repeat(9)} 41ff`)).toMatchObject({ args: [of('ff')], payload: null })
    expect(read(`${'c1'.repeat(127)} 07`).args).toEqual([7])
    expect(errorOf(() => read(`${'c1'.repeat(128)} 07`)).code).toBe('DEPTH_LIMIT')
    expect(errorOf(() => read('c1 1c'))).toMatchObject({ code: 'BAD_TOKEN', offset: frame('c1').length })
  },
)

describe("duplicateKeys: 'refuse'", () => {
  const refuse = { duplicateKeys: 'refuse' } as const
  test.each([
    ['integers', 'cbor', 'a2 01 00 01 01', 3, 'duplicate key 1'],
    ['integers of two widths', 'cbor', 'a2 01 00 1801 01', 3, 'duplicate key 1'],
    ['an integer and a big number', 'cbor', 'a2 01 00 c24101 01', 3, 'duplicate key 1'],
    ['null', 'msgpack', '82 c0 00 c0 01', 3, 'duplicate key null'],
    ['bytes', 'cbor', 'a2 4101 00 5f4101ff 01', 4, 'a duplicate key'],
    ['bytes', 'msgpack', '82 c40101 00 c5000101 01', 5, 'a duplicate key'],
    ['lists', 'cbor', 'a2 8141 01 00 9f4101ff 01', 5, 'a duplicate key'],
    [
      'maps, whatever the order of their keys',
      'cbor',
      'a2 a2 6161 01 02 03 00 a2 02 03 6161 01 01',
      8,
      'a duplicate key',
    ],
    ['maps in keys of maps', 'cbor', 'a2 a1 a1 f6 01 02 00 a1 a1 f6 01 02 01', 7, 'a duplicate key'],
    ['extensions', 'msgpack', '82 d40500 00 d40500 01', 5, 'a duplicate key'],
    ['texts, between integers', 'cbor', 'a3 6161 00 01 00 6161 00', 6, 'duplicate key "a"'],
    ['a key of a map in a key', 'cbor', 'a1 a2 01 00 01 01 00', 4, 'duplicate key 1'],
  ] as const)('refuses equal keys: %s in %s', (_what, format, bytes, offset, text) => {
    for (const maps of ['object', 'map'] as const) {
      const error = errorOf(() => decode(format, bytes, { ...refuse, maps }))
      expect(error).toMatchObject({ code: 'DUPLICATE_KEY', offset })
      expect(error.message).toBe(`cannot decode a value from ${format}: ${text} (byte ${offset})`)
    }
    expect(() => decode(format, bytes)).not.toThrow()
  })

  test.each([
    ['1 and "1"', 'a2 01 00 6131 01', 2],
    ['other bytes', 'a2 4101 00 4102 01', 2],
    ['lists of other things', 'a3 8101 00 816131 01 8202 03 02', 3],
    ['maps of 1 and "1"', 'a2 a10100 00 a1613100 01', 2],
    ['a list and a map', 'a2 80 00 a0 01', 2],
  ])('reads keys that are different: %s', (_what, bytes, size) => {
    const read = decode('cbor', bytes, { ...refuse, maps: 'map' }) as Map<unknown, unknown>
    expect(read.size).toBe(size)
    expect(view('cbor', bytes, refuse).length).toBe(size)
  })
})

describe('what has no plain form is a Tagged that says what it is', () => {
  test.each([
    ['an extension', 'msgpack', 'd40100', 'extension', 1, 'bytes'],
    ['a timestamp of msgpackr', 'msgpack', 'd6ff5a4af6a5', 'extension', -1, 'bytes'],
    ['an extension of 12 bytes', 'msgpack', 'c70cff000000000000000000000000', 'extension', -1, 'bytes'],
    ['an empty extension', 'msgpack', 'c7007f', 'extension', 127, 'bytes'],
    ['a simple value', 'cbor', 'f0', 'simple', 16, 'null'],
    ['a simple value of two bytes', 'cbor', 'f8ff', 'simple', 255, 'null'],
  ] as const)(
    '%s in %s, with tags of either kind, and is written again byte for byte',
    (_what, format, bytes, kind, tag, seen) => {
      for (const tags of ['plain', 'tagged'] as const) {
        const read = decode(format, bytes, { tags }) as Tagged
        expect(read).toBeInstanceOf(Tagged)
        expect([read.kind, read.tag]).toEqual([kind, tag])
        expect(encode(format, read)).toBe(bytes)
      }
      const seenAs = view(format, bytes)
      expect(seenAs.kind).toBe(seen)
      expect(seenAs.toValue()).toEqual(decode(format, bytes))
    },
  )

  test('a tag of CBOR is one on request only, and a bignum never is', () => {
    expect(decode('cbor', '82 c1 01 c2 49 010000000000000000')).toEqual([1, 2n ** 64n])
    const [tag, big] = decode('cbor', '82 c1 01 c2 49 010000000000000000', { tags: 'tagged' }) as [
      Tagged,
      bigint,
    ]
    expect([tag.kind, tag.tag, tag.value, big]).toEqual(['tag', 1, 1, 2n ** 64n])
  })

  test('undefined of CBOR is null', () => {
    expect(decode('cbor', '82 f7 a1 f7 f7')).toEqual([null, new Map([[null, null]])])
    expect(view('cbor', 'f7').kind).toBe('null')
  })

  test('a Tagged of an unknown kind, and a simple value with a value, are refused', () => {
    expect(() => new Tagged(1, 1, 'ext' as 'tag')).toThrow(
      new TypeError('Tagged is a tag, extension or simple, got ext'),
    )
    expect(() => new Tagged(1, 1, 'simple')).toThrow(new TypeError('a simple value has null as value'))
    expect(new Tagged(1, 1).kind).toBe('tag')
  })

  test.each([24, 31, 256, -1])('the simple value %s is refused when it is written', (simple) => {
    expect(errorOf(() => encode('cbor', [new Tagged(simple, null, 'simple')])).message).toBe(
      `cannot encode [0] to cbor: a simple value must be 0..23 or 32..255, got ${simple}`,
    )
  })

  test("JSON.stringify, and unrepresentable: 'json', show tag and value", () => {
    const extension = new Tagged(5, 'x', 'extension')
    expect(JSON.stringify(extension)).toBe('{"tag":5,"value":"x"}')
    const json = { unrepresentable: 'json' } as const
    expect(encode('cbor', extension, json)).toBe(encode('cbor', { tag: 5, value: 'x' }))
    expect(encode('msgpack', new Tagged(5, null, 'simple'), json)).toBe(
      encode('msgpack', { tag: 5, value: null }),
    )
  })
})

/** Args with one value each, of everything that plain data has no place for. */
const ARGS: readonly (readonly [format: Format, args: string])[] = [
  ['cbor', '88 a10102 a2f600 410101 f0 f8ff f7 c161 61 bf8000a00161 6100ff d84041 01'],
  ['msgpack', '95 810102 82c000 c4010101 d40100 d6ff00000000 8181810101 0101'],
]

describe.each(ARGS)('a %s payload of such values', (format, args) => {
  const list = args.replaceAll(' ', '')
  const [head, event] =
    format === 'cbor' ? ['851001a063612e62', '8518240203a0'] : ['95100180a3612e62', '9524020380']
  const frame = of(head + list)

  test.each(['eager', 'deferred'] as const)('goes on untouched in its format, %s', (payloadValidation) => {
    const serializer = createCodec({ payloadValidation }).serializer(format)
    const forwarded = EventMessage.from(serializer.decode(frame) as Publish, {
      subscription: 2,
      publication: 3,
    })
    expect(hex(serializer.encode(forwarded))).toBe(event + list)
  })

  test('is read by no getter with an error, under any options', () => {
    for (const maps of ['object', 'map'] as const)
      for (const tags of ['plain', 'tagged'] as const)
        for (const integers of ['auto', 'number', 'bigint'] as const)
          for (const duplicateKeys of ['last', 'refuse'] as const)
            for (const payloadValidation of ['eager', 'deferred'] as const) {
              const codec = createCodec({ maps, tags, integers, duplicateKeys, payloadValidation })
              const message = codec.serializer(format).decode(frame) as Publish
              expect(message.args).toHaveLength(format === 'cbor' ? 8 : 5)
              expect(message.equals(codec.serializer(format).decode(frame))).toBe(true)
              expect(() => [
                message.marshal(),
                message.toJSON(),
                String(message),
                message.rawPayload,
              ]).not.toThrow()
              expect(message.payloadView.path('args', 0, '1')?.toValue()).toBe(integers === 'bigint' ? 2n : 2)
            }
  })

  test('is written again from its values as the same bytes, when they are kept', () => {
    const codec = createCodec({ maps: 'map', tags: 'tagged' })
    const { args: values } = codec.serializer(format).decode(frame) as Publish
    const again = codec.serializer(format).encode(new Publish({ request: 1, topic: 'a.b', args: values }))
    const back = codec.serializer(format).decode(again) as Publish
    expect(back.equals(codec.serializer(format).decode(frame))).toBe(true)
  })

  test('goes to another thread, also of a message that was made from it', () => {
    const codec = createCodec({ maps: 'map' })
    const message = codec.serializer(format).decode(frame) as Publish
    const derived = EventMessage.from(message, { subscription: 2, publication: 3 })
    for (const each of [message, derived]) {
      expect(codec.fromTransferable(each.toTransferable()).equals(each)).toBe(true)
    }
  })
})

describe("only what is WAMP's own must have text keys", () => {
  test.each([
    ['the keys of kwargs', 'cbor', '861001a063612e6280a10102', 'kwargs', 10],
    ['the keys of kwargs behind a tag', 'cbor', '861001a063612e6280c1a10102', 'kwargs', 11],
    ['the keys of kwargs', 'msgpack', '96100180a3612e6290810102', 'kwargs', 10],
    ['the keys of Options', 'cbor', '841001a1010263612e62', 'options', 4],
    [
      'the keys of authextra',
      'msgpack',
      '9301a16182a5726f6c657381a663616c6c657280a9617574686578747261810102',
      'authextra',
      31,
    ],
  ] as const)('%s are refused in %s when they are no text', (_what, format, bytes, field, offset) => {
    for (const payloadValidation of ['eager', 'deferred'] as const) {
      const serializer = createCodec({ payloadValidation }).serializer(format)
      const error = errorOf(() => (serializer.decode(of(bytes)) as Publish).kwargs)
      expect(error).toMatchObject({ code: 'KEY_TYPE', path: field, offset })
      expect(error.message).toContain(`a key that is not a string in ${field}`)
    }
  })

  test('values in kwargs, in dictionaries that are attributes, and of custom options may be anything', () => {
    const cbor = createCodec().serializer('cbor')
    const publish = cbor.decode(
      of('861001 a1 63785f61 a2 01 02 f6 f0 63612e62 80 a1 6161 a1 01 02'),
    ) as Publish
    expect(publish.kwargs).toEqual({ a: { 1: 2 } })
    expect(publish.custom).toEqual({
      x_a: new Map<unknown, unknown>([
        [1, 2],
        [null, new Tagged(16, null, 'simple')],
      ]),
    })
    const msgpack = createCodec().serializer('msgpack')
    const custom = msgpack.decode(of('94 10 01 81 a3785f61 82 01 02 03 d40501 a3612e62')) as Publish
    expect(custom.custom).toEqual({ x_a: { 1: 2, 3: new Tagged(5, Uint8Array.of(1), 'extension') } })
    expect(() => [
      custom.toString(),
      custom.toJSON(),
      custom.marshal(),
      custom.toTransferable(),
    ]).not.toThrow()
    const event = EventMessage.from(custom, { subscription: 1, publication: 2 })
    expect(event.custom).toEqual(custom.custom)
  })
})
