/**
 * Every error that wamp-codec throws for bytes, messages and values. Wrong use of our own API is a TypeError or
 * RangeError instead. Everybody may import this file; it imports nothing.
 */
/** The closed list of error codes. They are stable: programs may switch on them. */
export declare const ERROR_CODES: readonly ["TRUNCATED", "TRAILING_BYTES", "BAD_UTF8", "DEPTH_LIMIT", "LENGTH_OVERRUN", "SIZE_LIMIT", "NODE_LIMIT", "BAD_TOKEN", "BAD_NUMBER", "DUPLICATE_KEY", "KEY_TYPE", "FORBIDDEN_KEY", "UNSUPPORTED_TAG", "BAD_OFFSET", "MISALIGNED", "MISSING_FIELD", "UNKNOWN_UNION", "BAD_MESSAGE", "BAD_URI", "FRAME_TOO_LARGE", "FRAME_RESERVED", "BATCH_LENGTH", "MEMORY_LIMIT", "UNENCODABLE", "CYCLE", "REENTRANT", "PAYLOAD_RULE", "KERNEL_UNAVAILABLE", "RELEASED"];
/** One of the stable error codes. */
export type ErrorCode = (typeof ERROR_CODES)[number];
/** What an error knows beside its text; every field is null when it does not apply. */
export interface ErrorDetails {
    /** Serializer or payload format, as in `codec.serializer(id)`. */
    readonly format?: string | null;
    /** Byte offset from the start of the frame. */
    readonly offset?: number | null;
    /** WAMP message code. */
    readonly messageType?: number | null;
    /** For a reply with ERROR: the request type of the broken request. */
    readonly request_type?: number | null;
    /** For a reply with ERROR: the request id of the broken request. */
    readonly request?: number | null;
    /** Attribute or value, for example `args[0].a`. */
    readonly path?: string | null;
    /** The WAMP error URI to answer with; by default it follows from the class. */
    readonly uri?: string;
    readonly cause?: unknown;
}
/** The base class. `isWampCodecError` recognises it across copies of the package and across realms. */
export declare class WampCodecError extends Error {
    readonly code: ErrorCode;
    readonly uri: string;
    readonly format: string | null;
    readonly offset: number | null;
    readonly messageType: number | null;
    readonly request_type: number | null;
    readonly request: number | null;
    readonly path: string | null;
    constructor(code: ErrorCode, text: string, details?: ErrorDetails);
    /** The WAMP error URI that fits an error of this class. */
    static get URI(): string;
}
/** The peer sent bytes or a message that WAMP does not allow. */
export declare class ProtocolError extends WampCodecError {
}
/** A URI breaks the rules that the codec was told to keep. */
export declare class InvalidUriError extends ProtocolError {
    static get URI(): string;
}
/** Payload attributes that exclude each other, or need each other. */
export declare class PayloadRuleError extends ProtocolError {
    static get URI(): string;
}
/** The application gave a value that the target format cannot carry; nothing was written. */
export declare class EncodeError extends WampCodecError {
    static get URI(): string;
}
/** The error of a read from a borrowed frame whose buffer was detached or shrunk. */
export declare function releasedFrame(format: string): WampCodecError;
/** Structural guard: true for our errors, also from another copy of the package or another realm. */
export declare function isWampCodecError(error: unknown): error is WampCodecError;
