/**
 * The bytes of FlexBuffers, for `encode-flexbuffers.ts`. The format is written bottom-up: what an offset points to
 * stands before it, and a vector is as wide as its widest element. So the elements of a container wait on a stack until
 * all of them are known; then the vector is written, and waits in their place.
 *
 * Keys and vectors of keys are written once, whatever the order in which maps have them.
 */
import type { KeyMemory, KeySequence } from './flexbuffers-keys.ts';
import type { Output } from './output.ts';
/** One value that is being written. Positions count from its first byte, widths are logarithms. */
export declare class Layout {
    #private;
    private readonly out;
    /** Mark of the value's first byte. */
    private readonly origin;
    /** Waiting elements: type, width, and the scalar or the position that an offset will point to. */
    private readonly types;
    private readonly widths;
    private readonly values;
    /** How many elements wait: a container begins at the next one. What stands behind them has been written. */
    waiting: number;
    private readonly memory;
    /** `memory` is nobody else's until `finish`. */
    constructor(out: Output, memory: KeyMemory);
    /** The keys of a map that begins. */
    get noKeys(): KeySequence;
    addNull(): void;
    addBoolean(value: boolean): void;
    /** Adds an integer within ±2^53, or a BigInt of 64 bits beyond. */
    addInteger(value: number | bigint, isRoot: boolean): void;
    addFloat(value: number, isRoot: boolean): void;
    /** Adds a text of `length` bytes. */
    addText(text: string, length: number): void;
    addBlob(bytes: Uint8Array): void;
    /** The keys of a map so far, and one more. */
    after(keys: KeySequence, key: string): KeySequence;
    /** True when the last key was written in this payload. */
    hasKey({ key }: KeySequence): boolean;
    /** Writes the last key, which has no NUL, for the first time; returns its length in bytes. */
    writeKey({ key }: KeySequence): number;
    /** Takes the key back that was written last, at this mark. */
    dropKey({ key }: KeySequence, mark: number): void;
    /** Makes one vector of the elements that wait from `first` on. */
    closeArray(first: number): void;
    /** Makes one map of the elements that wait from `first` on; `keys` are theirs. */
    closeMap(first: number, keys: KeySequence): void;
    /** Writes the one waiting element as the root. */
    finish(): void;
}
