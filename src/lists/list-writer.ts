/**
 * List -> bytes, without a message between: what is common is checked against the message tables, and written in one
 * pass as the value that it is. Everything else, all that is wrong among it, is left to `Message.parse` and the writer
 * of messages, which give the same bytes.
 */

import { EncodeError } from '../errors.ts'
import { FORMAT_JSON } from '../kernel/abi.ts'
import type { Policy } from '../limits.ts'
import { isGoodInList } from '../message/kinds.ts'
import { isWrittenBy } from '../message/options.ts'
import { uriPattern } from '../message/rules.ts'
import type { MessageTable, Option } from '../message/table.ts'
import { isPlainUri, isUri } from '../message/uri.ts'
import { isPlainArray, isPlainObject, MAX_ELEMENTS } from '../payload/encode-value.ts'
import type { ValueFormat } from '../payload/format.ts'
import type { Output } from '../payload/output.ts'
import { putCopies } from './copies.ts'
import { hasGoodIds, type ListPlan, planOf } from './list-plan.ts'
import { errorAt, placeAt, ROOT, writeRules } from './list-rules.ts'

type Options = Record<string, unknown>

const NO_OPTIONS: Options = {}

const owns = Object.prototype.hasOwnProperty

/** Writes the lists of one format. Keeps no state: values may encode again. */
export class ListWriter {
  readonly format: ValueFormat
  readonly rules: Policy

  constructor(format: ValueFormat, policy: Policy) {
    this.format = format
    this.rules = writeRules(policy)
  }

  /**
   * Writes the elements of a list; false for those that are left to the messages. Then they have become copies of what
   * messages look at more than once, so that nothing is asked again. Throws what the messages would throw.
   */
  write(out: Output, known: unknown[]): boolean {
    const plan = planOf(known[0])
    const isWritten =
      plan !== undefined && this.hasGoodElements(plan, known) && this.encode(out, known, plan.table)
    if (!isWritten) putCopies(known)
    return isWritten
  }

  /** Writes the list of a message, which was checked; false for one that is too deep to say what is wrong with it. */
  encode(out: Output, list: readonly unknown[], table: MessageTable): boolean {
    try {
      this.format.encode(out, list, this.rules, ROOT)
      return true
    } catch (error) {
      const own = this.ownError(error, table)
      if (own === null) return false
      throw own
    }
  }

  /**
   * The error with the name that its place has in a message; null when a message may have room for what is too deep.
   */
  private ownError(error: unknown, { code }: MessageTable): unknown {
    const place = error instanceof EncodeError ? placeAt(code, error.path) : null
    if (!(error instanceof EncodeError) || place === null) return error
    const { maxDepth } = this.rules
    if (error.code === 'DEPTH_LIMIT' && place.isOption) return null
    return errorAt(error, place, code, maxDepth)
  }

  /** Makes of the elements those that are written; false for a list that is left to the messages. */
  private hasGoodElements(plan: ListPlan, known: unknown[]): boolean {
    if (!hasGoodIds(plan, known)) return false
    const { length } = known
    const { least, most, at, uri } = plan
    const hasOptions = at > 0 && at < length
    if (hasOptions && !readOptions(plan, known, this.rules)) return false
    const options = hasOptions ? (known[at] as Options) : NO_OPTIONS
    if (uri > 0 && !this.isUri(known[uri], plan, options)) return false
    // EVENT_RECEIVED has another code in some clients.
    known[0] = plan.table.code
    if (length > most) return hasGoodPayload(known, most)
    if (least < length && options === NO_OPTIONS) known.length = least
    return true
  }

  private isUri(value: unknown, { table, isPatterned }: ListPlan, options: Options): boolean {
    if (typeof value !== 'string') return false
    if (isPlainUri(value)) return true
    // A text that begins with NUL would be bytes there.
    if (this.format.id === FORMAT_JSON && value.charCodeAt(0) === 0) return false
    return isUri(value, this.rules.uri, isPatterned ? uriPattern(table, options.match) : 'exact')
  }
}

/** Leaves out what has no entries of the payload from place `at` on; false for what needs the fallback. */
function hasGoodPayload(known: unknown[], at: number): boolean {
  const args = known[at]
  const kwargs = known[at + 1]
  if (args != null && !isPlainArray(args)) return false
  if (kwargs != null && (typeof kwargs !== 'object' || !isPlainObject(kwargs))) return false
  if (kwargs != null && hasKeys(kwargs)) known[at] ??= []
  else known.length = args != null && args.length > 0 ? at + 1 : at
  return true
}

/** Object.keys would make a list of them. */
function hasKeys(kwargs: object): boolean {
  for (const key in kwargs) if (owns.call(kwargs, key)) return true
  return false
}

/**
 * Puts the options as they are written in the place of those that were given. False when they need the fallback: then
 * those are there that messages take, with the values that they had when they were asked.
 */
function readOptions({ options, at }: ListPlan, known: unknown[], { uri }: Policy): boolean {
  const given = known[at]
  if (typeof given !== 'object' || given === null || !isPlainObject(given)) return false
  let read = NO_OPTIONS
  let last = -1
  let isGood = true
  for (const key in given) {
    if (!owns.call(given, key)) {
      isGood = false
      continue
    }
    const value = copyOfList((given as Options)[key])
    if (value === undefined) continue
    const planned = isGood ? options.get(key) : undefined
    if (planned === undefined || !isGoodOption(planned.option, value, uri)) isGood = false
    else if (value === null || !isWrittenBy(planned.option.write, value)) continue
    // In another order than messages have.
    else if (planned.rank < last) isGood = false
    else last = planned.rank
    if (read === NO_OPTIONS) read = {}
    if (key === '__proto__') Object.defineProperty(read, key, { value, enumerable: true })
    else read[key] = value
  }
  known[at] = read
  return isGood
}

function isGoodOption({ kind }: Option, value: unknown, uri: Policy['uri']): boolean {
  if ((Array.isArray(value) && !isPlainArray(value)) || !isGoodInList(kind, value)) return false
  // It may break the strict rules.
  return kind !== 'uri' || uri !== 'strict' || isPlainUri(value as string)
}

/** A copy of a list, so that what is checked is what is written. One that is too long is refused as it is. */
function copyOfList(value: unknown): unknown {
  return isPlainArray(value) && value.length <= MAX_ELEMENTS ? value.slice() : value
}
