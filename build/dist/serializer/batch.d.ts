import type { Kernel } from '../kernel/kernel.ts';
import type { Output } from '../payload/output.ts';
/** Separators between batched JSON messages: the specification's, and that of autobahn-python. */
export declare const RECORD_SEPARATOR = 30;
export declare const CANCEL_SEPARATOR = 24;
/** Bytes that frame a message: the length before it, or the separator behind it. */
export declare const LENGTH_BYTES = 4;
export declare const SEPARATOR_BYTES = 1;
/**
 * Start and end of every message in a batch, as pairs. Throws ProtocolError BATCH_LENGTH; `spans` holds then what came
 * before the mistake.
 */
export declare function batchSpans(bytes: Uint8Array, format: string, spans?: number[]): number[];
/**
 * Where in the kernel's window the message at `start` is: where it was when `loads` counted the load of the batch, or at
 * the window's start, when reading an earlier one has used the window. Only the message is loaded then: the whole batch
 * for each would make the work grow with the square of its length.
 */
export declare function placeInWindow(kernel: Kernel, loads: number, bytes: Uint8Array, start: number, length: number): number;
/** Begins a message of a batch; returns the mark where its length belongs. */
export declare function beginBatched(out: Output, isText: boolean): number;
/** Ends the message that was begun at a mark; nothing was left out then of earlier messages. */
export declare function endBatched(out: Output, isText: boolean, separator: number, at: number): void;
