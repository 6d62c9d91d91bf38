/**
 * CBOR (RFC 8949) to JavaScript value: the payload object calls it when somebody reads args or kwargs of a frame or
 * an opaque payload. Iterative; the containers are in `decode-tree.ts`.
 *
 * Indefinite lengths are read, each chunk of text must be UTF-8 by itself. A key may be any value (docs/payloads.md).
 * Tags are dropped to their content, or are `Tagged` on request; bignums are integers always. `undefined` is null:
 * WAMP's data model has no other nothing. Simple values without a meaning are `Tagged`.
 */
import { OPENED, Tree } from "./decode-tree.js";
import { bigIntOf, Reader } from "./decode-value.js";
import { Tagged } from "./values.js";
const UNSIGNED = 0;
const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;
const MAP = 5;
const TAG = 6;
const INDEFINITE = 31;
const BREAK = 0xff;
const POSITIVE_BIGNUM = 2;
const NEGATIVE_BIGNUM = 3;
const KINDS = [
    'an unsigned integer',
    'a negative integer',
    'a byte string',
    'a string',
    'an array',
    'a map',
    'a tag',
    'a simple value or float',
];
/**
 * The one value that fills `bytes[start, end)`. Throws ProtocolError with TRUNCATED, TRAILING_BYTES, LENGTH_OVERRUN,
 * BAD_UTF8, BAD_TOKEN, BAD_NUMBER, DUPLICATE_KEY, DEPTH_LIMIT, NODE_LIMIT or SIZE_LIMIT (a bignum of more than
 * `maxBigIntBytes`); its `offset` is an index in `bytes`.
 */
export function decodeCbor(bytes, start, end, rules) {
    const reader = new Reader('cbor', bytes, start, end, rules);
    const tree = new Tree(reader);
    for (;;) {
        let value;
        let offset = reader.at;
        const isEnd = tree.left < 0 && offset < end && bytes[offset] === BREAK && !tree.isPair;
        if (tree.left === 0 || isEnd) {
            if (isEnd)
                reader.at++;
            value = tree.close();
            offset = tree.closedAt;
        }
        else {
            if (!tree.isKey)
                reader.countNode();
            value = tree.isKey ? readKey(reader, tree) : readItem(reader, tree);
            if (value === OPENED)
                continue;
        }
        if (tree.depth === 0) {
            reader.finish();
            return value;
        }
        tree.add(value, offset);
    }
}
/** A scalar, or OPENED. */
function readItem(reader, tree) {
    const offset = reader.at;
    const initial = reader.u8();
    const major = initial >> 5;
    const info = initial & 31;
    switch (major) {
        case UNSIGNED:
        case NEGATIVE:
            return readInteger(reader, major === NEGATIVE, info, offset);
        case BYTES:
            return info === INDEFINITE
                ? joinChunks(reader)
                : reader.binary(readLength(reader, info, major, 1, offset));
        case TEXT:
            return info === INDEFINITE ? joinText(reader) : reader.text(readLength(reader, info, major, 1, offset));
        case ARRAY:
            return tree.openArray(info === INDEFINITE ? -1 : readLength(reader, info, major, 1, offset), offset);
        case MAP:
            return tree.openMap(info === INDEFINITE ? -1 : readLength(reader, info, major, 2, offset), offset);
        case TAG:
            return readTag(reader, tree, info, offset);
        default:
            return readSimple(reader, info, offset);
    }
}
/** The argument up to 32 bits; -1 stands for 64 bits, which the caller reads. Throws BAD_TOKEN for reserved forms. */
function readArgument(reader, info, offset) {
    if (info < 24)
        return info;
    if (info === 24)
        return reader.u8();
    if (info === 25)
        return reader.u16();
    if (info === 26)
        return reader.u32();
    if (info === 27)
        return -1;
    throw reader.fail('BAD_TOKEN', `a reserved initial byte 0x${reader.bytes[offset].toString(16)}`, offset);
}
/** A length that fits in the rest when each of the things has at least `size` bytes. */
function readLength(reader, info, major, size, offset) {
    let length = readArgument(reader, info, offset);
    // Rounding beyond 2^53 does no harm: such a length never fits.
    if (length < 0)
        length = reader.u32() * 0x1_0000_0000 + reader.u32();
    reader.checkLength(length, size, KINDS[major], offset);
    return length;
}
function readInteger(reader, isNegative, info, offset) {
    const argument = readArgument(reader, info, offset);
    if (argument >= 0)
        return reader.integer(isNegative ? -1 - argument : argument);
    const high = reader.u32();
    const low = reader.u32();
    if (high < 0x20_0000) {
        const exact = high * 0x1_0000_0000 + low;
        return reader.integer(isNegative ? -1 - exact : exact);
    }
    const wide = (BigInt(high) << 32n) | BigInt(low);
    return reader.bigInteger(isNegative ? -1n - wide : wide, offset);
}
/** A key: a scalar, or OPENED. */
function readKey(reader, tree) {
    // Names are not counted.
    if (reader.bytes[reader.at] >> 5 !== TEXT)
        reader.countNode();
    reader.isKey = true;
    const key = readItem(reader, tree);
    reader.isKey = false;
    return key;
}
/** The head of the next chunk of an indefinite string: its length, or -1 for the break. */
function readChunk(reader, major) {
    const offset = reader.at;
    const initial = reader.u8();
    if (initial === BREAK)
        return -1;
    if (initial >> 5 !== major || (initial & 31) === INDEFINITE) {
        throw reader.fail('BAD_TOKEN', `expected a chunk of ${KINDS[major]}, got ${KINDS[initial >> 5]}`, offset);
    }
    return readLength(reader, initial & 31, major, 1, offset);
}
function joinText(reader) {
    let text = '';
    for (;;) {
        const length = readChunk(reader, TEXT);
        if (length < 0)
            return text;
        text += reader.text(length);
    }
}
function joinChunks(reader) {
    // Measured first, so that a million chunks of one byte cost one array and one copy.
    const start = reader.at;
    let total = 0;
    for (let length = readChunk(reader, BYTES); length >= 0; length = readChunk(reader, BYTES)) {
        total += length;
        reader.at += length;
    }
    const joined = new Uint8Array(total);
    reader.at = start;
    let at = 0;
    for (let length = readChunk(reader, BYTES); length >= 0; length = readChunk(reader, BYTES)) {
        joined.set(reader.bytes.subarray(reader.at, reader.at + length), at);
        reader.at += length;
        at += length;
    }
    return joined;
}
function readTag(reader, tree, info, offset) {
    let tag = readArgument(reader, info, offset);
    if (tag < 0) {
        const wide = (BigInt(reader.u32()) << 32n) | BigInt(reader.u32());
        tag = wide <= Number.MAX_SAFE_INTEGER ? Number(wide) : wide;
    }
    if (tag === POSITIVE_BIGNUM || tag === NEGATIVE_BIGNUM)
        return readBignum(reader, tag, offset);
    return tree.openTag(tag, offset);
}
/** The content of tag 2 or 3 (RFC 8949 section 3.4.3). */
function readBignum(reader, tag, offset) {
    const initial = reader.u8();
    const info = initial & 31;
    if (initial >> 5 !== BYTES) {
        throw reader.fail('BAD_TOKEN', `expected a byte string in a bignum, got ${KINDS[initial >> 5]}`, offset);
    }
    const limit = reader.rules.maxBigIntBytes;
    const digits = info === INDEFINITE ? joinChunks(reader) : reader.binary(readLength(reader, info, BYTES, 1, offset));
    if (digits.length > limit) {
        throw reader.fail('SIZE_LIMIT', `a bignum of ${digits.length} bytes, more than ${limit}`, offset);
    }
    const value = bigIntOf(digits);
    return reader.bigInteger(tag === POSITIVE_BIGNUM ? value : -1n - value, offset);
}
function readSimple(reader, info, offset) {
    switch (info) {
        case 20:
            return false;
        case 21:
            return true;
        case 22:
            return null;
        case 23:
            return reader.nothing();
        case 25:
            return reader.float(halfFloat(reader.u16()));
        case 26:
            return reader.float(reader.f32());
        case 27:
            return reader.float(reader.f64());
        case INDEFINITE:
            throw reader.fail('BAD_TOKEN', 'a break that ends nothing', offset);
    }
    const simple = readArgument(reader, info, offset);
    if (info === 24 && simple < 32)
        throw reader.fail('BAD_TOKEN', `simple value ${simple} in two bytes`, offset);
    return new Tagged(simple, null, 'simple');
}
/** A 16-bit float (IEEE 754 binary16) by its bits. */
export function halfFloat(bits) {
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 0x3ff;
    const sign = bits & 0x8000 ? -1 : 1;
    if (exponent === 0)
        return sign * fraction * 2 ** -24;
    if (exponent === 31)
        return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    return sign * (fraction + 0x400) * 2 ** (exponent - 25);
}
