/**
 * `wamp-codec/custom-full` for workerd (Cloudflare Workers), where code may not compile WebAssembly but import it
 * compiled. The same exports; every codec uses the imported kernel unless it is given another one.
 */

import type { CodecFormat } from './formats/format.ts'
import { FULL_KERNEL } from './formats/full-kernel.ts'
import kernel from './kernel-simd.wasm'
import type { ToolName } from './tools/tool.ts'
import {
  type CustomCodec,
  type CustomLoadOptions,
  type CustomOptions,
  createCustom,
  loadCustom,
} from './variants/custom.ts'

export * from './api-custom.ts'

/** As `createCodec` of `wamp-codec/custom-full`, with the kernel that the runtime has compiled. */
export function createCodec<Format extends CodecFormat, Name extends ToolName = never>(
  options: CustomOptions<Format, Name>,
): CustomCodec<Format, Name> {
  FULL_KERNEL.provide(kernel)
  return createCustom(FULL_KERNEL, options)
}

/** As `loadCodec` of `wamp-codec/custom-full`, with the kernel that the runtime has compiled. */
export function loadCodec<Format extends CodecFormat, Name extends ToolName = never>(
  options: CustomLoadOptions<Format, Name>,
): Promise<CustomCodec<Format, Name>> {
  FULL_KERNEL.provide(kernel)
  return loadCustom(FULL_KERNEL, options)
}
