/**
 * Keys of maps by their bytes on the wire, for the direct readers. Messages of one kind have the same keys in the same
 * order, so each key remembers which one came after it the last time, and which one came first in the map that was its
 * value: a right guess is two comparisons of words. `key-cache.ts` is the same for encoders.
 *
 * Nothing here is ever part of a result: a wrong guess costs time only.
 */
import { type MapBuilder } from '../generated/map-builders.ts';
/** What a value is, to guess its keys by: args or a value by itself, or kwargs, which are mostly of one kind. */
export type Root = typeof ARGS | typeof KWARGS;
export declare const ARGS = 0;
export declare const KWARGS = 1;
/** A key with its head, or what stands before the first key of a map. */
export declare class WireKey {
    readonly text: string;
    readonly bytes: Uint8Array;
    readonly size: number;
    /** The first eight bytes as little-endian words, and which bits of them are the key's. */
    readonly low: number;
    readonly high: number;
    readonly lowMask: number;
    readonly highMask: number;
    /** The key that came after this one the last time. */
    next: WireKey | null;
    /** What stands before the first key of the map that is this one's value. */
    inside: WireKey | null;
    /** Of what stands before a first key: pairs of the last map here, and maps in a row that were guessed right. */
    pairs: number;
    streak: number;
    /** What builds the maps here while all are alike, and the copy of the builder that learns them. */
    build: MapBuilder | null;
    copy: MapBuilder | null;
    constructor(text: string, bytes: Uint8Array);
    /** What stands before the first key of the map that is the value of this key. */
    start(): WireKey;
}
/** The keys of one format. */
export declare class WireKeys {
    #private;
    /** Stand for the outermost value, by `Root`. */
    readonly roots: readonly [WireKey, WireKey];
    /** Stands for keys that are not known. */
    readonly unknown: WireKey;
    /** Keys have `tail` bytes behind their text. */
    constructor(tail: number);
    /** Forgets the keys when Object.prototype has got one: it may be among them. */
    begin(): void;
    /** The key of `size` bytes at `at`, `head` of them in front of its text; null when it is not known. */
    find(bytes: Uint8Array, at: number, size: number, head: number, before: WireKey): WireKey | null;
    /** The next copy of the builder; null when all are taken. */
    copy(): MapBuilder | null;
}
