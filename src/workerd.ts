/**
 * The entry for workerd (Cloudflare Workers), where code may not compile WebAssembly but import it compiled. The same
 * exports as `wamp-codec`; every codec uses the imported kernel unless it is given another one.
 */
import { type Codec, type CodecOptions, createCodec as create, loadCodec as load } from './codec.ts'
import { setDefaultModule, type WasmSource } from './kernel/load.ts'
import kernel from './kernel-simd.wasm'

export * from './core.ts'

/** As `createCodec` of `wamp-codec`, with the kernel that the runtime has compiled. */
export function createCodec(options: CodecOptions = {}): Codec {
  setDefaultModule(kernel)
  return create(options)
}

/** As `loadCodec` of `wamp-codec`, with the kernel that the runtime has compiled. */
export function loadCodec(options: CodecOptions & { wasm?: WasmSource } = {}): Promise<Codec> {
  setDefaultModule(kernel)
  return load(options)
}
