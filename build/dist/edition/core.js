/** `wamp-codec/core`: json, msgpack and cbor, with a kernel of their own. */
import { Codec, checkCodecOptions } from "../codec.js";
import { KERNEL_CORE } from "../generated/kernel-core.js";
import { KernelAsset } from "../kernel/load.js";
import { CORE_FORMATS } from "../payload/format.js";
import { CORE_WIRES } from "../serializer/wire.js";
/** What this entry has. */
export const CORE = {
    kernel: /* @__PURE__ */ new KernelAsset(KERNEL_CORE, 'kernel-core-scalar.wasm'),
    formats: CORE_FORMATS,
    wires: CORE_WIRES,
};
/** Makes a codec. Throws WampCodecError KERNEL_UNAVAILABLE where WebAssembly may not be compiled synchronously. */
export function createCodec(options = {}) {
    checkCodecOptions('createCodec', options);
    return new Codec(CORE, options.module ?? CORE.kernel.compiled(), options);
}
/** Makes a codec whose kernel is compiled asynchronously, from where `wasm` says or from the package. */
export async function loadCodec(options = {}) {
    checkCodecOptions('loadCodec', options);
    const { wasm, ...rest } = options;
    return new Codec(CORE, rest.module ?? (await CORE.kernel.load(wasm)), rest);
}
