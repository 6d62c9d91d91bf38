/**
 * The Options or Details of a message in a list format. What is still encoded in the frame that it came in, in the same
 * format, is copied; what is set or read is encoded. Called by message-writer.ts.
 */
import { EncodeError } from '../errors.ts'
import { KIND_NULL } from '../kernel/abi.ts'
import { checkedCopy, saidOf } from '../message/check.ts'
import type { Message } from '../message/message.ts'
import {
  exactCustom,
  isEncField,
  isKnownKey,
  isRight,
  isWritten,
  NO_INDEX,
  setObject,
  writtenValue,
} from '../message/options.ts'
import { isPatterned, isRuled } from '../message/rules.ts'
import { FORWARD_FOR, type MessageTable, type Option, perTable } from '../message/table.ts'
import type { Hop } from '../message/values.ts'
import { type EncodeRules, isWellFormed } from '../payload/encode-value.ts'
import type { ValueFormat } from '../payload/format.ts'
import { acquireOutput, type Output, releaseOutput } from '../payload/output.ts'
import { surrogateError } from '../payload/surrogates.ts'
import type { TokenWriter } from '../payload/token-writer.ts'

/** Our own kernel refuses dictionaries with more unknown keys (assembly/keys.ts). */
const MAX_OPTIONS = 1024

const NONE: readonly [string, unknown][] = []

/** Bits of the options of a table that are not written whenever they are set. */
const conditionalFields: (table: MessageTable) => number = perTable((table) => {
  let fields = 0
  for (const [field, { write }] of table.options.entries()) {
    if (write !== 'set' || isEncField(table, field)) fields |= 1 << field
  }
  return fields
})

/** Bits of the options that are written as they are whenever they are set, whatever else the message has. */
export function simpleFields(table: MessageTable): number {
  let fields = 0
  if (isRuled(table) || isPatterned(table)) return fields
  for (const [field, { kind, write }] of table.options.entries()) {
    if (write === 'set' && kind !== 'hops' && !isEncField(table, field)) fields |= 1 << field
  }
  return fields
}

/** Bits of the options that are set. */
export function fieldsOf(options: readonly unknown[] | null): number {
  let fields = 0
  if (options === null) return fields
  for (let field = 0; field < options.length; field++) if (options[field] != null) fields |= 1 << field
  return fields
}

/**
 * True for a message with nothing but options of the `simple` ones: nothing unread, no rules to be kept. `fields` are
 * those that are set: where none is, a setter may have taken away what the rules ask for.
 */
export function isSimplyWritten(
  { _frame, _custom, _index }: Message,
  fields: number,
  simple: number,
): boolean {
  return (
    _frame === null &&
    _custom == null &&
    fields !== 0 &&
    (fields & ~simple) === 0 &&
    // What came in FlatBuffers may lack what a list must have.
    _index === NO_INDEX
  )
}

/** A message that has nothing to write in its options. */
export function hasNoOptions(message: Message): boolean {
  return message._options === null && message._index === NO_INDEX && message._custom == null
}

/** A dictionary of simple options without their values: applications send few different ones. */
interface OptionsLayout {
  /** The fields in the order in which they are written. */
  readonly order: readonly number[]
  /** What stands before the value of each, and behind the last one. */
  readonly keys: readonly Uint8Array[]
  readonly end: Uint8Array
}

/** Layouts of one message in one format: all are forgotten when there are more. */
const MAX_LAYOUTS = 256

/** Writes the options of messages in one format. Values may encode again while they are written. */
export class OptionsWriter {
  readonly format: ValueFormat
  readonly tokens: TokenWriter
  readonly rules: EncodeRules
  /** The dictionaries of each message that were written, by the options that they have, a bit a field. */
  private readonly layouts: (table: MessageTable) => Map<number, OptionsLayout>

  constructor(format: ValueFormat, tokens: TokenWriter, rules: EncodeRules) {
    this.format = format
    this.tokens = tokens
    this.rules = rules
    this.layouts = perTable(() => new Map())
  }

  /** Writes the dictionary of a message that `isSimplyWritten`. Throws EncodeError. */
  writeSimple(out: Output, table: MessageTable, options: readonly unknown[], fields: number): void {
    const layouts = this.layouts(table)
    const { order, keys, end } = layouts.get(fields) ?? this.learn(layouts, table, fields)
    for (let i = 0; i < order.length; i++) {
      out.raw(keys[i] as Uint8Array)
      const field = order[i] as number
      const value = options[field]
      if (typeof value === 'boolean' || typeof value === 'number') this.tokens.scalar(out, value)
      else this.encodeSet(out, value, table.options[field] as Option)
    }
    out.raw(end)
  }

  /** Writes an option that was set. */
  private encodeSet(out: Output, value: unknown, option: Option): void {
    const { format } = this
    const isObject = typeof value === 'object' && value !== null
    format.encode(out, isObject ? checkedCopy(option, value, format.name) : value, this.rules, option.key)
  }

  private learn(layouts: Map<number, OptionsLayout>, table: MessageTable, fields: number): OptionsLayout {
    const { tokens } = this
    const order = table.writeOrder.filter((field) => (fields & (1 << field)) !== 0)
    const keys = order.map((field, i) =>
      written((out) => {
        if (i === 0) tokens.dict(out, order.length)
        tokens.key(out, (table.options[field] as Option).key, i === 0)
      }),
    )
    const layout = { order, keys, end: written((out) => tokens.closeDict(out, order.length)) }
    if (layouts.size >= MAX_LAYOUTS) layouts.clear()
    layouts.set(fields, layout)
    return layout
  }

  /** The options that are written, a bit a field; `hops` are what `setHops` has given. */
  plan(message: Message, hops: readonly Hop[] | null): number {
    const { _options: options, _index: index, table } = message
    let fields = fieldsOf(options)
    for (let i = 0; i < index.length; i += 3) {
      const entry = index[i] as number
      const field = entry & 0xff
      // The entries beyond are not options: custom keys, and what dissecting adds.
      if (field < 32 && ((entry >> 8) & 0xff) !== KIND_NULL) fields |= 1 << field
    }
    // In FlatBuffers some values mean that there is none.
    const isFlat = message._frame !== null && message._frame.reader !== null
    const uncertain = isFlat ? fields : fields & conditionalFields(table)
    for (let field = 0; uncertain !== 0 && field < table.options.length; field++) {
      if ((uncertain & (1 << field)) === 0) continue
      const value = hops !== null && field === FORWARD_FOR ? hops : writtenValue(message, field)
      if (value === null || !isWritten(message, field, value)) fields &= ~(1 << field)
    }
    return fields
  }

  /** The keys that WAMP does not define, with their values. */
  custom(message: Message): readonly [string, unknown][] {
    const custom = message._custom === null ? null : exactCustom(message)
    if (custom === null) return NONE
    const entries = Object.entries(custom)
      .map(([key, value]): [string, unknown] => [key, saidOf(value, key)])
      .filter(([, value]) => value !== undefined)
    // The setter has refused them; the dictionary may have changed since then.
    const known =
      message._frame === null ? entries.find(([key]) => isKnownKey(message.table, key)) : undefined
    if (known === undefined) return entries
    const text = `cannot encode custom to ${this.format.name}: ${known[0]} is an attribute of ${message.table.name}`
    throw new EncodeError('DUPLICATE_KEY', text, { format: this.format.name, path: `custom.${known[0]}` })
  }

  /** Writes the dictionary; `hops` are what `setHops` has given. Throws EncodeError. */
  write(
    out: Output,
    message: Message,
    fields: number,
    custom: readonly [string, unknown][],
    hops: readonly Hop[] | null,
  ): void {
    const { tokens } = this
    const { customFirst, writeOrder } = message.table
    const count = bits(fields) + custom.length
    if (count > MAX_OPTIONS) {
      const text = `cannot encode ${count} options: peers take ${MAX_OPTIONS} at most`
      throw new EncodeError('SIZE_LIMIT', text, { format: this.format.name, path: 'custom' })
    }
    tokens.dict(out, count)
    let isFirst = true
    if (customFirst) isFirst = this.writeCustom(out, custom, isFirst)
    for (let i = 0; i < writeOrder.length; i++) {
      const field = writeOrder[i] as number
      if ((fields & (1 << field)) === 0) continue
      const option = message.table.options[field] as Option
      tokens.key(out, option.key, isFirst)
      isFirst = false
      if (this.copyUnread(out, message, field)) continue
      const isHops = hops !== null && field === FORWARD_FOR
      const set = isHops ? null : setObject(message, field)
      if (set !== null) this.encodeSet(out, set, option)
      else this.format.encode(out, isHops ? hops : writtenValue(message, field), this.rules, option.key)
    }
    if (!customFirst) this.writeCustom(out, custom, isFirst)
    tokens.closeDict(out, count)
  }

  private writeCustom(out: Output, custom: readonly [string, unknown][], isFirst: boolean): boolean {
    for (const [key, value] of custom) {
      if (!isWellFormed(key)) throw surrogateError('custom', this.format.name)
      this.tokens.key(out, key, isFirst)
      this.format.encode(out, value, this.rules, key)
      isFirst = false
    }
    return isFirst
  }

  /** Copies an option that is still in a frame of this format as a value with a head of its own. */
  private copyUnread(out: Output, message: Message, field: number): boolean {
    const { _frame: frame, _index: index } = message
    if (frame === null || frame.bytes === null || frame.format !== this.format || frame.reader !== null) {
      return false
    }
    for (let i = 0; i < index.length; i += 3) {
      const entry = index[i] as number
      if ((entry & 0xff) !== field) continue
      // An element of a typed container of UBJSON has no head.
      if (((entry >> 16) & 0xff) !== 0 || !isRight(message, i)) return false
      const { base } = frame
      out.raw(frame.source(), base + (index[i + 1] as number), base + (index[i + 2] as number))
      return true
    }
    return false
  }
}

/** How many bits are set. */
function bits(fields: number): number {
  let count = 0
  for (; fields !== 0; fields &= fields - 1) count++
  return count
}

/** What is written, as bytes of their own. */
function written(write: (out: Output) => void): Uint8Array {
  const out = acquireOutput()
  try {
    write(out)
    return out.finish().slice()
  } finally {
    releaseOutput(out)
  }
}
