/** The errors of constructors and setters: wrong use of our own API, so TypeError, except for the rules of WAMP. */
import { nameOf } from '../arguments.ts'
import { InvalidUriError } from '../errors.ts'
import { KINDS } from './kinds.ts'
import type { Kind, MessageTable } from './table.ts'

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
