import { createCodec as create, FULL, loadCodec as load } from "./edition/full.js";
import kernel from './kernel-simd.wasm';
export * from "./api.js";
/** As `createCodec` of `wamp-codec`, with the kernel that the runtime has compiled. */
export function createCodec(options = {}) {
    FULL.kernel.provide(kernel);
    return create(options);
}
/** As `loadCodec` of `wamp-codec`, with the kernel that the runtime has compiled. */
export function loadCodec(options = {}) {
    FULL.kernel.provide(kernel);
    return load(options);
}
