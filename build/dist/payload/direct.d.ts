import type { Kernel } from '../kernel/kernel.ts';
import type { DecodeRules } from './decode-value.ts';
import type { Root } from './direct-keys.ts';
/** The value that is not read directly. */
export declare const NOT_DIRECT: unique symbol;
/** Whether a format has a direct reader. */
export declare function canDirect(format: number): boolean;
/** Whether it pays for a value of so many bytes, in a frame with so many texts beyond ASCII. */
export declare function isForDirect(format: number, length: number, wideTexts: number): boolean;
/**
 * The value in `length` bytes, `place` bytes from the start of the kernel's input window, which the kernel has checked
 * since they were put there; the same bytes are at `sourceStart` in `source`. NOT_DIRECT when another decoder must do
 * it.
 */
export declare function readDirect(kernel: Kernel, place: number, length: number, format: number, root: Root, wideTexts: number, rules: DecodeRules, source: Uint8Array, sourceStart: number): unknown;
