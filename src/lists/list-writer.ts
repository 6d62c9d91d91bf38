/**
 * List -> bytes, without a message between: what is common is checked against the message tables and written in one
 * pass. Everything else, all that is wrong among it, is left to `Message.parse` and the writer of messages, which give
 * the same bytes.
 */
import type { Policy } from '../limits.ts'
import { isId } from '../message/ids.ts'
import { isDict, isGoodInList } from '../message/kinds.ts'
import { isWrittenBy } from '../message/options.ts'
import { isRuled, uriPattern } from '../message/rules.ts'
import { ENC_ALGO, FORWARD_FOR, type MessageTable, PPT_KEYID, REQUEST_TYPES } from '../message/table.ts'
import { EVENT_RECEIVED, TABLES } from '../message/tables.ts'
import { isUri } from '../message/uri.ts'
import { isPlainObject } from '../payload/encode-value.ts'
import { JSON_FORMAT, type ValueFormat } from '../payload/format.ts'
import type { Output } from '../payload/output.ts'
import type { HeadWriter } from '../serializer/heads.ts'
import { hasEntries } from '../serializer/payload-writer.ts'

/** What the writer needs of a table. */
interface ListPlan {
  readonly table: MessageTable
  /** Elements of the list, without those of the payload: at least, and at most. */
  readonly least: number
  readonly most: number
  /** Elements that the payload may add. */
  readonly payload: 0 | 2
  /** The options by their keys and attributes, all but those that are left to the messages. */
  readonly fields: ReadonlyMap<string, number>
  /** The place of the options; 0 when there are none. */
  readonly at: number
  /** The field of the option that says how a URI is patterned; -1 when none does so. */
  readonly match: number
}

const owns = Object.prototype.hasOwnProperty

/** The options of a list. */
interface Options {
  /** Those that are written, a bit a field, and how many they are. */
  fields: number
  count: number
  /** By field, also of those that are not written. */
  readonly values: unknown[]
}

const NO_OPTIONS: Options = { fields: 0, count: 0, values: [] }

const plans: (ListPlan | undefined)[] = []

function planOf(code: unknown): ListPlan | undefined {
  if (plans.length === 0) for (const table of TABLES) addPlan(table)
  return typeof code === 'number' ? plans[code] : undefined
}

/** Messages of the start and the end of a session come once: they are left to their classes. */
function addPlan(table: MessageTable): void {
  const { code, options, positions } = table
  const hasText = positions.some(({ kind }) => kind === 'dict' || kind === 'text')
  if (hasText || table.payload === 'args' || options.some(({ key }) => key === 'roles')) return
  const fields = new Map<string, number>()
  for (const [field, { key, attribute, kind }] of options.entries()) {
    if (kind === 'hops' || isOpaque(table, field) || isRuled(table)) continue
    fields.set(key, field)
    fields.set(attribute, field)
  }
  const most = 1 + positions.length
  const plan: ListPlan = {
    table,
    least: positions.at(-1)?.kind === 'options?' ? most - 1 : most,
    most,
    payload: table.payload === 'none' ? 0 : 2,
    fields,
    at: 1 + positions.findIndex(({ kind }) => kind === 'options' || kind === 'options?'),
    match: options.findIndex(({ key }) => key === 'match'),
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
  readonly heads: HeadWriter
  readonly policy: Policy

  constructor(format: ValueFormat, heads: HeadWriter, policy: Policy) {
    this.format = format
    this.heads = heads
    this.policy = policy
  }

  /**
   * Writes the list; false for one that is left to the messages: what was written until then does not count. Throws
   * EncodeError for a value that has no form in the format.
   */
  write(out: Output, list: readonly unknown[]): boolean {
    if (!Array.isArray(list)) return false
    const plan = planOf(list[0])
    if (plan === undefined) return false
    const { length } = list as readonly unknown[]
    const { table, most } = plan
    if (length < plan.least || length > most + plan.payload) return false
    const { at } = plan
    const options = at > 0 && at < length ? readOptions(plan, list[at]) : NO_OPTIONS
    if (options === null) return false
    let args: unknown = null
    let kwargs: unknown = null
    let elements = 0
    if (length > most) {
      args = list[most]
      if (args != null && !Array.isArray(args)) return false
      if (args != null && hasEntries(args)) elements = 1
      if (length > most + 1) {
        kwargs = list[most + 1]
        if (kwargs != null && !isDict(kwargs)) return false
        if (kwargs != null && hasEntries(kwargs)) elements = 2
      }
    }
    const isOmitted = plan.least < most && options.count === 0
    const fixed = isOmitted ? most - 1 : most
    // All is checked before anything is written, and each element is read once.
    const { positions } = table
    let first = 0
    let second = 0
    let ids = 0
    let uri = ''
    for (let i = 1; i < fixed; i++) {
      if (i === at) continue
      const value: unknown = list[i]
      const { kind } = positions[i - 1]!
      if (kind === 'uri') {
        if (!this.isUri(value, plan, options)) return false
        uri = value
      } else if (kind === 'id' ? !isId(value) : !REQUEST_TYPES.includes(value as number)) return false
      else if (ids++ === 0) first = value as number
      else second = value as number
    }
    const { heads } = this
    heads.list(out, fixed + elements)
    heads.id(out, table.code)
    ids = 0
    for (let i = 1; i < fixed; i++) {
      heads.separator(out)
      if (i === at) this.writeOptions(out, table, options)
      else if (positions[i - 1]!.kind === 'uri') heads.text(out, uri)
      else heads.id(out, ids++ === 0 ? first : second)
    }
    if (elements > 0) {
      heads.separator(out)
      this.format.encode(out, args ?? [], this.policy, 'args')
      if (elements > 1) {
        heads.separator(out)
        this.format.encode(out, kwargs, this.policy, 'kwargs')
      }
    }
    heads.closeList(out)
    return true
  }

  private isUri(value: unknown, { table, match }: ListPlan, { values }: Options): value is string {
    if (typeof value !== 'string') return false
    // A text that begins with NUL would be bytes there.
    if (this.format === JSON_FORMAT && value.charCodeAt(0) === 0) return false
    return isUri(value, 'loose', uriPattern(table, values[match]))
  }

  private writeOptions(out: Output, table: MessageTable, { fields, count, values }: Options): void {
    const { heads } = this
    heads.dict(out, count)
    let isFirst = true
    for (let i = 0; count > 0 && i < table.writeOrder.length; i++) {
      const field = table.writeOrder[i]!
      if ((fields & (1 << field)) === 0) continue
      const { key } = table.options[field]!
      heads.key(out, key, isFirst)
      isFirst = false
      this.format.encode(out, values[field], this.policy, key)
    }
    heads.closeDict(out)
  }
}

/** The options; null for what is rare or wrong. */
function readOptions({ table, fields }: ListPlan, given: unknown): Options | null {
  if (typeof given !== 'object' || given === null || !isPlainObject(given)) return null
  let read = NO_OPTIONS
  for (const key in given) {
    if (!owns.call(given, key)) return null
    const value = given[key]
    if (value === undefined) continue
    const field = fields.get(key)
    if (field === undefined) return null
    if (read === NO_OPTIONS) read = { fields: 0, count: 0, values: [] }
    const { kind, write } = table.options[field]!
    if (read.values[field] !== undefined || !isGoodInList(kind, value)) return null
    read.values[field] = value
    if (value === null || !isWrittenBy(write, value)) continue
    read.fields |= 1 << field
    read.count++
  }
  return read
}
