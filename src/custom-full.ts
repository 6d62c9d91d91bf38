/** `wamp-codec/custom-full`: `wamp-codec/custom` on the kernel of every format, without that of `wamp-codec/core`. */

import type { CodecFormat } from './formats/format.ts'
import { FULL_KERNEL } from './formats/full-kernel.ts'
import type { ToolName } from './tools/tool.ts'
import {
  type CustomCodec,
  type CustomLoadOptions,
  type CustomOptions,
  createCustom,
  loadCustom,
} from './variants/custom.ts'

export * from './api-custom.ts'
export type { CodecFormat } from './formats/format.ts'
export type { Tool, ToolMethods, ToolName } from './tools/tool.ts'
export type { CustomCodec, CustomLoadOptions, CustomOptions } from './variants/custom.ts'

/**
 * Makes a codec of `formats` and `tools`, which are imports; the other options are those of `wamp-codec`. Throws
 * TypeError for what is neither a format nor a tool, and WampCodecError KERNEL_UNAVAILABLE where WebAssembly is missing
 * or may not be compiled synchronously; `loadCodec` works there.
 */
export function createCodec<Format extends CodecFormat, Name extends ToolName = never>(
  options: CustomOptions<Format, Name>,
): CustomCodec<Format, Name> {
  return createCustom(FULL_KERNEL, options)
}

/**
 * The same with a kernel that is compiled asynchronously, as `loadCodec` of `wamp-codec`. Rejects with
 * WampCodecError KERNEL_UNAVAILABLE when a file that is needed cannot be loaded.
 */
export function loadCodec<Format extends CodecFormat, Name extends ToolName = never>(
  options: CustomLoadOptions<Format, Name>,
): Promise<CustomCodec<Format, Name>> {
  return loadCustom(FULL_KERNEL, options)
}
