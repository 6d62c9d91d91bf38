/**
 * Deep equality. Numbers compare by value except that NaN equals itself; a `Float64` equals its number, and a BigInt up
 * to 2^53 the number that it is on the wire; maps compare by content, whatever the order of their keys, and so do keys
 * that are no texts; bytes by content. With `isWritten` an entry that is undefined counts as absent, as it does to those
 * who write it.
 */
export declare function equalValues(a: unknown, b: unknown, isWritten?: boolean): boolean;
/** True when both hold the same bytes. */
export declare function equalBytes(a: Uint8Array, b: Uint8Array): boolean;
