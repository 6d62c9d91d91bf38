/**
 * What a message table is. One table per message holds the wire facts; parsing, marshalling, the kernel's key
 * tables, equality, inspection and the attribute reference in the docs all follow from it (`tables.ts`).
 */
import { FLAT_TABLES } from "./flatbuffers-tables.js";
/** Options that hold an id or ids; so do the hops of forward_for. */
export const ID_OPTIONS = [
    'caller',
    'callee',
    'publisher',
    'subscription',
    'registration',
    'resume-session',
    'exclude',
    'eligible',
];
/** Requests that ERROR may answer: PUBLISH, SUBSCRIBE, UNSUBSCRIBE, CALL, REGISTER, UNREGISTER, INVOCATION. */
export const REQUEST_TYPES = [16, 32, 34, 48, 64, 66, 68];
/** The field numbers that the mixins share over all messages. */
export const FORWARD_FOR = 0;
export const ENC_ALGO = 1;
export const ENC_KEY = 2;
export const ENC_SERIALIZER = 3;
export const PPT_SCHEME = 4;
export const PPT_SERIALIZER = 5;
export const PPT_CIPHER = 6;
export const PPT_KEYID = 7;
const FORWARDING_KEYS = ['forward_for'];
const PAYLOAD_KEYS = [
    ...FORWARDING_KEYS,
    'enc_algo',
    'enc_key',
    'enc_serializer',
    'ppt_scheme',
    'ppt_serializer',
    'ppt_cipher',
    'ppt_keyid',
];
/** Builds a table from rows in writing order; numbers the fields so that the mixins find theirs. */
export function defineTable(name, code, category, positions, rows = [], more = {}) {
    const fixed = category === 4 ? PAYLOAD_KEYS : category === 3 ? FORWARDING_KEYS : [];
    const own = rows.map(([key]) => key).filter((key) => !fixed.includes(key));
    const numbers = new Map([...fixed, ...own].map((key, field) => [key, field]));
    const options = [...numbers.keys()].map((key) => {
        const row = rows.find((candidate) => candidate[0] === key);
        if (row === undefined)
            throw new TypeError(`${name} lacks the row of ${key}`);
        const [, kind, { attribute = key, write = 'set', absent = null } = {}] = row;
        return { attribute, key, kind, write, absent };
    });
    const flatbuffers = FLAT_TABLES[name];
    const slotOf = (attribute) => flatbuffers.slots.find((slot) => slot.attribute === attribute)?.type ?? null;
    return {
        name,
        code,
        category,
        positions: positions.map(([attribute, kind]) => ({
            attribute,
            slot: kind === 'dict' ? attribute : `_${attribute}`,
            kind,
        })),
        options,
        writeOrder: rows.map(([key]) => numbers.get(key)),
        payload: category === 4 ? 'any' : (more.payload ?? 'none'),
        customFirst: more.customFirst ?? false,
        flatbuffers,
        flatTypes: options.map(({ attribute }) => slotOf(attribute)),
    };
}
/**
 * Remembers what is made of a table: `make` is called once for each. Tables are found by their code, which takes a
 * tenth of the time of a WeakMap.
 */
export function perTable(make) {
    const known = [];
    return (table) => {
        const entry = known[table.code];
        if (entry !== undefined && entry.table === table)
            return entry.made;
        const made = make(table);
        known[table.code] = { table, made };
        return made;
    };
}
