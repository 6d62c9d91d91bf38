/**
 * Tests of src/payload/ubjson/direct.ts and src/payload/flexbuffers/direct.ts: what is special about their values when
 * they are read directly. Random ones are in test/payload.
 */
import { describe, expect, test, vi } from 'vitest'
import {
  type Call,
  type Cancel,
  createCodec,
  EventMessage,
  type Message,
  ProtocolError,
  type Publish,
} from '../../../src/index.ts'
import { Kernel } from '../../../src/kernel/kernel.ts'
import { kernelOf } from '../../../src/kernel/load.ts'
import { DEFAULT_POLICY, type Policy } from '../../../src/limits.ts'
import { canReadFast } from '../../../src/payload/decode-rules.ts'
import { NOT_DIRECT } from '../../../src/payload/direct.ts'
import { FULL } from '../../../src/variants/full.ts'
import { directly, expectDirectly } from '../../support/direct.ts'
import { crowded, doubled } from '../../support/flexbuffers-hostile.ts'
import { sameValue } from '../../support/same-value.ts'
import { decode, encode, PAYLOAD_FORMATS, unhex, utf8 } from './formats.ts'

const NAMES = ['ubjson', 'ubjson-draft12', 'flexbuffers'] as const
type Format = (typeof NAMES)[number]
const kernel = kernelOf(FULL.kernel.compiled())

function read(format: Format, bytes: Uint8Array, changes: Partial<Policy> = {}, from = kernel): unknown {
  return directly(from, format, bytes, changes)
}

function expectDirect(format: Format, bytes: Uint8Array, changes: Partial<Policy> = {}): unknown {
  return expectDirectly(kernel, format, bytes, changes)
}

/** Left to the decoders of values, which know them. */
const RARE: [string, Format, Uint8Array][] = [
  ['a number that is text', 'ubjson', utf8('[H\x55\x031.5]')],
  ['an array of two dimensions', 'ubjson', utf8('[$U#[U\x02U\x02]abcd')],
  ['an array of two dimensions without a type', 'ubjson', utf8('[#[U\x01U\x01]Ua')],
  ['a structure of arrays', 'ubjson', utf8('[$\x7bU\x01aU}#U\x01a')],
  ['a structure of arrays, field by field', 'ubjson', utf8('{$\x7bU\x01aU}#U\x01a')],
  ['a map of values of one type', 'ubjson-draft12', utf8('{$U#U\x01U\x01aa')],
  ['a list of characters', 'ubjson', utf8('[$C#U\x01a')],
  ['elements without bytes', 'ubjson-draft12', utf8('[$Z#U\x09')],
  ['no-ops before a value', 'ubjson', utf8('[NT]')],
  ['no-ops before a key', 'ubjson', utf8('{NU\x01aT}')],
  ['no-ops after the value', 'ubjson', utf8('TN')],
  ['a key with a length of two bytes', 'ubjson', utf8('{u\x01\x00aT}')],
  ['2^53', 'ubjson', unhex('4c0000000000002000')],
  ['-1 - 2^53', 'ubjson', unhex('4cffffffffffffdfff')],
  ['2^53, unsigned', 'ubjson', unhex('4d0000000000002000')],
  ['2^53 of draft 12', 'ubjson-draft12', unhex('4c0020000000000000')],
  ['2^53', 'flexbuffers', unhex('00000000000020000708')],
  ['2^53, unsigned', 'flexbuffers', unhex('00000000000020000b08')],
  ['a vector of keys', 'flexbuffers', unhex('61000103013801')],
  ['a vector of two numbers', 'flexbuffers', unhex('0102024001')],
  ['one long text that is named a hundred times', 'flexbuffers', crowded(1000, 5, 496, false)],
]

/** Refused by the kernel, and so not read. */
const REFUSED: [string, Format, Uint8Array][] = [
  ['a type without a count', 'ubjson', utf8('[$Uabc]')],
  ['a negative length', 'ubjson', unhex('5369ff')],
  ['a length beyond the end', 'ubjson-draft12', unhex('535505616161')],
  ['a character that is not ASCII', 'ubjson', unhex('43e9')],
  ['a bracket of the other kind', 'ubjson', utf8('[}')],
  ['what comes after the value', 'ubjson', utf8('ZNNT')],
  ['a value that the verifier refuses', 'flexbuffers', unhex('ff2801')],
  ['more offsets than bytes', 'flexbuffers', doubled(20)],
]

const WHOLE: [string, Format, Uint8Array][] = [
  ['counted containers', 'ubjson', unhex('7b2355025501615b24492355030100ffff00805501625b235502535501785a')],
  ['a map of more pairs than a map has', 'ubjson', utf8(`{#U\x46${'U\x01aZ'.repeat(70)}`)],
  ['bytes of both dialects', 'ubjson', unhex('5b5b2442235502ff005b245523550201025d')],
  ['bytes of both dialects', 'ubjson-draft12', unhex('5b24552355020102')],
  ['typed numbers', 'ubjson', unhex('5b5b244423550100000000000000f05b246423550200000000000080bf5d')],
  ['typed numbers of draft 12', 'ubjson-draft12', unhex('5b244c23550100000000ffffffff')],
  [
    'integers and floats of all widths',
    'ubjson',
    unhex(
      '5b6980550049feff75feff6c000000806d000000804cfeffffffffffffff' +
        '4dffffffffffff1f006800fc680100640000c07f440000000000000080425a5d',
    ),
  ],
  [
    'integers and floats of draft 12',
    'ubjson-draft12',
    unhex('5b698049fffe6c800000004cffe000000000000064bf800000443ff80000000000005d'),
  ],
  ['a character', 'ubjson', utf8('[CaC\x00]')],
  ['a key with a signed length', 'ubjson', utf8('{i\x01aT}')],
  ['numbers of one kind', 'flexbuffers', unhex('03fe0102032c01')],
]

type Slice = (start: number, end: number) => string

/** FlexBuffers: a vector of so many offsets to two texts in turn, which stand 4 KB apart. */
function inTurn(count: number): Uint8Array {
  const text = (letter: string): Buffer =>
    Buffer.concat([Uint8Array.of(20), Buffer.from(letter.repeat(20)), Uint8Array.of(0)])
  const head = Buffer.concat([text('a'), new Uint8Array(4096), text('b')])
  const size = Buffer.alloc(4)
  size.writeUInt32LE(count)
  const start = head.length + 4
  const vector = Buffer.alloc(count * 5 + ((4 - ((count * 5) & 3)) & 3))
  for (let i = 0; i < count; i++) {
    vector.writeUInt32LE(start + 4 * i - (i % 2 === 0 ? 4119 : 1), 4 * i)
    vector[4 * count + i] = 5 << 2
  }
  const root = Buffer.alloc(4)
  root.writeUInt32LE(vector.length)
  return new Uint8Array(Buffer.concat([head, size, vector, root, Uint8Array.of(0x2a, 4)]))
}

describe('read directly', () => {
  test.each(RARE)('%s is left to the decoder (%s)', (_, format, bytes) => {
    expect(() => decode(format, bytes)).not.toThrow()
    expect(read(format, bytes)).toBe(NOT_DIRECT)
    expectDirect(format, encode(format, ['after', { a: 1 }]))
  })

  test.each(REFUSED)('%s is not read (%s)', (_, format, bytes) => {
    expect(() => decode(format, bytes)).toThrow(ProtocolError)
    expect(read(format, bytes)).toBe(NOT_DIRECT)
  })

  test.each(WHOLE)('%s are read (%s)', (_, format, bytes) => {
    expectDirect(format, bytes)
  })

  test.each([
    '[null]',
    '[true]',
    '[false]',
    '[[null],[true],[false],[[]],{}]',
    ' [ [ null ] , [ true ] , [ false ] ] ',
    '{"a":null,"b":true,"c":false,"d":[null]}',
    '[[0],[-0],[12],[-1.5],[1e3],[9007199254740991],[1.2345678901234567]]',
    '[["a"],["\\n"],["é\\u00e9"],[""]]',
  ])('%s is read as JSON', (text) => {
    const value = directly(kernel, 'json', utf8(text))
    expect(sameValue(value, JSON.parse(text)) || text).toBe(true)
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
    for (let i = 0; i < 300; i++) {
      const value = expectDirect(format, bytes) as object
      expect(Object.keys(value)).toEqual(['7', '__proto__', 'b', 'toString'])
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    }
  })

  test('of a key that comes twice the last value stays, at the first place', () => {
    const value = expectDirect('ubjson', utf8('{U\x01aU\x01U\x01bU\x02U\x01aU\x03}'))
    expect(Object.entries(value as object)).toEqual([
      ['a', 3],
      ['b', 2],
    ])
  })

  test.each(NAMES)('maps with many, long and new keys are read in %s', (format) => {
    for (const count of [0, 12, 13, 63, 64, 65, 300]) {
      const entries = Array.from(
        { length: count },
        (_, i) => [`${'long '.repeat(i % 15)}${count} ${i}`, i] as const,
      )
      for (let i = 0; i < 3; i++) expectDirect(format, encode(format, [new Map(entries), { after: 'it' }]))
    }
  })

  test.each(NAMES)('maps that come alike for long, and then differ, are read in %s', (format) => {
    const maps = [
      { a: 1, b: 'x', c: { d: 1.5 } },
      { a: 1, b: 'x' },
      { a: 1, b: 'x', c: {}, e: null },
      { z: 1 },
      {},
    ]
    for (const map of maps) {
      for (let i = 0; i < 600; i++) {
        if (!sameValue(read(format, encode(format, [maps[0]])), [maps[0]])) expect.fail(`map ${i}`)
      }
      expectDirect(format, encode(format, [map, map]))
    }
  })

  test.each([...NAMES, 'json'] as const)('maps whose keys never come again are read in %s', (format) => {
    for (let i = 0; i < 100; i++) {
      const map = new Map<string, unknown>([
        [`user${i}@example.com`, i],
        ['__proto__', [i]],
        [`${i}`, { [`inner ${i}`]: 'é' }],
      ])
      const bytes = encode(format, map)
      const value = directly(kernel, format, bytes) as object
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
      expect(Object.keys(value).sort()).toEqual([...map.keys()].sort())
      expect(sameValue(value, decode(format, bytes)) || `map ${i}`).toBe(true)
    }
    const names = { a: 1, b: { c: 2 } }
    for (let i = 0; i < 100; i++) expect(directly(kernel, format, encode(format, names))).toEqual(names)
  })

  test.each(NAMES)('what is nested deeper than 200 levels is left to the decoder in %s', (format) => {
    const nest = (depth: number): unknown => (depth === 0 ? 'x' : [nest(depth - 1)])
    const changes = { maxDepth: 1000 }
    expectDirect(format, encode(format, nest(200), changes), changes)
    expect(read(format, encode(format, nest(201), changes), changes)).toBe(NOT_DIRECT)
  })

  test.each(NAMES)('bytes are what the options say in %s', (format) => {
    const bytes = encode(format, [5, new Uint8Array([1, 2])])
    const [, copy] = expectDirect(format, bytes) as Uint8Array[]
    const [, view] = expectDirect(format, bytes, { binary: 'view' }) as Uint8Array[]
    expect((copy as Uint8Array).byteOffset).toBe(0)
    expect((view as Uint8Array).byteOffset).toBeGreaterThan(0)
  })

  test.each([
    ['maps', 'map'],
    ['tags', 'tagged'],
    ['duplicateKeys', 'refuse'],
    ['integers', 'bigint'],
  ] as const)('%s %s is left to the decoders', (option, choice) => {
    expect(canReadFast(DEFAULT_POLICY)).toBe(true)
    expect(canReadFast({ ...DEFAULT_POLICY, [option]: choice })).toBe(false)
  })

  test.each(NAMES)('long lists of every kind are read in %s', (format) => {
    for (const count of [0, 1, 2, 3, 4, 5, 1023, 1024, 1025, 5000]) {
      const at = (make: (i: number) => unknown): unknown[] => Array.from({ length: count }, (_, i) => make(i))
      const lists = [at((i) => i), at((i) => i / 3), at((i) => `text ${i}`), at((i) => [i]), at(() => 'é漢')]
      expectDirect(format, encode(format, lists))
    }
  })

  test.each(NAMES)('strings of every length are read across the parts of text in %s', (format) => {
    const texts = Array.from({ length: 2100 }, (_, i) => ['a', 'é', '漢', '😀'][i % 4]?.repeat(i) ?? '')
    expectDirect(format, encode(format, texts))
    // FlexBuffers sorts keys: the texts are read in another order than they have in the bytes.
    const long = Array.from({ length: 60 }, (_, i) => [`k${(i * 37) % 60}`, 'abcdefghij'.repeat(i)])
    expectDirect(format, encode(format, Object.fromEntries(long)))
  })

  test('FlexBuffers that name two distant texts in turn are left to the decoder, which shares them', () => {
    const bytes = inTurn(1000)
    expect((decode('flexbuffers', bytes) as string[]).slice(0, 2)).toEqual(['b'.repeat(20), 'a'.repeat(20)])
    expect(read('flexbuffers', bytes)).toBe(NOT_DIRECT)
    expectDirect('flexbuffers', inTurn(10))
  })

  test('parts of text are no more than twice as long as FlexBuffers that are read in another order', () => {
    const latin1 = vi.spyOn(Buffer.prototype as unknown as { latin1Slice: Slice }, 'latin1Slice')
    try {
      const own = new Kernel(FULL.kernel.compiled())
      const keys = Array.from({ length: 60 }, (_, i) => `field${(i * 37) % 60}`)
      const records = Array.from({ length: 100 }, (_, i) =>
        Object.fromEntries(keys.map((key, k) => [key, `the text ${i} of ${k}, which is longer`])),
      )
      const bytes = encode('flexbuffers', records)
      expect(sameValue(read('flexbuffers', bytes, {}, own), decode('flexbuffers', bytes))).toBe(true)
      const made = latin1.mock.calls.reduce((sum, [start, end]) => sum + end - start, 0)
      expect(made).toBeGreaterThan(bytes.length)
      expect(made).toBeLessThan(3.1 * bytes.length)
    } finally {
      latin1.mockRestore()
    }
  })

  test('offsets of another message, which a setter has put in the place of this one, end', () => {
    const own = new Kernel(FULL.kernel.compiled())
    const maps = Array.from({ length: 9 }, () => ({ directTest: ['a', [1, 2]] }))
    const bytes = encode('flexbuffers', maps)
    for (let i = 0; i < 5; i++) expect(read('flexbuffers', bytes, {}, own)).toEqual(maps)
    // Offsets that lead to the byte before: vectors of 255 elements, each of which is such a vector.
    const set = (): void => own.load(new Uint8Array(bytes.length + 50).fill(0xff).fill(1, 20))
    Object.defineProperty(Object.prototype, 'directTest', { set, configurable: true })
    try {
      expect(read('flexbuffers', bytes, {}, own)).toBe(NOT_DIRECT)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'directTest')
    }
  })
})

describe('options whose dictionary has taken their type', () => {
  /** A CALL with one option, in a dictionary of one type. */
  const call = (type: string, key: string, content: number[]): Uint8Array => {
    const text = (value: string): number[] => [0x55, value.length, ...Buffer.from(value)]
    const options = [0x7b, 0x24, type.charCodeAt(0), 0x23, 0x55, 1, ...text(key), ...content]
    return Uint8Array.from([0x5b, 0x55, 48, 0x55, 1, ...options, 0x53, ...text('com.x'), 0x5d])
  }

  test.each([
    ['U', 'timeout', [0x54], 84],
    ['U', 'timeout', [0x5a], 90],
    ['u', 'timeout', [0x55, 5], 1365],
    ['u', '_x', [0x43, 0x41], 16_707],
    ['u', '_x', [0x5b, 0x5d], 23_899],
    ['l', '_x', [0x53, 0x55, 1, 0x78], 2_013_353_299],
  ] as const)('%s of %s in %s', (type, key, content, wanted) => {
    const codec = createCodec({ cache: false })
    const serializer = codec.serializer('ubjson')
    const read = (): unknown => {
      const message = serializer.decode(call(type, key, [...content])) as Call
      return key === 'timeout' ? message.timeout : message.custom?.[key]
    }
    expect(read()).toBe(wanted)
    const forwarded = serializer.decode(call(type, key, [...content]))
    expect(codec.serializer('json').encode(forwarded)).toEqual(utf8(`[48,1,{"${key}":${wanted}},"com.x"]`))
  })

  test('an empty mode of CANCEL is none to lenient peers in this form too', () => {
    const options = [0x7b, 0x24, 0x53, 0x23, 0x55, 1, 0x55, 4, ...Buffer.from('mode'), 0x55, 0]
    const frame = Uint8Array.from([0x5b, 0x55, 49, 0x55, 1, ...options, 0x5d])
    const serializer = createCodec({ peers: 'lenient' }).serializer('ubjson', { ubjsonDialect: 'draft12' })
    expect((serializer.decode(frame) as Cancel).mode).toBe(null)
  })
})

describe('a setter on Object.prototype in the middle of a message', () => {
  const codec = createCodec()
  const ubjson = codec.serializer('ubjson')
  // So long that whatever is written behind the frame is written over it.
  const list = Array.from({ length: 600 }, (_, i) => (i % 3 > 0 ? null : i % 2 > 0 ? 'é' : 1))
  const sent = new EventMessage({ subscription: 1, publication: 2, args: [{ directTest: 1, list }] })
  const frame = ubjson.encode(sent)

  const WAYS: Readonly<Record<string, (message: Message) => unknown>> = {
    'transcodes the message': (message) => codec.serializer('json').encode(message),
    'looks into the message': (message) => (message as EventMessage).payloadView?.path(0, 'list', 599)?.kind,
    'decodes something else': () => codec.payload('ubjson').decode(codec.payload('ubjson').encode(list)),
    'validates something larger': () => codec.payload('cbor').validate(new Uint8Array(200_000).fill(0x9b)),
    'decodes text': () => codec.serializer('json').decode('[36,1,2,{},[[[1,{"a":"é"}]]]]'),
  }

  test.each(Object.entries(WAYS))('a setter that %s does no harm', (_, run) => {
    // The keys are known, so that they are assigned without another look.
    for (let i = 0; i < 100; i++) void (ubjson.decode(frame) as EventMessage).args
    const message = ubjson.decode(frame) as EventMessage
    let calls = 0
    const set = (): void => {
      if (++calls > 1) return
      try {
        run(message)
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error
      }
    }
    Object.defineProperty(Object.prototype, 'directTest', { set, configurable: true })
    try {
      expect((message.args as [{ list: unknown }])[0].list).toEqual(list)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'directTest')
    }
    // Of what was there before, and of what came, nothing is mistaken for something else.
    expect(ubjson.decode(frame).marshal()).toEqual(sent.marshal())
  })
})

describe('messages', () => {
  const codec = createCodec()
  const LISTS = ['json', 'msgpack', 'cbor', 'ubjson'] as const

  test.each(LISTS)('args and kwargs are read from the kernel or from the frame in %s', (format) => {
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

  test.each(PAYLOAD_FORMATS)('args and kwargs are read out of FlatBuffers in %s', (payloadSerializer) => {
    const serializer = codec.serializer('flatbuffers', { payloadSerializer })
    const sent = { subscription: 1, publication: 2, args: [{ a: 'x' }, 'é'], kwargs: { b: [1.5, 2] } }
    const event = serializer.decode(serializer.encode(new EventMessage(sent))) as EventMessage
    expect(event.kwargs).toEqual(sent.kwargs)
    expect(event.args).toEqual(sent.args)
  })

  test.each(LISTS)('a batch whose values are read at once stays whole in %s', (format) => {
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
