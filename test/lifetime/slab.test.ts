/**
 * The buffers under results, which unrelated results share: somebody who gets one may transfer it to another thread.
 * Where the runtime can refuse that it does; where it cannot, what is gone is written again.
 */
import { afterAll, describe, expect, test, vi } from 'vitest'

type Library = typeof import('../../src/index.ts')

const WIRES = ['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers'] as const
const { getBuiltinModule } = process

/** The library as it is first loaded, in a runtime that has `found` for Node's module of threads. */
async function library(found: unknown): Promise<Library> {
  vi.resetModules()
  process.getBuiltinModule = (() => found) as unknown as typeof getBuiltinModule
  try {
    const loaded = await import('../../src/index.ts')
    // The runtime is asked at the first slab.
    loaded
      .createCodec()
      .serializer('json')
      .encode(new loaded.Publish({ request: 1, topic: 'a.b' }))
    return loaded
  } finally {
    process.getBuiltinModule = getBuiltinModule
  }
}

afterAll(() => {
  process.getBuiltinModule = getBuiltinModule
})

const transfer = (bytes: Uint8Array): unknown => structuredClone(bytes, { transfer: [bytes.buffer] })

test('where the runtime can, the slab under a frame cannot be transferred', async () => {
  const { createCodec, Publish } = await library(getBuiltinModule('node:worker_threads'))
  for (const id of WIRES) {
    const bytes = createCodec()
      .serializer(id)
      .encode(new Publish({ request: 1, topic: 'a.b', args: ['one'] }))
    try {
      transfer(bytes)
    } catch {
      // Node 20 leaves the buffer where it is, later ones refuse.
    }
    expect(bytes.length, id).toBeGreaterThan(0)
  }
})

test('a result with a buffer of its own shares it with no other, whatever its length', async () => {
  const { createCodec, Publish } = await library(getBuiltinModule('node:worker_threads'))
  for (const id of WIRES) {
    const serializer = createCodec().serializer(id)
    const frame = (text: string): Uint8Array =>
      serializer.encode(new Publish({ request: 1, topic: 'a.b', args: [text] }))
    for (const length of [8000, 16_300, 16_500, 20_000, 32_000, 32_700, 33_000, 70_000]) {
      const large = [frame('x'.repeat(length)), frame('x'.repeat(length))]
      const small = [frame('one'), frame('two')]
      const [kept, taken] = large as [Uint8Array, Uint8Array]
      try {
        transfer(taken)
      } catch {
        // A part of a slab, as above.
      }
      for (const one of [kept, ...small]) expect(one.length, id).toBeGreaterThan(0)
      expect(serializer.decode(kept).marshal()[4], id).toEqual(['x'.repeat(length)])
      for (const one of small) expect(serializer.decode(one).marshal()[4]).toHaveLength(1)
    }
  }
})

const RUNTIMES: readonly (readonly [string, unknown])[] = [
  ['has no such module', undefined],
  ['does not know how', {}],
  [
    'only pretends to know how',
    {
      markAsUntransferable() {
        throw new Error('not implemented')
      },
    },
  ],
]

describe.each(RUNTIMES)('where the runtime %s', (_, found) => {
  test('every frame of a slab that was transferred is written again', async () => {
    const { createCodec, Publish } = await library(found)
    for (const id of WIRES) {
      const serializer = createCodec().serializer(id)
      const received = (text: string): InstanceType<typeof Publish> => {
        const frame = serializer.encode(new Publish({ request: 1, topic: 'a.b', args: [text] }))
        return serializer.decode(Uint8Array.from(frame)) as InstanceType<typeof Publish>
      }
      const [one, two] = [received('one'), received('two')]
      const first = serializer.encode(one)
      const second = serializer.encode(two)
      expect(serializer.encode(two), id).toBe(second)
      const expected = Uint8Array.from(second)
      transfer(first)
      expect([first.length, second.length], id).toEqual([0, 0])
      expect(serializer.byteLength(two), id).toBe(expected.length)
      expect(serializer.encode(two), id).toEqual(expected)
      expect(serializer.encode(two), id).toBe(serializer.encode(two))
      for (const text of ['three', 'four']) {
        const bytes = serializer.encode(new Publish({ request: 9, topic: 'a.b', args: [text] }))
        expect((serializer.decode(bytes) as InstanceType<typeof Publish>).args, id).toEqual([text])
        transfer(bytes)
      }
    }
  })

  test('so are payloads in another format, whoever shares them', async () => {
    const { createCodec, EventMessage, Publish } = await library(found)
    const codec = createCodec()
    for (const from of WIRES) {
      const frame = codec
        .serializer(from)
        .encode(new Publish({ request: 1, topic: 'a.b', args: ['x'.repeat(99)] }))
      const publish = codec.serializer(from).decode(Uint8Array.from(frame)) as InstanceType<typeof Publish>
      for (const to of ['json', 'msgpack', 'ubjson'] as const) {
        if (from === to) continue
        const event = (subscription: number): InstanceType<typeof EventMessage> =>
          EventMessage.from(publish, { subscription, publication: 2 })
        const expected = Buffer.concat(codec.serializer(to).encodeParts(event(1)))
        for (const part of codec.serializer(to).encodeParts(event(1))) if (part.length > 0) transfer(part)
        expect(Buffer.concat(codec.serializer(to).encodeParts(event(1))), `${from} to ${to}`).toEqual(
          expected,
        )
        expect(codec.serializer(to).encode(event(1)), `${from} to ${to}`).toEqual(Uint8Array.from(expected))
      }
    }
  })

  test('so is what a fan-out shares, for the same subscription and for others', async () => {
    const { createCodec, EventMessage, FanOut, Publish } = await library(found)
    const codec = createCodec()
    for (const from of ['cbor', 'flatbuffers'] as const) {
      for (const to of WIRES) {
        const frame = codec
          .serializer(from)
          .encode(new Publish({ request: 1, topic: 'a.b', args: ['text', 1] }))
        const publish = codec.serializer(from).decode(Uint8Array.from(frame)) as InstanceType<typeof Publish>
        const fanOut = new FanOut(codec, publish, { publication: 2 })
        const serializer = codec.serializer(to)
        for (const subscription of [7, 7, 8, 300]) {
          const event = EventMessage.from(publish, { subscription, publication: 2 })
          const expected = Uint8Array.from(serializer.encode(event))
          expect(fanOut.bytes(serializer, { subscription }), `${from} to ${to}`).toEqual(expected)
          expect(fanOut.byteLength(serializer, { subscription }), `${from} to ${to}`).toBe(expected.length)
          const parts = fanOut.parts(serializer, { subscription })
          expect(new Uint8Array(Buffer.concat(parts)), `${from} to ${to}`).toEqual(expected)
          transfer(fanOut.bytes(serializer, { subscription }))
          const [head] = parts
          if (head !== undefined && head.length > 0) transfer(head)
        }
      }
    }
  })

  test('a getter that transfers an earlier frame while the next one is written is an error, not a broken frame', async () => {
    const { createCodec, Publish, WampCodecError } = await library(found)
    for (const id of WIRES) {
      const serializer = createCodec().serializer(id)
      const earlier = serializer.encode(new Publish({ request: 1, topic: 'a.b', args: ['one'] }))
      const evil = {
        before: 'x'.repeat(50),
        get gone() {
          transfer(earlier)
          return 1
        },
        after: 'y'.repeat(50),
      }
      const message = new Publish({ request: 2, topic: 'a.b', args: [evil] })
      expect(() => serializer.encode(message), id).toThrow(WampCodecError)
      const next = serializer.encode(new Publish({ request: 3, topic: 'a.b', args: ['next'] }))
      expect((serializer.decode(next) as InstanceType<typeof Publish>).args, id).toEqual(['next'])
    }
  })
})

test('a fan-out whose borrowed publication is gone throws, and never gives an event without its payload', async () => {
  const { createCodec, FanOut, Publish, WampCodecError } = await library(undefined)
  const codec = createCodec()
  for (const id of WIRES) {
    const serializer = codec.serializer(id)
    const frame = Uint8Array.from(
      serializer.encode(new Publish({ request: 1, topic: 'a.b', args: ['x'.repeat(99)] })),
    )
    const publish = serializer.decode(frame) as InstanceType<typeof Publish>
    const fanOut = new FanOut(codec, publish, { publication: 2 })
    fanOut.parts(serializer, { subscription: 7 })
    fanOut.bytes(serializer, { subscription: 7 })
    transfer(frame)
    for (const subscription of [7, 8]) {
      expect(() => fanOut.bytes(serializer, { subscription }), id).toThrow("ownership: 'copy'")
      expect(() => fanOut.parts(serializer, { subscription }), id).toThrow(WampCodecError)
      expect(() => fanOut.byteLength(serializer, { subscription }), id).toThrow(WampCodecError)
    }
  }
})

test('empty parts of raw payloads have a buffer each, which may go with them', async () => {
  const { createCodec, Publish } = await library(undefined)
  const serializer = createCodec().serializer('cbor')
  const frame = Uint8Array.from(
    serializer.encode(new Publish({ request: 1, topic: 'a.b', kwargs: { a: 1 } })),
  )
  // args null, which is read and never written.
  frame[frame.indexOf(0x80)] = 0xf6
  const raw = (): readonly Uint8Array[] =>
    (serializer.decode(frame) as InstanceType<typeof Publish>).rawPayload?.bytes ?? []
  expect(raw().map(({ length }) => length)[0]).toBe(0)
  structuredClone(raw()[0], { transfer: [raw()[0]?.buffer as ArrayBuffer] })
  expect(() => structuredClone(raw()[0], { transfer: [raw()[0]?.buffer as ArrayBuffer] })).not.toThrow()
})
