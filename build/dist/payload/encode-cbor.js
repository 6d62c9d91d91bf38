/**
 * JavaScript value to CBOR (RFC 8949): the payload object and the message writers call it, for args, kwargs and
 * options. The rules about values are those of `encode-value.ts`; here are only the bytes.
 *
 * Heads are the shortest, lengths definite. Floats are 64 bits (fb) except NaN f97e00 and the infinities f97c00 and
 * f9fc00, as the reference peer writes them. Integers beyond 64 bits are bignums (tags 2 and 3).
 */
import { beginWalk, endWalk, isExactInteger, isPlainArray, isPlainObject, Kind, } from "./encode-value.js";
import { KeyCache } from "./key-cache.js";
import { stepOf } from "./map-keys.js";
const UNSIGNED = 0x00;
const NEGATIVE = 0x20;
const BYTES = 0x40;
const TEXT = 0x60;
const ARRAY = 0x80;
const MAP = 0xa0;
const TAG = 0xc0;
const SIMPLE = 0xe0;
const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;
const HALF = 0xf9;
const DOUBLE = 0xfb;
const POSITIVE_BIGNUM_TAG = 0xc2;
const NEGATIVE_BIGNUM_TAG = 0xc3;
const KEYS = /* @__PURE__ */ new KeyCache(writeText);
const owns = Object.prototype.hasOwnProperty;
/**
 * Writes one value to `out`. `path` names the value in errors (`args`). Throws EncodeError with UNENCODABLE, BAD_UTF8,
 * KEY_TYPE, CYCLE, DEPTH_LIMIT or SIZE_LIMIT, and whatever a getter or `toJSON` of the application throws; the caller
 * then resets `out`.
 */
export function encodeCbor(out, value, rules, path) {
    const walk = beginWalk('cbor', rules, path);
    if (!write(out, value, walk, KEYS.rootAt(path)))
        writeAbsent(out, walk, false);
    endWalk(walk);
}
/** Writes the value; false when it is absent and nothing was written. */
function write(out, value, walk, near) {
    // Not a switch: engines answer each of these questions with a look at the value, without making its type a text.
    if (typeof value === 'string')
        writeText(out, value, walk);
    else if (typeof value === 'number')
        writeNumber(out, value);
    else if (typeof value === 'boolean')
        out.u8(value ? TRUE : FALSE);
    else if (value === null)
        out.u8(NULL);
    else if (isPlainArray(value))
        writeArray(out, value, walk, near);
    else if (typeof value === 'object' && isPlainObject(value))
        writePlain(out, value, walk, near);
    else if (typeof value === 'bigint')
        writeBigInt(out, value);
    else
        return value !== undefined && writeObject(out, value, walk, near);
    return true;
}
function writeObject(out, object, walk, near) {
    const kind = walk.classify(object);
    const { value } = walk;
    switch (kind) {
        case Kind.ABSENT:
            return false;
        case Kind.SCALAR:
            return write(out, value, walk, near);
        case Kind.FLOAT:
            writeFloat(out, value);
            return true;
        case Kind.BYTES: {
            const bytes = value;
            writeHead(out, BYTES, bytes.length);
            out.raw(bytes);
            return true;
        }
        case Kind.ARRAY:
            writeArray(out, value, walk, near);
            return true;
        case Kind.MAP: {
            const { keys, values } = value;
            writeMap(out, keys, values, true, walk, near);
            return true;
        }
        case Kind.OBJECT:
            writeMap(out, Object.keys(value), value, false, walk, near);
            return true;
        case Kind.TAGGED:
            writeTagged(out, value, walk, near);
            return true;
    }
}
/** The initial byte and the argument in its shortest form; `argument` is an integer of 0..2^53. */
function writeHead(out, major, argument) {
    out.reserve(3);
    const { bytes, at } = out;
    if (argument < 24) {
        bytes[at] = major | argument;
        out.at = at + 1;
    }
    else if (argument < 0x100) {
        bytes[at] = major | 24;
        bytes[at + 1] = argument;
        out.at = at + 2;
    }
    else if (argument < 0x1_0000) {
        bytes[at] = major | 25;
        bytes[at + 1] = argument >> 8;
        bytes[at + 2] = argument;
        out.at = at + 3;
    }
    else {
        writeLongHead(out, major, argument);
    }
}
function writeLongHead(out, major, argument) {
    if (argument < 0x1_0000_0000) {
        out.u8(major | 26);
        out.u32(argument);
    }
    else {
        out.u8(major | 27);
        out.u32(Math.floor(argument / 0x1_0000_0000));
        out.u32(argument % 0x1_0000_0000);
    }
}
function headBytes(argument) {
    return argument < 24 ? 1 : argument < 0x100 ? 2 : argument < 0x1_0000 ? 3 : 5;
}
function writeNumber(out, value) {
    // 32 bits, and not -0.
    if ((value | 0) === value && (value !== 0 || 1 / value > 0)) {
        if (value >= 0)
            writeHead(out, UNSIGNED, value);
        else
            writeHead(out, NEGATIVE, ~value);
    }
    else if (!isExactInteger(value)) {
        writeFloat(out, value);
    }
    else if (value >= 0) {
        writeHead(out, UNSIGNED, value);
    }
    else {
        writeHead(out, NEGATIVE, -1 - value);
    }
}
function writeFloat(out, value) {
    if (value - value === 0) {
        out.u8(DOUBLE);
        out.f64(value);
    }
    else {
        out.u8(HALF);
        out.u16(value > 0 ? 0x7c00 : value < 0 ? 0xfc00 : 0x7e00);
    }
}
function writeBigInt(out, value) {
    const isNegative = value < 0n;
    const argument = isNegative ? -1n - value : value;
    if (argument <= 0xffffffffn) {
        writeHead(out, isNegative ? NEGATIVE : UNSIGNED, Number(argument));
    }
    else if (argument <= 0xffffffffffffffffn) {
        out.u8((isNegative ? NEGATIVE : UNSIGNED) | 27);
        out.u64(argument);
    }
    else {
        // Through hexadecimal text: the only conversion of a BigInt that is linear in its length.
        const hex = argument.toString(16);
        const even = hex.length % 2 === 0 ? hex : `0${hex}`;
        out.u8(isNegative ? NEGATIVE_BIGNUM_TAG : POSITIVE_BIGNUM_TAG);
        writeHead(out, BYTES, even.length / 2);
        for (let i = 0; i < even.length; i += 2)
            out.u8(Number.parseInt(even.slice(i, i + 2), 16));
    }
}
function writeText(out, text, walk) {
    const { length } = text;
    if (length < 24) {
        // Most text is short and ASCII: the head is known before, and stays right.
        out.reserve(24);
        const { bytes, at } = out;
        let i = 0;
        for (let code = 0; i < length; i++) {
            code = text.charCodeAt(i);
            if (code >= 0x80)
                break;
            bytes[at + 1 + i] = code;
        }
        if (i === length) {
            bytes[at] = TEXT | length;
            out.at = at + 1 + length;
            return;
        }
    }
    // The head of the shortest possible text goes first; text that is not ASCII may need a longer one.
    const head = out.mark();
    writeHead(out, TEXT, length);
    const start = out.mark();
    const count = out.utf8(text);
    if (count === length)
        return;
    walk.checkText(text);
    rewriteHead(out, TEXT, head, start, count);
}
/** Replaces the head at mark `head`, whose content begins at mark `start`, by one with another argument. */
function rewriteHead(out, major, head, start, argument) {
    const end = out.rewind(head, start, headBytes(argument));
    writeHead(out, major, argument);
    out.resume(end);
}
function writeArray(out, array, walk, near) {
    const length = walk.arrayLength(array);
    const level = walk.enter(array);
    writeHead(out, ARRAY, length);
    for (let i = 0; i < length; i++) {
        walk.steps[level] = i;
        if (!write(out, array[i], walk, near))
            writeAbsent(out, walk, !(i in array));
    }
    walk.leave();
}
function writeAbsent(out, walk, isHole) {
    walk.absent(isHole);
    out.u8(NULL);
}
function writeMap(out, keys, source, isMap, walk, near) {
    const level = walk.enter();
    const head = out.mark();
    writeHead(out, MAP, keys.length);
    const start = out.mark();
    let count = 0;
    for (let i = 0; i < keys.length; i++) {
        const key = keys[i];
        walk.steps[level] = stepOf(key);
        const value = isMap
            ? source[i]
            : source[key];
        if (value === undefined)
            continue;
        const before = out.mark();
        if (typeof key === 'string')
            writeText(out, key, walk);
        else if (!write(out, key, walk, near))
            writeAbsent(out, walk, false);
        if (write(out, value, walk, near))
            count++;
        else
            out.resume(before);
    }
    if (count !== keys.length)
        rewriteHead(out, MAP, head, start, count);
    walk.leave();
}
/** The same for a plain object: `for in` reads a value by the place that it has found the key at. */
function writePlain(out, object, walk, outer) {
    const level = walk.enter(object);
    const { steps } = walk;
    const head = out.mark();
    out.u8(MAP);
    let near = KEYS.start(outer);
    let count = 0;
    for (const key in object) {
        // Free of charge for engines, in this very place and form.
        if (!owns.call(object, key))
            continue;
        const value = object[key];
        if (value === undefined)
            continue;
        steps[level] = key;
        const before = out.mark();
        const guess = near.next;
        if (guess !== null && guess.key === key) {
            out.words(guess.words, guess.byteLength);
            near = guess;
        }
        else {
            near = KEYS.write(out, key, near, walk);
        }
        if (write(out, value, walk, near))
            count++;
        else
            out.resume(before);
    }
    if (count < 24)
        out.bytes[out.index(head)] = MAP | count;
    else
        rewriteHead(out, MAP, head, head + 1, count);
    walk.leave();
}
function writeTagged(out, tagged, walk, near) {
    const { tag, kind } = tagged;
    if (kind === 'simple') {
        writeSimple(out, tag, walk);
        return;
    }
    if (kind === 'extension') {
        // What JSON.stringify makes of it, when the rules ask for that: an object with the two attributes.
        if (!walk.lenient)
            throw walk.noTagged(tagged);
        writeMap(out, ['tag', 'value'], tagged, false, walk, near);
        return;
    }
    if (tag < 0 || tag > 0xffffffffffffffffn || (typeof tag === 'number' && !isExactInteger(tag))) {
        throw walk.fail('UNENCODABLE', `a tag must be an integer of 0..2^64-1, got ${tag}`);
    }
    const level = walk.enter();
    walk.steps[level] = 'value';
    if (tag <= 0xffff_ffff) {
        writeHead(out, TAG, Number(tag));
    }
    else {
        out.u8(TAG | 27);
        out.u64(BigInt(tag));
    }
    if (!write(out, tagged.value, walk, near))
        writeAbsent(out, walk, false);
    walk.leave();
}
/** A simple value; those of two bytes begin at 32. */
function writeSimple(out, tag, walk) {
    const simple = Number(tag);
    if (simple < 0 || simple > 255 || (simple > 23 && simple < 32)) {
        throw walk.fail('UNENCODABLE', `a simple value must be 0..23 or 32..255, got ${tag}`);
    }
    if (simple < 24) {
        out.u8(SIMPLE | simple);
    }
    else {
        out.u8(SIMPLE | 24);
        out.u8(simple);
    }
}
