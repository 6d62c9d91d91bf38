import type { Kernel } from '../kernel/kernel.ts';
import type { Policy } from '../limits.ts';
import type { ValueFormat } from './format.ts';
/**
 * Larger values are checked before they are decoded. The decoders say better what is wrong, but what they build until
 * they find that 16 MiB of empty maps are too many takes 512 MB of heap.
 */
export declare const MOST_UNCHECKED = 65536;
/** What the kernel says of the value that is in its input window. */
export declare function statusOf(kernel: Kernel, length: number, format: ValueFormat, policy: Policy): number;
/** Throws ProtocolError for a status that `statusOf` has just given, unless it is OK. */
export declare function throwUnlessOk(kernel: Kernel, status: number, { name }: ValueFormat, policy: Policy): void;
/** Throws ProtocolError when the value that is in the kernel's input window is not well-formed. */
export declare function checkResident(kernel: Kernel, length: number, format: ValueFormat, policy: Policy): void;
/** Throws TypeError for what is no bytes, and ProtocolError for more of them than a message may have. */
export declare function checkSize(bytes: unknown, { name }: ValueFormat, { maxMessageBytes }: Policy): void;
/** Throws TypeError for what is no bytes. */
export declare function checkBytes(bytes: unknown): void;
