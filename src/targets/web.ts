/**
 * The targets `web` and `no-modules`, as wasm-pack names them: a browser loads the kernel from beside the script, by
 * `init`. What every entry exports, and the codec with every format.
 */
import type { Codec, CodecOptions, LoadOptions } from '../codec.ts'
import { kernelFor } from '../codec.ts'
import { WampCodecError } from '../errors.ts'
import { hasWebAssembly, type WasmSource } from '../kernel/load.ts'
import type { WasmModule } from '../kernel/wasm-module.ts'
import type { Variant } from '../tools/variant.ts'
import { createWith, loadWith } from '../variants/create.ts'
import { FULL } from '../variants/full.ts'

export * from '../api.ts'
export * as message from '../message/index.ts'
export { init as default }

/** Its kernel is there after `init`. */
const VARIANT: Variant = {
  ...FULL,
  kernel: FULL.kernel.from(() => {
    const text = 'the kernel is not loaded: call await init() before createCodec()'
    throw new WampCodecError('KERNEL_UNAVAILABLE', text)
  }),
}

/** The smallest module that only an engine with SIMD takes: a function that makes a vector and drops it. */
const SIMD: readonly number[] = [
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0],
  ...[0x0a, 9, 1, 7, 0, 0x41, 0, 0xfd, 0x0f, 0x1a, 0x0b],
]

/** Whether to name the SIMD build; also without WebAssembly, where the kernel in JavaScript is loaded instead of it. */
function hasSimd(): boolean {
  return !hasWebAssembly() || WebAssembly.validate(new Uint8Array(SIMD))
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
  initSync(await VARIANT.kernel.load(wasm ?? besideScript()))
}

/** The kernel beside the script. Throws WampCodecError KERNEL_UNAVAILABLE when the script is of no place. */
function besideScript(): URL {
  try {
    return hasSimd() ? KERNEL() : SCALAR()
  } catch (cause) {
    const text = 'the address of this script is unknown: say where the kernel is, init(new URL(...))'
    throw new WampCodecError('KERNEL_UNAVAILABLE', text, { cause })
  }
}

let isReady = false

/** The same at once, with a kernel that is compiled. Throws TypeError for anything else. */
export function initSync(module: WasmModule): void {
  kernelFor(VARIANT, module)
  VARIANT.kernel.provide(module)
  isReady = true
}

/**
 * As `createCodec` of `wamp-codec`. Throws WampCodecError KERNEL_UNAVAILABLE before `init` unless `module` is given.
 */
export function createCodec(options: CodecOptions = {}): Codec {
  return createWith(VARIANT, options)
}

/** As `loadCodec` of `wamp-codec`; it calls `init`. */
export async function loadCodec(options: LoadOptions = {}): Promise<Codec> {
  const { wasm, ...rest } = options
  if (rest.module === undefined) await init(wasm)
  return loadWith(VARIANT, rest)
}
