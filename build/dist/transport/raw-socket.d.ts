import type { Serializer } from '../serializer/serializer.ts';
import { type RawSocketRefusal } from './raw-socket-wire.ts';
/** One end of a connection. */
export interface RawSocketOptions {
    /**
     * A client asks for one serializer. A server takes any number of them and the client chooses by `rawSocketId`; of two
     * with the same number the first is taken. Batched ones are refused: RawSocket has no number for them.
     */
    serializer: Serializer | readonly Serializer[];
    side: 'client' | 'server';
    /** The longest frame that we take is two to the power of this, in bytes: 9 to 24. Default 24, which is 16 MiB. */
    maxLengthExponent?: number;
    /**
     * Peers that take less than two to the power of this are refused with error 2: 9 to 24. Default 9, which is nobody.
     */
    minPeerLengthExponent?: number;
}
/** What came out of a chunk, each list in the order of the stream. */
export interface RawSocketEvents {
    /** Payloads of messages, one each: views of the chunk where the frame lies in it as a whole, otherwise own bytes. */
    readonly frames: readonly Uint8Array[];
    /** To be sent as they are, before anything else: the handshake reply of a server, and a PONG for each PING. */
    readonly replies: readonly Uint8Array[];
    /** Payloads of PONGs, asked for or not. */
    readonly pongs: readonly Uint8Array[];
    /** One of `RawSocketClose` when the connection must be closed, after the replies were sent; null while it is well. */
    readonly closed: number | null;
}
/**
 * A RawSocket connection, seen from one end. Nothing that the peer sends makes it throw: what is wrong closes it, and
 * it stays closed. Per connection it holds a few numbers, and the bytes of one frame that is not complete.
 */
export declare class RawSocketCodec {
    #private;
    /**
     * Throws TypeError for unknown options, an unknown side and what is no serializer, RangeError for exponents out of
     * range and serializers that cannot be used.
     */
    constructor(options: RawSocketOptions);
    /** What both sides agreed on; null before the handshake is complete, and when it failed. */
    get serializer(): Serializer | null;
    /** The longest frame that the peer takes, in bytes; 0 before the handshake is complete, and when it failed. */
    get peerMaxBytes(): number;
    /** One of `RawSocketClose` once the connection must be closed, otherwise null. */
    get closed(): number | null;
    /** What a client sends first; null for a server, whose reply is among the events of `push`. */
    handshake(): Uint8Array | null;
    /**
     * Server: turns the client away before the handshake is complete, for example with error 4 because there are too many
     * connections. Gives the reply to send; the codec is closed. Throws RangeError for other errors than 1 to 4,
     * TypeError when it is too late or not a server's.
     */
    refuse(error: RawSocketRefusal): Uint8Array;
    /**
     * Reads the next bytes of the stream, cut anywhere. Frames that lie in the chunk are views of it, so it must not
     * change while they, or messages decoded from them, are in use; a codec with `ownership: 'copy'` needs it no longer
     * than `decode` runs. What comes after an error is ignored, in this chunk and in all later ones.
     */
    push(chunk: Uint8Array): RawSocketEvents;
    /**
     * A frame with the message of the given bytes, or of the given parts as `encodeParts` gives them, in one piece.
     * Throws EncodeError FRAME_TOO_LARGE when the peer does not take it, TypeError when the connection is not open.
     */
    frame(parts: Uint8Array | readonly Uint8Array[]): Uint8Array;
    /** The same frame for a vectored write: its prefix of four bytes, then the very parts that were given. */
    frameParts(parts: Uint8Array | readonly Uint8Array[]): readonly Uint8Array[];
    /** A PING; the peer sends the same data back, which `push` gives in `pongs`. Throws as `frame` does. */
    ping(data?: Uint8Array): Uint8Array;
}
