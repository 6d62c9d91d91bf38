/**
 * The plain model of a value: what a JavaScript value is on the wire, which format refuses it, and what a reader must
 * give for it. Nothing here looks at the code that is tested.
 */
import { Float64 } from '../../../src/index.ts'

/** A float on the wire. Integers are numbers up to 2^53 and BigInt beyond. */
export class Flt {
  readonly value: number
  /** True when nobody can say whether the integral float is an integer by now. */
  readonly isSoft: boolean

  constructor(value: number, isSoft: boolean = false) {
    this.value = value
    this.isSoft = isSoft
  }
}

/** A value on the wire. A map keeps the order of its keys. */
export type Plain =
  | null
  | boolean
  | string
  | number
  | bigint
  | Flt
  | Uint8Array
  | readonly Plain[]
  | ReadonlyMap<string, Plain>

/** The payload formats. */
export type Format = 'json' | 'msgpack' | 'cbor' | 'ubjson' | 'ubjson-draft12' | 'flexbuffers'

export const FORMATS: readonly Format[] = [
  'json',
  'msgpack',
  'cbor',
  'ubjson',
  'ubjson-draft12',
  'flexbuffers',
]

/** How a codec was told to read values. */
export interface ReadRules {
  readonly integers: 'auto' | 'number' | 'bigint'
  readonly maps: 'object' | 'map'
}

/** How options and details are read, whatever the codec was told. */
export const ATTRIBUTE_RULES: ReadRules = { integers: 'auto', maps: 'object' }

const MAX_EXACT = 2 ** 53

/** True for an array in the model: type guards of arrays forget `readonly`. */
export function isList(value: unknown): value is readonly Plain[] {
  return Array.isArray(value)
}

function integer(value: bigint): Plain {
  return value >= -BigInt(MAX_EXACT) && value <= BigInt(MAX_EXACT) ? Number(value) : value
}

/** What a value of the application is on the wire. */
export function plainOf(value: unknown): Plain {
  if (typeof value === 'number') {
    const isInteger = Number.isInteger(value) && Math.abs(value) <= MAX_EXACT && !Object.is(value, -0)
    return isInteger ? value : new Flt(value)
  }
  if (typeof value === 'bigint') return integer(value)
  if (value === null || typeof value !== 'object') return value as Plain
  if (value instanceof Float64) return new Flt(value.value)
  if (value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map(plainOf)
  const entries = value instanceof Map ? [...value] : Object.entries(value)
  return new Map(entries.filter(([, item]) => item !== undefined).map(([key, item]) => [key, plainOf(item)]))
}

/** Why a format has no form for the value, or null. */
export function lackOf(value: Plain, format: Format): string | null {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return null
  if (typeof value === 'string') return format === 'json' && value.startsWith('\0') ? 'NUL text' : null
  if (typeof value === 'bigint') return isTooLong(value, format) ? 'more than 64 bits' : null
  if (value instanceof Flt) {
    const isRefused = (format === 'json' || format === 'ubjson-draft12') && !Number.isFinite(value.value)
    return isRefused ? 'not finite' : null
  }
  if (value instanceof Uint8Array) return null
  if (isList(value)) {
    for (const item of value) {
      const lack = lackOf(item, format)
      if (lack !== null) return lack
    }
    return null
  }
  for (const [key, item] of value) {
    if (format === 'flexbuffers' && key.includes('\0')) return 'a key with NUL'
    const lack = lackOf(item, format)
    if (lack !== null) return lack
  }
  return null
}

function isTooLong(value: bigint, format: Format): boolean {
  if (format !== 'msgpack' && format !== 'flexbuffers') return false
  return value >= 2n ** 64n || value < -(2n ** 63n)
}

/** What arrives of a value that the format has a form for: FlexBuffers sort the keys of maps. */
export function arrivedIn(value: Plain, format: Format): Plain {
  return format === 'flexbuffers' ? sorted(value) : value
}

function sorted(value: Plain): Plain {
  if (isList(value)) return value.map(sorted)
  if (!(value instanceof Map)) return value
  const entries = [...(value as ReadonlyMap<string, Plain>)].map(
    ([key, item]) => [key, sorted(item)] as const,
  )
  return new Map(entries.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))))
}

/** The same value, where it is open whether integral floats are still floats. */
export function softened(value: Plain): Plain {
  if (value instanceof Flt) return new Flt(value.value, isSmallInteger(value.value))
  if (isList(value)) return value.map(softened)
  if (!(value instanceof Map)) return value
  const entries = [...(value as ReadonlyMap<string, Plain>)]
  return new Map(entries.map(([key, item]) => [key, softened(item)]))
}

function isSmallInteger(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= MAX_EXACT && !Object.is(value, -0)
}

/** The JavaScript value that a reader gives. */
export function readAs(value: Plain, rules: ReadRules): unknown {
  if (typeof value === 'number') return rules.integers === 'bigint' ? BigInt(value) : value
  if (typeof value === 'bigint') return rules.integers === 'number' ? Number(value) : value
  if (value instanceof Flt) return value.value
  if (isList(value)) return value.map((item) => readAs(item, rules))
  if (!(value instanceof Map)) return value
  const entries = [...(value as ReadonlyMap<string, Plain>)]
  const read = entries.map(([key, item]) => [key, readAs(item, rules)] as const)
  return rules.maps === 'map' ? new Map(read) : Object.fromEntries(read)
}

/** The value after it was read by the rules and is written again. */
export function reread(value: Plain, rules: ReadRules): Plain {
  return plainOf(readAs(value, rules))
}

/** True when `got` is what a reader must give for the value: type, order of keys, sign of zero, prototype. */
export function isReadAs(got: unknown, value: Plain, rules: ReadRules): boolean {
  if (typeof value === 'number') return got === (rules.integers === 'bigint' ? BigInt(value) : value)
  if (typeof value === 'bigint') return got === (rules.integers === 'number' ? Number(value) : value)
  if (value === null || typeof value !== 'object') return got === value
  if (value instanceof Flt) {
    if (Object.is(got, value.value)) return true
    return value.isSoft && typeof got === 'bigint' && Number(got) === value.value
  }
  if (typeof got !== 'object' || got === null) return false
  if (value instanceof Uint8Array) return isSameBytes(got, value)
  if (isList(value)) {
    if (!Array.isArray(got) || got.length !== value.length) return false
    return value.every((item, i) => isReadAs(got[i], item, rules))
  }
  return rules.maps === 'map' ? isReadAsMap(got, value, rules) : isReadAsObject(got, value, rules)
}

function isSameBytes(got: object, value: Uint8Array): boolean {
  if (!(got instanceof Uint8Array) || got.constructor !== Uint8Array) return false
  return Buffer.compare(got, value) === 0
}

function isReadAsMap(got: object, value: ReadonlyMap<string, Plain>, rules: ReadRules): boolean {
  if (!(got instanceof Map) || got.size !== value.size) return false
  const keys = got.keys()
  for (const [key, item] of value) {
    if (keys.next().value !== key || !isReadAs(got.get(key), item, rules)) return false
  }
  return true
}

function isReadAsObject(got: object, value: ReadonlyMap<string, Plain>, rules: ReadRules): boolean {
  if (Object.getPrototypeOf(got) !== Object.prototype) return false
  const keys = Object.keys(got)
  const wanted = [...value.keys()]
  if (keys.length !== wanted.length) return false
  // JavaScript puts keys that are array indexes first.
  const order = wanted.some((key) => /^\d+$/.test(key)) ? Object.keys(Object.fromEntries(value)) : wanted
  return order.every((key, i) => {
    const own = Object.getOwnPropertyDescriptor(got, key)?.value
    return keys[i] === key && isReadAs(own, value.get(key) as Plain, rules)
  })
}

/** True for the same value on the wire, in the same order. */
export function isSamePlain(a: Plain, b: Plain): boolean {
  if (a instanceof Flt || b instanceof Flt) {
    const [x, y] = [a, b].map((side) => (side instanceof Flt ? side.value : side))
    const isSoft = (a instanceof Flt && a.isSoft) || (b instanceof Flt && b.isSoft)
    return Object.is(x, y) && (isSoft || (a instanceof Flt && b instanceof Flt))
  }
  if (a === b || a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b
  if (a instanceof Uint8Array) return b instanceof Uint8Array && Buffer.compare(a, b) === 0
  if (isList(a))
    return isList(b) && a.length === b.length && a.every((item, i) => isSamePlain(item, b[i] as Plain))
  if (!(a instanceof Map) || !(b instanceof Map) || a.size !== b.size) return false
  const keys = b.keys()
  return [...(a as ReadonlyMap<string, Plain>)].every(
    ([key, item]) => keys.next().value === key && isSamePlain(item, b.get(key) as Plain),
  )
}
