/**
 * What the schema can hold: values as the builder takes them, null (or -1) for those that it has no place for. The
 * writer leaves these out, and flatbuffers-losses.ts names them.
 */
import { isMap } from '../../brand.ts'
import { FLAT_ENUMS, FLAT_NESTED, type FlatSlot } from '../../message/flatbuffers-schema.ts'

/** The number of a name in an enumeration; -1 when the enumeration is without it. */
export function enumNumber(type: string, value: unknown): number {
  return typeof value === 'string' ? (FLAT_ENUMS[type] ?? []).indexOf(value) : -1
}

/** The reference peer takes `killnowait` for a mode that it does not know, and leaves it out. */
export function isUnknownToReference(type: string, value: unknown): boolean {
  return value === 'killnowait' && type === 'CancelMode'
}

/** Numbers of the slots that have as many bits. */
const LIMITS: Readonly<Record<string, number>> = { uint16: 2 ** 16, uint32: 2 ** 32, uint64: 2 ** 64 }

/** An integer that is not negative and fits the type, or null. */
export function unsigned(type: string, value: unknown): number | bigint | null {
  if (typeof value !== 'number' && typeof value !== 'bigint') return null
  return value >= 0 && value < (LIMITS[type] as number) ? value : null
}

/** An entry of a dictionary, which may be a Map; undefined when it has none. */
export function entryOf(dictionary: unknown, key: string): unknown {
  if (isMap(dictionary)) return dictionary.get(key)
  return Object.hasOwn(dictionary as object, key) ? (dictionary as Record<string, unknown>)[key] : undefined
}

/** The entries of a dictionary, which may be a Map; one that is undefined is absent. */
export function entriesOf(dictionary: unknown): [string, unknown][] {
  const isKeyed = isMap(dictionary)
  const entries = isKeyed ? [...(dictionary as Map<string, unknown>)] : Object.entries(dictionary as object)
  return entries.filter(([, value]) => value !== undefined)
}

/** The one entry that wamp.Map holds: the first whose value is text or null. */
export function mapEntry(dictionary: unknown): readonly [key: string, value: string | null] | null {
  const keys = isMap(dictionary) ? dictionary.keys() : Object.keys(dictionary as object)
  for (const key of keys as Iterable<string>) {
    const value = entryOf(dictionary, key)
    if (typeof value === 'string' || value === null) return [key, value]
  }
  return null
}

/** The slots of a nested table. */
export function nestedSlots(type: string): readonly FlatSlot[] {
  return FLAT_NESTED[type] ?? []
}
