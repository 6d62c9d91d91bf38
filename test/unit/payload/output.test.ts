/** Tests of src/payload/output.ts. */
import { expect, test } from 'vitest'
import { EncodeError } from '../../../src/errors.ts'
import { acquireOutput, Output, releaseOutput, textOf } from '../../../src/payload/output.ts'
import { utf8Length } from '../../../src/text-coders.ts'
import { createRandom } from '../../support/random.ts'
import { hex, utf8 } from './formats.ts'

test('a result of known size that fits nowhere gets a buffer of that size', () => {
  const out = acquireOutput()
  for (const size of [40_000, 33_000]) {
    out.u8(1)
    expect(out.finish()).toEqual(Uint8Array.of(1))
    out.reserveWhole(size)
    out.raw(new Uint8Array(size).fill(7))
    const result = out.finish()
    expect([result.length, result.buffer.byteLength]).toEqual([size, size])
    expect(result.every((byte) => byte === 7)).toBe(true)
  }
  // Behind other bytes it is room like any other.
  out.u8(1)
  out.reserveWhole(40_000)
  out.raw(new Uint8Array(40_000))
  expect(out.finish().length).toBe(40_001)
  releaseOutput(out)
})

test('numbers are written big-endian', () => {
  const out = new Output()
  out.u8(1)
  out.u16(0x0203)
  out.u32(0xfffefdfc)
  out.u64(2n ** 64n - 2n)
  out.u64(-1n)
  out.f64(1.5)
  expect(hex(out.finish())).toBe('010203fffefdfcfffffffffffffffeffffffffffffffff3ff8000000000000')
})

test('small results share one buffer, aligned to 8, and are never written again', () => {
  const out = new Output()
  const results: Uint8Array[] = []
  for (let i = 0; i < 1000; i++) {
    for (let j = 0; j < 50 + (i % 7); j++) out.u8(i & 0xff)
    results.push(out.finish())
  }
  expect(results[0]!.buffer).toBe(results[1]!.buffer)
  results.forEach((bytes, i) => {
    expect(bytes.byteOffset % 8).toBe(0)
    expect(bytes.length).toBe(50 + (i % 7))
    expect(bytes.every((byte) => byte === (i & 0xff))).toBe(true)
  })
})

test('a result that grows over the end of the slab moves whole', () => {
  const out = new Output()
  out.raw(new Uint8Array(32_000).fill(1))
  const first = out.finish()
  out.raw(new Uint8Array(700).fill(2))
  const mark = out.mark()
  out.raw(new Uint8Array(700).fill(3))
  expect(mark).toBe(700)
  expect(out.bytes[out.index(mark)]).toBe(3)
  const second = out.finish()
  expect(second.length).toBe(1400)
  expect(second[699]).toBe(2)
  expect(second[700]).toBe(3)
  expect(first.every((byte) => byte === 1)).toBe(true)
})

test('a large result does not keep more than a third of its size for nothing', () => {
  for (const size of [20_000, 33_000, 70_000, 131_073, 1_000_000]) {
    const out = new Output()
    for (let i = 0; i < size; i++) out.u8(i & 0xff)
    const bytes = out.finish()
    expect(bytes.length).toBe(size)
    expect(bytes[size - 1]).toBe((size - 1) & 0xff)
    if (size < 32_768) continue
    expect(bytes.buffer.byteLength * 3).toBeLessThanOrEqual(size * 4)
    out.u8(7)
    expect(out.finish().buffer).not.toBe(bytes.buffer)
  }
})

test('a result that is one large piece, and what ends it, is made once', () => {
  for (const size of [16_384, 20_000, 32_700, 262_144]) {
    const out = new Output()
    // The slab is nearly full.
    out.raw(new Uint8Array(32_000))
    out.finish()
    out.u8(1)
    out.raw(new Uint8Array(size).fill(7))
    const { buffer } = out.bytes
    out.u8(2)
    const bytes = out.finish()
    expect([bytes[0], bytes[1], bytes[size], bytes[size + 1]]).toEqual([1, 7, 7, 2])
    expect(bytes.buffer).toBe(buffer)
    expect(buffer.byteLength).toBeLessThan(size + 100)
    out.u8(7)
    out.finish()
    expect(bytes[size + 1]).toBe(2)
  }
})

test('large pieces one after the other are moved less than 2n times in all', () => {
  const out = new Output()
  const piece = new Uint8Array(9000)
  let moved = 0
  let buffer = out.bytes.buffer
  for (let i = 0; i < 2000; i++) {
    out.raw(piece)
    if (out.bytes.buffer === buffer) continue
    moved += i * piece.length
    buffer = out.bytes.buffer
  }
  expect(moved).toBeLessThan(2 * 2000 * piece.length)
})

test('n bytes written one by one are moved less than 2n times in all', () => {
  const out = new Output()
  let moved = 0
  let buffer = out.bytes.buffer
  for (let i = 0; i < 4_000_000; i++) {
    out.u8(0)
    if (out.bytes.buffer !== buffer) {
      moved += i
      buffer = out.bytes.buffer
    }
  }
  expect(moved).toBeLessThan(8_000_000)
})

test('finish with a mark returns what came after it', () => {
  const out = new Output()
  out.ascii('head')
  const mark = out.mark()
  out.ascii('body')
  expect(hex(out.finish(mark))).toBe(hex(utf8('body')))
})

test('reset drops what was written since the mark, all without one', () => {
  const out = new Output()
  out.ascii('abc')
  const mark = out.mark()
  out.ascii('def')
  out.reset(mark)
  out.ascii('g')
  expect(hex(out.finish())).toBe(hex(utf8('abcg')))
  out.ascii('x')
  out.reset()
  expect(out.finish().length).toBe(0)
})

test('rewind makes room for a longer or shorter head and resume goes on at the end', () => {
  for (const size of [1, 2, 3]) {
    const out = new Output()
    out.ascii('<<')
    const head = out.mark()
    out.ascii('HH')
    const start = out.mark()
    out.ascii('content')
    const end = out.rewind(head, start, size)
    out.ascii('h'.repeat(size))
    out.resume(end)
    out.ascii('>')
    expect(new TextDecoder().decode(out.finish())).toBe(`<<${'h'.repeat(size)}content>`)
  }
})

test('raw copies the part of the bytes that is asked for', () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, i) => i)
  const out = new Output()
  out.raw(bytes, 10, 20)
  out.raw(bytes, 20, 60)
  out.raw(bytes)
  expect(hex(out.finish())).toBe(hex(bytes.subarray(10, 60)) + hex(bytes))
})

test('utf8 writes what TextEncoder writes and returns the number of bytes', () => {
  const random = createRandom(20_261)
  const texts = [
    '',
    'a'.repeat(47),
    'é'.repeat(47),
    '\ud800',
    'a\udfffb',
    // The first and last surrogates, in pairs, alone, the wrong way round and beside what is none.
    ...['\ud800\udc00', '\udbff\udfff', '\udbff\udc00', '\ud800\ud800\udc00', '\udc00\udc00', '\udfff\ud800'],
    ...['\ud7ff\udc00', '\udbff\ue000', '\ud800\udbff', '\udbff', '\udc00', '\ue000\udc00'],
    '😀'.repeat(3000),
    'a'.repeat(5000),
  ]
  for (let i = 0; i < 500; i++) texts.push(random.text(120))
  const out = new Output()
  for (const text of texts) {
    const expected = utf8(text)
    expect(out.utf8(text), `seed ${random.seed}`).toBe(expected.length)
    expect(utf8Length(text)).toBe(expected.length)
    expect(hex(out.finish())).toBe(hex(expected))
  }
})

test('a result beyond 2 GiB is refused before memory is taken', () => {
  const out = new Output()
  out.u8(1)
  expect(() => out.reserve(0x7fff_ffff)).toThrow(
    new EncodeError('SIZE_LIMIT', 'cannot encode more than 2147483647 bytes'),
  )
  expect(hex(out.finish())).toBe('01')
})

test('more bytes than a string of the engine holds are no text', () => {
  const bytes = new Uint8Array(2 ** 29)
  const refusal = new EncodeError('SIZE_LIMIT', 'cannot encode 536870912 bytes as text: strings are shorter')
  expect(() => textOf(bytes, 0, bytes.length)).toThrow(refusal)
  expect(textOf(utf8('añ'), 0, 3)).toBe('añ')
})

test('a nested use gets another writer, and a released one is empty when it comes back', () => {
  const outer = acquireOutput()
  outer.u8(1)
  const inner = acquireOutput()
  expect(inner).not.toBe(outer)
  inner.u8(2)
  releaseOutput(inner)
  expect(hex(outer.finish())).toBe('01')
  releaseOutput(outer)
  const again = acquireOutput()
  expect(again.mark()).toBe(0)
  releaseOutput(again)
})
