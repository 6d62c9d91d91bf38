/** Short texts of ASCII by their characters: cheaper than a call of a text decoder. */
/** The text in `length` bytes of ASCII, at most 15, at `at`. One expression for each length. */
export declare function shortText(bytes: Uint8Array, at: number, length: number): string;
