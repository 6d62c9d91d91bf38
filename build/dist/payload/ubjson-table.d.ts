import type { Reader } from './decode-value.ts';
import { type Count, type Dialect } from './ubjson-head.ts';
/** A place of the schema. */
interface Step {
    /** The key in a map, and where it begins. */
    readonly key: string;
    readonly keyAt: number;
    /** Where its type begins. */
    readonly at: number;
    /** The marker of a leaf; OPEN_MAP or OPEN_ARRAY. */
    readonly marker: number;
    /** Members of a map or array. */
    members: number;
    /** How a leaf is read; null for a map or array. */
    readonly leaf: Leaf | null;
}
/** How the values of a leaf stand in the records. */
interface Leaf {
    /** Bytes that it takes, and how many of the record are before it. */
    readonly size: number;
    readonly start: number;
    /** What the numbers in the records stand for, and the bytes of each; null when they are values themselves. */
    readonly entries: readonly unknown[] | null;
    readonly lengths: readonly number[];
    /** The marker of numbers that stand for texts behind the payload, or 0. */
    readonly integer: number;
    /** The field that it is in. */
    readonly field: Field;
}
/** A field of the record: where it begins there, and its bytes. */
interface Field {
    readonly start: number;
    size: number;
}
/** A schema and what it says of all records together. */
interface Schema {
    readonly steps: readonly Step[];
    readonly size: number;
    readonly levels: number;
    readonly keyBytes: number;
}
/** Schema and count of a structure of arrays. */
export interface TableHead extends Count {
    readonly schema: Schema;
}
/** Reads schema and count; the bracket of the schema was taken. Throws ProtocolError as `decodeUbjson`. */
export declare function readTableHead(reader: Reader, dialect: Dialect): TableHead;
/**
 * The records of a structure of arrays; the bracket of the schema was taken. It begins at `offset`, inside of `depth`
 * containers; `byField` says that it is field by field. Throws ProtocolError as `decodeUbjson`, and SIZE_LIMIT when its
 * records name their keys and texts too often.
 */
export declare function readTable(reader: Reader, dialect: Dialect, offset: number, depth: number, byField: boolean): unknown[];
/** The elements of an n-dimensional array as arrays of arrays; `byColumn` says that the first number counts fastest. */
export declare function nested(elements: unknown[], shape: readonly number[], byColumn: boolean): unknown[];
export {};
