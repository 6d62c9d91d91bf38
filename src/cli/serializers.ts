/** The serializers that the command knows, by format and by name. */
import type { Codec } from '../codec.ts'
import { FORMATS } from '../formats/full.ts'
import type { PayloadFormatName } from '../payload/format-names.ts'
import type { FlatBuffersProfile } from '../serializer/flatbuffers/plan.ts'
import type { BatchableFormat, SerializerId } from '../serializer/ids.ts'
import type { Serializer } from '../serializer/serializer.ts'
import { UsageError } from './failure.ts'

/** FlatBuffers with args and kwargs in some format, which nothing in the frame tells. */
export type FlatName = `flatbuffers+${PayloadFormatName}`

/**
 * A serializer as the command names it: `ubjson-draft12` is the id `ubjson` in its other dialect, `flatbuffers+json`
 * the id `flatbuffers` with another format than CBOR in it.
 */
export type SerializerName = SerializerId | 'ubjson-draft12' | 'ubjson-draft12.batched' | FlatName

/** A serializer with one message in a frame. */
export type SingleName = Exclude<SerializerName, `${string}.batched`>

/** What `ubjson` means: the option `--ubjson-dialect`. */
export type UbjsonDialect = 'bjdata' | 'draft12'

/** What names leave open. */
export interface Meanings {
  readonly dialect: UbjsonDialect
  /** The format of args and kwargs in `flatbuffers`: the option `--payload-serializer`. */
  readonly payload: PayloadFormatName
}

/** What names mean without options. */
export const USUAL: Meanings = { dialect: 'bjdata', payload: 'cbor' }

/** Every list format that transports know, in the order in which tables show them. */
export const FORMAT_NAMES: readonly BatchableFormat[] = ['json', 'msgpack', 'cbor', 'ubjson']

/** What a message is measured in. */
export const SIZE_NAMES: readonly (BatchableFormat | 'flatbuffers')[] = [...FORMAT_NAMES, 'flatbuffers']

/** Every serializer, those with one message in a frame first: a guess prefers them. */
export const SERIALIZER_IDS: readonly SerializerId[] = [
  ...FORMAT_NAMES,
  'flatbuffers',
  ...FORMAT_NAMES.map((name): `${BatchableFormat}.batched` => `${name}.batched`),
]

/** `flatbuffers` with each format of args and kwargs; CBOR is what the plain name means. */
export const FLAT_NAMES: readonly FlatName[] = (Object.keys(FORMATS) as PayloadFormatName[])
  .filter((name) => name !== 'cbor')
  .map((name): FlatName => `flatbuffers+${name}`)

/** All names. */
export const SERIALIZER_NAMES: readonly SerializerName[] = [
  ...SERIALIZER_IDS,
  'ubjson-draft12',
  'ubjson-draft12.batched',
  ...FLAT_NAMES,
]

/** The name that an option or a session line gives. Throws UsageError for any other text. */
export function serializerName(text: string, where: string, meanings: Meanings): SerializerName {
  // The plain name in full, whatever `--payload-serializer` makes of the plain one.
  if (text === 'flatbuffers+cbor') return 'flatbuffers'
  const name = SERIALIZER_NAMES.find((known) => known === text)
  if (name !== undefined) return inFull(name, meanings)
  throw new UsageError(
    `${where}: unknown serializer ${JSON.stringify(text)}; known are ${SERIALIZER_NAMES.join(', ')}`,
  )
}

/** The name that says what `ubjson` and `flatbuffers` mean. */
export function inFull(name: SerializerName, { dialect, payload }: Meanings): SerializerName {
  if (name === 'flatbuffers' && payload !== 'cbor')
    return inFull(`flatbuffers+${payload}`, { dialect, payload })
  if (dialect === 'bjdata') return name
  if (name === 'flatbuffers+ubjson') return 'flatbuffers+ubjson-draft12'
  if (name === 'ubjson') return 'ubjson-draft12'
  return name === 'ubjson.batched' ? 'ubjson-draft12.batched' : name
}

/** The value of `--ubjson-dialect`. Throws UsageError. */
export function dialectOf(text: string | undefined): UbjsonDialect {
  if (text === undefined || text === 'bjdata') return 'bjdata'
  if (text === 'draft12') return text
  throw new UsageError(`--ubjson-dialect is bjdata or draft12, not ${JSON.stringify(text)}`)
}

/** The value of `--payload-serializer`. Throws UsageError. */
export function payloadOf(text: string | undefined): PayloadFormatName {
  if (text === undefined) return 'cbor'
  const names = Object.keys(FORMATS) as PayloadFormatName[]
  const name = names.find((known) => known === text)
  if (name !== undefined) return name
  throw new UsageError(`--payload-serializer is one of ${names.join(', ')}, not ${JSON.stringify(text)}`)
}

/** The value of `--profile`. Throws UsageError. */
export function profileOf(text: string | undefined): FlatBuffersProfile {
  if (text === undefined || text === 'schema') return 'schema'
  if (text === 'autobahn') return text
  throw new UsageError(`--profile is schema or autobahn, not ${JSON.stringify(text)}`)
}

/** The serializer of a name, batched or not; `profile` is what FlatBuffers is written in. */
export function serializerOf(
  codec: Codec,
  name: SerializerName,
  profile: FlatBuffersProfile = 'schema',
): Serializer {
  if (isFlat(name)) {
    const payloadSerializer = flatPayload(name)
    return codec.serializer('flatbuffers', { payloadSerializer, profile })
  }
  if (name === 'ubjson-draft12') return codec.serializer('ubjson', { ubjsonDialect: 'draft12' })
  if (name === 'ubjson-draft12.batched')
    return codec.serializer('ubjson.batched', { ubjsonDialect: 'draft12' })
  return codec.serializer(name)
}

/** True for FlatBuffers with whatever args and kwargs. */
export function isFlat(name: SerializerName): name is 'flatbuffers' | FlatName {
  return name.startsWith('flatbuffers')
}

/** The format of args and kwargs. */
export function flatPayload(name: 'flatbuffers' | FlatName): PayloadFormatName {
  return name === 'flatbuffers' ? 'cbor' : (name.slice('flatbuffers+'.length) as PayloadFormatName)
}

/** The name without `.batched`. */
export function singleOf(name: SerializerName): SingleName {
  return name.replace('.batched', '') as SingleName
}
