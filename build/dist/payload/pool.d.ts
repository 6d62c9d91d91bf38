/**
 * The pools of text of a tape as JavaScript strings: by Node's own methods of Buffer where they are, which are two to
 * ten times faster for short texts, and by TextDecoder in browsers. Looked for at first use: nothing happens at import.
 */
/** Reads texts out of one memory. */
export interface PoolReader {
    /** Whether the pool with one byte for each character may have characters above U+007F. */
    readonly isLatin: boolean;
    narrow(start: number, end: number): string;
    /** UTF-16, little-endian. */
    wide(start: number, end: number): string;
    /** One character for each byte, whatever the bytes; right for those of ASCII. */
    single(start: number, end: number): string;
    /** UTF-8 that was checked before. */
    utf8(start: number, end: number): string;
}
/** What makes the reader for the memory that `bytes` is all of. */
export declare function poolReaders(): (bytes: Uint8Array) => PoolReader;
