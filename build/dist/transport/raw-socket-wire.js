/**
 * The octets of WAMP-over-RawSocket, without any state: the four of the handshake, and the four before each frame.
 * raw-socket.ts reads and writes a connection with them. WAMP, "RawSocket Transport".
 */
/** The first octet of both handshakes; no HTTP request begins with it, so one port can serve both. */
export const MAGIC = 0x7f;
/** The shortest and the longest maximum that a handshake can name: 512 bytes and 16 MiB, as powers of two. */
export const MIN_LENGTH_EXPONENT = 9;
export const MAX_LENGTH_EXPONENT = 24;
/** What follows a prefix: its TTT bits. The numbers 3 to 7 are reserved. */
export const FrameType = { MESSAGE: 0, PING: 1, PONG: 2 };
/** Octets of a prefix, and of a handshake. */
export const PREFIX_BYTES = 4;
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
};
/**
 * The request of a client, and the reply that accepts it: the longest frame that the sender takes, and the serializer.
 */
export function handshakeOctets(lengthExponent, serializer) {
    return Uint8Array.of(MAGIC, ((lengthExponent - MIN_LENGTH_EXPONENT) << 4) | serializer, 0, 0);
}
/** The reply that refuses: no serializer, and the error where the length would be. */
export function refusalOctets(error) {
    return Uint8Array.of(MAGIC, error << 4, 0, 0);
}
/** Writes the prefix of a frame. Its lengths, 0 to 2^24, have 25 bits: the last, X, is bit 3 of the first octet. */
export function writePrefix(target, type, length) {
    target[0] = ((length >>> 24) << 3) | type;
    target[1] = length >>> 16;
    target[2] = length >>> 8;
    target[3] = length;
}
/** The four octets of a prefix as one integer; they must be there. */
export function readPrefix(bytes, at) {
    const upper = (bytes[at] << 24) | (bytes[at + 1] << 16);
    return upper | (bytes[at + 2] << 8) | bytes[at + 3];
}
/** The payload length of a prefix in bytes, X included; more than 2^24 when X is set wrongly. */
export function prefixLength(prefix) {
    return (prefix & 0xffffff) | ((prefix & 0x08000000) >>> 3);
}
/** The type of a prefix, or null for a reserved type and for reserved bits. */
export function prefixType(prefix) {
    const type = (prefix >>> 24) & 0xf7;
    return type <= FrameType.PONG ? type : null;
}
