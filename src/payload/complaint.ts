/** What is wrong with bytes and texts, in words. One fault has one text, whichever way it is found. */
import { EncodeError, type ErrorCode, ProtocolError } from '../errors.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Policy } from '../limits.ts'
import { loneSurrogateAt } from './encode-value.ts'
import { LONE_SURROGATE, utf8Length } from './utf8.ts'

const BACKSLASH = 0x5c

/**
 * What a code of the kernel says by itself. `at` is the byte in the kernel's window that it is about: in JSON a lone
 * surrogate is an escape, and any other text that is not UTF-8 is not.
 */
export function complaint(code: ErrorCode, policy: Policy, { bytes, input }: Kernel, at: number): string {
  switch (code) {
    case 'TRUNCATED':
      return 'the frame ends too early'
    case 'TRAILING_BYTES':
      return 'bytes follow the message'
    case 'BAD_UTF8':
      return bytes[input + at] === BACKSLASH ? LONE_SURROGATE : 'the text is not UTF-8'
    case 'DEPTH_LIMIT':
      return `nested deeper than ${policy.maxDepth}`
    case 'LENGTH_OVERRUN':
      return 'a length runs past the end of the frame'
    case 'SIZE_LIMIT':
      return `a big integer of more than ${policy.maxBigIntBytes} bytes, too many keys, or too many offsets to one text`
    case 'BAD_OFFSET':
      return 'an offset or a table outside of the frame'
    case 'MISALIGNED':
      return 'a misaligned value'
    case 'NODE_LIMIT':
      return `more than ${policy.maxNodes} values`
    case 'BAD_NUMBER':
      return 'a number that is malformed or out of range'
    case 'DUPLICATE_KEY':
      return 'a duplicate key'
    case 'KEY_TYPE':
      return 'a key that is not a string'
    default:
      return 'unexpected byte'
  }
}

/** The same for a value by itself, which has no frame around it. */
export function valueComplaint(code: ErrorCode, policy: Policy, kernel: Kernel, at: number): string {
  switch (code) {
    case 'TRUNCATED':
      return 'the bytes end inside the value'
    case 'TRAILING_BYTES':
      return 'bytes follow the value'
    case 'LENGTH_OVERRUN':
      return 'a length runs past the end of the value'
    case 'BAD_OFFSET':
      return 'an offset that leads out of the value'
    default:
      return complaint(code, policy, kernel, at)
  }
}

/** The error for a text of the application with a lone surrogate, at its path. */
export function surrogateError(path: string, format: string): EncodeError {
  return new EncodeError('BAD_UTF8', `cannot encode ${path} to ${format}: ${LONE_SURROGATE}`, {
    format,
    path,
  })
}

/** The error for JSON that was given as a text with a lone surrogate; `what` is `a message` or `a value`. */
export function surrogateIn(text: string, what: string): ProtocolError {
  const offset = utf8Length(text.slice(0, loneSurrogateAt(text)))
  const full = `cannot decode ${what} from json: ${LONE_SURROGATE} (byte ${offset})`
  return new ProtocolError('BAD_UTF8', full, { format: 'json', offset })
}
