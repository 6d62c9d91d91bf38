/** What ERROR answers: requests, and errors of refused frames that name a request. Called by its class. */
import { checkOptions, wrongArgument } from '../arguments.ts'
import { EncodeError, isWampCodecError, ProtocolError, WampCodecError } from '../errors.ts'
import { Message } from './message.ts'
import { REQUEST_TYPES } from './table.ts'
import type { PayloadAttributes } from './with-app-payload.ts'

/** The request that an ERROR names. */
interface Request {
  readonly request_type: number
  readonly request: number
}

/** True for a request, and for an error that names one. */
export function canReplyTo(to: unknown): boolean {
  return requestOf(to) !== null
}

/** The attributes of the answer. Throws ProtocolError, EncodeError or TypeError for what cannot be answered. */
export function replyTo(
  to: unknown,
  uri: string,
  payload: Pick<PayloadAttributes, 'args' | 'kwargs'>,
): Request & { readonly error: string } & Pick<PayloadAttributes, 'args' | 'kwargs'> {
  checkOptions('ERROR.reply', payload, ['args', 'kwargs'])
  const { args, kwargs } = payload
  const request = requestOf(to)
  if (request === null) throw unanswerable(to)
  return { ...request, error: uri, args, kwargs }
}

/** The request that an ERROR would name; null when there is none. */
function requestOf(to: unknown): Request | null {
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
