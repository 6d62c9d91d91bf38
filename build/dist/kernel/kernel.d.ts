import type { Policy } from '../limits.ts';
/** The export list of assembly/index.ts. Addresses are byte offsets in `memory`. */
interface KernelExports {
    readonly memory: WebAssembly.Memory;
    seed(value: number): void;
    input(): number;
    record(): number;
    index(): number;
    reserve(length: number): boolean | number;
    scan(at: number, length: number, format: number, flags: number, maxDepth: number, maxNodes: number, maxBigIntBytes: number): number;
    check(at: number, length: number, format: number, maxDepth: number, maxNodes: number, maxBigIntBytes: number, flags: number): number;
    internUri(length: number, isPinned: boolean): number;
    scratch(): number;
    find(length: number, format: number, maxDepth: number, maxNodes: number, maxBigIntBytes: number, flags: number, mode: number, from: number, type: number, size: number, known: number, at: number): number;
    /** Address for a tape, 0 when there is no memory. Grows it. */
    tapePlace(frameLength: number, length: number): number;
    tapeRecord(): number;
    tapeShapes(): number;
    makeTape(at: number, length: number, format: number, to: number, maxDepth: number, maxNodes: number, isLatin: boolean): number;
    /** As `scan`, of a FlatBuffers frame whose args and kwargs are in `format`; not in the core kernel. */
    scanFlatBuffers?: KernelExports['scan'];
    /** Nor are these two. */
    scanTranscoding?: KernelExports['transcode'];
    transcode?(at: number, length: number, from: number, to: number, scratch: number, out: number, maxDepth: number, maxNodes: number, maxBigIntBytes: number, flags: number): number;
}
/** The flags of a call that say what it accepts beside the rule. */
export declare function acceptance({ peers }: Pick<Policy, 'peers'>): number;
/** The limits that a scan keeps. */
type ScanLimits = Pick<Policy, 'maxDepth' | 'maxNodes' | 'maxBigIntBytes'>;
/** The most levels of nesting: the kernel's stack window holds them, and so does the stack of the encoders. */
export declare const KERNEL_MAX_DEPTH = 1000;
/** A compiled kernel with its views. The views are rebuilt whenever its memory has grown. */
export declare class Kernel {
    /** Calls of the kernel; nobody outside src/kernel may keep one across a call that could grow the memory. */
    readonly exports: KernelExports;
    /** URIs that the kernel knows, by the place in their number, and the whole numbers (assembly/uri-table.ts). */
    private readonly uris;
    private readonly uriRefs;
    /** Byte offset of the input window. */
    readonly input: number;
    /** Word offset of the record, and of its first id in `ids`. */
    readonly record: number;
    readonly firstId: number;
    /** Word offset of the index. */
    readonly index: number;
    /** Word offset of what a tape says of itself, and of the shapes. */
    readonly tapeRecord: number;
    readonly tapeShapes: number;
    bytes: Uint8Array;
    words: Int32Array;
    ids: Float64Array;
    /** Counts what was put into the input window: who finds the number unchanged finds its bytes there still. */
    loads: number;
    /** Called before something is put into the input window while somebody reads a tape behind it; null otherwise. */
    onLoad: (() => void) | null;
    /** Where the last transcoded value is: from here to `outEnd`, both indexes in `bytes`; nothing after a failure. */
    outStart: number;
    outEnd: number;
    /** Bytes that were put there. */
    private loaded;
    /** Longest frame that fits without growing. */
    private capacity;
    constructor(module: WebAssembly.Module);
    /** Whether it has every format, not only json, msgpack and cbor. */
    get isFull(): boolean;
    /** Scans a frame in the input window, `at` bytes from its start (assembly/scan.ts). Returns the status. */
    scan(at: number, length: number, format: number, flags: number, limits: ScanLimits): number;
    /**
     * Checks one payload value of any format in the input window, `at` bytes from its start (assembly/check.ts). Returns
     * the status; of a refused value the record has RECORD_ERROR_AT, counted from the value's first byte.
     */
    check(at: number, length: number, format: number, flags: number, limits: ScanLimits): number;
    /** The same for a FlatBuffers frame whose args and kwargs are in `format`. */
    scanFlatBuffers(at: number, length: number, format: number, flags: number, limits: ScanLimits): number;
    /**
     * Finds a part of a value that fills the first `length` bytes of the input window (assembly/find.ts); `size` is what
     * `putSteps` has returned. Returns the status; the record has the answer.
     */
    find(length: number, format: number, flags: number, limits: ScanLimits, mode: number, from: number, type: number, size: number, known: number, at: number): number;
    /**
     * Writes steps of a path where `find` looks for them; returns their size in bytes. Strings are keys, which must be
     * well-formed, and numbers are those of elements. Makes room for a value of `length` bytes before them; what was
     * loaded stays where it is.
     */
    putSteps(steps: readonly (string | number)[], length: number): number;
    /** Writes one step that is no key; there is always room for it. */
    putOne(what: number, number: number): number;
    private putKey;
    private putStep;
    /**
     * Makes a tape (assembly/tape.ts) of the value `at` bytes from the start of the input window, behind all that is in
     * it; `isLatin` says whether the pool of texts with one byte for each character may have characters above U+007F.
     * False when the value is not for the tape, or there is no memory.
     */
    tape(at: number, length: number, format: number, isLatin: boolean, limits: Pick<Policy, 'maxDepth' | 'maxNodes'>): boolean;
    /**
     * Transcodes one payload value of the input window, `at` bytes from its start, validating it on the way
     * (assembly/transcode.ts). What was loaded stays there. The result goes to the index `place` of `bytes`, which is an
     * earlier `outEnd`, so that it stands right behind that result; 0 is any place. Returns the status; the result is at
     * `outStart` when that is OK. The core kernel cannot: RARE. Throws MEMORY_LIMIT when there is no room.
     */
    transcode(at: number, length: number, from: number, to: number, flags: number, limits: ScanLimits, place?: number): number;
    /**
     * As `scan`, of a list frame whose args and kwargs are written in another format on the way
     * (assembly/scan-transcode.ts), from `outStart` on; RECORD_OUT_ARGS_END says where args end. What is wrong with a
     * frame it may say otherwise than `scan`. Beside that it answers as `transcode` does.
     */
    scanTranscoding(at: number, length: number, from: number, to: number, flags: number, limits: ScanLimits): number;
    /** Calls what writes behind the loaded bytes, with ever more room until it suffices. */
    private writing;
    /** Copies bytes to the input window, which grows when it must. Throws MEMORY_LIMIT when it cannot. */
    load(bytes: Uint8Array): void;
    /** Encodes text straight into the input window; returns its length in bytes. The text must be well-formed. */
    loadText(text: string): number;
    /** A copy of the first bytes of the input window. */
    copyOut(length: number): Uint8Array;
    /** Words of the index: `field | kind << 8`, start, end for each entry, as plain numbers. */
    readIndex(entries: number): number[];
    /**
     * Number of a URI, -1 when it is too long or not valid. With `isPinned` it stays known however many others come, as
     * long as not too many are pinned: for URIs that the application knows, never for those of peers.
     */
    internUri(uri: string, isPinned: boolean): number;
    /** The URI with this number, the very same string each time; undefined before `rememberUri`. */
    uriOf(ref: number): string | undefined;
    /** Keeps the string of a URI, in place of the one that had its place before. */
    rememberUri(ref: number, uri: string): void;
    /** After this there is capacity for `length` bytes: without the padding the next load would grow again. */
    private grow;
    private refresh;
}
export {};
