import type { Policy } from '../../limits.ts';
import type { Message } from '../../message/message.ts';
import type { ValueFormat } from '../../payload/format.ts';
import { type Output } from '../../payload/output.ts';
import { type AttributeLosses } from '../losses.ts';
import type { Landmarks } from '../wire.ts';
import { type FlatBuffersProfile } from './plan.ts';
/** Writes messages in FlatBuffers, their args and kwargs in another format. */
export declare class FlatBuffersWriter {
    readonly format: ValueFormat;
    readonly policy: Policy;
    readonly profile: FlatBuffersProfile;
    constructor(format: ValueFormat, policy: Policy, profile?: FlatBuffersProfile);
    losses(message: Message): Generator<AttributeLosses, void>;
    /** Writes the message. Throws EncodeError, or PayloadRuleError when payload attributes contradict each other. */
    write(out: Output, message: Message, landmarks?: Landmarks | null): void;
    id(out: Output, value: number): void;
    private writePrepared;
    private writeAround;
    /** Copies what was built; the payload that stands last in it comes from where it was before. */
    private copyBuilt;
    private build;
    private isSame;
    /** A payload whose bytes are there: opaque ones, or those of the frame in the same format. */
    private given;
    private transcoded;
    /** args and kwargs, encoded to `out`. */
    private encoded;
    private spans;
    /** Encodes args or kwargs; returns the number of bytes. */
    private value;
    private bytes;
    /** Writes what a slot points to; returns its offset, 0 when there is nothing to write. */
    private create;
    /** Adds a value that stands in the table itself. */
    private add;
    private hop;
    private map;
    private text;
}
