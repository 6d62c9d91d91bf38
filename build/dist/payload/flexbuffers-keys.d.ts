/**
 * The keys of maps in FlexBuffers, for `flexbuffers-layout.ts`: a vector of sorted keys stands beside each map. Maps of
 * one kind have the same keys in the same order, so what that order is when sorted is found out once, and remembered
 * from payload to payload; where keys and vectors stand is true for one payload only, whose number is beside it.
 *
 * Nothing here is ever part of a result: what is forgotten costs time, and keys or vectors that are written twice.
 */
/** A key, and where it stands in payload number `payload`. */
export declare class PlacedKey {
    readonly text: string;
    payload: number;
    at: number;
    constructor(text: string);
}
/** Keys in the order of a map: the last one, after those before it. */
export declare class KeySequence {
    readonly before: KeySequence | null;
    readonly key: PlacedKey | null;
    readonly length: number;
    /** With the key that came after these the last time; and with each that ever did, when there are several. */
    private next;
    private nexts;
    /** Place of each sorted key in this sequence, and the sequence of the sorted keys; null until somebody asks. */
    order: readonly number[] | null;
    sorted: KeySequence | null;
    /** Of sorted keys: where their vector stands in payload number `payload`, and the logarithm of its width. */
    payload: number;
    at: number;
    width: number;
    constructor(before: KeySequence | null, key: PlacedKey | null);
    /** These keys and one more, when that is known. */
    after(key: string): KeySequence | null;
    /** Remembers that one more key came after these. */
    add(key: PlacedKey): KeySequence;
    /** The keys in their order. */
    keys(): PlacedKey[];
}
/** What is remembered. Only one payload at a time may use it. */
export declare class KeyMemory {
    /** The sequence without keys. */
    root: KeySequence;
    /** The number of the payload that is being written. */
    payload: number;
    private keys;
    private count;
    constructor();
    /** Begins another payload. */
    begin(): void;
    /** Ends it. */
    end(): void;
    /** The keys of `sequence` and one more. */
    after(sequence: KeySequence, key: string): KeySequence;
    /** The sorted keys of a sequence. */
    sorted(sequence: KeySequence): KeySequence;
    private add;
    private forget;
}
