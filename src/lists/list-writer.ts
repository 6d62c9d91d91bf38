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
import type { MessageTable } from '../message/table.ts'
import { isPlainUri, isUri } from '../message/uri.ts'
import { isPlainArray, isPlainObject, MAX_RECURSION } from '../payload/encode-value.ts'
import type { ValueFormat } from '../payload/format.ts'
import type { Output } from '../payload/output.ts'
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
   * Writes the list; false for one that is left to the messages, of which no value was asked for anything but what it
   * is. Throws what they would throw.
   */
  write(out: Output, list: readonly unknown[]): boolean {
    const known = this.checked(list)
    return known !== null && this.encode(out, known, (planOf(known[0]) as ListPlan).table)
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
    if (error.code === 'DEPTH_LIMIT' && (place.isOption || maxDepth > MAX_RECURSION)) return null
    return errorAt(error, place, code, maxDepth)
  }

  /** The list as it is written; null for one that is left to the messages. Reads each element once. */
  private checked(list: readonly unknown[]): unknown[] | null {
    if (!Array.isArray(list)) return null
    const known: unknown[] = list.slice()
    const plan = planOf(known[0])
    if (plan === undefined) return null
    if (!hasGoodIds(plan, known)) return null
    const { length } = known
    const { least, most, at, uri } = plan
    let options = NO_OPTIONS
    if (at > 0 && at < length) {
      const read = readOptions(plan, known[at], this.rules)
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
    return isUri(value, this.rules.uri, isPatterned ? uriPattern(table, options.match) : 'exact')
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
function readOptions({ options }: ListPlan, given: unknown, { uri }: Policy): Options | null {
  if (typeof given !== 'object' || given === null || !isPlainObject(given)) return null
  let read = NO_OPTIONS
  let last = -1
  for (const key in given) {
    if (!owns.call(given, key)) return null
    const value = elementsOf((given as Options)[key])
    if (value === undefined) continue
    const planned = options.get(key)
    if (planned === undefined) return null
    const { option, rank } = planned
    if ((Array.isArray(value) && !isPlainArray(value)) || !isGoodInList(option.kind, value)) return null
    // It may break the strict rules.
    if (option.kind === 'uri' && uri === 'strict' && !isPlainUri(value as string)) return null
    if (value === null || !isWrittenBy(option.write, value)) continue
    // In another order than messages have.
    if (rank < last) return null
    last = rank
    if (read === NO_OPTIONS) read = {}
    read[key] = value
  }
  return read
}

/** A copy of a list, so that what is checked is what is written. */
function elementsOf(value: unknown): unknown {
  return isPlainArray(value) ? value.slice() : value
}
