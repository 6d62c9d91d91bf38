/**
 * FlatBuffers whose args and kwargs share bytes, which Google's verifier allows: a vector may be a part of another one.
 * Only a part of a large frame is put before the kernel, and that part has to have all of both: behind it stand the
 * bytes of the message before, of another peer perhaps.
 */
import { describe, expect, test } from 'vitest'
import { createCodec, Publish } from '../../src/index.ts'
import { kernelOf } from '../../src/kernel/load.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import { FULL } from '../../src/variants/full.ts'

const codec = createCodec()
const kernel = kernelOf(FULL.kernel.compiled())
const SECRET = 'password=hunter2 '

/** The window full of what another peer has sent. */
function fill(): void {
  kernel.load(Buffer.from(SECRET.repeat(1000)))
}

/** Where the offsets of args and kwargs of a PUBLISH stand. */
function slotsOf(frame: DataView): { args: number; kwargs: number } {
  const root = frame.getUint32(0, true)
  const union = root + frame.getUint16(root - frame.getInt32(root, true) + 6, true)
  const table = union + frame.getUint32(union, true)
  const fields = table - frame.getInt32(table, true)
  const slot = (place: number): number => table + frame.getUint16(fields + place, true)
  return { args: slot(10), kwargs: slot(12) }
}

/** The frame with the offset of one of the two changed so that it leads to the first copy of `inner` in the other. */
function nested(frame: Uint8Array, which: 'args' | 'kwargs', inner: Uint8Array): Uint8Array | null {
  const bytes = frame.slice()
  const view = new DataView(bytes.buffer)
  const slot = slotsOf(view)[which]
  const length = Buffer.alloc(4)
  length.writeUInt32LE(inner.length)
  const at = Buffer.from(bytes).indexOf(Buffer.concat([length, inner]))
  if (at < slot || (at & 3) !== 0) return null
  view.setUint32(slot, at - slot, true)
  return bytes
}

/** A PUBLISH whose kwargs are inside of a byte string of its args, or the other way round. */
function overlapping(
  name: PayloadFormatName,
  which: 'args' | 'kwargs',
): { frame: Uint8Array; inner: unknown } {
  const inner = which === 'kwargs' ? { k: 1 } : [1]
  const bytes = codec.payload(name).encode(inner)
  for (let before = 0; before < 8; before++) {
    const blob = new Uint8Array(64)
    new DataView(blob.buffer).setUint32(8 + before, bytes.length, true)
    blob.set(bytes, 12 + before)
    const outer = [blob, new Uint8Array(1500), 'the end']
    const values = which === 'kwargs' ? { args: outer, kwargs: { z: 1 } } : { args: [2], kwargs: { outer } }
    const publish = new Publish({ request: 1, topic: 'com.x', ...values, exclude_authid: ['x'.repeat(3000)] })
    const serializer = codec.serializer('flatbuffers', { payloadSerializer: name })
    const frame = nested(serializer.encode(publish), which, bytes)
    if (frame !== null) return { frame, inner }
  }
  throw new Error(`no ${which} in ${name} is aligned`)
}

describe.each(['cbor', 'msgpack', 'ubjson'] as const)('args and kwargs in %s that share bytes', (name) => {
  test.each(['args', 'kwargs'] as const)('%s inside of the others', (which) => {
    const { frame, inner } = overlapping(name, which)
    expect(frame.length).toBeGreaterThan(2 * 1600)
    for (const payloadValidation of ['eager', 'deferred'] as const) {
      const serializer = createCodec({ payloadValidation, cache: false }).serializer('flatbuffers', {
        payloadSerializer: name,
      })
      fill()
      const message = serializer.decode(frame) as Publish
      const outer = which === 'kwargs' ? message.args : (message.kwargs as { outer: unknown[] }).outer
      expect(which === 'kwargs' ? message.kwargs : message.args).toEqual(inner)
      expect((outer as unknown[]).slice(1)).toEqual([new Uint8Array(1500), 'the end'])
      // Not read, but passed on.
      fill()
      const passed = codec.serializer(name === 'cbor' ? 'msgpack' : 'cbor').encode(serializer.decode(frame))
      expect(Buffer.from(passed).includes(SECRET)).toBe(false)
    }
  })
})

test('what was not loaded the kernel is not asked about', () => {
  const policy = { maxDepth: 128, maxNodes: 100, maxBigIntBytes: 100 }
  const outside = 'a range outside of the windows of the kernel, or of what was loaded'
  fill()
  kernel.load(Uint8Array.of(0x81, 1))
  const search = { mode: 0, from: 0, type: 0, size: 0, known: 0, at: 0 }
  for (const ask of [
    () => kernel.scan(0, 3, 3, 0, policy),
    () => kernel.check(1, 2, 3, 0, policy),
    () => kernel.scanFlatBuffers(2, 1, 3, 0, policy),
    () => kernel.checkArgs(0, 3, 0, 0, 3, policy),
    () => kernel.checkArgs(0, 1, 1, 2, 3, policy),
    () => kernel.find(3, 3, 0, policy, search),
    () => kernel.transcode({ at: 0, length: 3, from: 3, to: 1, flags: 0, limits: policy }),
    () => kernel.scanTranscoding({ at: 1, length: 2, from: 3, to: 1, flags: 0, limits: policy }),
  ]) {
    expect(ask).toThrow(outside)
  }
})
