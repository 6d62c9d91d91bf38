import { CORE, createCodec as create, loadCodec as load } from "./edition/core.js";
import kernel from './kernel-core-simd.wasm';
export * from "./api.js";
/** As `createCodec` of `wamp-codec/core`, with the kernel that the runtime has compiled. */
export function createCodec(options = {}) {
    CORE.kernel.provide(kernel);
    return create(options);
}
/** As `loadCodec` of `wamp-codec/core`, with the kernel that the runtime has compiled. */
export function loadCodec(options = {}) {
    CORE.kernel.provide(kernel);
    return load(options);
}
