/**
 * What the message tables must keep, because code and memory layouts count on it. The generators ask here before they
 * write anything (build/message-facts.mjs, build/kernel-tables.mjs), and so does a test; no bundle holds this file.
 */
import { FORWARDING_KEYS, type MessageTable, PAYLOAD_KEYS } from './table.ts'
import { EVENT_RECEIVED } from './tables/pubsub.ts'
import { placeOf } from './tables.ts'

/** Options of a message are bits of a 32-bit word, in the kernel and in the writers. */
export const MAX_OPTIONS = 32
/** What each position wants is one of so many bytes in the kernel's table. */
export const MAX_POSITIONS = 4
/** A byte of the kernel's tables has a message's index + 1, or a key's number + 1. */
export const MAX_NUMBER = 254
/** The kernel finds a message by its code in a table of so many bytes; EVENT_RECEIVED has a way of its own. */
export const MAX_CODE = 127

/** Kinds of positions, and how many of them the record that the kernel fills has room for. */
const MAX_OF_KINDS: readonly (readonly [what: string, most: number, kinds: readonly string[]])[] = [
  ['dictionaries', 1, ['options', 'options?', 'dict']],
  ['URIs or texts', 1, ['uri', 'realm', 'text']],
  ['ids', 2, ['id']],
  ['request types', 1, ['requestType']],
]

/** Throws TypeError with the name of the message and the rule, unless the tables keep them all. */
export function checkTables(tables: readonly MessageTable[]): void {
  if (tables.length > MAX_NUMBER) throw new TypeError(`${tables.length} messages: at most ${MAX_NUMBER}`)
  const keys = new Set(
    tables.flatMap(({ options }) => options.flatMap(({ key, attribute }) => [key, attribute])),
  )
  if (keys.size > MAX_NUMBER) throw new TypeError(`${keys.size} keys: at most ${MAX_NUMBER}`)
  for (const key of keys) {
    if (key.length > 255 || !/^[\x20-\x7e]+$/.test(key))
      throw new TypeError(`key ${key}: 1 to 255 characters of ASCII`)
  }
  for (const [i, table] of tables.entries()) {
    for (const broken of brokenBy(table, tables[i - 1])) throw new TypeError(`${table.name}: ${broken}`)
  }
}

/** Every rule that a table breaks; `before` is the one before it in the list. */
function* brokenBy(table: MessageTable, before: MessageTable | undefined): Generator<string> {
  const { code, positions, options, writeOrder } = table
  if (code !== EVENT_RECEIVED.code && !(Number.isInteger(code) && code >= 1 && code <= MAX_CODE)) {
    yield `code ${code} is not from 1 to ${MAX_CODE}`
  }
  if (before !== undefined && placeOf(before) >= placeOf(table)) {
    yield `code ${code} does not come after ${before.code} of ${before.name}`
  }
  if (options.length > MAX_OPTIONS) yield `${options.length} options: at most ${MAX_OPTIONS}`
  if (positions.length > MAX_POSITIONS) yield `${positions.length} positions: at most ${MAX_POSITIONS}`
  for (const [what, most, kinds] of MAX_OF_KINDS) {
    const count = positions.filter(({ kind }) => kinds.includes(kind)).length
    if (count > most) yield `${count} ${what}: at most ${most}`
  }
  const at = positions.findIndex(({ kind }) => kind === 'options?')
  if (at >= 0 && at !== positions.length - 1) yield 'only the last position may be missing'
  if (new Set(writeOrder).size !== writeOrder.length) yield 'a key has two rows'
  const attributes = options.map(({ attribute }) => attribute)
  if (new Set(attributes).size !== attributes.length) yield 'an attribute has two keys'
  yield* brokenByMixins(table)
  yield* brokenByFrom(table)
}

function* brokenByMixins({ category, options, payload, positions }: MessageTable): Generator<string> {
  const mixed = category === 4 ? PAYLOAD_KEYS : category === 3 ? FORWARDING_KEYS : []
  for (const [field, key] of PAYLOAD_KEYS.entries()) {
    const found = options.findIndex((option) => option.key === key)
    if (found !== (mixed.includes(key) ? field : -1))
      yield `category ${category} and option ${key} do not fit`
  }
  if (payload === 'args' && category !== 1) yield 'args without a mixin are for category 1'
  for (const { attribute, kind, isInterned } of positions) {
    if (isInterned && kind !== 'uri') yield `${attribute} is interned, and not a URI`
  }
}

function* brokenByFrom({ from, options }: MessageTable): Generator<string> {
  if (from === null) return
  for (const name of [...from.carries, ...from.carriesLinked]) {
    for (const [whose, list] of [
      ['the message', options],
      [from.source.name, from.source.options],
    ] as const) {
      if (list.every(({ attribute }) => attribute !== name))
        yield `carries ${name}, which ${whose} does not have`
    }
  }
}
