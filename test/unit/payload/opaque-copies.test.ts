/**
 * An opaque payload of a frame, changed by the application: what it has is a copy where it does not stand in the frame
 * as it is, and then the frame's own bytes go on, in every format.
 */
import { expect, test } from 'vitest'
import { createCodec, Publish } from '../../../src/index.ts'
import { unhex } from '../../support/vectors.ts'

const codec = createCodec({ cache: false })
// [16, 1, {enc_algo: 'mqtt'}, 'a.b', bytes]; the bytes 1, 2, 3.
const frames = [
  ['json', Buffer.from('[16,1,{"enc_algo":"mqtt"},"a.b","\\u0000AQID"]')],
  ['cbor', unhex(`851001a168656e635f616c676f646d71747463612e625f41014202 03ff`.replaceAll(' ', ''))],
] as const

test.each(frames)('%s', (id, frame) => {
  const message = codec.serializer(id).decode(frame) as unknown as { payload: Uint8Array }
  expect([...message.payload]).toEqual([1, 2, 3])
  message.payload[0] = 99
  for (const to of ['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers'] as const) {
    const serializer = codec.serializer(to)
    const there = serializer.decode(serializer.encode(message as never)) as unknown as { payload: Uint8Array }
    expect([to, ...there.payload]).toEqual([to, 1, 2, 3])
  }
})

test('of bytes that stand in the frame the application has those themselves', () => {
  const frame = unhex('851001a168656e635f616c676f646d71747463612e6243010203')
  const message = codec.serializer('cbor').decode(frame) as unknown as { payload: Uint8Array }
  message.payload[0] = 99
  for (const to of ['json', 'msgpack', 'cbor'] as const) {
    const serializer = codec.serializer(to)
    const there = serializer.decode(serializer.encode(message as never)) as unknown as { payload: Uint8Array }
    expect([to, ...there.payload]).toEqual([to, 99, 2, 3])
  }
})

test('the same message in the other dialect has the bytes of the frame, too, and its own array of them', () => {
  for (const [id, frame] of frames) {
    const message = codec.serializer(id).decode(frame) as Publish
    const own = message.payload as Uint8Array
    own[0] = 99
    const twin = message.toPpt()
    const there = codec.serializer('msgpack').decode(codec.serializer('msgpack').encode(twin)) as Publish
    expect([id, ...(there.payload as Uint8Array)]).toEqual([id, 1, 2, 3])
    expect([...(twin.payload as Uint8Array)]).toEqual([1, 2, 3])
  }
})

test('memory that can be resized is no part of encodeParts', () => {
  type Resizable = new (length: number, options: { maxByteLength: number }) => ArrayBuffer
  const buffer = new (ArrayBuffer as Resizable)(100_000, { maxByteLength: 200_000 })
  const publish = new Publish({ request: 1, topic: 'a.b', payload: new Uint8Array(buffer), enc_algo: 'mqtt' })
  const serializer = codec.serializer('cbor')
  const whole = serializer.encode(publish)
  const parts = serializer.encodeParts(publish)
  ;(buffer as unknown as { resize(length: number): void }).resize(10)
  expect(Buffer.compare(Buffer.concat(parts), whole)).toBe(0)
})
