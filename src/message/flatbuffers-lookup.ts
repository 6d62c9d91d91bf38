/** The FlatBuffers side of a message: its table in the schema, and the types of the slots of its attributes. */
import type { FlatType } from './flatbuffers-rows.ts'
import type { FlatTable } from './flatbuffers-schema.ts'
import { FLAT_TABLES } from './flatbuffers-tables.ts'
import type { MessageTable } from './table.ts'
import { TABLES } from './tables.ts'

/** The message in FlatBuffers. */
export function flatTableOf({ name }: MessageTable): FlatTable {
  return FLAT_TABLES[name] as FlatTable
}

/** Stands before the type of a count, which is from 1: zero is read as absence. */
export const COUNT = 'count '

/** The types of the slots of one message. */
interface SlotTypes {
  /** Of each option, by field number; null for options that have none. */
  readonly options: readonly (FlatType | null)[]
  /** Of the URI or text among the positions; null without one. */
  readonly text: FlatType | null
  /** As `options`, with COUNT before the types of counts. */
  readonly read: readonly (string | null)[]
}

/** By the codes of messages. */
const known: SlotTypes[] = []

/** The type of each option's slot, by field number; null for options that have none. Empty for an unknown code. */
export function flatTypesOf(code: number): readonly (FlatType | null)[] {
  return slotTypesOf(code).options
}

/** All types of the message with this code; none for an unknown code. */
export function slotTypesOf(code: number): SlotTypes {
  known[code] ??= makeTypes(TABLES.find((table) => table.code === code))
  return known[code]
}

function makeTypes(table: MessageTable | undefined): SlotTypes {
  if (table === undefined) return { options: [], text: null, read: [] }
  const { slots } = flatTableOf(table)
  const typeOf = (wanted: string): FlatType | null =>
    slots.find(({ attribute }) => attribute === wanted)?.type ?? null
  const text = table.positions.find(({ kind }) => kind === 'uri' || kind === 'realm' || kind === 'text')
  const options = table.options.map(({ attribute }) => typeOf(attribute))
  return {
    options,
    text: text === undefined ? null : typeOf(text.attribute),
    read: options.map((type, field) =>
      type !== null && table.options[field]?.kind === 'count' ? COUNT + type : type,
    ),
  }
}
