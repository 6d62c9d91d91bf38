/** `wamp-codec`: every format, with a kernel of its own, and all tools. */
import type { Codec, CodecOptions, LoadOptions } from '../codec.ts'
import { FULL_FORMATS } from '../formats/full.ts'
import { FULL_KERNEL } from '../formats/full-kernel.ts'
import { ALL_TOOLS } from '../tools/all.ts'
import type { Variant } from '../tools/variant.ts'
import { createWith, loadWith, variantOf } from './create.ts'

/** What this entry has. @internal */
export const FULL: Variant = variantOf(FULL_KERNEL, FULL_FORMATS, ALL_TOOLS)

/**
 * Makes a codec. Throws WampCodecError KERNEL_UNAVAILABLE where WebAssembly is missing or may not be compiled
 * synchronously; `loadCodec` works there.
 */
export function createCodec(options: CodecOptions = {}): Codec {
  return createWith(FULL, options)
}

/**
 * Makes a codec whose kernel is compiled asynchronously, from where `wasm` says or from the package. Where WebAssembly
 * is missing or forbidden, the kernel runs as JavaScript: a file of its own, `kernel-scalar.js`. Rejects with
 * WampCodecError KERNEL_UNAVAILABLE when a file that is needed cannot be loaded.
 */
export function loadCodec(options: LoadOptions = {}): Promise<Codec> {
  return loadWith(FULL, options)
}
