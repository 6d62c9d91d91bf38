/**
 * Inputs for the readers of CBOR and MsgPack, and rules to read them by; whatever reads them must give the same value,
 * or the same error with the same text.
 */
import { ProtocolError } from '../../src/errors.ts'
import { FORMATS } from '../../src/formats/full.ts'
import { DEFAULT_POLICY } from '../../src/limits.ts'
import { listRules } from '../../src/lists/list-rules.ts'
import type { DecodeRules } from '../../src/payload/decode-value.ts'
import type { Random } from '../support/random.ts'
import { sameValue } from '../support/same-value.ts'
import { hex } from '../support/vectors.ts'
import { encoded } from '../transcode/support.ts'
import { mutated, randomFrame } from './frames.ts'
import { POLICIES } from './policies.ts'
import { frameOfSeed, readSeeds } from './seeds.ts'
import { randomKey, randomValue, wireOf } from './wire.ts'

/** The formats. */
export type BinaryFormat = 'cbor' | 'msgpack'

/** Reads the value that fills a range of bytes. */
export type ReadValue = (bytes: Uint8Array, start: number, end: number, rules: DecodeRules) => unknown

/** Makes inputs of a format. */
export function inputsOf(format: BinaryFormat, random: Random): () => Uint8Array {
  const seeds = readSeeds(format).map(frameOfSeed)
  const wire = wireOf(format, random)
  const valid = (): Uint8Array => {
    switch (random.int(0, 6)) {
      case 0:
        return random.pick(seeds)
      case 1:
        return randomFrame(format, random)
      case 2:
        return randomValue(wire, random, 5)
      case 3:
        return wire.map(
          Array.from({ length: random.int(0, 30) }, () => [
            randomKey(wire, random),
            randomValue(wire, random, 2),
          ]),
        )
      default:
        return encoded(FORMATS[format], records(random))
    }
  }
  return () => {
    const bytes = random.int(0, 400) === 0 ? encoded(FORMATS[format], large(random)) : valid()
    switch (random.int(0, 3)) {
      case 0:
        return mutated(bytes, valid(), format, random)
      case 1:
        return random.int(0, 5) === 0 ? bytes.slice(0, random.int(0, bytes.length)) : bytes
      default:
        return bytes
    }
  }
}

const NAMES = [
  'id',
  'name',
  'value',
  'a rather long name of a key',
  'größe',
  'x',
  '7',
  '12ab',
  'constructor',
  '__proto__',
]

/** Records as applications send them: the same names, names that come now and then, and names that never come again. */
function records(random: Random): unknown {
  const name = (): string =>
    random.int(0, 9) === 0 ? `${random.text(3)}${random.int(0, 1e9)}` : random.pick(NAMES)
  const value = (depth: number): unknown => {
    switch (random.int(0, depth > 0 ? 8 : 5)) {
      case 0:
        return random.int(-70_000, 70_000)
      case 1:
        return random.text(random.pick([3, 20, 300]))
      case 2:
        return 'ascii text '.repeat(random.int(0, 30)).slice(random.int(0, 10))
      case 3:
        return random.float()
      case 4:
        return random.pick([true, false, null, 2 ** 53, -(2 ** 40), 2n ** 63n, random.bytes(30)])
      case 5:
        return Array.from({ length: random.int(0, 6) }, () => random.float())
      case 6:
        return Array.from({ length: random.int(0, 6) }, () => value(depth - 1))
      default:
        return Object.fromEntries(
          Array.from({ length: random.pick([1, 3, 5, 5, 80]) }, () => [
            name(),
            value(depth > 2 ? 1 : depth - 1),
          ]),
        )
    }
  }
  return random.int(0, 2) === 0
    ? [36, 1, 2, {}, [value(2)], Object.fromEntries(NAMES.map((key) => [key, value(1)]))]
    : value(3)
}

/** Values of which not all is before a reader at once. */
function large(random: Random): unknown {
  const texts = ['x'.repeat(random.int(0, 90_000)), 'ü'.repeat(random.int(0, 40_000)), random.bytes(300)]
  return Array.from({ length: random.int(1, 12) }, () => [
    random.pick(texts),
    Array.from({ length: random.int(0, 3000) }, (_, i) => random.pick([i, `key ${i}`, -i * 1e9, 0.1])),
    Object.fromEntries(
      Array.from({ length: random.int(0, 300) }, (_, i) => [`${random.pick(NAMES)}${i}`, i]),
    ),
  ])
}

/** Any rules under which values are read. */
export function randomRules(random: Random): DecodeRules {
  const policy = { ...DEFAULT_POLICY, ...(random.int(0, 2) === 0 ? random.pick(POLICIES) : {}) }
  if (random.int(0, 9) === 0) policy.peers = 'lenient'
  if (random.int(0, 9) === 0) policy.maxDepth = random.int(1, 6)
  if (random.int(0, 9) === 0) policy.maxNodes = random.int(1, 60)
  if (random.int(0, 3) === 0) return listRules(policy)
  const floats = random.int(0, 9) === 0 ? ({ floats: 'exact' } as const) : {}
  const undefineds = random.int(0, 9) === 0 ? ({ undefineds: 'absent' } as const) : {}
  return { ...policy, ...floats, ...undefineds }
}

/** What differs between two readers of these bytes, in words; null for nothing. */
export function differenceOf(
  bytes: Uint8Array,
  rules: DecodeRules,
  one: ReadValue,
  other: ReadValue,
): string | null {
  const left = resultOf(one, bytes, 0, bytes.length, rules)
  const padded = new Uint8Array(bytes.length + 40).fill(0x61)
  padded.set(bytes, 3)
  for (const right of [
    resultOf(other, bytes, 0, bytes.length, rules),
    resultOf(other, padded, 3, 3 + bytes.length, rules),
  ]) {
    if (left.said !== right.said)
      return `${left.said ?? 'a value'} / ${right.said ?? 'a value'}: ${hex(bytes)}`
    if (!sameValue(left.value, right.value)) return `another value: ${hex(bytes)}`
  }
  return null
}

function resultOf(
  read: ReadValue,
  bytes: Uint8Array,
  start: number,
  end: number,
  rules: DecodeRules,
): { value: unknown; said: string | null } {
  try {
    return { value: read(bytes, start, end, rules), said: null }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    const text = error.message.replace(/\(byte (\d+)\)/, (_, byte) => `(byte ${Number(byte) - start})`)
    return { value: null, said: `${error.code} ${(error.offset as number) - start} ${text}` }
  }
}
