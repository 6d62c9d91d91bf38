/** Codecs of the formats and tools that the application names: `wamp-codec/custom` and `wamp-codec/custom-full`. */
import { isObject, wrongArgument } from '../arguments.ts'
import type { Codec, CodecOptions, LoadOptions } from '../codec.ts'
import type { CodecFormat } from '../formats/format.ts'
import type { KernelAsset } from '../kernel/load.ts'
import type { Tool, ToolMethods, ToolName } from '../tools/tool.ts'
import type { Variant } from '../tools/variant.ts'
import { createWith, loadWith, variantOf } from './create.ts'

/** Options of `createCodec`: formats and tools beside the options of the other entries. */
export interface CustomOptions<Format extends CodecFormat, Name extends ToolName> extends CodecOptions {
  /** The formats: imports from `wamp-codec/formats/...`, at least one. */
  formats: readonly Format[]
  /** The tools: imports from `wamp-codec/tools/...`. Default: none. */
  tools?: readonly Tool<Name>[] | undefined
}

/** Options of `loadCodec`: the same, and where the kernel comes from. */
export type CustomLoadOptions<Format extends CodecFormat, Name extends ToolName> = LoadOptions &
  CustomOptions<Format, Name>

/** A codec of these formats, with the methods of these tools. */
export type CustomCodec<Format extends CodecFormat, Name extends ToolName> = Omit<
  Codec<Format['serializers'][number], Format['payloads'][number]>,
  ToolMethods[Exclude<ToolName, Name>]
>

/** `createCodec` on a kernel. Throws TypeError for what is neither a format nor a tool. @internal */
export function createCustom<Format extends CodecFormat, Name extends ToolName>(
  kernel: KernelAsset,
  options: CustomOptions<Format, Name>,
): CustomCodec<Format, Name> {
  const { formats, tools, ...rest } = checked('createCodec', options)
  return createWith(namedVariant('createCodec', kernel, formats, tools), rest) as CustomCodec<Format, Name>
}

/** `loadCodec` on a kernel. Rejects with TypeError for what is neither a format nor a tool. @internal */
export async function loadCustom<Format extends CodecFormat, Name extends ToolName>(
  kernel: KernelAsset,
  options: CustomLoadOptions<Format, Name>,
): Promise<CustomCodec<Format, Name>> {
  const { formats, tools, ...rest } = checked('loadCodec', options)
  const codec = await loadWith(namedVariant('loadCodec', kernel, formats, tools), rest)
  return codec as CustomCodec<Format, Name>
}

function checked<T>(where: string, options: T): T {
  if (!isObject(options)) throw wrongArgument(where, 'an object with formats', options)
  return options
}

function namedVariant(
  where: string,
  kernel: KernelAsset,
  formats: readonly CodecFormat[],
  tools: readonly Tool[] = [],
): Variant {
  if (!Array.isArray(formats) || formats.length === 0) {
    throw wrongArgument(`${where}: formats`, 'a list of imports from wamp-codec/formats/...', formats)
  }
  if (!Array.isArray(tools)) {
    throw wrongArgument(`${where}: tools`, 'a list of imports from wamp-codec/tools/...', tools)
  }
  for (const format of formats as readonly Partial<CodecFormat>[]) {
    if (format?.serializers === undefined) {
      throw wrongArgument(`${where}: a format`, "an import such as json of 'wamp-codec/formats/json'", format)
    }
  }
  for (const tool of tools as readonly Partial<Tool>[]) {
    if (tool?.parts === undefined) {
      throw wrongArgument(`${where}: a tool`, "an import such as views of 'wamp-codec/tools/views'", tool)
    }
  }
  return variantOf(kernel, formats, tools)
}
