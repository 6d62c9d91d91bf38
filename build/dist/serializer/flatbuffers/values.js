/**
 * What the schema can hold: values as the builder takes them, null (or -1) for those that it has no place for. The
 * writer leaves these out, and losses.ts names them.
 */
import { isMap } from "../../brand.js";
import { FLAT_ENUMS, FLAT_NESTED } from "../../message/flatbuffers-schema.js";
/** The number of a name in an enumeration; -1 when the enumeration is without it. */
export function enumNumber(type, value) {
    return typeof value === 'string' ? (FLAT_ENUMS[type] ?? []).indexOf(value) : -1;
}
/** Numbers of the slots that have as many bits. */
const LIMITS = { uint16: 2 ** 16, uint32: 2 ** 32, uint64: 2 ** 64 };
/** An integer that is not negative and fits the type, or null. */
export function unsigned(type, value) {
    if (typeof value !== 'number' && typeof value !== 'bigint')
        return null;
    return value >= 0 && value < LIMITS[type] ? value : null;
}
/** An entry of a dictionary, which may be a Map; undefined when it has none. */
export function entryOf(dictionary, key) {
    if (isMap(dictionary))
        return dictionary.get(key);
    return Object.hasOwn(dictionary, key) ? dictionary[key] : undefined;
}
/** The entries of a dictionary, which may be a Map; one that is undefined is absent. */
export function entriesOf(dictionary) {
    const isKeyed = isMap(dictionary);
    const entries = isKeyed ? [...dictionary] : Object.entries(dictionary);
    return entries.filter(([, value]) => value !== undefined);
}
/** The one entry that wamp.Map holds: the first whose value is text or null. */
export function mapEntry(dictionary) {
    for (const [key, value] of entriesOf(dictionary)) {
        if (typeof value === 'string' || value === null)
            return [key, value];
    }
    return null;
}
/** The slots of a nested table. */
export function nestedSlots(type) {
    return FLAT_NESTED[type] ?? [];
}
