/** `wamp-codec/core`: json, msgpack and cbor, with a kernel of their own, and all tools. */
import type { Codec, CodecOptions, LoadOptions } from '../codec.ts'
import { CORE_FORMATS } from '../formats/core.ts'
import { CORE_KERNEL } from '../kernel/core.ts'
import type { CorePayloadFormatName } from '../payload/format-names.ts'
import type { CoreSerializerId } from '../serializer/ids.ts'
import { ALL_TOOLS } from '../tools/all.ts'
import type { Variant } from '../tools/variant.ts'
import { createWith, loadWith, variantOf } from './create.ts'

/** What this entry has. @internal */
export const CORE: Variant = variantOf(CORE_KERNEL, CORE_FORMATS, ALL_TOOLS)

/** A codec of `wamp-codec/core`. Any function that takes a `Codec` takes it. */
export type CoreCodec = Codec<CoreSerializerId, CorePayloadFormatName>

/**
 * Makes a codec. Throws WampCodecError KERNEL_UNAVAILABLE where WebAssembly is missing or may not be compiled
 * synchronously; `loadCodec` works there.
 */
export function createCodec(options: CodecOptions = {}): CoreCodec {
  return createWith(CORE, options)
}

/**
 * Makes a codec whose kernel is compiled asynchronously, from where `wasm` says or from the package. Where WebAssembly
 * is missing or forbidden, the kernel runs as JavaScript: a file of its own, `kernel-core-scalar.js`. Rejects with
 * WampCodecError KERNEL_UNAVAILABLE when a file that is needed cannot be loaded.
 */
export function loadCodec(options: LoadOptions = {}): Promise<CoreCodec> {
  return loadWith(CORE, options)
}
