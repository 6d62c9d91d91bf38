/** The public WAMP conformance vectors: samples of every message, with bytes in each serializer and attributes. */
import { sharedDocuments } from './shared.ts'
import { unhex } from './vectors.ts'

export const FOLDER: string = 'vectors/official/singlemessage'

export interface Sample {
  readonly description: string
  readonly serializers?: Readonly<Record<string, readonly { readonly bytes_hex: string }[]>>
  readonly expected_attributes?: Readonly<Record<string, unknown>>
  readonly wmsg?: readonly unknown[]
  readonly expected_error?: { readonly type: string; readonly contains: string }
}

export interface Document {
  readonly wamp_message_type: string
  readonly wamp_message_code: number
  readonly samples: readonly Sample[]
}

export const documents: readonly (readonly [file: string, document: Document])[] = [
  ...sharedDocuments<Document>(FOLDER),
]

/** Names of the official files that are attributes of ours under another name. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  request_id: 'request',
  session_id: 'session',
  publication_id: 'publication',
  subscription_id: 'subscription',
  registration_id: 'registration',
}

/** A sample's attributes as our constructors take them: those in Options or Details stand beside the others. */
export function attributesOf(sample: Sample): Record<string, unknown> {
  const attributes: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(sample.expected_attributes ?? {})) {
    if (name === 'message_type') continue
    if (name === 'options' || name === 'details') Object.assign(attributes, value)
    else if (name === 'payload' && typeof value === 'string') attributes.payload = unhex(value)
    else attributes[ATTRIBUTES[name] ?? name] = value
  }
  return attributes
}

export interface Variant {
  readonly name: string
  readonly type: string
  readonly code: number
  readonly sample: Sample
  readonly hexes: readonly string[]
}

/** Samples with bytes in a format. */
export function variants(format: string): readonly Variant[] {
  return documents.flatMap(([file, { wamp_message_type: type, wamp_message_code: code, samples }]) =>
    samples.flatMap((sample, i) => {
      const { [format.replace('-draft12', '')]: listed = [] } = sample.serializers ?? {}
      // The two strings for ubjson are its two dialects, the older one first.
      const own =
        format === 'ubjson' ? listed.slice(1) : format === 'ubjson-draft12' ? listed.slice(0, 1) : listed
      const hexes = own.map(({ bytes_hex }) => bytes_hex)
      return hexes.length === 0 ? [] : [{ name: `${file} ${i}`, type, code, sample, hexes }]
    }),
  )
}
