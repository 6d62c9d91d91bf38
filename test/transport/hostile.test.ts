/** What a hostile peer can cost: memory by what it sent and never by what it claims, time in proportion. */
import { expect, test } from 'vitest'
import type { RawSocketCodec } from '../../src/index.ts'
import { livingBufferBytes } from '../lifetime/gc.ts'
import { hex, join, openServer, server } from './support.ts'

const KIB = 1024
const MIB = 1024 * KIB

/** Fails unless the buffers that are held since `before` come to less than `limit` bytes. */
async function expectHeld(before: number, limit: number): Promise<void> {
  expect((await livingBufferBytes()) - before).toBeLessThan(limit)
}

test('a thousand connections that each announce 16 MiB and send nine bytes hold 2 MiB at most', async () => {
  const before = await livingBufferBytes()
  const codecs: RawSocketCodec[] = []
  for (let i = 0; i < 1000; i++) {
    const codec = server()
    codec.push(hex('7ff30000 08000000 aa'))
    codecs.push(codec)
  }
  await expectHeld(before, 2 * MIB)
  expect(codecs.every(({ closed }) => closed === null)).toBe(true)
})

test('a frame on its way holds twice what arrived at most, and nothing afterwards', async () => {
  const before = await livingBufferBytes()
  const codec = openServer()
  codec.push(hex('08000000'))
  for (const arrived of [1, 2, 3, 4]) {
    codec.push(new Uint8Array(MIB))
    await expectHeld(before, (2 * arrived + 1) * MIB)
  }
  codec.push(new Uint8Array(12 * MIB))
  await expectHeld(before, MIB)
})

test('what was announced as too long is not taken at all', async () => {
  const before = await livingBufferBytes()
  const codecs = Array.from({ length: 1000 }, () => openServer({ maxLengthExponent: 9 }))
  for (const codec of codecs) codec.push(hex('00ffffff aa'))
  expect(codecs.every(({ closed }) => closed === 19)).toBe(true)
  await expectHeld(before, 64 * KIB)
})

test.each([
  ['messages', '00000003 aabbcc', 'frames', hex('aabbcc')],
  ['messages of no bytes', '00000000', 'frames', hex('')],
  ['PINGs', '01000000', 'replies', hex('02000000')],
  ['PONGs', '02000001 aa', 'pongs', hex('aa')],
] as const)('200,000 tiny %s in one chunk all arrive', (_, frame, list, last) => {
  const stream = join(Array<Uint8Array>(200_000).fill(hex(frame)))
  const events = openServer().push(stream)
  expect(events[list].length).toBe(200_000)
  expect(events[list].at(-1)).toEqual(last)
  expect(events.closed).toBeNull()
})

test('a frame of a megabyte that comes byte by byte is put together', () => {
  const byte = new Uint8Array(1)
  const length = 1_000_000
  const codec = openServer()
  codec.push(Uint8Array.of(0, length >> 16, length >> 8, length))
  for (let i = 1; i < length; i++) codec.push(byte)
  expect(codec.push(byte).frames[0]?.length).toBe(length)
})
