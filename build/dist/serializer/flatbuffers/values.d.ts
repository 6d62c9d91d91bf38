import { type FlatSlot } from '../../message/flatbuffers-schema.ts';
/** The number of a name in an enumeration; -1 when the enumeration is without it. */
export declare function enumNumber(type: string, value: unknown): number;
/** An integer that is not negative and fits the type, or null. */
export declare function unsigned(type: string, value: unknown): number | bigint | null;
/** An entry of a dictionary, which may be a Map; undefined when it has none. */
export declare function entryOf(dictionary: unknown, key: string): unknown;
/** The entries of a dictionary, which may be a Map; one that is undefined is absent. */
export declare function entriesOf(dictionary: unknown): [string, unknown][];
/** The one entry that wamp.Map holds: the first whose value is text or null. */
export declare function mapEntry(dictionary: unknown): readonly [key: string, value: string | null] | null;
/** The slots of a nested table. */
export declare function nestedSlots(type: string): readonly FlatSlot[];
