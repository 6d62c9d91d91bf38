/**
 * Keys of a Map where text is expected: in formats that have text only, and in views. Integers become their digits, as
 * JavaScript does it; other keys have no text.
 */
import type { ErrorCode } from '../errors.ts'
import { isExactInteger, MAX_EXACT } from './encode-value.ts'
import type { PayloadFormatName } from './format-names.ts'
import { Float64, isFloat64, Tagged } from './values.ts'

/** True for the formats whose maps have keys of any kind. */
export function hasAnyKeys(format: PayloadFormatName): boolean {
  return format === 'cbor' || format === 'msgpack'
}

/** True for a key that is an integer on the wire. */
export function isIntegerKey(key: unknown): key is number | bigint {
  return typeof key === 'bigint' || (typeof key === 'number' && isExactInteger(key))
}

/** What two keys have in common that are the same number: the number, for a BigInt that is exact as one. */
export function identityOf(key: unknown): unknown {
  return typeof key === 'bigint' && key >= -MAX_EXACT && key <= MAX_EXACT ? Number(key) : key
}

/** The number that two keys are, one of them a BigInt; null when there are none. */
export function twinsIn(map: ReadonlyMap<unknown, unknown>, keys: readonly unknown[]): number | null {
  for (const key of keys) {
    const number = identityOf(key)
    if (typeof key === 'bigint' && typeof number === 'number' && map.has(number)) return number
  }
  return null
}

/** The keys as texts; null when one of them has none, or two become the same. */
export function textsOf(keys: readonly unknown[]): string[] | null {
  if (!keys.every((key) => typeof key === 'string' || isIntegerKey(key))) return null
  const texts = keys.map(String)
  return new Set(texts).size === texts.length ? texts : null
}

/** The keys as views list them: an integer is its text, unless that is a key, too, and a float is its number. */
export function namesOf(keys: readonly unknown[]): unknown[] {
  const texts = new Set(keys.filter((key) => typeof key === 'string'))
  return keys.map((key) => {
    if (isIntegerKey(key) && !texts.has(String(key))) return String(key)
    return typeof key === 'object' && key !== null && isFloat64(key) ? key.value : key
  })
}

/** Why keys have no texts. */
export function faultOf(keys: readonly unknown[]): [code: ErrorCode, reason: string] {
  const wrong = keys.findIndex((key) => typeof key !== 'string' && !isIntegerKey(key))
  if (wrong >= 0) return ['KEY_TYPE', `a Map key must be a string or an integer, got ${nameOf(keys[wrong])}`]
  const seen = new Set<string>()
  const twin = keys.map(String).find((text) => seen.size === seen.add(text).size)
  return ['DUPLICATE_KEY', `two Map keys become the text ${JSON.stringify(twin)}`]
}

/** How the path of an error shows a key. */
export function stepOf(key: unknown): string | number {
  if (typeof key === 'string' || typeof key === 'number') return key
  return typeof key === 'bigint' ? String(key) : `<${nameOf(key)}>`
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'number' || value instanceof Float64) return 'a float'
  if (typeof value !== 'object') return `a ${typeof value}`
  if (Array.isArray(value)) return 'a list'
  if (value instanceof Tagged) return 'a Tagged'
  return ArrayBuffer.isView(value) ? 'bytes' : 'a map'
}
