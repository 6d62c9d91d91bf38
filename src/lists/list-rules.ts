/** What a list must be to be called one: `check: 'list'`. And the rules by which its elements are read. */
import { nameOf } from '../arguments.ts'
import { ProtocolError } from '../errors.ts'
import type { Policy } from '../limits.ts'
import { isId } from '../message/ids.ts'
import type { DecodeRules } from '../payload/decode-value.ts'
import { Tagged } from '../payload/values.ts'

/** What stands where in the list of a message: how many ids come behind its code, and where args may stand. */
interface ListForm {
  readonly ids: number
  /** Args, or opaque bytes; 0 when the message has no payload. */
  readonly args: number
}

const form = (ids: number, args: number = 0): ListForm => ({ ids, args })

const RECEIVED = /* @__PURE__ */ form(1)

/** The forms by message codes. A test holds them against the message tables, which are too large for this. */
export const LIST_FORMS: Readonly<Record<number, ListForm>> = /* @__PURE__ */ (() => ({
  1: form(0),
  2: form(1),
  3: form(0, 3),
  4: form(0),
  5: form(0),
  6: form(0),
  // The first one is the code of a request.
  8: form(2, 5),
  16: form(1, 4),
  17: form(2),
  32: form(1),
  33: form(2),
  34: form(2),
  35: form(1),
  36: form(2, 4),
  37: RECEIVED,
  48: form(1, 4),
  49: form(1),
  50: form(1, 3),
  64: form(1),
  65: form(2),
  66: form(2),
  67: form(1),
  68: form(2, 4),
  69: form(1),
  70: form(1, 3),
  337: RECEIVED,
}))()

function formOf(code: unknown): ListForm | undefined {
  return typeof code === 'number' ? LIST_FORMS[code] : undefined
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
  const known = formOf(value[0])
  if (known === undefined) throw refusal('a known message code', value[0])
  for (let i = 1; i <= known.ids; i++) {
    if (!isId(value[i])) throw refusal(`an id (0 to 2^53) as element ${i} of message ${value[0]}`, value[i])
  }
}

/** Levels around args, and around the values of options, which `maxDepth` does not count. */
const LEVELS_AROUND_ARGS = 1
const LEVELS_AROUND_OPTION = 2

/**
 * The rules under which a list is decoded as a whole: ids and options are plain data, whatever the policy says of
 * args and kwargs; bytes are as the policy wants them everywhere.
 */
export function listRules(policy: Policy): DecodeRules {
  const maxDepth = policy.maxDepth + LEVELS_AROUND_OPTION
  const head: DecodeRules = {
    ...policy,
    maxDepth,
    integers: 'auto',
    maps: 'object',
    tags: 'plain',
    duplicateKeys: 'last',
    undefineds: policy.peers === 'lenient' ? 'absent' : 'null',
  }
  const values: DecodeRules = { ...policy, maxDepth: policy.maxDepth + LEVELS_AROUND_ARGS }
  return {
    ...head,
    elements(before) {
      const args = formOf(before[0])?.args ?? 0
      return args > 0 && before.length >= args ? values : head
    },
  }
}

/** True for a list that has args, or whatever its message may have in their place. */
export function hasPayload(list: readonly unknown[]): boolean {
  const args = formOf(list[0])?.args ?? 0
  return args > 0 && list.length > args
}

/** Takes off the tags around args and kwargs: they are a list and a dictionary, whatever stands before them. */
export function untag(list: unknown[]): unknown[] {
  const args = formOf(list[0])?.args ?? 0
  for (let i = args; args > 0 && i < list.length; i++) {
    for (let value = list[i]; value instanceof Tagged; value = value.value) list[i] = value.value
  }
  return list
}

/** A list without undefined: at the end nothing stands for it, in place of options a dictionary, elsewhere null. */
export function withoutUndefined(list: readonly unknown[]): readonly unknown[] {
  let { length } = list
  while (length > 0 && list[length - 1] === undefined) length--
  if (length === list.length && !list.includes(undefined)) return list
  const ids = formOf(list[0])?.ids ?? 0
  const options = ids > 0 ? ids + 1 : -1
  return list.slice(0, length).map((value, i) => (value === undefined ? (i === options ? {} : null) : value))
}
