/**
 * The targets `web` and `no-modules`, as wasm-pack names them: a browser loads the kernel from beside the script, by
 * `init`. What every entry exports, and the codec with every format.
 */
import type { Codec, CodecOptions, LoadOptions } from '../codec.ts'
import type { WasmSource } from '../kernel/load.ts'
import type { WasmModule } from '../kernel/wasm-module.ts'
import { createCodec as create, FULL, loadCodec as load } from '../variants/full.ts'

export * from '../api.ts'
export * as message from '../message/index.ts'
export { init as default }

/** The smallest module that only an engine with SIMD takes: a function that makes a vector and drops it. */
const SIMD: readonly number[] = [
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0],
  ...[0x0a, 9, 1, 7, 0, 0x41, 0, 0xfd, 0x0f, 0x1a, 0x0b],
]

function hasSimd(): boolean {
  return typeof WebAssembly === 'undefined' || WebAssembly.validate(new Uint8Array(SIMD))
}

const KERNEL = (): URL => new URL('./wamp_codec_bg.wasm', import.meta.url)
const SCALAR = (): URL => new URL('./kernel-scalar.wasm', import.meta.url)

/**
 * Loads the kernel, from `wasm` or from beside the script; once it has, `createCodec` works. An engine without SIMD
 * loads `kernel-scalar.wasm`, and one without WebAssembly `kernel-scalar.js`. Rejects with WampCodecError
 * KERNEL_UNAVAILABLE.
 */
export async function init(wasm?: WasmSource): Promise<void> {
  if (isReady) return
  initSync(await FULL.kernel.load(wasm ?? (hasSimd() ? KERNEL() : SCALAR())))
}

let isReady = false

/** The same at once, with a kernel that is compiled. */
export function initSync(module: WasmModule): void {
  FULL.kernel.provide(module)
  isReady = true
}

/**
 * As `createCodec` of `wamp-codec`. Throws WampCodecError KERNEL_UNAVAILABLE before `init` unless `module` is given.
 */
export function createCodec(options: CodecOptions = {}): Codec {
  return create(options)
}

/** As `loadCodec` of `wamp-codec`; it calls `init`. */
export async function loadCodec(options: LoadOptions = {}): Promise<Codec> {
  const { wasm, ...rest } = options
  if (rest.module === undefined) await init(wasm)
  return load(rest)
}
