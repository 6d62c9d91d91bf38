/** Tests of src/variants: what each entry has, and what it refuses. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as core from '../../src/core.ts'
import * as full from '../../src/index.ts'

const moduleOf = (name: string): WebAssembly.Module =>
  new WebAssembly.Module(readFileSync(new URL(`../../out/wasm/kernel-${name}.wasm`, import.meta.url)))

test('both entries export the same names', () => {
  expect(Object.keys(core).sort()).toEqual(Object.keys(full).sort())
})

test.each(['ubjson', 'ubjson.batched', 'flatbuffers'] as const)(
  'wamp-codec/core has no serializer %s',
  (id) => {
    expect(() => core.createCodec().serializer(id as 'cbor')).toThrow(
      RangeError(`unknown serializer "${id}"; known are json, msgpack, cbor`),
    )
    expect(full.createCodec().serializer(id).id).toBe(id)
  },
)

test.each(['flatbuffers.batched', 'xml', ''])('no entry has a serializer %j', (id) => {
  expect(() => full.createCodec().serializer(id as 'cbor')).toThrow(RangeError)
})

test('the kernel of wamp-codec serves wamp-codec/core, and not the other way round', () => {
  const frame = Uint8Array.from([0x83, 0x18, 33, 1, 2])
  expect(
    core
      .createCodec({ module: moduleOf('simd') })
      .serializer('cbor')
      .decode(frame)
      .marshal(),
  ).toEqual([33, 1, 2])
  expect(() => full.createCodec({ module: moduleOf('core-simd') })).toThrow(TypeError)
})

test('a message of one entry is encoded by the other, in formats that it does not have itself', () => {
  const ubjson = full.createCodec().serializer('ubjson')
  const event = new full.EventMessage({ subscription: 1, publication: 2, args: [1.5, 'x'] })
  const received = ubjson.decode(ubjson.encode(event))
  const cbor = core.createCodec().serializer('cbor')
  expect(cbor.decode(cbor.encode(received)).marshal()).toEqual(event.marshal())
})
