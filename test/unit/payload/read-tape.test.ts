/** Tests of src/payload/read-tape.ts: what is special about values off the tape. Random ones are in test/payload. */
import { describe, expect, test } from 'vitest'
import { FORMATS } from '../../../src/formats/full.ts'
import { createCodec, EventMessage, type Message, ProtocolError, type Publish } from '../../../src/index.ts'
import { TAPE_ROUND } from '../../../src/kernel/abi.ts'
import { Kernel } from '../../../src/kernel/kernel.ts'
import { kernelOf } from '../../../src/kernel/load.ts'
import { DEFAULT_POLICY, type Policy } from '../../../src/limits.ts'
import { canReadFast } from '../../../src/payload/decode-rules.ts'
import type { PayloadFormatName } from '../../../src/payload/format-names.ts'
import { NOT_ON_TAPE, readTape } from '../../../src/payload/read-tape.ts'
import { FULL } from '../../../src/variants/full.ts'
import { crowded, doubled } from '../../support/flexbuffers-hostile.ts'
import { sameValue } from '../../support/same-value.ts'
import { decode, encode, PAYLOAD_FORMATS, unhex, utf8 } from './formats.ts'

type Format = PayloadFormatName
/** The others have readers of their own, which are faster. */
const NAMES = PAYLOAD_FORMATS.filter((name) => FORMATS[name].readTape !== undefined)
const kernel = kernelOf(FULL.kernel.compiled())

function read(format: Format, bytes: Uint8Array, changes: Partial<Policy> = {}, from = kernel): unknown {
  from.load(bytes)
  return readTape(from, 0, bytes.length, FORMATS[format].id, bytes, 0, { ...DEFAULT_POLICY, ...changes })
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
  ['a number that is text', 'ubjson', utf8('[H\x55\x031.5]')],
  ['an array of two dimensions', 'ubjson', utf8('[$U#[U\x02U\x02]abcd')],
  ['elements without bytes', 'ubjson-draft12', utf8('[$Z#U\x09')],
  ['a type without a count', 'ubjson', utf8('[$Uabc]')],
  ['a negative length', 'ubjson', unhex('5369ff')],
  ['a length beyond the end', 'ubjson-draft12', unhex('535505616161')],
  ['a character that is not ASCII', 'ubjson', unhex('43e9')],
  ['a bracket of the other kind', 'ubjson', utf8('[}')],
  ['what comes after the value', 'ubjson', utf8('ZNNT')],
  ['a value of FlexBuffers that its verifier refuses', 'flexbuffers', unhex('ff2801')],
  ['more offsets than room', 'flexbuffers', doubled(20)],
  ['one long text that is named a hundred times', 'flexbuffers', crowded(1000, 5, 400, false)],
]

const WHOLE: [string, Format, Uint8Array][] = [
  [
    'typed and counted containers',
    'ubjson',
    unhex('7b2355025501615b24492355030100ffff00805501625b235502535501785a'),
  ],
  ['typed and counted containers of draft 12', 'ubjson-draft12', unhex('7b246c235501550161fffffffe')],
  ['bytes of both dialects', 'ubjson', unhex('5b5b2442235502ff005b245523550201025d')],
  ['bytes of both dialects', 'ubjson-draft12', unhex('5b24552355020102')],
  ['no-ops', 'ubjson', utf8('N{NU\x01aN[NTNNFN]N}N')],
  [
    'integers and floats of all widths',
    'ubjson',
    unhex(
      '5b6980550049feff75feff6c000000806d000000804c0000000000000080' +
        '4dffffffffffffffff6800fc680100640000c07f440000000000000080425a5d',
    ),
  ],
  [
    'integers and floats of draft 12',
    'ubjson-draft12',
    unhex('5b698049fffe6c800000004c80000000000000007f').with(-1, 0x5d),
  ],
  ['a character', 'ubjson', utf8('[CaC\x00]')],
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
    const value = expectOnTape('ubjson', utf8('{U\x01aU\x01U\x01bU\x02U\x01aU\x03}'))
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
      const value = read(format, encode(format, [{ [`K${i}`]: i, a: { b: 'c' } }, { a: 1 }]))
      expect(sameValue(value, [{ [`K${i}`]: i, a: { b: 'c' } }, { a: 1 }]) || `shape ${i}`).toBe(true)
    }
  })

  test('shapes are forgotten when too many keys have found no room, and learned anew', () => {
    const values = Array.from({ length: 40_000 }, (_, i) => ({ [`forgotten ${i}`]: i }))
    const bytes = encode('ubjson', values)
    const round = (): number => kernel.words[kernel.tapeRecord + TAPE_ROUND] as number
    read('ubjson', bytes)
    const before = round()
    for (let i = 0; i < 100 && round() === before; i++) read('ubjson', bytes)
    expect(round()).toBe(before + 1)
    expect(sameValue(read('ubjson', bytes), values)).toBe(true)
    for (let i = 0; i < 100; i++)
      expectOnTape('ubjson', encode('ubjson', [{ a: i, b: { c: 1, toString: 2 } }]))
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
    expect(read('ubjson', encode('ubjson', [1, [2], 'x']), { maxNodes: 4 })).toBe(NOT_ON_TAPE)
  })

  test.each(['ubjson', 'flexbuffers'] as const)(
    'integers and bytes are what the options say in %s',
    (format) => {
      const bytes = encode(format, [2n ** 60n, -(2n ** 60n), 5, new Uint8Array([1, 2])])
      expectOnTape(format, bytes)
      const [first, , third, view] = expectOnTape(format, bytes, {
        integers: 'number',
        binary: 'view',
      }) as unknown[]
      expect(first).toBe(2 ** 60)
      expect(third).toBe(5)
      expect((view as Uint8Array).buffer).toBe(bytes.buffer)
    },
  )

  test.each([
    ['maps', 'map'],
    ['tags', 'tagged'],
    ['duplicateKeys', 'refuse'],
    ['integers', 'bigint'],
  ] as const)('%s %s is left to the decoders', (option, choice) => {
    expect(canReadFast(DEFAULT_POLICY)).toBe(true)
    expect(canReadFast({ ...DEFAULT_POLICY, [option]: choice })).toBe(false)
  })

  test('long lists of every kind are read', () => {
    for (const count of [1, 5, 1023, 1024, 1025, 5000]) {
      const at = (make: (i: number) => unknown): unknown[] => Array.from({ length: count }, (_, i) => make(i))
      const lists = [at((i) => i), at((i) => i / 3), at((i) => `text ${i}`), at((i) => [i]), at(() => 'é漢')]
      expectOnTape('ubjson', encode('ubjson', lists))
      expectOnTape('flexbuffers', encode('flexbuffers', lists))
    }
  })

  test('strings of every length are read across the parts of the pools', () => {
    const texts = Array.from({ length: 2100 }, (_, i) => ['a', 'é', '漢', '😀'][i % 4]?.repeat(i) ?? '')
    for (const format of NAMES) expectOnTape(format, encode(format, texts))
  })

  test('a setter on Object.prototype that decodes in the middle of a decode does no harm', () => {
    const inner = encode('ubjson', ['inner', { b: 1.5 }])
    const seen: unknown[] = []
    const own = new Kernel(FULL.kernel.compiled())
    const set = (): void => void seen.push(read('ubjson', inner, {}, own))
    const bytes = encode('ubjson', [new Map([['tapeTest', 1]]), 'after'])
    // The shape is known then, so its key is assigned without another look.
    expect(read('ubjson', bytes, {}, own)).toEqual([{ tapeTest: 1 }, 'after'])
    Object.defineProperty(Object.prototype, 'tapeTest', { set, configurable: true })
    try {
      // Of a tape that another message may have overwritten nothing is read.
      expect(read('ubjson', bytes, {}, own)).toBe(NOT_ON_TAPE)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'tapeTest')
    }
    expect(seen).toEqual([NOT_ON_TAPE])
  })
})

describe('a setter on Object.prototype in the middle of a message', () => {
  const codec = createCodec()
  const ubjson = codec.serializer('ubjson')
  // A word of the tape for each byte of the frame, so that whatever is written behind the frame is written over them.
  const list = Array.from({ length: 600 }, (_, i) => (i % 3 > 0 ? null : i % 2 > 0 ? 'é' : 1))
  const sent = new EventMessage({ subscription: 1, publication: 2, args: [{ tapeTest: 1, list }] })
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
    Object.defineProperty(Object.prototype, 'tapeTest', { set, configurable: true })
    try {
      expect((message.args as [{ list: unknown }])[0].list).toEqual(list)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'tapeTest')
    }
    // Of what was there before, and of what came, nothing is mistaken for something else.
    expect(ubjson.decode(frame).marshal()).toEqual(sent.marshal())
  })
})

test.each([
  ['bytes', (from: Kernel) => from.load(utf8('[]'))],
  ['text', (from: Kernel) => from.loadText('[]')],
] as const)('nothing more is read off a tape after a setter has loaded %s', (_, load) => {
  const own = new Kernel(FULL.kernel.compiled())
  const maps = [...Array(9)].map(() => ({ tapeTest: 'a' }))
  const bytes = encode('ubjson', maps)
  // The shape is known then, so its key is assigned without another look.
  expect(read('ubjson', bytes, {}, own)).toEqual(maps)
  const seen: unknown[] = []
  const set = (value: unknown): void => {
    seen.push(value)
    load(own)
  }
  Object.defineProperty(Object.prototype, 'tapeTest', { set, configurable: true })
  try {
    expect(read('ubjson', bytes, {}, own)).toBe(NOT_ON_TAPE)
  } finally {
    Reflect.deleteProperty(Object.prototype, 'tapeTest')
  }
  expect(seen).toEqual(['a'])
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

  test.each(NAMES)('args and kwargs are read out of FlatBuffers in %s', (payloadSerializer) => {
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
