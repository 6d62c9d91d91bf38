/** `wamp-codec`: every format, with a kernel of its own. */
import { Codec, type CodecOptions, checkCodecOptions, type LoadOptions } from '../codec.ts'
import { KERNEL_FULL } from '../generated/kernel.ts'
import { KernelAsset, type KernelFiles } from '../kernel/load.ts'
import { FORMATS } from '../payload/formats-full.ts'
import type { Edition } from '../serializer/edition.ts'
import { FULL_WIRES } from '../serializer/wires-full.ts'

/** Written so that bundlers see which files these are; every file of dist/ has them beside it. */
const FILES: KernelFiles = {
  scalar: () => new URL('./kernel-scalar.wasm', import.meta.url),
  javascript: () => new URL('./kernel-scalar.js', import.meta.url),
}

/** What this entry has. @internal */
export const FULL: Edition = {
  kernel: /* @__PURE__ */ new KernelAsset(KERNEL_FULL, FILES),
  formats: /* @__PURE__ */ Object.values(FORMATS),
  wires: FULL_WIRES,
}

/**
 * Makes a codec. Throws WampCodecError KERNEL_UNAVAILABLE where WebAssembly is missing or may not be compiled
 * synchronously; `loadCodec` works there.
 */
export function createCodec(options: CodecOptions = {}): Codec {
  checkCodecOptions('createCodec', options)
  return new Codec(FULL, options.module ?? FULL.kernel.compiled(), options)
}

/**
 * Makes a codec whose kernel is compiled asynchronously, from where `wasm` says or from the package. Where WebAssembly
 * is missing or forbidden, the kernel runs as JavaScript: a file of its own, `kernel-scalar.js`. Rejects with
 * WampCodecError KERNEL_UNAVAILABLE when a file that is needed cannot be loaded.
 */
export async function loadCodec(options: LoadOptions = {}): Promise<Codec> {
  checkCodecOptions('loadCodec', options)
  const { wasm, ...rest } = options
  return new Codec(FULL, rest.module ?? (await FULL.kernel.load(wasm)), rest)
}
