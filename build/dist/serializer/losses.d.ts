import type { Policy } from '../limits.ts';
import type { Message } from '../message/message.ts';
import type { ValueFormat } from '../payload/format.ts';
import { type Loss } from '../payload/losses.ts';
import type { Payload } from '../payload/payload.ts';
/** Writes a message and reads it again. */
interface RoundTrip {
    encode(message: Message): Uint8Array;
    decode(frame: Uint8Array): Message;
}
/**
 * The losses of one attribute. Its name stands beside them because the paths of a million losses deep in a value share
 * their beginning, and no longer do once somebody looks into each.
 */
export type AttributeLosses = readonly [attribute: string, losses: readonly Loss[]];
/** The losses of args and kwargs in a format; none when they are in it already, because their bytes are copied. */
export declare function payloadLosses(payload: Payload, to: ValueFormat, policy: Policy): Generator<AttributeLosses, void>;
/** The losses of a message that becomes a list: values of its positions and options, and of its payload. */
export declare function listLosses(message: Message, to: ValueFormat, policy: Policy): Generator<AttributeLosses, void>;
/**
 * The losses that a writer has found, and those that writing and reading shows beside them. `hasCustom` is false when
 * the reader drops custom keys anyway.
 */
export declare function withUnnamed(found: Iterable<AttributeLosses>, message: Message, wire: RoundTrip, hasCustom: boolean): Loss[];
/** The attribute that a path begins with. */
export declare function rootOf(path: string): string;
export {};
