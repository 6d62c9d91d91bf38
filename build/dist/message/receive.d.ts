import { type Kernel } from '../kernel/kernel.ts';
import type { Policy } from '../limits.ts';
import type { DecodeRules } from '../payload/decode-value.ts';
import { type ValueFormat } from '../payload/format.ts';
import { type AttributeReader, Payload, type PayloadContext, type TranscodedPayload } from '../payload/payload.ts';
import { Counters } from '../stats.ts';
import { type Message } from './message.ts';
/** Decodes frames for one codec. */
export declare class Receiver implements PayloadContext {
    readonly kernel: Kernel;
    readonly policy: Policy;
    readonly attributes: DecodeRules;
    readonly counters: Counters;
    private readonly received;
    private readonly scanFlags;
    /** The class of URIs that are good wherever one may stand; patterns need a closer look. */
    private readonly exactUri;
    /** Values must be decoded at once, because the policy refuses some that the kernel does not know. */
    private readonly eagerValues;
    constructor(kernel: Kernel, policy: Policy);
    /**
     * The message in `length` bytes at `base` of `bytes`. The kernel's input window holds the bytes already, this frame
     * `at` bytes from its start. A frame that is no list has a `reader` for its attributes; `format` is that of args and
     * kwargs then. Throws ProtocolError or one of its children, and nothing else.
     */
    receive(format: ValueFormat, bytes: Uint8Array, base: number, length: number, at: number, reader?: AttributeReader | null): Message;
    /** Checks the payload that a deferred decode left alone. */
    check(payload: Payload): void;
    /** The same in the pass that transcodes, for lists and what is not rare; see PayloadContext. */
    checkInto(payload: Payload, format: ValueFormat): TranscodedPayload | null;
    /** Decodes args and kwargs now, so that what the policy refuses is refused. */
    private readValues;
    private checkUri;
    /** Closed sets, roles, URIs in options, and the rules that need more than one attribute. */
    private checkMeaning;
    /** The reference peer loses a custom enc_algo in FlatBuffers, and keeps what needs it. */
    private checkFlatEnc;
    private checkEnc;
    private refuseCustom;
    /** Bytes from the start of the message to an attribute, or to the dictionary that lacks it. */
    private startOf;
    /** The error for what the kernel has just refused: `at` bytes from the start of its window, `base` in the frame. */
    private refused;
    private broken;
}
/** The type of the text position of a form in FlatBuffers: text, except for the method of CHALLENGE. */
export declare function flatTextType(form: number): string;
