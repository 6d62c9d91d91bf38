/**
 * Which lists keep all rules of messages, told from their values by the message tables: what is common. Everything
 * else, all that is wrong among it, is left to the classes of messages and to the kernel, which have the last word.
 */
import { EVENT_RECEIVED_FLAT_CODE } from '../kernel/abi.ts'
import { isId } from '../message/ids.ts'
import { isGoodInList } from '../message/kinds.ts'
import { isRuled } from '../message/rules.ts'
import {
  ENC_ALGO,
  type MessageTable,
  type Option,
  type Position,
  PPT_KEYID,
  REQUEST_TYPES,
} from '../message/table.ts'
import { EVENT_RECEIVED } from '../message/tables/pubsub.ts'
import { TABLES } from '../message/tables.ts'
import { isPlainUri } from '../message/uri.ts'
import { isPlainObject } from '../payload/encode-value.ts'

/** An option, and its place in the order in which options are written. */
interface PlannedOption {
  readonly option: Option
  readonly rank: number
}

/** What the writer needs of a table. */
export interface ListPlan {
  readonly table: MessageTable
  /** Elements of the list, without those of the payload: at least, and at most. */
  readonly least: number
  readonly most: number
  /** Elements that the payload may add. */
  readonly payload: 0 | 2
  /** The options by their keys, all but those that are left to the messages. */
  readonly options: ReadonlyMap<string, PlannedOption>
  /** The places of the ids, which come first, or behind the type of a request. */
  readonly firstId: number
  readonly lastId: number
  /** The places of the options and of the URI; 0 when there is none. */
  readonly at: number
  readonly uri: number
  /** Whether an option may say how the URI is patterned. */
  readonly isPatterned: boolean
}

const plans: (ListPlan | undefined)[] = []

/** The plan of a message's lists; undefined for an unknown code and for what is left to the classes. */
export function planOf(code: unknown): ListPlan | undefined {
  if (plans.length === 0) for (const table of TABLES) addPlan(table)
  return typeof code === 'number' ? plans[code] : undefined
}

/** True for the usual positions; ids come first in all messages. */
function isUsual({ kind }: Position, i: number): boolean {
  if (kind === 'requestType') return i === 0
  return kind === 'id' || kind === 'uri' || kind.startsWith('options')
}

/** Messages of the start and the end of a session come once: they are left to their classes. */
function addPlan(table: MessageTable): void {
  const { code, positions } = table
  if (
    !positions.every(isUsual) ||
    table.payload === 'args' ||
    table.options.some(({ key }) => key === 'roles')
  )
    return
  const options = new Map<string, PlannedOption>()
  for (const [field, option] of table.options.entries()) {
    if (option.kind === 'hops' || isOpaque(table, field) || isRuled(table)) continue
    options.set(option.key, { option, rank: table.writeOrder.indexOf(field) })
  }
  const most = 1 + positions.length
  const kinds = positions.map(({ kind }) => kind)
  const plan: ListPlan = {
    table,
    least: kinds.at(-1) === 'options?' ? most - 1 : most,
    most,
    payload: table.payload === 'none' ? 0 : 2,
    options,
    firstId: kinds[0] === 'requestType' ? 2 : 1,
    lastId: 1 + kinds.lastIndexOf('id'),
    at: 1 + kinds.findIndex((kind) => kind === 'options' || kind === 'options?'),
    uri: 1 + kinds.indexOf('uri'),
    isPatterned: options.has('match'),
  }
  plans[code] = plan
  if (table === EVENT_RECEIVED) plans[EVENT_RECEIVED_FLAT_CODE] = plan
}

/** True for the options that describe an opaque payload. */
function isOpaque({ category }: MessageTable, field: number): boolean {
  return category === 4 && field >= ENC_ALGO && field <= PPT_KEYID
}

/** Whether the elements in front of options and payload are as the table wants them; the URI is not looked at. */
export function hasGoodIds(plan: ListPlan, list: readonly unknown[]): boolean {
  const { firstId, lastId, least, most, payload } = plan
  if (list.length < least || list.length > most + payload) return false
  for (let i = firstId; i <= lastId; i++) if (!isId(list[i])) return false
  return firstId === 1 || REQUEST_TYPES.includes(list[1] as number)
}

/** True for a list that was read and keeps all rules, whatever the policy is; false for one that needs the fallback. */
export function isGoodList(list: readonly unknown[]): boolean {
  const plan = planOf(list[0])
  if (plan === undefined || !hasGoodIds(plan, list)) return false
  const { at, uri, most } = plan
  if (at > 0 && at < list.length && !areGoodOptions(plan, list[at])) return false
  if (uri > 0 && !isGoodUri(list[uri])) return false
  if (list.length <= most) return true
  const kwargs = list[most + 1]
  return Array.isArray(list[most]) && (list.length === most + 1 || isMapping(kwargs))
}

function isMapping(value: unknown): boolean {
  return typeof value === 'object' && value !== null && isPlainObject(value)
}

function isGoodUri(value: unknown): boolean {
  return typeof value === 'string' && isPlainUri(value)
}

function areGoodOptions({ options }: ListPlan, given: unknown): boolean {
  if (!isMapping(given)) return false
  for (const key in given as object) {
    const kind = options.get(key)?.option.kind
    const value = (given as Record<string, unknown>)[key]
    if (kind === undefined || !(kind === 'uri' ? isGoodUri(value) : isGoodInList(kind, value))) return false
  }
  return true
}
