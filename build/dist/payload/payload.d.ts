import { MODE_ARGS, MODE_ENC, MODE_NONE, MODE_PPT, MODE_UNCHECKED } from '../kernel/abi.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Policy } from '../limits.ts';
import type { Counters } from '../stats.ts';
import type { DecodeRules } from './decode-value.ts';
import { type PayloadFormatName, type ValueFormat } from './format.ts';
/** How a payload is carried: nothing, args and kwargs, or opaque bytes in the `enc_*` or `ppt_*` dialect. */
export type PayloadMode = typeof MODE_NONE | typeof MODE_ARGS | typeof MODE_ENC | typeof MODE_PPT | typeof MODE_UNCHECKED;
/** What a payload needs of its codec. */
export interface PayloadContext {
    readonly kernel: Kernel;
    readonly policy: Policy;
    /** Rules for options and details. */
    readonly attributes: DecodeRules;
    readonly counters: Counters;
    /** Checks the payload of a frame that was decoded with `payloadValidation: 'deferred'`; throws ProtocolError. */
    check(payload: Payload): void;
    /**
     * The same, and in the same pass args and kwargs in another format. Null when that is not possible, or something is
     * wrong with it: nothing was checked then.
     */
    checkInto(payload: Payload, format: ValueFormat): TranscodedPayload | null;
}
/** Reads the attributes of frames that are no lists. */
export interface AttributeReader {
    /** Number of the frame's format in the kernel, and its name in errors. */
    readonly id: number;
    readonly name: string;
    /** The value at `start` bytes from the frame's first, of a type that the reader knows. */
    read(frame: Payload, start: number, type: string): unknown;
}
/** The bytes of a payload as they are: history, retention and call queues keep these. */
export interface RawPayload {
    readonly format: PayloadFormatName;
    readonly mode: 'args' | 'enc' | 'ppt';
    /** Encoded args and kwargs, or the opaque payload; views, never copies. */
    readonly bytes: readonly Uint8Array[];
}
/** args and kwargs in another format than the frame's. */
export interface TranscodedPayload {
    readonly format: ValueFormat;
    /** args, and right behind them kwargs; what is absent has no bytes. */
    readonly bytes: Uint8Array;
    readonly argsEnd: number;
}
/** A received payload with its frame, or one that the application built (`bytes` is null then). */
export declare class Payload {
    /** The frame's bytes; offsets below count from `base`. */
    bytes: Uint8Array | null;
    base: number;
    /** Bytes of the frame; of an opaque payload that the application built, its own. */
    length: number;
    /** The format of args and kwargs; of the whole frame when that is a list. */
    readonly format: ValueFormat;
    readonly context: PayloadContext | null;
    /** Reads the frame's attributes; null for lists. Such a frame holds args, kwargs and opaque bytes one by one. */
    readonly reader: AttributeReader | null;
    mode: PayloadMode;
    /** JSON.parse reads args and kwargs exactly. */
    plainJson: boolean;
    /** Texts beyond ASCII that args and kwargs have, or all of the frame. */
    wideTexts: number;
    /** The URI or text position of the list; start equals end when it has none. */
    textStart: number;
    textEnd: number;
    /** The encoded args or opaque payload; start equals end when there are none. */
    argsStart: number;
    argsEnd: number;
    kwargsStart: number;
    kwargsEnd: number;
    /** Values; undefined while nobody has read them. */
    args: unknown[] | null | undefined;
    kwargs: Record<string, unknown> | null | undefined;
    opaque: Uint8Array | null | undefined;
    /** Values were made of it; the codec's statistics count that once. */
    isDecoded: boolean;
    /** What `transcode.ts` has made of it, for all messages that share it. */
    transcoded: TranscodedPayload[] | null;
    /** The frame is in the kernel's input window, `loadedAt` bytes from its start, while `kernel.loads` is this. */
    loads: number;
    loadedAt: number;
    /** The same number, of the bytes in which the attributes were found: borrowed ones may change until the next load. */
    headLoads: number;
    /** `words` from `record` on are the kernel's record; what the application builds has an empty one. */
    constructor(bytes: Uint8Array | null, base: number, length: number, format: ValueFormat, context: PayloadContext | null, words?: Int32Array, record?: number, reader?: AttributeReader | null);
    /** Takes over what a later check of the payload has found. */
    found(words: Int32Array, record: number): void;
    /**
     * The frame's bytes, for reading. Throws WampCodecError RELEASED when they are gone: the buffer of a borrowed frame
     * was detached or shrunk. Everything below that looks at a byte gets them here.
     */
    source(): Uint8Array;
    /** Checks what was deferred at decode. Everything below calls it before a byte is looked at. */
    ensureChecked(): void;
    readArgs(): unknown[] | null;
    readKwargs(): Record<string, unknown> | null;
    /** Values that were read before may have views of the frame inside. */
    private checkViews;
    /** args for another format: what plain values would lose is kept. Not remembered; the same as args when built. */
    exactArgs(): unknown;
    /** kwargs for another format. */
    exactKwargs(): unknown;
    /** The opaque payload, for the application: a view of the frame where the format allows it. */
    readOpaque(): Uint8Array | null;
    /** The same for serializers: passing it on is no decoding. */
    opaqueBytes(): Uint8Array | null;
    /** True for opaque bytes, also when there are none of them. */
    isOpaque(): boolean;
    /** True for opaque bytes that are not empty. */
    hasOpaque(): boolean;
    /** The spans of the payload in its own format; null for one that the application built. */
    raw(): RawPayload | null;
    /** A view of the frame. */
    span(start: number, end: number): Uint8Array;
    /** Puts the frame into the kernel's input window, at `loadedAt`; false when it was there still. */
    makeResident(kernel: Kernel): boolean;
    /** Copies the frame out of whatever larger buffer it is a part of; every sharer sees the copy. */
    detach(): void;
    private rebase;
    /** Bytes of the buffer that this payload keeps alive. */
    get retainedBytes(): number;
    /** The name of the frame's format. */
    get frameFormat(): string;
    /**
     * Decodes one option or position of the frame. `wireType` is what the index says of its type, `slotType` its type in
     * a schema, where the frame has one.
     */
    decodeAttribute(start: number, end: number, wireType?: number, slotType?: string | null, floats?: 'plain' | 'exact'): unknown;
    /** True when bytes of the frame look like `undefined`; they may be a part of another value. */
    holdsUndefined(start: number, end: number): boolean;
    private countDecoded;
    private decode;
    private decodeExact;
    private decodeBytes;
}
/** The same opaque bytes in another dialect; the very payload when it is in that dialect already. */
export declare function inDialect(payload: Payload, mode: typeof MODE_ENC | typeof MODE_PPT): Payload;
/** The payload of messages that have none; shared, and never written to. */
export declare const NO_PAYLOAD: Payload;
/** A payload that the application gives: args and kwargs, or opaque bytes. */
export declare function builtPayload(args: unknown[] | null, kwargs: Record<string, unknown> | null, opaque: Uint8Array | null, mode: typeof MODE_ENC | typeof MODE_PPT): Payload;
