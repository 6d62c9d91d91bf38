/** Tests of src/message/uri-lookup.ts: what it finds is what the kernel's table says, as long as it says so. */
import { expect, test } from 'vitest'
import { createCodec, Publish } from '../../../src/index.ts'
import { URI_PLACES } from '../../../src/kernel/abi.ts'
import type { Receiver } from '../../../src/message/receive.ts'
import { uriLookup } from '../../../src/message/uri-lookup.ts'
import type { Payload } from '../../../src/payload/payload.ts'

const serializer = createCodec().serializer('cbor')
const first = serializer.decode(serializer.encode(new Publish({ request: 1, topic: 'com.example.topic' })))
const { kernel } = (first._frame as Payload).context as Receiver
const lookup = uriLookup(kernel)

const bytesOf = (uri: string): Uint8Array => new TextEncoder().encode(`..${uri}..`)

function find(uri: string): number {
  const bytes = bytesOf(uri)
  return lookup.find(bytes, 2, bytes.length - 2)
}

function intern(uri: string): number {
  const bytes = bytesOf(uri)
  return lookup.intern(bytes, 2, bytes.length - 2)
}

test('a URI is not found before it was interned, and has its number and text after that', () => {
  expect(find('com.example.unknown')).toBe(-1)
  const ref = intern('com.example.unknown')
  expect(ref).toBeGreaterThanOrEqual(0)
  expect(find('com.example.unknown')).toBe(ref)
  expect(kernel.uriOf(ref)).toBe('com.example.unknown')
})

test('a text with a lone surrogate has no number, and takes none from another text', () => {
  const codec = createCodec()
  expect(codec.internUri('com.\ud800.x')).toBe(-1)
  const frame = new TextEncoder().encode('[16,1,{},"com.\ufffd.x"]')
  expect(codec.serializer('json').decode(frame)).toMatchObject({ topic: 'com.\ufffd.x' })
})

test('one that differs in its first byte alone is not found', () => {
  intern('com.example.alike')
  expect(find('kom.example.alike')).toBe(-1)
})

test('a URI that the kernel has forgotten is not found until it is interned again', () => {
  const uri = 'com.example.forgotten'
  const ref = intern(uri)
  for (let i = 0; i < 4 * URI_PLACES; i++) intern(`com.other.number_${i}`)
  expect(find(uri)).toBe(-1)
  const again = intern(uri)
  expect(again).not.toBe(ref)
  expect(find(uri)).toBe(again)
})

test('a URI that is found again and again is not forgotten', () => {
  const uri = 'com.example.busy'
  const ref = intern(uri)
  for (let i = 0; i < 4 * URI_PLACES; i++) {
    intern(`com.some.number_${i}`)
    // Another one may have its slot here: the kernel has it still.
    if (find(uri) < 0) expect(intern(uri)).toBe(ref)
  }
  expect(kernel.uriOf(ref)).toBe(uri)
  expect(intern(uri)).toBe(ref)
})

test('of 256 URIs hardly one is displaced', () => {
  const uris = Array.from({ length: 256 }, (_, i) => `com.myapp.sensors_${i}.changed`)
  // What other tests have left makes way once.
  for (const uri of uris) intern(uri)
  const missing = uris.filter((uri) => find(uri) < 0)
  for (const uri of missing) intern(uri)
  expect(uris.filter((uri) => find(uri) < 0).length).toBeLessThan(16)
})

test.each([4, 5, 7, 8, 11, 12, 63, 64])('one of %d bytes is found', (length) => {
  const uri = `u${length}.`.padEnd(length, 'x')
  expect(find(uri)).toBe(-1)
  const ref = intern(uri)
  expect(ref).toBeGreaterThanOrEqual(0)
  expect(find(uri)).toBe(ref)
  expect(kernel.uriOf(ref)).toBe(uri)
})

test('shorter and longer ones are for the kernel, and the longest have no number', () => {
  for (const length of [3, 65, 255]) {
    expect(intern('y'.repeat(length))).toBeGreaterThanOrEqual(0)
    expect(find('y'.repeat(length))).toBe(-1)
  }
  expect(intern('y'.repeat(256))).toBe(-1)
})
