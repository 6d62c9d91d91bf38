/**
 * `wamp-codec/core` for workerd (Cloudflare Workers), where code may not compile WebAssembly but import it compiled.
 * The same exports; every codec uses the imported kernel unless it is given another one.
 */
import type { CodecOptions, LoadOptions } from './codec.ts'
import kernel from './kernel-core-simd.wasm'
import { CORE, type CoreCodec, createCodec as create, loadCodec as load } from './variants/core.ts'

export * from './api.ts'
export * as message from './message/index.ts'

/** As `createCodec` of `wamp-codec/core`, with the kernel that the runtime has compiled. */
export function createCodec(options: CodecOptions = {}): CoreCodec {
  CORE.kernel.provide(kernel)
  return create(options)
}

/** As `loadCodec` of `wamp-codec/core`, with the kernel that the runtime has compiled. */
export function loadCodec(options: LoadOptions = {}): Promise<CoreCodec> {
  CORE.kernel.provide(kernel)
  return load(options)
}
