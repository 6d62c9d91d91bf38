/** Equality of plain values, as messages carry them. */
import { isAttached, isBuffer, isBytes, isMap, typedArrayName } from '../brand.ts'
import { KeyIdentities } from '../payload/key-identities.ts'
import { identityOf } from '../payload/map-keys.ts'
import { toJSONOf } from '../payload/to-json.ts'
import { isFloat64, isTagged } from '../payload/values.ts'

/** Containers that are being compared; a pair that is in it already leads back to itself. */
type Open = [a: object, b: object][]

/**
 * Deep equality of what writers see. Numbers compare by value except that NaN equals itself; a `Float64` equals its
 * number, and a BigInt up to 2^53 the number that it is on the wire; maps compare by content, whatever the order of
 * their keys, and so do keys that are no texts; bytes by content. What has a `toJSON` is what that gives. With
 * `isWritten` an entry that is undefined counts as absent, as it does to those who write it. Values that contain
 * themselves are equal when they do it in the same way.
 */
export function equalValues(
  left: unknown,
  right: unknown,
  isWritten: boolean = false,
  open: Open = [],
): boolean {
  const a = written(left)
  const b = written(right)
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true
  if (typeof a === 'bigint') return isExactly(a, b)
  if (typeof b === 'bigint') return isExactly(b, a)
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (isBytes(a) || isBytes(b)) return isBytes(a) && isBytes(b) && equalBytes(a, b)
  if (open.some((pair) => pair[0] === a && pair[1] === b)) return true
  open.push([a, b])
  const isSame = equalParts(a, b, isWritten, open)
  open.pop()
  return isSame
}

function equalParts(a: object, b: object, isWritten: boolean, open: Open): boolean {
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    // Holes, which `every` would pass over, are undefined.
    for (let i = 0; i < a.length; i++) if (!equalValues(a[i], b[i], isWritten, open)) return false
    return true
  }
  if (isTagged(a) || isTagged(b)) {
    if (!isTagged(a) || !isTagged(b)) return false
    const isSame = a.kind === b.kind && BigInt(a.tag) === BigInt(b.tag)
    return isSame && equalValues(a.value, b.value, isWritten, open)
  }
  let entries = entriesOf(a, isWritten)
  let pairs = entriesOf(b, isWritten)
  if (hasObjectKeys(entries) || hasObjectKeys(pairs)) {
    const identities = new KeyIdentities()
    entries = entries.map(([key, entry]) => [identities.of(key), entry])
    pairs = pairs.map(([key, entry]) => [identities.of(key), entry])
  }
  const others = new Map(pairs)
  return (
    entries.length === others.size &&
    entries.every(([key, entry]) => others.has(key) && equalValues(entry, others.get(key), isWritten, open))
  )
}

/** What writers make of a value before they look at what is in it. */
function written(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const isAsked = !ArrayBuffer.isView(value) && !isFloat64(value) && !isTagged(value)
  const toJSON = isAsked ? toJSONOf(value) : null
  return unwrapped(toJSON === null ? value : toJSON.call(value, ''))
}

/** A value without what is around it: buffers, and primitives in objects. */
function unwrapped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isBytes(value)) return value
  if (isFloat64(value)) return value.value
  if (isBuffer(value)) return new Uint8Array(value)
  if (ArrayBuffer.isView(value)) {
    return typedArrayName(value) === undefined ? bytesOf(value) : numbersOf(value as Int8Array)
  }
  const isBoxed = value instanceof Number || value instanceof String || value instanceof Boolean
  return isBoxed || value instanceof BigInt ? value.valueOf() : value
}

/** Its elements; none when its buffer was detached, where an iterator would throw. */
function numbersOf(view: Int8Array): number[] {
  return isAttached(view) ? Array.from(view) : []
}

/** The bytes of a DataView. */
function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** Beyond 2^53 a number is a float, and a BigInt an integer. */
function isExactly(integer: bigint, value: unknown): boolean {
  if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > 2 ** 53) return false
  return BigInt(value) === integer
}

function hasObjectKeys(entries: readonly [unknown, unknown][]): boolean {
  return entries.some(([key]) => typeof key === 'object' && key !== null)
}

/** The entries by what two keys have in common that are the same on the wire. */
function entriesOf(value: object, isWritten: boolean): [unknown, unknown][] {
  const entries: [unknown, unknown][] = isMap(value)
    ? Array.from(value, ([key, entry]) => [identityOf(written(key)), entry])
    : Object.entries(value)
  return isWritten ? entries.filter(([, entry]) => entry !== undefined) : entries
}

/** True when both hold the same bytes. */
function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
