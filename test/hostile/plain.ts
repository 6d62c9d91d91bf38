/** P8: only plain data comes off the wire, Maps of it, and what says of itself that it is more. */
import { Tagged } from '../../src/index.ts'

const PROTOTYPES: readonly unknown[] = [
  Object.prototype,
  Array.prototype,
  Uint8Array.prototype,
  Map.prototype,
  Tagged.prototype,
  null,
]

/**
 * What is not plain in a value: a class, a cycle, a setter, an inherited `isAdmin`. Null when nothing is. Of long lists
 * the first items are looked at; without recursion, because values may be deep.
 */
export function notPlain(value: unknown): string | null {
  const left: unknown[] = [value]
  let looked = 0
  while (left.length > 0) {
    const item = left.pop()
    if (typeof item === 'function' || typeof item === 'symbol') return `a ${typeof item}`
    if (typeof item !== 'object' || item === null) continue
    // More than any row has in it, unless it leads back to itself.
    if (++looked > 1_000_000) return 'a cycle'
    const prototype: unknown = Object.getPrototypeOf(item)
    if (!PROTOTYPES.includes(prototype))
      return `an instance of ${(item.constructor as { name?: string })?.name}`
    if (prototype === Uint8Array.prototype) continue
    if (!Array.isArray(item) && !Object.hasOwn(item, 'isAdmin') && 'isAdmin' in item)
      return 'an inherited key'
    const all = Array.isArray(item) ? item : item instanceof Map ? [...item].flat() : Object.values(item)
    const items = all.slice(0, 1000)
    for (const each of items) left.push(each)
  }
  return null
}
