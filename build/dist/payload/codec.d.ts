import type { Kernel } from '../kernel/kernel.ts';
import { type Policy } from '../limits.ts';
import type { ValueFormat } from './format.ts';
import type { PayloadView } from './view.ts';
/** The payload serializers of WAMP with their numbers in the FlatBuffers schema (`Serializer`). */
export declare const PAYLOAD_SERIALIZERS: {
    /** The serializer of the transport. */
    readonly transport: 0;
    readonly json: 1;
    readonly msgpack: 2;
    readonly cbor: 3;
    readonly ubjson: 4;
    /** Bytes that only the application knows. */
    readonly opaque: 5;
    /** Bytes for the application's generated classes. */
    readonly flatbuffers: 6;
    readonly flexbuffers: 7;
};
/** What the application gives for a payload serializer of its own, `createCodec({ payloadSerializers })`. */
export interface PayloadSerializer {
    /** The value in the bytes; throws what it likes when they are malformed. */
    decode(bytes: Uint8Array): unknown;
    encode(value: unknown): Uint8Array;
}
/** A codec of one format, by the options of its `Codec`. */
export interface PayloadCodec extends PayloadSerializer {
    /** The value; JSON may be text. Throws ProtocolError, or TypeError for what is none of these. */
    decode(bytes: Uint8Array | ArrayBuffer | SharedArrayBuffer | string): unknown;
    /** The bytes, which may be part of a larger buffer. Throws EncodeError. */
    encode(value: unknown): Uint8Array;
    /** Throws ProtocolError unless the bytes are one value of the format. */
    validate(bytes: Uint8Array): void;
    /**
     * A view of the value in the bytes, which are checked now and must not change while it is used; with
     * `ownership: 'copy'` they are copied. Throws ProtocolError.
     */
    view(bytes: Uint8Array): PayloadView;
}
/** The codec of a format. */
export declare class FormatCodec implements PayloadCodec {
    #private;
    constructor(format: ValueFormat, kernel: Kernel, policy: Policy);
    decode(bytes: Uint8Array | ArrayBuffer | SharedArrayBuffer | string): unknown;
    encode(value: unknown): Uint8Array;
    validate(bytes: Uint8Array): void;
    view(bytes: Uint8Array): PayloadView;
}
/** The codec of `opaque` and `flatbuffers`: what the bytes mean is the application's business. */
export declare const BYTES_CODEC: PayloadCodec;
