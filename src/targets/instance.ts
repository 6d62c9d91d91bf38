/**
 * The targets `bundler` and `deno`, as wasm-pack names them: the kernel is imported as a module, whose exports are
 * those of an instance. What every entry exports, and the codec with every format.
 */
import type { Codec, CodecOptions, LoadOptions } from '../codec.ts'
import type { JavaScriptKernel } from '../kernel/javascript.ts'
import { createCodec as create, FULL, loadCodec as load } from '../variants/full.ts'
import * as instance from './wamp_codec_bg.wasm'

export * from '../api.ts'
export * as message from '../message/index.ts'

/** The instance that the runtime has made, in the form of a kernel that is made by JavaScript. */
const KERNEL: JavaScriptKernel = {
  name: 'kernel-simd',
  instantiate: () => instance as unknown as WebAssembly.Exports,
}

/** As `createCodec` of `wamp-codec`, with the kernel that the runtime has imported. */
export function createCodec(options: CodecOptions = {}): Codec {
  FULL.kernel.provide(KERNEL)
  return create(options)
}

/** As `loadCodec` of `wamp-codec`, with the kernel that the runtime has imported. */
export function loadCodec(options: LoadOptions = {}): Promise<Codec> {
  FULL.kernel.provide(KERNEL)
  return load(options)
}
