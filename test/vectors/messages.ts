/**
 * The messages of messages.json, which `node test/vectors/make.mjs` writes: vectors of our own, for clones without the
 * shared folder. Every class short and full, and every kind of payload. What they are encoded to is held against other
 * libraries, and against bytes written by hand, in test/conformance/own.test.ts.
 */
import { createCodec, type Message, type Serializer } from '../../src/index.ts'
import { SAMPLES } from '../lifetime/samples.ts'
import { built, PAYLOADS } from '../support/payloads.ts'

/** A message with its name in the file. */
export interface Named {
  readonly id: string
  readonly message: Message
}

/** A line of messages.json: bytes are `{ $hex }` in the list; the frame of JSON is text, the others are hexadecimal. */
export interface OwnVector {
  readonly id: string
  readonly list: readonly unknown[]
  readonly frames: Readonly<Record<string, string>>
}

export const MESSAGES: readonly Named[] = [
  ...SAMPLES.flatMap(({ name, Class, least, full }) => [
    { id: `${name}, short`, message: new Class(least) },
    { id: `${name}, full`, message: new Class(full) },
  ]),
  ...Object.entries(PAYLOADS)
    .filter(([name]) => name !== 'large')
    .map(([name, payload]) => ({ id: `payload: ${name}`, message: built(payload) })),
]

const codec = createCodec()

/** The serializers of the file by name; each has its own bytes. */
export const OWN_SERIALIZERS: Readonly<Record<string, Serializer>> = {
  json: codec.serializer('json'),
  msgpack: codec.serializer('msgpack'),
  cbor: codec.serializer('cbor'),
  ubjson: codec.serializer('ubjson'),
  'ubjson-draft12': codec.serializer('ubjson', { ubjsonDialect: 'draft12' }),
  flatbuffers: codec.serializer('flatbuffers'),
}

/** The text of messages.json. */
export function ownVectors(): string {
  const lines = MESSAGES.map(({ id, message }) => {
    const frames = Object.entries(OWN_SERIALIZERS).map(([name, serializer]) => {
      const bytes = Buffer.from(serializer.encode(message))
      return [name, name === 'json' ? bytes.toString() : bytes.toString('hex')]
    })
    const vector: OwnVector = { id, list: message.marshal(), frames: Object.fromEntries(frames) }
    return JSON.stringify(vector, (_, value) =>
      value instanceof Uint8Array ? { $hex: Buffer.from(value).toString('hex') } : value,
    )
  })
  return `[\n${lines.join(',\n')}\n]\n`
}
