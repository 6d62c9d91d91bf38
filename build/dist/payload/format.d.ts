/**
 * A payload format: its number in the kernel, its name, and the JavaScript codec of its values. Here are those that
 * every entry of the package has; `formats-full.ts` has the others. Adding a list format means a row there, a file in
 * assembly/formats and a wire in src/serializer; a format of payloads only needs no wire.
 */
import type { Policy } from '../limits.ts';
import type { DecodeRules } from './decode-value.ts';
import type { EncodeRules } from './encode-value.ts';
import type { Output } from './output.ts';
import type { PayloadView } from './view.ts';
import type { ViewSource } from './view-source.ts';
/** A format in which whole messages are lists. `ubjson` is BJData. */
export type ListFormatName = 'json' | 'msgpack' | 'cbor' | 'ubjson' | 'ubjson-draft12';
/** A format of payload values: one of a list, or one that only payloads have. */
export type PayloadFormatName = ListFormatName | 'flexbuffers';
/** One format: its number in the kernel, and how JavaScript values are read from it and written to it. */
export interface ValueFormat {
    readonly id: number;
    readonly name: PayloadFormatName;
    /** `type` is what the index of the kernel says of a value that has no head of its own (abi.ts), mostly 0. */
    decode(bytes: Uint8Array, start: number, end: number, rules: DecodeRules, type?: number): unknown;
    encode(out: Output, value: unknown, rules: EncodeRules, path: string): void;
    /** The bytes of `undefined`, in formats of which some encoders write it. */
    readonly undefinedForm?: readonly number[];
    /** True for a list or dictionary in `bytes[start, end)`, checked before, without elements, in any of its forms. */
    isEmpty(bytes: Uint8Array, start: number, end: number): boolean;
    /** The view of a value that was checked before. */
    view(source: ViewSource): PayloadView;
}
export declare const JSON_FORMAT: ValueFormat;
export declare const MSGPACK_FORMAT: ValueFormat;
export declare const CBOR_FORMAT: ValueFormat;
/** The formats of `wamp-codec/core`. */
export declare const CORE_FORMATS: readonly ValueFormat[];
/** Rules under which a value is read for another format: nothing that plain values would lose is lost. */
export declare function exactRules(policy: Policy): DecodeRules;
/** Rules under which attributes are read: plain data, whatever the codec does with payloads. */
export declare function attributeRules(policy: Policy): DecodeRules;
