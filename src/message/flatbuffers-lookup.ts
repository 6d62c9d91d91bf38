/** The FlatBuffers side of a message: its table in the schema, and the types of its options' slots. */
import type { FlatType } from './flatbuffers-rows.ts'
import type { FlatTable } from './flatbuffers-schema.ts'
import { FLAT_TABLES } from './flatbuffers-tables.ts'
import type { MessageTable } from './table.ts'
import { TABLES } from './tables.ts'

/** The message in FlatBuffers. */
export function flatTableOf({ name }: MessageTable): FlatTable {
  return FLAT_TABLES[name] as FlatTable
}

/** By the codes of messages. */
const known: (readonly (FlatType | null)[])[] = []

/** The type of each option's slot, by field number; null for options that have none. Empty for an unknown code. */
export function flatTypesOf(code: number): readonly (FlatType | null)[] {
  known[code] ??= typesOf(TABLES.find((table) => table.code === code))
  return known[code]
}

function typesOf(table: MessageTable | undefined): (FlatType | null)[] {
  if (table === undefined) return []
  const { slots } = flatTableOf(table)
  const typeOf = (wanted: string): FlatType | null =>
    slots.find(({ attribute }) => attribute === wanted)?.type ?? null
  return table.options.map(({ attribute }) => typeOf(attribute))
}
