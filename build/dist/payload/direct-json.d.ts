/**
 * JSON for the direct readers. The kernel has checked the text, so this looks for what it needs and not for mistakes.
 * Integers that a double holds, and no bytes (strings that begin with NUL).
 */
import type { Kernel } from '../kernel/kernel.ts';
import type { WireKey } from './direct-keys.ts';
import { DirectReader } from './direct-reader.ts';
export declare class DirectJson extends DirectReader {
    constructor(kernel: Kernel);
    /** The next value, and the comma behind it. */
    value(outer: WireKey): unknown;
    private item;
    /** Goes past white space, a comma, and white space. */
    private pass;
    private space;
    private string;
    /** A string with a backslash at `at`. */
    private escaped;
    private number;
    /** A number with an exponent or of many digits, from its first byte on; the position is somewhere in it. */
    private long;
    private array;
    private elements;
    private more;
    private dictionary;
    rest(object: Record<string, unknown>, i: number, _count: number, before: WireKey, start: WireKey): Record<string, unknown>;
    /** The pairs up to the end of the map, which has `count` already. */
    private toEnd;
    protected keySize(): number;
    protected pairOfText(object: Record<string, unknown>): void;
    /** Goes past the mark that opens a container, and what is white behind it. */
    private open;
    private close;
}
