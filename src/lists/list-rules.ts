/** What a list must be to be called one: `check: 'list'`. And the rules by which its elements are read. */
import { nameOf } from '../arguments.ts'
import { isBytes, isMap } from '../brand.ts'
import { EncodeError, ProtocolError } from '../errors.ts'
import type { Policy } from '../limits.ts'
import { isId } from '../message/ids.ts'
import { isCommon } from '../payload/binary/common-rules.ts'
import type { DecodeRules } from '../payload/decode-value.ts'
import { MAX_ELEMENTS } from '../payload/encode-value.ts'
import { toJSONOf } from '../payload/to-json.ts'
import { Float64, Tagged } from '../payload/values.ts'
import { LIST_PLACES } from './list-places.ts'

export { LIST_PLACES }

/** What the fourth of the digits says. */
const OPTIONAL = 1
const NO_OPTIONS = 2

/** The digits of a message code; NaN when it is none. A key of another type would be asked for its text. */
function digitsOf(code: unknown): number {
  return typeof code === 'number' ? (LIST_PLACES[code] ?? Number.NaN) : Number.NaN
}

/** How many ids come behind a message code; undefined when it is none. */
export function idsOf(code: unknown): number | undefined {
  const digits = digitsOf(code)
  return Number.isNaN(digits) ? undefined : digits % 10
}

function sortOf(code: unknown): number {
  return Math.floor(digitsOf(code) / 1000)
}

/** The place of args, or of what stands for them, in a list that begins with this code; Infinity when it has none. */
export function argsAt(code: unknown): number {
  return Math.floor((digitsOf(code) % 100) / 10) || Number.POSITIVE_INFINITY
}

/** The place of the options or details that a list with this code must have; 0 when there are none. */
export function optionsAt(code: unknown): number {
  return sortOf(code) === OPTIONAL ? 0 : optionsPlace(code)
}

/** The place of options or details that may be missing, too. */
function optionsPlace(code: unknown): number {
  return Math.floor((digitsOf(code) % 1000) / 100) || 0
}

/**
 * Throws ProtocolError BAD_MESSAGE unless the value is a list that begins with a known message code, its ids integers
 * from 0 to 2^53. `work` says what cannot be done then.
 */
export function checkList(value: unknown, work: string, format: string): asserts value is unknown[] {
  const [expected, found] = Array.isArray(value) ? (wrongIn(value) ?? []) : ['a list', value]
  if (expected === undefined) return
  const got = found instanceof Float64 ? 'a float' : nameOf(found)
  throw new ProtocolError('BAD_MESSAGE', `cannot ${work} ${format}: expected ${expected}, got ${got}`, {
    format,
  })
}

/**
 * The elements of a list, each asked once: a plain list, whatever the class of the given one is. Null for what is no
 * list. Throws EncodeError SIZE_LIMIT for one that is too long to be written: it may have billions of holes.
 */
export function elementsOf(list: unknown, format: string): unknown[] | null {
  if (!Array.isArray(list)) return null
  const { length } = list
  if (length > MAX_ELEMENTS) {
    const text = `cannot encode a message to ${format}: an array of ${length} elements is too long`
    throw new EncodeError('SIZE_LIMIT', text, { format })
  }
  const isPlain = Object.getPrototypeOf(list) === Array.prototype
  return isPlain ? list.slice() : Array.from({ length }, (_, i): unknown => list[i])
}

/** What such a list must have, and what it has instead; null when nothing is wrong. */
export function wrongIn(list: readonly unknown[]): [expected: string, found: unknown] | null {
  const ids = idsOf(list[0])
  if (ids === undefined) return ['a known message code', list[0]]
  for (let i = 1; i <= ids; i++) {
    if (!isId(list[i])) return [`an id (0 to 2^53) as element ${i} of message ${list[0]}`, list[i]]
  }
  return null
}

/** Levels around args, and around the values of options, which `maxDepth` does not count. */
const LEVELS_AROUND_ARGS = 1
const LEVELS_AROUND_OPTION = 2

/** Ids may be as long as they are, whatever `maxBigIntBytes` says of integers in values. */
const ID_BYTES = 8

/** The rules under which a list is encoded as a whole. */
export function writeRules(policy: Policy): Policy {
  return { ...policy, maxDepth: policy.maxDepth + LEVELS_AROUND_ARGS }
}

/** The rules for the elements of a list. */
interface ElementRules {
  /** For options: plain data, whatever the policy says of args and kwargs. */
  readonly options: DecodeRules
  /** For ids and texts: the same. */
  readonly others: DecodeRules
  /** For args and kwargs. Bytes are as the policy wants them everywhere. */
  readonly values: DecodeRules
}

function elementRules(policy: Policy): ElementRules {
  const options: DecodeRules = {
    ...policy,
    maxDepth: policy.maxDepth + LEVELS_AROUND_OPTION,
    integers: 'auto',
    maps: 'object',
    tags: 'plain',
    undefineds: policy.peers === 'lenient' ? 'absent' : 'null',
  }
  const others = policy.maxBigIntBytes < ID_BYTES ? { ...options, maxBigIntBytes: ID_BYTES } : options
  return { options, others, values: writeRules(policy) }
}

/** The rules under which a list whose head was checked is decoded as a whole. */
export function listRules(policy: Policy): DecodeRules {
  const { values } = elementRules(policy)
  // Keys of options that come twice were refused already; deeper ones messages do not look at either.
  const { options, others } = elementRules({ ...policy, duplicateKeys: 'last' })
  return {
    ...others,
    elements: (before) => {
      if (before.length >= argsAt(before[0])) return values
      return before.length === optionsPlace(before[0]) ? options : others
    },
  }
}

/**
 * The same for a list in a format of which nothing was checked. `keys` says whether a key of options may come twice;
 * `extra` is no options.
 */
export function uncheckedRules(policy: Policy, keys: 'last' | 'refuse'): DecodeRules {
  const { options, others, values } = elementRules(policy)
  // Floats are no ids, also integral ones.
  const ids: DecodeRules = policy.peers === 'lenient' ? others : { ...others, floats: 'exact' }
  const own: DecodeRules = keys === 'refuse' ? { ...options, duplicateKeys: 'refuse' } : options
  return {
    ...others,
    elements: (before) => {
      const [code] = before
      if (before.length <= (idsOf(code) ?? 0)) return ids
      if (before.length >= argsAt(code)) return values
      if (before.length !== optionsPlace(code)) return others
      return sortOf(code) === NO_OPTIONS ? options : own
    },
  }
}

/** True when floats that are exact may stand in the head of a list: numbers in options that are to be plain. */
export function hasFloats(list: readonly unknown[]): boolean {
  const end = Math.min(list.length, argsAt(list[0]))
  for (let i = 1; i < end; i++) if (isWithFloats(list[i])) return true
  return false
}

function isWithFloats(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || isBytes(value)) return false
  if (value instanceof Float64) return true
  for (const key in value) if (isWithFloats((value as Record<string, unknown>)[key])) return true
  return false
}

/**
 * `listRules` with floats in the head that can be told from integers; null unless all rules are common. The kernel,
 * which has the last word, counts less of the head.
 */
export function commonRules(policy: Policy): DecodeRules | null {
  const { elements: _, ...head } = listRules(policy)
  const values: DecodeRules = writeRules(policy)
  if (!isCommon(head) || !isCommon(values) || policy.maxBigIntBytes < ID_BYTES) return null
  const exact: DecodeRules = { ...head, floats: 'exact' }
  return { ...exact, elements: (before) => (before.length >= argsAt(before[0]) ? values : exact) }
}

/** True for a list that has args, or whatever its message may have in their place. */
export function hasPayload(list: readonly unknown[]): boolean {
  return list.length > argsAt(list[0])
}

/**
 * A list without the tags around it, its args and its kwargs: they are a list and a dictionary, whatever tags stand
 * before them. Extensions and simple values are no tags.
 */
export function untag(value: unknown): unknown {
  const list = content(value)
  if (Array.isArray(list)) for (let i = argsAt(list[0]); i < list.length; i++) list[i] = content(list[i])
  return list
}

/** What the tags around a value are about. */
function content(value: unknown): unknown {
  while (value instanceof Tagged && value.kind === 'tag') value = value.value
  return value
}

/** The list with what `undefined` says: nothing at the end, else no options, no args, or null. */
export function withoutUndefined(list: readonly unknown[]): readonly unknown[] {
  if (!list.includes(undefined)) return list
  const options = optionsAt(list[0])
  const args = argsAt(list[0])
  let { length } = list
  while (length > options + 1 && list[length - 1] === undefined) length--
  return Array.from({ length }, (_, i) => {
    if (list[i] !== undefined) return list[i]
    if (i === options) return {}
    return i === args ? [] : null
  })
}

const CANCEL = 49
const INTERRUPT = 69

/** A list as lenient codecs read and write it: an empty mode is none. Options are copied: each is asked once. */
export function withoutEmptyMode(list: readonly unknown[]): readonly unknown[] {
  if (list[0] !== CANCEL && list[0] !== INTERRUPT) return list
  const given = list[2]
  const prototype: unknown = given == null ? undefined : Object.getPrototypeOf(given)
  const isCopied = (prototype === null || prototype === Object.prototype) && toJSONOf(given) === null
  const asked = isCopied ? { ...(given as object) } : given
  const { mode, ...others } = (isMap(asked) ? { mode: asked.get('mode') } : (asked ?? {})) as {
    mode?: unknown
  }
  if (mode !== '' && !isCopied) return list
  const left = isMap(asked) ? new Map([...asked].filter(([key]) => key !== 'mode')) : others
  return list.map((element, i) => (i !== 2 ? element : mode === '' ? left : asked))
}

/** Stands for the list in the paths of errors. */
export const ROOT = 'list'

/** A place in a list, by the name that it has in a message. */
interface Place {
  readonly name: string
  readonly isOption: boolean
}

/** The place at a path in a list with this code; null for one that is not in the list. */
export function placeAt(code: unknown, path: string | null): Place | null {
  if (path?.startsWith(`${ROOT}[`) !== true) return null
  const [, index = '', rest = ''] = /^\[(\d+)\](.*)$/s.exec(path.slice(ROOT.length)) ?? []
  const beyond = Number(index) - argsAt(code)
  if (beyond === 0 || beyond === 1)
    return { name: (beyond === 0 ? 'args' : 'kwargs') + rest, isOption: false }
  if (rest === '' || Number(index) !== optionsPlace(code))
    return { name: `[${index}]${rest}`, isOption: false }
  // An option is named by its key.
  return { name: rest.startsWith('.') ? rest.slice(1) : rest, isOption: true }
}

/** The error of a value at a place, which it names, in a list of this code that may have so many levels. */
export function errorAt(
  { code, format, path, message }: EncodeError,
  place: Place,
  of: unknown,
  levels: number,
): EncodeError {
  const renamed = message.replace(path ?? '', () => place.name)
  // The list is a level more, and so are options.
  const around = place.isOption ? LEVELS_AROUND_OPTION : LEVELS_AROUND_ARGS
  const text = code === 'DEPTH_LIMIT' ? renamed.replace(/\d+$/, String(levels - around)) : renamed
  return new EncodeError(code, text, { format, path: place.name, messageType: of as number })
}
