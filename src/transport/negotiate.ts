/**
 * WebSocket subprotocols: which serializer a connection speaks. RFC 6455, sections 1.9 and 4.2.2; WAMP, "Transports".
 */
import { checkOptions, nameOf, wrongArgument } from '../arguments.ts'
import { checkSerializer } from '../serializer/ids.ts'
import type { Serializer } from '../serializer/serializer.ts'

/** Options of `negotiate`. */
export interface NegotiateOptions {
  /** Whose order decides. Default `server`. */
  priority?: 'server' | 'client' | undefined
}

/** What a server answers with, and what both sides speak from then on. */
export interface Negotiated<S extends Serializer = Serializer> {
  /** One of the supported serializers. */
  readonly serializer: S
  /** For the header `Sec-WebSocket-Protocol` of the answer, for example `wamp.2.cbor`. */
  readonly subprotocol: string
}

/**
 * Chooses the serializer of a connection. By default the order of `supported` decides: the first of them whose
 * subprotocol is offered. With `priority: 'client'` the order of the offer decides, as in Crossbar.io: the first name
 * of the offer that is supported.
 *
 * `offered` holds names, or whole values of the header `Sec-WebSocket-Protocol`, with commas and blanks between names;
 * unknown, empty and repeated names do no harm. null and undefined, as of a request without the header, offer nothing.
 * Names are compared as they are: subprotocols are case-sensitive. A client finds what the server chose with
 * `negotiate([socket.protocol], supported)`.
 *
 * Returns null when there is nothing in common. Throws TypeError for arguments of other types and unknown options,
 * RangeError for an unknown priority.
 */
export function negotiate<S extends Serializer>(
  offered: string | Iterable<string | null | undefined> | null | undefined,
  supported: readonly S[],
  options: NegotiateOptions = {},
): Negotiated<S> | null {
  checkOptions('negotiate', options, ['priority'])
  const { priority = 'server' } = options
  if (priority !== 'server' && priority !== 'client') {
    throw new RangeError(`priority is server or client, got ${nameOf(priority)}`)
  }
  if (!Array.isArray(supported)) throw wrongArgument('negotiate', 'a list of serializers', supported)
  for (const one of supported) checkSerializer('negotiate', one)
  const names = namesOf(offered)
  let serializer: S | undefined
  if (priority === 'server') serializer = supported.find(({ subprotocol }) => names.has(subprotocol))
  else {
    for (const name of names) {
      serializer = supported.find(({ subprotocol }) => subprotocol === name)
      if (serializer !== undefined) break
    }
  }
  return serializer === undefined ? null : { serializer, subprotocol: serializer.subprotocol }
}

/** The names of an offer, in its order. */
function namesOf(offered: unknown): ReadonlySet<string> {
  const names = new Set<string>()
  // A string is iterable too, by characters.
  const values = typeof offered === 'string' ? [offered] : (offered ?? [])
  if (!isIterable(values)) throw wrongArgument('negotiate', 'offered subprotocols', offered)
  for (const value of values) {
    if (value === null || value === undefined) continue
    if (typeof value !== 'string')
      throw wrongArgument('negotiate', 'an offered subprotocol as a string', value)
    for (const name of value.split(',')) names.add(name.trim())
  }
  return names
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function'
}
