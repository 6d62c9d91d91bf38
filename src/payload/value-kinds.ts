/** What a value is for the wire (`classify.ts`). Each comment names the form in which a value of the kind is given. */

/** Nothing: undefined, or with `unrepresentable: 'json'` a function or symbol. */
export const ABSENT = 0
/** A string, number, boolean, BigInt or null. */
export const SCALAR = 1
/** A number that must be written as a float. */
export const FLOAT = 2
/** A plain `Uint8Array` over the value's memory. */
export const BYTES = 3
/** An array or a typed array of numbers. */
export const ARRAY = 4
/** A Map: a copy of its entries as `MapEntries`. */
export const MAP = 5
/** An object: its own enumerable string keys. */
export const OBJECT = 6
/** A `Tagged`. */
export const TAGGED = 7
