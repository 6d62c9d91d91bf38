/** `wamp-codec`: every format, with a kernel of its own. */
import { Codec, checkCodecOptions } from "../codec.js";
import { KERNEL_FULL } from "../generated/kernel.js";
import { KernelAsset } from "../kernel/load.js";
import { FORMATS } from "../payload/formats-full.js";
import { FULL_WIRES } from "../serializer/wires-full.js";
/** What this entry has. */
export const FULL = {
    kernel: /* @__PURE__ */ new KernelAsset(KERNEL_FULL, 'kernel-scalar.wasm'),
    formats: /* @__PURE__ */ Object.values(FORMATS),
    wires: FULL_WIRES,
};
/** Makes a codec. Throws WampCodecError KERNEL_UNAVAILABLE where WebAssembly may not be compiled synchronously. */
export function createCodec(options = {}) {
    checkCodecOptions('createCodec', options);
    return new Codec(FULL, options.module ?? FULL.kernel.compiled(), options);
}
/** Makes a codec whose kernel is compiled asynchronously, from where `wasm` says or from the package. */
export async function loadCodec(options = {}) {
    checkCodecOptions('loadCodec', options);
    const { wasm, ...rest } = options;
    return new Codec(FULL, rest.module ?? (await FULL.kernel.load(wasm)), rest);
}
