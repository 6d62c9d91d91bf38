/**
 * Values that plain JavaScript cannot express: a number that must stay a float, and a tagged value.
 * Applications make them, the encoders of this folder write them; the decoders make `Tagged` only, of what has no plain
 * form, or of every tag on request.
 */
/**
 * A number that is written as a float even when it is integral (typed peers care): CBOR fb, MsgPack cb, JSON `1.0`.
 * NaN and the infinities are allowed; JSON refuses them when it writes them.
 * Throws a TypeError for anything but a number.
 */
export declare class Float64 {
    readonly value: number;
    constructor(value: number);
    /** The number, so that arithmetic and comparison work: `new Float64(1) + 1` is 2. */
    valueOf(): number;
    /** The number, for `JSON.stringify` of logs and of `message.toJSON()`; our own JSON encoder does not call it. */
    toJSON(): number;
}
/** What a `Tagged` is on the wire. */
export type TaggedKind = 'tag' | 'extension' | 'simple';
/**
 * A value with a number that says what it is, so that written again it is the same thing:
 *
 *     tag         a CBOR tag (RFC 8949 section 3.4) with any value inside. MsgPack writes it as an extension when it
 *                 can be one
 *     extension   a MsgPack extension: a type of -128..127 and a `Uint8Array`
 *     simple      a simple value of CBOR (RFC 8949 section 3.3) without a meaning of its own; its value is null
 *
 * JSON, UBJSON and FlexBuffers have none of them. The encoder checks the number, because its range depends on the
 * format. Throws a TypeError for other types, and for a simple value with a value.
 */
export declare class Tagged {
    readonly tag: number | bigint;
    readonly value: unknown;
    readonly kind: TaggedKind;
    constructor(tag: number | bigint, value: unknown, kind?: TaggedKind);
}
