/** Bytes whose buffer was detached are the caller's fault, not the peer's: TypeError, not ProtocolError. */
import { expect, test } from 'vitest'
import { createCodec, type ListCodec } from '../../src/index.ts'
import { createLists } from '../../src/lists/index.ts'

const codec = createCodec()

const CODECS: readonly (readonly [what: string, lists: ListCodec])[] = [
  ...(['json', 'msgpack', 'cbor', 'ubjson'] as const).flatMap((id) =>
    (['message', 'list'] as const).map(
      (check) => [`${id}, check: ${check}`, codec.lists(id, { check })] as const,
    ),
  ),
  ...(['json', 'msgpack', 'cbor'] as const).map((id) => [`createLists of ${id}`, createLists(id)] as const),
]

function detached(bytes: Uint8Array): Uint8Array {
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
  return bytes
}

test.each(CODECS)('%s throws TypeError for detached bytes, and ProtocolError for none', (_, lists) => {
  const bytes = detached(Uint8Array.of(0x83, 0x11, 1, 2))
  const part = detached(new Uint8Array(8).subarray(4))
  for (const frame of [bytes, part, bytes.buffer, detached(Buffer.alloc(4096))]) {
    expect(() => lists.decode(frame as Uint8Array)).toThrow(TypeError)
    expect(() => lists.decodeValue(frame as Uint8Array)).toThrow(TypeError)
  }
  expect(() => lists.decode(bytes)).toThrow('the buffer of the frame was detached')
  for (const none of [new Uint8Array(0), new Uint8Array(4).subarray(4), new ArrayBuffer(0)]) {
    expect(() => lists.decode(none)).toThrow(expect.objectContaining({ name: 'ProtocolError' }))
    expect(() => lists.decodeValue(none)).toThrow(expect.objectContaining({ name: 'ProtocolError' }))
  }
})
