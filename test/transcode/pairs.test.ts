/** The kernel writes what the decoder and the encoder write, for every ordered pair of formats and both builds. */
import { describe, expect, test } from 'vitest'
import { createRandom } from '../support/random.ts'
import { byKernel, encoded, isDeep, oracle, PAIRS, randomValue, scalar, simd } from './support.ts'

/** Values of a pair; they go in lists of a few, so that one that is left to JavaScript takes few along. */
const VALUES = isDeep ? 1_000_000 : 20_000
const IN_A_LIST = 20
const SEED = 4_001

/** FlexBuffers are written in JavaScript, so there is nothing to compare. */
const inKernel = PAIRS.filter(({ to }) => to.name !== 'flexbuffers')

// Lists are made once: making them takes longer than transcoding them.
const random = createRandom(SEED)
const lists = Array.from({ length: VALUES / IN_A_LIST / (isDeep ? 20 : 1) }, () =>
  Array.from({ length: IN_A_LIST }, () => randomValue(random, random.int(0, 9) === 0 ? 2 : 0)),
)

describe(`${VALUES} random values of seed ${SEED}`, () => {
  test.each(inKernel)('$name: as decoded and encoded', ({ from, to }) => {
    let transcoded = 0
    for (const list of lists) {
      const bytes = encoded(from, list)
      const result = byKernel(simd, bytes, from, to)
      const other = byKernel(scalar, bytes, from, to)
      expect(Buffer.compare(other ?? NONE, result ?? NONE), 'scalar and SIMD').toBe(0)
      if (result === null) continue
      transcoded++
      const expected = oracle(bytes, from, to)
      if (Buffer.compare(expected, result) !== 0)
        expect(shown(result, to.name)).toBe(shown(expected, to.name))
    }
    expect(transcoded / lists.length).toBeGreaterThan(0.9)
  })
})

const NONE = new Uint8Array(0)

function shown(bytes: Uint8Array, format: string): string {
  return format === 'json' ? Buffer.from(bytes).toString() : Buffer.from(bytes).toString('hex')
}
