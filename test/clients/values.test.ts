/** What docs/clients.md says of values beside its tables: long integers, and the extension of kraftfahrstrasse. */
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { autobahnOptions } from '../../src/clients/autobahn.ts'
import { kraftfahrstrasse, kraftfahrstrasseOptions } from '../../src/clients/kraftfahrstrasse.ts'
import type { ListPreset } from '../../src/clients/presets.ts'
import { wampprotoOptions } from '../../src/clients/wampproto.ts'
import { wampyOptions } from '../../src/clients/wampy.ts'
import { createCodec, EncodeError, Tagged } from '../../src/index.ts'

const codec = createCodec()
const PRESETS: Readonly<Record<string, (format: 'json' | 'msgpack' | 'cbor') => ListPreset>> = {
  autobahnOptions,
  kraftfahrstrasseOptions,
  wampprotoOptions,
  wampyOptions,
}

test.each(Object.entries(PRESETS))(
  '%s writes a BigInt of any length, in MsgPack one of up to 64 bits',
  (_, of) => {
    for (const id of ['json', 'msgpack', 'cbor'] as const) {
      const lists = codec.lists(id, of(id))
      const exact = codec.lists(id)
      const event = (value: bigint): unknown[] => [36, 1, 2, {}, [value]]
      for (const value of [2n ** 64n - 1n, -(2n ** 63n)])
        expect(exact.decode(lists.encode(event(value)))).toEqual(event(value))
      for (const value of [2n ** 64n, -(2n ** 63n) - 1n]) {
        if (id === 'msgpack') expect(() => lists.encode(event(value))).toThrow(EncodeError)
        else expect(exact.decode(lists.encode(event(value)))).toEqual(event(value))
      }
    }
  },
)

test('UBJSON has a BigInt of any length, too', () => {
  const lists = codec.lists('ubjson', autobahnOptions('ubjson'))
  for (const value of [2n ** 64n, -(2n ** 63n) - 1n])
    expect(lists.decode(lists.encode([36, 1, 2, {}, [value]]))).toEqual([36, 1, 2, {}, [value]])
})

test("kraftfahrstrasse's own MsgPack has extension 42 for an ArrayBuffer, which the adapter gives as Tagged", () => {
  const require = createRequire(import.meta.url)
  const { NodeMSGPackSerializer } = require('@verkehrsministerium/kraftfahrstrasse')
  const own = new NodeMSGPackSerializer()
  const adapter = kraftfahrstrasse(codec.lists('msgpack', kraftfahrstrasseOptions('msgpack')))
  const bytes = Uint8Array.of(1, 2)
  const list = [36, 1, 2, {}, [bytes.buffer]]
  const frame = Uint8Array.from(own.Serialize(list).slice())
  expect([...frame.slice(-4)]).toEqual([0xd5, 42, 1, 2])
  expect(own.Deserialize(frame)[4]).toEqual([Buffer.of(1, 2)])
  expect(adapter.Deserialize(frame)[4]).toEqual([new Tagged(42, Buffer.of(1, 2), 'extension')])
  // What the adapter writes is bytes to both.
  for (const reader of [own, adapter])
    expect(reader.Deserialize(adapter.Serialize(list))[4]).toEqual([Buffer.of(1, 2)])
})
