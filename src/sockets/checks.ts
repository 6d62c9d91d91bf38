/** What an application hands to a connection, checked before anything of it is on its way. */
import { checkParts } from '../transport/raw-socket.ts'

/** Bytes of UTF-8 that the reason of a close may have: RFC 6455, section 5.5. */
const MAX_REASON = 123

/** Bytes that a PING may have: RFC 6455, section 5.5. RawSocket has longer ones, which not every peer takes. */
const MAX_PING = 125

/** Throws RangeError for more bytes than a PING may have, TypeError for anything but bytes. */
export function checkPing(data: Uint8Array): void {
  checkParts([data])
  if (data.length <= MAX_PING) return
  throw new RangeError(`ping: the data has at most ${MAX_PING} bytes, got ${data.length}`)
}

/** Throws RangeError for what no close frame may have: RFC 6455, section 7.4. */
export function checkClose(code: number, reason: string): void {
  const isDefined = code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006
  if (!Number.isInteger(code) || !(isDefined || (code >= 3000 && code <= 4999))) {
    throw new RangeError(`close: expected a code from 1000 to 1014 or from 3000 to 4999, got ${code}`)
  }
  const bytes = Buffer.byteLength(reason)
  if (bytes > MAX_REASON) throw new RangeError(`close: a reason has at most 123 bytes, got ${bytes}`)
}

/** As much of a text as a close frame has room for. */
export function reasonOf(text: string): string {
  let end = Math.min(text.length, MAX_REASON)
  while (Buffer.byteLength(text.slice(0, end)) > MAX_REASON) end--
  return text.slice(0, end).replace(/[\ud800-\udbff]$/, '')
}
