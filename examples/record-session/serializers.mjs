// The three serializers of the recording, one object each, used by the router and by both clients.
// They write every integral number as an integer: cbor-x and msgpackr, the usual choice of wampy,
// write ids from 2^32 on as floats, which strict routers refuse.

import { decode as decodeMsgpack, encode as encodeMsgpack } from '@msgpack/msgpack'
import { decode as decodeCbor, encode as encodeCbor, Token, Type } from 'cborg'

/**
 * @typedef {object} Serializer
 * @property {'json' | 'msgpack' | 'cbor'} id the last part of the subprotocol, as in `wamp.2.cbor`
 * @property {boolean} isBinary whether the frames are binary WebSocket messages
 * @property {(message: unknown[]) => string | Uint8Array} encode
 * @property {(data: string | ArrayBuffer | Uint8Array) => any} decode
 */

/**
 * The bytes of a WebSocket message in any of the forms the libraries hand over.
 *
 * @param {string | ArrayBuffer | Uint8Array} data
 * @returns {Uint8Array} a plain Uint8Array, never a Buffer: slices of a Buffer would be Buffers too
 */
export function toBytes(data) {
  if (typeof data === 'string') return new TextEncoder().encode(data)
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

// JSON.stringify turns undefined into null in arrays and leaves it out of objects. fox-wamp and wampy
// both rely on that, so the binary serializers do the same; CBOR's own undefined (f7) is not WAMP.
const cborOptions = {
  ignoreUndefinedProperties: true,
  mapSorter: () => 0, // keep the order in which the library wrote the keys
  typeEncoders: { undefined: () => new Token(Type.null, null) },
}

/** @type {Record<'json' | 'msgpack' | 'cbor', Serializer>} */
export const serializers = {
  json: {
    id: 'json',
    isBinary: false,
    encode: (message) => JSON.stringify(message),
    decode: (data) => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(toBytes(data))),
  },
  msgpack: {
    id: 'msgpack',
    isBinary: true,
    encode: (message) => encodeMsgpack(message, { ignoreUndefined: true }),
    decode: (data) => decodeMsgpack(toBytes(data)),
  },
  cbor: {
    id: 'cbor',
    isBinary: true,
    encode: (message) => encodeCbor(message, cborOptions),
    decode: (data) => decodeCbor(toBytes(data), { allowUndefined: false }),
  },
}
