import type { Message } from '../message/message.ts';
import { type EncodeRules } from '../payload/encode-value.ts';
import type { ValueFormat } from '../payload/format.ts';
import type { Output } from '../payload/output.ts';
import type { HeadWriter } from './heads.ts';
/** A message that has nothing to write in its options. */
export declare function hasNoOptions(message: Message): boolean;
/** Writes the options of messages in one format. Keeps no state: values may encode again. */
export declare class OptionsWriter {
    readonly format: ValueFormat;
    readonly heads: HeadWriter;
    readonly rules: EncodeRules;
    constructor(format: ValueFormat, heads: HeadWriter, rules: EncodeRules);
    /** The options that are written, a bit a field. */
    plan(message: Message): number;
    /** The keys that WAMP does not define, with their values. */
    custom(message: Message): readonly [string, unknown][];
    /** Writes the dictionary. Throws EncodeError. */
    write(out: Output, message: Message, fields: number, custom: readonly [string, unknown][]): void;
    private writeCustom;
    /** Copies an option that is still in a frame of this format as a value with a head of its own. */
    private copyUnread;
}
