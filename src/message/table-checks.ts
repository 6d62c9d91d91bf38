/**
 * What the message tables must keep, because code and memory layouts count on it. The generators ask here before they
 * write anything (build/message-facts.mjs, build/kernel-tables.mjs), and so does a test; no bundle holds this file.
 */
import { KINDS } from './kinds.ts'
import { brokenRule } from './rules.ts'
import { FORWARDING_KEYS, type Kind, type MessageTable, PAYLOAD_KEYS, type PositionKind } from './table.ts'
import { ENUMERATIONS } from './tables/enumerations.ts'
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

const DICTIONARIES: readonly PositionKind[] = ['options', 'options?', 'dict']
const TEXTS: readonly PositionKind[] = ['uri', 'realm', 'text']
const POSITION_KINDS: readonly PositionKind[] = ['id', 'requestType', ...TEXTS, ...DICTIONARIES]

/** Kinds of positions, and how many of them the record that the kernel fills has room for. */
const MAX_OF_KINDS: readonly (readonly [what: string, most: number, kinds: readonly string[]])[] = [
  ['dictionaries', 1, DICTIONARIES],
  ['URIs or texts', 1, TEXTS],
  ['ids', 2, ['id']],
  ['request types', 1, ['requestType']],
]

/** Kinds that only the keys of the mixins have. */
const MIXED_KINDS: readonly Kind[] = ['hops', 'encAlgo', 'encKey', 'encSerializer']
/** Kinds whose values are words, one of which may be what absence means. */
const WORD_KINDS: readonly string[] = Object.keys(ENUMERATIONS)

/** What messages have beside their attributes: accessors, methods, and slots without their underscore. */
const RESERVED: readonly string[] = [
  ...['type', 'table', 'args', 'kwargs', 'payload', 'rawPayload', 'payloadView', 'custom', 'router_internal'],
  ...['correlation_id', 'correlation_uri', 'correlation_is_anchor', 'correlation_is_last', 'retainedBytes'],
  ...[
    'marshal',
    'equals',
    'toJSON',
    'uncache',
    'detach',
    'toTransferable',
    'forward',
    'addHop',
    'reverseChain',
  ],
  ...['forwardOrigin', 'validateForwardChain', 'toPpt', 'toEnc', 'validatePayloadAttributes'],
  ...['frame', 'index', 'options', 'trace', 'encoded'],
  ...Object.getOwnPropertyNames(Object.prototype),
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
    yield `code ${placeOf(table)} does not come after ${placeOf(before)} of ${before.name}`
  }
  if (options.length > MAX_OPTIONS) yield `${options.length} options: at most ${MAX_OPTIONS}`
  if (positions.length > MAX_POSITIONS) yield `${positions.length} positions: at most ${MAX_POSITIONS}`
  for (const [what, most, kinds] of MAX_OF_KINDS) {
    const count = positions.filter(({ kind }) => kinds.includes(kind)).length
    if (count > most) yield `${count} ${what}: at most ${most}`
  }
  const at = positions.findIndex(({ kind }) => kind === 'options?')
  if (at >= 0 && at !== positions.length - 1) yield 'only the last position may be missing'
  if (at >= 0 && table.payload !== 'none')
    yield 'only the last position may be missing, and a payload comes behind it'
  if (new Set(writeOrder).size !== writeOrder.length) yield 'a key has two rows'
  const attributes = options.map(({ attribute }) => attribute)
  if (new Set(attributes).size !== attributes.length) yield 'an attribute has two keys'
  yield* brokenByNames(table)
  yield* brokenByPositions(table)
  yield* brokenByOptions(table)
  yield* brokenByMixins(table)
  yield* brokenByFrom(table)
}

/** Attributes and keys are names that nothing else has. */
function* brokenByNames({ positions, options }: MessageTable): Generator<string> {
  const names = new Set(RESERVED)
  const twice = (name: string): boolean => names.size === names.add(name).size
  for (const { attribute, kind } of positions) {
    // Options are no attribute; a dictionary in a position has the row of an option, too.
    if (!DICTIONARIES.includes(kind) && twice(attribute)) yield `${attribute} is taken`
  }
  for (const { attribute, key } of options) {
    if (twice(attribute)) yield `${attribute} is taken`
    if (key !== attribute && twice(key)) yield `${key} is taken`
  }
  for (const { attribute, key } of options) {
    if (key.replaceAll('-', '_') !== attribute) yield `${attribute} is not the name of the key ${key}`
  }
  for (const { attribute } of [...positions, ...options]) {
    if (!/^[a-z]\w*$/i.test(attribute) || attribute.endsWith('Ref'))
      yield `${attribute} is not a name for an attribute`
  }
}

function* brokenByPositions({ category, positions, options }: MessageTable): Generator<string> {
  for (const { attribute, kind, isInterned, absent } of positions) {
    if (!POSITION_KINDS.includes(kind)) yield `${attribute} is of no kind of positions: ${kind}`
    if (isInterned && kind !== 'uri') yield `${attribute} is interned, and not a URI`
    if (absent !== null && kind !== 'uri') yield `${attribute} may be left out, and is not a URI`
    if (kind !== 'dict') continue
    if (category !== 1 || options[0]?.attribute !== attribute)
      yield `${attribute} is a dictionary: of category 1, and the first of the options`
    if (options[1] !== undefined) yield `${options[1].attribute} has no place in a list with ${attribute}`
  }
  if (options[0] !== undefined && !positions.some(({ kind }) => DICTIONARIES.includes(kind)))
    yield `${options[0].attribute} has no place in a list without options`
  // Lists that are not made into messages know the ids by their number (build/list-places.mjs).
  const isId = positions.map(({ kind }) => kind === 'id' || kind === 'requestType')
  if (isId.slice(0, isId.lastIndexOf(true) + 1).includes(false)) yield 'ids come first'
}

function* brokenByOptions(table: MessageTable): Generator<string> {
  const { options } = table
  for (const { attribute, key, kind, absent, isRequired } of options) {
    if (!Object.hasOwn(KINDS, kind)) yield `${attribute} is of no kind of options: ${kind}`
    else if (kind === 'id')
      yield `${attribute}: ids in options are of kind int or ints, and named in ID_OPTIONS`
    else if (MIXED_KINDS.includes(kind) && !PAYLOAD_KEYS.includes(key))
      yield `${attribute} is of a kind for the mixins: ${kind}`
    else if (absent !== null && !(WORD_KINDS.includes(kind) && KINDS[kind].check(absent)))
      yield `${attribute} cannot be ${absent} when it is absent`
    if (isRequired && brokenRule(table, () => null)?.attribute !== attribute)
      yield `${attribute} is required, and rules.ts does not ask for it`
  }
}

function* brokenByMixins({ category, options, payload }: MessageTable): Generator<string> {
  const mixed = category === 4 ? PAYLOAD_KEYS : category === 3 ? FORWARDING_KEYS : []
  for (const [field, key] of PAYLOAD_KEYS.entries()) {
    const found = options.findIndex((option) => option.key === key)
    if (found !== (mixed.includes(key) ? field : -1))
      yield `category ${category} and option ${key} do not fit`
  }
  if (payload === 'args' && category !== 1) yield 'args without a mixin are for category 1'
}

function* brokenByFrom(table: MessageTable): Generator<string> {
  const { from, options, positions } = table
  if (from === null) return
  const kinds = positions.map(({ kind }) => kind)
  if (positions.every(({ attribute, kind }) => kind !== 'id' || from.ids.includes(attribute)))
    yield 'from needs an id to give'
  for (const id of from.ids) {
    const isIdOf = (of: MessageTable): boolean =>
      of.positions.some(({ attribute, kind }) => attribute === id && kind === 'id')
    if (!isIdOf(table) || !isIdOf(from.source)) yield `from takes ${id}, which is not an id of both messages`
  }
  if (options.length === 0 && (from.carriesCustom || table.payload !== 'none'))
    yield 'from carries nothing but ids into a message without options'
  if (table.payload !== 'none' && table.payload !== from.source.payload)
    yield `from cannot give the payload of ${from.source.name}`
  // ERROR has the URI of another one.
  const isText = (kind: PositionKind): boolean => TEXTS.includes(kind)
  if (kinds.includes('realm') || (kinds.some(isText) && from.source !== table))
    yield 'from cannot give the text of a position'
  if (options.some(({ isRequired }) => isRequired)) yield 'from cannot give a required option'
  for (const name of [...from.carries, ...from.carriesLinked]) {
    for (const [whose, list] of [
      ['the message', options],
      [from.source.name, from.source.options],
    ] as const) {
      if (list.every(({ attribute }) => attribute !== name))
        yield `carries ${name}, which ${whose} does not have`
    }
  }
  for (const name of from.carriesLinked) {
    const [kind, other] = [options, from.source.options].map(
      (all) => all.find(({ attribute }) => attribute === name)?.kind,
    )
    if (kind !== other) yield `carries ${name} of a link as another kind`
  }
}
