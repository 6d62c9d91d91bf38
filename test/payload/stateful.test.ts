/**
 * What readers and writers remember from value to value never shows: maps that come alike for hundreds of times at one
 * place, and then differ by one byte of one key, a pair more or less, or their order. Each value is read in every way
 * and compared with what was meant; and each is written as by writers that remember nothing.
 */
import { describe, expect, test } from 'vitest'
import { createCodec, EncodeError, ProtocolError } from '../../src/index.ts'
import { kernelOf } from '../../src/kernel/load.ts'
import { NOT_DIRECT } from '../../src/payload/direct.ts'
import { ARGS, KWARGS } from '../../src/payload/direct-keys.ts'
import type { PayloadFormatName } from '../../src/payload/format-names.ts'
import { FULL } from '../../src/variants/full.ts'
import { type Wire, wireOf } from '../fuzz/wire.ts'
import { directly } from '../support/direct.ts'
import { createRandom, type Random } from '../support/random.ts'
import { sameValue } from '../support/same-value.ts'
import { WIRE_FORMATS, type WireFormat } from '../support/vectors.ts'
import { writeValue } from '../support/write-value.ts'
import { decode, encode, PAYLOAD_FORMATS } from '../unit/payload/formats.ts'

const IS_DEEP = process.env.WAMP_CODEC_DEEP === '1'
const SEED = IS_DEEP ? Math.floor(Math.random() * 2 ** 31) : 20_261_123
const STREAMS = IS_DEEP ? 300 : 5
const VALUES = 80
const TURNS = IS_DEEP ? 200_000 : 2000

const kernel = kernelOf(FULL.kernel.compiled())
const plain = createCodec()
const maps = createCodec({ maps: 'map' })

/** Keys with the same first bytes and of lengths at every edge, and those that objects treat in their own way. */
const STEM = 'abcdefghijklmnopqrstuvwxyz_'.repeat(10)
const KEYS = [
  ...['', 'a', 'é', '漢字', 'a"b', 'a\\b', 'a":', '\u0001', '0', '7', '01', '4294967294', '4294967295'],
  ...['__proto__', 'constructor', 'toString', 'toJSON', 'length'],
  ...[2, 6, 7, 8, 9, 15, 16, 17, 23, 24, 31, 32, 61, 62, 63, 64, 65, 255, 256].flatMap((length) =>
    ['x', 'y'].map((end) => STEM.slice(1, length) + end),
  ),
]

/** Those that readers remember. */
const NAMES = KEYS.filter((key) => /^[b-z]/.test(key) && !(key in Object.prototype) && key.length < 62)

/** Texts around the limits of the parts that strings are cut out of, with what has more than one byte there. */
const LENGTHS = [0, 1, 2, 3, 4, 5, 14, 15, 16, 17, 30, 31, 32, 127, 128, 1008, 1023, 1024]
const ENDS = ['', 'y', 'é', '漢', '"']
const NUMBERS = [0, -0, 1, -1, 0.5, 127, 128, 65536, 2147483648, -2147483648, 9007199254740991, 1e21]
/** Not read directly: of a value that has them nothing is learnt. */
const RARE = [9007199254740992, -9007199254740992]

/** Pairs of maps; a builder has twelve. */
const SIZES = [1, 2, 2, 3, 3, 4, 5, 5, 6, 12, 13]

/** A key of a template, and which values it has. */
const KINDS = ['text', 'number', 'small', 'small', 'small', 'list'] as const
type Field = readonly [key: string, kind: (typeof KINDS)[number] | readonly Field[]]
/** The pairs of a map as they stand on the wire. */
type Pair = readonly [key: string, value: unknown]
class Pairs extends Array<Pair> {}

/** With keys that others of the stream have, or with its own: what follows on a key is remembered once. */
function template(random: Random, depth: number, taken: Set<string> = new Set()): Field[] {
  const isOwn = random.int(0, 2) > 0
  const keys = new Set<string>()
  for (let i = random.pick(SIZES); i > 0; i--) {
    const key = random.pick(isOwn ? NAMES : KEYS)
    keys.add(isOwn && taken.has(key) ? `f${taken.size}` : key)
    for (const each of keys) taken.add(each)
  }
  return Array.from(keys, (key) => [
    key,
    depth > 0 && random.int(0, 4) === 0 ? template(random, depth - 1, taken) : random.pick(KINDS),
  ])
}

function instance(fields: readonly Field[], random: Random): Pairs {
  const pairs: Pair[] = fields.map(([key, kind]) => [
    key,
    typeof kind === 'object' ? instance(kind, random) : scalar(kind, random),
  ])
  if (random.int(1, 500) === 1) spoil(pairs, random)
  return Pairs.from(pairs) as Pairs
}

function scalar(kind: (typeof KINDS)[number], random: Random): unknown {
  if (kind === 'small') return random.pick([random.int(0, 300), null, true, false, `v${random.int(0, 9)}`])
  if (kind === 'text') return 'x'.repeat(random.pick(LENGTHS)) + random.pick(ENDS)
  if (kind === 'number') return random.pick(NUMBERS)
  return Array.from({ length: random.int(0, 4) }, () => random.pick(NUMBERS))
}

/** Makes a map that is not like those before it at its place. */
function spoil(pairs: Pair[], random: Random): void {
  const at = random.int(0, pairs.length - 1)
  const [key, value] = pairs[at] as Pair
  const other = [random.pick(KEYS), random.pick([...NUMBERS, ...RARE])] as const
  const ways = [
    () => pairs.splice(at, 1),
    () => pairs.splice(at, 0, other),
    () => pairs.push([key, 'again']),
    () => pairs.splice(at, 1, [`${key.slice(0, -1)}z`, value]),
    () => pairs.splice(at, 1, [`${key}z`, value]),
    () => pairs.splice(at, 1, [key, Pairs.of(other)]),
    () => pairs.reverse(),
    () => pairs.splice(0),
    () => pairs.push(...Array.from({ length: 70 }, (_, i) => [`more${i}`, i] as const)),
  ]
  random.pick(ways)()
}

/** The value as it should come out. */
function meant(value: unknown): unknown {
  if (!(value instanceof Pairs)) return Array.isArray(value) ? value.map(meant) : value
  const object = {}
  for (const [key, item] of value) {
    const attributes = { writable: true, enumerable: true, configurable: true }
    Object.defineProperty(object, key, { value: meant(item), ...attributes })
  }
  return object
}

function write(format: WireFormat, wire: Wire, value: unknown): Buffer {
  if (typeof value === 'string') return wire.text(value)
  if (Array.isArray(value) && !(value instanceof Pairs))
    return wire.list(value.map((item) => write(format, wire, item)))
  if (value instanceof Pairs)
    return wire.map(Array.from(value, ([key, item]) => [wire.text(key), write(format, wire, item)]))
  if (typeof value === 'number' && Number.isInteger(value) && !Object.is(value, -0) && value !== 1e21)
    return wire.integer(value)
  return Buffer.from(
    typeof value === 'number' ? encode(format, value) : (writeValue(format, value) as Uint8Array),
  )
}

/** Takes liberties with some values only: those in the usual forms are the ones that are guessed. */
function calm(random: Random): Random & { isWild: boolean } {
  const calmed = {
    ...random,
    isWild: false,
    int: (low: number, high: number): number =>
      calmed.isWild && random.int(1, 20) === 1 ? random.int(low, high) : high,
  }
  return calmed
}

function fail(what: string, format: string, bytes: Uint8Array): never {
  return expect.fail(`${what}, ${format}, seed ${SEED} ${Buffer.from(bytes).toString('hex').slice(0, 4000)}`)
}

/** Reads the bytes in every way; false when they are refused, which tags without end are. */
function readsAlike(format: WireFormat, bytes: Uint8Array, random: Random, value: unknown): boolean {
  let careful: unknown
  try {
    careful = decode(format, bytes)
  } catch (error) {
    if (error instanceof ProtocolError) return false
    throw error
  }
  // In draft 12 a typed array of small integers is bytes.
  const expected = format.startsWith('ubjson') ? careful : meant(value)
  if (!sameValue(careful, expected)) fail('decoder', format, bytes)
  if (!sameValue(plain.payload(format).decode(bytes), expected)) fail('codec', format, bytes)
  const root = random.pick([ARGS, KWARGS] as const)
  const direct = directly(kernel, format, bytes, {}, root, random.int(0, 3) === 0)
  if (direct !== NOT_DIRECT && !sameValue(direct, expected)) fail('direct', format, bytes)
  if (random.int(0, 7) > 0) return true
  if (!sameValue(plain.payload(format).view(bytes).toValue(), expected)) fail('view', format, bytes)
  if (!sameValue(asObject(maps.payload(format).decode(bytes)), asObject(expected))) fail('Map', format, bytes)
  for (const other of PAYLOAD_FORMATS) {
    if (writing(other, expected) !== writing(other, asMap(expected)))
      fail(`written as ${other}`, format, bytes)
  }
  return true
}

/** Entries instead of objects and Maps, in the order of their keys. */
function asObject(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asObject)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  const entries = value instanceof Map ? [...value] : Object.entries(value)
  return entries
    .map(([key, item]) => [key, asObject(item)])
    .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))
}

/** Maps are written by ways that remember nothing. */
function asMap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asMap)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return new Map(Object.entries(value).map(([key, item]) => [key, asMap(item)]))
}

/** The bytes in hexadecimal, or the code of the error. */
function writing(
  format: PayloadFormatName,
  value: unknown,
  unrepresentable: 'throw' | 'json' = 'throw',
): string {
  try {
    return Buffer.from(encode(format, value, { unrepresentable })).toString('hex')
  } catch (error) {
    if (error instanceof EncodeError) return error.code
    throw error
  }
}

describe.each(WIRE_FORMATS)('%s', (format) => {
  test(`maps that are alike, and one that is not (seed ${SEED})`, () => {
    const random = createRandom(SEED)
    const liberties = calm(random)
    const wire = wireOf(format, liberties)
    let refused = 0
    for (let stream = 0; stream < STREAMS; stream++) {
      const templates = [template(random, 1), template(random, 1)] as const
      for (let i = 0; i < VALUES; i++) {
        const fields = templates[i % 40 === 39 ? 1 : 0]
        const rows = Array.from({ length: random.pick([1, 20, 40]) }, () => instance(fields, random))
        const value = random.int(0, 2) === 0 ? (rows[0] as Pairs) : rows
        liberties.isWild = random.int(0, 30) === 0
        if (!readsAlike(format, write(format, wire, value), random, value)) refused++
      }
    }
    expect(refused).toBeLessThan((STREAMS * VALUES) / 2)
  })
})

describe.each(PAYLOAD_FORMATS)('%s', (format) => {
  test(`what is written does not tell who wrote before, by which rules (seed ${SEED})`, () => {
    const random = createRandom(SEED)
    const keys = [...KEYS, '\ud800', 'a\udc00', '\ud83d\ude00', '\0', 'a\0', `${STEM.slice(0, 61)}\ud800`]
    for (let i = 0; i < TURNS; i++) {
      const rules = random.pick(['throw', 'json'] as const)
      const value = {
        [random.pick(keys)]: { [random.pick(keys)]: random.pick([1, undefined, NaN, '\ud800', Symbol()]) },
      }
      const inner = Object.entries(value).map(([key, item]) => [key, new Map(Object.entries(item))] as const)
      expect(writing(format, value, rules), rules).toBe(writing(format, new Map(inner), rules))
    }
  })
})
