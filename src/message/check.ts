/** What is wrong with a value, and the errors of constructors, setters and writers. */
import { nameOf } from '../arguments.ts'
import { EncodeError, InvalidUriError } from '../errors.ts'
import { said } from '../payload/to-json.ts'
import { isFloat64 } from '../payload/values.ts'
import { isDict, isEncodableInteger, isInteger, isText, KINDS, plainDict } from './kinds.ts'
import { CLIENT_ROLES, ROUTER_ROLES, type RoleFeatures, wrongFeature } from './roles.ts'
import type { Kind, MessageTable, Option } from './table.ts'

/** What is wrong with a value: a sentence, and the path of the attribute or the part of it. */
export interface Complaint {
  readonly text: string
  readonly path: string
}

/** A part of a value that is not as it must be; its path counts from the value, and is empty for the whole. */
interface Part {
  readonly path: string
  readonly expected: string
  readonly got: string
}

/**
 * The complaint about a value that is not of its kind: *expected a string for forward_for[0].authrole, got null*. It is
 * the same for constructors, `parse` and frames. `isInList` as in `isGoodInList`.
 */
export function complaintOf(kind: Kind, attribute: string, value: unknown, isInList: boolean): Complaint {
  const { path, expected, got } = wrongPart(kind, value, isInList) ?? {
    path: '',
    expected: KINDS[kind].expected,
    got: INTEGERS.includes(kind) ? gotOf(value) : nameOf(value),
  }
  return { text: `expected ${expected} for ${attribute}${path}, got ${got}`, path: attribute + path }
}

const INTEGERS: readonly Kind[] = ['int', 'uint', 'count']

/** The kinds of which `complaintOf` may name a part. */
export function hasParts(kind: Kind): boolean {
  return ['ints', 'texts', 'hops', 'clientRoles', 'routerRoles'].includes(kind)
}

/** Null when it is the whole value that is wrong. */
function wrongPart(kind: Kind, value: unknown, isInList: boolean): Part | null {
  switch (kind) {
    case 'ints':
    case 'texts': {
      const [expected, check] = kind === 'ints' ? ['an integer', isEncodableInteger] : ['a string', isText]
      return wrongElement(value, (element) =>
        check(element) ? null : { path: '', expected, got: gotOf(element) },
      )
    }
    case 'hops':
      return wrongElement(value, (hop) => wrongInHop(hop, isInList))
    case 'clientRoles':
    case 'routerRoles':
      return isDict(value) ? wrongRole(value, kind === 'clientRoles' ? CLIENT_ROLES : ROUTER_ROLES) : null
    default:
      return null
  }
}

function wrongElement(list: unknown, wrongIn: (element: unknown) => Part | null): Part | null {
  if (!Array.isArray(list)) return null
  for (const [i, element] of list.entries()) {
    const part = wrongIn(element)
    if (part !== null) return { ...part, path: `[${i}]${part.path}` }
  }
  return null
}

/** An integral float is no integer, and does not look like one. */
function gotOf(value: unknown): string {
  if (typeof value === 'object' && value !== null && isFloat64(value)) return 'a float'
  return isInteger(value) && !isEncodableInteger(value) ? 'a number beyond 2^53, not a BigInt' : nameOf(value)
}

/** The first key of a hop that is wrong, in their order; then the first one that is missing. */
function wrongInHop(hop: unknown, isInList: boolean): Part | null {
  if (!isDict(hop))
    return { path: '', expected: 'a dictionary of session, authid and authrole', got: nameOf(hop) }
  const expected: Readonly<Record<string, string>> = {
    session: 'an integer',
    authid: 'a string or null',
    authrole: isInList ? 'a string' : 'a string or null',
  }
  for (const [key, value] of Object.entries(hop)) {
    if (!Object.hasOwn(expected, key) || value === undefined) continue
    const isNull = value === null && expected[key] === 'a string or null'
    if (isNull || (key === 'session' ? isEncodableInteger(value) : isText(value))) continue
    return { path: `.${key}`, expected: expected[key] as string, got: gotOf(value) }
  }
  const missing = Object.keys(expected).find((key) => hop[key] === undefined)
  return missing === undefined
    ? null
    : { path: `.${missing}`, expected: expected[missing] as string, got: 'nothing' }
}

function wrongRole(roles: Record<string, unknown>, known: RoleFeatures): Part | null {
  const given = Object.entries(plainDict(roles)).filter(([, role]) => role !== undefined)
  if (given.length === 0) return { path: '', expected: 'at least one role', got: 'an empty dictionary' }
  for (const [name, role] of given) {
    if (!Object.hasOwn(known, name)) continue
    if (!isDict(role)) return { path: `.${name}`, expected: 'a dictionary', got: nameOf(role) }
    const { features } = plainDict(role)
    if (features === undefined) continue
    const path = `.${name}.features`
    if (!isDict(features)) return { path, expected: 'a dictionary', got: nameOf(features) }
    const flags = plainDict(features)
    const feature = wrongFeature(known, name, flags)
    if (feature !== undefined) {
      return { path: `${path}.${feature}`, expected: 'a boolean or null', got: nameOf(flags[feature]) }
    }
  }
  return null
}

/** Throws unless the value is of the kind: InvalidUriError for a URI, TypeError for all else. */
export function checkAttribute(table: MessageTable, attribute: string, kind: Kind, value: unknown): void {
  if (KINDS[kind].check(value)) return
  const text = `${table.name}: ${complaintOf(kind, attribute, value, false).text}`
  if (kind === 'uri' && typeof value === 'string') {
    throw new InvalidUriError('BAD_URI', text, { messageType: table.code, path: attribute })
  }
  throw new TypeError(text)
}

/**
 * The list or dictionary of an option as it is written: the application may have changed it since it was set. A copy as
 * far as it is checked, so that nothing is asked twice. `setHops` is the same for hops. Throws EncodeError UNENCODABLE.
 */
export function checkedCopy({ attribute, kind }: Option, value: object, format: string): unknown {
  let copy = saidOf(value, '')
  if (kind === 'ints' || kind === 'texts') {
    const list = listCopy(copy, kind === 'ints' ? isEncodableInteger : isText)
    if (list.isGood) return list.copy
    copy = list.copy
  } else if (kind === 'clientRoles' || kind === 'routerRoles') {
    copy = dictCopy(copy, 2)
  }
  if (KINDS[kind].check(copy)) return copy
  throw unencodable(attribute, complaintOf(kind, attribute, copy, true).text, format)
}

/** The error for an attribute with what no format can carry. */
export function unencodable(attribute: string, text: string, format: string): EncodeError {
  const details = { format, path: attribute }
  return new EncodeError('UNENCODABLE', `cannot encode ${attribute} to ${format}: ${text}`, details)
}

/** The elements, up to the first wrong one: there may be four billion holes behind it. */
function listCopy(list: unknown, check: (element: unknown) => boolean): { copy: unknown; isGood: boolean } {
  if (!Array.isArray(list)) return { copy: list, isGood: false }
  const copy: unknown[] = []
  for (let i = 0; i < list.length; i++) {
    const element: unknown = list[i]
    copy.push(element)
    if (!check(element)) return { copy, isGood: false }
  }
  return { copy, isGood: true }
}

/** The entries, with those of so many levels of dictionaries inside: of roles, and of their features. */
function dictCopy(value: unknown, levels: number): unknown {
  if (!isDict(value)) return value
  const copy: Record<string, unknown> = { ...plainDict(value) }
  for (const key of Object.keys(copy)) {
    const part = copy[key]
    if (typeof part !== 'object' || part === null) continue
    const sent = saidOf(part, key)
    copy[key] = levels > 0 ? dictCopy(sent, levels - 1) : sent
  }
  return copy
}

/** What is written for a list or dictionary. The `toJSON` of bytes and floats is not asked. */
export function saidOf(value: unknown, key: string): unknown {
  return Array.isArray(value) || isDict(value) ? said(value, key) : value
}
