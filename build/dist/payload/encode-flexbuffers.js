/**
 * JavaScript value to FlexBuffers: for args and kwargs inside of FlatBuffers, and opaque payloads. The rules about
 * values are those of `encode-value.ts`, the bytes are in `flexbuffers-layout.ts`; here is which type a value gets:
 *
 * - Keys are shared and sorted by their bytes, strings are not shared, as with Google's own builder.
 * - Integers are INT in the narrowest width, beyond 2^63-1 UINT. A float has 32 bits when they hold it exactly.
 * - Numbers of 64 bits are indirect in containers: the other elements stay narrow, and the npm package (25.9) cannot
 *   read vectors that are 64 bits wide.
 * - Arrays are untyped vectors: the npm package reads typed ones beyond the end of the buffer. Only keys are typed.
 */
import { beginWalk, endWalk, isExactInteger, isPlainArray, isPlainObject, Kind, MAX_EXACT, toWellFormed, } from "./encode-value.js";
import { KeyMemory } from "./flexbuffers-keys.js";
import { Layout } from "./flexbuffers-layout.js";
import { utf8Length } from "./utf8.js";
/** The keys of former payloads; null while a payload is written that has them. */
let memory = null;
const owns = Object.prototype.hasOwnProperty;
/**
 * Writes one value to `out`. `path` names the value in errors (`args`). Throws EncodeError with UNENCODABLE (integers
 * beyond 64 bits, keys with NUL, and what no format has), BAD_UTF8, KEY_TYPE, CYCLE, DEPTH_LIMIT or SIZE_LIMIT, and
 * whatever a getter or `toJSON` of the application throws; the caller then resets `out`.
 */
export function encodeFlexbuffers(out, value, rules, path) {
    const walk = beginWalk('flexbuffers', rules, path);
    // Another payload may be encoded while we are: it begins without memories.
    const keys = memory ?? new KeyMemory();
    memory = null;
    const layout = new Layout(out, keys);
    if (!write(out, value, walk, layout))
        writeAbsent(walk, layout, false);
    layout.finish();
    endWalk(walk);
    memory = keys;
}
/** Adds the value; false when it is absent and nothing was added. */
function write(out, value, walk, layout) {
    // Not a switch: engines answer each of these questions with a look at the value, without making its type a text.
    if (typeof value === 'string')
        writeText(value, walk, layout);
    else if (typeof value === 'number') {
        if (isExactInteger(value))
            layout.addInteger(value, isRoot(walk));
        else
            layout.addFloat(value, isRoot(walk));
    }
    else if (typeof value === 'boolean')
        layout.addBoolean(value);
    else if (value === null)
        layout.addNull();
    else if (isPlainArray(value))
        writeArray(out, value, walk, layout);
    else if (typeof value === 'object' && isPlainObject(value))
        writePlain(out, value, walk, layout);
    else if (typeof value === 'bigint')
        writeBigInt(value, walk, layout);
    else
        return value !== undefined && writeObject(out, value, walk, layout);
    return true;
}
/** True while no container is open. */
function isRoot(walk) {
    return walk.depth === 0;
}
function writeObject(out, object, walk, layout) {
    const kind = walk.classify(object);
    const { value } = walk;
    switch (kind) {
        case Kind.ABSENT:
            return false;
        case Kind.SCALAR:
            return write(out, value, walk, layout);
        case Kind.FLOAT:
            layout.addFloat(value, isRoot(walk));
            return true;
        case Kind.BYTES:
            layout.addBlob(value);
            return true;
        case Kind.ARRAY:
            writeArray(out, value, walk, layout);
            return true;
        case Kind.MAP: {
            const { keys, values } = value;
            writeMap(out, keys, values, true, walk, layout);
            return true;
        }
        case Kind.OBJECT:
            writeMap(out, Object.keys(value), value, false, walk, layout);
            return true;
        case Kind.TAGGED:
            if (!walk.lenient)
                throw walk.noTagged(value);
            writeMap(out, ['tag', 'value'], value, false, walk, layout);
            return true;
    }
}
function writeBigInt(value, walk, layout) {
    if (value < -0x8000000000000000n || value > 0xffffffffffffffffn) {
        throw walk.noForm('an integer beyond 64 bits');
    }
    const isExact = value >= -MAX_EXACT && value <= MAX_EXACT;
    layout.addInteger(isExact ? Number(value) : value, isRoot(walk));
}
function writeText(text, walk, layout) {
    const length = utf8Length(text);
    if (length !== text.length)
        walk.checkText(text);
    layout.addText(text, length);
}
function writeArray(out, array, walk, layout) {
    const length = walk.arrayLength(array);
    const level = walk.enter(array);
    const first = layout.waiting;
    for (let i = 0; i < length; i++) {
        walk.steps[level] = i;
        if (!write(out, array[i], walk, layout))
            writeAbsent(walk, layout, !(i in array));
    }
    walk.leave();
    layout.closeArray(first);
}
function writeAbsent(walk, layout, isHole) {
    walk.absent(isHole);
    layout.addNull();
}
function writeMap(out, keys, source, isMap, walk, layout) {
    const level = walk.enter();
    const first = layout.waiting;
    let present = layout.noKeys;
    for (let i = 0; i < keys.length; i++) {
        const name = keys[i];
        walk.steps[level] = name;
        const value = isMap ? source[i] : source[name];
        if (value === undefined)
            continue;
        present = writeEntry(out, name, value, present, walk, layout);
    }
    walk.leave();
    layout.closeMap(first, present);
}
/** The same for a plain object: `for in` reads a value by the place that it has found the key at. */
function writePlain(out, object, walk, layout) {
    const level = walk.enter(object);
    const { steps } = walk;
    const first = layout.waiting;
    let present = layout.noKeys;
    for (const name in object) {
        // Free of charge for engines, in this very place and form.
        if (!owns.call(object, name))
            continue;
        const value = object[name];
        if (value === undefined)
            continue;
        steps[level] = name;
        present = writeEntry(out, name, value, present, walk, layout);
    }
    walk.leave();
    layout.closeMap(first, present);
}
/** Adds a value under its key; returns the keys of the map so far, without it when the value is absent. */
function writeEntry(out, name, value, present, walk, layout) {
    const key = walk.lenient ? toWellFormed(name) : name;
    const before = out.mark();
    const keys = layout.after(present, key);
    const isNew = !layout.hasKey(keys);
    if (isNew)
        writeKey(keys, key, walk, layout);
    if (write(out, value, walk, layout))
        return keys;
    if (isNew)
        layout.dropKey(keys, before);
    return present;
}
function writeKey(keys, key, walk, layout) {
    if (key.includes('\0'))
        throw walk.noForm('a key with NUL');
    if (layout.writeKey(keys) !== key.length)
        walk.checkText(key);
}
