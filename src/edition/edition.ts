/** Codecs of formats and tools: what every entry of the package makes its codecs of. */
import { Codec, type CodecOptions, checkCodecOptions, type LoadOptions } from '../codec.ts'
import type { CodecFormat } from '../formats/format.ts'
import type { KernelAsset } from '../kernel/load.ts'
import type { ValueFormat } from '../payload/format.ts'
import type { PayloadFormatName } from '../payload/format-names.ts'
import type { SerializerId } from '../serializer/ids.ts'
import type { Edition } from '../tools/edition.ts'
import { toolsOf } from '../tools/lookup.ts'
import type { Tool } from '../tools/tool.ts'

/** What a codec with these formats and tools is made of. `kernel` is for formats that bring none. */
export function editionOf(
  kernel: KernelAsset,
  formats: readonly CodecFormat[],
  tools: readonly Tool[],
): Edition {
  const own = formats.find((format) => format.kernel !== null)?.kernel ?? null
  return {
    kernel: own ?? kernel,
    isFull: own !== null,
    // CBOR comes with FlatBuffers, too.
    formats: [...new Set(formats.flatMap((format): readonly ValueFormat[] => format.formats))],
    wires: formats.flatMap(({ wire }) => wire ?? []),
    tools: toolsOf(tools),
  }
}

/** `createCodec` of an edition. */
export function createWith<Id extends SerializerId, Format extends PayloadFormatName>(
  edition: Edition,
  options: CodecOptions,
): Codec<Id, Format> {
  checkCodecOptions('createCodec', options)
  return new Codec(edition, options.module ?? edition.kernel.compiled(), options)
}

/** `loadCodec` of an edition. */
export async function loadWith<Id extends SerializerId, Format extends PayloadFormatName>(
  edition: Edition,
  options: LoadOptions,
): Promise<Codec<Id, Format>> {
  checkCodecOptions('loadCodec', options)
  const { wasm, ...rest } = options
  return new Codec(edition, rest.module ?? (await edition.kernel.load(wasm)), rest)
}
