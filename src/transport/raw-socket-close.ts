/** Why a RawSocket connection ends, in numbers. WAMP, "RawSocket Transport". */

/**
 * Why a RawSocket connection ended: `closed` of the events. 1 to 4 are WAMP's error replies, and a client may see any
 * number from 0 to 15 in a reply; those from 16 on are ours, and never on the wire.
 */
export const RawSocketClose = {
  /** The router sent error 0, which it must not. */
  ILLEGAL: 0,
  /** The router does not speak what the client asked for. */
  SERIALIZER_UNSUPPORTED: 1,
  /** The peer takes less than `minPeerLengthExponent` says. */
  LENGTH_UNACCEPTABLE: 2,
  /** The last two octets of the peer's handshake are not zero. */
  RESERVED_BITS: 3,
  /** The router has enough connections: `refuse(4)`. */
  TOO_MANY_CONNECTIONS: 4,
  /** The peer's first octet is not 0x7f: it does not speak RawSocket, and gets no reply. */
  BAD_MAGIC: 16,
  /** The router accepted another serializer than the client asked for. */
  SERIALIZER_MISMATCH: 17,
  /** A prefix with reserved bits or a reserved frame type. */
  FRAME_RESERVED: 18,
  /** A prefix with a longer length than was announced. */
  FRAME_TOO_LARGE: 19,
} as const

/** The error replies that a router may send. */
export type RawSocketRefusal = 1 | 2 | 3 | 4
