/**
 * What the FlexBuffers decoder reads besides values: offsets, sizes, numbers, texts and blobs, each checked against the
 * range, and what they may cost together. The rules are those of the kernel (assembly/formats/flexbuffers.ts).
 */
import type { Reader } from './decode-value.ts';
/** The parts of one value. Positions are indexes in the reader's bytes. */
export declare class Parts {
    #private;
    private readonly reader;
    private readonly view;
    private readonly start;
    /** The packed type of what begins at each byte, once it was met: nothing may be two things. */
    private readonly claims;
    /** Vectors and texts that may still be visited: as many as there are bytes, as in Google's verifier. */
    private visitsLeft;
    private contentLeft;
    /** Texts by where they were claimed: keys, and strings that are named again. */
    private readonly texts;
    constructor(reader: Reader, start: number);
    /** The unsigned number at `at`, which is in the range; rounded beyond 2^53. */
    unsigned(at: number, width: number): number;
    /** The signed integer at `at`, which is in the range, as the rules want it. */
    int(at: number, width: number): number | bigint;
    /** The unsigned integer at `at`, which is in the range, as the rules want it. */
    uint(at: number, width: number): number | bigint;
    /** The float at `at`, which is in the range. Throws BAD_NUMBER: there are none of 8 and 16 bits. */
    float(at: number, width: number): number;
    /** Throws BAD_TOKEN unless the number, which stands at `at`, is a width in bytes. */
    checkWidth(width: number, at: number): number;
    /** Where the offset in the slot at `at` points to. Throws BAD_OFFSET before the start; never behind the slot. */
    target(at: number, width: number): number;
    /** The position `offset` bytes before `at`. */
    before(at: number, offset: number): number;
    /** Where the offset of a value points to, which is a multiple of the width that its type names. */
    aligned(slot: number, width: number, packed: number): number;
    /** Throws LENGTH_OVERRUN unless `length` bytes at `at` are in the range, and are not all of it. */
    checkWithin(at: number, length: number, what: string): void;
    /** The size before `at`: a number of things that have `each` bytes, the content of something of this kind. */
    sized(at: number, width: number, each: number, kind: number, what: string): number;
    /** The text at `at` that NUL ends. */
    key(at: number): string;
    /** The string at `at`: its size before it, NUL behind it, and NULs inside as it likes. */
    string(at: number, width: number): string;
    /**
     * An element of the deprecated vector of strings. Google reads up to the first NUL; we take the narrowest size that
     * ends with NUL, so that text with NUL inside is whole.
     */
    listedString(at: number): string;
    /** The bytes at `at`; each time that they are named they are produced anew. */
    blob(at: number, width: number): Uint8Array;
}
