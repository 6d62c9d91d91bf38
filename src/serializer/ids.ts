/** The ids of serializers: what a WebSocket subprotocol has behind `wamp.2.`. WAMP, "Transports". */
import { wrongArgument } from '../arguments.ts'

/**
 * The ids of all serializers: a format, or a batched one, with several messages in one transport message. The dialects
 * of UBJSON are one format to transports; an option says which.
 */
export type SerializerId = `${'json' | 'msgpack' | 'cbor' | 'ubjson'}${'' | '.batched'}` | 'flatbuffers'

/** Formats of whole frames that transports know. @internal */
export type TransportFormat = Exclude<SerializerId, `${string}.batched`>

/** Formats that also have several messages in one transport message. @internal */
export type BatchableFormat = Exclude<TransportFormat, 'flatbuffers'>

/** The ids that `wamp-codec/core` has. */
export type CoreSerializerId = `${'json' | 'msgpack' | 'cbor'}${'' | '.batched'}`

/** The format of a serializer id; not checked, because an entry of the package need not have all. @internal */
export function formatOf(id: string): { name: string; isBatched: boolean } {
  const isBatched = id.endsWith('.batched')
  return { name: isBatched ? id.slice(0, -'.batched'.length) : id, isBatched }
}

/** Throws TypeError for a value that is no serializer; `where` names the argument. @internal */
export function checkSerializer(where: string, value: unknown): void {
  const { subprotocol, decodeAll } = (value ?? {}) as { subprotocol?: unknown; decodeAll?: unknown }
  if (typeof subprotocol === 'string' && typeof decodeAll === 'function') return
  throw wrongArgument(where, 'a serializer, as codec.serializer(id) gives it', value)
}
