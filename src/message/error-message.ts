/** ERROR, the answer to any request that failed. Specification: "ERROR". */

import { checkOptions, nameOf, wrongArgument } from '../arguments.ts'
import { EncodeError, isWampCodecError, ProtocolError, WampCodecError } from '../errors.ts'
import { NO_PAYLOAD } from '../payload/payload.ts'
import {
  complete,
  givenOf,
  idGiven,
  NOT_GIVEN,
  othersGiven,
  requestTypeGiven,
  uriGiven,
  writePosition,
} from './build.ts'
import { DataMessage } from './categories.ts'
import { defineMessage } from './define.ts'
import { type Derivation, derivation, derive, derivedIds, notDerivable } from './derive.ts'
import type { Attributes } from './given.ts'
import { Message, Received } from './message.ts'
import { NO_INDEX } from './options.ts'
import { type MessageTable, REQUEST_TYPES } from './table.ts'
import { ERROR } from './tables.ts'
import type { Given } from './values.ts'
import type { PayloadAttributes } from './with-app-payload.ts'

/** What a dealer changes in the ERROR of a callee to make it that of a caller. */
export interface ErrorAnswer
  extends Given<ErrorMessage, 'callee' | 'callee_authid' | 'callee_authrole' | 'forward_for'> {
  /** What the caller has sent: 48. */
  request_type: number
  /** The id of the call. */
  request: number
}

// Routers copy the details of an ERROR as they are.
const ERROR_OF_ERROR: Derivation = derivation(ERROR, ERROR, ['request_type', 'request'], 'always')

/** ERROR: The answer to a request that failed. */
export class ErrorMessage extends DataMessage {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 8 = 8
  /** 4: with forward_for and a payload. */ static override readonly CATEGORY: 4 = 4
  /** @internal */ static override readonly TABLE: MessageTable = ERROR
  declare readonly type: 8

  /** @internal */ declare _request_type: number
  /** @internal */ declare _request: number
  /** @internal */ declare _error: string
  /** The session id of the callee. Key `callee`. */
  declare callee: number | null
  /** The authentication id of the callee. Key `callee_authid`. */
  declare callee_authid: string | null
  /** The authentication role of the callee. Key `callee_authrole`. */
  declare callee_authrole: string | null

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError, PayloadRuleError. */
  constructor(attributes: Attributes<ErrorMessage, 'request_type' | 'request' | 'error'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<ErrorMessage, 'request_type' | 'request' | 'error'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(ERROR, from)
    const others = received ? null : othersGiven()
    this._request_type = received
      ? from.requestType
      : requestTypeGiven(ERROR, 'request_type', given.request_type)
    this._request = received ? from.first : idGiven(ERROR, 'request', given.request)
    this._error = received ? (from.text as string) : uriGiven(ERROR, 'error', given.error)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = received ? from.frame : NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, ERROR, given, others)
  }

  /**
   * The same error as the answer to another request: the payload is shared; error, callee, forward_for, payload
   * attributes and custom keys `x_...` and `_...` are carried over. `answer` gives the rest, and takes away what it
   * gives as null.
   */
  static from(error: ErrorMessage, answer: ErrorAnswer): ErrorMessage {
    if (!(error instanceof ErrorMessage) || answer == null) throw notDerivable(error, answer, ERROR_OF_ERROR)
    const { request_type, request } = answer
    checkRequestType(request_type)
    const message = new ErrorMessage(derivedIds(ERROR, request, 0, request_type, error._error))
    derive(message, error, answer, ERROR_OF_ERROR)
    return message
  }

  /**
   * True when an ERROR can answer `to`: a request (PUBLISH, SUBSCRIBE, UNSUBSCRIBE, CALL, REGISTER, UNREGISTER or
   * INVOCATION), or the error of a refused frame that names its request. A PUBLISH is answered only if `acknowledge` is
   * true: look at that first.
   */
  static canReply(to: unknown): boolean {
    return requestOf(to) !== null
  }

  /**
   * The answer to a request that failed, or to the error of a refused frame that names its request. Throws InvalidUriError
   * for a `uri` that is not one. Throws ProtocolError (code BAD_MESSAGE) for a message that is not a request, and for an
   * error without a request one with its `code`, its `uri`, and itself as `cause`: a peer can cause both, and
   * docs/bad-input.md says what to send instead. Throws TypeError for anything else.
   */
  static reply(
    to: Message | WampCodecError,
    uri: string,
    payload: Pick<PayloadAttributes, 'args' | 'kwargs'> = {},
  ): ErrorMessage {
    checkOptions('ERROR.reply', payload, ['args', 'kwargs'])
    const { args, kwargs } = payload
    const request = requestOf(to)
    if (request === null) throw unanswerable(to)
    return new ErrorMessage({ ...request, error: uri, args, kwargs })
  }

  /** The code of the request that failed: 16, 32, 34, 48, 64, 66 or 68. */
  get request_type(): number {
    return this._request_type
  }
  set request_type(request_type: number) {
    writePosition(this, 'request_type', request_type)
  }

  /** The id of the request that failed. */
  get request(): number {
    return this._request
  }
  set request(request: number) {
    writePosition(this, 'request', request)
  }

  /** What went wrong, as a URI. */
  get error(): string {
    return this._error
  }
  set error(error: string) {
    writePosition(this, 'error', error)
  }
}
defineMessage(ErrorMessage, ERROR)

/** The request that an ERROR would name; null when there is none. */
function requestOf(to: unknown): { request_type: number; request: number } | null {
  const isMessage = to instanceof Message
  if (!isMessage && !isWampCodecError(to)) return null
  const request_type = isMessage ? to.table.code : to.request_type
  const { request } = to as { request?: number | null }
  return REQUEST_TYPES.includes(request_type as number) && request != null
    ? { request_type: request_type as number, request }
    : null
}

/** The error for what no ERROR can answer. It is one of ours if a peer can cause it, so that a router survives it. */
function unanswerable(to: unknown): Error {
  const instead = 'send ABORT instead (docs/bad-input.md)'
  if (to instanceof Message) {
    const { code, name } = to.table
    const text = `cannot reply to ${name} with ERROR: it is not a request; ${instead}`
    return new ProtocolError('BAD_MESSAGE', text, { messageType: code })
  }
  if (!isWampCodecError(to)) return wrongArgument('ERROR.reply', 'a message or a WampCodecError', to)
  const Same = [ProtocolError, EncodeError].find((type) => to instanceof type) ?? WampCodecError
  const text = `cannot reply with ERROR: the error names no request; ${instead}`
  return new Same(to.code, text, { uri: to.uri, cause: to })
}

function checkRequestType(request_type: number): void {
  if (REQUEST_TYPES.includes(request_type)) return
  throw new TypeError(
    `ERROR: expected one of ${REQUEST_TYPES.join(', ')} for request_type, got ${nameOf(request_type)}`,
  )
}
