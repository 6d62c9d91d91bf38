/** Serializers as transports name them: WebSocket subprotocols, RawSocket numbers, MIME types. WAMP, "Transports". */
import type { FormatName } from '../payload/format.ts'

/** List formats that transports know: the dialects of UBJSON are one to them, an option says which. */
export type TransportFormat = Exclude<FormatName, 'ubjson-draft12'>

/** A serializer: a list format, one with several messages in one transport message, or FlatBuffers. */
export type SerializerId = TransportFormat | `${TransportFormat}.batched` | 'flatbuffers'

/** What transports need to know of a format. */
interface TransportFacts {
  readonly rawSocketId: number
  readonly mimeType: string
  readonly isBinary: boolean
}

/** Facts by format. */
export const TRANSPORT_FACTS: Readonly<Record<TransportFormat | 'flatbuffers', TransportFacts>> = {
  json: { rawSocketId: 1, mimeType: 'application/json', isBinary: false },
  msgpack: { rawSocketId: 2, mimeType: 'application/x-msgpack', isBinary: true },
  cbor: { rawSocketId: 3, mimeType: 'application/cbor', isBinary: true },
  ubjson: { rawSocketId: 4, mimeType: 'application/ubjson', isBinary: true },
  flatbuffers: { rawSocketId: 5, mimeType: 'application/x-flatbuffers', isBinary: true },
}

/** The list format of a serializer id, or null for an unknown id and for FlatBuffers, which has none. */
export function formatOf(id: string): TransportFormat | null {
  const name = id.endsWith('.batched') ? id.slice(0, -'.batched'.length) : id
  return name !== 'flatbuffers' && Object.hasOwn(TRANSPORT_FACTS, name) ? (name as TransportFormat) : null
}
