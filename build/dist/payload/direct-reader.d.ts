import type { Kernel } from '../kernel/kernel.ts';
import { type DecodeRules } from './decode-value.ts';
import { type Root, type WireKey, WireKeys } from './direct-keys.ts';
/** Thrown for what is left to the other decoders. */
export declare const RARE: unique symbol;
/** What the first element of an array says about the others: `sorts` of a format, by the first byte of a value. */
export declare const SORT_ANY = 0;
export declare const SORT_INTEGER = 1;
export declare const SORT_DOUBLE = 2;
/** Maps with more pairs are dictionaries, whose keys are data. */
export declare const MOST_PAIRS = 64;
/** Reads one format out of one kernel's memory. */
export declare abstract class DirectReader {
    /** The kernel's memory, which is another one after it has grown. */
    bytes: Uint8Array;
    view: DataView;
    /** Index of the next byte, and of the first one behind the value. */
    at: number;
    end: number;
    readonly kernel: Kernel;
    /** The bytes of the last key's head. */
    protected keyHead: number;
    protected readonly keys: WireKeys;
    private readonly sorts;
    private readonly doubleHead;
    private readonly poolOf;
    private pool;
    /** Containers that are open. */
    protected levels: number;
    private isAscii;
    /** The part of text that was made a string last: `[partStart, partEnd)`. */
    private part;
    private partStart;
    private partEnd;
    private isView;
    /** The same bytes where they outlive the kernel's copy, and how much further on they are there. */
    private source;
    private shift;
    /** `sorts` has a SORT for each first byte; keys have `tail` bytes behind their text. */
    constructor(kernel: Kernel, sorts: Uint8Array, tail: number);
    /** The next value; `outer` is the key that it stands under. Throws RARE. */
    abstract value(outer: WireKey): unknown;
    /** Bytes of the key at `at`, 0 for one that is rare; puts those of its head into `keyHead`. Throws RARE. */
    protected abstract keySize(): number;
    /**
     * The value in `length` bytes from `place` bytes behind the start of the kernel's input window on, which the kernel
     * has just checked; the same bytes are at `sourceStart` in `source`. Throws RARE.
     */
    read(place: number, length: number, root: Root, isAscii: boolean, rules: DecodeRules, source: Uint8Array, sourceStart: number): unknown;
    /** Nothing of the message stays alive here, also of one that was not read to its end. */
    release(): void;
    /** Takes `length` bytes as text. */
    protected text(length: number): string;
    /** The text in bytes of ASCII. */
    protected ascii(start: number, end: number): string;
    /** Any text. */
    protected anyText(start: number, end: number): string;
    private openPart;
    /** Takes `length` bytes. */
    protected binary(length: number): Uint8Array;
    /** An array of `count` values that follow. */
    protected list(count: number, outer: WireKey): unknown[];
    private filled;
    /** A map of `count` pairs that follow. */
    protected map(count: number, outer: WireKey): Record<string, unknown>;
    private build;
    /** The pairs of a map from pair `i` on; `before` is the key in front of it. */
    private pairs;
    /** The value of a key that Object.prototype has got since it became known. */
    own(object: Record<string, unknown>, key: WireKey): void;
    /** Takes note of a map of `count` pairs; `isAlike` when all its keys were guessed. */
    protected learn(start: WireKey, count: number, isAlike: boolean): void;
    /** What is left of a map from pair `i` on, by no builder; `before` is the key in front of it. */
    rest(object: Record<string, unknown>, i: number, count: number, before: WireKey, start: WireKey): Record<string, unknown>;
    /** Takes the next key when it is the one that came after `before` the last time; null otherwise. */
    expected(before: WireKey): WireKey | null;
    /** Takes the next key when it is known; null otherwise. */
    protected known(before: WireKey): WireKey | null;
    /** A pair whose key is not known. */
    protected pairOfText(object: Record<string, unknown>): void;
    /** Opens a container of at least so many bytes. Throws RARE. */
    protected enter(count: number): void;
}
