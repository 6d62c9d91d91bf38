/**
 * `wamp-codec/custom` for workerd (Cloudflare Workers), where code may not compile WebAssembly but import it compiled.
 * The same exports; every codec uses the imported kernel unless it is given another one, or a format needs the full
 * one: that is in `wamp-codec/custom-full`.
 */

import type { CodecFormat } from './formats/format.ts'
import { CORE_KERNEL } from './kernel/core.ts'
import kernel from './kernel-core-simd.wasm'
import type { ToolName } from './tools/tool.ts'
import {
  type CustomCodec,
  type CustomLoadOptions,
  type CustomOptions,
  createCustom,
  loadCustom,
} from './variants/custom.ts'

export * from './api-custom.ts'

/** As `createCodec` of `wamp-codec/custom`, with the kernel that the runtime has compiled. */
export function createCodec<Format extends CodecFormat, Name extends ToolName = never>(
  options: CustomOptions<Format, Name>,
): CustomCodec<Format, Name> {
  CORE_KERNEL.provide(kernel)
  return createCustom(CORE_KERNEL, options)
}

/** As `loadCodec` of `wamp-codec/custom`, with the kernel that the runtime has compiled. */
export function loadCodec<Format extends CodecFormat, Name extends ToolName = never>(
  options: CustomLoadOptions<Format, Name>,
): Promise<CustomCodec<Format, Name>> {
  CORE_KERNEL.provide(kernel)
  return loadCustom(CORE_KERNEL, options)
}
