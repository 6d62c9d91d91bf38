/**
 * Shapes of maps on a tape, by the kernel's numbers: the keys as strings, and what builds an object of them. Made at
 * the first map of a shape, and forgotten when the kernel forgets.
 */
import { type Define } from '../generated/shape-builders.ts';
/** Thrown for a map that the decoders of values must make. */
export declare const RARE: unique symbol;
/** What a map of this shape is built with. */
export interface Shape {
    readonly keys: readonly string[];
    /** False when a key is a place of an array to V8, or one that Object.prototype had when the shape became known. */
    readonly isPlain: boolean;
    build: (shape: Shape, value: () => unknown, define: Define) => Record<string, unknown>;
    /** The window in which it was counted last, and how often it came in there. */
    window: number;
    count: number;
}
/** The shapes of one kernel. */
export declare class Shapes {
    /** By the kernel's number; undefined for those that no map has had. */
    readonly known: (Shape | undefined)[];
    /** The last key of a shape, by the same number. */
    private readonly keys;
    private round;
    private clashes;
    private builders;
    /** Number of the window, and the maps in it. */
    private window;
    private maps;
    /** Forgets everything in another round, and when Object.prototype has got a key: it may be among them. */
    enter(round: number): void;
    /** Makes a shape known; `words` from `at` on are the kernel's tree of shapes. */
    add(shape: number, words: Int32Array, at: number, bytes: Uint8Array): Shape;
    private readonly buildCounted;
}
