/** Decoding a part of what the kernel has checked: with `JSON.parse` where that gives the same. */
import { FORMAT_JSON } from '../kernel/abi.ts'
import type { Policy } from '../limits.ts'
import { decodePlainJson } from './decode-json.ts'
import type { ValueFormat } from './format.ts'

/**
 * The value in `bytes[start, end)`. `isPlainJson` is what the kernel has said of bytes that this is a part of; `type`
 * is for values without a head of their own (abi.ts). Throws ProtocolError for bytes that have changed since.
 */
export function decodeChecked(
  format: ValueFormat,
  bytes: Uint8Array,
  start: number,
  end: number,
  policy: Policy,
  isPlainJson: boolean,
  type: number = 0,
): unknown {
  const isPlain = isPlainJson && format.id === FORMAT_JSON && policy.maps === 'object'
  if (isPlain && policy.integers !== 'bigint' && policy.duplicateKeys === 'last') {
    return decodePlainJson(bytes, start, end)
  }
  return format.decode(bytes, start, end, policy, type)
}
