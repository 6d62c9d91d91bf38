import type { Kernel } from '../kernel/kernel.ts';
import type { DecodeRules } from './decode-value.ts';
/** The value that no tape could be made of. */
export declare const NOT_ON_TAPE: unique symbol;
/** Whether values can be read this way under the rules: the rare ones are left to the other decoders. */
export declare function canHydrate(rules: DecodeRules): boolean;
/**
 * The value in `length` bytes that the kernel has in its input window, `place` bytes from its start; the same bytes are
 * at `start` in `bytes`. NOT_ON_TAPE when the decoders of values must do it, who know everything and say what is wrong.
 */
export declare function hydrate(kernel: Kernel, place: number, length: number, format: number, bytes: Uint8Array, start: number, decodeRules: DecodeRules): unknown;
