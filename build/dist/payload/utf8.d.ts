/** What is said of a text that has no form in UTF-8. */
export declare const LONE_SURROGATE = "the text has a lone surrogate";
/** A plain view of a part; of a Buffer too, whose own `subarray` takes twice as long. */
export declare function viewOf(bytes: Uint8Array, start: number, length: number): Uint8Array;
/** Writes the rest of a short text, from `from` on, at `at`; returns the place behind it. */
export declare function writeWide(bytes: Uint8Array, start: number, text: string, from: number): number;
/** Writes text into `bytes` at `at`, where there is room; returns the number of bytes. */
export declare const writeText: (bytes: Uint8Array, text: string, at: number) => number;
/** Reads `bytes[start, end)` as UTF-8. */
export declare const readText: (bytes: Uint8Array, start: number, end: number) => string;
/** The number of bytes of `text` in UTF-8; a lone surrogate counts three, as U+FFFD does. */
export declare function utf8Length(text: string): number;
