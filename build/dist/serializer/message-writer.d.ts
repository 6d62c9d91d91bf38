import type { Policy } from '../limits.ts';
import type { Message } from '../message/message.ts';
import { type ValueFormat } from '../payload/format.ts';
import type { Output } from '../payload/output.ts';
import type { HeadWriter } from './heads.ts';
import { type AttributeLosses } from './losses.ts';
import type { Landmarks } from './wire.ts';
/** Writes messages in one format. */
export declare class MessageWriter {
    readonly format: ValueFormat;
    readonly heads: HeadWriter;
    readonly policy: Policy;
    private readonly optionsWriter;
    private readonly payloadWriter;
    constructor(format: ValueFormat, heads: HeadWriter, policy: Policy);
    losses(message: Message): Iterable<AttributeLosses>;
    /** Writes the message. Throws EncodeError, or PayloadRuleError when payload attributes contradict each other. */
    write(out: Output, message: Message, landmarks?: Landmarks | null): void;
    id(out: Output, value: number): void;
    /** Writes what is neither an id nor the options. */
    private position;
    private text;
    /** What FlatBuffers can say and a list cannot is not written: peers would refuse it. */
    private checkList;
}
