/**
 * Every error that wamp-codec throws for bytes, messages and values. Wrong use of our own API is a TypeError or
 * RangeError instead. Any layer may import this file; it imports nothing.
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
] as const

/** One of the stable error codes. */
export type ErrorCode = (typeof ERROR_CODES)[number]

/** What an error knows beside its text; every field is null when it does not apply. */
export interface ErrorDetails {
  /** Serializer or payload format, as in `codec.serializer(id)`. */
  readonly format?: string | null
  /** Byte offset from the start of the frame. */
  readonly offset?: number | null
  /** WAMP message code. */
  readonly messageType?: number | null
  /** For a reply with ERROR: the request type of the broken request. */
  readonly request_type?: number | null
  /** For a reply with ERROR: the request id of the broken request. */
  readonly request?: number | null
  /** Attribute or value, for example `args[0].a`. */
  readonly path?: string | null
  /** The WAMP error URI to answer with; by default it follows from the class. */
  readonly uri?: string
  /** The error behind this one. Default: none. */
  readonly cause?: unknown
}

/** The base class. `isWampCodecError` recognises it across copies of the package and across realms. */
export class WampCodecError extends Error {
  /** What went wrong, one of `ERROR_CODES`. */
  readonly code: ErrorCode
  /** The WAMP error URI to answer with, `wamp.error.protocol_violation` for example. */
  readonly uri: string
  /** Serializer or payload format, as in `codec.serializer(id)`; null when the error is about no format. */
  readonly format: string | null
  /** Where it went wrong: bytes from the start of the frame, or of the value; null when that is not known. */
  readonly offset: number | null
  /** The code of the message, as in `MessageType`; null when that is not known. */
  readonly messageType: number | null
  /** For a reply with ERROR: the code of the broken request; null if it is not a request, or is not known. */
  readonly request_type: number | null
  /** For a reply with ERROR: the id of the broken request, 0 to 2^53; null when that is not known. */
  readonly request: number | null
  /** The attribute or the value, `args[0].a` for example; null when that is not known. */
  readonly path: string | null

  constructor(code: ErrorCode, text: string, details: ErrorDetails = {}) {
    super(text, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.uri = details.uri ?? new.target.URI
    this.format = details.format ?? null
    this.offset = details.offset ?? null
    this.messageType = details.messageType ?? null
    this.request_type = details.request_type ?? null
    this.request = details.request ?? null
    this.path = details.path ?? null
  }

  /** The WAMP error URI that fits an error of this class. */
  static get URI(): string {
    return 'wamp.error.protocol_violation'
  }
}
setName(WampCodecError, 'WampCodecError')

/** The peer sent bytes or a message that WAMP does not allow. */
export class ProtocolError extends WampCodecError {}
setName(ProtocolError, 'ProtocolError')

/** A URI breaks the rules that the codec was told to keep. */
export class InvalidUriError extends ProtocolError {
  static override get URI(): string {
    return 'wamp.error.invalid_uri'
  }
}
setName(InvalidUriError, 'InvalidUriError')

/** Payload attributes that exclude each other, or need each other. */
export class PayloadRuleError extends ProtocolError {
  static override get URI(): string {
    return 'wamp.error.invalid_argument'
  }
}
setName(PayloadRuleError, 'PayloadRuleError')

/** The application gave a value that the target format cannot carry; nothing was written. */
export class EncodeError extends WampCodecError {
  static override get URI(): string {
    return 'wamp.error.invalid_argument'
  }
}
setName(EncodeError, 'EncodeError')

/** On the prototype, and as text: minifiers rename classes, and no instance should pay for its name. */
function setName(type: typeof WampCodecError, name: string): void {
  Object.defineProperty(type.prototype, 'name', { value: name, configurable: true, writable: true })
}

/** The error of a read from a borrowed frame whose buffer was detached or shrunk. @internal */
export function releasedFrame(format: string): WampCodecError {
  const text = `cannot read a frame of ${format}: its buffer was detached or shrunk while a message borrowed it`
  return new WampCodecError(
    'RELEASED',
    `${text}; decode with ownership: 'copy', or detach() the message before`,
    {
      format,
    },
  )
}

/** Structural guard: true for our errors, also from another copy of the package or another realm. */
export function isWampCodecError(error: unknown): error is WampCodecError {
  if (Object.prototype.toString.call(error) !== '[object Error]') return false
  return (ERROR_CODES as readonly unknown[]).includes((error as Partial<WampCodecError>).code)
}
