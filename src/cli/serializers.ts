/** The serializers that the command knows: all of the codec, by format and by id. */
import type { Codec } from '../codec.ts'
import { FORMATS, type FormatName } from '../payload/format.ts'
import { formatOf, type SerializerId } from '../serializer/ids.ts'
import type { Serializer } from '../serializer/serializer.ts'
import { UsageError } from './failure.ts'

/** Every format, in the order in which tables show them. */
export const FORMAT_NAMES: readonly FormatName[] = Object.keys(FORMATS) as FormatName[]

/** Every serializer, those with one message in a frame first: a guess prefers them. */
export const SERIALIZER_IDS: readonly SerializerId[] = [
  ...FORMAT_NAMES,
  ...FORMAT_NAMES.map((name): SerializerId => `${name}.batched`),
]

/** The id that an option or a session line gives. Throws UsageError for any other text. */
export function serializerId(text: string, where: string): SerializerId {
  const id = SERIALIZER_IDS.find((known) => known === text)
  if (id !== undefined) return id
  throw new UsageError(
    `${where}: there is no serializer ${JSON.stringify(text)}, only ${SERIALIZER_IDS.join(', ')}`,
  )
}

/** The serializer of an id, batched or not. */
export function serializerOf(codec: Codec, id: SerializerId): Serializer {
  return codec.serializer(id)
}

/** The format of an id that is known to be one. */
export function formatNameOf(id: SerializerId): FormatName {
  return formatOf(id) as FormatName
}
