/**
 * The errors of refused frames: what the kernel left in its record, in words. *cannot decode PUBLISH from cbor:
 * expected a string for topic, got an array (byte 14)*. Built only when something is thrown.
 */
import { type ErrorCode, ProtocolError } from '../errors.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Policy } from '../limits.ts';
import { type ValueFormat } from '../payload/format.ts';
import { type MessageTable } from './table.ts';
/** The name of a field of the record, for this message. */
export declare function fieldName(table: MessageTable | undefined, field: number): string;
/** Where the kernel's window has a list that was refused. */
interface ListPlace {
    readonly format: ValueFormat;
    /** Bytes from the start of the window. */
    readonly at: number;
}
/**
 * The error for the message that the kernel has just refused with `status`; it begins at `base` in the frame. `list` is
 * null for a frame that is no list.
 */
export declare function refusalOf(kernel: Kernel, status: number, format: string, policy: Policy, base: number, list: ListPlace | null): ProtocolError;
/** An error about the frame in the record, with what is known of its request. */
export declare function problem(kernel: Kernel, code: ErrorCode, text: string, format: string, offset: number, path: string): ProtocolError;
export {};
