/**
 * Every error that wamp-codec throws for bytes, messages and values. Wrong use of our own API is a TypeError or
 * RangeError instead. Everybody may import this file; it imports nothing.
 */
/** The closed list of error codes. They are stable: programs may switch on them. */
export const ERROR_CODES = [
    'TRUNCATED',
    'TRAILING_BYTES',
    'BAD_UTF8',
    'DEPTH_LIMIT',
    'LENGTH_OVERRUN',
    'SIZE_LIMIT',
    'NODE_LIMIT',
    'BAD_TOKEN',
    'BAD_NUMBER',
    'DUPLICATE_KEY',
    'KEY_TYPE',
    'FORBIDDEN_KEY',
    'UNSUPPORTED_TAG',
    'BAD_OFFSET',
    'MISALIGNED',
    'MISSING_FIELD',
    'UNKNOWN_UNION',
    'BAD_MESSAGE',
    'BAD_URI',
    'FRAME_TOO_LARGE',
    'FRAME_RESERVED',
    'BATCH_LENGTH',
    'MEMORY_LIMIT',
    'UNENCODABLE',
    'CYCLE',
    'REENTRANT',
    'PAYLOAD_RULE',
    'KERNEL_UNAVAILABLE',
    'RELEASED',
];
/** The base class. `isWampCodecError` recognises it across copies of the package and across realms. */
export class WampCodecError extends Error {
    constructor(code, text, details = {}) {
        super(text, details.cause === undefined ? undefined : { cause: details.cause });
        this.code = code;
        this.uri = details.uri ?? new.target.URI;
        this.format = details.format ?? null;
        this.offset = details.offset ?? null;
        this.messageType = details.messageType ?? null;
        this.request_type = details.request_type ?? null;
        this.request = details.request ?? null;
        this.path = details.path ?? null;
    }
    /** The WAMP error URI that fits an error of this class. */
    static get URI() {
        return 'wamp.error.protocol_violation';
    }
}
/** The peer sent bytes or a message that WAMP does not allow. */
export class ProtocolError extends WampCodecError {
}
/** A URI breaks the rules that the codec was told to keep. */
export class InvalidUriError extends ProtocolError {
    static get URI() {
        return 'wamp.error.invalid_uri';
    }
}
/** Payload attributes that exclude each other, or need each other. */
export class PayloadRuleError extends ProtocolError {
    static get URI() {
        return 'wamp.error.invalid_argument';
    }
}
/** The application gave a value that the target format cannot carry; nothing was written. */
export class EncodeError extends WampCodecError {
    static get URI() {
        return 'wamp.error.invalid_argument';
    }
}
// On the prototype, and as text: minifiers rename classes, and no instance should pay for its name.
for (const [type, name] of [
    [WampCodecError, 'WampCodecError'],
    [ProtocolError, 'ProtocolError'],
    [InvalidUriError, 'InvalidUriError'],
    [PayloadRuleError, 'PayloadRuleError'],
    [EncodeError, 'EncodeError'],
]) {
    Object.defineProperty(type.prototype, 'name', { value: name, configurable: true, writable: true });
}
/** The error of a read from a borrowed frame whose buffer was detached or shrunk. */
export function releasedFrame(format) {
    const text = `cannot read a frame of ${format}: its buffer was detached or shrunk while a message borrowed it`;
    return new WampCodecError('RELEASED', `${text}; decode with ownership: 'copy', or detach() the message before`, {
        format,
    });
}
/** Structural guard: true for our errors, also from another copy of the package or another realm. */
export function isWampCodecError(error) {
    if (Object.prototype.toString.call(error) !== '[object Error]')
        return false;
    return ERROR_CODES.includes(error.code);
}
