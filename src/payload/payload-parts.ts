/** What a payload is made of, beside its bytes. */
import type { MODE_ARGS, MODE_ENC, MODE_NONE, MODE_PPT, MODE_UNCHECKED } from '../kernel/abi.ts'
import type { ValueFormat } from './format.ts'

/** How a payload is carried: nothing, args and kwargs, or opaque bytes in the `enc_*` or `ppt_*` dialect. */
export type PayloadMode =
  | typeof MODE_NONE
  | typeof MODE_ARGS
  | typeof MODE_ENC
  | typeof MODE_PPT
  | typeof MODE_UNCHECKED

/** args and kwargs in another format than the frame's. */
export interface TranscodedPayload {
  readonly format: ValueFormat
  /** args, and right behind them kwargs; what is absent has no bytes. */
  readonly bytes: Uint8Array
  readonly argsEnd: number
}
