/**
 * List -> bytes, without a message between: what is common is checked against the message tables, and written in one
 * pass as the value that it is. Everything else, all that is wrong among it, is left to `Message.parse` and the writer
 * of messages, which give the same bytes.
 */

import { EncodeError } from '../errors.ts'
import { FORMAT_JSON } from '../kernel/abi.ts'
import type { Policy } from '../limits.ts'
import { isId } from '../message/ids.ts'
import { isGoodInList } from '../message/kinds.ts'
import { isWrittenBy } from '../message/options.ts'
import { isRuled, uriPattern } from '../message/rules.ts'
import {
  ENC_ALGO,
  FORWARD_FOR,
  type MessageTable,
  type Option,
  PPT_KEYID,
  REQUEST_TYPES,
} from '../message/table.ts'
import { EVENT_RECEIVED } from '../message/tables/pubsub.ts'
import { TABLES } from '../message/tables.ts'
import { isPlainUri, isUri } from '../message/uri.ts'
import { isPlainArray, isPlainObject, MAX_RECURSION } from '../payload/encode-value.ts'
import type { ValueFormat } from '../payload/format.ts'
import type { Output } from '../payload/output.ts'
import { writeRules } from './list-rules.ts'

/** An option, and its place in the order in which options are written. */
interface PlannedOption {
  readonly option: Option
  readonly rank: number
}

/** What the writer needs of a table. */
interface ListPlan {
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

type Options = Record<string, unknown>

const NO_OPTIONS: Options = {}

/** Stands for the list in the paths of errors. */
const ROOT = 'list'

const owns = Object.prototype.hasOwnProperty

const plans: (ListPlan | undefined)[] = []

function planOf(code: unknown): ListPlan | undefined {
  if (plans.length === 0) for (const table of TABLES) addPlan(table)
  return typeof code === 'number' ? plans[code] : undefined
}

/** Messages of the start and the end of a session come once: they are left to their classes. */
function addPlan(table: MessageTable): void {
  const { code, positions } = table
  const hasText = positions.some(({ kind }) => kind === 'dict' || kind === 'text')
  if (hasText || table.payload === 'args' || table.options.some(({ key }) => key === 'roles')) return
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
  if (table === EVENT_RECEIVED) plans[37] = plan
}

/** True for the options that describe an opaque payload. */
function isOpaque({ category }: MessageTable, field: number): boolean {
  return category === 4 && field >= ENC_ALGO && field <= PPT_KEYID && field !== FORWARD_FOR
}

/** Writes the lists of one format. Keeps no state: values may encode again. */
export class ListWriter {
  readonly format: ValueFormat
  readonly rules: Policy

  constructor(format: ValueFormat, policy: Policy) {
    this.format = format
    this.rules = writeRules(policy)
  }

  /**
   * Writes the list; false for one that is left to the messages, of which no value was asked for anything but what it
   * is. Throws what they would throw.
   */
  write(out: Output, list: readonly unknown[]): boolean {
    const known = this.checked(list)
    if (known === null) return false
    try {
      this.format.encode(out, known, this.rules, ROOT)
      return true
    } catch (error) {
      const own = this.ownError(error, planOf(known[0]) as ListPlan)
      if (own === null) return false
      throw own
    }
  }

  /**
   * The error with the name that its place has in a message; null when a message may have room for what is too deep.
   */
  private ownError(error: unknown, { table, most, at }: ListPlan): unknown {
    if (!(error instanceof EncodeError) || !error.path?.startsWith(`${ROOT}[`)) return error
    const { code, format, path } = error
    const [, place = '', rest = ''] = /^\[(\d+)\](.*)$/s.exec(path.slice(ROOT.length)) ?? []
    const isOption = Number(place) === at && at > 0
    const { maxDepth } = this.rules
    if (code === 'DEPTH_LIMIT' && (isOption || maxDepth > MAX_RECURSION)) return null
    // An option is named by its key.
    const name = isOption ? rest.slice(1) : (Number(place) === most ? 'args' : 'kwargs') + rest
    const renamed = error.message.replace(path, () => name)
    // The list is a level more.
    const text = code === 'DEPTH_LIMIT' ? renamed.replace(/\d+$/, String(maxDepth - 1)) : renamed
    return new EncodeError(code, text, { format, path: name, messageType: table.code })
  }

  /** The list as it is written; null for one that is left to the messages. Reads each element once. */
  private checked(list: readonly unknown[]): unknown[] | null {
    if (!Array.isArray(list)) return null
    const known: unknown[] = list.slice()
    const plan = planOf(known[0])
    if (plan === undefined) return null
    const { length } = known
    const { least, most, at, uri } = plan
    if (length < least || length > most + plan.payload) return null
    for (let i = plan.firstId; i <= plan.lastId; i++) if (!isId(known[i])) return null
    if (plan.firstId > 1 && !REQUEST_TYPES.includes(known[1] as number)) return null
    let options = NO_OPTIONS
    if (at > 0 && at < length) {
      const read = readOptions(plan, known[at])
      if (read === null) return null
      options = read
      known[at] = read
    }
    if (uri > 0 && !this.isUri(known[uri], plan, options)) return null
    // EVENT_RECEIVED has another code in some clients.
    known[0] = plan.table.code
    if (length > most) return withPayload(known, most)
    if (least < length && options === NO_OPTIONS) known.length = least
    return known
  }

  private isUri(value: unknown, { table, isPatterned }: ListPlan, options: Options): boolean {
    if (typeof value !== 'string') return false
    if (isPlainUri(value)) return true
    // A text that begins with NUL would be bytes there.
    if (this.format.id === FORMAT_JSON && value.charCodeAt(0) === 0) return false
    return isUri(value, 'loose', isPatterned ? uriPattern(table, options.match) : 'exact')
  }
}

/** The list with its payload from place `at` on, as far as it has entries; null for what is rare or wrong. */
function withPayload(known: unknown[], at: number): unknown[] | null {
  const args = known[at]
  const kwargs = known[at + 1]
  if (args != null && !isPlainArray(args)) return null
  if (kwargs != null && (typeof kwargs !== 'object' || !isPlainObject(kwargs))) return null
  if (kwargs != null && hasKeys(kwargs)) known[at] ??= []
  else known.length = args != null && args.length > 0 ? at + 1 : at
  return known
}

/** Object.keys would make a list of them. */
function hasKeys(kwargs: object): boolean {
  for (const key in kwargs) if (owns.call(kwargs, key)) return true
  return false
}

/** The options as they are written; null for what is rare or wrong. */
function readOptions({ options }: ListPlan, given: unknown): Options | null {
  if (typeof given !== 'object' || given === null || !isPlainObject(given)) return null
  let read = NO_OPTIONS
  let last = -1
  for (const key in given) {
    if (!owns.call(given, key)) return null
    const value = (given as Options)[key]
    if (value === undefined) continue
    const planned = options.get(key)
    if (planned === undefined) return null
    const { option, rank } = planned
    if (!isGoodInList(option.kind, value)) return null
    if (value === null || !isWrittenBy(option.write, value)) continue
    // In another order than messages have.
    if (rank < last) return null
    last = rank
    if (read === NO_OPTIONS) read = {}
    read[key] = value
  }
  return read
}
