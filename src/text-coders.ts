/**
 * The encoder and the decoders of UTF-8 that the runtime has, and how long a text is without them. They are made at
 * first use, because importing the package must work where they are missing: jsdom lacks them until a test gives it
 * those of Node.
 */
import { WampCodecError } from './errors.ts'

let encoder: TextEncoder | null = null
let decoder: TextDecoder | null = null
let strict: TextDecoder | null = null
let single: TextDecoder | null = null

/** Throws WampCodecError KERNEL_UNAVAILABLE where the runtime has none, as the others here do. */
export function textEncoder(): TextEncoder {
  encoder ??= new (coder('TextEncoder'))()
  return encoder
}

// ignoreBOM means "keep it": without, U+FEFF at the start of a text would vanish.

/** For text that was checked before. */
export function textDecoder(): TextDecoder {
  decoder ??= new (coder('TextDecoder'))('utf-8', { ignoreBOM: true })
  return decoder
}

/** Throws TypeError for bytes that are not UTF-8. */
export function strictDecoder(): TextDecoder {
  strict ??= new (coder('TextDecoder'))('utf-8', { fatal: true, ignoreBOM: true })
  return strict
}

/** One character for each byte. */
export function singleDecoder(): TextDecoder {
  single ??= new (coder('TextDecoder'))('latin1')
  return single
}

function coder<N extends 'TextEncoder' | 'TextDecoder'>(name: N): (typeof globalThis)[N] {
  const found = globalThis[name]
  if (typeof found === 'function') return found
  const text = `this runtime has no ${name}; set globalThis.${name} before the first codec is made (node:util has it)`
  throw new WampCodecError('KERNEL_UNAVAILABLE', text)
}

/** The number of bytes of `text` in UTF-8; a lone surrogate counts three, as U+FFFD does. */
export function utf8Length(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80) continue
    length += code < 0x800 ? 1 : 2
    // A pair: two units, four bytes. The second unit is skipped, it was counted as one byte already.
    if (code >= 0xd800 && code < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) i++
  }
  return length
}
