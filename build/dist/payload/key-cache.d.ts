import type { Output } from './output.ts';
/** A key and its bytes. */
export declare class KnownKey {
    readonly key: string;
    /** The bytes in the order of the machine, filled up to whole words. */
    readonly words: Int32Array;
    readonly byteLength: number;
    /** The key that came after this one the last time. */
    next: KnownKey | null;
    /** What stands before the first key of the map that is this one's value. */
    inside: KnownKey | null;
    constructor(key: string, words: Int32Array, byteLength: number);
}
/** The keys of one format. `State` is what its encoder hands to itself. */
export declare class KeyCache<State> {
    #private;
    /** Stands for the outermost value: it has no key. */
    readonly root: KnownKey;
    /** `encode` writes a key with all that stands between it and its value. */
    constructor(encode: (out: Output, key: string, state: State) => void);
    /** What stands for the outermost value that is at this path. */
    rootAt(path: string): KnownKey;
    /** The key, or null when it is not known. `before` is the key in front of it, or the `start` of its map. */
    find(key: string, before: KnownKey): KnownKey | null;
    /** What stands before the first key of the map that is the value of `outer`. */
    start(outer: KnownKey): KnownKey;
    /** Writes a key; returns what the next one comes after. */
    write(out: Output, key: string, before: KnownKey, state: State): KnownKey;
}
