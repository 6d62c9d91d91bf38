/** Values that are more than plain data are written, wherever the format has a form for them (docs/payloads.md). */
import { describe, expect, test, vi } from 'vitest'
import {
  type CodecOptions,
  createCodec,
  EncodeError,
  EventMessage,
  Float64,
  type PayloadView,
  ProtocolError,
  Publish,
  Tagged,
} from '../../../src/index.ts'
import { hex } from '../../support/vectors.ts'

type Format = 'cbor' | 'msgpack'

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

describe('a Map of the application', () => {
  test.each([
    [
      'numbers',
      new Map<unknown, unknown>([
        [1, 2],
        [-1, 3],
      ]),
      'a2 01 02 20 03',
      '82 01 02 ff 03',
    ],
    ['a BigInt', new Map([[2n ** 64n - 1n, 0]]), 'a1 1bffffffffffffffff 00', '81 cfffffffffffffffff 00'],
    ['a Float64', new Map([[new Float64(1), 0]]), 'a1 fb3ff0000000000000 00', '81 cb3ff0000000000000 00'],
    [
      'bytes, null, true',
      new Map<unknown, unknown>([
        [Uint8Array.of(1), 0],
        [null, 1],
        [true, 2],
      ]),
      'a3 4101 00 f6 01 f5 02',
      '83 c40101 00 c0 01 c3 02',
    ],
    ['a list', new Map([[[1, ['a']], 0]]), 'a1 82 01 81 6161 00', '81 92 01 91 a161 00'],
    [
      'an object and a Map',
      new Map<unknown, unknown>([
        [{ a: 1 }, 0],
        [new Map([[1, 1]]), 1],
      ]),
      'a2 a1616101 00 a10101 01',
      '82 81a16101 00 810101 01',
    ],
  ])('with %s as keys is written to CBOR and MsgPack', (_what, map, cbor, msgpack) => {
    expect(encode('cbor', map)).toBe(cbor.replaceAll(' ', ''))
    expect(encode('msgpack', map)).toBe(msgpack.replaceAll(' ', ''))
  })

  test('leaves out what is undefined, with its key', () => {
    expect(
      encode(
        'cbor',
        new Map<unknown, unknown>([
          [1, undefined],
          [[2], undefined],
          [3, 4],
        ]),
      ),
    ).toBe('a10304')
  })

  test.each(['json', 'ubjson', 'ubjson-draft12', 'flexbuffers'] as const)(
    'has text keys in %s: integers by their digits, and nothing else',
    (format) => {
      const codec = createCodec()
      const payload = codec.payload(format)
      const bytes = payload.encode([
        new Map<unknown, unknown>([
          [1, 'a'],
          [-2n, 'b'],
          [2n ** 64n, 'c'],
          ['d', 'e'],
        ]),
      ])
      expect(payload.decode(bytes)).toEqual([{ 1: 'a', '-2': 'b', '18446744073709551616': 'c', d: 'e' }])
      for (const [key, name] of [
        [null, 'null'],
        [1.5, 'a float'],
        [-0.5, 'a float'],
        [Number.NaN, 'a float'],
        [2 ** 60, 'a float'],
        [new Float64(1), 'a float'],
        [true, 'a boolean'],
        [Uint8Array.of(1), 'bytes'],
        [[], 'a list'],
        [{}, 'a map'],
        [new Tagged(1, 1), 'a Tagged'],
        [undefined, 'undefined'],
      ] as const) {
        const error = errorOf(() =>
          payload.encode([
            {
              a: new Map<unknown, unknown>([
                ['b', 0],
                [key, 1],
              ]),
            },
          ]),
        )
        expect(error).toMatchObject({ code: 'KEY_TYPE', path: '[0].a' })
        expect(error.message).toBe(
          `cannot encode [0].a to ${format}: a Map key must be a string or an integer, got ${name}`,
        )
        const lenient = createCodec({ unrepresentable: 'json' }).payload(format)
        expect(lenient.decode(lenient.encode([new Map([[key, 1]])]))).toEqual([{}])
      }
      const twin = new Map<unknown, unknown>([
        [1, 'a'],
        ['1', 'b'],
      ])
      expect(errorOf(() => payload.encode([twin]))).toMatchObject({ code: 'DUPLICATE_KEY', path: '[0]' })
      expect(errorOf(() => payload.encode([twin])).message).toBe(
        `cannot encode [0] to ${format}: two Map keys become the text "1"`,
      )
    },
  )

  test.each([
    [
      'a function',
      new Map([[() => 1, 1]]),
      '[0]["<a function>"]',
      'a function has no CBOR form',
      'UNENCODABLE',
    ],
    [
      'undefined',
      new Map([[undefined, 1]]),
      '[0]["<undefined>"]',
      'undefined has no CBOR form',
      'UNENCODABLE',
    ],
    [
      'a Set in a list',
      new Map([[[new Set()], 1]]),
      '[0]["<a list>"][0]',
      'a Set has no CBOR form',
      'UNENCODABLE',
    ],
  ])('with %s as a key is refused with its path', (_what, map, path, reason, code) => {
    const error = errorOf(() => encode('cbor', [map]))
    expect(error).toMatchObject({ code, path })
    expect(error.message).toBe(`cannot encode ${path} to cbor: ${reason}`)
  })

  test('a value that is a key of itself is a cycle, and keys in keys have a depth', () => {
    const map = new Map<unknown, unknown>()
    map.set([map], 1)
    expect(errorOf(() => encode('cbor', map)).code).toBe('CYCLE')
    let deep: unknown = 1
    for (let i = 0; i < 128; i++) deep = new Map([[deep, 1]])
    expect(encode('msgpack', deep).length).toBe(2 * (128 * 2 + 1))
    expect(errorOf(() => encode('msgpack', new Map([[deep, 1]]))).code).toBe('DEPTH_LIMIT')
  })

  test('is seen by a view of the message as it is written', () => {
    const map = new Map<unknown, unknown>([
      [1, 'a'],
      [null, 'b'],
      ['x', undefined],
      ['1.5', 'c'],
    ])
    const seen = new Publish({ request: 1, topic: 'a.b', args: [map] }).payloadView.path(
      'args',
      0,
    ) as PayloadView
    expect([seen.length, [...seen.keys()]]).toEqual([3, ['1', null, '1.5']])
    expect([seen.get('1')?.toValue(), seen.get(null)?.toValue(), seen.get('x')]).toEqual([
      'a',
      'b',
      undefined,
    ])
    expect([...seen].map((item) => item.toValue())).toEqual(['a', 'b', 'c'])
  })
})

test('Float64 and Tagged of another copy of the package are what they say', async () => {
  vi.resetModules()
  const copy = await import('../../../src/payload/values.ts')
  expect(copy.Float64).not.toBe(Float64)
  const codec = createCodec()
  const values = [new copy.Float64(1), new copy.Tagged(1, 5)]
  expect(hex(codec.payload('cbor').encode(values))).toBe('82fb3ff0000000000000c105')
  expect(codec.lists('json').encode([36, 1, 2, {}, [new copy.Float64(1)]])).toBe('[36,1,2,{},[1.0]]')
  expect(Object.keys(new copy.Float64(1))).toEqual(['value'])
})

test('a message of another copy of the package is refused as one', async () => {
  vi.resetModules()
  const copy = await import('../../../src/index.ts')
  const publish = new copy.Publish({ request: 1, topic: 'a.b' })
  const ids = { subscription: 1, publication: 2 }
  expect(() => EventMessage.from(publish as never, ids)).toThrow(
    'EVENT.from: expected PUBLISH, got PUBLISH of another copy of this package',
  )
})
