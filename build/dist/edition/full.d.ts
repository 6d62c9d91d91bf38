/** `wamp-codec`: every format, with a kernel of its own. */
import { Codec, type CodecOptions } from '../codec.ts';
import { type WasmSource } from '../kernel/load.ts';
import type { Edition } from '../serializer/edition.ts';
/** What this entry has. */
export declare const FULL: Edition;
/** Makes a codec. Throws WampCodecError KERNEL_UNAVAILABLE where WebAssembly may not be compiled synchronously. */
export declare function createCodec(options?: CodecOptions): Codec;
/** Makes a codec whose kernel is compiled asynchronously, from where `wasm` says or from the package. */
export declare function loadCodec(options?: CodecOptions & {
    wasm?: WasmSource;
}): Promise<Codec>;
