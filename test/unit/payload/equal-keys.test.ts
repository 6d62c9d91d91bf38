/**
 * Keys of maps that are equal numbers in JavaScript are one key, for decoders, views and writers (docs/payloads.md).
 */
import { describe, expect, test } from 'vitest'
import {
  type CodecOptions,
  createCodec,
  EncodeError,
  EventMessage,
  type PayloadView,
  ProtocolError,
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

describe('1, 1n and 1.0 are one key, and "1" is another', () => {
  test.each([
    ['cbor', 'a2 01 f5 6131 f4', false],
    ['cbor', 'a2 6131 f4 01 f5', true],
    ['msgpack', '82 01 c3 a131 c2', false],
    ['cbor', 'a2 c24101 f5 6131 f4', false],
  ] as const)('get of digits gives the last one, before and after keys(): %s %s', (format, bytes, last) => {
    for (const duplicateKeys of ['last', 'refuse'] as const) {
      const map = view(format, bytes, { duplicateKeys })
      expect([map.get('1')?.toValue(), map.path('1')?.toValue()]).toEqual([last, last])
      map.keys()
      expect(map.get('1')?.toValue()).toBe(last)
      const inner = view(format, `81${bytes}`.replace('81', format === 'cbor' ? '81' : '91'), {
        duplicateKeys,
      })
      expect(inner.path(0, '1')?.toValue()).toBe(last)
    }
  })

  test.each(['auto', 'bigint'] as const)('a view finds and lists what decode gives: %s', (integers) => {
    const bytes = 'a2 01 f5 6131 f4'
    const key = integers === 'bigint' ? 1n : 1
    const read = decode('cbor', bytes, { integers }) as Map<unknown, unknown>
    expect([...read.keys()]).toEqual([key, '1'])
    const args = [read]
    const sent = new EventMessage({ subscription: 1, publication: 2, args })
    for (const map of [view('cbor', bytes, { integers }), sent.payloadView.path('args', 0)]) {
      expect(map?.keys()).toEqual([key, '1'])
      expect([map?.get(1)?.toValue(), map?.get(1n)?.toValue(), map?.get('1')?.toValue()]).toEqual([
        true,
        true,
        false,
      ])
    }
  })

  test('also where all integers are BigInts', () => {
    const bytes = 'a2 01 f5 f93c00 f4'
    for (const integers of ['auto', 'bigint'] as const) {
      expect([...(decode('cbor', bytes, { integers }) as Map<unknown, unknown>).values()]).toEqual([false])
      expect(view('cbor', bytes, { integers }).length).toBe(1)
      const refused = errorOf(() => decode('cbor', bytes, { integers, duplicateKeys: 'refuse' }))
      expect(refused.code).toBe('DUPLICATE_KEY')
    }
  })

  test.each(['cbor', 'msgpack', 'json'] as const)('a Map with 1 and 1n is not written: %s', (format) => {
    const twice = new Map<unknown, unknown>([
      [1n, true],
      [1, false],
    ])
    expect(errorOf(() => encode(format, [twice])).code).toBe('DUPLICATE_KEY')
    expect(
      encode(
        'cbor',
        new Map<unknown, unknown>([
          [1n, 0],
          [2, 0],
          [2n ** 60n, 0],
        ]),
      ),
    ).toHaveLength(30)
  })
})

test('0 and -0.0 are one key, too', () => {
  const bytes = 'a2 00 6161 f98000 6162'
  for (const integers of ['auto', 'bigint'] as const) {
    const read = decode('cbor', bytes, { integers }) as Map<unknown, unknown>
    expect([...read.values()]).toEqual(['b'])
    expect(() => encode('cbor', read)).not.toThrow()
    expect(errorOf(() => decode('cbor', bytes, { integers, duplicateKeys: 'refuse' })).code).toBe(
      'DUPLICATE_KEY',
    )
  }
})

describe("duplicateKeys: 'refuse' compares numbers on the way to another format, as decode does", () => {
  test.each([
    ['cbor', 'msgpack', 'a2 01 6161 f93c00 6162', 4],
    ['cbor', 'msgpack', 'a2 f93c00 6161 01 6162', 6],
    ['cbor', 'json', 'a2 00 6161 f98000 6162', 4],
    ['msgpack', 'cbor', '82 ca3f800000 01 01 02', 7],
    ['msgpack', 'cbor', '82 01 01 01 02', 3],
  ] as const)('%s to %s: %s', (from, to, bytes, offset) => {
    const refusing = createCodec({ duplicateKeys: 'refuse' })
    const refused = expect.objectContaining({ code: 'DUPLICATE_KEY', offset })
    expect(() => refusing.payload(from).decode(of(bytes))).toThrow(refused)
    expect(() => refusing.transcode(of(bytes), { from, to })).toThrow(refused)
  })

  test('others pass', () => {
    const refusing = createCodec({ duplicateKeys: 'refuse' })
    const bytes = of('a5 01 01 fb3ff8000000000000 02 6131 03 f5 04 f97e00 05')
    const there = refusing.transcode(bytes, { from: 'cbor', to: 'msgpack' })
    expect(hex(refusing.transcode(there, { from: 'msgpack', to: 'cbor' }))).toBe(
      hex(createCodec().transcode(there, { from: 'msgpack', to: 'cbor' })),
    )
  })
})
