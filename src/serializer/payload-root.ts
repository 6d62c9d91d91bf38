/**
 * What is written for args and kwargs that have a `toJSON`, which may give anything, of which a list and a dictionary
 * are right: peers refuse a message with something else there.
 */
import { isMap } from '../brand.ts'
import { EncodeError } from '../errors.ts'

/** args, or what its `toJSON` gives, which is asked once. Throws EncodeError UNENCODABLE when that is no list. */
export function writtenArgs(args: unknown, format: string): unknown {
  const toJSON = toJSONOf(args)
  if (toJSON === null) return args
  const made = toJSON.call(args, '')
  // A copy is not asked again.
  if (Array.isArray(made)) return Array.from(made)
  throw notA('list', 'args', format)
}

/** kwargs likewise, which must be a dictionary. */
export function writtenKwargs(kwargs: unknown, format: string): unknown {
  const toJSON = toJSONOf(kwargs)
  if (toJSON === null) return kwargs
  const made = toJSON.call(kwargs, '')
  if (isMap(made)) return made
  if (made === kwargs || isPlain(made)) {
    const copy: Record<string, unknown> = { ...(made as object) }
    if (typeof copy.toJSON === 'function') delete copy.toJSON
    return copy
  }
  throw notA('dictionary', 'kwargs', format)
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function toJSONOf(value: unknown): ((key: string) => unknown) | null {
  const { toJSON } = (value ?? {}) as { toJSON?: (key: string) => unknown }
  return typeof toJSON === 'function' ? toJSON : null
}

function notA(kind: string, path: string, format: string): EncodeError {
  const text = `cannot encode ${path} to ${format}: its toJSON gives no ${kind}`
  return new EncodeError('UNENCODABLE', text, { format, path })
}
