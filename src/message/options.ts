/**
 * The options of a message, one by one: unread in its frame, read, or set. All classes and mixins go through here; the
 * tables say what an option is, and the index where its bytes are.
 */
import { isMap } from '../brand.ts'
import { FIELD_OPTIONS, KIND_FALSE, KIND_TRUE, MODE_ENC, MODE_NONE } from '../kernel/abi.ts'
import type { DecodeRules } from '../payload/decode-value.ts'
import { rewriting } from '../payload/growth.ts'
import { NO_PAYLOAD, type Payload } from '../payload/payload.ts'
import { entriesOf, toJSONOf } from '../payload/to-json.ts'
import { Float64 } from '../payload/values.ts'
import { checkAttribute, saidOf } from './check.ts'
import { isDict, keptOption } from './kinds.ts'
import type { Slots } from './slots.ts'
import {
  ENC_ALGO,
  ENC_SERIALIZER,
  FORWARD_FOR,
  ID_OPTIONS,
  type Kind,
  type MessageTable,
  type Option,
  PPT_KEYID,
  type WriteRule,
} from './table.ts'
import { PUBLISH } from './tables/pubsub.ts'
import type { Hop } from './values.ts'

/** The index of messages that have no unread options. */
export const NO_INDEX: readonly number[] = Object.freeze([])

/** The same of messages that came in a frame that is no list and were changed: what they lack, it lacked. */
const FOREIGN_INDEX: readonly number[] = Object.freeze([])

/** True for a message that came in a frame that is no list, changed or not. */
export function isForeign({ _frame, _index }: Slots): boolean {
  return _frame?.reader != null || _index === FOREIGN_INDEX
}

/** The value of an option; null when it is absent. */
export function readOption(message: Slots, field: number): unknown {
  const value = message._options?.[field]
  if (value !== undefined) return value
  const at = entryOf(message, field)
  if (at < 0 || isIgnored(message, field)) return null
  // Booleans stand in the index, whatever the format: nothing to decode, nothing to remember.
  const kind = ((message._index[at] as number) >> 8) & 0xff
  if (kind === KIND_TRUE || kind === KIND_FALSE) return kind === KIND_TRUE
  const read = decodeEntry(message, at, field, PLAIN)
  // Where it stands in a table, a number is read as fast as it is remembered.
  if (typeof read === 'number' && message._frame?.reader != null) return read
  try {
    optionsOf(message)[field] = read
  } catch {
    // A frozen message remembers nothing.
  }
  return read
}

/**
 * An option as it is written: that of a frame as it came, also when the application has read it and changed the list or
 * dictionary that it got.
 */
export function sentOption(message: Slots, field: number): unknown {
  const value = message._options?.[field]
  if (typeof value !== 'object') return value ?? readOption(message, field)
  const at = value === null ? -1 : entryOf(message, field)
  return at < 0 ? value : decodeEntry(message, at, field, PLAIN)
}

/**
 * True for a message whose bytes cannot change any more unless a setter is called: it was received or derived from one
 * that was, and no list or dictionary of the application's is written with it.
 */
export function isLasting(message: Slots): boolean {
  const { _frame: frame, _payload: payload, _options: options, _custom: custom } = message
  // Applications' own classes may not have the slots.
  if (frame == null && payload?.bytes == null) return false
  if (payload !== undefined && payload.bytes === null && payload !== NO_PAYLOAD) return false
  if (options != null) {
    for (let field = 0; field < options.length; field++) {
      const value = options[field]
      if (typeof value === 'object' && value !== null && entryOf(message, field) < 0) return false
    }
  }
  return custom == null || entryOf(message, FIELD_OPTIONS) >= 0
}

/** Where the index has the unread option; -1 when it is not there. */
export function entryOf(message: Slots, field: number): number {
  const index = message._index
  // Applications' own classes may not have the slot.
  if (index === undefined) return -1
  for (let i = 0; i < index.length; i += 3) if (((index[i] as number) & 0xff) === field) return i
  return -1
}

/** A list or dictionary that was set and may have been changed since; null for what is still in a frame. */
export function setObject(message: Slots, field: number): object | null {
  const value = message._options?.[field]
  return typeof value === 'object' && value !== null && entryOf(message, field) < 0 ? value : null
}

/** How attributes are read: as plain data, for another format, or with all that is no plain data. */
const PLAIN = null
const EXACT: Partial<DecodeRules> = { floats: 'exact' }
const WHOLE: Partial<DecodeRules> = { floats: 'exact', maps: 'map', tags: 'tagged' }

function decodeEntry(
  message: Slots,
  at: number,
  field: number,
  others: Partial<DecodeRules> | null,
): unknown {
  const { _index: index } = message
  const type = ((index[at] as number) >> 16) & 0xff
  const [start, end] = [index[at + 1] as number, index[at + 2] as number]
  const { _frame: frame, table } = message
  const slotType = typeOf(message, field)
  if (others === PLAIN) return frame?.decodeAttribute(start, end, type, slotType)
  const name = table?.options[field]?.attribute ?? 'custom'
  return rewriting(name, () => frame?.decodeAttribute(start, end, type, slotType, others))
}

/** An option as another format needs it: integral floats are `Float64`. */
export function exactOption(message: Slots, field: number): unknown {
  const at = entryOf(message, field)
  return at < 0 ? readOption(message, field) : decodeEntry(message, at, field, EXACT)
}

/** The type of the option's slot in a frame that is no list; applications' own classes have no table. */
function typeOf(message: Slots, field: number): string | null {
  const reader = message._frame?.reader ?? null
  return reader === null ? null : reader.optionType(message.table?.code ?? 0, field)
}

/** Custom keys as another format needs them. */
export function exactCustom(message: Slots): Record<string, unknown> | null {
  const at = message._custom === null ? -1 : entryOf(message, FIELD_OPTIONS)
  return at < 0 ? message.custom : decodeCustom(message, at, EXACT)
}

/**
 * An option, or with FIELD_OPTIONS the custom keys, as they came in a list: with tags, and keys that are no text. Null
 * for what did not.
 */
export function receivedOption(message: Slots, field: number): unknown {
  const at = message._frame?.reader === null ? entryOf(message, field) : -1
  if (at < 0) return null
  return field === FIELD_OPTIONS ? decodeCustom(message, at, WHOLE) : decodeEntry(message, at, field, WHOLE)
}

/** enc_* without an opaque payload mean nothing, and may be of any type. */
function isIgnored(message: Slots, field: number): boolean {
  if (field < ENC_ALGO || field > ENC_SERIALIZER || !isEncField(message.table, field)) return false
  const frame = message._frame as Payload
  frame.ensureChecked()
  return frame.mode !== MODE_ENC
}

/** Sets an option after its check; null takes it away. */
export function writeOption(message: Slots, field: number, value: unknown): void {
  const table = message.table ?? mixinTable(message)
  const option = table.options[field]
  if (option !== undefined && value != null) checkAttribute(table, option.attribute, option.kind, value)
  change(message)
  optionsOf(message)[field] = option === undefined || value == null ? null : keptOption(option.kind, value)
}

/** Applications' own classes have no table: they have what the mixins add, and errors show their own name. */
function mixinTable(message: object): MessageTable {
  const options = PUBLISH.options.slice(FORWARD_FOR, PPT_KEYID + 1)
  return { ...PUBLISH, name: message.constructor?.name ?? 'a message', code: 0, positions: [], options }
}

/** As many options as a table may have; a part of it is made faster than an array is filled. */
const UNREAD: readonly unknown[] = new Array<unknown>(32).fill(undefined)

/** Options of which none is read or set, by field number; what has no table has those of the mixins. */
export function newOptions(table: MessageTable | undefined): unknown[] {
  return UNREAD.slice(0, table?.options.length ?? PPT_KEYID + 1)
}

/** The options that are read or set, by field number. */
export function optionsOf(message: Slots): unknown[] {
  message._options ??= newOptions(message.table)
  return message._options
}

/** The custom keys, read now when they are still in the frame. */
export function readCustom(message: Slots): Record<string, unknown> | null {
  const at = entryOf(message, FIELD_OPTIONS)
  const custom = at < 0 ? null : decodeCustom(message, at, PLAIN)
  try {
    message._custom = custom
  } catch {
    // A frozen message remembers nothing.
  }
  return custom
}

/** In the index of a derived message: of the Options of its source, only the application's keys are its own. */
export const CARRIED: number = 1 << 24

function decodeCustom(
  message: Slots,
  at: number,
  others: Partial<DecodeRules> | null,
): Record<string, unknown> | null {
  const read = decodeEntry(message, at, FIELD_OPTIONS, others)
  const all = isMap(read) ? Object.fromEntries(read) : (read as Record<string, unknown>)
  const rule = message._frame?.context?.policy.unknownKeys ?? 'keep'
  const isCarried = ((message._index[at] as number) & CARRIED) !== 0
  return unknownKeys(message.table, all, isCarried && rule !== 'drop' ? 'custom' : rule)
}

/** Whether an option of the table has this name, on the wire or here. */
export function isKnownKey(table: MessageTable, key: string): boolean {
  return table.options.some((option) => option.key === key || option.attribute === key)
}

/** The entries of an options dictionary that the table does not know, as the codec's `unknownKeys` wants them. */
export function unknownKeys(
  table: MessageTable,
  options: Record<string, unknown>,
  rule: 'keep' | 'custom' | 'drop' | 'refuse',
): Record<string, unknown> | null {
  if (rule === 'drop') return null
  const entries = Object.entries(options).filter(
    ([key, value]) =>
      value !== undefined && !isKnownKey(table, key) && (rule !== 'custom' || /^(?:x_|_)/.test(key)),
  )
  return entries.length === 0 ? null : Object.fromEntries(entries)
}

/** Before any change: reads what is still unread, so that the frame can go, and drops cached encodings. */
export function change(message: Slots): void {
  message._encoded = null
  if (message._frame == null) return
  for (let field = 0; field < message.table.options.length; field++) {
    const value = readOption(message, field)
    if (value !== null) optionsOf(message)[field] = value
  }
  if (message._custom === undefined) readCustom(message)
  message._index = message._frame.reader == null ? NO_INDEX : FOREIGN_INDEX
  message._frame = null
  // A frame without a payload has nothing more to give.
  if (message._payload?.mode === MODE_NONE) message._payload = NO_PAYLOAD
}

/** Kinds with any values inside, floats among them. */
const HOLDS_VALUES: ReadonlySet<Kind> = new Set<Kind>([
  'dict',
  'dictOrNull',
  'clientRoles',
  'routerRoles',
  'hops',
])

/**
 * The options that are written, in writing order, as key and value; custom keys at their place. `exact` reads what is
 * still in the frame in such a way that another format loses nothing; `hops` are those of the message if they are
 * known.
 */
export function* writtenOptions(
  message: Slots,
  exact: boolean = false,
  hops: readonly Hop[] | null = null,
): Generator<[key: string, value: unknown]> {
  const { options, writeOrder, customFirst } = message.table
  const custom = exact ? exactCustom(message) : message.custom
  const others = Object.entries(custom ?? {}).filter(([, value]) => value !== undefined)
  if (customFirst) yield* others
  for (const field of writeOrder) {
    const isKnown = hops !== null && field === FORWARD_FOR
    const value = isKnown ? hops : exact ? writtenValue(message, field) : readOption(message, field)
    if (value !== null && isWritten(message, field, value)) yield [(options[field] as Option).key, value]
  }
  if (!customFirst) yield* others
}

/** Whether an option with a value is written. */
export function isWritten(message: Slots, field: number, value: unknown): boolean {
  const { table } = message
  // An empty payload cannot be told from none, so what describes it goes too.
  if (isEncField(table, field) && !message._payload.hasOpaque()) return false
  return isWrittenBy((table.options[field] as Option).write, value)
}

/** The same by the rule of the option alone. */
export function isWrittenBy(write: WriteRule, value: unknown): boolean {
  if (write === 'set') return true
  return write === 'truthy' ? !isEmpty(value) : write.unless !== value
}

/** True for the options that describe an opaque payload in the enc_* dialect. */
export function isEncField(table: MessageTable, field: number): boolean {
  return table.category === 4 && field >= ENC_ALGO && field <= ENC_SERIALIZER
}

/** An option as another format needs it. */
export function writtenValue(message: Slots, field: number): unknown {
  const kind = message.table.options[field]?.kind
  if (kind === undefined || !HOLDS_VALUES.has(kind)) return sentOption(message, field)
  const value = exactOption(message, field)
  return kind === 'hops' && value !== null ? copyOfHops(value) : value
}

/**
 * The hops, up to one that is none: there may be four billion holes behind it. What is no list is left to the check.
 */
function copyOfHops(value: unknown): unknown {
  const list = saidOf(value, '')
  if (!Array.isArray(list)) return list
  const hops: Hop[] = []
  for (let i = 0; i < list.length; i++) {
    const hop = copyOfHop(list[i], i)
    hops.push(hop)
    if (!isDict(hop)) break
  }
  return hops
}

/**
 * The hops that were set, or came in a frame that is no list, as they are written: copies, so that they can be looked
 * at before without asking anything of the application's twice. Null when there are none.
 */
export function setHops(message: Slots): readonly Hop[] | null {
  const isSet = isForeign(message) || message._options?.[FORWARD_FOR] != null
  if (message.table.category < 3 || !isSet) return null
  return writtenValue(message, FORWARD_FOR) as Hop[] | null
}

/** A hop is whatever its `toJSON` says; of what an application's class gives, attributes may be inherited. */
export function copyOfHop(given: object, i: number): Hop {
  const toJSON = toJSONOf(given)
  const hop = toJSON === null ? given : toJSON.call(given, String(i))
  // Left to the check.
  if (!isDict(hop)) return hop as Hop
  const copy: Record<string, unknown> = toJSON === null ? { ...hop } : entriesOf(hop, given)
  for (const key of HOP_KEYS) if (!(key in copy) && key in hop) copy[key] = hop[key]
  // It may have come as a float, which an exact read would keep.
  if (copy.session instanceof Float64) copy.session = copy.session.value
  return copy as unknown as Hop
}

/** The keys of a hop. */
export const HOP_KEYS = ['session', 'authid', 'authrole'] as const

/**
 * True when the bytes of an unread option are what any peer may see. What a lenient codec has read may have ids that
 * are floats, and undefined; such options are decoded, and encoded anew.
 */
export function isRight(message: Slots, at: number): boolean {
  const { _frame: frame, _index: index, table } = message
  // Tables have neither.
  if (frame?.context?.policy.peers !== 'lenient' || frame.reader !== null) return true
  const entry = index[at] as number
  const option = table.options[entry & 0xff]
  if (option !== undefined && (option.kind === 'hops' || ID_OPTIONS.includes(option.key))) return false
  return !frame.holdsUndefined(index[at + 1] as number, index[at + 2] as number)
}

/** False, 0, "", [], {} and an empty Map: what a reference peer leaves out. What a `toJSON` says is asked later. */
function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return !value
  const count = isMap(value) ? value.size : Object.keys(value).length
  return count === 0 && toJSONOf(value) === null
}
