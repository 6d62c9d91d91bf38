import { describe, expect, test } from 'vitest'
import { kraftfahrstrasse, kraftfahrstrasseOptions } from '../../../src/clients/kraftfahrstrasse.ts'
import { createCodec } from '../../../src/index.ts'
import { createLists } from '../../../src/lists/index.ts'

/** Its types have a serializer of text and one of bytes; the tests ask both the same. */
interface AnySerializer {
  IsBinary(): boolean
  ProtocolID(): string
  Serialize(list: unknown[]): string | Uint8Array
  Deserialize(data: unknown): unknown[]
}

const codec = createCodec()

describe.each(['json', 'msgpack', 'cbor', 'ubjson'] as const)('a serializer of %s', (id) => {
  const lists = [codec.lists(id, kraftfahrstrasseOptions(id)), codec.lists(id, { check: 'list' })]
  if (id !== 'ubjson') lists.push(createLists(id))
  const serializers = lists.map((one) => kraftfahrstrasse(one) as unknown as AnySerializer)

  test('has what kraftfahrstrasse asks for', () => {
    for (const serializer of serializers) {
      expect(serializer.IsBinary()).toBe(id !== 'json')
      expect(serializer.ProtocolID()).toBe(`wamp.2.${id}`)
      const event = [36, 1, 2, {}, ['hello']]
      expect(serializer.Deserialize(serializer.Serialize(event))).toEqual(event)
    }
  })

  test('a call is canceled without the empty mode, whatever is checked', () => {
    for (const serializer of serializers) {
      expect(serializer.Deserialize(serializer.Serialize([49, 1, { mode: '' }]))).toEqual([49, 1, {}])
      const more = serializer.Serialize([49, 1, { mode: '', x_a: 1 }])
      expect(serializer.Deserialize(more)).toEqual([49, 1, { x_a: 1 }])
      const kill = [49, 1, { mode: 'kill' }]
      expect(serializer.Deserialize(serializer.Serialize(kill))).toEqual(kill)
    }
  })
})

test('anything but a list codec is refused', () => {
  expect(() => kraftfahrstrasse([] as never)).toThrow(
    new TypeError('kraftfahrstrasse: expected a list codec, of codec.lists or createLists'),
  )
})
