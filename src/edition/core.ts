/** `wamp-codec/core`: json, msgpack and cbor, with a kernel of their own. */
import { Codec, type CodecOptions, checkCodecOptions, type LoadOptions } from '../codec.ts'
import { KERNEL_CORE } from '../generated/kernel-core.ts'
import { KernelAsset } from '../kernel/load.ts'
import { CORE_FORMATS, type CorePayloadFormatName } from '../payload/format.ts'
import type { Edition } from '../serializer/edition.ts'
import type { CoreSerializerId } from '../serializer/ids.ts'
import { CORE_WIRES } from '../serializer/wire.ts'

/** What this entry has. @internal */
export const CORE: Edition = {
  kernel: /* @__PURE__ */ new KernelAsset(KERNEL_CORE, scalarKernel),
  formats: CORE_FORMATS,
  wires: CORE_WIRES,
}

/** Written so that bundlers see which file it is; every file of dist/ has it beside it. */
function scalarKernel(): URL {
  return new URL('./kernel-core-scalar.wasm', import.meta.url)
}

/** A codec of `wamp-codec/core`. Any function that takes a `Codec` takes it. */
export type CoreCodec = Codec<CoreSerializerId, CorePayloadFormatName>

/** Makes a codec. Throws WampCodecError KERNEL_UNAVAILABLE where WebAssembly may not be compiled synchronously. */
export function createCodec(options: CodecOptions = {}): CoreCodec {
  checkCodecOptions('createCodec', options)
  return new Codec(CORE, options.module ?? CORE.kernel.compiled(), options)
}

/** Makes a codec whose kernel is compiled asynchronously, from where `wasm` says or from the package. */
export async function loadCodec(options: LoadOptions = {}): Promise<CoreCodec> {
  checkCodecOptions('loadCodec', options)
  const { wasm, ...rest } = options
  return new Codec(CORE, rest.module ?? (await CORE.kernel.load(wasm)), rest)
}
