/**
 * Whether the keys of maps at one place are data (ids, mail addresses) rather than names, by the maps that came there.
 * An object of such keys is a dictionary to V8 from its birth: with new keys all the time each assignment to another
 * object makes a hidden class of its own, and takes twice as long (Node 24, x86-64, 2026).
 */

/** Maps in a row with new keys after which the keys at their place are taken for data. */
const FRESH_MAPS = 2
/** One of so many maps of a place whose keys are data is read as others are: its keys may repeat by now. */
const RETRY = 32

/** Where all sorts of maps are. */
export const NEVER_DATA = -60

/** Whether the keys of the next map are data, after so many maps in a row of which most keys were new. */
export function areData(fresh: number): boolean {
  return fresh >= FRESH_MAPS && fresh % RETRY !== 0
}

/** The number of such maps in a row after one of so many keys, of which so many were new. */
export function freshAfter(fresh: number, keys: number, misses: number): number {
  if (misses * 2 > keys) return fresh + 1
  return keys > 0 && fresh > 0 ? 0 : fresh
}

/** An object without properties that is a dictionary to V8. */
export function newDictionary(): Record<string, unknown> {
  return Object.setPrototypeOf({ __proto__: null }, Object.prototype)
}
