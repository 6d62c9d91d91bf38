import type { Output } from './output.ts';
/** Writes a finite number as `JSON.stringify` does, but -0 as `-0.0`, and beyond 2^53 as a `Float64` is written. */
export declare function writeFinite(out: Output, value: number): void;
/**
 * A float as Python's `repr` writes it: the shortest digits that read back equal (JavaScript's are the same), always a
 * fraction or an exponent, and two digits of an exponent at least.
 */
export declare function floatText(value: number): string;
