/**
 * `codec.transcodeMessage` between all list formats and FlatBuffers on every reference vector: the attributes arrive
 * equal, or the loss is reported, or the encoder refuses with an error that the report names too.
 */
import { describe, expect, test } from 'vitest'
import {
  createCodec,
  EncodeError,
  type Loss,
  type Message,
  ProtocolError,
  type Serializer,
} from '../../src/index.ts'
import { attributesOf } from '../../src/message/attributes.ts'
import { hasShared, sharedLines } from '../support/shared.ts'
import { canonical, serializerOf, unhex, type Vector, WIRE_FORMATS } from '../support/vectors.ts'

const FOLDER = 'vectors/reference'

const codec = createCodec({ uri: 'none' })

const serializers: Readonly<Record<string, Serializer>> = {
  ...Object.fromEntries(WIRE_FORMATS.map((format) => [format, serializerOf(codec, format)])),
  flatbuffers: codec.serializer('flatbuffers'),
  'flatbuffers flexbuffers': codec.serializer('flatbuffers', { payloadSerializer: 'flexbuffers' }),
}
const NAMES = Object.keys(serializers)

/** The messages of the vectors that a serializer reads; those of FlatBuffers carry payloads in several formats. */
function framesOf(name: string): readonly (readonly [id: string, frame: Uint8Array])[] {
  const wanted = name.split(' ')[0]
  return sharedLines<Vector & { payload_serializer?: string }>(`${FOLDER}/vectors.jsonl`)
    .filter(
      ({ serializer, payload_serializer: payload = 'cbor' }) => serializer === wanted && payload === 'cbor',
    )
    .map(({ id, hex }) => [id, unhex(hex)])
}

/** Attributes as text; roles say the same with and without `features: {}`, and some values arrive as equal ones. */
function attributes(message: Message): ReadonlyMap<string, string> {
  const entries = [...attributesOf(message)].map(
    ([name, value]) => [name, canonical(value).replaceAll('"features":{}', '')] as const,
  )
  return new Map(entries)
}

/** What is wrong with the way of one frame, as text; null when nothing is. */
function wrong(frame: Uint8Array, from: Serializer, to: Serializer): string | null {
  const message = from.decode(frame)
  const losses: Loss[] = []
  const lost = (name: string): boolean => losses.some(({ path }) => path.replace(/[.[].*$/s, '') === name)
  let bytes: Uint8Array
  try {
    bytes = codec.transcodeMessage(frame, { from, to, losses })
  } catch (error) {
    if (!(error instanceof EncodeError)) return String(error)
    return lost(error.path?.replace(/[.[].*$/s, '') ?? '') ? null : `not reported: ${error.message}`
  }
  const [before, after] = [attributes(message), attributes(to.decode(bytes))]
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const isSame = before.get(name) === after.get(name)
    if (!isSame && !lost(name)) return `${name}: ${before.get(name)} became ${after.get(name)}`
  }
  const isLossless = losses.length === 0
  try {
    codec.transcodeMessage(frame, { from, to, onLoss: 'throw' })
    return isLossless ? null : `no error for ${losses[0]?.path}`
  } catch (error) {
    return error instanceof EncodeError && !isLossless ? null : String(error)
  }
}

describe.skipIf(!hasShared(FOLDER)).each(NAMES)('from %s', (name) => {
  const frames = framesOf(name).filter(([, frame]) => isReadable(name, frame))

  test.each(NAMES.filter((other) => other !== name))(
    'to %s every vector arrives, or its loss is named',
    (other) => {
      const [from, to] = [serializers[name] as Serializer, serializers[other] as Serializer]
      for (const [id, frame] of frames) {
        const complaint = wrong(frame, from, to)
        if (complaint !== null) expect.fail(`${id}: ${complaint}`)
      }
      expect(frames.length).toBeGreaterThan(name === 'flatbuffers flexbuffers' ? 250 : 600)
    },
  )
})

function isReadable(name: string, frame: Uint8Array): boolean {
  try {
    serializers[name]?.decode(frame)
    return true
  } catch (error) {
    if (error instanceof ProtocolError) return false
    throw error
  }
}
