/**
 * WAMP-over-RawSocket for one connection, without the socket: bytes of the stream go in, frames and replies come out.
 * Applications own the socket; the serializers decode the frames. WAMP, "RawSocket Transport".
 */
import { checkOptions, nameOf, wrongArgument } from "../arguments.js";
import { isAttached, isBytes } from "../brand.js";
import { EncodeError } from "../errors.js";
import { checkSerializer } from "../serializer/ids.js";
import { PartialFrame } from "./partial-frame.js";
import { FrameType, handshakeOctets, MAGIC, MAX_LENGTH_EXPONENT, MIN_LENGTH_EXPONENT, PREFIX_BYTES, prefixLength, prefixType, RawSocketClose, readPrefix, refusalOctets, writePrefix, } from "./raw-socket-wire.js";
const OPTIONS = ['serializer', 'side', 'maxLengthExponent', 'minPeerLengthExponent'];
const NO_BYTES = new Uint8Array(0);
/**
 * A RawSocket connection, seen from one end. Nothing that the peer sends makes it throw: what is wrong closes it, and
 * it stays closed. Per connection it holds a few numbers, and the bytes of one frame that is not complete.
 */
export class RawSocketCodec {
    #isClient;
    #serializers;
    #lengthExponent;
    #maxBytes;
    #minPeerLengthExponent;
    #serializer = null;
    #peerMaxBytes = 0;
    #closed = null;
    /** The octets of the handshake or prefix that have come so far, the last one lowest, and how many they are. */
    #octets = 0;
    #octetCount = 0;
    /** The frame after a complete prefix. */
    #type = FrameType.MESSAGE;
    #length = 0;
    #partial = null;
    /**
     * Throws TypeError for unknown options, an unknown side and what is no serializer, RangeError for exponents out of
     * range and serializers that cannot be used.
     */
    constructor(options) {
        checkOptions('RawSocketCodec', options, OPTIONS);
        const { serializer, side, maxLengthExponent = MAX_LENGTH_EXPONENT } = options;
        const { minPeerLengthExponent = MIN_LENGTH_EXPONENT } = options;
        if (side !== 'client' && side !== 'server')
            throw wrongArgument('side', 'client or server', side);
        this.#isClient = side === 'client';
        this.#serializers = usable(serializer, this.#isClient);
        this.#lengthExponent = checkedExponent('maxLengthExponent', maxLengthExponent);
        this.#maxBytes = 2 ** this.#lengthExponent;
        this.#minPeerLengthExponent = checkedExponent('minPeerLengthExponent', minPeerLengthExponent);
    }
    /** What both sides agreed on; null before the handshake is complete, and when it failed. */
    get serializer() {
        return this.#serializer;
    }
    /** The longest frame that the peer takes, in bytes; 0 before the handshake is complete, and when it failed. */
    get peerMaxBytes() {
        return this.#peerMaxBytes;
    }
    /** One of `RawSocketClose` once the connection must be closed, otherwise null. */
    get closed() {
        return this.#closed;
    }
    /** What a client sends first; null for a server, whose reply is among the events of `push`. */
    handshake() {
        const [serializer] = this.#serializers;
        return this.#isClient
            ? handshakeOctets(this.#lengthExponent, serializer.rawSocketId)
            : null;
    }
    /**
     * Server: turns the client away before the handshake is complete, for example with error 4 because there are too many
     * connections. Gives the reply to send; the codec is closed. Throws RangeError for other errors than 1 to 4,
     * TypeError when it is too late or not a server's.
     */
    refuse(error) {
        if (!Number.isInteger(error) || error < 1 || error > 4) {
            throw new RangeError(`an error reply is 1 to 4, got ${nameOf(error)}`);
        }
        if (this.#isClient)
            throw new TypeError('only a server refuses');
        if (this.#serializer !== null || this.#closed !== null)
            throw new TypeError('the handshake is over');
        this.#close(error);
        return refusalOctets(error);
    }
    /**
     * Reads the next bytes of the stream, cut anywhere. Frames that lie in the chunk are views of it, so it must not
     * change while they, or messages decoded from them, are in use; a codec with `ownership: 'copy'` needs it no longer
     * than `decode` runs. What comes after an error is ignored, in this chunk and in all later ones.
     */
    push(chunk) {
        if (!isBytes(chunk))
            throw wrongArgument('a chunk', 'a Uint8Array', chunk);
        const events = { frames: [], replies: [], pongs: [], closed: null };
        let at = 0;
        while (at < chunk.length && this.#closed === null) {
            at =
                this.#octetCount < PREFIX_BYTES
                    ? this.#readOctets(chunk, at, events)
                    : this.#readPayload(chunk, at, events);
        }
        events.closed = this.#closed;
        return events;
    }
    /**
     * A frame with the message of the given bytes, or of the given parts as `encodeParts` gives them, in one piece.
     * Throws EncodeError FRAME_TOO_LARGE when the peer does not take it, TypeError when the connection is not open.
     */
    frame(parts) {
        return this.#joined(FrameType.MESSAGE, listOf(parts));
    }
    /** The same frame for a vectored write: its prefix of four bytes, then the very parts that were given. */
    frameParts(parts) {
        const list = listOf(parts);
        const prefix = new Uint8Array(PREFIX_BYTES);
        writePrefix(prefix, FrameType.MESSAGE, this.#sendable(list));
        return [prefix, ...list];
    }
    /** A PING; the peer sends the same data back, which `push` gives in `pongs`. Throws as `frame` does. */
    ping(data = NO_BYTES) {
        return this.#joined(FrameType.PING, listOf(data));
    }
    /** Octets of a handshake or prefix: all four, or one that may be the last. */
    #readOctets(chunk, at, events) {
        const isOpen = this.#serializer !== null;
        if (isOpen && this.#octetCount === 0 && at + PREFIX_BYTES <= chunk.length) {
            this.#octets = readPrefix(chunk, at);
            this.#octetCount = PREFIX_BYTES;
            this.#beginFrame(events);
            return at + PREFIX_BYTES;
        }
        this.#octets = (this.#octets << 8) | chunk[at];
        this.#octetCount += 1;
        if (!isOpen && this.#octetCount === 1 && this.#octets !== MAGIC)
            this.#close(RawSocketClose.BAD_MAGIC);
        else if (this.#octetCount === PREFIX_BYTES) {
            if (isOpen)
                this.#beginFrame(events);
            else
                this.#endHandshake(events);
        }
        return at + 1;
    }
    /** Four octets of the peer's handshake are there. */
    #endHandshake(events) {
        const octets = this.#octets;
        const number = (octets >>> 16) & 15;
        const lengthOrError = (octets >>> 20) & 15;
        const lengthExponent = MIN_LENGTH_EXPONENT + lengthOrError;
        const serializer = this.#serializers.find(({ rawSocketId }) => rawSocketId === number);
        this.#octetCount = 0;
        if ((octets & 0xffff) !== 0)
            this.#fail(RawSocketClose.RESERVED_BITS, events);
        else if (this.#isClient && number === 0)
            this.#close(lengthOrError);
        else if (serializer === undefined && this.#isClient)
            this.#close(RawSocketClose.SERIALIZER_MISMATCH);
        else if (serializer === undefined)
            this.#fail(RawSocketClose.SERIALIZER_UNSUPPORTED, events);
        else if (lengthExponent < this.#minPeerLengthExponent)
            this.#fail(RawSocketClose.LENGTH_UNACCEPTABLE, events);
        else {
            this.#serializer = serializer;
            this.#peerMaxBytes = 2 ** lengthExponent;
            if (!this.#isClient)
                events.replies.push(handshakeOctets(this.#lengthExponent, number));
        }
    }
    /** A prefix is there: what it announces is judged before a byte of it is taken. */
    #beginFrame(events) {
        const type = prefixType(this.#octets);
        const length = prefixLength(this.#octets);
        // Who sends a longer PING than it takes itself cannot be answered.
        const limit = type === FrameType.PING ? Math.min(this.#maxBytes, this.#peerMaxBytes) : this.#maxBytes;
        if (type === null)
            this.#close(RawSocketClose.FRAME_RESERVED);
        else if (length > limit)
            this.#close(RawSocketClose.FRAME_TOO_LARGE);
        else {
            this.#type = type;
            this.#length = length;
            if (length === 0)
                this.#endFrame(new Uint8Array(0), events);
        }
    }
    /** Bytes of a frame: all of them where they are, otherwise what there is of them into a buffer. */
    #readPayload(chunk, at, events) {
        const end = at + this.#length;
        if (this.#partial === null && end <= chunk.length) {
            // Not `subarray`: a chunk of Node is a Buffer, and frames shall be the same class wherever they lie.
            this.#endFrame(new Uint8Array(chunk.buffer, chunk.byteOffset + at, this.#length), events);
            return end;
        }
        const partial = this.#partial ?? new PartialFrame(this.#length);
        this.#partial = partial;
        const next = partial.take(chunk, at);
        if (partial.whole !== null)
            this.#endFrame(partial.whole, events);
        return next;
    }
    #endFrame(payload, events) {
        this.#octetCount = 0;
        this.#partial = null;
        if (this.#type === FrameType.MESSAGE)
            events.frames.push(payload);
        else if (this.#type === FrameType.PONG)
            events.pongs.push(payload);
        else
            events.replies.push(this.#joined(FrameType.PONG, [payload]));
    }
    #joined(type, parts) {
        const length = this.#sendable(parts);
        const frame = new Uint8Array(PREFIX_BYTES + length);
        writePrefix(frame, type, length);
        let at = PREFIX_BYTES;
        for (const part of parts) {
            frame.set(part, at);
            at += part.length;
        }
        return frame;
    }
    /** The length of parts that may be sent, in bytes. */
    #sendable(parts) {
        if (this.#closed !== null)
            throw new TypeError(`the RawSocket connection is closed (${this.#closed})`);
        if (this.#serializer === null)
            throw new TypeError('the RawSocket handshake is not complete');
        let length = 0;
        for (const part of parts)
            length += part.length;
        if (length > this.#peerMaxBytes) {
            throw new EncodeError('FRAME_TOO_LARGE', `cannot send a frame of ${length} bytes: the peer takes ${this.#peerMaxBytes}`, {
                format: this.#serializer.id,
                uri: 'wamp.error.payload_size_exceeded',
            });
        }
        return length;
    }
    /** Closes for a reason that a server tells the client. */
    #fail(error, events) {
        if (!this.#isClient)
            events.replies.push(refusalOctets(error));
        this.#close(error);
    }
    #close(reason) {
        this.#closed = reason;
    }
}
/** The serializers of one side, checked. */
function usable(serializer, isClient) {
    const list = Array.isArray(serializer) ? [...serializer] : [serializer];
    if (list.length === 0)
        throw new RangeError('there is no serializer');
    for (const one of list)
        checkSerializer('RawSocketCodec: serializer', one);
    if (isClient && list.length > 1)
        throw new RangeError('a client asks for one serializer');
    for (const { id, isBatched } of list) {
        if (isBatched)
            throw new RangeError(`RawSocket has no number for ${id}: batches are for WebSocket`);
    }
    return list;
}
function checkedExponent(name, value) {
    if (Number.isInteger(value) && value >= MIN_LENGTH_EXPONENT && value <= MAX_LENGTH_EXPONENT)
        return value;
    const range = `${MIN_LENGTH_EXPONENT} to ${MAX_LENGTH_EXPONENT}`;
    throw new RangeError(`${name} is an integer from ${range}, got ${nameOf(value)}`);
}
function listOf(parts) {
    const list = Array.isArray(parts) ? parts : [parts];
    for (const part of list) {
        if (!isBytes(part))
            throw wrongArgument('the bytes of a frame', 'a Uint8Array', part);
        if (!isAttached(part))
            throw new TypeError('the bytes of a frame are gone: their buffer was detached');
    }
    return list;
}
