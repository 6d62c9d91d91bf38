type O = Record<string, unknown>;
/** Builds an object of a shape with 1..MAX_KEYS keys out of what gives the next value. */
export type ShapeBuilder = (shape: {
    readonly keys: readonly string[];
}, value: () => unknown, define: Define) => O;
/** Defines the value of a key that Object.prototype has. */
export type Define = (object: O, key: string, value: unknown) => void;
export declare const MAX_KEYS = 16;
export declare const SHAPE_BUILDERS: readonly ShapeBuilder[];
export {};
