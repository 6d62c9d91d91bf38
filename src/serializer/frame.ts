/**
 * Frames as applications hand them in: bytes, text, shared memory or chunks; here they become contiguous bytes that
 * are stable while they are read: a copy, or bytes of which the caller promises it.
 */
import { wrongArgument } from '../arguments.ts'
import { isAttached, isBuffer, isBytes, isFixed } from '../brand.ts'
import { ProtocolError } from '../errors.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Policy } from '../limits.ts'
import { isWellFormed } from '../payload/encode-value.ts'
import { surrogateIn } from '../payload/surrogates.ts'

/** A frame: its bytes, JSON text, or the chunks of one frame in their order. */
export type Frame = Uint8Array | ArrayBuffer | SharedArrayBuffer | string | readonly Uint8Array[]

/**
 * Puts a frame into the kernel's input window, and returns the bytes that the message will keep. Throws ProtocolError
 * SIZE_LIMIT, or BAD_UTF8 for text; TypeError if the input is not a frame.
 *
 * @internal
 */
export function loadFrame(
  kernel: Kernel,
  frame: Frame,
  format: string,
  isText: boolean,
  policy: Policy,
): Uint8Array<ArrayBuffer> {
  if (typeof frame === 'string') return loadText(kernel, frame, format, isText, policy)
  const bytes = frameBytes(frame, format, policy)
  kernel.load(bytes)
  return bytes
}

/**
 * The bytes that the message will keep of a frame that is no text: the caller's, or a copy. Throws as `loadFrame` does.
 *
 * @internal
 */
export function frameBytes(
  frame: Exclude<Frame, string>,
  format: string,
  policy: Policy,
): Uint8Array<ArrayBuffer> {
  let bytes: Uint8Array
  if (isBytes(frame)) bytes = checkAttached(frame)
  else if (Array.isArray(frame)) bytes = joined(frame as readonly Uint8Array[], format, policy)
  else if (isBuffer(frame)) bytes = new Uint8Array(frame)
  else throw notAFrame(frame)
  checkSize(bytes.length, format, policy)
  // A caller cannot promise that shared memory will not change, nor that a resizable buffer will not be shorter.
  if ((policy.ownership === 'copy' || !isFixed(bytes.buffer)) && !Array.isArray(frame)) {
    bytes = new Uint8Array(bytes)
  }
  // What was shared memory is a copy.
  return bytes as Uint8Array<ArrayBuffer>
}

/**
 * The same where no bytes are kept: nothing is allocated for a Uint8Array. Returns the number of bytes in the window,
 * which only the kernel can change.
 *
 * @internal
 */
export function loadOnly(
  kernel: Kernel,
  frame: Frame,
  format: string,
  isText: boolean,
  policy: Policy,
): number {
  if (!isBytes(frame)) return loadFrame(kernel, frame, format, isText, policy).length
  checkAttached(frame)
  checkSize(frame.length, format, policy)
  kernel.load(frame)
  return frame.length
}

/** What is thrown for text in place of bytes. @internal */
export function notBinary(format: string): ProtocolError {
  const text = `cannot decode a message from ${format}: got text, ${format} is binary`
  return new ProtocolError('BAD_MESSAGE', text, { format, offset: 0 })
}

/** What is thrown for anything else. @internal */
export function notAFrame(value: unknown): TypeError {
  return wrongArgument('frame', 'a Uint8Array, ArrayBuffer, string or list of Uint8Arrays', value)
}

/** Throws TypeError for bytes whose buffer was detached, by a transfer to another thread for example. @internal */
export function checkAttached(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0 && !isAttached(bytes)) throw new TypeError('the buffer of the frame was detached')
  return bytes
}

/** Text is encoded straight into the window and copied out again: half the time of `TextEncoder.encode`. */
function loadText(
  kernel: Kernel,
  text: string,
  format: string,
  isText: boolean,
  policy: Policy,
): Uint8Array<ArrayBuffer> {
  if (!isText) throw notBinary(format)
  checkSize(text.length, format, policy)
  const length = kernel.loadText(text)
  checkSize(length, format, policy)
  // ASCII has no surrogates; a lone one became U+FFFD.
  if (length !== text.length && !isWellFormed(text)) throw surrogateIn(text, 'a message')
  return kernel.copyOut(length)
}

function joined(chunks: readonly Uint8Array[], format: string, policy: Policy): Uint8Array {
  let length = 0
  for (const chunk of chunks) {
    if (!isBytes(chunk)) throw wrongArgument('a chunk of a frame', 'a Uint8Array', chunk)
    checkAttached(chunk)
    length += chunk.length
  }
  checkSize(length, format, policy)
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

/** Throws ProtocolError SIZE_LIMIT for a frame of more bytes than the policy allows. @internal */
export function checkSize(length: number, format: string, policy: Policy): void {
  if (length <= policy.maxMessageBytes) return
  const text = `cannot decode a message from ${format}: ${length} bytes, the limit is ${policy.maxMessageBytes}`
  throw new ProtocolError('SIZE_LIMIT', text, { format, offset: policy.maxMessageBytes })
}
