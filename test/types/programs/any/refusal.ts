/** A bad frame is answered; what cannot be answered ends the session. */
import {
  Abort,
  type AnyMessage,
  createCodec,
  type ErrorCode,
  ErrorMessage,
  isWampCodecError,
  ProtocolError,
} from 'wamp-codec'

const cbor = createCodec().serializer('cbor')

export function read(frame: Uint8Array): AnyMessage | string | Uint8Array {
  try {
    return cbor.decode(frame)
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    const { request, request_type, uri, message, path, offset } = error
    const code: ErrorCode = error.code
    const args = [message, code, path ?? 'nowhere', offset ?? -1]
    if (request !== null && request_type !== null) {
      return cbor.encodeFrame(ErrorMessage.reply(error, uri, { args, kwargs: { request_type } }))
    }
    return cbor.encodeFrame(new Abort({ reason: uri, message }))
  }
}

export function formatOf(error: unknown): string | null {
  return isWampCodecError(error) ? error.format : null
}
