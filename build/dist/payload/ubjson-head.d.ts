/**
 * What `decode-ubjson.ts` reads before the values themselves: integers of both byte orders, lengths, and the heads of
 * containers with type, count and dimensions. The kernel has the same in assembly/formats/ubjson-parts.ts.
 */
import type { Reader } from './decode-value.ts';
export declare const OPEN_ARRAY = 91;
export declare const CLOSE_ARRAY = 93;
export declare const OPEN_MAP = 123;
export declare const CLOSE_MAP = 125;
export declare const TYPE = 36;
export declare const COUNT = 35;
/** One of the two dialects. */
export interface Dialect {
    readonly isLittle: boolean;
    /** Bytes of each integer that may be a length, negative for signed ones. */
    readonly integers: ReadonlyMap<number, number>;
    /** Bytes of each type that a container may have; -1 for those of no fixed size. */
    readonly types: ReadonlyMap<number, number>;
    /** The type of a byte string. */
    readonly byte: number;
    /** Whether arrays may have dimensions, and be structures of arrays. */
    readonly hasShapes: boolean;
}
/** BJData: only types of a fixed size, and none without bytes. */
export declare const BJDATA: Dialect;
/** UBJSON draft 12. Containers of containers and of no-ops are refused: nobody writes them, and they amplify. */
export declare const DRAFT_12: Dialect;
/** A marker for people: `U`, or `byte 0x01`. */
export declare function shown(marker: number | undefined): string;
export declare function skipNoOps(reader: Reader): void;
/** True for a marker of an integer that may be a length. */
export declare function isLength(marker: number, dialect: Dialect): boolean;
/** Reads 1, 2 or 4 bytes. Throws TRUNCATED. */
export declare function readUnsigned(reader: Reader, width: number, dialect: Dialect): number;
/** Reads an integer after its marker: a number within ±2^53, a BigInt beyond. Throws TRUNCATED. */
export declare function readInteger(reader: Reader, marker: number, dialect: Dialect): number | bigint;
/**
 * Reads a length with its marker; one beyond 2^53 is only nearly what stands there. Throws TRUNCATED, `wrong` for what
 * is no integer, and BAD_NUMBER for a negative one.
 */
export declare function readLength(reader: Reader, dialect: Dialect, wrong: 'BAD_TOKEN' | 'KEY_TYPE'): number;
/** What a `#` has behind it. */
export interface Count {
    /** Elements or pairs, in an n-dimensional array the innermost ones; -1 when a bracket ends it. */
    readonly count: number;
    /** Sizes of an array of two or more dimensions. */
    readonly shape: readonly number[];
    /** Arrays inside of an n-dimensional one. */
    readonly rows: number;
    /** The first of its numbers counts fastest (column-major). */
    readonly byColumn: boolean;
}
/** The head of a container. */
export interface ContainerHead extends Count {
    /** The marker of all values, 0 when each has its own. */
    readonly type: number;
    readonly isBytes: boolean;
    /** A structure of arrays: `ubjson-table.ts` reads it from its schema on. */
    readonly isTable: boolean;
}
/**
 * Reads type and count after the bracket of a container. What they claim fits into the rest of the bytes and into the
 * budget of values. Throws TRUNCATED, BAD_TOKEN, BAD_NUMBER, LENGTH_OVERRUN or NODE_LIMIT.
 */
export declare function readContainer(reader: Reader, dialect: Dialect, isMap: boolean): ContainerHead;
/** The next byte; undefined at the end. */
export declare function peek(reader: Reader): number | undefined;
/**
 * Reads what follows a `#`: a number, or the sizes of an n-dimensional array, which an array of its own around them
 * makes column-major. Throws TRUNCATED, BAD_TOKEN, BAD_NUMBER or LENGTH_OVERRUN.
 */
export declare function readCount(reader: Reader, dialect: Dialect, mayHaveShape: boolean, mayHaveColumns: boolean): Count;
