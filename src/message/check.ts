/** The errors of constructors and setters: wrong use of our own API, so TypeError, except for the rules of WAMP. */
import { InvalidUriError } from '../errors.ts'
import { KINDS } from './kinds.ts'
import type { Kind, MessageTable } from './table.ts'

/** What a value is, in words for an error. */
export function nameOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (ArrayBuffer.isView(value)) return 'bytes'
  switch (typeof value) {
    case 'string':
      return value.length > 40 ? 'a string' : JSON.stringify(value)
    case 'number':
    case 'boolean':
      return String(value)
    case 'bigint':
      return `${value}n`
    case 'object':
      return 'a dictionary'
    case 'undefined':
      return 'undefined'
    default:
      return `a ${typeof value}`
  }
}

/** Throws unless the value is of the kind: InvalidUriError for a URI, TypeError for all else. */
export function checkAttribute(table: MessageTable, attribute: string, kind: Kind, value: unknown): void {
  const facts = KINDS[kind]
  if (facts.check(value)) return
  const text = `${table.name}: expected ${facts.expected} for ${attribute}, got ${nameOf(value)}`
  if (kind === 'uri' && typeof value === 'string') {
    throw new InvalidUriError('BAD_URI', text, { messageType: table.code, path: attribute })
  }
  throw new TypeError(text)
}
