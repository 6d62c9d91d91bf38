import type { EncodeRules } from '../payload/encode-value.ts';
import { type ValueFormat } from '../payload/format.ts';
import type { Output } from '../payload/output.ts';
import type { Payload, TranscodedPayload } from '../payload/payload.ts';
import type { HeadWriter } from './heads.ts';
/**
 * What a payload adds to a message's list: 0, 1 or 2 elements. They are copied from the frame, or from its bytes in
 * this format, or encoded from values.
 */
export interface PayloadPlan {
    readonly elements: number;
    readonly transcoded: TranscodedPayload | null;
    readonly args: unknown;
    readonly kwargs: unknown;
}
/** Writes the elements that a payload adds to a message's list. Keeps no state: values may encode again. */
export declare class PayloadWriter {
    readonly format: ValueFormat;
    readonly heads: HeadWriter;
    readonly rules: EncodeRules;
    constructor(format: ValueFormat, heads: HeadWriter, rules: EncodeRules);
    /** Looks at a payload. Empty args without kwargs are nothing, as peers have it. */
    plan(payload: Payload): PayloadPlan;
    /** Writes the planned elements, each with its separator before it. */
    write(out: Output, payload: Payload, plan: PayloadPlan): void;
    private writeOpaque;
    private writeSpans;
    private writeTranscoded;
    private copy;
    private isSame;
}
/** True when a payload goes out as it came, in a frame that has its payloads in this format. */
export declare function isSpliced(payload: Payload, format: ValueFormat): boolean;
/** True for a received payload under these rules: its bytes in another format are made once for all. */
export declare function isTranscodable(payload: Payload, rules: EncodeRules): boolean;
/** True for args or kwargs without elements. */
export declare function isEmptySpan(payload: Payload, start: number, end: number): boolean;
