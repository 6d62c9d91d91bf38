/** Random values of an application: every kind, and above all those at the edges of the formats. */
import { Float64 } from '../../../src/index.ts'
import type { Random } from '../../support/random.ts'

const INTEGERS = [
  0,
  1,
  -1,
  23,
  24,
  31,
  32,
  -32,
  -33,
  127,
  128,
  -128,
  -129,
  255,
  256,
  32767,
  32768,
  65535,
  65536,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  2 ** 32 - 1,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
]

const BIGINTS = [
  0n,
  -1n,
  7n,
  2n ** 31n,
  2n ** 53n,
  2n ** 53n + 1n,
  -(2n ** 53n) - 1n,
  2n ** 63n - 1n,
  2n ** 63n,
  -(2n ** 63n),
  -(2n ** 63n) - 1n,
  2n ** 64n - 1n,
  2n ** 64n,
  -(2n ** 64n),
  10n ** 19n,
  10n ** 20n,
  2n ** 130n,
  -(2n ** 200n) + 1n,
]

const FLOATS = [
  0.5,
  -1.5,
  0.1,
  1e-7,
  1.25e22,
  1e300,
  5e-324,
  -5e-324,
  2 ** -1022,
  2 ** -1023,
  2.225073858507201e-308,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  1e21,
  -1e23,
  3.4028234663852886e38,
  1.401298464324817e-45,
  65504.5,
]

/** What only some formats have. */
const RARE_FLOATS = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0]

const TEXTS = [
  '',
  'a',
  '\0',
  '\0AAEC',
  '\0*',
  'a\0b',
  '"\\/',
  'é',
  '€',
  '😀',
  '\ufeff',
  '\u2028',
  'com.example',
  '__proto__',
  '-0',
  '\x7f\x80',
  '1',
  'null',
  '\u0001\u001f',
  'ÿ'.repeat(40),
  'ключ',
  'x'.repeat(31),
  'x'.repeat(32),
  'x'.repeat(255),
  'y'.repeat(256),
  '日本'.repeat(60),
]

const KEYS = [
  'a',
  'b',
  'c',
  'id',
  'name',
  'value',
  '',
  '0',
  '7',
  '10',
  '4294967294',
  '-1',
  '01',
  '__proto__',
  'constructor',
  'toJSON',
  'then',
  'ключ',
  'é',
  'a b',
  '"',
  '\\',
  '\u0001',
  'x_y',
  '_z',
  'session',
  'args',
  'k'.repeat(33),
  '😀',
  '€uro',
]

/** Sets a property that may be called `__proto__`. */
export function setOwn(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
}

/** A key, rarely one that begins with NUL. */
function randomKey(random: Random): string {
  const kind = random.int(0, 39)
  if (kind === 0) return '\0'
  return kind < 4 ? random.text(12) : random.pick(KEYS)
}

/** A number, mostly an integer at the edge of an encoding. */
function randomNumber(random: Random): unknown {
  switch (random.int(0, 7)) {
    case 0:
    case 1:
      return random.pick(INTEGERS)
    case 2:
      return random.int(-70_000, 70_000)
    case 3:
      return random.pick(FLOATS)
    case 4:
      return random.float()
    case 5:
      return random.pick(BIGINTS)
    case 6:
      return new Float64(random.pick([1, 0, -7, 2 ** 31, 2 ** 53, 2 ** 60, -1e20, 0.25, 5e-324]))
    default:
      return random.int(0, 2) === 0 ? random.pick(RARE_FLOATS) : random.pick([2 ** 63, -(2 ** 64), 1e20])
  }
}

/** Text: mostly short, sometimes of a thousand characters. */
export function randomText(random: Random): string {
  const kind = random.int(0, 29)
  if (kind === 0) return random.text(10).repeat(random.int(1, 120))
  return kind < 10 ? random.text(random.pick([3, 12, 40])) : random.pick(TEXTS)
}

function randomBytes(random: Random): Uint8Array {
  return random.int(0, 30) === 0 ? random.bytes(3000) : random.bytes(random.pick([0, 1, 8, 40, 300]))
}

/** Any value, nested up to `depth`. */
export function randomValue(random: Random, depth: number): unknown {
  switch (random.int(0, depth > 0 ? 13 : 8)) {
    case 0:
      return random.pick([null, true, false])
    case 1:
    case 2:
    case 3:
      return randomNumber(random)
    case 4:
    case 5:
    case 6:
      return randomText(random)
    case 7:
      return randomBytes(random)
    case 8:
      return random.pick([[], {}, new Map(), '', new Uint8Array(0)])
    case 9:
      return random.int(0, 12) === 0 ? nested(random) : randomList(random, depth)
    case 10:
    case 11:
      return randomList(random, depth)
    case 12:
      return random.int(0, 3) === 0
        ? new Map(Object.entries(randomDict(random, depth)))
        : randomDict(random, depth)
    default:
      return randomDict(random, depth)
  }
}

/** A list, rarely of many numbers. */
export function randomList(random: Random, depth: number): unknown[] {
  const kind = random.int(0, 24)
  if (kind === 0) {
    const item = random.pick(INTEGERS)
    return Array.from({ length: random.int(1, 300) }, (_, i) => item + (i % 3) * random.pick([0, 1]))
  }
  return Array.from({ length: random.int(0, kind < 3 ? 20 : 4) }, () => randomValue(random, depth - 1))
}

/** A dictionary, rarely of many keys. */
export function randomDict(random: Random, depth: number): Record<string, unknown> {
  const isLarge = random.int(0, 39) === 0
  const dict: Record<string, unknown> = {}
  for (let i = random.int(0, isLarge ? 80 : 4); i > 0; i--) {
    const key = isLarge ? `key${random.int(0, 10_000)}` : randomKey(random)
    setOwn(dict, key, randomValue(random, isLarge ? 0 : depth - 1))
  }
  return dict
}

/** One value many levels deep. */
function nested(random: Random): unknown {
  let value = randomValue(random, 0)
  for (let i = random.int(5, 60); i > 0; i--) value = random.int(0, 1) === 0 ? [value] : { k: value }
  return value
}
