/**
 * JavaScript value to UBJSON, in both dialects: the payload object and the message writers call it, for args, kwargs
 * and options. The rules about values are those of `encode-value.ts`; here are only the bytes.
 *
 * They are those of the reference peer: integers in the shortest form, unsigned where there is one; floats of 64 bits
 * but for zero (`d`) and for the subnormal (`H`, exactly); text of one octet as `C`; containers
 * without counts and types. BJData is little-endian, draft 12 big-endian and without unsigned 16, 32 and 64 bits.
 */
import { beginWalk, endWalk, isExactInteger, isPlainArray, isPlainObject, Kind, } from "./encode-value.js";
import { KeyCache } from "./key-cache.js";
const NULL = 0x5a;
const TRUE = 0x54;
const FALSE = 0x46;
const INT_8 = 0x69;
const UINT_8 = 0x55;
const INT_16 = 0x49;
const UINT_16 = 0x75;
const INT_32 = 0x6c;
const UINT_32 = 0x6d;
const INT_64 = 0x4c;
const UINT_64 = 0x4d;
const FLOAT_32 = 0x64;
const FLOAT_64 = 0x44;
const HIGH_PRECISION = 0x48;
const CHAR = 0x43;
const TEXT = 0x53;
const BYTE = 0x42;
const TYPE = 0x24;
const COUNT = 0x23;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_MAP = 0x7b;
const CLOSE_MAP = 0x7d;
/**
 * Floats below this, the smallest normal one, go as decimal text. The reference peer has 2.2250738585072014e-308
 * as `D`.
 */
const SMALLEST_NORMAL = 2 ** -1022;
const BJDATA = {
    format: 'ubjson',
    isLittle: true,
    byte: BYTE,
    keys: /* @__PURE__ */ new KeyCache((out, key, walk) => writeSized(out, key, walk, true)),
};
const DRAFT_12 = {
    format: 'ubjson-draft12',
    isLittle: false,
    byte: UINT_8,
    keys: /* @__PURE__ */ new KeyCache((out, key, walk) => writeSized(out, key, walk, false)),
};
const owns = Object.prototype.hasOwnProperty;
/**
 * Writes one value to `out` as BJData. `path` names the value in errors (`args`). Throws EncodeError with UNENCODABLE,
 * BAD_UTF8, KEY_TYPE, CYCLE, DEPTH_LIMIT or SIZE_LIMIT, and whatever a getter or `toJSON` of the application throws;
 * the caller then resets `out`.
 */
export function encodeUbjson(out, value, rules, path) {
    encode(out, value, rules, path, BJDATA);
}
/** The same as UBJSON draft 12, which has no NaN and no infinities: UNENCODABLE, or null with the lenient rules. */
export function encodeUbjsonDraft12(out, value, rules, path) {
    encode(out, value, rules, path, DRAFT_12);
}
function encode(out, value, rules, path, dialect) {
    const walk = beginWalk(dialect.format, rules, path);
    if (!write(out, value, walk, dialect, dialect.keys.rootAt(path)))
        writeAbsent(out, walk, false);
    endWalk(walk);
}
/** Writes the value; false when it is absent and nothing was written. */
function write(out, value, walk, dialect, near) {
    // Not a switch: engines answer each of these questions with a look at the value, without making its type a text.
    if (typeof value === 'string')
        writeText(out, value, walk, dialect);
    else if (typeof value === 'number')
        writeNumber(out, value, walk, dialect);
    else if (typeof value === 'boolean')
        out.u8(value ? TRUE : FALSE);
    else if (value === null)
        out.u8(NULL);
    else if (isPlainArray(value))
        writeArray(out, value, walk, dialect, near);
    else if (typeof value === 'object' && isPlainObject(value))
        writePlain(out, value, walk, dialect, near);
    else if (typeof value === 'bigint')
        writeBigInt(out, value, dialect.isLittle);
    else
        return value !== undefined && writeObject(out, value, walk, dialect, near);
    return true;
}
function writeNumber(out, value, walk, dialect) {
    if (isExactInteger(value))
        writeInteger(out, value, dialect.isLittle);
    else
        writeFloat(out, value, walk, dialect);
}
function writeObject(out, object, walk, dialect, near) {
    const kind = walk.classify(object);
    const { value } = walk;
    switch (kind) {
        case Kind.ABSENT:
            return false;
        case Kind.SCALAR:
            return write(out, value, walk, dialect, near);
        case Kind.FLOAT:
            writeFloat(out, value, walk, dialect);
            return true;
        case Kind.BYTES:
            writeBytes(out, value, dialect);
            return true;
        case Kind.ARRAY:
            writeArray(out, value, walk, dialect, near);
            return true;
        case Kind.MAP: {
            const { keys, values } = value;
            writeMap(out, keys, values, true, walk, dialect, near);
            return true;
        }
        case Kind.OBJECT:
            writeMap(out, Object.keys(value), value, false, walk, dialect, near);
            return true;
        case Kind.TAGGED:
            if (!walk.lenient)
                throw walk.noTagged(value);
            writeMap(out, ['tag', 'value'], value, false, walk, dialect, near);
            return true;
    }
}
/** Writes an exact integer with its marker. Not negative in BJData: U, u, m, M; in draft 12: U, I, l, L. */
export function writeInteger(out, value, isLittle) {
    if (value >= 0) {
        if (value < 0x100) {
            out.u8(UINT_8);
            out.u8(value);
        }
        else if (value < (isLittle ? 0x1_0000 : 0x8000)) {
            out.u8(isLittle ? UINT_16 : INT_16);
            out.u16(value, isLittle);
        }
        else if (value < (isLittle ? 0x1_0000_0000 : 0x8000_0000)) {
            out.u8(isLittle ? UINT_32 : INT_32);
            out.u32(value, isLittle);
        }
        else {
            out.u8(isLittle ? UINT_64 : INT_64);
            writeWide(out, value, isLittle);
        }
    }
    else if (value >= -0x80) {
        out.u8(INT_8);
        out.u8(value & 0xff);
    }
    else if (value >= -0x8000) {
        out.u8(INT_16);
        out.u16(value & 0xffff, isLittle);
    }
    else if (value >= -0x8000_0000) {
        out.u8(INT_32);
        out.u32(value >>> 0, isLittle);
    }
    else {
        out.u8(INT_64);
        writeWide(out, value, isLittle);
    }
}
/** Bytes of a length as `writeInteger` writes it. */
function lengthBytes(length, isLittle) {
    return length < 0x100 ? 2 : length < (isLittle ? 0x1_0000 : 0x8000) ? 3 : 5;
}
/** 64 bits of an exact integer; floor makes the upper half of a negative one two's complement. */
function writeWide(out, value, isLittle) {
    const high = Math.floor(value / 0x1_0000_0000);
    const low = value - high * 0x1_0000_0000;
    out.u32(isLittle ? low : high >>> 0, isLittle);
    out.u32(isLittle ? high >>> 0 : low, isLittle);
}
function writeBigInt(out, value, isLittle) {
    if (value >= -0x80000000n && value <= 0xffffffffn) {
        writeInteger(out, Number(value), isLittle);
    }
    else if (value >= -0x8000000000000000n && value <= 0x7fffffffffffffffn) {
        out.u8(isLittle && value >= 0n ? UINT_64 : INT_64);
        out.u64(value, isLittle);
    }
    else if (isLittle && value >= 0n && value <= 0xffffffffffffffffn) {
        out.u8(UINT_64);
        out.u64(value, isLittle);
    }
    else {
        writeHigh(out, value.toString(), isLittle);
    }
}
function writeHigh(out, text, isLittle) {
    out.u8(HIGH_PRECISION);
    writeInteger(out, text.length, isLittle);
    out.ascii(text);
}
function writeFloat(out, value, walk, { isLittle }) {
    const magnitude = Math.abs(value);
    if (magnitude === 0) {
        out.u8(FLOAT_32);
        out.u32(1 / value < 0 ? 0x8000_0000 : 0, isLittle);
    }
    else if (magnitude < SMALLEST_NORMAL) {
        writeHigh(out, exactDecimal(value), isLittle);
    }
    else if (!isLittle && value - value !== 0) {
        if (!walk.lenient)
            throw walk.noForm(String(value));
        out.u8(NULL);
    }
    else {
        out.u8(FLOAT_64);
        out.f64(value, isLittle);
    }
}
/** All digits of a subnormal float, as Python's Decimal has them: it is an integer times 2^-1074. */
function exactDecimal(value) {
    let numerator = BigInt(Math.abs(value) / Number.MIN_VALUE);
    let power = 1074;
    while ((numerator & 1n) === 0n) {
        numerator >>= 1n;
        power--;
    }
    // n / 2^k = n * 5^k / 10^k.
    const digits = (numerator * 5n ** BigInt(power)).toString();
    return `${value < 0 ? '-' : ''}${digits[0]}.${digits.slice(1)}E${digits.length - 1 - power}`;
}
function writeText(out, text, walk, { isLittle }) {
    if (text.length === 1 && text.charCodeAt(0) < 0x80) {
        out.u8(CHAR);
        out.u8(text.charCodeAt(0));
        return;
    }
    out.u8(TEXT);
    writeSized(out, text, walk, isLittle);
}
/** Length and text: what a key is. */
function writeSized(out, text, walk, isLittle) {
    // The length of ASCII goes first; other text is longer.
    const head = out.mark();
    writeInteger(out, text.length, isLittle);
    const start = out.mark();
    const count = out.utf8(text);
    if (count === text.length)
        return;
    walk.checkText(text);
    const end = out.rewind(head, start, lengthBytes(count, isLittle));
    writeInteger(out, count, isLittle);
    out.resume(end);
}
function writeBytes(out, bytes, { byte, isLittle }) {
    out.u8(OPEN_ARRAY);
    out.u8(TYPE);
    out.u8(byte);
    out.u8(COUNT);
    writeInteger(out, bytes.length, isLittle);
    out.raw(bytes);
}
function writeArray(out, array, walk, dialect, near) {
    const length = walk.arrayLength(array);
    const level = walk.enter(array);
    out.u8(OPEN_ARRAY);
    for (let i = 0; i < length; i++) {
        walk.steps[level] = i;
        if (!write(out, array[i], walk, dialect, near))
            writeAbsent(out, walk, !(i in array));
    }
    out.u8(CLOSE_ARRAY);
    walk.leave();
}
function writeAbsent(out, walk, isHole) {
    walk.absent(isHole);
    out.u8(NULL);
}
function writeMap(out, keys, source, isMap, walk, dialect, near) {
    const level = walk.enter();
    out.u8(OPEN_MAP);
    for (let i = 0; i < keys.length; i++) {
        const key = keys[i];
        walk.steps[level] = key;
        const value = isMap ? source[i] : source[key];
        if (value === undefined)
            continue;
        const before = out.mark();
        writeSized(out, key, walk, dialect.isLittle);
        if (!write(out, value, walk, dialect, near))
            out.resume(before);
    }
    out.u8(CLOSE_MAP);
    walk.leave();
}
/** The same for a plain object: `for in` reads a value by the place that it has found the key at. */
function writePlain(out, object, walk, dialect, outer) {
    const level = walk.enter(object);
    const { steps } = walk;
    const { keys } = dialect;
    out.u8(OPEN_MAP);
    let near = keys.start(outer);
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
            near = keys.write(out, key, near, walk);
        }
        if (!write(out, value, walk, dialect, near))
            out.resume(before);
    }
    out.u8(CLOSE_MAP);
    walk.leave();
}
