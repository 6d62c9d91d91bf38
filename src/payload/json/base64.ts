/** Bytes as JSON has them: a string that begins with NUL, behind it standard base64 with padding (RFC 4648). */
import { readText } from '../utf8.ts'

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const PADDING = 0x3d

/** The bytes in a text that begins with NUL; null if it is not base64. Spare bits are not looked at. */
export function base64Bytes(text: string): Uint8Array | null {
  const length = text.length - 1
  if (length % 4 !== 0) return null
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((length / 4) * 3 - padding)
  let bits = 0
  let at = 0
  for (let i = 1; i <= length; i++) {
    const digit = i > length - padding ? 0 : DIGITS.indexOf(text[i] as string)
    if (digit < 0) return null
    bits = (bits << 6) | digit
    if (i % 4 !== 0) continue
    // A typed array ignores what is written beyond its end: the padding.
    bytes[at++] = bits >> 16
    bytes[at++] = bits >> 8
    bytes[at++] = bits
    bits = 0
  }
  return bytes
}

/** Standard base64 with padding (RFC 4648 section 4). */
export function base64(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PADDING)
  let at = 0
  for (let i = 0; i < bytes.length; i += 3) {
    const rest = bytes.length - i
    const bits = (bytes[i]! << 16) | (rest > 1 ? bytes[i + 1]! << 8 : 0) | (rest > 2 ? bytes[i + 2]! : 0)
    codes[at] = DIGITS.charCodeAt(bits >> 18)
    codes[at + 1] = DIGITS.charCodeAt((bits >> 12) & 63)
    if (rest > 1) codes[at + 2] = DIGITS.charCodeAt((bits >> 6) & 63)
    if (rest > 2) codes[at + 3] = DIGITS.charCodeAt(bits & 63)
    at += 4
  }
  return readText(codes, 0, codes.length)
}
