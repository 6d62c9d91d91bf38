/** Bytes as JSON has them: a string that begins with NUL, behind it standard base64 with padding (RFC 4648). */

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

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
