/**
 * Copies of what the classes of messages look at more than once, for lists that are left to them: each getter, `toJSON`
 * and element of the application's is asked once, and what is checked is what is written.
 */
import { isStray } from '../arguments.ts'
import { isMap } from '../brand.ts'
import { saidOf } from '../message/check.ts'
import { isDict, plainDict } from '../message/kinds.ts'
import { HOP_KEYS } from '../message/options.ts'
import type { Kind, MessageTable } from '../message/table.ts'
import { placeOf, TABLES } from '../message/tables.ts'
import { isPlainArray } from '../payload/encode-value.ts'
import { toJSONOf } from '../payload/to-json.ts'

type Dict = Record<string, unknown>

/** Dictionaries inside of roles: a role, and its features. */
const LEVELS_OF_ROLES = 2

/** Puts copies into a list. An unknown message is refused without a look at its options. */
export function putCopies(list: unknown[]): void {
  const [code] = list
  const table = TABLES.find((known) => known.code === code || placeOf(known) === code)
  if (table === undefined) return
  const at = 1 + table.positions.findIndex(({ kind }) => kind.startsWith('options'))
  if (at > 0 && at < list.length) list[at] = copyOfOptions(table, list[at])
  const args = list[1 + table.positions.length]
  // One element may be an opaque payload, which is looked for.
  if (isPlainArray(args) && args.length === 1) list[1 + table.positions.length] = args.slice()
}

/** Options by their own keys, and those of the message's that they inherit; what is no dictionary is refused later. */
function copyOfOptions(table: MessageTable, given: unknown): unknown {
  const said = saidOf(given, '')
  if (!isDict(said)) return said
  const copy: Dict = { ...plainDict(said) }
  const prototype: unknown = Object.getPrototypeOf(said)
  if (prototype !== null && prototype !== Object.prototype && !isMap(said)) {
    const inherit = (name: string): void => {
      if (name in said && !Object.hasOwn(copy, name) && !isStray(said, name)) copy[name] = said[name]
    }
    for (const { key, attribute } of table.options) {
      inherit(key)
      inherit(attribute)
    }
  }
  for (const name of Object.keys(copy)) {
    const value = copy[name]
    if (typeof value !== 'object' || value === null) continue
    const option = table.options.find(({ key, attribute }) => key === name || attribute === name)
    if (option !== undefined) copy[name] = copyOfValue(option.kind, value)
  }
  return copy
}

function copyOfValue(kind: Kind, value: unknown): unknown {
  switch (kind) {
    case 'ints':
    case 'texts':
      return copyOfList(value, (element) => element)
    case 'hops':
      return copyOfList(value, copyOfHop)
    case 'clientRoles':
    case 'routerRoles':
      return copyOfDict(value, LEVELS_OF_ROLES)
    default:
      return value
  }
}

/** The elements up to one that is missing, which is refused: there may be four billion holes behind it. */
function copyOfList(value: unknown, copyOf: (element: unknown) => unknown): unknown {
  if (!Array.isArray(value)) return value
  const copy: unknown[] = []
  for (let i = 0; i < value.length; i++) {
    const element: unknown = value[i]
    copy.push(copyOf(element))
    if (element === undefined) break
  }
  return withToJSON(copy, value)
}

/** A hop with what it inherits. */
function copyOfHop(hop: unknown): unknown {
  if (!isDict(hop) || isMap(hop)) return hop
  const copy: Dict = toJSONOf(hop) === null ? { ...hop } : {}
  for (const key of HOP_KEYS) if (!Object.hasOwn(copy, key) && key in hop) copy[key] = hop[key]
  return withToJSON(copy, hop)
}

/** A dictionary with those inside of it, so many levels deep. */
function copyOfDict(value: unknown, levels: number): unknown {
  if (!isDict(value)) return value
  const copy: Dict = { ...plainDict(value) }
  if (levels > 0) for (const key of Object.keys(copy)) copy[key] = copyOfDict(copy[key], levels - 1)
  return withToJSON(copy, value)
}

/** The copy with the `toJSON` of what it is a copy of, which is asked when it is written. */
function withToJSON(copy: object, given: object): object {
  const toJSON = toJSONOf(given)
  if (toJSON === null) return copy
  const value = (key: string): unknown => toJSON.call(given, key)
  return Object.defineProperty(copy, 'toJSON', { value })
}
