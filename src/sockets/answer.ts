/**
 * What a session answers to a frame that it cannot read: ERROR where only the request is wrong, ABORT and the end of
 * the connection where the peer has broken the protocol. connection.ts hands the answer to the application.
 */
import { wrongArgument } from '../arguments.ts'
import { EncodeError, isWampCodecError, ProtocolError, type WampCodecError } from '../errors.ts'
import { Abort } from '../message/classes/abort.ts'
import { ErrorMessage } from '../message/classes/error-message.ts'

/** Codes of RFC 6455, section 7.4.1. RawSocket has none on the wire; `onclose` reports both transports in these. */
export const CloseCode = {
  /** The connection has served its purpose. */
  NORMAL: 1000,
  /** The server stops, or the page is left. */
  GOING_AWAY: 1001,
  /** The peer breaks the protocol. */
  PROTOCOL_ERROR: 1002,
  /** Text where the serializer is binary, or the other way round. */
  WRONG_KIND: 1003,
  /** The peer has closed without a code. Never sent. */
  NO_CODE: 1005,
  /** The connection was cut. Never sent. */
  CUT: 1006,
  /** Text that is not UTF-8. */
  BAD_TEXT: 1007,
  /** The peer breaks a rule of the application's own. */
  POLICY: 1008,
  /** A message, or a part of it, is larger than this end takes. */
  TOO_BIG: 1009,
  /** This end cannot go on, through no fault of the peer. */
  INTERNAL_ERROR: 1011,
} as const

/** What to send, and how to go on. */
export interface Answer {
  /** ERROR for a request that was refused, ABORT for a session that ends; null when nothing is to be sent. */
  readonly message: Abort | ErrorMessage | null
  /** The code to close with after the message; null when the session goes on. */
  readonly closeCode: number | null
}

const CLOSE_CODES: Readonly<Record<string, number>> = {
  BAD_UTF8: CloseCode.BAD_TEXT,
  SIZE_LIMIT: CloseCode.TOO_BIG,
  FRAME_TOO_LARGE: CloseCode.TOO_BIG,
}

/**
 * The answer to an error of the codec. A well-formed request whose URI or payload attributes break the rules gets an
 * ERROR, and the session goes on; before a session (`isInSession` false) it gets an ABORT. Everything else that a peer
 * sends breaks the protocol: ABORT, then the end. Nothing is sent for an EncodeError, which concerns one receiver only,
 * nor for an error that is not the peer's fault (no memory, a buffer that is gone), which ends the connection with
 * 1011. Throws TypeError for anything that is not an error of the codec.
 */
export function answerTo(error: WampCodecError, isInSession: boolean = true): Answer {
  if (!isWampCodecError(error)) throw wrongArgument('answerTo', 'an error of the codec', error)
  if (error instanceof EncodeError) return { message: null, closeCode: null }
  if (!(error instanceof ProtocolError)) return { message: null, closeCode: CloseCode.INTERNAL_ERROR }
  const { uri, code, message } = error
  if (isInSession && uri !== 'wamp.error.protocol_violation' && ErrorMessage.canReply(error)) {
    return { message: ErrorMessage.reply(error, uri, { args: [message] }), closeCode: null }
  }
  return { message: new Abort({ reason: uri, message }), closeCode: closeCodeOf(code) }
}

/** The close code for an error code: by default a breach of the protocol. @internal */
export function closeCodeOf(code: string): number {
  return CLOSE_CODES[code] ?? CloseCode.PROTOCOL_ERROR
}
