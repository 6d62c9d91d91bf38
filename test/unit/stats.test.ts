import { afterEach, expect, test, vi } from 'vitest'
import { type CodecStats, createCodec, EventMessage, type Publish } from '../../src/index.ts'
import { built, received } from '../support/payloads.ts'

afterEach(() => {
  vi.useRealTimers()
})

test('messages and bytes are counted both ways, rated by 512 bytes begun', () => {
  const codec = createCodec()
  const serializer = codec.serializer('cbor')
  const small = serializer.encode(built({}))
  const large = serializer.encode(built({ args: ['x'.repeat(512)] }))
  expect(codec.stats().out).toEqual({ bytes: small.length + large.length, messages: 2, ratedMessages: 3 })
  expect(codec.stats().in).toEqual({ bytes: 0, messages: 0, ratedMessages: 0 })
  serializer.decode(large)
  expect(codec.stats().in).toEqual({ bytes: large.length, messages: 1, ratedMessages: 2 })
})

test('a batch counts its messages, and all bytes of the frame', () => {
  for (const id of ['json.batched', 'cbor.batched'] as const) {
    const codec = createCodec()
    const serializer = codec.serializer(id)
    const frame = serializer.encodeAll([built({}), built({ args: [1] }), built({})])
    expect(codec.stats().out).toEqual({ bytes: frame.length, messages: 3, ratedMessages: 3 })
    serializer.decodeAll(frame)
    expect(codec.stats().in).toEqual({ bytes: frame.length, messages: 3, ratedMessages: 3 })
  }
})

test('refused messages count nothing', () => {
  const codec = createCodec()
  expect(() => codec.serializer('json').decode('[99]')).toThrow()
  expect(() => codec.serializer('json').encode(built({ args: [Number.NaN] }))).toThrow()
  const { in: taken, out } = codec.stats()
  expect([taken.messages, out.messages]).toEqual([0, 0])
})

test('a batch that is refused as one message counts nothing', () => {
  const codec = createCodec()
  const serializer = codec.serializer('cbor.batched')
  const frame = serializer.encodeAll([built({}), built({})])
  expect(() => serializer.decode(frame)).toThrow(expect.objectContaining({ code: 'BATCH_LENGTH' }))
  expect(codec.stats().in).toEqual({ bytes: 0, messages: 0, ratedMessages: 0 })
})

test('splices, cache hits and decoded payloads are counted once each', () => {
  const codec = createCodec()
  const serializer = codec.serializer('msgpack')
  const publish = received(serializer, { args: [1], kwargs: { a: 1 } })
  codec.stats({ reset: true })
  const event = EventMessage.from(publish, { subscription: 1, publication: 2 })
  serializer.encode(event)
  serializer.encode(event)
  serializer.encodeParts(event)
  serializer.encodeInto(event, new Uint8Array(100))
  serializer.byteLength(event)
  expect(codec.stats()).toMatchObject({ spliced: 3, cacheHits: 1, decodedPayloads: 0, out: { messages: 4 } })
  void publish.args
  void event.kwargs
  void event.args
  expect(codec.stats().decodedPayloads).toBe(1)
})

test.each(['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers'] as const)(
  '%s: passing opaque bytes on is no decoding, reading them is',
  (id) => {
    const codec = createCodec()
    const serializer = codec.serializer(id)
    const opaque = { payload: new Uint8Array(50), enc_algo: 'cryptobox' }
    const publish = received(serializer, opaque)
    serializer.encode(EventMessage.from(publish, { subscription: 1, publication: 2 }))
    expect(codec.stats().decodedPayloads).toBe(0)
    expect(publish.payload).toEqual(new Uint8Array(50))
    expect(codec.stats().decodedPayloads).toBe(1)
  },
)

test('reset gives what was counted and begins again', () => {
  const codec = createCodec()
  codec.serializer('json').encode(built({}))
  expect(codec.stats({ reset: true }).out.messages).toBe(1)
  expect(codec.stats().out.messages).toBe(0)
})

test('the statistics start over after so many rated messages', () => {
  const codec = createCodec()
  const serializer = codec.serializer('json')
  const seen: CodecStats[] = []
  codec.setStatsAutoReset({ ratedMessages: 4, callback: (stats) => seen.push(stats) })
  for (let i = 0; i < 10; i++) serializer.encode(built({}))
  expect(seen.map(({ out }) => out.messages)).toEqual([4, 4])
  expect(codec.stats().out.messages).toBe(2)
  codec.setStatsAutoReset(null)
  for (let i = 0; i < 10; i++) serializer.encode(built({}))
  expect(seen.length).toBe(2)
})

test('the statistics start over after so many milliseconds, at the next message', () => {
  vi.useFakeTimers()
  const codec = createCodec()
  const serializer = codec.serializer('json')
  const seen: CodecStats[] = []
  codec.setStatsAutoReset({ milliseconds: 1000, callback: (stats) => seen.push(stats) })
  serializer.encode(built({}))
  vi.advanceTimersByTime(1500)
  expect(seen.length).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
  serializer.encode(built({}))
  expect(seen.map(({ duration, out }) => [duration, out.messages])).toEqual([[1500, 2]])
})

test('every period has its full length: each begins when the one before it has ended', () => {
  vi.useFakeTimers()
  const codec = createCodec()
  const serializer = codec.serializer('json')
  const seen: CodecStats[] = []
  codec.setStatsAutoReset({ milliseconds: 1000, callback: (stats) => seen.push(stats) })
  vi.advanceTimersByTime(1500)
  serializer.encode(built({}))
  const start = Date.now()
  vi.advanceTimersByTime(999)
  serializer.encode(built({}))
  expect(seen.length).toBe(1)
  vi.advanceTimersByTime(1)
  serializer.encode(built({}))
  expect(seen.map(({ duration, out }) => [duration, out.messages])).toEqual([
    [1500, 1],
    [1000, 2],
  ])
  expect(seen[1]?.timestamp).toBe(start)
  vi.advanceTimersByTime(999)
  serializer.encode(built({}))
  expect(seen.length).toBe(2)
})

test('a callback that throws harms no message', async () => {
  const codec = createCodec()
  const late = vi.fn()
  vi.stubGlobal('queueMicrotask', (run: () => void) => {
    expect(run).toThrow('mine')
    late()
  })
  codec.setStatsAutoReset({
    ratedMessages: 1,
    callback() {
      throw new Error('mine')
    },
  })
  expect(codec.serializer('json').encode(built({})).length).toBeGreaterThan(0)
  expect(late).toHaveBeenCalledOnce()
  vi.unstubAllGlobals()
})

test('a callback may encode and decode: that is counted for the next time, and never calls it again inside of itself', () => {
  const codec = createCodec()
  const serializer = codec.serializer('cbor')
  const frame = Uint8Array.from(
    createCodec()
      .serializer('cbor')
      .encode(built({ args: ['x'.repeat(2000)] })),
  )
  const seen: number[] = []
  let depth = 0
  codec.setStatsAutoReset({
    ratedMessages: 1,
    callback({ out, in: received }) {
      depth++
      seen.push(out.messages * 100 + received.messages * 10 + depth)
      serializer.encode(serializer.decode(frame))
      depth--
    },
  })
  serializer.encode(built({}))
  serializer.encode(built({}))
  expect(seen).toEqual([101, 211])
  codec.setStatsAutoReset(null)
  expect(codec.stats()).toMatchObject({ in: { messages: 1 }, out: { messages: 1 } })
})

test.each([
  [{ ratedMessages: 0, callback() {} }, RangeError],
  [{ ratedMessages: -1, callback() {} }, RangeError],
  [{ ratedMessages: Number.NaN, callback() {} }, RangeError],
  [{ milliseconds: Number.NaN, callback() {} }, RangeError],
  [{ ratedMessages: '5', callback() {} }, TypeError],
  [{ ratedMessages: null, callback() {} }, TypeError],
  [{ milliseconds: 5n, callback() {} }, TypeError],
  [{ milliseconds: -1, callback() {} }, RangeError],
  [{ milliseconds: 5 }, TypeError],
])('%o is refused', (options, kind) => {
  expect(() => createCodec().setStatsAutoReset(options as never)).toThrow(kind)
})

test('the codec of a message decodes it, whichever serializer encodes it', () => {
  const one = createCodec()
  const other = createCodec()
  const publish = other
    .serializer('cbor')
    .decode(one.serializer('cbor').encode(built({ args: [1] }))) as Publish
  void publish.args
  expect([one.stats().decodedPayloads, other.stats().decodedPayloads]).toEqual([0, 1])
})

test('a loss report is no traffic, although it encodes and decodes the message', () => {
  const codec = createCodec()
  const serializer = codec.serializer('cbor')
  const message = received(codec.serializer('json'), { args: [1] })
  const { duration: _, ...before } = codec.stats()
  const seen: CodecStats[] = []
  codec.setStatsAutoReset({
    ratedMessages: before.in.ratedMessages + 1,
    callback: (stats) => seen.push(stats),
  })
  expect(codec.lossReport(message, serializer)).toEqual([])
  expect(codec.stats()).toMatchObject(before)
  expect(seen).toEqual([])
  // What comes after it is counted, and the callback is in force again.
  serializer.encode(message)
  expect(seen.map(({ out }) => out.messages)).toEqual([before.out.messages + 1])
})

test('what is done after a loss report is counted as without one', () => {
  const counted = [true, false].map((reports) => {
    const codec = createCodec()
    const serializer = codec.serializer('cbor')
    const message = received(codec.serializer('json'), { args: [1] })
    if (reports) codec.lossReport(message, serializer)
    void message.args
    serializer.encode(message)
    serializer.encode(message)
    const { duration: _, timestamp: __, ...stats } = codec.stats()
    return stats
  })
  expect(counted[0]).toEqual(counted[1])
  expect(counted[0]).toMatchObject({ transcoded: 1, decodedPayloads: 1, cacheHits: 1 })
})

test('a loss report leaves a frozen message alone', () => {
  const codec = createCodec()
  const message = Object.freeze(received(codec.serializer('json'), { args: [1] }))
  expect(codec.lossReport(message, codec.serializer('cbor'))).toEqual([])
})
