import { EncodeError, type ErrorCode } from '../errors.ts';
import type { Policy } from '../limits.ts';
import type { PayloadFormatName } from './format.ts';
import { Tagged } from './values.ts';
/** The part of the policy that encoding a value needs. */
export type EncodeRules = Pick<Policy, 'unrepresentable' | 'maxDepth'>;
/** Integers up to here are exact in a double and are written as integers; 2^53 itself is. */
export declare const MAX_EXACT: number;
/**
 * Elements of one array. A sparse array may claim 4 billion and hold one; no message has room for so many. More is
 * SIZE_LIMIT before any work.
 */
export declare const MAX_ELEMENTS: number;
/**
 * The encoders recurse over the value, so whatever `maxDepth` says they stop here: the default stack of Node 20 on
 * x86-64 holds 3,700 levels (2026), and the application has used a part of it.
 */
export declare const MAX_RECURSION: number;
/** What a value is for the wire; `Walk.value` holds the value itself in the form that each comment names. */
export declare const Kind: {
    /** Nothing: undefined, or with `unrepresentable: 'json'` a function or symbol. */
    readonly ABSENT: 0;
    /** A string, number, boolean, BigInt or null. */
    readonly SCALAR: 1;
    /** A number that must be written as a float. */
    readonly FLOAT: 2;
    /** A plain `Uint8Array` over the value's memory. */
    readonly BYTES: 3;
    /** An array or a typed array of numbers. */
    readonly ARRAY: 4;
    /** A Map: a copy of its entries as `MapEntries`. */
    readonly MAP: 5;
    /** An object: its own enumerable string keys. */
    readonly OBJECT: 6;
    /** A `Tagged`. */
    readonly TAGGED: 7;
};
/** One of the kinds. */
export type Kind = (typeof Kind)[keyof typeof Kind];
/** The entries of a Map, in its order. The keys are texts, where the format has no others. */
export interface MapEntries {
    readonly keys: readonly unknown[];
    readonly values: readonly unknown[];
}
/** True for a number that is written as an integer: integral, within ±2^53, not -0. */
export declare function isExactInteger(value: number): boolean;
/** True for text without lone surrogates. */
export declare function isWellFormed(text: string): boolean;
/** Index of the first surrogate without its partner; -1 when there is none. */
export declare function loneSurrogateAt(text: string): number;
/** The text with U+FFFD for each lone surrogate. */
export declare function toWellFormed(text: string): string;
/** The state of one walk over a value: where we are, and what the rules say. */
export declare class Walk {
    #private;
    /** The result of the last `classify`. */
    value: unknown;
    /** The index or key that is written now, one per open container; what stands behind `depth` is of closed ones. */
    readonly steps: (string | number)[];
    /** How many containers are open. */
    depth: number;
    /** True: what a format cannot carry becomes what `JSON.stringify` makes of it. */
    lenient: boolean;
    /** Below this depth nobody asks for cycles: what is inside itself gets there. */
    private checkedDepth;
    private format;
    private prefix;
    private maxDepth;
    /** The container that `classify` saw last; for a Map not the copy of its entries. */
    private node;
    /** The open containers; behind them closed ones, and nothing behind those. */
    private readonly nodes;
    constructor(format: PayloadFormatName, rules: EncodeRules, prefix: string);
    /** Begins the walk over another value. */
    begin(format: PayloadFormatName, rules: EncodeRules, prefix: string): void;
    /** Lets go of the application's values. */
    end(): void;
    /**
     * Opens a container, the one that was classified last unless it is given, and returns its level, the index in `steps`
     * where its keys go. Throws CYCLE when it is inside itself (only its ancestors are compared: shared values are fine)
     * and DEPTH_LIMIT.
     */
    enter(node?: object): number;
    /** Closes the innermost container. */
    leave(): void;
    /** The number of elements of an array, read once. Throws SIZE_LIMIT, and UNENCODABLE when a Proxy lies. */
    arrayLength(array: {
        readonly length: number;
    }): number;
    /**
     * Refuses a value that is absent where there must be one: an element, the content of a tag, the top. Returns when
     * the rules say that null is written instead.
     */
    absent(isHole?: boolean): void;
    /** Checks text that is not ASCII. Throws BAD_UTF8 for a lone surrogate; returns when U+FFFD is written instead. */
    checkText(text: string): void;
    /** Says what the value is and leaves its wire form in `this.value`. Throws EncodeError; passes on what the
     * application's own `toJSON` throws. */
    classify(value: unknown): Kind;
    /** The error for a value that the format has no form for. */
    noForm(what: string): EncodeError;
    /** The same for a `Tagged`. */
    noTagged({ kind, tag }: Tagged): EncodeError;
    /** The error at the present place: `cannot encode args[0].a to json: NaN has no JSON form`. */
    fail(code: ErrorCode, reason: string): EncodeError;
}
/**
 * A walk over a value: the free one, or another one when a getter or `toJSON` of the application encodes while we do.
 * Who comes to the end of the value gives it back with `endWalk`; after an error it is lost.
 */
export declare function beginWalk(format: PayloadFormatName, rules: EncodeRules, prefix: string): Walk;
/** Gives back a walk that has come to its end. */
export declare function endWalk(walk: Walk): void;
/** The path of a value as JavaScript text: `args[0].a`, `kwargs["a b"][3]`. */
export declare function pathText(prefix: string, steps: readonly (string | number)[]): string;
/** The path of an element or entry of the value at `path`. */
export declare function stepInto(path: string, step: string | number): string;
/**
 * True for an object of no class that `classify` would call OBJECT, which most objects are. No property is read: with
 * thousands of key sets each read of `constructor` or `toJSON` takes 100 ns and more, because the engine's cache of
 * properties is too small; the two questions here take 18 ns, whatever the keys (Node 20, x86-64, 2026). What has no
 * prototype is a hash table to engines, for which `for in` has no short way: one of them would slow down all others.
 */
export declare function isPlainObject(value: object): value is Readonly<Record<string, unknown>>;
/** True for an array that `classify` would call ARRAY, which nearly all arrays are. */
export declare function isPlainArray(value: unknown): value is readonly unknown[];
