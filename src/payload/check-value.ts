/** One value checked by the kernel alone, before anything is built of it: for payload codecs and the transcoder. */
import { wrongArgument } from '../arguments.ts'
import { isAttached, isBytes } from '../brand.ts'
import { ERROR_CODES, ProtocolError } from '../errors.ts'
import { OK, RECORD_ERROR_AT } from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Policy } from '../limits.ts'
import { faultText, valueFault } from './fault-text.ts'
import type { ValueFormat } from './format.ts'

/**
 * Larger values are checked before they are decoded: what the decoders build until they find that 16 MiB of empty maps
 * are too many takes 512 MB of heap.
 */
export const MAX_UNCHECKED = 65_536

/** Throws ProtocolError when the value that is in the kernel's input window is not well-formed. */
export function checkResident(kernel: Kernel, length: number, format: ValueFormat, policy: Policy): void {
  const status = kernel.check(0, length, format.id, 0, policy)
  if (status === OK) return
  const { name } = format
  const code = ERROR_CODES[status - 1] ?? 'BAD_TOKEN'
  const offset = kernel.words[kernel.record + RECORD_ERROR_AT] as number
  throw valueFault(code, faultText(code, policy, name, kernel.byteAt(offset)), name, offset)
}

/**
 * Refuses bytes that were read without a check: of two faults the kernel names one, the reader maybe the other, and the
 * kernel has the word everywhere. Throws its error, or the given one.
 */
export function refuseUnchecked(
  error: unknown,
  kernel: Kernel,
  bytes: Uint8Array,
  format: ValueFormat,
  policy: Policy,
): never {
  if (error instanceof ProtocolError) {
    kernel.load(bytes)
    checkResident(kernel, bytes.length, format, policy)
  }
  throw error
}

/** Throws TypeError as `checkBytes` does, and ProtocolError for more of them than a message may have. */
export function checkSize(bytes: unknown, { name }: ValueFormat, { maxMessageBytes }: Policy): void {
  checkBytes(bytes)
  const { length } = bytes as Uint8Array
  if (length <= maxMessageBytes) return
  const text = `cannot decode a value from ${name}: ${length} bytes, the limit is ${maxMessageBytes}`
  throw new ProtocolError('SIZE_LIMIT', text, { format: name, offset: maxMessageBytes })
}

/** Throws TypeError for an argument that is not bytes, or whose buffer was detached. */
export function checkBytes(bytes: unknown): void {
  if (!isBytes(bytes)) throw wrongArgument('bytes', 'a Uint8Array', bytes)
  if (bytes.length === 0 && !isAttached(bytes)) throw new TypeError('the buffer of the frame was detached')
}
