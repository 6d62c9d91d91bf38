/**
 * What the `toJSON` of a list or dictionary says, for those that are looked at before they are written. It is asked
 * once: what it gives is copied without a `toJSON`, which writers would ask again.
 */
import { isMap, tagOf } from '../brand.ts'
import { EncodeError } from '../errors.ts'
import { MAX_ELEMENTS } from './encode-value.ts'
import { hiddenIn } from './hidden.ts'
import { isFloat64, isTagged } from './values.ts'

/** What is written for a list or dictionary: itself, or a copy of what its `toJSON` gives. Null is null. */
export function said(value: unknown, key: string): unknown {
  const toJSON = toJSONOf(value)
  if (toJSON === null) return value
  const made = toJSON.call(value, key)
  // One without a `toJSON` needs no copy; writers refuse what is too long before they look at it.
  if (Array.isArray(made)) return toJSONOf(made) === null ? made : copyOf(made)
  if (isMap(made)) return new Map(made)
  return isDictionary(made) ? entriesOf(made, value) : made
}

/** Its elements, up to more than any writer takes: there may be four billion holes. */
function copyOf(list: readonly unknown[]): unknown[] {
  const copy: unknown[] = []
  copy.length = list.length
  if (list.length <= MAX_ELEMENTS) for (let i = 0; i < list.length; i++) if (i in list) copy[i] = list[i]
  return copy
}

/** args, or what its `toJSON` gives. Throws EncodeError UNENCODABLE when that is no list. */
export function writtenArgs(args: unknown, format: string): unknown {
  const made = said(args, '')
  if (made === args || Array.isArray(made)) return made
  throw notA('list', 'args', format)
}

/**
 * kwargs likewise, which must be a dictionary: peers refuse a message with something else there. KEY_TYPE for a Map,
 * given or changed since, with a key that is not a string.
 */
export function writtenKwargs(kwargs: unknown, format: string): unknown {
  const made = said(kwargs, '')
  if (isMap(made)) {
    if (hasTextKeys(made)) return made
    const text = `cannot encode kwargs to ${format}: its keys must be strings`
    throw new EncodeError('KEY_TYPE', text, { format, path: 'kwargs' })
  }
  if (made === kwargs || isDictionary(made)) return made
  throw notA('dictionary', 'kwargs', format)
}

/** Asked of the Map itself: a subclass may answer anything. */
function hasTextKeys(map: Map<unknown, unknown>): boolean {
  let areTexts = true
  Map.prototype.forEach.call(map, (_, key) => {
    areTexts &&= typeof key === 'string'
  })
  return areTexts
}

/** The own entries of a dictionary, without a `toJSON`: that of `asked` is known to be one. */
export function entriesOf(dict: object, asked: unknown): Record<string, unknown> {
  const entries: [string, unknown][] = []
  for (const key of Object.keys(dict)) {
    if (key === 'toJSON' && dict === asked) continue
    const value = (dict as Readonly<Record<string, unknown>>)[key]
    if (key !== 'toJSON' || typeof value !== 'function') entries.push([key, value])
  }
  return Object.fromEntries(entries)
}

/** The `toJSON` of a value; null when it has none. */
export function toJSONOf(value: unknown): ((key: string) => unknown) | null {
  const { toJSON } = (value ?? {}) as { toJSON?: (key: string) => unknown }
  return typeof toJSON === 'function' ? toJSON : null
}

/** Whether it is written by its own entries, whatever its class. */
export function isDictionary(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || tagOf.call(value) !== '[object Object]') return false
  return !isFloat64(value) && !isTagged(value) && hiddenIn(value) === undefined
}

function notA(kind: string, path: string, format: string): EncodeError {
  const text = `cannot encode ${path} to ${format}: its toJSON gives no ${kind}`
  return new EncodeError('UNENCODABLE', text, { format, path })
}
