/**
 * JavaScript value to MsgPack: the payload object and the message writers call it, for args, kwargs and options.
 * The rules about values are those of `encode-value.ts`; here are only the bytes.
 *
 * Every form is the shortest; an integer that is not negative is always of the unsigned family (cc, cd, ce, cf), a
 * float always has 64 bits (cb), as the reference peer writes them. `Tagged` with a type of -128..127 and bytes is an
 * extension, whatever it was before.
 */
import { beginWalk, endWalk, isExactInteger, isPlainArray, isPlainObject, Kind, } from "./encode-value.js";
import { KeyCache } from "./key-cache.js";
import { stepOf } from "./map-keys.js";
const FIX_MAP = 0x80;
const FIX_ARRAY = 0x90;
const FIX_TEXT = 0xa0;
const NULL = 0xc0;
const FALSE = 0xc2;
const TRUE = 0xc3;
const BYTES_8 = 0xc4;
const EXT_8 = 0xc7;
const FLOAT_64 = 0xcb;
const UINT_8 = 0xcc;
const UINT_16 = 0xcd;
const UINT_32 = 0xce;
const UINT_64 = 0xcf;
const INT_8 = 0xd0;
const INT_16 = 0xd1;
const INT_32 = 0xd2;
const INT_64 = 0xd3;
const FIXEXT_1 = 0xd4;
const TEXT_8 = 0xd9;
const ARRAY_16 = 0xdc;
const MAP_16 = 0xde;
const KEYS = /* @__PURE__ */ new KeyCache(writeText);
const owns = Object.prototype.hasOwnProperty;
/**
 * Writes one value to `out`. `path` names the value in errors (`args`). Throws EncodeError with UNENCODABLE, BAD_UTF8,
 * KEY_TYPE, CYCLE, DEPTH_LIMIT or SIZE_LIMIT, and whatever a getter or `toJSON` of the application throws; the caller
 * then resets `out`.
 */
export function encodeMsgpack(out, value, rules, path) {
    const walk = beginWalk('msgpack', rules, path);
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
        writeBigInt(out, value, walk);
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
            writeSized(out, BYTES_8, bytes.length);
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
function writeNumber(out, value) {
    // Small and not -0, 32 bits, or up to 2^53.
    if (value > 0 && value < 0x80 && (value | 0) === value)
        out.u8(value);
    else if (isExactInteger(value))
        writeInteger(out, value);
    else
        writeFloat(out, value);
}
function writeInteger(out, value) {
    if (value >= 0) {
        if (value < 0x80) {
            out.u8(value);
        }
        else if (value < 0x100) {
            out.u8(UINT_8);
            out.u8(value);
        }
        else if (value < 0x1_0000) {
            out.u8(UINT_16);
            out.u16(value);
        }
        else if (value < 0x1_0000_0000) {
            out.u8(UINT_32);
            out.u32(value);
        }
        else {
            out.u8(UINT_64);
            writeWide(out, value);
        }
    }
    else if (value >= -0x20) {
        out.u8(value & 0xff);
    }
    else if (value >= -0x80) {
        out.u8(INT_8);
        out.u8(value & 0xff);
    }
    else if (value >= -0x8000) {
        out.u8(INT_16);
        out.u16(value & 0xffff);
    }
    else if (value >= -0x8000_0000) {
        out.u8(INT_32);
        out.u32(value >>> 0);
    }
    else {
        out.u8(INT_64);
        writeWide(out, value);
    }
}
/** 64 bits of an exact integer; floor makes the upper half of a negative one two's complement. */
function writeWide(out, value) {
    const high = Math.floor(value / 0x1_0000_0000);
    out.u32(high >>> 0);
    out.u32(value - high * 0x1_0000_0000);
}
function writeFloat(out, value) {
    out.u8(FLOAT_64);
    out.f64(value);
}
function writeBigInt(out, value, walk) {
    if (value >= -0x80000000n && value <= 0xffffffffn) {
        writeInteger(out, Number(value));
    }
    else if (value >= -0x8000000000000000n && value <= 0xffffffffffffffffn) {
        out.u8(value < 0n ? INT_64 : UINT_64);
        out.u64(value);
    }
    else {
        throw walk.noForm('an integer beyond 64 bits');
    }
}
function writeText(out, text, walk) {
    const { length } = text;
    if (length < 32) {
        // Most text is short and ASCII: the head is known before, and stays right.
        out.reserve(32);
        const { bytes, at } = out;
        let i = 0;
        for (let code = 0; i < length; i++) {
            code = text.charCodeAt(i);
            if (code >= 0x80)
                break;
            bytes[at + 1 + i] = code;
        }
        if (i === length) {
            bytes[at] = FIX_TEXT | length;
            out.at = at + 1 + length;
            return;
        }
    }
    // The head of the shortest possible text goes first; text that is not ASCII may need a longer one.
    const head = out.mark();
    writeTextHead(out, length);
    const start = out.mark();
    const count = out.utf8(text);
    if (count === length)
        return;
    walk.checkText(text);
    const end = out.rewind(head, start, count < 32 ? 1 : count < 0x100 ? 2 : count < 0x1_0000 ? 3 : 5);
    writeTextHead(out, count);
    out.resume(end);
}
function writeTextHead(out, count) {
    if (count < 32)
        out.u8(FIX_TEXT | count);
    else
        writeSized(out, TEXT_8, count);
}
/** A length of 8, 16 or 32 bits after the first, second or third of three neighbouring codes. */
function writeSized(out, code8, count) {
    if (count < 0x100) {
        out.u8(code8);
        out.u8(count);
    }
    else {
        writeCounted(out, code8 + 1, count);
    }
}
/** A length of 16 or 32 bits after the first or second of two neighbouring codes. */
function writeCounted(out, code16, count) {
    if (count < 0x1_0000) {
        out.u8(code16);
        out.u16(count);
    }
    else {
        out.u8(code16 + 1);
        out.u32(count);
    }
}
function writeArray(out, array, walk, near) {
    const length = walk.arrayLength(array);
    const level = walk.enter(array);
    if (length < 16)
        out.u8(FIX_ARRAY | length);
    else
        writeCounted(out, ARRAY_16, length);
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
    writeMapHead(out, keys.length);
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
        rewriteMapHead(out, head, start, count);
    walk.leave();
}
/** Replaces the head at mark `head`, whose content begins at mark `start`, by one of another count. */
function rewriteMapHead(out, head, start, count) {
    const end = out.rewind(head, start, count < 16 ? 1 : count < 0x1_0000 ? 3 : 5);
    writeMapHead(out, count);
    out.resume(end);
}
/** The same for a plain object: `for in` reads a value by the place that it has found the key at. */
function writePlain(out, object, walk, outer) {
    const level = walk.enter(object);
    const { steps } = walk;
    const head = out.mark();
    out.u8(FIX_MAP);
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
    if (count < 16)
        out.bytes[out.index(head)] = FIX_MAP | count;
    else
        rewriteMapHead(out, head, head + 1, count);
    walk.leave();
}
function writeMapHead(out, count) {
    if (count < 16)
        out.u8(FIX_MAP | count);
    else
        writeCounted(out, MAP_16, count);
}
function writeTagged(out, tagged, walk, near) {
    const type = Number(tagged.tag);
    const isBytes = tagged.kind !== 'simple' && walk.classify(tagged.value) === Kind.BYTES;
    if (!isBytes || type < -128 || type > 127) {
        // What JSON.stringify makes of it, when the rules ask for that: an object with the two attributes.
        if (walk.lenient) {
            walk.classify(tagged);
            writeMap(out, ['tag', 'value'], tagged, false, walk, near);
            return;
        }
        if (tagged.kind === 'simple')
            throw walk.noTagged(tagged);
        throw walk.noForm('a Tagged that is not a type of -128..127 with bytes');
    }
    const bytes = walk.value;
    const count = bytes.length;
    // 1, 2, 4, 8 and 16 bytes have a code of their own.
    if (count <= 16 && count > 0 && (count & (count - 1)) === 0)
        out.u8(FIXEXT_1 + 31 - Math.clz32(count));
    else
        writeSized(out, EXT_8, count);
    out.u8(type & 0xff);
    out.raw(bytes);
}
