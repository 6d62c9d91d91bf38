/** Writes one buffer after the other; `begin` starts the next. Throws EncodeError SIZE_LIMIT beyond 2 GiB. */
export declare class FlatBuilder {
    #private;
    /** For the caller: offsets of what the slots of a message point to. */
    readonly targets: Int32Array;
    constructor();
    /** Starts a buffer. */
    begin(): void;
    /** Writes a string; returns its offset. The text must be well-formed. */
    text(text: string): number;
    /** Writes a vector of bytes: `bytes[start, end)`. */
    vector(bytes: Uint8Array, start?: number, end?: number): number;
    /** Writes a vector of unsigned 64-bit integers. */
    longs(values: readonly (number | bigint)[]): number;
    /** Writes a vector of offsets. */
    offsets(targets: readonly number[]): number;
    /** Opens a table of so many slots. Only what is inline may be written until it is closed. */
    openTable(slots: number): void;
    /** Adds a boolean, an enumeration or another byte. */
    addByte(slot: number, value: number): void;
    addShort(slot: number, value: number): void;
    addInt(slot: number, value: number): void;
    addLong(slot: number, value: number | bigint): void;
    /** Adds an offset to what was written before. */
    addOffset(slot: number, target: number): void;
    /** Closes the table and returns its offset. A vtable that is there already is shared. */
    closeTable(): number;
    /** Writes the offset of the root table: the buffer is done. The result is true until the next `begin`. */
    finish(root: number): Uint8Array;
}
/** Takes a builder; give it back with `releaseBuilder` in a `finally`. */
export declare function acquireBuilder(): FlatBuilder;
export declare function releaseBuilder(builder: FlatBuilder): void;
