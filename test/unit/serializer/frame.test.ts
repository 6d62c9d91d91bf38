/** Frames as applications hand them in: the byte limit, and the window that all messages of a batch share. */
import { afterEach, expect, test, vi } from 'vitest'
import { createCodec, Publish } from '../../../src/index.ts'
import { Receiver } from '../../../src/message/receive.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

test.each([
  ['é', 2],
  ['語', 3],
  ['😀', 4],
])('the limit of a text frame counts the bytes of %s, not its characters', (text, width) => {
  const list = (length: number): string => `[16,1,{},"a.b",["${text.repeat(length)}"]]`
  const around = list(0).length
  const codec = createCodec({ maxMessageBytes: around + 10 * width })
  const json = codec.serializer('json')
  expect((json.decode(list(10)) as Publish).args).toEqual([text.repeat(10)])
  const complaint = (length: number): string =>
    `cannot decode a message from json: ${around + length * width} bytes, the limit is ${around + 10 * width}`
  expect(() => json.decode(list(11))).toThrow(
    expect.objectContaining({ code: 'SIZE_LIMIT', message: complaint(11) }),
  )
  expect(() => json.decode(new TextEncoder().encode(list(11)))).toThrow(
    expect.objectContaining({ code: 'SIZE_LIMIT', message: complaint(11) }),
  )
})

test.each(['json.batched', 'msgpack.batched', 'cbor.batched', 'ubjson.batched'] as const)(
  '%s: a batch is read on although something else was loaded between its messages',
  (id) => {
    const codec = createCodec()
    const serializer = codec.serializer(id)
    const all = [1, 2, 3].map((request) => new Publish({ request, topic: 'a.b', args: [request] }))
    const frame = serializer.encodeAll(all)
    const { receive } = Receiver.prototype
    vi.spyOn(Receiver.prototype, 'receive').mockImplementation(function (this: Receiver, ...args) {
      const message = receive.apply(this, args)
      this.kernel.load(new Uint8Array(frame.length))
      return message
    })
    expect(serializer.decodeAll(frame).map((message) => message.marshal())).toEqual(
      all.map((m) => m.marshal()),
    )
  },
)
