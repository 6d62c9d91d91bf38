/**
 * Messages whose values are read directly (src/payload/direct.ts): which bytes the kernel has, and what it knows of
 * them.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createCodec as createCore } from '../../../src/core.ts'
import { createCodec, EventMessage, type Message, ProtocolError, Publish } from '../../../src/index.ts'
import { DirectReader } from '../../../src/payload/direct-reader.ts'
import { DIRECT_FORMATS as NAMES } from '../../support/direct.ts'
import { sameValue } from '../../support/same-value.ts'

const codec = createCodec()

/** Calls of the direct reader since the test has begun. */
let reads: { mock: { calls: unknown[][] } }
beforeEach(() => {
  reads = vi.spyOn(DirectReader.prototype, 'read')
})
afterEach(() => vi.restoreAllMocks())

const WIDE = 'für alle, die länger warten als sechzehn Byte'
const LONG = 'a'.repeat(200)

/** A message with options that are read one by one, and the attributes that a test looks at. */
function published(args: unknown[], kwargs: Record<string, unknown> | null = null): Publish {
  return new Publish({
    request: 1,
    topic: 'com.example.topic',
    exclude: [1, 2, 3],
    eligible_authid: [WIDE, LONG],
    custom: { x_text: [WIDE, LONG], x_more: { a: 1.5 } },
    args,
    kwargs,
  })
}

/** Other messages take the place of the frame. */
function evict(): void {
  const other = codec.serializer('cbor')
  other.decode(
    other.encode(new EventMessage({ subscription: 1, publication: 2, args: ['other'.repeat(2000)] })),
  )
}

function expectAttributes(message: Publish): void {
  expect(message.exclude).toEqual([1, 2, 3])
  expect(message.eligible_authid).toEqual([WIDE, LONG])
  expect(message.custom).toEqual({ x_text: [WIDE, LONG], x_more: { a: 1.5 } })
}

describe.each(NAMES)('%s', (format) => {
  const deferred = createCodec({ payloadValidation: 'deferred' }).serializer(format)
  const borrowing = createCodec({ ownership: 'borrow' }).serializer(format)
  const serializer = codec.serializer(format)
  const kwargs = { a: 'text', b: [1, 2.5, WIDE], c: new Uint8Array([1]) }

  test('options, args and kwargs are read directly', () => {
    const message = serializer.decode(serializer.encode(published([LONG], kwargs))) as Publish
    expectAttributes(message)
    expect(message.args).toEqual([LONG])
    expect(message.kwargs).toEqual(kwargs)
    expect(reads.mock.calls.length).toBeGreaterThanOrEqual(5)
  })

  test('a message is read after a thousand others', () => {
    const messages = [published([LONG, 1], kwargs), published([WIDE])].map(
      (message) => serializer.decode(serializer.encode(message)) as Publish,
    )
    for (let i = 0; i < 1000; i++) evict()
    for (const message of messages) expectAttributes(message)
    expect(messages.map((message) => message.args)).toEqual([[LONG, 1], [WIDE]])
    expect(messages[0]?.kwargs).toEqual(kwargs)
  })

  test.each([
    [[LONG, 'ASCII'], 'args'],
    [[WIDE], 'args that are not ASCII'],
  ])('options are right after the check of deferred %s', (args) => {
    for (const isEvicted of [false, true]) {
      for (const read of [(m: Publish) => m.args, (m: Publish) => codec.serializer('json').encode(m)]) {
        const message = deferred.decode(deferred.encode(published(args, { a: 1 }))) as Publish
        if (isEvicted) evict()
        read(message)
        expectAttributes(message)
        expect(message.args).toEqual(args)
      }
    }
  })

  test('options and args are right after args were transcoded from a frame that was not there any more', () => {
    for (const to of ['json', 'ubjson', format === 'cbor' ? 'msgpack' : 'cbor'] as const) {
      const message = serializer.decode(serializer.encode(published([LONG, WIDE], kwargs))) as Publish
      evict()
      const event = EventMessage.from(message, { subscription: 1, publication: 2 })
      const bytes = codec.serializer(to).encode(event)
      expectAttributes(message)
      expect(message.args).toEqual([LONG, WIDE])
      expect(message.kwargs).toEqual(kwargs)
      expect((codec.serializer(to).decode(bytes) as EventMessage).args).toEqual([LONG, WIDE])
    }
  })

  test('a transferable is read in another codec', () => {
    for (const args of [
      [LONG, 'ASCII'],
      [WIDE, LONG],
    ]) {
      const sent = serializer.decode(serializer.encode(published(args, kwargs)))
      const arrived = codec.fromTransferable(structuredClone(sent.toTransferable())) as Publish
      expectAttributes(arrived)
      expect(arrived.args).toEqual(args)
      expect(arrived.kwargs).toEqual(kwargs)
      const again = codec.fromTransferable(sent.toTransferable()) as Publish
      codec.serializer('json').encode(again)
      expect(again.args).toEqual(args)
      expectAttributes(again)
    }
  })

  test('args and kwargs inside of FlatBuffers are read directly', () => {
    const flat = codec.serializer('flatbuffers', { payloadSerializer: format })
    for (const isEvicted of [false, true]) {
      const sent = { subscription: 1, publication: 2, args: [LONG, WIDE], kwargs }
      const message = flat.decode(flat.encode(new EventMessage(sent))) as EventMessage
      if (isEvicted) evict()
      expect(message.args).toEqual(sent.args)
      expect(message.kwargs).toEqual(kwargs)
    }
    // What another message has driven out of the kernel is read by the reader that needs none.
    expect(reads.mock.calls.length).toBe(2)
  })

  test('the codecs of both entries take turns', () => {
    const core = createCore().serializer(format)
    for (let i = 0; i < 50; i++) {
      const bytes = serializer.encode(published([LONG, i], { a: i, b: WIDE }))
      const [here, there] = [serializer.decode(bytes) as Publish, core.decode(bytes) as unknown as Publish]
      expect(there.args).toEqual(here.args)
      expect(here.kwargs).toEqual(there.kwargs)
      expectAttributes(here)
      expectAttributes(there)
    }
  })

  test('bytes are views of the frame where the policy says so', () => {
    const viewing = createCodec({ binary: 'view' }).serializer(format)
    for (const isEvicted of [false, true]) {
      const message = viewing.decode(
        viewing.encode(published([LONG, new Uint8Array(300).fill(3)])),
      ) as Publish
      if (isEvicted) evict()
      const bytes = message.args?.[1] as Uint8Array
      expect(bytes).toEqual(new Uint8Array(300).fill(3))
      expect(bytes.buffer).toBe((message as unknown as { _frame: { bytes: Uint8Array } })._frame.bytes.buffer)
    }
  })

  test('single payloads are read without the kernel, whatever their size', () => {
    const payload = codec.payload(format)
    for (const length of [1, 4096]) {
      const bytes = new Uint8Array(length)
      expect(payload.decode(payload.encode({ a: [LONG, WIDE, bytes] }))).toEqual({ a: [LONG, WIDE, bytes] })
    }
    expect(reads.mock.calls.length).toBe(0)
  })

  /** Everything that a message says: values, or refusals. */
  function contents(message: Message): unknown[] {
    return ['eligible_authid', 'custom', 'args', 'kwargs'].map((name) => {
      try {
        return (message as unknown as Record<string, unknown>)[name]
      } catch (error) {
        if (error instanceof ProtocolError) return error.code
        throw error
      }
    })
  }

  const TEXT_OF_FRAME = /[\ufffd\u0080-\u009f]|Ã/

  /** No text that nobody wrote: UTF-8 that was read as another encoding, or from elsewhere in the kernel. */
  function expectSound(found: unknown[]): void {
    expect(JSON.stringify(found)).not.toMatch(TEXT_OF_FRAME)
    expect(JSON.stringify(found)).not.toContain('other')
  }

  test('a borrowed frame that has changed since is refused, or read as it is now', () => {
    const serializers = [
      borrowing,
      createCodec({ ownership: 'borrow', payloadValidation: 'deferred' }).serializer(format),
    ]
    const before = published(['x'.repeat(WIDE.length + 3), LONG], { a: 'y'.repeat(40) })
    for (const each of serializers) {
      const frame = each.encode(before).slice()
      const steps: ((message: Message) => unknown)[] = [
        () => null,
        () => evict(),
        (message) => {
          evict()
          return codec.serializer('json').encode(message)
        },
        (message) => codec.serializer('json').encode(message),
      ]
      for (const step of steps) {
        for (const isWide of [false, true]) {
          const bytes = frame.slice()
          const message = each.decode(bytes)
          // Texts of the same length in other characters, or bytes that are no text.
          const at = Buffer.from(bytes).indexOf('x'.repeat(20))
          bytes.set(isWide ? Buffer.from('é'.repeat(10)) : new Uint8Array(20).fill(0xff), at)
          try {
            step(message)
          } catch (error) {
            expect(error).toBeInstanceOf(Error)
          }
          expectSound(contents(message))
        }
      }
    }
  })

  test('a frame that changes anywhere between two looks gives no text that is not in it', () => {
    const each = createCodec({ ownership: 'borrow', payloadValidation: 'deferred' }).serializer(format)
    const good = each.encode(published(['plain', LONG.slice(0, 30)], { a: 'y'.repeat(20) }))
    for (let at = 0; at < good.length; at++) {
      for (const value of [0x00, 0x41, 0x7f, 0xc3, 0xff]) {
        const bytes = good.slice()
        const message = each.decode(bytes)
        bytes[at] = value
        evict()
        // The check of what was deferred brings the frame back, as it is now.
        contents(message)
        const found = contents(message)
        expect(JSON.stringify(found)).not.toMatch(/\ufffd|Ã/)
      }
    }
  })

  test('what is left to other decoders is the same value', () => {
    const rare = [2n ** 60n, 'x'.repeat(256), { ['k'.repeat(300)]: 1 }]
    const message = serializer.decode(serializer.encode(published(rare))) as Publish
    expect(sameValue(message.args, rare)).toBe(true)
  })
})
