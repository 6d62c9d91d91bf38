/**
 * `wamp-codec` for workerd (Cloudflare Workers), where code may not compile WebAssembly but import it compiled. The
 * same exports; every codec uses the imported kernel unless it is given another one.
 */
import type { Codec, CodecOptions, LoadOptions } from './codec.ts'
import kernel from './kernel-simd.wasm'
import { createCodec as create, FULL, loadCodec as load } from './variants/full.ts'

export * from './api.ts'
export * as message from './message/index.ts'

/** As `createCodec` of `wamp-codec`, with the kernel that the runtime has compiled. */
export function createCodec(options: CodecOptions = {}): Codec {
  FULL.kernel.provide(kernel)
  return create(options)
}

/** As `loadCodec` of `wamp-codec`, with the kernel that the runtime has compiled. */
export function loadCodec(options: LoadOptions = {}): Promise<Codec> {
  FULL.kernel.provide(kernel)
  return load(options)
}
