/**
 * A message that goes to many receivers, each with its own first id (the subscription of an EVENT): written once, with
 * the place of the id left open. `Serializer._envelope` makes it, the fan-out of a broker fills it.
 *
 *     before | id | after | payload | tail
 */
import { type Output } from '../payload/output.ts';
/** Writes an id where the format of the frame has it. */
export type WriteId = (out: Output, id: number) => void;
/** What an envelope is made of. */
export interface EnvelopeParts {
    readonly before: Uint8Array;
    readonly after: Uint8Array;
    /** What all receivers share: empty when it is all in `after`. */
    readonly payload: Uint8Array;
    readonly tail: Uint8Array;
    readonly writeId: WriteId;
    /** Binary batches have the length of the message in the first four bytes. */
    readonly hasLength: boolean;
}
export declare class Envelope {
    #private;
    constructor(parts: EnvelopeParts);
    /** True when a part is gone: a borrowed frame, or a slab of which a receiver was handed a piece, was detached. */
    get isGone(): boolean;
    /** The frame for an id. */
    bytes(id: number): Uint8Array;
    /** The frame in one to three parts; all but the first are the same for all ids. */
    parts(id: number): readonly Uint8Array[];
    /** Bytes of the frame for an id. */
    byteLength(id: number): number;
}
/** The same bytes in one piece. */
export declare function joined(parts: readonly Uint8Array[]): Uint8Array;
