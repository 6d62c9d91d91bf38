import type { Message } from '../message/message.ts';
import type { Receiver } from '../message/receive.ts';
import type { PayloadFormatName, ValueFormat } from '../payload/format.ts';
import type { Loss } from '../payload/losses.ts';
import type { AttributeReader } from '../payload/payload.ts';
import { CANCEL_SEPARATOR, RECORD_SEPARATOR } from './batch.ts';
import { Envelope } from './envelope.ts';
import type { FlatBuffersProfile } from './flatbuffers/plan.ts';
import { type Frame } from './frame.ts';
import { type HeadRecord } from './head-record.ts';
import { type SerializerId } from './ids.ts';
import type { Wire } from './wire.ts';
/** What is on the wire beside the format itself. */
export interface SerializerOptions {
    /**
     * What `ubjson` means. Default `bjdata`, which autobahn-python writes since 26.6.1; older peers have `draft12`. Both
     * sides must agree: a frame in the wrong dialect may read as another message.
     */
    ubjsonDialect?: 'bjdata' | 'draft12';
    /** Written between batched JSON messages; both are read. Default 0x1e, as specified; autobahn-python wants 0x18. */
    batchSeparator?: typeof RECORD_SEPARATOR | typeof CANCEL_SEPARATOR;
    /** FlatBuffers: the format of args and kwargs, which nothing in the frame tells. Default cbor. */
    payloadSerializer?: PayloadFormatName;
    /** FlatBuffers: write all that the schema holds (the default), or the very bytes of autobahn-python. */
    profile?: FlatBuffersProfile;
    /**
     * The dialect in which opaque payloads are written: as they are (the default), `enc_*` for autobahn, `ppt_*` for
     * peers of the specification. FlatBuffers has only `enc_*`. What the other dialect cannot say is an EncodeError.
     */
    passthru?: 'as-is' | 'enc' | 'ppt';
}
/** The names of `SerializerOptions`. */
export declare const SERIALIZER_OPTIONS: readonly (keyof SerializerOptions)[];
/** A serializer of a codec. */
export declare class Serializer {
    #private;
    readonly id: SerializerId;
    /** WebSocket subprotocol, for example `wamp.2.cbor`. */
    readonly subprotocol: string;
    /** Number in the RawSocket handshake. */
    readonly rawSocketId: number;
    readonly mimeType: string;
    /** Whether WebSocket frames are binary. */
    readonly isBinary: boolean;
    /** Whether one frame holds several messages. */
    readonly isBatched: boolean;
    /**
     * Format of args and kwargs, and of whole messages in a list format: the id without `.batched`, what the option
     * `payloadSerializer` says, or `ubjson-draft12`.
     */
    readonly format: PayloadFormatName;
    /** What `format` names. Internal. */
    readonly _format: ValueFormat;
    /** Reads frames that are no lists. Internal. */
    readonly _reader: AttributeReader | null;
    constructor(receiver: Receiver, id: SerializerId, { formats, wires }: {
        formats: readonly ValueFormat[];
        wires: readonly Wire[];
    }, options?: SerializerOptions);
    /** The one message of a frame. Throws ProtocolError or one of its children. */
    decode(frame: Frame): Message;
    /** All messages of a frame, or none: one that is refused refuses the batch. */
    decodeAll(frame: Frame): Message[];
    /**
     * Reads the head of the one message of a frame into `out`, whose layout is in head-record.ts, and returns its type
     * code. Makes no object and keeps nothing of the frame; the payload is not checked, nor what `decode` checks beyond
     * the form of the head. Throws ProtocolError, or RangeError when `out` is too short.
     */
    scanInto(frame: Frame, out: HeadRecord): number;
    /**
     * The frame of a message. Read-only by contract: that of a received message, or of one derived from it, is cached and
     * shared. Throws EncodeError.
     */
    encode(message: Message): Uint8Array;
    /** The frame of a message as text, for formats that are. The cache has bytes. Internal. */
    _text(message: Message): string;
    /** One frame of all messages; for serializers that are not batched, of exactly one. */
    encodeAll(messages: readonly Message[]): Uint8Array;
    /**
     * The frame in one to three parts, to be sent one after the other: a payload that goes out as it came is a view of
     * the frame that it came in, not copied. Not cached. Read-only by contract. Throws EncodeError.
     */
    encodeParts(message: Message): readonly Uint8Array[];
    /**
     * Writes the frame straight into the caller's bytes from `offset` on; returns its length. Throws RangeError when it
     * does not fit, and EncodeError. Bytes from `offset` on may have been written over then, and a few behind the frame in
     * any case; none before `offset` or beyond `target`.
     */
    encodeInto(message: Message, target: Uint8Array, offset?: number): number;
    /** Bytes that `encode` gives; a payload that goes out as it came is not copied for this. Throws EncodeError. */
    byteLength(message: Message): number;
    /** A message with its first id left open; null when it has no place of its own. Internal, for src/router. */
    _envelope(message: Message): Envelope | null;
    /** Attributes and values of a message that `encode` does not carry over as they are. `codec.lossReport` calls it. */
    _losses(message: Message): readonly Loss[];
}
/** A JSON serializer gives text as well: WebSocket sends JSON in text frames. */
export declare class JsonSerializer extends Serializer {
    /** The frame of a message as a string. */
    encodeText(message: Message): string;
}
