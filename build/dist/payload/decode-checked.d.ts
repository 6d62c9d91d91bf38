import type { Kernel } from '../kernel/kernel.ts';
import type { Policy } from '../limits.ts';
import type { DecodeRules } from './decode-value.ts';
import type { Root } from './direct-keys.ts';
import type { ValueFormat } from './format.ts';
/** The value that the decoders of values must read, who know everything and say what is wrong. */
export declare const NOT_RESIDENT: unique symbol;
/**
 * The value in `length` bytes, `place` bytes from the start of the kernel's input window, which the kernel has checked
 * there, with `wideTexts` texts beyond ASCII around it; the same bytes are at `start` in `bytes`. The rules must be for
 * `hydrate`. NOT_RESIDENT for what is rare.
 */
export declare function decodeResident(kernel: Kernel, place: number, length: number, { id }: ValueFormat, root: Root, wideTexts: number, rules: DecodeRules, bytes: Uint8Array, start: number): unknown;
/**
 * The value in `bytes[start, end)`. `isPlainJson` is what the kernel has said of bytes that this is a part of; `type`
 * is for values without a head of their own (abi.ts). Throws ProtocolError for bytes that have changed since.
 */
export declare function decodeChecked(format: ValueFormat, bytes: Uint8Array, start: number, end: number, policy: Policy, isPlainJson: boolean, type?: number): unknown;
