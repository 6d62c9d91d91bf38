/** Serializers as transports name them: WebSocket subprotocols, RawSocket numbers, MIME types. WAMP, "Transports". */
import type { FormatName } from '../payload/format.ts'

/** A serializer: a format, or a format with several messages in one transport message. */
export type SerializerId = FormatName | `${FormatName}.batched` | 'flatbuffers'

/** What transports need to know of a format. */
interface TransportFacts {
  readonly rawSocketId: number
  readonly mimeType: string
  readonly isBinary: boolean
}

/** Facts by format. */
export const TRANSPORT_FACTS: Readonly<Record<FormatName | 'flatbuffers', TransportFacts>> = {
  json: { rawSocketId: 1, mimeType: 'application/json', isBinary: false },
  msgpack: { rawSocketId: 2, mimeType: 'application/x-msgpack', isBinary: true },
  cbor: { rawSocketId: 3, mimeType: 'application/cbor', isBinary: true },
  flatbuffers: { rawSocketId: 5, mimeType: 'application/x-flatbuffers', isBinary: true },
}

/** The list format of a serializer id, or null for an unknown id and for FlatBuffers, which has none. */
export function formatOf(id: string): FormatName | null {
  const name = id.endsWith('.batched') ? id.slice(0, -'.batched'.length) : id
  return name !== 'flatbuffers' && Object.hasOwn(TRANSPORT_FACTS, name) ? (name as FormatName) : null
}
