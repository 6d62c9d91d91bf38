/**
 * The target `nodejs`, as wasm-pack names it: CommonJS, with the kernel in a file beside it. What every entry exports,
 * and the codec with every format.
 */
import { readFileSync } from 'node:fs'
import type { Codec, CodecOptions, LoadOptions } from '../codec.ts'
import type { KernelFiles } from '../kernel/load.ts'
import type { Variant } from '../tools/variant.ts'
import { createWith, loadWith } from '../variants/create.ts'
import { FULL } from '../variants/full.ts'

export * from '../api.ts'
export * as message from '../message/index.ts'

/** Those of the package: a folder that is copied out alone needs WebAssembly with SIMD. */
const FILES: KernelFiles = {
  scalar: () => new URL('../../kernel-scalar.wasm', import.meta.url),
  javascript: () => new URL('../../kernel-scalar.js', import.meta.url),
}

const VARIANT: Variant = {
  ...FULL,
  kernel: FULL.kernel.from(() => readFileSync(new URL('./wamp_codec_bg.wasm', import.meta.url)), FILES),
}

/** As `createCodec` of `wamp-codec`. */
export function createCodec(options: CodecOptions = {}): Codec {
  return createWith(VARIANT, options)
}

/** As `loadCodec` of `wamp-codec`. */
export function loadCodec(options: LoadOptions = {}): Promise<Codec> {
  return loadWith(VARIANT, options)
}
