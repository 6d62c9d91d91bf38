/** Codecs of formats and tools: what every entry of the package makes its codecs of. */
import { Codec, type CodecOptions, checkCodecOptions, type LoadOptions } from '../codec.ts'
import type { CodecFormat } from '../formats/format.ts'
import type { KernelAsset } from '../kernel/load.ts'
import type { ValueFormat } from '../payload/format.ts'
import type { PayloadFormatName } from '../payload/format-names.ts'
import type { SerializerId } from '../serializer/ids.ts'
import { toolsOf } from '../tools/lookup.ts'
import type { Tool } from '../tools/tool.ts'
import type { Variant } from '../tools/variant.ts'

/** What a codec with these formats and tools is made of. `kernel` is for formats that bring none. */
export function variantOf(
  kernel: KernelAsset,
  formats: readonly CodecFormat[],
  tools: readonly Tool[],
): Variant {
  const own = formats.find((format) => format.kernel !== null)?.kernel ?? null
  return {
    kernel: own ?? kernel,
    isFull: own !== null,
    // CBOR comes with FlatBuffers, too.
    formats: [...new Set(formats.flatMap((format): readonly ValueFormat[] => format.formats))],
    specs: formats.flatMap(({ spec }) => spec ?? []),
    tools: toolsOf(tools),
  }
}

/** `createCodec` of a variant. */
export function createWith<Id extends SerializerId, Format extends PayloadFormatName>(
  variant: Variant,
  options: CodecOptions,
): Codec<Id, Format> {
  checkCodecOptions('createCodec', options)
  return new Codec(
    variant,
    options.module === undefined ? variant.kernel.compiled() : options.module,
    options,
  )
}

/** `loadCodec` of a variant. */
export async function loadWith<Id extends SerializerId, Format extends PayloadFormatName>(
  variant: Variant,
  options: LoadOptions,
): Promise<Codec<Id, Format>> {
  checkCodecOptions('loadCodec', options)
  const { wasm, ...rest } = options
  return new Codec(variant, rest.module === undefined ? await variant.kernel.load(wasm) : rest.module, rest)
}
