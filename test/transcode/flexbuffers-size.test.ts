/**
 * FlexBuffers that name one text very often: what JavaScript has to transcode, because the kernel cannot, is as limited
 * as what the kernel does itself. 160 KB to FlexBuffers took 25 s before.
 */
import { expect, test } from 'vitest'
import { createCodec } from '../../src/index.ts'
import { crowded } from '../support/flexbuffers-hostile.ts'

test.each(['json', 'cbor', 'ubjson', 'flexbuffers'] as const)(
  'a text that is named 30,000 times, to %s',
  (to) => {
    const bytes = crowded(300_000, 5, 149_996, false)
    const started = performance.now()
    expect(() => createCodec().transcode(bytes, { from: 'flexbuffers', to })).toThrow(
      expect.objectContaining({ code: 'SIZE_LIMIT', format: 'flexbuffers', offset: 0 }),
    )
    // A kill limit, not a claim: it takes some 20 ms.
    expect(performance.now() - started).toBeLessThan(5000)
  },
)
