import type { Kernel } from '../kernel/kernel.ts';
import type { Policy } from '../limits.ts';
import type { ValueFormat } from './format.ts';
import { type Output } from './output.ts';
import type { Payload, TranscodedPayload } from './payload.ts';
/**
 * Transcodes the value in `bytes`, which are copied to the kernel first. `path` names the value in errors. Throws
 * ProtocolError for malformed bytes (`offset` is an index in `bytes`) or too many of them, and EncodeError for what the
 * target has no form for, with its path. With `onLoss: 'throw'` a loss is an EncodeError too, UNENCODABLE.
 */
export declare function transcode(kernel: Kernel, bytes: Uint8Array, from: ValueFormat, to: ValueFormat, policy: Policy, onLoss?: 'report' | 'throw', path?: string): Uint8Array;
/**
 * The same in the kernel alone, for a value that is in its input window, `at` bytes from the start. True when it
 * succeeds: the result is between `kernel.outStart` and `kernel.outEnd`, at `place` unless that is 0. False when
 * `transcodeValue` must do it, or say what is wrong. Throws ProtocolError SIZE_LIMIT for FlexBuffers that would grow
 * beyond all measure.
 */
export declare function transcodeResident(kernel: Kernel, at: number, length: number, from: ValueFormat, to: ValueFormat, policy: Policy, place?: number): boolean;
/** Decodes the value in `bytes[start, end)` and encodes it: what `transcode` does when the kernel cannot. */
export declare function transcodeValue(out: Output, bytes: Uint8Array, start: number, end: number, from: ValueFormat, to: ValueFormat, policy: Policy, path: string): void;
/**
 * args and kwargs of a received payload in another format; made once, whoever shares the payload. Checks what was
 * deferred. Throws EncodeError for what the format has no form for, with its path.
 */
export declare function bytesIn(payload: Payload, format: ValueFormat): TranscodedPayload;
/**
 * Checks what was deferred, where possible in the pass that makes what `bytesIn` gives: that is returned then, and null
 * otherwise. Throws ProtocolError for what is malformed.
 */
export declare function checkInto(payload: Payload, format: ValueFormat): TranscodedPayload | null;
