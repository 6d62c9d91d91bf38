import { expect, test } from 'vitest'
import { autobahnOptions } from '../../../src/clients/autobahn.ts'
import { kraftfahrstrasseOptions } from '../../../src/clients/kraftfahrstrasse.ts'
import { presetOf } from '../../../src/clients/presets.ts'
import { wampprotoOptions } from '../../../src/clients/wampproto.ts'
import { wampyOptions } from '../../../src/clients/wampy.ts'

test.each([
  ['autobahn', 'json', autobahnOptions('json'), 'buffer', 'number'],
  ['autobahn', 'msgpack', autobahnOptions('msgpack'), 'buffer', 'number'],
  ['autobahn', 'cbor', autobahnOptions('cbor'), 'buffer', 'auto'],
  ['autobahn', 'ubjson', autobahnOptions('ubjson'), 'buffer', 'auto'],
  ['wampy', 'json', wampyOptions('json'), 'copy', 'number'],
  ['wampy', 'msgpack', wampyOptions('msgpack'), 'copy', 'auto'],
  ['wampy', 'cbor', wampyOptions('cbor'), 'copy', 'number'],
  ['wampy', 'ubjson', wampyOptions('ubjson'), 'copy', 'auto'],
  ['kraftfahrstrasse', 'json', kraftfahrstrasseOptions('json'), 'buffer', 'number'],
  ['kraftfahrstrasse', 'msgpack', kraftfahrstrasseOptions('msgpack'), 'buffer', 'number'],
  ['kraftfahrstrasse', 'cbor', kraftfahrstrasseOptions('cbor'), 'buffer', 'auto'],
  ['kraftfahrstrasse', 'ubjson', kraftfahrstrasseOptions('ubjson'), 'buffer', 'auto'],
  ['wampproto', 'json', wampprotoOptions('json'), 'copy', 'number'],
  ['wampproto', 'msgpack', wampprotoOptions('msgpack'), 'copy', 'number'],
  ['wampproto', 'cbor', wampprotoOptions('cbor'), 'copy', 'auto'],
] as const)(
  'the preset of %s for %s is what its users know',
  (_client, _format, preset, binary, integers) => {
    expect(preset).toEqual({ binary, integers, unrepresentable: 'json', peers: 'lenient' })
  },
)

test('a client that gave Buffers gives Uint8Arrays where there are no Buffers', () => {
  expect(presetOf('cbor', { binary: 'buffer', rounded: [] }).binary).toBe('buffer')
  const { Buffer } = globalThis
  try {
    Reflect.deleteProperty(globalThis, 'Buffer')
    expect(presetOf('cbor', { binary: 'buffer', rounded: [] }).binary).toBe('copy')
  } finally {
    Object.assign(globalThis, { Buffer })
  }
})

test('integers are rounded in the formats that are named', () => {
  expect(presetOf('cbor', { binary: 'copy', rounded: ['cbor'] }).integers).toBe('number')
  expect(presetOf('json', { binary: 'copy', rounded: ['cbor'] }).integers).toBe('auto')
})
