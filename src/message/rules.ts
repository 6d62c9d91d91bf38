/**
 * The rules of WAMP that need more than one attribute. Constructors, `parse` and received frames all ask here; each
 * throws its own kind of error.
 */
import type { MessageTable } from './table.ts'
import { isUri, type UriPattern } from './uri.ts'

/** A rule that is broken: the attribute to look at, and the rule. */
export interface BrokenRule {
  readonly attribute: string
  readonly rule: string
}

/** Gives an attribute's value by its name. */
type Get = (attribute: string) => unknown

/** The rules of each message that has any. */
const RULES: Readonly<Record<string, (get: Get) => BrokenRule | null>> = {
  HELLO(get) {
    if (get('roles') == null) return { attribute: 'roles', rule: 'roles are required' }
    if (get('resume_session') && get('resume_token') == null) {
      return { attribute: 'resume_token', rule: 'resume_session needs resume_token' }
    }
    return null
  },
  WELCOME(get) {
    if (get('roles') == null) return { attribute: 'roles', rule: 'roles are required' }
    // An empty token is not written, so it cannot be read either.
    if (get('resumable') && !get('resume_token')) {
      return { attribute: 'resume_token', rule: 'resumable needs resume_token' }
    }
    return null
  },
  UNSUBSCRIBED: (get) => revocation('subscription', get),
  UNREGISTERED: (get) => revocation('registration', get),
}

/** Messages that are looked at as a whole, whatever their options are: rules across attributes, and patterned URIs. */
export const CHECKED_MESSAGES: readonly string[] = [...Object.keys(RULES), 'SUBSCRIBE', 'REGISTER']

/** True for messages that `brokenRule` has a rule for. */
export function isRuled(table: MessageTable): boolean {
  return Object.hasOwn(RULES, table.name)
}

/** The first rule that the attributes break, or null. */
export function brokenRule(table: MessageTable, get: Get): BrokenRule | null {
  return RULES[table.name]?.(get) ?? null
}

/** A router that revokes on its own names what it revokes, and answers request 0. */
function revocation(attribute: string, get: Get): BrokenRule | null {
  const id = get(attribute)
  if (id == null) return null
  if (get('request') !== 0)
    return { attribute, rule: `${attribute} is only for a revocation, whose request is 0` }
  return id === 0 ? { attribute, rule: `${attribute} must not be 0` } : null
}

/** True for messages of which `match` says how their URI may be patterned. */
export function isPatterned(table: MessageTable): boolean {
  return table.name === 'REGISTER'
}

/** The URI that was right before `match` was changed, or null. */
export function brokenPattern(table: MessageTable, get: Get): BrokenRule | null {
  const uri = isPatterned(table) ? get('procedure') : null
  if (typeof uri !== 'string' || isUri(uri, 'loose', uriPattern(table, get('match')))) return null
  // What a codec with `uri: 'none'` has accepted is no pattern either.
  const isPattern = isUri(uri, 'loose', 'prefix') || isUri(uri, 'loose', 'wildcard')
  return isPattern ? { attribute: 'procedure', rule: `${JSON.stringify(uri)} needs another match` } : null
}

/** How the URI of this message may be patterned. Routers in the field take any pattern on SUBSCRIBE. */
export function uriPattern(table: MessageTable, match: unknown): UriPattern {
  if (table.name === 'SUBSCRIBE') return 'wildcard'
  return isPatterned(table) && (match === 'prefix' || match === 'wildcard') ? match : 'exact'
}
