/** The encoded payload of a message, for applications that keep it: history, retention, call queues. */
import type { PayloadFormatName } from './format-names.ts'

/**
 * The bytes of a payload as they are. `message.rawPayload` gives it, and every constructor of a message with a payload
 * takes it in place of `args`, `kwargs` and `payload`.
 */
export interface RawPayload {
  /** The format of args and kwargs; of an opaque payload that of the frame. */
  readonly format: PayloadFormatName
  /** `args`: args and kwargs. `enc`, `ppt`: one opaque payload that `enc_*` or `ppt_*` describe. */
  readonly mode: 'args' | 'enc' | 'ppt'
  /** Encoded args and kwargs (no bytes for absent args), or the opaque payload. Views of the frame, never copies. */
  readonly bytes: readonly Uint8Array[]
}
