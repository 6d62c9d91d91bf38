/** `wamp-codec/core`: json, msgpack and cbor, with a kernel of their own. */
import { Codec, type CodecOptions, checkCodecOptions, type LoadOptions } from '../codec.ts'
import { KERNEL_CORE } from '../generated/kernel-core.ts'
import { KernelAsset, type KernelFiles } from '../kernel/load.ts'
import { CORE_FORMATS, type CorePayloadFormatName } from '../payload/format.ts'
import type { Edition } from '../serializer/edition.ts'
import type { CoreSerializerId } from '../serializer/ids.ts'
import { CORE_WIRES } from '../serializer/wire.ts'

/** Written so that bundlers see which files these are; every file of dist/ has them beside it. */
const FILES: KernelFiles = {
  scalar: () => new URL('./kernel-core-scalar.wasm', import.meta.url),
  javascript: () => new URL('./kernel-core-scalar.js', import.meta.url),
}

/** What this entry has. @internal */
export const CORE: Edition = {
  kernel: /* @__PURE__ */ new KernelAsset(KERNEL_CORE, FILES),
  formats: CORE_FORMATS,
  wires: CORE_WIRES,
}

/** A codec of `wamp-codec/core`. Any function that takes a `Codec` takes it. */
export type CoreCodec = Codec<CoreSerializerId, CorePayloadFormatName>

/**
 * Makes a codec. Throws WampCodecError KERNEL_UNAVAILABLE where WebAssembly is missing or may not be compiled
 * synchronously; `loadCodec` works there.
 */
export function createCodec(options: CodecOptions = {}): CoreCodec {
  checkCodecOptions('createCodec', options)
  return new Codec(CORE, options.module ?? CORE.kernel.compiled(), options)
}

/**
 * Makes a codec whose kernel is compiled asynchronously, from where `wasm` says or from the package. Where WebAssembly
 * is missing or forbidden, the kernel runs as JavaScript: a file of its own, `kernel-core-scalar.js`. Rejects with
 * WampCodecError KERNEL_UNAVAILABLE when a file that is needed cannot be loaded.
 */
export async function loadCodec(options: LoadOptions = {}): Promise<CoreCodec> {
  checkCodecOptions('loadCodec', options)
  const { wasm, ...rest } = options
  return new Codec(CORE, rest.module ?? (await CORE.kernel.load(wasm)), rest)
}
