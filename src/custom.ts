/** `wamp-codec/custom`: codecs of the formats and tools that are named, on the kernel of `wamp-codec/core`. */

import type { CodecFormat } from './formats/format.ts'
import { CORE_KERNEL } from './kernel/core.ts'
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
  return createCustom(CORE_KERNEL, options)
}

/**
 * The same with a kernel that is compiled asynchronously, as `loadCodec` of `wamp-codec/core`. Rejects with
 * WampCodecError KERNEL_UNAVAILABLE when a file that is needed cannot be loaded.
 */
export function loadCodec<Format extends CodecFormat, Name extends ToolName = never>(
  options: CustomLoadOptions<Format, Name>,
): Promise<CustomCodec<Format, Name>> {
  return loadCustom(CORE_KERNEL, options)
}
