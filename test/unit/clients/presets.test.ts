import { expect, test } from 'vitest'
import { presetOf } from '../../../src/clients/presets.ts'

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
