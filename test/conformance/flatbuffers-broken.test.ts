/**
 * Broken FlatBuffers frames: cut at every byte, changed at every byte, and made by hand. Each is refused with a
 * ProtocolError or read to values inside of the frame, in the SIMD and the scalar build alike.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Codec, createCodec, ProtocolError } from '../../src/index.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import {
  type FlatFrame,
  HAS_FRAMES,
  OFFICIAL_FRAMES,
  REFERENCE_FRAMES,
} from '../support/flatbuffers-frames.ts'
import { canonical, hex } from '../support/vectors.ts'

const isDeep = process.env.WAMP_CODEC_DEEP === '1'

function codecOf(build: 'simd' | 'scalar', options: Parameters<typeof createCodec>[0] = {}): Codec {
  const wasm = readFileSync(new URL(`../../out/wasm/kernel-${build}.wasm`, import.meta.url))
  return createCodec({ ...options, module: new WebAssembly.Module(wasm) })
}

const simd = codecOf('simd')
const scalar = codecOf('scalar')
const deferred = codecOf('simd', { payloadValidation: 'deferred' })

/** Everything that a codec says of a frame: its message, or code, place and words of its error. */
function answer(codec: Codec, frame: Uint8Array, payloadSerializer: PayloadFormatName): string {
  try {
    const message = codec.serializer('flatbuffers', { payloadSerializer }).decode(frame)
    const text = canonical(message.marshal())
    return `${message.table.name} ${text} ${message.toTransferable().index.join()}`
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    return `${error.code} at ${error.offset}: ${error.message}`
  }
}

/** The frame in the middle of bytes that belong to somebody else. */
function amid(frame: Uint8Array, filling: number): Uint8Array {
  const chunk = new Uint8Array(frame.length + 512).fill(filling)
  chunk.set(frame, 256)
  return chunk.subarray(256, 256 + frame.length)
}

/** One answer, whatever stands beside the frame, and in both builds. Not `expect` for each of a million frames. */
function oneAnswer(frame: Uint8Array, payload: PayloadFormatName, what: string): string {
  const first = answer(simd, amid(frame, 0x41), payload)
  const second = answer(simd, amid(frame, 0x00), payload)
  const third = answer(scalar, frame, payload)
  if (first !== second || first !== third) {
    expect.fail(`${what} ${hex(frame)}: ${first} | ${second} | ${third}`)
  }
  return first
}

const frames = [...OFFICIAL_FRAMES, ...REFERENCE_FRAMES]

/** Every `step`th frame in `npm test`, all of them in deep runs. */
const sample = (step: number): readonly FlatFrame[] => frames.filter((_, i) => isDeep || i % step === 0)

describe.skipIf(!HAS_FRAMES)('frames of the vectors', () => {
  test('frames that are cut at any byte are refused, or read alike whatever follows', () => {
    let refused = 0
    for (const { id, bytes, payload } of sample(5)) {
      for (let length = 0; length < bytes.length; length++) {
        const found = oneAnswer(bytes.subarray(0, length), payload, `${id} cut at ${length}`)
        if (found.includes(' at ')) refused++
      }
    }
    expect(refused).toBeGreaterThan(1000)
  })

  test('frames that are changed at any byte are refused, or read alike whatever follows', () => {
    let refused = 0
    let read = 0
    for (const { id, bytes, payload } of sample(25)) {
      for (let at = 0; at < bytes.length; at++) {
        const old = bytes[at] as number
        for (const value of isDeep ? [0, 1, 4, 8, 0x7f, 0x80, 0xff, old ^ 1, old + 4] : [0, 0xff, old ^ 4]) {
          const changed = bytes.slice()
          changed[at] = value
          const found = oneAnswer(changed, payload, `${id} ${at}=${value}`)
          if (found.includes(' at ')) refused++
          else read++
        }
      }
    }
    expect(Math.min(refused, read)).toBeGreaterThan(1000)
  })

  test('frames are refused alike when the payload is checked later', () => {
    const different: string[] = []
    let tried = 0
    for (const { id, bytes, payload } of sample(40)) {
      for (let at = 0; at < bytes.length; at++) {
        const changed = bytes.slice()
        changed[at] = (changed[at] as number) ^ 0x41
        const [eager, later] = [simd, deferred].map((codec) => answer(codec, changed, payload))
        // The rules of meaning come before the payload then: another error, but never another verdict.
        if (eager !== later && !(eager?.includes(' at ') && later?.includes(' at '))) {
          different.push(`${id} ${at}: ${eager} | ${later}`)
        }
        tried++
      }
    }
    expect(different).toEqual([])
    expect(tried).toBeGreaterThan(1000)
  })
})
