/**
 * The FlatBuffers side of the messages: the slots of each table (flatbuffers-rows.ts), and the order in which the
 * reference peer writes them (flatbuffers-orders.ts).
 */
import { ORDERS } from './flatbuffers-orders.ts'
import { MESSAGE_ROWS } from './flatbuffers-rows.ts'
import { type FlatSlot, type FlatTable, isOffsetType, slotsOf } from './flatbuffers-schema.ts'
import { TABLES } from './tables.ts'

/** The FlatBuffers side of every message, by WAMP's name of the message. */
export const FLAT_TABLES: Readonly<Record<string, FlatTable>> = Object.fromEntries(
  Object.entries(MESSAGE_ROWS).map(([message, [name, code, rows]]) => {
    const slots = slotsOf(name, rows, TABLES.find((table) => table.name === message) ?? null)
    const [created, added] = ORDERS[message] ?? orderOf(slots)
    return [message, { name, code, slots, created, added }]
  }),
)

/** The order of the slots. */
function orderOf(
  slots: readonly FlatSlot[],
): readonly [created: readonly string[], added: readonly string[]] {
  const known = slots.filter(({ attribute }) => attribute !== null)
  return [known.filter(({ type }) => isOffsetType(type)), known].map((each) =>
    each.map(({ name }) => name),
  ) as [string[], string[]]
}
