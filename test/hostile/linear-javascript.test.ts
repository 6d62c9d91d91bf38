/**
 * P3 outside of the kernel: blocks of JavaScript that are entered and bytes that are copied, for every kind of work
 * that grows with the message, at n and 8n. linear.test.ts counts the steps of the kernel.
 */
import { expect, test } from 'vitest'
import { crowded, listedTexts, sharedKeys } from '../support/flexbuffers-hostile.ts'
import { stepsOf } from './blocks.ts'

// After the counters are in place.
const { createCodec, Goodbye, RawSocketCodec } = await import('../../src/index.ts')
const { DEFAULT_POLICY } = await import('../../src/limits.ts')
const { decodeUbjsonDraft12 } = await import('../../src/payload/ubjson/read.ts')

const PAYLOADS = ['json', 'msgpack', 'cbor', 'ubjson', 'ubjson-draft12', 'flexbuffers'] as const
const N = 1000
/**
 * Steps for eight times as much, at most. Sorting, buffers that double and caches that are full cost more than eight
 * times as much; work for each of the others, for each, would cost 64 times as much.
 */
const MAX_RATIO = 32

const codec = createCodec()

/** Fails unless work is done for each of n things, and at most `MAX_RATIO` times as much for each of 8n. */
async function expectLinear(prepare: (n: number) => () => unknown): Promise<void> {
  // The first time compiles and fills caches.
  await stepsOf(prepare(N))
  const few = await stepsOf(prepare(N))
  const many = await stepsOf(prepare(8 * N))
  expect(few).toBeGreaterThan(N)
  expect(many / few).toBeLessThan(MAX_RATIO)
}

/** Values that have n of something. */
const VALUES: Readonly<Record<string, (n: number) => unknown>> = {
  'keys, all different': (n) =>
    Object.fromEntries(Array.from({ length: n }, (_, i) => [`key ${(i * 7919) % n}`, i])),
  'maps of one shape': (n) => Array.from({ length: n }, (_, i) => ({ id: i, name: 'x' })),
  'maps of different shapes': (n) => Array.from({ length: n }, (_, i) => ({ [`k${i}`]: i })),
  'lists of one number': (n) => Array.from({ length: n }, (_, i) => [i]),
  texts: (n) => Array.from({ length: n }, (_, i) => `text ${i} é`),
}

for (const format of PAYLOADS) {
  for (const [what, make] of Object.entries(VALUES)) {
    test(`writing ${what} in ${format} takes linear time`, async () => {
      await expectLinear((n) => {
        const value = make(n)
        return () => codec.payload(format).encode(value)
      })
    })

    test(`reading ${what} in ${format} takes linear time`, async () => {
      await expectLinear((n) => {
        const bytes = codec.payload(format).encode(make(n)).slice()
        return () => codec.payload(format).decode(bytes)
      })
    })
  }

  test(`going over a view of ${format}, by iteration and by indices, takes linear time`, async () => {
    await expectLinear((n) => {
      const view = codec
        .payload(format)
        .view(codec.payload(format).encode(VALUES['lists of one number']?.(n)))
      return () => {
        for (const item of view) item.at(0)
        for (let i = 0; i < n; i++) view.path(i)
      }
    })
  })
}

for (const format of PAYLOADS) {
  test(`the values of the elements of a view of ${format}, one by one, take linear time`, async () => {
    await expectLinear((n) => {
      const values = [
        VALUES['maps of one shape']?.(n),
        Object.fromEntries(Array.from({ length: n }, (_, i) => [`k${i}`, [i, { a: ['b'] }]])),
      ]
      const views = values.map((value) => codec.payload(format).view(codec.payload(format).encode(value)))
      return () => {
        for (const view of views) {
          for (const item of view) {
            item.toValue()
            for (const inner of item) inner.toValue()
          }
        }
      }
    })
  })
}

test.each(['json', 'msgpack', 'cbor', 'ubjson', 'ubjson-draft12'] as const)(
  'going over a view of %s takes linear time also where each step decodes another message',
  async (format) => {
    const serializer = codec.serializer('msgpack')
    const other = serializer.encode(new Goodbye({ reason: 'a.b' }))
    await expectLinear((n) => {
      const list = VALUES['lists of one number']?.(n)
      const map = VALUES['keys, all different']?.(n)
      const views = [list, map].map((value) =>
        codec.payload(format).view(codec.payload(format).encode(value)),
      )
      return () => {
        for (const view of views) {
          for (const item of view) {
            serializer.decode(other)
            void item.at(0)?.kind
          }
          for (let i = 0; i < n; i++) {
            serializer.decode(other)
            void view.at(i)?.at(0)
          }
        }
      }
    })
  },
)

test('the deprecated vector of strings is gone over in linear time', async () => {
  await expectLinear((n) => {
    const view = codec.payload('flexbuffers').view(listedTexts(n))
    expect(view.at(n - 1)?.toValue()).toBe('a')
    return () => {
      for (const item of view) void item.length
      for (let i = 0; i < n; i++) view.at(i)
    }
  })
})

test.each([
  ['keys', (n: number) => listedTexts(n, n, 14)],
  ['strings', (n: number) => crowded(20 * n, 5, 10 * n - 4, false)],
])('%s that are all one long text are gone over in linear time', async (_, make) => {
  await expectLinear((n) => {
    const view = codec.payload('flexbuffers').view(make(n))
    return () => {
      for (const element of view) expect(element.length).toBe((element.toValue() as string).length)
    }
  })
})

test('the keys of a map that are all one long text are read in linear time', async () => {
  await expectLinear((n) => {
    const view = codec.payload('flexbuffers').view(sharedKeys(n, n))
    return () => {
      const [keys, values] = [Array.from(view.keys()), Array.from(view)]
      expect([view.length, keys.length, values.length]).toEqual([1, 1, 1])
    }
  })
})

test('records of BJData are gone over by indices in linear time', async () => {
  await expectLinear((n) => {
    // An array of n records { a: uint8 }.
    const head = Buffer.from('5b247b550161557d23750000', 'hex')
    head.writeUInt16LE(n, head.length - 2)
    const view = codec.payload('ubjson').view(Buffer.concat([head, new Uint8Array(n).fill(7)]))
    expect(view.at(n - 1)?.toValue()).toEqual({ a: 7 })
    return () => {
      for (let i = 0; i < n; i++) view.at(i)
    }
  })
})

test('a frame of RawSocket that comes byte by byte takes linear time', async () => {
  await expectLinear((n) => () => {
    const socket = new RawSocketCodec({ serializer: codec.serializer('cbor'), side: 'server' })
    socket.push(Uint8Array.of(0x7f, 0xf3, 0, 0))
    socket.push(Uint8Array.of(0, 0, n >> 8, n))
    const byte = new Uint8Array(1)
    for (let i = 1; i < n; i++) socket.push(byte)
    expect(socket.push(byte).frames[0]?.length).toBe(n)
  })
})

test.each(['json', 'cbor', 'ubjson', 'flexbuffers'] as const)(
  'a text that FlexBuffers name 30,000 times is refused on the way to %s before it is written',
  async (to) => {
    const bytes = crowded(300_000, 5, 149_996, false)
    const steps = await stepsOf(() => {
      expect(() => codec.transcode(bytes, { from: 'flexbuffers', to })).toThrow(
        expect.objectContaining({ code: 'SIZE_LIMIT', format: 'flexbuffers', offset: 0 }),
      )
    })
    // The message is copied once; written it would be 4.5 GB.
    expect(steps).toBeLessThan(2 * bytes.length)
  },
)

test.each([
  ['[$Z#l\x7f\xff\xff\xff'],
  ['[$T#L\x7f\xff\xff\xff\xff\xff\xff\xff'],
  ['[[$F#l\x00\x40\x00\x00[$F#l\x00\x40\x00\x00]'],
])('the decoder refuses %j before it builds anything of the last list', async (text) => {
  const bytes = new Uint8Array(Buffer.from(text, 'latin1'))
  const steps = await stepsOf(() => {
    expect(() => decodeUbjsonDraft12(bytes, 0, bytes.length, DEFAULT_POLICY)).toThrow(
      expect.objectContaining({ code: 'NODE_LIMIT' }),
    )
  })
  console.log(steps)
  expect(steps).toBeLessThan(200)
})
