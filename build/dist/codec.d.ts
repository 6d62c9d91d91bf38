import { type Policy } from './limits.ts';
import { type Message, type Transferred } from './message/message.ts';
import { type WithAppPayload } from './message/with-app-payload.ts';
import { type PayloadCodec, type PayloadSerializer } from './payload/codec.ts';
import type { PayloadFormatName } from './payload/format.ts';
import type { Loss } from './payload/losses.ts';
import type { Edition } from './serializer/edition.ts';
import type { Frame } from './serializer/frame.ts';
import { type SerializerId } from './serializer/ids.ts';
import { JsonSerializer, Serializer, type SerializerOptions } from './serializer/serializer.ts';
import { type FieldSpan } from './serializer/trace.ts';
import type { CodecStats, Counters, StatsAutoReset } from './stats.ts';
/** Options of a codec: policy and limits with their defaults in `limits.ts`, and a kernel that is compiled already. */
export type CodecOptions = {
    -readonly [K in keyof Policy]?: Policy[K];
} & {
    /** A compiled kernel, for workerd, strict content policies and many threads. */
    module?: WebAssembly.Module;
    /** Payload serializers of the application, by their custom `enc_serializer` names (`x_` and a name). */
    payloadSerializers?: Readonly<Record<`x_${string}`, PayloadSerializer>>;
};
/** Throws TypeError unless the options of `createCodec`, or those of `loadCodec`, have known names. */
export declare function checkCodecOptions(where: 'createCodec' | 'loadCodec', options: unknown): void;
/** A codec: what `createCodec` and `loadCodec` give. */
export declare class Codec {
    #private;
    constructor(edition: Edition, module: WebAssembly.Module, options: CodecOptions);
    /**
     * The serializer of an id; the same object for the same options. Throws RangeError for an unknown id and for values
     * that an option cannot have, TypeError for unknown options.
     */
    serializer<I extends SerializerId>(id: I, options?: SerializerOptions): I extends `json${string}` ? JsonSerializer : Serializer;
    /**
     * The codec of single values in a payload format, of `opaque` and `flatbuffers` payloads, which stay bytes, or the
     * application's own of a custom name. Throws RangeError for an unknown name.
     */
    payload(name: PayloadFormatName | 'opaque' | 'flatbuffers'): PayloadCodec;
    payload(name: string): PayloadSerializer;
    /**
     * The value in an opaque payload, by its `enc_serializer` or `ppt_serializer`; without one by the format that the
     * message came in, or CBOR. Give the bytes when the payload of the message is encrypted and these are not. Null for a
     * message without an opaque payload. Throws ProtocolError, RangeError for an unknown serializer.
     */
    decodePayload(message: Message & WithAppPayload, bytes?: Uint8Array | null): unknown;
    /**
     * One encoded value from one format to another, in one pass and number-exact. `onLoss: 'throw'` refuses what would
     * arrive as something else, for example a tag. Throws ProtocolError for malformed bytes, EncodeError for a value that
     * has no form in the target, RangeError for an unknown format.
     */
    transcode(bytes: Uint8Array, way: {
        from: PayloadFormatName;
        to: PayloadFormatName;
        onLoss?: 'report' | 'throw';
    }): Uint8Array;
    /**
     * Every attribute and value of a message that a serializer cannot carry over as it is, and why. Tries it out, so it
     * costs several encodes.
     */
    lossReport(message: Message, serializer: Serializer): readonly Loss[];
    /**
     * A frame of one serializer as a frame of another. With `onLoss: 'throw'` an attribute or value that does not arrive
     * as it is, is an EncodeError UNENCODABLE; else it is left out as `encode` does it, and added to `losses` when that
     * is given. Throws ProtocolError for a bad frame and EncodeError for a value that has no form in the target.
     */
    transcodeMessage(frame: Frame, way: {
        from: Serializer;
        to: Serializer;
        onLoss?: 'report' | 'throw';
        losses?: Loss[];
    }): Uint8Array;
    /**
     * Name, kind and bytes of every field of a frame, for people and tools; also of a broken frame, up to the error,
     * which is the last entry then.
     */
    trace(frame: Frame, serializer: Serializer): readonly FieldSpan[];
    /**
     * The message code at the start of a frame, as in `MessageType`, in constant time; of a batch that of the first
     * message. 0 when there is none, or none that WAMP has. Nothing else is checked. Throws TypeError for what is no
     * frame.
     */
    peek(frame: Frame, id: SerializerId): number;
    /** What this codec has done since it was made or reset; with `reset` the next ones begin at zero. */
    stats(options?: {
        reset?: boolean;
    }): CodecStats;
    /** Lets the statistics start over by themselves, with a callback; null ends that. */
    setStatsAutoReset(options: StatsAutoReset | null): void;
    /** What it counts. Internal, for src/router. */
    get _counters(): Counters;
    /** The message of `message.toTransferable()`, also from another thread; its frame is not scanned again. */
    fromTransferable(transferred: Transferred): Message;
    /**
     * The number under which the kernel knows a URI: `message.topicRef` of an equal topic is the same; -1 for a URI that
     * is not valid or longer than 255 bytes. Up to 512 URIs keep their number for ever when they were given here.
     */
    internUri(uri: string): number;
}
