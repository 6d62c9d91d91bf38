/**
 * The target `nodejs`, as wasm-pack names it: CommonJS, with the kernel in a file beside it. What every entry exports,
 * and the codec with every format.
 */
import { readFileSync } from 'node:fs'
import type { Codec, CodecOptions, LoadOptions } from '../codec.ts'
import { createCodec as create, FULL, loadCodec as load } from '../variants/full.ts'

export * from '../api.ts'
export * as message from '../message/index.ts'

let isCompiled = false

function compile(): void {
  if (isCompiled || typeof WebAssembly === 'undefined') return
  const wasm = readFileSync(new URL('./wamp_codec_bg.wasm', import.meta.url))
  FULL.kernel.provide(new WebAssembly.Module(wasm))
  isCompiled = true
}

/** As `createCodec` of `wamp-codec`. */
export function createCodec(options: CodecOptions = {}): Codec {
  compile()
  return create(options)
}

/** As `loadCodec` of `wamp-codec`. */
export async function loadCodec(options: LoadOptions = {}): Promise<Codec> {
  compile()
  return load(options)
}
