/** A frame of RawSocket that does not lie in one chunk. raw-socket.ts fills one at a time. */
/**
 * Collects the bytes of a frame. Its memory is what arrived, at most doubled, and never what the prefix claims: nine
 * bytes that announce 16 MiB cost `FIRST_BYTES`. Doubling also keeps the time linear, however small the chunks are.
 */
export declare class PartialFrame {
    #private;
    /** A frame of so many bytes, of which none is there. */
    constructor(length: number);
    /** Takes what is missing, or all there is, from `chunk` at `start`; returns where it stopped. */
    take(chunk: Uint8Array, start: number): number;
    /** All bytes, or null while some are missing. The last growth is exact, so there is nothing to cut off. */
    get whole(): Uint8Array | null;
}
