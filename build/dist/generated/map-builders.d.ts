type O = Record<string, unknown>;
interface Key {
    readonly text: string;
}
/** What gives keys and values, and finishes a map in which something else came. */
export interface MapReader<K extends Key> {
    expected(before: K): K | null;
    value(outer: K): unknown;
    rest(object: O, i: number, count: number, before: K, start: K): O;
    /** Defines the value of a key that Object.prototype has. */
    own(object: O, key: K): void;
}
export declare const MAP_KEYS = 12;
/** Builds a map of 1..MAP_KEYS pairs, `count`, behind what stands before its first key. */
export type MapBuilder = <K extends Key>(reader: MapReader<K>, count: number, start: K) => O;
export declare const MAP_BUILDERS: readonly MapBuilder[];
export {};
