/**
 * Row E, for whole messages: what an application gives is encoded, or refused with its path; its own errors pass as
 * they are; and the next message has the bytes that a fresh codec gives. test/unit/payload/encode-value.test.ts has
 * each value.
 */
import { describe, expect, test } from 'vitest'
import { createCodec, EncodeError, type ErrorCode, Publish, type Serializer } from '../../src/index.ts'

const IDS = ['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers', 'json.batched', 'cbor.batched'] as const
const codec = createCodec()

const publishOf = (args: unknown[]): Publish => new Publish({ request: 1, topic: 'a.b', args })

/** A good message, as a fresh codec writes it and as this one does after whatever happened. */
function isClean(serializer: Serializer): boolean {
  const write = (with_: Serializer): string =>
    Buffer.from(with_.encode(publishOf([{ key: ['value', 1.5, null] }, 'x'.repeat(3000)]))).toString('hex')
  return write(serializer) === write(createCodec().serializer(serializer.id))
}

const cycle: Record<string, unknown> = {}
cycle.self = [cycle]
const mapCycle = new Map<string, unknown>()
mapCycle.set('a', [mapCycle])
let deep: unknown[] = []
for (let i = 0; i < 100_000; i++) deep = [deep]
const sparse: unknown[] = []
sparse.length = 1e9

function detached(): Uint8Array {
  const bytes = new Uint8Array(8)
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
  return bytes
}

const own = new Error('mine')

type Row = readonly [name: string, make: () => unknown, codes: readonly ErrorCode[]]

/** What is refused, in every format. */
const REFUSED: readonly Row[] = [
  ['a cycle', () => cycle, ['CYCLE']],
  ['a cycle of a Map', () => mapCycle, ['CYCLE']],
  [
    'a getter that gives its object',
    () => ({
      get a() {
        return this
      },
    }),
    ['CYCLE', 'DEPTH_LIMIT'],
  ],
  ['100,000 levels', () => deep, ['DEPTH_LIMIT']],
  ['a list of a billion holes', () => sparse, ['UNENCODABLE', 'SIZE_LIMIT']],
  ['a hole', () => Object.assign([1], { 2: 2 }), ['UNENCODABLE']],
  ['a lone surrogate', () => 'a\ud800', ['BAD_UTF8']],
  ['a lone surrogate in a key', () => ({ 'a\udc00': 1 }), ['BAD_UTF8']],
  ['a lone surrogate at the end of a long text', () => `${'x'.repeat(5000)}\ud800`, ['BAD_UTF8']],
  ['a function', () => () => 1, ['UNENCODABLE']],
  ['a symbol', () => Symbol('a'), ['UNENCODABLE']],
  ['a Set', () => new Set([1]), ['UNENCODABLE']],
  ['an invalid Date', () => new Date(Number.NaN), ['UNENCODABLE']],
  [
    'a list that a getter shortens',
    () => {
      const list: unknown[] = [1, 2, 3]
      Object.defineProperty(list, 0, {
        get: () => {
          list.length = 1
          return 0
        },
        enumerable: true,
      })
      return list
    },
    ['UNENCODABLE'],
  ],
  ['a detached buffer', detached, ['UNENCODABLE']],
]

describe.each(IDS)('%s', (id) => {
  const serializer = codec.serializer(id)

  test.each(REFUSED)('%s is refused, and leaves nothing behind', (_, make, codes) => {
    for (const before of [[], ['x'.repeat(40_000)]]) {
      let error: unknown = null
      try {
        serializer.encode(publishOf([...before, make()]))
      } catch (thrown) {
        error = thrown
      }
      expect(error).toBeInstanceOf(EncodeError)
      expect(codes).toContain((error as EncodeError).code)
      expect((error as EncodeError).messageType).toBe(16)
      expect((error as EncodeError).path).toMatch(/^args\[/)
      expect(isClean(serializer)).toBe(true)
    }
  })

  test.each([
    [
      'a getter',
      {
        get a(): never {
          throw own
        },
      },
    ],
    [
      'toJSON',
      {
        toJSON: () => {
          throw own
        },
      },
    ],
    [
      'a Proxy',
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw own
          },
        },
      ),
    ],
    [
      'a value that is no Error',
      {
        get a(): never {
          throw 'text'
        },
      },
    ],
  ])('what %s throws passes as it is', (_, value) => {
    let error: unknown = null
    try {
      serializer.encode(publishOf([['before'], value]))
    } catch (thrown) {
      error = thrown
    }
    expect(error === own || error === 'text').toBe(true)
    expect(isClean(serializer)).toBe(true)
  })

  test('a getter that encodes and decodes with the same codec changes nothing', () => {
    const value = {
      get a() {
        const bytes = serializer.encode(publishOf(['inner', 'y'.repeat(5000)]))
        return (serializer.decode(bytes) as Publish).args?.[0]
      },
    }
    const plain = serializer.encode(publishOf([{ a: 'inner' }, 'x'.repeat(5000)]))
    expect(serializer.encode(publishOf([value, 'x'.repeat(5000)]))).toEqual(plain)
    expect(isClean(serializer)).toBe(true)
  })

  test('a resizable buffer that shrinks on the way is encoded as it is then, or refused', () => {
    const buffer = new ArrayBuffer(64, { maxByteLength: 64 } as never) as ArrayBuffer & {
      resize(length: number): void
    }
    const bytes = new Uint8Array(buffer)
    const shrinking = {
      get a() {
        buffer.resize(8)
        return 1
      },
    }
    try {
      const message = serializer.decode(serializer.encode(publishOf([shrinking, bytes]))) as Publish
      expect(((message.args as unknown[])[1] as Uint8Array).length).toBeLessThanOrEqual(64)
    } catch (error) {
      expect(error).toBeInstanceOf(EncodeError)
    }
    expect(isClean(serializer)).toBe(true)
  })

  test('what has been encoded does not change when more is', () => {
    const first = serializer.encode(publishOf(['first']))
    const copy = first.slice()
    for (let i = 0; i < 200; i++) {
      const refused = publishOf([i, Symbol('x')])
      if (i % 3 === 0) expect(() => serializer.encode(refused)).toThrow(EncodeError)
      else serializer.encode(publishOf([i, 'y'.repeat(i * 10)]))
    }
    expect(first).toEqual(copy)
  })
})
