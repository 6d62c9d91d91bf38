/** Views in lists of a codec with `ownership: 'copy'`: the caller may reuse its frame at once. */
import { describe, expect, test } from 'vitest'
import { createCodec } from '../../src/index.ts'

const codec = createCodec({ binary: 'view', ownership: 'copy' })
const BYTES = Uint8Array.of(7, 8, 9)

const FORMS: readonly (readonly [
  what: string,
  of: (own: Uint8Array<ArrayBuffer>) => Uint8Array | ArrayBuffer,
])[] = [
  ['a Uint8Array', (own) => own],
  ['an ArrayBuffer', (own) => own.buffer],
]

describe.each(['msgpack', 'cbor', 'ubjson'] as const)('%s', (id) => {
  test.each(
    (['message', 'list'] as const).flatMap((check) =>
      FORMS.map(([what, form]) => [what, check, form] as const),
    ),
  )('%s, check: %s: what was read stays when the frame is written over', (_, check, form) => {
    const lists = codec.lists(id, { check })
    const frame = Uint8Array.from(lists.encode([16, 1, {}, 'a.b', [BYTES]]) as Uint8Array)
    const list = lists.decode(form(frame)) as [number, number, object, string, Uint8Array[]]
    frame.fill(0)
    expect(list[4]).toEqual([BYTES])
    const encoded = Uint8Array.from(lists.encodeValue([BYTES]) as Uint8Array)
    const value = lists.decodeValue(form(encoded))
    encoded.fill(0)
    expect(value).toEqual([BYTES])
  })

  test('a codec that borrows gives views of the frame itself', () => {
    for (const check of ['message', 'list'] as const) {
      const lists = createCodec({ binary: 'view' }).lists(id, { check })
      const frame = Uint8Array.from(lists.encode([16, 1, {}, 'a.b', [BYTES]]) as Uint8Array)
      const list = lists.decode(frame) as [number, number, object, string, Uint8Array[]]
      expect(list[4][0]?.buffer).toBe(frame.buffer)
    }
  })
})
