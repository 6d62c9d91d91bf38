import type { Kind } from './table.ts';
/** The largest WAMP id, 2^53. */
export declare const MAX_ID: number;
/** An id: an integer from 0 to 2^53. */
export declare function isId(value: unknown): value is number;
/** An integer as the wire has it: a BigInt beyond 2^53. */
export declare function isInteger(value: unknown): value is number | bigint;
/** A dictionary: an object that is not a list, bytes, or something else that is no dictionary on the wire. */
export declare function isDict(value: unknown): value is Record<string, unknown>;
/** Custom values: `x_` alone, or with a letter and at least one of a-z, 0-9 and `_`. */
export declare function isCustomName(value: unknown): boolean;
/** The value of an option as messages keep it: in hops, null for undefined. */
export declare function keptOption(kind: Kind, value: unknown): unknown;
/**
 * The check of a value in a list frame, where peers take less than the classes hold: every hop has its authid and its
 * role, and some payload serializers have no name.
 */
export declare function isGoodInList(kind: Kind, value: unknown): boolean;
interface KindFacts {
    /** What an error says was expected. */
    readonly expected: string;
    check(value: unknown): boolean;
}
/** Every kind: its check, and its name in errors. */
export declare const KINDS: Readonly<Record<Kind, KindFacts>>;
export {};
