/** The serializers that the command knows: those of the list formats, by format and by name. */
import type { Codec } from '../codec.ts'
import type { ListFormatName } from '../payload/format.ts'
import type { BatchableFormat, SerializerId } from '../serializer/ids.ts'
import type { Serializer } from '../serializer/serializer.ts'
import { UsageError } from './failure.ts'

/** A serializer as the command names it: `ubjson-draft12` is the id `ubjson` in its other dialect. */
export type SerializerName =
  | Exclude<SerializerId, 'flatbuffers'>
  | 'ubjson-draft12'
  | 'ubjson-draft12.batched'

/** What `ubjson` means: the option `--ubjson-dialect`. */
export type UbjsonDialect = 'bjdata' | 'draft12'

/** Every list format that transports know, in the order in which tables show them. */
export const FORMAT_NAMES: readonly BatchableFormat[] = ['json', 'msgpack', 'cbor', 'ubjson']

/** Every serializer, those with one message in a frame first: a guess prefers them. */
export const SERIALIZER_IDS: readonly Exclude<SerializerId, 'flatbuffers'>[] = [
  ...FORMAT_NAMES,
  ...FORMAT_NAMES.map((name): `${BatchableFormat}.batched` => `${name}.batched`),
]

/** All names. */
export const SERIALIZER_NAMES: readonly SerializerName[] = [
  ...SERIALIZER_IDS,
  'ubjson-draft12',
  'ubjson-draft12.batched',
]

/** The name that an option or a session line gives. Throws UsageError for any other text. */
export function serializerName(text: string, where: string, dialect: UbjsonDialect): SerializerName {
  const name = SERIALIZER_NAMES.find((known) => known === text)
  if (name !== undefined) return inDialect(name, dialect)
  throw new UsageError(
    `${where}: there is no serializer ${JSON.stringify(text)}, only ${SERIALIZER_NAMES.join(', ')}`,
  )
}

/** The name that says what `ubjson` means. */
export function inDialect(name: SerializerName, dialect: UbjsonDialect): SerializerName {
  if (dialect === 'bjdata') return name
  if (name === 'ubjson') return 'ubjson-draft12'
  return name === 'ubjson.batched' ? 'ubjson-draft12.batched' : name
}

/** The value of `--ubjson-dialect`. Throws UsageError. */
export function dialectOf(text: string | undefined): UbjsonDialect {
  if (text === undefined || text === 'bjdata') return 'bjdata'
  if (text === 'draft12') return text
  throw new UsageError(`--ubjson-dialect is bjdata or draft12, not ${JSON.stringify(text)}`)
}

/** The serializer of a name, batched or not. */
export function serializerOf(codec: Codec, name: SerializerName): Serializer {
  if (name === 'ubjson-draft12') return codec.serializer('ubjson', { ubjsonDialect: 'draft12' })
  if (name === 'ubjson-draft12.batched')
    return codec.serializer('ubjson.batched', { ubjsonDialect: 'draft12' })
  return codec.serializer(name)
}

/** The format of a serializer. */
export function formatNameOf(name: SerializerName): ListFormatName {
  return name.replace('.batched', '') as ListFormatName
}
