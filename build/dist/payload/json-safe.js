/**
 * Values for `JSON.stringify`: what `message.toJSON()` gives of an attribute. They are those that `encode-json.ts`
 * writes with `unrepresentable: 'json'`, as `wamp-codec inspect --json` does; only a BigInt beyond 2^53, which
 * `JSON.stringify` refuses, is its digits in a string here.
 */
import { isMap } from "../brand.js";
import { base64 } from "./encode-json.js";
import { beginWalk, endWalk, isWellFormed, Kind, MAX_EXACT, MAX_RECURSION, toWellFormed, } from "./encode-value.js";
const RULES = { unrepresentable: 'json', maxDepth: MAX_RECURSION };
/**
 * The value in nothing but what JSON has. Bytes are a NUL and base64 in a string, a BigInt is a number, or its digits in
 * a string beyond 2^53; NaN, the infinities and what is absent in a list are null, `Tagged` is `{ tag, value }`, and has
 * its `kind` unless that is a tag. A Map
 * is an object; a list of its entries when a key is neither text nor an integer, or two keys are the same text. `path`
 * names the value in errors. Throws EncodeError (CYCLE, DEPTH_LIMIT, SIZE_LIMIT, UNENCODABLE for a detached buffer), and
 * whatever a getter or `toJSON` of the application throws.
 */
export function jsonSafe(value, path) {
    const walk = beginWalk('json', RULES, path);
    const safe = safeOf(value, walk);
    endWalk(walk);
    return safe;
}
/** The same for each value of a dictionary: as on the wire, where none counts the dictionary as a level of its own. */
export function jsonSafeEntries(dictionary, path) {
    return Object.fromEntries(Object.entries(dictionary).map(([key, value]) => [key, jsonSafe(value, `${path}.${key}`)]));
}
/** Undefined for what is absent. */
function safeOf(given, walk) {
    const kind = walk.classify(given);
    const { value } = walk;
    switch (kind) {
        case Kind.ABSENT:
            return undefined;
        case Kind.SCALAR:
        case Kind.FLOAT:
            return safeScalar(value);
        case Kind.BYTES:
            return `\0${base64(value)}`;
        case Kind.ARRAY:
            return safeList(value, walk);
        case Kind.MAP: {
            const { keys, values } = value;
            return safeMap(keys.map((key, i) => [key, values[i]]), walk);
        }
        case Kind.TAGGED: {
            const { tag, value: inner, kind: form } = value;
            const parts = [tag, inner, form];
            return safeObject(form === 'tag' ? ['tag', 'value'] : ['tag', 'value', 'kind'], (i) => parts[i], walk);
        }
        case Kind.OBJECT: {
            if (isMap(value))
                return safeMap([...value], walk);
            const keys = Object.keys(value);
            return safeObject(keys, (i) => value[keys[i]], walk);
        }
    }
}
function safeScalar(value) {
    switch (typeof value) {
        case 'bigint':
            return value >= -MAX_EXACT && value <= MAX_EXACT ? Number(value) : String(value);
        case 'number':
            return Number.isFinite(value) ? value : null;
        case 'string':
            return isWellFormed(value) ? value : toWellFormed(value);
        default:
            return value;
    }
}
function safeList(list, walk) {
    const length = walk.arrayLength(list);
    const level = walk.enter();
    const safe = [];
    for (let i = 0; i < length; i++) {
        walk.steps[level] = i;
        safe.push(safeOf(list[i], walk) ?? null);
    }
    walk.leave();
    return safe;
}
function safeObject(keys, valueAt, walk) {
    const level = walk.enter();
    const safe = [];
    for (let i = 0; i < keys.length; i++) {
        const key = keys[i];
        walk.steps[level] = key;
        const value = safeOf(valueAt(i), walk);
        if (value !== undefined)
            safe.push([safeScalar(key), value]);
    }
    walk.leave();
    // Not by assignment: `__proto__` is a key like any other.
    return Object.fromEntries(safe);
}
/** A Map, whose keys need not be text. */
function safeMap(entries, walk) {
    const texts = new Map(entries.map(([key, value]) => [isTextOrInteger(key) ? String(key) : key, value]));
    const keys = [...texts.keys()];
    if (keys.length === entries.length && keys.every((key) => typeof key === 'string')) {
        return safeObject(keys, (i) => texts.get(keys[i]), walk);
    }
    return safeList(entries, walk);
}
function isTextOrInteger(key) {
    return typeof key === 'string' || typeof key === 'bigint' || Number.isInteger(key);
}
