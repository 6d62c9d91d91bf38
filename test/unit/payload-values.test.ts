/** Tests of `payloadValues`: when args and kwargs become values, and that nothing else differs. */
import { describe, expect, test } from 'vitest'
import { createCodec, type Publish, Publish as PublishMessage, WampCodecError } from '../../src/index.ts'

const IDS = ['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers'] as const
const onRead = createCodec()
const atDecode = createCodec({ payloadValues: 'at-decode' })

const short = {
  request: 1,
  topic: 'a.b',
  args: [1, 'two', [3.5, null], 2n ** 62n],
  kwargs: { x: { y: 'é' } },
}
/** JSON of no more than 256 bytes is checked first. */
const long = { ...short, args: [...short.args, 'x'.repeat(300)] }

describe.each(
  IDS.flatMap((id) => [[id, 'a short frame', short] as const, [id, 'a long frame', long] as const]),
)('%s, %s', (id, _, sent) => {
  const publish = new PublishMessage(sent)
  const frame = onRead.serializer(id).encode(publish)

  test('at-decode makes the values that reading makes, and counts them at decode', () => {
    atDecode.stats({ reset: true })
    const message = atDecode.serializer(id).decode(frame.slice()) as Publish
    expect(atDecode.stats().decodedPayloads).toBeGreaterThan(0)
    const { decodedPayloads } = atDecode.stats()
    const expected = onRead.serializer(id).decode(frame) as Publish
    expect(message.args).toEqual(expected.args)
    expect(message.kwargs).toEqual(expected.kwargs)
    expect(message.args).toBe(message.args)
    expect(atDecode.stats().decodedPayloads).toBe(decodedPayloads)
    expect(atDecode.serializer(id).encode(message)).toEqual(frame)
  })

  test('values that were made at decode stay when the borrowed frame changes', () => {
    const borrowed = frame.slice()
    const message = atDecode.serializer(id).decode(borrowed) as Publish
    borrowed.fill(0)
    expect(message.args?.[1]).toBe('two')
    expect(message.kwargs).toEqual({ x: { y: 'é' } })
  })

  test('a message without a payload is the same', () => {
    const bare = onRead.serializer(id).encode(new PublishMessage({ request: 1, topic: 'a.b' }))
    const message = atDecode.serializer(id).decode(bare) as Publish
    expect([message.args, message.kwargs]).toEqual([null, null])
  })

  test('bytes alone behind a ppt_scheme are an opaque payload', () => {
    const payload = new Uint8Array(sent.args.length * 60)
    const opaque = new PublishMessage({ request: 1, topic: 'a.b', ppt_scheme: 'x_mine', payload })
    const message = atDecode.serializer(id).decode(onRead.serializer(id).encode(opaque)) as Publish
    expect([message.args, message.payload]).toEqual([null, payload])
  })

  test('each cut of the frame is refused with the same error', () => {
    for (let end = 0; end < frame.length; end++) {
      const cut = frame.slice(0, end)
      const [wanted, got] = [onRead, atDecode].map((codec) => {
        try {
          return (codec.serializer(id).decode(cut) as Publish).args
        } catch (error) {
          expect(error).toBeInstanceOf(WampCodecError)
          return (error as Error).message
        }
      })
      expect(got).toEqual(wanted)
    }
  })
})

test.each(['cbor', 'msgpack'] as const)(
  'a setter on Object.prototype that decodes does no harm in %s',
  (id) => {
    const serializer = atDecode.serializer(id)
    const sent = { request: 1, topic: 'a.b', args: [{ atDecodeTest: 1, other: 'x' }], kwargs: { k: 2 } }
    const frame = serializer.encode(new PublishMessage(sent))
    const other = serializer.encode(
      new PublishMessage({ request: 2, topic: 'c.d', args: ['other'], kwargs: { o: 0 } }),
    )
    // The keys are known then, so that they are assigned without a look.
    for (let i = 0; i < 100; i++) serializer.decode(frame)
    const seen: unknown[] = []
    const set = (): void => void seen.push((serializer.decode(other) as Publish).args)
    Object.defineProperty(Object.prototype, 'atDecodeTest', { set, configurable: true })
    try {
      const message = serializer.decode(frame) as Publish
      expect([message.request, message.topic, message.args, message.kwargs]).toEqual([
        ...[1, 'a.b', sent.args, sent.kwargs],
      ])
      expect(serializer.encode(message)).toEqual(frame)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'atDecodeTest')
    }
    expect(seen).toEqual([['other']])
  },
)

test.each(['json', 'json.batched', 'msgpack', 'cbor.batched', 'flatbuffers'] as const)(
  'the values of messages in %s that are refused are not counted',
  (id) => {
    const lenient = createCodec({ uri: 'none' }).serializer(id)
    const frame = (topic: string): Uint8Array =>
      lenient.encode(new PublishMessage({ request: 1, topic, args: ['x'.repeat(5000)] }))
    for (const policy of [{ payloadValues: 'at-decode' }, { integers: 'number' }] as const) {
      const codec = createCodec(policy)
      const serializer = codec.serializer(id)
      expect(() => serializer.decode(frame('a b'))).toThrow()
      if (id.endsWith('.batched'))
        expect(() => serializer.decodeAll(Buffer.concat([frame('a.b'), frame('a b')]))).toThrow()
      expect(codec.stats()).toMatchObject({ decodedPayloads: 0, in: { messages: 0 } })
      serializer.decode(frame('a.b'))
      expect(codec.stats()).toMatchObject({ decodedPayloads: 1, in: { messages: 1 } })
    }
  },
)

test('at-decode and deferred exclude each other', () => {
  expect(() => createCodec({ payloadValues: 'at-decode', payloadValidation: 'deferred' })).toThrow(
    RangeError("payloadValues is 'on-read' when payloadValidation is 'deferred', got 'at-decode'"),
  )
  expect(() => createCodec({ payloadValues: 'late' as 'on-read' })).toThrow(RangeError)
})

test.each(['json', 'msgpack', 'cbor'] as const)(
  'at-decode counts the values of the head with those of the payload in %s',
  (id) => {
    const lists = createCodec().lists(id)
    const frameOf = (exclude: number, args: number): Uint8Array =>
      Buffer.from(lists.encode([16, 1, { exclude: Array(exclude).fill(1) }, 'a.b', Array(args).fill(1)]))
    const verdicts = ['on-read', 'at-decode'].map((payloadValues) => {
      const serializer = createCodec({
        maxNodes: 1000,
        payloadValues: payloadValues as 'on-read',
      }).serializer(id)
      return [
        [990, 490],
        [500, 490],
        [100, 800],
        [0, 990],
        [0, 1001],
        [20, 990],
      ].map(([exclude, args]) => {
        try {
          return (serializer.decode(frameOf(exclude as number, args as number)) as Publish).args?.length
        } catch (error) {
          return (error as WampCodecError).code
        }
      })
    })
    expect(verdicts[1]).toEqual(verdicts[0])
    expect(verdicts[0]).toEqual(['NODE_LIMIT', 490, 800, 990, 'NODE_LIMIT', 'NODE_LIMIT'])
  },
)
