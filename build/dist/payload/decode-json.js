/**
 * JSON (RFC 8259) to JavaScript value: the payload object calls it when somebody reads args or kwargs of a frame or
 * an opaque payload. Iterative, over bytes; the containers are in `decode-tree.ts`.
 *
 * It reads what `JSON.parse` cannot: integers beyond 2^53 exactly, and strings that begin with NUL as bytes. When the
 * kernel knows that a text has neither, `decodePlainJson` does it with `JSON.parse`.
 */
import { DEFAULT_POLICY } from "../limits.js";
import { strictDecoder } from "../text-coders.js";
import { OPENED, Tree } from "./decode-tree.js";
import { Reader } from "./decode-value.js";
import { MAX_EXACT } from "./encode-value.js";
import { LONE_SURROGATE } from "./utf8.js";
const QUOTE = 0x22;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const COMMA = 0x2c;
const COLON = 0x3a;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const UPPER_E = 0x45;
const LOWER_E = 0x65;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const BACKSLASH = 0x5c;
const OPEN_MAP = 0x7b;
const CLOSE_MAP = 0x7d;
const LOWER_U = 0x75;
/** Decimal digits that a byte of a big integer gives: log10(256). The kernel computes the same limit. */
const DIGITS_PER_BYTE = 2.40824;
const WORDS = new Map([
    [0x66, ['false', false]],
    [0x6e, ['null', null]],
    [0x74, ['true', true]],
]);
const ESCAPES = new Map([
    [0x22, '"'],
    [0x2f, '/'],
    [0x5c, '\\'],
    [0x62, '\b'],
    [0x66, '\f'],
    [0x6e, '\n'],
    [0x72, '\r'],
    [0x74, '\t'],
]);
/**
 * The one value that fills `bytes[start, end)`, white space around it allowed. Throws ProtocolError with TRUNCATED,
 * TRAILING_BYTES, BAD_UTF8 (lone surrogate escapes too), BAD_TOKEN (base64 too), BAD_NUMBER, DUPLICATE_KEY,
 * DEPTH_LIMIT, NODE_LIMIT or SIZE_LIMIT (an integer of more than 2.5 times `maxBigIntBytes` digits); its `offset` is an
 * index in `bytes`.
 */
export function decodeJson(bytes, start, end, rules) {
    const reader = new Reader('json', bytes, start, end, rules);
    const tree = new Tree(reader);
    for (;;) {
        let value = readItem(reader, tree);
        if (value === OPENED) {
            if (peek(reader) !== (tree.isMap ? CLOSE_MAP : CLOSE_ARRAY)) {
                if (tree.isMap)
                    readKey(reader, tree);
                continue;
            }
            reader.at++;
            value = tree.close();
        }
        // The value is whole; it may be the last one of several containers.
        for (;;) {
            if (tree.depth === 0) {
                skipSpace(reader);
                reader.finish();
                return value;
            }
            tree.add(value);
            const next = peek(reader);
            if (next === COMMA) {
                reader.at++;
                if (tree.isMap)
                    readKey(reader, tree);
                break;
            }
            if (next !== (tree.isMap ? CLOSE_MAP : CLOSE_ARRAY)) {
                throw unexpected(reader, tree.isMap ? 'a comma or }' : 'a comma or ]');
            }
            reader.at++;
            value = tree.close();
        }
    }
}
/**
 * The same for text that the kernel has found plain (`FLAG_PLAIN_JSON`): well-formed, within depth and node limits, no
 * integer beyond 2^53, no string that begins with NUL, and `maps`, `integers` and `duplicateKeys` at their defaults.
 * `JSON.parse` then gives exactly what `decodeJson` gives. Throws ProtocolError as `decodeJson` does.
 */
export function decodePlainJson(bytes, start, end) {
    try {
        return JSON.parse(strictDecoder().decode(bytes.subarray(start, end)));
    }
    catch {
        // Changed since it was checked. The careful decoder says what is wrong and where.
        return decodeJson(bytes, start, end, DEFAULT_POLICY);
    }
}
/** The text of the string that fills `bytes[start, end)`, also when it begins with NUL: keys are never bytes. */
export function decodeJsonText(bytes, start, end, rules) {
    const reader = new Reader('json', bytes, start, end, rules);
    if (peek(reader) !== QUOTE)
        throw unexpected(reader, 'a string');
    const text = readString(reader);
    reader.finish();
    return text;
}
function skipSpace(reader) {
    const { bytes, end } = reader;
    let { at } = reader;
    while (at < end) {
        const code = bytes[at];
        if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09)
            break;
        at++;
    }
    reader.at = at;
}
/** The next byte that is not white space, without taking it. Throws TRUNCATED at the end. */
function peek(reader) {
    skipSpace(reader);
    reader.need(1);
    return reader.bytes[reader.at];
}
function unexpected(reader, expected) {
    const code = reader.bytes[reader.at];
    const got = code > 0x20 && code < 0x7f ? String.fromCharCode(code) : `byte 0x${code.toString(16).padStart(2, '0')}`;
    return reader.fail('BAD_TOKEN', `expected ${expected}, got ${got}`);
}
/** A scalar, or OPENED. */
function readItem(reader, tree) {
    reader.countNode();
    const code = peek(reader);
    switch (code) {
        case QUOTE: {
            const offset = reader.at;
            const text = readString(reader);
            return text.charCodeAt(0) === 0 ? base64(reader, text, offset) : text;
        }
        case OPEN_ARRAY:
            return tree.openArray(-1, reader.at++);
        case OPEN_MAP:
            return tree.openMap(-1, reader.at++);
    }
    if (code === MINUS || isDigit(code))
        return readNumber(reader);
    return readWord(reader, code);
}
function readWord(reader, code) {
    const word = WORDS.get(code);
    if (word === undefined)
        throw unexpected(reader, 'a value');
    const [text, value] = word;
    for (let i = 1; i < text.length; i++) {
        reader.at++;
        reader.need(1);
        if (reader.bytes[reader.at] !== text.charCodeAt(i))
            throw unexpected(reader, text);
    }
    reader.at++;
    return value;
}
function readKey(reader, tree) {
    if (peek(reader) !== QUOTE)
        throw unexpected(reader, 'a string as map key');
    const offset = reader.at;
    tree.setKey(readString(reader), offset);
    if (peek(reader) !== COLON)
        throw unexpected(reader, 'a colon');
    reader.at++;
}
function isDigit(code) {
    return code !== undefined && code >= DIGIT_0 && code <= DIGIT_9;
}
/** Takes the digits; at least one must come. */
function skipDigits(reader, offset) {
    const { bytes, end } = reader;
    const first = reader.at;
    while (reader.at < end && isDigit(bytes[reader.at]))
        reader.at++;
    if (reader.at > first)
        return;
    reader.need(1);
    throw reader.fail('BAD_NUMBER', 'a digit is missing in a number', offset);
}
function readNumber(reader) {
    const { bytes, end } = reader;
    const offset = reader.at;
    const isNegative = bytes[offset] === MINUS;
    if (isNegative) {
        reader.at++;
        reader.need(1);
        if (!isDigit(bytes[reader.at]))
            throw unexpected(reader, 'a digit');
    }
    const first = reader.at;
    skipDigits(reader, offset);
    const digits = reader.at - first;
    if (digits > 1 && bytes[first] === DIGIT_0)
        throw reader.fail('BAD_NUMBER', 'a number begins with 0', offset);
    let isInteger = true;
    if (reader.at < end && bytes[reader.at] === POINT) {
        isInteger = false;
        reader.at++;
        skipDigits(reader, offset);
    }
    if (reader.at < end && (bytes[reader.at] === LOWER_E || bytes[reader.at] === UPPER_E)) {
        isInteger = false;
        reader.at++;
        if (reader.at < end && (bytes[reader.at] === PLUS || bytes[reader.at] === MINUS))
            reader.at++;
        skipDigits(reader, offset);
    }
    const limit = 1 + Math.floor(reader.rules.maxBigIntBytes * DIGITS_PER_BYTE);
    if (isInteger && digits > limit) {
        throw reader.fail('SIZE_LIMIT', `an integer of ${digits} digits, more than ${limit}`, offset);
    }
    const text = asciiText(reader, offset);
    const value = Number(text);
    if (isInteger) {
        if (value === 0 && isNegative)
            return value;
        // Strictly below: 2^53 is also what 2^53 + 1 rounds to.
        return Math.abs(value) < MAX_EXACT ? reader.integer(value) : reader.bigInteger(BigInt(text), offset);
    }
    if (!Number.isFinite(value))
        throw reader.fail('BAD_NUMBER', 'the number is beyond a double', offset);
    return reader.float(value);
}
/** The text from `offset` to the present position, which is known to be ASCII. */
function asciiText(reader, offset) {
    const count = reader.at - offset;
    reader.at = offset;
    return reader.text(count);
}
/** A string with its escapes resolved; the position is at its opening quote. */
function readString(reader) {
    const { bytes, end } = reader;
    let text = '';
    let start = ++reader.at;
    for (let at = start;; at++) {
        if (at >= end) {
            reader.at = end;
            reader.need(1);
        }
        const code = bytes[at];
        if (code >= 0x20 && code !== QUOTE && code !== BACKSLASH)
            continue;
        reader.at = start;
        const part = reader.text(at - start);
        text = text === '' ? part : text + part;
        if (code === QUOTE) {
            reader.at = at + 1;
            return text;
        }
        if (code !== BACKSLASH)
            throw reader.fail('BAD_TOKEN', 'a control character in a string', at);
        text += readEscape(reader);
        start = reader.at;
        at = start - 1;
    }
}
/** One escape, or two that make a pair; the position is at the backslash. */
function readEscape(reader) {
    const offset = reader.at++;
    const code = reader.u8();
    if (code !== LOWER_U) {
        const escaped = ESCAPES.get(code);
        if (escaped === undefined)
            throw reader.fail('BAD_TOKEN', 'an unknown escape in a string', offset);
        return escaped;
    }
    const unit = readHex(reader, offset);
    if (unit < 0xd800 || unit > 0xdfff)
        return String.fromCharCode(unit);
    if (unit < 0xdc00) {
        reader.need(1);
        if (reader.bytes[reader.at] === BACKSLASH) {
            reader.at++;
            if (reader.u8() === LOWER_U) {
                const low = readHex(reader, offset);
                if (low >= 0xdc00 && low <= 0xdfff)
                    return String.fromCharCode(unit, low);
            }
        }
    }
    throw reader.fail('BAD_UTF8', LONE_SURROGATE, offset);
}
function readHex(reader, offset) {
    let unit = 0;
    for (let i = 0; i < 4; i++) {
        const code = reader.u8();
        const lower = code | 0x20;
        const digit = isDigit(code) ? code - DIGIT_0 : lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
        if (digit < 0)
            throw reader.fail('BAD_TOKEN', 'an unknown escape in a string', offset);
        unit = (unit << 4) | digit;
    }
    return unit;
}
/**
 * The bytes of a string that begins with NUL: standard base64 with its padding (RFC 4648 section 4).
 * Spare bits in the last character are not looked at, as in the kernel.
 */
function base64(reader, text, offset) {
    const wrong = () => reader.fail('BAD_TOKEN', 'expected base64 after NUL', offset);
    const length = text.length - 1;
    if (length % 4 !== 0)
        throw wrong();
    const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
    const bytes = new Uint8Array((length / 4) * 3 - padding);
    let bits = 0;
    let at = 0;
    for (let i = 0; i < length; i++) {
        const isPadding = i >= length - padding;
        const digit = isPadding ? 0 : base64Digit(text.charCodeAt(i + 1));
        if (digit < 0)
            throw wrong();
        bits = (bits << 6) | digit;
        if (i % 4 !== 3)
            continue;
        // A typed array ignores what is written beyond its end: the padding.
        bytes[at++] = bits >> 16;
        bytes[at++] = (bits >> 8) & 0xff;
        bytes[at++] = bits & 0xff;
        bits = 0;
    }
    return bytes;
}
/** The six bits of a character, or -1. */
function base64Digit(code) {
    if (code >= 0x41 && code <= 0x5a)
        return code - 0x41;
    if (code >= 0x61 && code <= 0x7a)
        return code - 0x47;
    if (isDigit(code))
        return code + 4;
    return code === PLUS ? 62 : code === 0x2f ? 63 : -1;
}
