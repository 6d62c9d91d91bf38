/** Every list frame of the reference vectors, cut at every byte and with every byte changed in turn. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createCodec } from '../../src/index.ts'
import { breakFrame, isDeep } from '../support/broken.ts'
import { hasShared, sharedLines } from '../support/shared.ts'
import { serializerOf, unhex, type Vector, WIRE_FORMATS } from '../support/vectors.ts'

const FOLDER = 'vectors/reference'

/** In quick runs every eighth vector: about 75 of each serializer, 280,000 broken frames in all. */
const STEP = isDeep ? 1 : 8

const wasm = readFileSync(new URL('../../out/wasm/kernel-scalar.wasm', import.meta.url))
const codecs = { simd: createCodec(), scalar: createCodec({ module: new WebAssembly.Module(wasm) }) }

describe.skipIf(!hasShared(FOLDER)).each(WIRE_FORMATS)('%s frames that are cut and changed', (format) => {
  const vectors = sharedLines<Vector>(`${FOLDER}/vectors.jsonl`).filter(
    ({ serializer }) => serializer === format,
  )

  test.each(['simd', 'scalar'] as const)('are refused or read, %s build', (build) => {
    const counts = { read: 0, refused: 0 }
    for (let i = 0; i < vectors.length; i += STEP) {
      const { id, hex } = vectors[i] as Vector
      breakFrame(serializerOf(codecs[build], format), id, unhex(hex), counts)
    }
    expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(500)
  })
})
