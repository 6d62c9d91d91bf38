/**
 * The slots of all FlatBuffers tables as numbers: what the kernel's verifier (build/flatbuffers-tables.mjs) and the one
 * in JavaScript (flatbuffers-scan.ts) are driven by. Both know nothing of WAMP beside it.
 */
import * as abi from '../kernel/abi.ts'
import { flatTableOf } from './flatbuffers-lookup.ts'
import { FLAT_ENUMS, FLAT_NESTED, type FlatSlot } from './flatbuffers-schema.ts'
import type { MessageTable } from './table.ts'
import { TABLES } from './tables.ts'

/** Required by the schema, but left out by the reference peer and the official vectors. */
const NOT_ENFORCED: readonly string[] = ['roles', 'realm', 'authid', 'authrole']

/** Numbers of one slot: see `FlatLayout.slots`. */
export const SLOT_BYTES = 8

/** Numbers of one table in `messages` and `nested`. */
export const MESSAGE_WORDS = 4

/** All tables; the messages in the order of TABLES. */
export interface FlatLayout {
  /**
   * SLOT_BYTES bytes a slot: type, inline bytes, size of enumeration or number of table, field, place of id, flags, 0,
   * 0.
   */
  readonly slots: readonly number[]
  /** First slot, number of slots, number up to the last that is looked at when absent, 0. */
  readonly messages: readonly number[]
  /** The same of the tables that messages point to. */
  readonly nested: readonly number[]
  /** Union byte (0..127) -> index of the message + 1, 0 when unknown. */
  readonly messageOfCode: readonly number[]
}

/** Makes the layout of the tables. */
export function flatLayout(): FlatLayout {
  const slots: number[][] = []
  const names = Object.keys(FLAT_NESTED)
  const place = (table: MessageTable | null, rows: readonly FlatSlot[]): number[] => {
    const first = slots.length
    for (const row of rows) {
      const [type, more] = typeOf(row.type, names)
      slots.push([type, row.size, more, ...targetOf(table, row), 0, 0])
    }
    return [first, rows.length, slots.slice(first).findLastIndex(isNeeded) + 1, 0]
  }
  const messages = TABLES.flatMap((table) => place(table, flatTableOf(table).slots))
  const nested = names.flatMap((name) => place(null, FLAT_NESTED[name] as readonly FlatSlot[]))
  const messageOfCode = new Array<number>(128).fill(0)
  for (const [messageIndex, table] of TABLES.entries())
    messageOfCode[flatTableOf(table).code] = messageIndex + 1
  return { slots: slots.flat(), messages, nested, messageOfCode }
}

/** A slot that says something also when it is absent: required, or the id of the request. */
function isNeeded([, , , field, , flags]: readonly number[]): boolean {
  return ((flags as number) & abi.SLOT_REQUIRED) !== 0 || field === abi.FIELD_POSITION + 1
}

const PLAIN_TYPES: Readonly<Record<string, number>> = {
  bool: abi.FLAT_BOOL,
  MessageType: abi.FLAT_REQUEST_TYPE,
  uint16: abi.FLAT_U16,
  uint32: abi.FLAT_U32,
  uint64: abi.FLAT_U64,
  string: abi.FLAT_TEXT,
  '[uint8]': abi.FLAT_BYTES,
  '[uint64]': abi.FLAT_U64S,
  '[string]': abi.FLAT_TEXTS,
}

/** Kernel type, and what belongs to it: names of an enumeration, or the number of a table. */
function typeOf(type: string, nested: readonly string[]): [type: number, more: number] {
  const element = type.startsWith('[') ? type.slice(1, -1) : ''
  const elements = FLAT_ENUMS[element]
  if (elements !== undefined) return [abi.FLAT_ENUMS, elements.length]
  if (FLAT_NESTED[element] !== undefined) return [abi.FLAT_TABLES, nested.indexOf(element)]
  const names = FLAT_ENUMS[type]
  if (names !== undefined) return [abi.FLAT_ENUM, names.length]
  if (FLAT_NESTED[type] !== undefined) return [abi.FLAT_TABLE, nested.indexOf(type)]
  const plain = PLAIN_TYPES[type]
  if (plain === undefined) throw new TypeError(`no kernel type for ${type}`)
  return [plain, 0]
}

const PAYLOAD_FIELDS: Readonly<Record<string, number>> = {
  args: abi.FIELD_ARGS,
  kwargs: abi.FIELD_KWARGS,
  payload: abi.FIELD_PAYLOAD,
}

/** The field of the record or index that a slot fills, the place among the ids, and flags. */
function targetOf(
  table: MessageTable | null,
  { name, type, attribute, required }: FlatSlot,
): [field: number, place: number, flags: number] {
  const isRequired = (required && !NOT_ENFORCED.includes(name)) || type === 'MessageType'
  const flags = isRequired ? abi.SLOT_REQUIRED : 0
  if (table === null || attribute === null) return [abi.FIELD_NONE, 0, flags]
  if (type === '[uint8]') return [PAYLOAD_FIELDS[name] as number, 0, flags]
  const { positions, options } = table
  const place = positions.findIndex((each) => each.attribute === attribute && each.kind !== 'dict')
  const position = positions[place]
  if (position !== undefined) {
    const ids = positions.filter(({ kind }) => kind === 'id')
    const uri = position.kind === 'uri' || position.kind === 'realm' ? abi.SLOT_URI : 0
    return [abi.FIELD_POSITION + 1 + place, Math.max(0, ids.indexOf(position)), flags | uri]
  }
  const field = options.findIndex((option) => option.attribute === attribute)
  const option = options[field]
  if (option === undefined) throw new TypeError(`${table.name} has no attribute ${attribute}`)
  const isSemantic = option.kind === 'uri' || option.kind === 'interruptMode'
  return [field, 0, flags | (isSemantic ? abi.SLOT_SEMANTIC : 0)]
}
