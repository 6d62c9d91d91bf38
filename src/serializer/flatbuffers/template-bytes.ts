/** What is the same in all messages of one shape, as the builder has written it once. */

/** The head of a message of one shape, and the places in it that differ from message to message. */
export interface Template {
  readonly shape: number
  readonly bytes: Uint8Array
  /** Place and size of each scalar that is there. */
  readonly scalars: readonly number[]
  /** Places of the offsets to args, kwargs and the payload; 0 for those that are absent. */
  readonly spans: readonly number[]
  /** Places of the offsets to the texts that are there. */
  readonly texts: readonly number[]
}

/** Places of the slots of the message in a frame that the builder has written; 0 for one that is absent. */
export function slotsOf(written: Uint8Array): (slot: number) => number {
  const view = new DataView(written.buffer, written.byteOffset, written.length)
  const slotAt = (table: number, slot: number): number => {
    const vtable = table - view.getInt32(table, true)
    if (4 + 2 * slot >= view.getUint16(vtable, true)) return 0
    const offset = view.getUint16(vtable + 4 + 2 * slot, true)
    return offset === 0 ? 0 : table + offset
  }
  const root = view.getUint32(0, true)
  const union = slotAt(root, 1)
  const table = union + view.getUint32(union, true)
  return (slot) => slotAt(table, slot)
}
