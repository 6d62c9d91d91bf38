/**
 * What the value decoders share: `Reader`, which reads numbers, text and bytes and never leaves its range. With it and
 * the `Tree` of `decode-tree.ts`, `decode-cbor.ts`, `decode-json.ts` and their like only know the bytes of their format.
 *
 * The kernel has usually checked the bytes before. A borrowed frame may have been changed since, so everything is
 * checked again here: range, depth, number of values, UTF-8, keys. The bytes must not be shared memory: text decoders
 * read twice, and the façade copies such frames before anything looks at them.
 *
 * Only plain data comes out: objects or Maps, arrays, strings, numbers, BigInt, booleans, null, plain `Uint8Array`,
 * and `Tagged` for what is none of these, or on request.
 */
import { type ErrorCode, ProtocolError } from '../errors.ts';
import type { Policy } from '../limits.ts';
import { Float64 } from './values.ts';
/** The part of the policy that decoding a value needs. */
export type DecodeRules = Pick<Policy, 'integers' | 'binary' | 'maps' | 'tags' | 'duplicateKeys' | 'maxDepth' | 'maxNodes' | 'maxBigIntBytes'> & {
    /** `exact` gives integral floats as `Float64`, so that another format writes them as floats again. */
    readonly floats?: 'plain' | 'exact';
    /** `lenient`: the extension by which msgpackr means `undefined` is that; otherwise an extension like any other. */
    readonly peers?: Policy['peers'];
    /** What `undefined` in a map is; default null. In an array it is null always. */
    readonly undefineds?: 'null' | 'absent';
};
/** A position in `bytes[start, end)`, the rules and the budget of values. One per call of a decoder. */
export declare class Reader {
    /** Index of the next byte. */
    at: number;
    readonly bytes: Uint8Array;
    readonly end: number;
    readonly rules: DecodeRules;
    /** A key is read: numbers as they are on the wire, whatever the rules do with those that are values. */
    isKey: boolean;
    private readonly format;
    private nodes;
    /** Throws a RangeError when the range is not inside the bytes. */
    constructor(format: string, bytes: Uint8Array, start: number, end: number, rules: DecodeRules);
    /** The error for what is at `offset`, an index in `bytes`. */
    fail(code: ErrorCode, reason: string, offset?: number): ProtocolError;
    /** Throws TRUNCATED unless `count` more bytes are in the range. */
    need(count: number): void;
    /**
     * Checks a claimed length before anything is done with it: `count` things of at least `size` bytes each. Throws
     * LENGTH_OVERRUN at the head, which begins at `offset`.
     */
    checkLength(count: number, size: number, what: string, offset: number): void;
    /** Counts one value. Throws NODE_LIMIT: a frame of empty maps must not become gigabytes of objects. */
    countNode(): void;
    /** Throws NODE_LIMIT unless `count` more values may come: for values that have no bytes of their own. */
    checkNodes(count: number): void;
    /** Counts the elements of a container at once, before any of them is read. */
    countNodes(count: number): void;
    u8(): number;
    u16(): number;
    u32(): number;
    /** The `undefined` of a format: undefined when it is absent in a map, else null. */
    nothing(): null | undefined;
    /** A float as the rules want it. */
    float(value: number): number | Float64;
    f32(): number;
    f64(): number;
    /** An integer that is exact in a double, as `integers` asks for it. */
    integer(value: number): number | bigint;
    /** Any integer, as `integers` asks for it. Throws BAD_NUMBER when a double cannot hold it and must. */
    bigInteger(value: bigint, offset: number): number | bigint;
    /** Takes `count` bytes, which must be in the range, as `binary` asks for them; never a Buffer. */
    binary(count: number): Uint8Array;
    /** Takes `count` bytes, which must be in the range, as text. Throws BAD_UTF8 at the first byte that is wrong. */
    text(count: number): string;
    /** Throws TRAILING_BYTES unless everything has been read. */
    finish(): void;
}
/** Counts the keys that Object.prototype has got: readers forget the keys that they know when it changes. */
export declare let clashes: number;
/** True when a key may become known to a reader, who assigns it without a look at Object.prototype. */
export declare function isForReaders(key: string): boolean;
/**
 * True when each of `count` assignments has made a key of the object, or met one: by keys that were looked at some time
 * before. One question for each key would take as long as the assignments (Node 20, x86-64, 2026).
 */
export declare function hasKeys(object: object, count: number): boolean;
/** Sets an own, ordinary property whatever the key: `__proto__` is a key like any other. */
export declare function setOwn(object: Record<string, unknown>, key: string, value: unknown): void;
/** A BigInt from big-endian bytes, in time linear in their number. */
export declare function bigIntOf(bytes: Uint8Array): bigint;
/** The index of the first byte that no well-formed UTF-8 has at its place (RFC 3629 section 4). */
export declare function invalidUtf8At(bytes: Uint8Array, start: number, end: number): number;
