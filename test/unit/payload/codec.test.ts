/** Tests of src/payload/codec.ts: whose the bytes are that a payload codec reads. */
import { describe, expect, test } from 'vitest'
import { createCodec } from '../../../src/index.ts'

const FORMATS = ['json', 'msgpack', 'cbor', 'ubjson', 'flexbuffers'] as const

function detached(): Uint8Array {
  const bytes = new Uint8Array(3)
  structuredClone(bytes, { transfer: [bytes.buffer] })
  return bytes
}

describe.each(FORMATS)('%s', (format) => {
  const bytes = createCodec()
    .payload(format)
    .encode([Uint8Array.of(1, 2, 3)])
  const read = (ownership: 'borrow' | 'copy', options: object = {}): unknown => {
    const own = bytes.slice()
    const value = createCodec({ ownership, binary: 'view', ...options })
      .payload(format)
      .decode(own)
    own.fill(0)
    return value
  }

  test("the caller may reuse its bytes at once with ownership: 'copy', also where values are views", () => {
    expect(read('copy')).toEqual([Uint8Array.of(1, 2, 3)])
    // Not by the direct readers.
    expect(read('copy', { maps: 'map', tags: 'tagged', duplicateKeys: 'refuse' })).toEqual([
      Uint8Array.of(1, 2, 3),
    ])
    if (format !== 'json') expect(read('borrow')).toEqual([new Uint8Array(3)])
  })
})

test.each(['opaque', 'flatbuffers'] as const)("ownership: 'copy' holds for %s payloads", (name) => {
  for (const ownership of ['borrow', 'copy'] as const) {
    const own = Uint8Array.of(1, 2)
    const payload = createCodec({ ownership }).payload(name)
    const read = [payload.decode(own), payload.decode(own.buffer), payload.view(own).toValue()]
    own.fill(0)
    const expected = ownership === 'copy' ? Uint8Array.of(1, 2) : own
    expect(read).toEqual([expected, expected, expected])
  }
})

test('a view of bytes that were copied reads its values out of this copy', () => {
  const codec = createCodec({ ownership: 'copy', binary: 'view' })
  for (const format of ['msgpack', 'cbor', 'ubjson', 'flexbuffers'] as const) {
    const payload = codec.payload(format)
    const view = payload.view(payload.encode([Uint8Array.of(1)]))
    const [first, second] = [view.toValue(), view.toValue()] as [Uint8Array[], Uint8Array[]]
    expect(first[0]?.buffer).toBe(second[0]?.buffer)
  }
})

describe.each([...FORMATS, 'opaque', 'flatbuffers'] as const)('%s', (format) => {
  test.each(['decode', 'validate', 'view'] as const)('%s refuses bytes whose buffer was detached', (name) => {
    const payload = createCodec().payload(format)
    expect(() => payload[name](detached())).toThrow(new TypeError('the buffer of the frame was detached'))
  })
})

test('so does transcode', () => {
  for (const onLoss of ['throw', 'report'] as const) {
    expect(() => createCodec().transcode(detached(), { from: 'json', to: 'cbor', onLoss })).toThrow(
      new TypeError('the buffer of the frame was detached'),
    )
  }
})

test('no bytes at all are opaque bytes', () => {
  expect(createCodec().payload('opaque').decode(new Uint8Array(0))).toHaveLength(0)
})
