/** The transcoder as applications meet it: other libraries read its bytes, errors have places, losses are told. */
import { Encoder } from 'cbor-x'
import { Packr } from 'msgpackr'
import { describe, expect, test } from 'vitest'
import { EncodeError, ProtocolError } from '../../src/errors.ts'
import { FORMATS as PAYLOAD_FORMATS } from '../../src/formats/full.ts'
import { kernelOf } from '../../src/kernel/load.ts'
import { DEFAULT_POLICY, type Policy } from '../../src/limits.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import { transcode } from '../../src/payload/transcode.ts'
import { lossesOf } from '../../src/payload/value-losses.ts'
import { countingModule } from '../hostile/steps.ts'
import { createRandom } from '../support/random.ts'
import { byKernel, encoded, FORMATS, isDeep, oracle, PAIRS, scalar, simd } from './support.ts'

const SEED = 4_003
const VALUES = isDeep ? 100_000 : 2_000

// Options that its types do not name.
const cborOptions = { useRecords: false, mapsAsObjects: true, int64AsNumber: true, tagUint8Array: false }
const cborX = new Encoder(cborOptions)
const msgpackr = new Packr({ useRecords: false, int64AsType: 'number' })

const LIBRARIES: Readonly<
  Record<string, { write(value: unknown): Uint8Array; read(bytes: Uint8Array): unknown }>
> = {
  cbor: { write: (value) => cborX.encode(value), read: (bytes) => cborX.decode(bytes) },
  msgpack: { write: (value) => msgpackr.encode(value), read: (bytes) => msgpackr.decode(bytes) },
  json: {
    write: (value) => Buffer.from(JSON.stringify(value)),
    read: (bytes) => JSON.parse(Buffer.from(bytes).toString()),
  },
}

function go(
  bytes: Uint8Array,
  from: PayloadFormatName,
  to: PayloadFormatName,
  changes: Partial<Policy> = {},
  onLoss: 'report' | 'throw' = 'report',
): Uint8Array {
  const policy = { ...DEFAULT_POLICY, ...changes }
  const losses = onLoss === 'throw' ? lossesOf : null
  return transcode(simd, bytes, PAYLOAD_FORMATS[from], PAYLOAD_FORMATS[to], policy, losses)
}

const text = (value: string): Uint8Array => new Uint8Array(Buffer.from(value))
const hex = (value: string): Uint8Array => new Uint8Array(Buffer.from(value.replaceAll(' ', ''), 'hex'))

describe(`what other libraries write and read (${VALUES} values of seed ${SEED})`, () => {
  const pairs = PAIRS.filter(({ from, to }) => from.name in LIBRARIES && to.name in LIBRARIES)
  test.each(pairs)('$name', ({ from, to }) => {
    const random = createRandom(SEED)
    for (let i = 0; i < VALUES; i++) {
      // What all of them keep: no -0, no bytes, no __proto__, which some refuse or rename.
      const json = JSON.stringify([random.value(2)]).replaceAll('__proto__', 'proto')
      // Nor integers beyond 2^53, which are BigInt to them, and floats in JavaScript's JSON.
      const value = JSON.parse(json, (_, item) =>
        typeof item === 'number' && Math.abs(item) > 2 ** 53 ? 0.5 : item,
      )
      const bytes = new Uint8Array(LIBRARIES[from.name]!.write(value))
      expect(LIBRARIES[to.name]!.read(Buffer.from(go(bytes, from.name, to.name)))).toEqual(value)
    }
  })
})

describe('the same bytes by the kernel and by JavaScript alone', () => {
  const value = ['a text', [1, 2.5, -3], new Map([['key', new Uint8Array([1, 2])]])]
  test.each(PAIRS)('$name', ({ from, to }) => {
    const bytes = encoded(from, value)
    expect(go(bytes, from.name, to.name)).toEqual(oracle(bytes, from, to))
    expect(go(bytes, from.name, to.name, { duplicateKeys: 'refuse' })).toEqual(oracle(bytes, from, to))
  })
})

describe('the kernel needs no JavaScript for plain values', () => {
  const value = {
    a: '',
    key: 'a text',
    longer: 'more than sixteen letters',
    n: [1, -2, 2.5, 1e300, true, null],
  }
  // FlexBuffers are written by JavaScript.
  const targets = FORMATS.filter(({ name }) => name !== 'flexbuffers')
  test.each(FORMATS.map((from) => [from.name, from] as const))('from %s', (_, from) => {
    const bytes = encoded(from, value)
    for (const to of targets) {
      for (const kernel of [simd, scalar]) {
        expect(byKernel(kernel, bytes, from, to), to.name).toEqual(oracle(bytes, from, to))
      }
    }
  })
})

test.each([
  [{ maxDepth: 2, maxNodes: 4 }, '9493c0c0c0c0c0', 'TRUNCATED', 7],
  [{ maxDepth: 2, maxNodes: 4 }, '9392c0c09190c0', 'DEPTH_LIMIT', 5],
  [{}, '93c0c1d9', 'BAD_TOKEN', 2],
])('of two faults transcode names the one that decode names: %j %s', (limits, bytes, code, offset) => {
  const policy = { ...DEFAULT_POLICY, ...limits }
  for (const to of FORMATS) {
    expect(() => transcode(simd, hex(bytes), PAYLOAD_FORMATS.msgpack, to, policy)).toThrow(
      expect.objectContaining({ code, offset }),
    )
  }
})

test.each<[string, PayloadFormatName, PayloadFormatName, Uint8Array, string]>([
  [
    'digits beyond 64 bits',
    'json',
    'cbor',
    text('[123456789012345678901234567890]'),
    '81c24d018ee90ff6c373e0ee4e3f0ad2',
  ],
  ['the largest of 64 bits', 'json', 'msgpack', text('18446744073709551615'), 'cfffffffffffffffff'],
  [
    'a big number',
    'cbor',
    'json',
    hex('c2 49 010000000000000000'),
    '3138343436373434303733373039353531363136',
  ],
  ['a tag', 'cbor', 'json', hex('c1 1a 514b67b0'), '31333633383936323430'],
  ['nested tags', 'cbor', 'msgpack', hex('81 d9d9f7 c1 81 c0 6161'), '9191a161'],
  ['undefined', 'cbor', 'json', hex('81 f7'), Buffer.from('[null]').toString('hex')],
  ['bytes', 'json', 'msgpack', text('"\\u0000AQID\\/w=="'), 'c404010203ff'],
  ['bytes in JSON', 'msgpack', 'json', hex('c401ff'), Buffer.from('"\\u0000/w=="').toString('hex')],
  ['a key twice', 'json', 'msgpack', text('{"a":1,"a":2}'), '82a16101a16102'],
  [
    'a key that begins with NUL',
    'cbor',
    'json',
    hex('a1 61 00 01'),
    Buffer.from('{"\\u0000":1}').toString('hex'),
  ],
  ['white space', 'json', 'cbor', text(' [ 1 , { "a" : [ ] } ] '), '8201a1616180'],
  [
    'chunks',
    'cbor',
    'msgpack',
    hex('9f 7f 6161 6162 ff 5f 4101 ff bf 6161 01 ff ff'),
    '93a26162c40101 81a16101'.replace(' ', ''),
  ],
  [
    'an n-dimensional array',
    'ubjson',
    'msgpack',
    text('[$U#[$U#U\u0002\u0002\u0001ab'),
    '929161 9162'.replaceAll(' ', ''),
  ],
])('%s becomes what is expected, %s to %s', (_, from, to, bytes, expected) => {
  expect(Buffer.from(go(bytes, from, to)).toString('hex')).toBe(expected)
})

test('a list of any length gets the shortest head', () => {
  for (const length of [0, 1, 15, 16, 23, 24, 255, 256, 65_535, 65_536]) {
    const bytes = text(`[${Array(length).fill('[7]')}]`)
    for (const to of ['cbor', 'msgpack'] as const) {
      expect(go(bytes, 'json', to)).toEqual(encoded(PAYLOAD_FORMATS[to], Array(length).fill([7])))
    }
  }
})

test('deep chains of long lists take linear time', () => {
  const kernel = kernelOf(countingModule())
  const { steps } = kernel.exports as unknown as { steps: WebAssembly.Global<'i64'> }
  // Steps a byte.
  const cost = (depth: number): number => {
    const bytes = text(`${`[${'0,'.repeat(30)}`.repeat(depth)}"${'x'.repeat(50_000)}"${']'.repeat(depth)}`)
    const policy = { ...DEFAULT_POLICY, maxDepth: 1000 }
    const before = steps.value
    transcode(kernel, bytes, PAYLOAD_FORMATS.json, PAYLOAD_FORMATS.msgpack, policy)
    return Number(steps.value - before) / bytes.length
  }
  // Some 12, and 20 with the second try when the memory has grown; it would be hundreds if each level moved the rest.
  expect(cost(900)).toBeLessThan(40)
})

test('FlexBuffers that name one text very often are refused, and take no memory', () => {
  // 10,000 offsets to one key of 10,000 bytes.
  const keys = new Uint8Array(10_001 + 3 + 4 + 40_000 + 10_000 + 6)
  const view = new DataView(keys.buffer)
  keys.fill(0x61, 0, 10_000)
  const size = 10_004
  view.setUint32(size, 10_000, true)
  const first = size + 4
  for (let i = 0; i < 10_000; i++) {
    view.setUint32(first + i * 4, first + i * 4, true)
    keys[first + 40_000 + i] = 4 << 2
  }
  const root = first + 50_000
  view.setUint32(root, root - first, true)
  keys[root + 4] = (10 << 2) | 2
  keys[root + 5] = 4
  expect(() => go(keys, 'flexbuffers', 'json')).toThrow(expect.objectContaining({ code: 'SIZE_LIMIT' }))
})

describe('errors', () => {
  test.each<[PayloadFormatName, PayloadFormatName, Uint8Array, string, string]>([
    ['cbor', 'json', hex('82 01 a1 61 61 fb7ff8000000000000'), 'UNENCODABLE', '[1].a'],
    ['cbor', 'json', hex('81 61 00'), 'UNENCODABLE', '[0]'],
    ['cbor', 'msgpack', hex('81 3bffffffffffffffff'), 'UNENCODABLE', '[0]'],
    ['msgpack', 'ubjson-draft12', hex('91 cb7ff0000000000000'), 'UNENCODABLE', '[0]'],
  ])('%s to %s of %o is %s at %s', (from, to, bytes, code, path) => {
    expect(() => go(bytes, from, to)).toThrow(expect.objectContaining({ code, path, format: to }))
    expect(() => go(bytes, from, to)).toThrow(EncodeError)
  })

  test.each<[PayloadFormatName, PayloadFormatName, Uint8Array, string, number]>([
    ['json', 'cbor', text('[1,2'), 'TRUNCATED', 4],
    ['json', 'cbor', text('[1] 2'), 'TRAILING_BYTES', 4],
    ['cbor', 'msgpack', hex('81 62 61ff'), 'BAD_UTF8', 3],
    ['cbor', 'json', hex('a1 1c 02'), 'BAD_TOKEN', 1],
    ['cbor', 'msgpack', hex('a1 81 61ff 02'), 'BAD_UTF8', 3],
    ['msgpack', 'cbor', hex('81 c1 00'), 'BAD_TOKEN', 1],
    ['json', 'msgpack', text('[1e999]'), 'BAD_NUMBER', 1],
  ])('%s to %s of %o is %s at byte %i', (from, to, bytes, code, offset) => {
    expect(() => go(bytes, from, to)).toThrow(expect.objectContaining({ code, offset, format: from }))
    expect(() => go(bytes, from, to)).toThrow(ProtocolError)
  })

  test('depth counts tags, and nodes count keys', () => {
    const deep = hex('81 c1 81 c1 81 01')
    expect(go(deep, 'cbor', 'json', { maxDepth: 5 })).toEqual(text('[[[1]]]'))
    expect(() => go(deep, 'cbor', 'json', { maxDepth: 4 })).toThrow(
      expect.objectContaining({ code: 'DEPTH_LIMIT' }),
    )
    expect(() => go(text('[1,2,3]'), 'json', 'cbor', { maxNodes: 3 })).toThrow(
      expect.objectContaining({ code: 'NODE_LIMIT' }),
    )
  })

  test('a key twice is refused where the policy says so', () => {
    expect(() => go(text('{"a":1,"a":2}'), 'json', 'cbor', { duplicateKeys: 'refuse' })).toThrow(
      expect.objectContaining({ code: 'DUPLICATE_KEY' }),
    )
  })
})

test.each<[string, PayloadFormatName, Uint8Array]>([
  ['a bignum', 'cbor', hex(`c2 590100 ${'ff'.repeat(256)}`)],
  [
    'a bignum in a list that is not small',
    'cbor',
    hex(`9a 00011171 ${'01'.repeat(70_000)} c2590100${'ff'.repeat(256)}`),
  ],
  ['digits', 'json', text(`[${'9'.repeat(400)}]`)],
  ['a high-precision number', 'ubjson', hex(`48 75 9001 ${'39'.repeat(400)}`)],
])(
  '%s that no Number holds is refused where integers are Numbers, on the way to every format',
  (_, from, bytes) => {
    for (const to of FORMATS) {
      for (const duplicateKeys of ['last', 'refuse'] as const) {
        for (const onLoss of ['report', 'throw'] as const) {
          expect(() => go(bytes, from, to.name, { integers: 'number', duplicateKeys }, onLoss)).toThrow(
            expect.objectContaining({ code: 'BAD_NUMBER', format: from }),
          )
        }
      }
    }
    expect(go(bytes, from, from, { integers: 'auto' })).toEqual(bytes)
    expect(go(bytes, from, 'cbor').length).toBeGreaterThan(0)
  },
)

test('integers that a Number rounds are written as they are, also where integers are Numbers', () => {
  const bytes = hex('82 1b0020000000000001 c249010000000000000000')
  expect(go(bytes, 'cbor', 'json', { integers: 'number' })).toEqual(
    text('[9007199254740993,18446744073709551616]'),
  )
})

describe('policy', () => {
  test('tags are kept on request, by CBOR', () => {
    expect(go(hex('81 c1 01'), 'cbor', 'cbor', { tags: 'tagged' })).toEqual(hex('81 c1 01'))
    expect(() => go(hex('81 c1 01'), 'cbor', 'json', { tags: 'tagged' })).toThrow(EncodeError)
    expect(go(hex('91 d4 01 ff'), 'msgpack', 'msgpack', { tags: 'tagged' })).toEqual(hex('91 d4 01 ff'))
  })

  test('NaN becomes null by the rules of JSON.stringify', () => {
    expect(go(hex('81 f97e00'), 'cbor', 'json', { unrepresentable: 'json' })).toEqual(text('[null]'))
  })
})

describe('losses', () => {
  const tagged = hex('82 c1 01 a1 61 61 d8 20 62 6869')
  const { cbor, msgpack, json } = PAYLOAD_FORMATS

  test('are listed with their path', () => {
    expect(lossesOf(tagged, cbor, msgpack, DEFAULT_POLICY, 'args')).toEqual([
      { path: 'args[0]', reason: 'the tag 1 is dropped' },
      { path: 'args[1].a', reason: 'the tag 32 is dropped' },
    ])
    expect(lossesOf(hex('81 f97e00'), cbor, json, { ...DEFAULT_POLICY, unrepresentable: 'json' })).toEqual([
      { path: '[0]', reason: expect.stringContaining('null') },
    ])
    expect(lossesOf(text('[1,"a",{}]'), json, cbor, DEFAULT_POLICY)).toEqual([])
  })

  test('are errors on request', () => {
    expect(() => go(tagged, 'cbor', 'msgpack', {}, 'throw')).toThrow(
      'cannot encode [0] to msgpack: the tag 1 is dropped',
    )
    expect(go(hex('81 01'), 'cbor', 'msgpack', {}, 'throw')).toEqual(hex('91 01'))
  })
})

test.each(['c2', 'd802', 'd90002', 'da00000002', 'db0000000000000002'])(
  'the tag %s makes a big integer of its bytes, also where it is longer than it need be',
  (tag) => {
    const negative = tag.replace(/2$/, '3')
    const bytes = hex(`82 ${tag} 4105 ${negative} 4105`)
    expect(go(bytes, 'cbor', 'json')).toEqual(text('[5,-6]'))
    expect(go(bytes, 'cbor', 'msgpack')).toEqual(hex('92 05 fa'))
  },
)
