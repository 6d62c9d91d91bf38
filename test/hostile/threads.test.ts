/**
 * P13: shared memory that a Worker changes during decode. What comes out is the value of some copy of the bytes, each
 * byte from one of the states, or a refusal; it stays as it was read; and nothing else happens.
 */
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { createCodec, ProtocolError, Publish } from '../../src/index.ts'
import { canonical } from '../support/vectors.ts'

/** Frames that are decoded, and as many that the Worker writes meanwhile, both at least. */
const COUNT = process.env.WAMP_CODEC_DEEP === '1' ? 100_000 : 5000

test.each(['json', 'msgpack', 'cbor', 'ubjson'] as const)(
  '%s frames that change while they are read',
  async (id) => {
    const serializer = createCodec().serializer(id)
    // Of equal length: text and list by turns, so that mixtures are malformed as often as not.
    const texts = ['é'.repeat(100), 'a'.repeat(200)]
    const [wide, narrow] = texts.map((text) => Buffer.from(text)) as [Buffer, Buffer]
    const states = texts.map((text) =>
      serializer.encode(new Publish({ request: 1, topic: 'com.example', args: [text] })).slice(),
    ) as [Uint8Array, Uint8Array]
    expect(states[0].length).toBe(states[1].length)
    const shared = new SharedArrayBuffer(states[0].length)
    const bytes = new Uint8Array(shared)
    bytes.set(states[0])
    const written = new SharedArrayBuffer(4)
    const worker = new Worker(new URL('writer.mjs', import.meta.url), {
      workerData: { shared, states, written },
    })
    try {
      const count = new Int32Array(written)
      const [read, refused] = [new Set<string>(), new Set<string>()]
      for (let i = 0; i < COUNT || Atomics.load(count, 0) < COUNT; i++) {
        // The Worker starts, and tells of its errors, between turns of the loop only.
        if (i % 100 === 0) await setImmediate()
        try {
          const message = serializer.decode(bytes)
          const first = canonical(message.marshal())
          // The message has its own copy: it does not change any more.
          expect(canonical(message.marshal())).toBe(first)
          expect(canonical(serializer.decode(serializer.encode(message)).marshal())).toBe(first)
          // A mixture may be valid by chance; every byte is that of one state all the same.
          const text = Buffer.from((message as Publish).args?.[0] as string)
          expect(text.length).toBe(wide.length)
          expect(text.every((byte, i) => byte === wide[i] || byte === narrow[i])).toBe(true)
          read.add(first)
        } catch (error) {
          if (!(error instanceof ProtocolError)) throw error
          refused.add(error.code)
        }
      }
      expect(read.size).toBeGreaterThan(0)
      // Both states are valid: only a mixture of their bytes can be refused, and only its text is wrong.
      for (const code of refused) expect(code).toBe('BAD_UTF8')
    } finally {
      await worker.terminate()
    }
  },
)
