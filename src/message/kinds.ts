/**
 * The check of each attribute kind on JavaScript values: for constructors, setters, `Message.parse`, and for the
 * values of a frame that the kernel leaves to the façade. What the kernel checks itself (assembly/values.ts) obeys
 * the same rules.
 */
import { isMap } from '../brand.ts'
import { isDictionary, toJSONOf } from '../payload/to-json.ts'
import { isId, MAX_ID } from './ids.ts'
import { areFeatures, CLIENT_ROLES, ROUTER_ROLES, type RoleFeatures } from './roles.ts'
import type { Kind } from './table.ts'
import { ENC_ALGOS, ENC_SERIALIZERS, ENUMERATIONS } from './tables/enumerations.ts'
import { isUri } from './uri.ts'

/** An integral number that is not -0, or a BigInt. */
export function isInteger(value: unknown): value is number | bigint {
  return (
    typeof value === 'bigint' ||
    (typeof value === 'number' && Number.isInteger(value) && !Object.is(value, -0))
  )
}

/** An integer that is written as one: beyond 2^53 a BigInt, because a number there becomes a float. */
export function isEncodableInteger(value: unknown): value is number | bigint {
  return isInteger(value) && (typeof value === 'bigint' || (value <= MAX_ID && value >= -MAX_ID))
}

/** A dictionary: an object that is not a list, bytes, or something else that is no dictionary on the wire. */
export function isDict(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  if (Object.getPrototypeOf(value) === Object.prototype) return true
  if (isMap(value)) return [...value.keys()].every((key) => typeof key === 'string')
  return isDictionary(value)
}

function isListOf(check: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => {
    if (!Array.isArray(value)) return false
    // `every` would skip holes, which no format has.
    for (let i = 0; i < value.length; i++) if (!check(value[i])) return false
    return true
  }
}

export const isText = (value: unknown): value is string => typeof value === 'string'
const isOneOf =
  (words: readonly string[]) =>
  (value: unknown): boolean =>
    isText(value) && words.includes(value)

/** Custom values: `x_` alone, or with a letter and at least one of a-z, 0-9 and `_`. */
export function isCustomName(value: unknown): boolean {
  return isText(value) && /^x_(?:[a-z][0-9a-z_]+)?$/.test(value)
}

/**
 * A hop names all three; of authid and authrole undefined stands for null. A session beyond 2^53 is for
 * `validateForwardChain` to judge, and as a number it is not written.
 */
function isHop(value: unknown): boolean {
  if (!isDict(value) || !('authid' in value && 'authrole' in value)) return false
  const { session, authid, authrole } = value
  return isInteger(session) && (authid == null || isText(authid)) && (authrole == null || isText(authrole))
}

/** A dictionary by its entries, also one that is a Map. */
export function plainDict(dict: Record<string, unknown>): Record<string, unknown> {
  return isMap(dict) ? (Object.fromEntries(dict) as Record<string, unknown>) : dict
}

/** The value of an option as messages keep it: in hops, null for undefined. What a `toJSON` says is asked later. */
export function keptOption(kind: Kind, value: unknown): unknown {
  if (kind !== 'hops') return value
  const isWhole = (hop: Hop): boolean => hop.authid !== undefined && hop.authrole !== undefined
  const hops = value as readonly Hop[]
  if (hops.every(isWhole) || toJSONOf(hops) !== null) return value
  return hops.map((hop) => {
    if (isWhole(hop) || toJSONOf(hop) !== null) return hop
    const { session, authid = null, authrole = null } = hop
    return { ...hop, session, authid, authrole }
  })
}

interface Hop {
  readonly session?: unknown
  readonly authid?: string | null
  readonly authrole?: string | null
}

/**
 * The check of a value in a list frame, where peers take less than the classes hold: every hop has its authid and its
 * role, and its session is no float; some payload serializers have no name.
 */
export function isGoodInList(kind: Kind, value: unknown): boolean {
  if (!KINDS[kind].check(value)) return false
  if (kind === 'encSerializer') return !UNLISTED_SERIALIZERS.includes(value)
  return (
    kind !== 'hops' ||
    (value as Hop[]).every(
      ({ session, authid, authrole }) =>
        isEncodableInteger(session) && authid !== undefined && authrole != null,
    )
  )
}

/**
 * Roles: at least one. A known one is a dictionary whose `features`, when there, are a dictionary (roles.ts). What an
 * unknown one holds is not looked at: peers ignore what they do not know.
 */
function isRoles(known: RoleFeatures): (value: unknown) => boolean {
  return (value) => {
    if (!isDict(value)) return false
    const roles = Object.entries(plainDict(value)).filter(([, role]) => role !== undefined)
    if (roles.length === 0) return false
    return roles.every(([name, role]) => {
      if (!Object.hasOwn(known, name)) return true
      if (!isDict(role)) return false
      const { features } = plainDict(role)
      return features === undefined || (isDict(features) && areFeatures(known, name, plainDict(features)))
    })
  }
}

function rolesText(known: RoleFeatures): string {
  return `a dictionary of ${Object.keys(known).join(', ')}`
}

/** One of some words: `exact, prefix or wildcard`. */
function words(all: readonly string[]): KindFacts {
  return { expected: all.join(', ').replace(/, (?=\w+$)/, ' or '), check: isOneOf(all) }
}

/** The kinds of all enumerations. */
function enumerations(): Record<keyof typeof ENUMERATIONS, KindFacts> {
  const kinds = Object.entries(ENUMERATIONS).map(([kind, all]) => [kind, words(all)])
  return Object.fromEntries(kinds)
}

interface KindFacts {
  /** What an error says was expected. */
  readonly expected: string
  check(value: unknown): boolean
}

/** Every kind: its check, and its name in errors. */
export const KINDS: Readonly<Record<Kind, KindFacts>> = {
  id: { expected: 'an id (0 to 2^53)', check: isId },
  int: { expected: 'an integer', check: isEncodableInteger },
  uint: { expected: 'an integer from 0', check: (value) => isEncodableInteger(value) && value >= 0 },
  count: { expected: 'an integer from 1', check: (value) => isEncodableInteger(value) && value >= 1 },
  bool: { expected: 'a boolean', check: (value) => typeof value === 'boolean' },
  text: { expected: 'a string', check: isText },
  textOrNull: { expected: 'a string or null', check: (value) => value === null || isText(value) },
  uri: { expected: 'a URI', check: (value) => isText(value) && isUri(value) },
  dict: { expected: 'a dictionary', check: isDict },
  dictOrNull: { expected: 'a dictionary or null', check: (value) => value === null || isDict(value) },
  ints: { expected: 'a list of integers', check: isListOf(isEncodableInteger) },
  texts: { expected: 'a list of strings', check: isListOf(isText) },
  hops: { expected: 'a list of { session, authid, authrole }', check: isListOf(isHop) },
  clientRoles: { expected: rolesText(CLIENT_ROLES), check: isRoles(CLIENT_ROLES) },
  routerRoles: { expected: rolesText(ROUTER_ROLES), check: isRoles(ROUTER_ROLES) },
  ...enumerations(),
  encAlgo: {
    expected: 'cryptobox, mqtt, xbr or a custom name',
    check: (value) => isOneOf(ENC_ALGOS)(value) || isCustomName(value),
  },
  encKey: { expected: 'a string', check: isText },
  encSerializer: {
    expected: 'a serializer name or a custom name',
    check: (value) => isOneOf(ENC_SERIALIZERS)(value) || isCustomName(value),
  },
}

/** Of ENC_SERIALIZERS: the FlatBuffers schema has numbers, and peers refuse the names in a list. */
const UNLISTED_SERIALIZERS: readonly unknown[] = ['opaque', 'flexbuffers']
