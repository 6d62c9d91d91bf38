import { type Payload } from '../payload/payload.ts';
import type { MessageTable } from './table.ts';
import type { Hop } from './with-forward-for.ts';
/** What the kernel found in a frame, as a message's constructor takes it. One object, filled for each frame. */
export declare class Received {
    /** The ids in the order of the list. */
    first: number;
    second: number;
    requestType: number;
    /** The URI or text position; null for HELLO without a realm. */
    text: string | null;
    /** Number of the interned URI, -1 when it is not interned. */
    ref: number;
    index: readonly number[];
    frame: Payload;
    constructor();
}
/** What tracing needs beside the message; never on the wire. */
interface Trace {
    correlation_id: string | null;
    correlation_uri: string | null;
    correlation_is_anchor: boolean | null;
    correlation_is_last: boolean | null;
    router_internal: unknown;
}
/** Encoded bytes by wire profile; see src/serializer. */
export interface EncodedCache {
    readonly profile: object;
    /** Empty when a receiver has taken the buffer away: a frame never is. */
    bytes: Uint8Array;
    readonly next: EncodedCache | null;
}
/** A frame and its index, as `postMessage` takes them; `codec.fromTransferable` makes the message again. */
export interface Transferred {
    readonly version: number;
    readonly bytes: Uint8Array;
    readonly index: Int32Array;
    readonly serializer: string;
}
/** Called by parse.ts. */
export declare function registerParser(parse: (list: readonly unknown[]) => Message): void;
/** Called by whoever loads transfer.ts: the codec, and the registry. */
export declare function registerTransfer(transferable: (message: Message) => Transferred): void;
/** A WAMP message. */
export declare abstract class Message {
    /** The code in list form. */
    static readonly MESSAGE_TYPE: number;
    /** 1 plain, 3 with forward_for, 4 with forward_for and a payload; category 2 is empty in WAMP. */
    static readonly CATEGORY: 1 | 3 | 4;
    /** The wire facts. */
    static readonly TABLE: MessageTable;
    /** The frame of unread options; null once they are read or the message was built. */
    _frame: Payload | null;
    /** Unread options: `field | kind << 8`, start, end. */
    _index: readonly number[];
    /** Options by field number: undefined unread, null absent. */
    _options: unknown[] | null;
    /** Unknown keys: undefined unread, null none. */
    _custom: Record<string, unknown> | null | undefined;
    /** Only payload messages and ABORT ever have another one. */
    _payload: Payload;
    _trace: Trace | null;
    _encoded: EncodedCache | null;
    /**
     * Parses a message from its list form; on a concrete class, of that class only. Throws ProtocolError,
     * InvalidUriError or PayloadRuleError.
     */
    static parse<M extends Message>(this: abstract new (...args: never[]) => M, list: readonly unknown[]): M;
    /** The message's wire facts. */
    get table(): MessageTable;
    /** Keys of Options or Details that WAMP does not define; null when there are none. */
    get custom(): Record<string, unknown> | null;
    set custom(custom: Record<string, unknown> | null);
    /** The list form with JavaScript values. */
    marshal(): unknown[];
    /** True for a message of the same class with an equal list form: what is never written makes no difference. */
    equals(other: unknown): boolean;
    /**
     * The attributes that are set, by name, after `type`, in nothing but what `JSON.stringify` writes: bytes are a NUL and
     * base64 in a string, integers beyond 2^53 their digits in a string. Throws ProtocolError for a deferred payload that
     * is broken, EncodeError for values of the application that contain themselves.
     */
    toJSON(): object;
    /**
     * One line for people: `PUBLISH(request=1, topic="com.example", args=[1])`. Never throws: what cannot be read, as a
     * deferred payload that is broken, is the error's text between `<` and `>`.
     */
    toString(): string;
    /** Drops cached encodings; the source stays. */
    uncache(): void;
    /** Copies the bytes that are needed out of a larger buffer, for all messages that share them. */
    detach(): this;
    /** Bytes of the buffers that this message keeps alive: a small frame may be a part of a large chunk. */
    get retainedBytes(): number;
    /** Bytes and index for `postMessage`; the receiver scans nothing again. */
    toTransferable(): Transferred;
    /**
     * The same message with a hop more in forward_for, for the next router: the payload is shared, this message does not
     * change. Throws TypeError for the messages that routers do not forward.
     */
    forward(_hop: Hop): this;
    get correlation_id(): string | null;
    set correlation_id(value: string | null);
    get correlation_uri(): string | null;
    set correlation_uri(value: string | null);
    get correlation_is_anchor(): boolean | null;
    set correlation_is_anchor(value: boolean | null);
    get correlation_is_last(): boolean | null;
    set correlation_is_last(value: boolean | null);
    /** Whatever a router wants to keep with the message; never on the wire. */
    get router_internal(): unknown;
    set router_internal(value: unknown);
}
export {};
