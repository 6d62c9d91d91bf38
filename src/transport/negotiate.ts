/**
 * WebSocket subprotocols: which serializer a connection speaks. RFC 6455, sections 1.9 and 4.2.2; WAMP, "Transports".
 */
import type { Serializer } from '../serializer/serializer.ts'

/** What a server answers with, and what both sides speak from then on. */
export interface Negotiated {
  readonly serializer: Serializer
  /** For the header `Sec-WebSocket-Protocol` of the answer, for example `wamp.2.cbor`. */
  readonly subprotocol: string
}

/**
 * The first of the supported serializers whose subprotocol is offered: their order is the server's priority, that of
 * the offer does not count. Offered are names or whole values of `Sec-WebSocket-Protocol`, with commas and blanks
 * between names; unknown, empty and repeated names do no harm. Names are compared as they are: subprotocols are
 * case-sensitive. A client finds what the server chose with `negotiate([socket.protocol], supported)`.
 * Returns null when there is nothing in common; throws TypeError for names that are not strings.
 */
export function negotiate(offered: Iterable<string>, supported: readonly Serializer[]): Negotiated | null {
  const names = new Set<string>()
  // A string is iterable too, by characters.
  for (const value of typeof offered === 'string' ? [offered] : offered) {
    if (typeof value !== 'string') throw new TypeError('an offered subprotocol is a string')
    for (const name of value.split(',')) names.add(name.trim())
  }
  const serializer = supported.find(({ subprotocol }) => names.has(subprotocol))
  return serializer === undefined ? null : { serializer, subprotocol: serializer.subprotocol }
}
