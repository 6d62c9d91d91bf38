/**
 * `wamp-codec` for workerd (Cloudflare Workers), where code may not compile WebAssembly but import it compiled. The
 * same exports; every codec uses the imported kernel unless it is given another one.
 */
import type { Codec, CodecOptions } from './codec.ts';
import type { WasmSource } from './kernel/load.ts';
export * from './api.ts';
/** As `createCodec` of `wamp-codec`, with the kernel that the runtime has compiled. */
export declare function createCodec(options?: CodecOptions): Codec;
/** As `loadCodec` of `wamp-codec`, with the kernel that the runtime has compiled. */
export declare function loadCodec(options?: CodecOptions & {
    wasm?: WasmSource;
}): Promise<Codec>;
