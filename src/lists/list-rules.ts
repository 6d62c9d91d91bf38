/** What a list must be to be called one: `check: 'list'`. And the rules by which its elements are read. */
import { nameOf } from '../arguments.ts'
import { ProtocolError } from '../errors.ts'
import type { Policy } from '../limits.ts'
import { isId } from '../message/ids.ts'
import { isCommon } from '../payload/binary/common-rules.ts'
import type { DecodeRules } from '../payload/decode-value.ts'
import { Tagged } from '../payload/values.ts'
import { LIST_PLACES } from './list-places.ts'

export { LIST_PLACES }

/** The digits of a message code; 0 when it is none. A key of another type would be asked for its text. */
function digitsOf(code: unknown): number {
  return typeof code === 'number' ? (LIST_PLACES[code] ?? 0) : 0
}

/** How many ids come behind a message code; undefined when it is none. */
export function idsOf(code: unknown): number | undefined {
  const digits = digitsOf(code)
  return digits > 0 ? digits % 10 : undefined
}

/** The place of args, or of what stands for them, in a list that begins with this code; Infinity when it has none. */
export function argsAt(code: unknown): number {
  return Math.floor((digitsOf(code) % 100) / 10) || Number.POSITIVE_INFINITY
}

/** The place of the options or details that a list with this code must have; 0 when there are none. */
export function optionsAt(code: unknown): number {
  return Math.floor(digitsOf(code) / 100)
}

/**
 * Throws ProtocolError BAD_MESSAGE unless the value is a list that begins with a known message code, its ids integers
 * from 0 to 2^53. `work` says what cannot be done then.
 */
export function checkList(value: unknown, work: string, format: string): asserts value is unknown[] {
  const refusal = (expected: string, got: unknown): ProtocolError => {
    const text = `cannot ${work} ${format}: expected ${expected}, got ${nameOf(got)}`
    return new ProtocolError('BAD_MESSAGE', text, { format })
  }
  if (!Array.isArray(value)) throw refusal('a list', value)
  const ids = idsOf(value[0])
  if (ids === undefined) throw refusal('a known message code', value[0])
  for (let i = 1; i <= ids; i++) {
    if (!isId(value[i])) throw refusal(`an id (0 to 2^53) as element ${i} of message ${value[0]}`, value[i])
  }
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

/**
 * The rules under which a list is decoded as a whole: ids and options are plain data, whatever the policy says of
 * args and kwargs; bytes are as the policy wants them everywhere.
 */
export function listRules(policy: Policy): DecodeRules {
  const options: DecodeRules = {
    ...policy,
    maxDepth: policy.maxDepth + LEVELS_AROUND_OPTION,
    integers: 'auto',
    maps: 'object',
    tags: 'plain',
    undefineds: policy.peers === 'lenient' ? 'absent' : 'null',
  }
  const ids = policy.maxBigIntBytes < ID_BYTES ? { ...options, maxBigIntBytes: ID_BYTES } : options
  const values: DecodeRules = writeRules(policy)
  return {
    ...ids,
    elements: (before) => {
      if (before.length >= argsAt(before[0])) return values
      return before.length === optionsAt(before[0]) ? options : ids
    },
  }
}

/**
 * The same with floats in the head that can be told from integers; null unless all rules are common. The kernel, which
 * has the last word, counts less of the head.
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

/** A list as lenient codecs read and write it: an empty mode is none. */
export function withoutEmptyMode(list: readonly unknown[]): readonly unknown[] {
  if (list[0] !== CANCEL && list[0] !== INTERRUPT) return list
  const options = list[2] as { mode?: unknown } | null | undefined
  if (options?.mode !== '') return list
  const { mode: _, ...others } = options
  return list.map((element, i) => (i === 2 ? others : element))
}
