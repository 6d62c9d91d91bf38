/** What is the same in all messages of one shape, as the builder has written it once. */

/** The head of a message of one shape, and the places in it that differ from message to message. */
export interface Template {
  readonly shape: number
  readonly bytes: Uint8Array
  /** Places of the vtables of the message and of the root. */
  readonly vtable: number
  readonly rootVtable: number
  /** Place and size of each scalar that is there. */
  readonly scalars: readonly number[]
  /** Places of the offsets to args, kwargs and the payload; 0 for those that are absent. */
  readonly spans: readonly number[]
  /** Places of the offsets to texts, then to parts, that are there; 0 for a text that no slot points to. */
  readonly pointers: readonly number[]
}

/** Where things are in a frame that the builder has written. */
export interface Places {
  /** The place of a slot of the message; 0 for one that is absent. */
  readonly placeOf: (slot: number) => number
  readonly vtable: number
  readonly rootVtable: number
}

export function placesIn(written: Uint8Array): Places {
  const view = new DataView(written.buffer, written.byteOffset, written.length)
  const vtableOf = (table: number): number => table - view.getInt32(table, true)
  const slotAt = (table: number, slot: number): number => {
    const vtable = vtableOf(table)
    if (slot < 0 || 4 + 2 * slot >= view.getUint16(vtable, true)) return 0
    const offset = view.getUint16(vtable + 4 + 2 * slot, true)
    return offset === 0 ? 0 : table + offset
  }
  const root = view.getUint32(0, true)
  const union = slotAt(root, 1)
  const table = union + view.getUint32(union, true)
  return { placeOf: (slot) => slotAt(table, slot), vtable: vtableOf(table), rootVtable: vtableOf(root) }
}
