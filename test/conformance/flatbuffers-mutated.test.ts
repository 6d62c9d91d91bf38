/**
 * Every FlatBuffers frame of the vectors, cut at every byte and with every byte changed in turn, to all 255 other
 * values in deep runs. What flatbuffers-broken.test.ts compares between builds and surroundings, this counts out.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createCodec, type Serializer } from '../../src/index.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import { breakFrame, isDeep } from '../support/broken.ts'
import { HAS_FRAMES, OFFICIAL_FRAMES, REFERENCE_FRAMES } from '../support/flatbuffers-frames.ts'

const wasm = readFileSync(new URL('../../out/wasm/kernel-scalar.wasm', import.meta.url))
const codecs = { simd: createCodec(), scalar: createCodec({ module: new WebAssembly.Module(wasm) }) }

type Build = keyof typeof codecs

const serializerOf = (build: Build, payloadSerializer: PayloadFormatName): Serializer =>
  codecs[build].serializer('flatbuffers', { payloadSerializer })

describe.skipIf(!HAS_FRAMES)('frames that are cut and changed', () => {
  test.each(Object.keys(codecs) as Build[])(
    'changed official frames are read or refused by the %s build',
    (build) => {
      const counts = { read: 0, refused: 0 }
      for (const { id, bytes, payload } of OFFICIAL_FRAMES)
        breakFrame(serializerOf(build, payload), id, bytes, counts)
      expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(1000)
    },
  )

  test.each(Object.keys(codecs) as Build[])(
    'changed frames of the reference peer are read or refused by the %s build',
    (build) => {
      const counts = { read: 0, refused: 0 }
      for (const [i, { id, bytes, payload }] of REFERENCE_FRAMES.entries()) {
        if (isDeep || i % 20 === 0) breakFrame(serializerOf(build, payload), id, bytes, counts)
      }
      expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(1000)
    },
  )
})
