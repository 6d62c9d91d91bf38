/** Opaque payloads have two dialects in lists, enc_* and ppt_*: the bytes are the same. */
import type { MODE_ENC, MODE_PPT } from '../kernel/abi.ts'
import { builtPayload, Payload, twins } from './payload.ts'

/** The same opaque bytes in another dialect; the very payload when it is in that dialect already. */
export function inDialect(payload: Payload, mode: typeof MODE_ENC | typeof MODE_PPT): Payload {
  if (payload.mode === mode) return payload
  if (payload.bytes === null) return builtPayload(null, null, payload.opaqueBytes(), mode)
  const known = twins.get(payload)
  if (known !== undefined) return known
  const { bytes, base, length, format, context, reader } = payload
  const twin = new Payload(bytes, base, length, format, context)
  twin.reader = reader
  twin.mode = mode
  twin.argsStart = payload.argsStart
  twin.argsEnd = payload.argsEnd
  twins.set(payload, twin)
  twins.set(twin, payload)
  return twin
}
