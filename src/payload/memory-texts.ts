/**
 * Texts out of the kernel's memory: by Node's own methods of Buffer where they are, which are two to ten times faster
 * for short texts, and by TextDecoder in browsers. Looked for at first use: nothing happens at import.
 */

/** What a Buffer has, by names that its types do not know. */
interface TextSlices {
  latin1Slice(start: number, end: number): string
  utf8Slice(start: number, end: number): string
}

/** Reads texts out of one memory. */
export interface MemoryTexts {
  /** One character for each byte, whatever the bytes; right for those of ASCII. */
  single(start: number, end: number): string
  /** UTF-8 that was checked before. */
  utf8(start: number, end: number): string
}

/** What makes the reader of texts for the memory that `bytes` is all of. */
export function textReaders(): (bytes: Uint8Array) => MemoryTexts {
  const { Buffer } = globalThis as { Buffer?: { prototype: object } }
  if (Buffer === undefined) return byDecoder
  return ['latin1Slice', 'utf8Slice'].every((name) => name in Buffer.prototype) ? byBuffer : byDecoder
}

function byBuffer(bytes: Uint8Array): MemoryTexts {
  const buffer = Buffer.from(bytes.buffer) as unknown as TextSlices
  return {
    single: (start, end) => buffer.latin1Slice(start, end),
    utf8: (start, end) => buffer.utf8Slice(start, end),
  }
}

/** The label latin1 means windows-1252 to a TextDecoder, which is the same for ASCII. */
function byDecoder(bytes: Uint8Array): MemoryTexts {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
  const single = new TextDecoder('latin1')
  return {
    single: (start, end) => single.decode(bytes.subarray(start, end)),
    utf8: (start, end) => utf8.decode(bytes.subarray(start, end)),
  }
}
