/**
 * The check of each attribute kind on JavaScript values: for constructors, setters, `Message.parse`, and for the
 * values of a frame that the kernel leaves to the façade. What the kernel checks itself (assembly/values.ts) obeys
 * the same rules.
 */
import type { Kind } from './table.ts'
import { isUri } from './uri.ts'

/** The largest WAMP id, 2^53. */
export const MAX_ID: number = 2 ** 53

/** An id: an integer from 0 to 2^53. */
export function isId(value: unknown): value is number {
  return (
    typeof value === 'number' &&
    value >= 0 &&
    value <= MAX_ID &&
    Number.isInteger(value) &&
    !Object.is(value, -0)
  )
}

/** An integer as the wire has it: a BigInt beyond 2^53. */
export function isInteger(value: unknown): value is number | bigint {
  return (
    typeof value === 'bigint' ||
    (typeof value === 'number' && Number.isInteger(value) && !Object.is(value, -0))
  )
}

/** A dictionary: an object that is not a list, bytes, or something with a life of its own. */
export function isDict(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value))
    return false
  return value instanceof Map ? [...value.keys()].every((key) => typeof key === 'string') : true
}

function isListOf(check: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every(check)
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isOneOf =
  (...words: string[]) =>
  (value: unknown): boolean =>
    isText(value) && words.includes(value)

/** Custom values: `x_` alone, or with a letter and at least one of a-z, 0-9 and `_`. */
export function isCustomName(value: unknown): boolean {
  return isText(value) && /^x_(?:[a-z][0-9a-z_]+)?$/.test(value)
}

function isHop(value: unknown): boolean {
  if (!isDict(value)) return false
  const { session, authid, authrole } = value
  return isInteger(session) && (authid === null || isText(authid)) && (authrole === null || isText(authrole))
}

const CLIENT_ROLES = ['publisher', 'subscriber', 'caller', 'callee']
const ROUTER_ROLES = ['broker', 'dealer']

/** Roles: known names only, each a dictionary whose `features`, when there, are a dictionary of booleans. */
function isRoles(names: readonly string[]): (value: unknown) => boolean {
  return (value) => {
    if (!isDict(value)) return false
    const roles = Object.entries(value)
    if (roles.length === 0) return false
    return roles.every(([name, role]) => {
      if (!names.includes(name) || !isDict(role)) return false
      const { features } = role
      if (features === undefined) return true
      return (
        isDict(features) &&
        // Features that are somebody's own may be whatever they like.
        Object.entries(features).every(
          ([key, feature]) => feature === null || typeof feature === 'boolean' || /^x?_/.test(key),
        )
      )
    })
  }
}

interface KindFacts {
  /** What an error says was expected. */
  readonly expected: string
  check(value: unknown): boolean
}

/** Every kind: its check, and its name in errors. */
export const KINDS: Readonly<Record<Kind, KindFacts>> = {
  id: { expected: 'an id, 0 to 2^53', check: isId },
  int: { expected: 'an integer', check: isInteger },
  uint: { expected: 'an integer from 0', check: (value) => isInteger(value) && value >= 0 },
  count: { expected: 'an integer from 1', check: (value) => isInteger(value) && value >= 1 },
  bool: { expected: 'a boolean', check: (value) => typeof value === 'boolean' },
  text: { expected: 'a string', check: isText },
  textOrNull: { expected: 'a string or null', check: (value) => value === null || isText(value) },
  uri: { expected: 'a URI', check: (value) => isText(value) && isUri(value) },
  dict: { expected: 'a dictionary', check: isDict },
  dictOrNull: { expected: 'a dictionary or null', check: (value) => value === null || isDict(value) },
  ints: { expected: 'a list of integers', check: isListOf(isInteger) },
  texts: { expected: 'a list of strings', check: isListOf(isText) },
  hops: { expected: 'a list of { session, authid, authrole }', check: isListOf(isHop) },
  clientRoles: { expected: `a dictionary of ${CLIENT_ROLES.join(', ')}`, check: isRoles(CLIENT_ROLES) },
  routerRoles: { expected: `a dictionary of ${ROUTER_ROLES.join(', ')}`, check: isRoles(ROUTER_ROLES) },
  match: { expected: 'exact, prefix or wildcard', check: isOneOf('exact', 'prefix', 'wildcard') },
  invoke: {
    expected: 'single, first, last, roundrobin or random',
    check: isOneOf('single', 'first', 'last', 'roundrobin', 'random'),
  },
  cancelMode: { expected: 'skip, kill or killnowait', check: isOneOf('skip', 'kill', 'killnowait') },
  interruptMode: { expected: 'kill or killnowait', check: isOneOf('kill', 'killnowait') },
  encAlgo: {
    expected: 'cryptobox, mqtt, xbr or a custom name',
    check: (value) => isOneOf('cryptobox', 'mqtt', 'xbr')(value) || isCustomName(value),
  },
  encKey: { expected: 'a string', check: isText },
  encSerializer: {
    expected: 'a serializer name or a custom name',
    check: (value) => isOneOf(...ENC_SERIALIZERS)(value) || isCustomName(value),
  },
}

const ENC_SERIALIZERS = ['json', 'msgpack', 'cbor', 'ubjson', 'flatbuffers']
