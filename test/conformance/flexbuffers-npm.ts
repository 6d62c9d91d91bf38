/**
 * The flexbuffers of the npm package flatbuffers, as an oracle: what it writes and reads, where it is right. Its faults
 * are a list, and a test holds each row against the package, so that a row goes when the package is repaired.
 */
import { encode as npmEncode, toObject } from 'flatbuffers/js/flexbuffers.js'
import type { Random } from '../support/random.ts'

export function writtenByNpm(value: unknown): Uint8Array {
  return npmEncode(value)
}

/** The value that the package reads. It takes an ArrayBuffer: a copy of exactly the bytes. */
export function readByNpm(bytes: Uint8Array): unknown {
  return toObject(bytes.slice().buffer as ArrayBuffer)
}

/** What the package gets wrong: a value, and what reading what it has written itself gives, or the error. */
export const NPM_FAULTS: readonly [what: string, value: unknown, outcome: unknown][] = [
  ['NaN is read as null', Number.NaN, null],
  ['-0 is written as the integer 0', -0, 0],
  ['a typed vector is read beyond the end', [1, 2, 3, 4, 5], RangeError],
  ['text of more than 255 bytes in a vector of strings is not found', ['x'.repeat(300), 'y'], RangeError],
  ['a vector of 64 bits is not read', [0.1, null, 0.1], TypeError],
  [
    'a float that 32 bits hold is written with 32 bits into a slot of 64',
    [0.5, 0.1],
    [5.222099017e-315, 0.1],
  ],
  ['an integral float beyond 64 bits is written as their rest', 1e300, 0n],
  ['2^63 is written as a negative number', 2n ** 63n, -(2n ** 63n)],
  ['a view of a part is written as the whole buffer', new Uint8Array(4).subarray(1, 2), new Uint8Array(4)],
]

/** What the package reads otherwise than we have written it. */
export const NPM_READS: readonly [what: string, value: unknown, outcome: unknown][] = [
  ['NaN is read as null', [Number.NaN], [null]],
  ['-0 is read as null', [-0], [null]],
  ['__proto__ becomes the prototype', new Map([['__proto__', 1]]), {}],
  ['U+FEFF at the start of a text is dropped', ['\ufeffa'], ['a']],
]

/** A value that the package reads as it is; integers of 64 bits are BigInt or Number as it likes (`sameForNpm`). */
export function valueReadByNpm(random: Random, depth: number): unknown {
  return without(random.value(depth, { bytes: true, bigints: true }))
}

/** Changes what is in the lists above to null. */
function without(value: unknown): unknown {
  if (typeof value === 'string') return withoutMark(value)
  if (typeof value === 'number') return Number.isNaN(value) || Object.is(value, -0) ? null : value
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map(without)
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      key === '__proto__' ? [] : [[withoutMark(key), without(item)]],
    ),
  )
}

const withoutMark = (text: string): string => text.replace(/^\ufeff+/, '')

/** A value that the package writes as it is, whether it can read it or not. */
export function valueWrittenByNpm(random: Random, depth: number): unknown {
  switch (random.int(0, depth > 0 ? 9 : 6)) {
    case 0:
      return random.pick([null, true, false])
    case 1:
      return random.int(-300, 300)
    case 2:
      return random.pick([1, -1]) * random.int(0, 2 ** 53)
    case 3:
      // Never one that 32 bits hold.
      return random.int(-1000, 1000) + 0.1
    case 4:
      return random.bytes(300)
    case 5:
    case 6:
      return withoutMark(random.text(random.pick([5, 40, 300])))
    case 7:
      return Array.from({ length: random.int(0, 12) }, () => valueWrittenByNpm(random, depth - 1))
    case 8: {
      const kind = random.int(0, 3)
      const item = [
        () => random.int(-128, 70_000),
        () => withoutMark(random.text(300)),
        () => random.int(-9, 9) + 0.1,
        () => random.int(0, 1) === 1,
      ]
      return Array.from({ length: random.int(0, 9) }, item[kind] as () => unknown)
    }
    default: {
      const keys = Array.from({ length: random.int(0, 12) }, () => random.text(random.pick([1, 8])))
      return Object.fromEntries(keys.map((key) => [`k${key}`, valueWrittenByNpm(random, depth - 1)]))
    }
  }
}

/** The value with numbers for BigInt, bytes as text, -0 as 0. */
export function sameForNpm(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`
  if (Array.isArray(value)) return value.map(sameForNpm)
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sameForNpm(item)]))
}
