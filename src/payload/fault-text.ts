/**
 * What is wrong with bytes, in words: the one table of the kernel's codes. Kernel and readers report a code and a byte;
 * so one fault has one text, whichever way it is found.
 */
import { type ErrorCode, ProtocolError } from '../errors.ts'
import type { Policy } from '../limits.ts'
import { LONE_SURROGATE } from './utf8.ts'

const BACKSLASH = 0x5c

/** Limits that texts name. */
export type FaultLimits = Pick<Policy, 'maxDepth' | 'maxNodes' | 'maxBigIntBytes'>

/** The words for a code; `byte` is the one that it is about, undefined at the end. */
export function faultText(
  code: ErrorCode,
  limits: FaultLimits,
  format: string,
  byte: number | undefined,
): string {
  switch (code) {
    case 'TRUNCATED':
      return 'the bytes end too early'
    case 'TRAILING_BYTES':
      return 'more bytes follow'
    case 'BAD_UTF8':
      // In JSON a lone surrogate is an escape, and any other text that is not UTF-8 is not.
      return format === 'json' && byte === BACKSLASH ? LONE_SURROGATE : 'the text is not UTF-8'
    case 'DEPTH_LIMIT':
      return `nested deeper than ${limits.maxDepth}`
    case 'LENGTH_OVERRUN':
      return 'a length runs past the end'
    case 'SIZE_LIMIT':
      return `a big integer of more than ${limits.maxBigIntBytes} bytes, too many keys, or too many offsets to one text`
    case 'BAD_OFFSET':
      return 'an offset that leads outside, or to a value twice'
    case 'MISALIGNED':
      return 'a misaligned value'
    case 'NODE_LIMIT':
      return `more than ${limits.maxNodes} values`
    case 'BAD_NUMBER':
      return 'a number that is malformed or out of range'
    case 'DUPLICATE_KEY':
      return 'a duplicate key'
    case 'KEY_TYPE':
      return 'a key that is not a string'
    default:
      return `unexpected ${shown(format, byte)}`
  }
}

/** The error for a fault in a value by itself. */
export function valueFault(code: ErrorCode, text: string, format: string, offset: number): ProtocolError {
  const full = `cannot decode a value from ${format}: ${text} (byte ${offset})`
  return new ProtocolError(code, full, { format, offset })
}

/** A byte for people: `]` in formats of characters, else `byte 0x1c`. */
function shown(format: string, byte: number | undefined): string {
  if (byte === undefined) return 'end'
  const isCharacter = (format === 'json' || format.startsWith('ubjson')) && byte > 0x20 && byte < 0x7f
  return isCharacter ? String.fromCharCode(byte) : `byte 0x${byte.toString(16).padStart(2, '0')}`
}
