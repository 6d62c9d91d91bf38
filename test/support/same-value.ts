/** Equality of decoded values, as strict as it can be. */
import { Tagged } from '../../src/index.ts'

/** True when both are the same plain data: types, -0, NaN, prototypes, and the order of keys. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return Object.is(a, b)
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
  if (a instanceof Uint8Array) return Buffer.compare(a, b as Uint8Array) === 0
  if (a instanceof Tagged && a.kind !== (b as Tagged).kind) return false
  if (a instanceof Map) return sameValue([...a].flat(), [...(b as Map<unknown, unknown>)].flat())
  if (Array.isArray(a)) {
    return a.length === (b as unknown[]).length && a.every((item, i) => sameValue(item, (b as unknown[])[i]))
  }
  const keys = Object.keys(a)
  const others = Object.keys(b)
  return (
    keys.length === others.length &&
    keys.every(
      (key, i) =>
        key === others[i] &&
        sameValue((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  )
}
