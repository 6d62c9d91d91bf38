/** `wamp-codec`: every format, with a kernel of its own. */
import { Codec, type CodecOptions, checkCodecOptions, type LoadOptions } from '../codec.ts'
import { KERNEL_FULL } from '../generated/kernel.ts'
import { KernelAsset } from '../kernel/load.ts'
import { FORMATS } from '../payload/formats-full.ts'
import type { Edition } from '../serializer/edition.ts'
import { FULL_WIRES } from '../serializer/wires-full.ts'

/** What this entry has. @internal */
export const FULL: Edition = {
  kernel: /* @__PURE__ */ new KernelAsset(KERNEL_FULL, scalarKernel),
  formats: /* @__PURE__ */ Object.values(FORMATS),
  wires: FULL_WIRES,
}

/** Written so that bundlers see which file it is; every file of dist/ has it beside it. */
function scalarKernel(): URL {
  return new URL('./kernel-scalar.wasm', import.meta.url)
}

/** Makes a codec. Throws WampCodecError KERNEL_UNAVAILABLE where WebAssembly may not be compiled synchronously. */
export function createCodec(options: CodecOptions = {}): Codec {
  checkCodecOptions('createCodec', options)
  return new Codec(FULL, options.module ?? FULL.kernel.compiled(), options)
}

/** Makes a codec whose kernel is compiled asynchronously, from where `wasm` says or from the package. */
export async function loadCodec(options: LoadOptions = {}): Promise<Codec> {
  checkCodecOptions('loadCodec', options)
  const { wasm, ...rest } = options
  return new Codec(FULL, rest.module ?? (await FULL.kernel.load(wasm)), rest)
}
