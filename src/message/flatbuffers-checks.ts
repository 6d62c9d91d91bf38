/**
 * What the FlatBuffers schema must keep, so that readers and writers can go by it and by the message tables. The
 * generator of its rows asks here before it writes anything (build/schema-rows.mjs); no bundle holds this file.
 */
import { ORDERS } from './flatbuffers-orders.ts'
import { FLAT_ENUMS, type FlatSlot } from './flatbuffers-schema.ts'
import { ID_OPTIONS, type Kind, type MessageTable, type Position } from './table.ts'
import { ENC_ALGOS, ENC_SERIALIZERS, ENUMERATIONS } from './tables/enumerations.ts'

/** Slots of one table: bits of a 32-bit word. */
const MAX_SLOTS = 32

const PAYLOAD_SLOTS: readonly string[] = ['args', 'kwargs', 'payload']
const NUMBERS: readonly string[] = ['uint16', 'uint32', 'uint64']
const TEXTS: readonly string[] = ['string', ...Object.keys(FLAT_ENUMS)]

/** The enumerations of the schema that have all these words, and so many others at most. */
function enumsOf(words: readonly string[], others: number): string[] {
  return Object.entries(FLAT_ENUMS)
    .filter(([, names]) => words.every((word) => names.includes(word)))
    .filter(([, names]) => names.filter((name) => name !== null).length <= words.length + others)
    .map(([name]) => name)
}

/** Receivers look for the other word of CancelMode, `skip`, in the mode of INTERRUPT only. */
function enumerations(): Record<keyof typeof ENUMERATIONS, readonly string[]> {
  const kinds = Object.entries(ENUMERATIONS).map(([kind, words]) => [
    kind,
    enumsOf(words, kind === 'interruptMode' ? 1 : 0),
  ])
  return Object.fromEntries(kinds)
}

/** The types of slots that an option of a kind may have. */
const TYPES_OF_OPTIONS: Readonly<Record<Kind, readonly string[]>> = {
  id: ['uint64'],
  int: NUMBERS,
  uint: NUMBERS,
  count: NUMBERS,
  bool: ['bool'],
  text: TEXTS,
  textOrNull: TEXTS,
  uri: ['string'],
  dict: ['Map'],
  dictOrNull: ['Map'],
  ints: ['[uint64]'],
  texts: ['[string]', '[AuthMethod]'],
  hops: ['[Principal]'],
  clientRoles: ['ClientRoles'],
  routerRoles: ['RouterRoles'],
  ...enumerations(),
  encAlgo: enumsOf(ENC_ALGOS, 1),
  encKey: ['string'],
  encSerializer: enumsOf(ENC_SERIALIZERS, 0),
}

/** The same for positions; dictionaries among them have the row of an option, or no slot. */
const TYPES_OF_POSITIONS: Readonly<Partial<Record<Position['kind'], readonly string[]>>> = {
  id: ['uint64'],
  requestType: ['MessageType'],
  uri: ['string'],
  realm: ['string'],
  text: TEXTS,
}

/** An attribute, and the types of slots that it may have. */
interface Place {
  readonly attribute: string
  readonly kind: string
  readonly types: readonly string[]
}

/** Throws TypeError with the name of the message and the rule, unless the slots fit what the message has. */
export function checkSlots(table: MessageTable, slots: readonly FlatSlot[]): void {
  for (const broken of brokenBy(table, slots)) throw new TypeError(`${table.name}: ${broken}`)
}

function* brokenBy(
  { positions, options, payload }: MessageTable,
  slots: readonly FlatSlot[],
): Generator<string> {
  if (slots.length > MAX_SLOTS) yield `${slots.length} slots: at most ${MAX_SLOTS}`
  const required = positions.flatMap(({ attribute, kind }): Place[] => {
    const types = TYPES_OF_POSITIONS[kind]
    return types === undefined ? [] : [{ attribute, kind, types }]
  })
  const bytes = payload === 'any' ? PAYLOAD_SLOTS : []
  required.push(...bytes.map((attribute) => ({ attribute, kind: 'bytes', types: ['[uint8]'] })))
  const places = new Map([
    ...options.map(({ attribute, key, kind }): [string, Place] => {
      const types = ID_OPTIONS.includes(key) && kind === 'int' ? ['uint64'] : TYPES_OF_OPTIONS[kind]
      return [attribute, { attribute, kind, types }]
    }),
    ...required.map((place): [string, Place] => [place.attribute, place]),
  ])
  const taken = new Set<string>()
  for (const { name, type, attribute } of slots) {
    if (attribute === null) continue
    const place = places.get(attribute)
    if (place === undefined) yield `the schema has a slot ${name} of no attribute`
    else if (!place.types.includes(type))
      yield `${attribute} (${place.kind}) has a slot of type ${type} in the schema`
    if (taken.has(attribute)) yield `the schema has two slots of ${attribute}`
    taken.add(attribute)
  }
  for (const { attribute } of required)
    if (!taken.has(attribute)) yield `${attribute} has no slot in the schema`
}

/**
 * Throws TypeError unless what `from` carries over still encoded is read by the type that it was written by. Values of
 * another kind are carried over decoded.
 */
export function checkCarried(
  table: MessageTable,
  slotsOf: (table: MessageTable) => readonly FlatSlot[],
): void {
  const { name, from } = table
  if (from === null) return
  for (const attribute of [...from.carries, ...from.carriesLinked]) {
    const [[type, kind] = [], [otherType, otherKind] = []] = [from.source, table].map((each) => [
      slotsOf(each).find((slot) => slot.attribute === attribute)?.type,
      each.options.find((option) => option.attribute === attribute)?.kind,
    ])
    if (type === undefined || type === otherType || kind !== otherKind) continue
    const text = `has a slot of type ${type} in ${from.source.name}, and ${otherType ?? 'none'} here`
    throw new TypeError(`${name}: carries ${attribute}, which ${text}`)
  }
}

/**
 * Throws TypeError for a name in ORDERS that is not one of a slot: the reference peer's order would lose it. It creates
 * the texts of ERROR's callee, which the schema has no slots for.
 */
export function checkOrder({ name }: MessageTable, slots: readonly FlatSlot[]): void {
  const [created = [], added = []] = ORDERS[name] ?? []
  const known = slots.map((slot) => slot.name)
  if (name === 'ERROR') known.push('callee_authid', 'callee_authrole')
  const unknown = [...created, ...added].find((each) => !known.includes(each))
  if (unknown !== undefined)
    throw new TypeError(`${name}: flatbuffers-orders.ts has ${unknown}, which is not a slot`)
}

/** Words whose names in the schema are not those in capitals. */
const NAMES_OF_WORDS: Readonly<Record<string, string>> = { wampcra: 'CRA', 'wamp-scram': 'SCRAM' }

/** Throws TypeError unless the schema's names of an enumeration, in the order of their numbers, are our words. */
export function checkEnum(type: string, names: readonly string[]): void {
  const words = FLAT_ENUMS[type]
  if (words === undefined) throw new TypeError(`${type}: an enumeration without words`)
  const expected = words.map((word, number) =>
    word === null ? names[number] : (NAMES_OF_WORDS[word] ?? word.toUpperCase()),
  )
  if (String(expected) !== String(names))
    throw new TypeError(`${type}: the schema has ${names.join(', ')} for ${words.join(', ')}`)
}
