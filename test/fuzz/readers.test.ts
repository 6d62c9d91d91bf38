/**
 * The readers of CBOR and MsgPack: what the fast one reads, and says of malformed bytes, is what the complete one does,
 * under any rules. `npm run fuzz readers -- --seconds N` runs it for so long on each format.
 */
import { describe, expect, test } from 'vitest'
import { AnyCbor, readCbor } from '../../src/payload/cbor/read.ts'
import { AnyMsgpack, readMsgpack } from '../../src/payload/msgpack/read.ts'
import { createRandom } from '../support/random.ts'
import { type BinaryFormat, differenceOf, inputsOf, type ReadValue, randomRules } from './readers.ts'

const SECONDS = Number(process.env.WAMP_CODEC_DIFFERENTIAL_SECONDS || 0)
const SEED =
  Number(process.env.WAMP_CODEC_FUZZ_SEED) || (SECONDS > 0 ? Math.floor(Math.random() * 2 ** 32) : 20_261_129)
/** Inputs of a format when there is no time given. */
const COUNT = process.env.WAMP_CODEC_DEEP === '1' ? 100_000 : 4000

const READERS: Record<BinaryFormat, { fast: ReadValue; complete: ReadValue }> = {
  cbor: { fast: readCbor, complete: (...given) => new AnyCbor(...given).whole() },
  msgpack: { fast: readMsgpack, complete: (...given) => new AnyMsgpack(...given).whole() },
}

describe('the fast reader is the complete one', () => {
  test.each(['cbor', 'msgpack'] as const)('of %s under any rules', (format) => {
    const random = createRandom(SEED)
    const { fast, complete } = READERS[format]
    const next = inputsOf(format, random)
    const until = Date.now() + SECONDS * 1000
    let inputs = 0
    for (; SECONDS > 0 ? inputs % 64 !== 0 || Date.now() < until : inputs < COUNT; inputs++) {
      expect(differenceOf(next(), randomRules(random), complete, fast), `seed ${SEED}`).toBeNull()
    }
    if (SECONDS > 0) console.log(`readers ${format}: ${inputs} inputs, seed ${SEED}`)
  })
})
