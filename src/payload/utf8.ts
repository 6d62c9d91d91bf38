/**
 * Text as UTF-8 and back, by Node's own methods of Buffer where they are, and what else the byte writer does to bytes.
 */
import { singleDecoder, textDecoder, textEncoder } from '../text-coders.ts'

/** What is said of a text that has no form in UTF-8. */
export const LONE_SURROGATE = 'the text has a lone surrogate'

/** A plain view of a part; of a Buffer too, whose own `subarray` takes twice as long. */
export function viewOf<B extends ArrayBufferLike>(
  bytes: Uint8Array<B>,
  start: number,
  length: number,
): Uint8Array<B> {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + start, length)
}

/**
 * Writes the rest of a short text, from `from` on, at `at`; returns the place behind it, below 0 when a lone surrogate
 * became U+FFFD.
 */
export function writeWide(bytes: Uint8Array, start: number, text: string, from: number): number {
  let at = start
  let hasLone = false
  for (let i = from; i < text.length; i++) {
    let code = text.charCodeAt(i)
    if (code < 0x80) {
      bytes[at++] = code
      continue
    }
    if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6)
      bytes[at++] = 0x80 | (code & 0x3f)
      continue
    }
    if (code >= 0xd800 && code < 0xe000) {
      const low = text.charCodeAt(i + 1)
      if (code < 0xdc00 && (low & 0xfc00) === 0xdc00) {
        code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00)
        bytes[at++] = 0xf0 | (code >> 18)
        bytes[at++] = 0x80 | ((code >> 12) & 0x3f)
        bytes[at++] = 0x80 | ((code >> 6) & 0x3f)
        bytes[at++] = 0x80 | (code & 0x3f)
        i++
        continue
      }
      code = 0xfffd
      hasLone = true
    }
    bytes[at++] = 0xe0 | (code >> 12)
    bytes[at++] = 0x80 | ((code >> 6) & 0x3f)
    bytes[at++] = 0x80 | (code & 0x3f)
  }
  return hasLone ? -at : at
}

/** What Node's Buffer has beside its documented methods; it works on any Uint8Array. */
interface NativeText {
  utf8Write?: (this: Uint8Array, text: string, at: number) => number
  utf8Slice?: (this: Uint8Array, start: number, end: number) => string
  latin1Slice?: (this: Uint8Array, start: number, end: number) => string
}

const native: NativeText | undefined = (globalThis as { Buffer?: { readonly prototype: NativeText } }).Buffer
  ?.prototype

/** Whether text that engines keep as a byte a character is written at once, without a view first. */
export const WRITES_SINGLE: boolean = typeof native?.utf8Write === 'function'

/** Writes text into `bytes` at `at`, where there is room; returns the number of bytes. */
export const writeText: (bytes: Uint8Array, text: string, at: number) => number = textWriter()

/** Node's own method takes a third less time than `encodeInto`, which needs a view of the rest first. */
function textWriter(): (bytes: Uint8Array, text: string, at: number) => number {
  const utf8Write = native?.utf8Write
  if (typeof utf8Write === 'function') return (bytes, text, at) => utf8Write.call(bytes, text, at)
  return (bytes, text, at) => textEncoder().encodeInto(text, viewOf(bytes, at, bytes.length - at)).written
}

/** Reads `bytes[start, end)` as UTF-8. */
export const readText: (bytes: Uint8Array, start: number, end: number) => string = textReader()

/** Node's own method needs no view of the part. */
function textReader(): (bytes: Uint8Array, start: number, end: number) => string {
  const utf8Slice = native?.utf8Slice
  if (typeof utf8Slice === 'function') return (bytes, start, end) => utf8Slice.call(bytes, start, end)
  return (bytes, start, end) => textDecoder().decode(viewOf(bytes, start, end - start))
}

/** Reads `bytes[start, end)` as one character for each byte: as they are meant where they are ASCII. */
export const readSingle: (bytes: Uint8Array, start: number, end: number) => string = singleReader()

function singleReader(): (bytes: Uint8Array, start: number, end: number) => string {
  const latin1Slice = native?.latin1Slice
  if (typeof latin1Slice === 'function') return (bytes, start, end) => latin1Slice.call(bytes, start, end)
  return (bytes, start, end) => singleDecoder().decode(viewOf(bytes, start, end - start))
}
