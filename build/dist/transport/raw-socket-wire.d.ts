/**
 * The octets of WAMP-over-RawSocket, without any state: the four of the handshake, and the four before each frame.
 * raw-socket.ts reads and writes a connection with them. WAMP, "RawSocket Transport".
 */
/** The first octet of both handshakes; no HTTP request begins with it, so one port can serve both. */
export declare const MAGIC = 127;
/** The shortest and the longest maximum that a handshake can name: 512 bytes and 16 MiB, as powers of two. */
export declare const MIN_LENGTH_EXPONENT = 9;
export declare const MAX_LENGTH_EXPONENT = 24;
/** What follows a prefix: its TTT bits. The numbers 3 to 7 are reserved. */
export declare const FrameType: {
    readonly MESSAGE: 0;
    readonly PING: 1;
    readonly PONG: 2;
};
/** One of the three frame types. */
export type FrameType = (typeof FrameType)[keyof typeof FrameType];
/** Octets of a prefix, and of a handshake. */
export declare const PREFIX_BYTES = 4;
/**
 * Why a RawSocket connection ended: `closed` of the events. 1 to 4 are WAMP's error replies, and a client may see any
 * number from 0 to 15 in a reply; those from 16 on are ours, and never on the wire.
 */
export declare const RawSocketClose: {
    /** The router sent error 0, which it must not. */
    readonly ILLEGAL: 0;
    /** The router does not speak what the client asked for. */
    readonly SERIALIZER_UNSUPPORTED: 1;
    /** The peer takes less than `minPeerLengthExponent` says. */
    readonly LENGTH_UNACCEPTABLE: 2;
    /** The last two octets of the peer's handshake are not zero. */
    readonly RESERVED_BITS: 3;
    /** The router has enough connections: `refuse(4)`. */
    readonly TOO_MANY_CONNECTIONS: 4;
    /** The peer's first octet is not 0x7f: it does not speak RawSocket, and gets no reply. */
    readonly BAD_MAGIC: 16;
    /** The router accepted another serializer than the client asked for. */
    readonly SERIALIZER_MISMATCH: 17;
    /** A prefix with reserved bits or a reserved frame type. */
    readonly FRAME_RESERVED: 18;
    /** A prefix with a longer length than was announced. */
    readonly FRAME_TOO_LARGE: 19;
};
/** The error replies that a router may send. */
export type RawSocketRefusal = 1 | 2 | 3 | 4;
/**
 * The request of a client, and the reply that accepts it: the longest frame that the sender takes, and the serializer.
 */
export declare function handshakeOctets(lengthExponent: number, serializer: number): Uint8Array;
/** The reply that refuses: no serializer, and the error where the length would be. */
export declare function refusalOctets(error: RawSocketRefusal): Uint8Array;
/** Writes the prefix of a frame. Its lengths, 0 to 2^24, have 25 bits: the last, X, is bit 3 of the first octet. */
export declare function writePrefix(target: Uint8Array, type: FrameType, length: number): void;
/** The four octets of a prefix as one integer; they must be there. */
export declare function readPrefix(bytes: Uint8Array, at: number): number;
/** The payload length of a prefix in bytes, X included; more than 2^24 when X is set wrongly. */
export declare function prefixLength(prefix: number): number;
/** The type of a prefix, or null for a reserved type and for reserved bits. */
export declare function prefixType(prefix: number): FrameType | null;
