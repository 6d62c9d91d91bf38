import type { Serializer } from '../serializer/serializer.ts';
/** Options of `negotiate`. */
export interface NegotiateOptions {
    /** Whose order decides. Default `server`. */
    priority?: 'server' | 'client';
}
/** What a server answers with, and what both sides speak from then on. */
export interface Negotiated {
    readonly serializer: Serializer;
    /** For the header `Sec-WebSocket-Protocol` of the answer, for example `wamp.2.cbor`. */
    readonly subprotocol: string;
}
/**
 * Chooses the serializer of a connection. By default the order of `supported` decides: the first of them whose
 * subprotocol is offered. With `priority: 'client'` the order of the offer decides, as in Crossbar.io: the first name of
 * the offer that is supported.
 *
 * `offered` holds names, or whole values of the header `Sec-WebSocket-Protocol`, with commas and blanks between names;
 * unknown, empty and repeated names do no harm. null and undefined, as of a request without the header, offer nothing.
 * Names are compared as they are: subprotocols are case-sensitive. A client finds what the server chose with
 * `negotiate([socket.protocol], supported)`.
 *
 * Returns null when there is nothing in common. Throws TypeError for arguments of other types and unknown options,
 * RangeError for an unknown priority.
 */
export declare function negotiate(offered: string | Iterable<string | null | undefined> | null | undefined, supported: readonly Serializer[], options?: NegotiateOptions): Negotiated | null;
