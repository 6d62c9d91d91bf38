/** Files, streams and terminal of one run. */
export interface Io {
    /** Bytes of a file; throws what `node:fs` throws. */
    readFile(path: string): Uint8Array;
    writeFile(path: string, bytes: Uint8Array): void;
    /** All of standard input. */
    readStdin(): Promise<Uint8Array>;
    /** True when nobody pipes anything in: reading would wait for the keyboard. */
    readonly stdinIsTty: boolean;
    out(data: string | Uint8Array): void;
    error(text: string): void;
    readonly stdoutIsTty: boolean;
    /** Characters in a line of the terminal; 110 when there is none. */
    readonly columns: number;
    /** Whether text on standard output may have colours. */
    readonly hasColours: boolean;
}
/** The real process. */
export declare function processIo(): Io;
