import type { Output } from '../payload/output.ts';
/** What a list format needs to write the head of a message around a payload. */
export interface HeadWriter {
    /** Begins a list of so many elements. */
    list(out: Output, elements: number): void;
    /** Stands before every element but the first. */
    separator(out: Output): void;
    closeList(out: Output): void;
    /** An integer from 0 to 2^53, never as a float. */
    id(out: Output, value: number): void;
    null(out: Output): void;
    /** Well-formed text. */
    text(out: Output, value: string): void;
    /** Bytes that will not change. */
    bytes(out: Output, value: Uint8Array): void;
    /** Begins a dictionary of so many entries. */
    dict(out: Output, entries: number): void;
    key(out: Output, key: string, isFirst: boolean): void;
    closeDict(out: Output): void;
}
/** Writes text behind a head whose size depends on the number of bytes. */
export declare function sizedText(out: Output, text: string, head: (out: Output, length: number) => void): void;
export declare const CBOR_HEADS: HeadWriter;
export declare const MSGPACK_HEADS: HeadWriter;
export declare const JSON_HEADS: HeadWriter;
