/**
 * MsgPack to JavaScript value: the payload object calls it when somebody reads args or kwargs of a frame or an opaque
 * payload. Iterative; the containers are in `decode-tree.ts`.
 *
 * Extensions, the timestamp too, are `Tagged` with their type and bytes. A key may be any value (docs/payloads.md). A
 * form longer than needed is read.
 */
import { OPENED, Tree } from "./decode-tree.js";
import { Reader } from "./decode-value.js";
import { Tagged } from "./values.js";
/**
 * The one value that fills `bytes[start, end)`. Throws ProtocolError with TRUNCATED, TRAILING_BYTES, LENGTH_OVERRUN,
 * BAD_UTF8, BAD_TOKEN, BAD_NUMBER, DUPLICATE_KEY, DEPTH_LIMIT or NODE_LIMIT; its `offset` is an index in `bytes`.
 */
export function decodeMsgpack(bytes, start, end, rules) {
    const reader = new Reader('msgpack', bytes, start, end, rules);
    const tree = new Tree(reader);
    for (;;) {
        let value;
        let offset = reader.at;
        if (tree.left === 0) {
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
    const code = reader.u8();
    if (code < 0x80)
        return reader.integer(code);
    if (code < 0x90)
        return openMap(reader, tree, code & 15, offset);
    if (code < 0xa0)
        return openArray(reader, tree, code & 15, offset);
    if (code < 0xc0)
        return readText(reader, code & 31, offset);
    if (code >= 0xe0)
        return reader.integer(code - 0x100);
    switch (code) {
        case 0xc0:
            return null;
        case 0xc2:
            return false;
        case 0xc3:
            return true;
        case 0xc4:
            return readBytes(reader, reader.u8(), offset);
        case 0xc5:
            return readBytes(reader, reader.u16(), offset);
        case 0xc6:
            return readBytes(reader, reader.u32(), offset);
        case 0xc7:
            return readExtension(reader, reader.u8(), offset);
        case 0xc8:
            return readExtension(reader, reader.u16(), offset);
        case 0xc9:
            return readExtension(reader, reader.u32(), offset);
        case 0xca:
            return reader.float(reader.f32());
        case 0xcb:
            return reader.float(reader.f64());
        case 0xcc:
            return reader.integer(reader.u8());
        case 0xcd:
            return reader.integer(reader.u16());
        case 0xce:
            return reader.integer(reader.u32());
        case 0xcf:
            return readWide(reader, reader.u32(), offset);
        case 0xd0:
            return reader.integer((reader.u8() << 24) >> 24);
        case 0xd1:
            return reader.integer((reader.u16() << 16) >> 16);
        case 0xd2:
            return reader.integer(reader.u32() | 0);
        case 0xd3:
            return readWide(reader, reader.u32() | 0, offset);
        case 0xd4:
        case 0xd5:
        case 0xd6:
        case 0xd7:
        case 0xd8:
            return readExtension(reader, 1 << (code - 0xd4), offset);
        case 0xd9:
            return readText(reader, reader.u8(), offset);
        case 0xda:
            return readText(reader, reader.u16(), offset);
        case 0xdb:
            return readText(reader, reader.u32(), offset);
        case 0xdc:
            return openArray(reader, tree, reader.u16(), offset);
        case 0xdd:
            return openArray(reader, tree, reader.u32(), offset);
        case 0xde:
            return openMap(reader, tree, reader.u16(), offset);
        case 0xdf:
            return openMap(reader, tree, reader.u32(), offset);
        default:
            // 0xc1, the one code that the specification never uses.
            throw reader.fail('BAD_TOKEN', 'the reserved byte 0xc1', offset);
    }
}
/** A 64-bit integer whose upper half is given: unsigned or, for d3, signed. */
function readWide(reader, high, offset) {
    const low = reader.u32();
    if (high < 0x20_0000 && high >= -0x20_0000)
        return reader.integer(high * 0x1_0000_0000 + low);
    return reader.bigInteger((BigInt(high) << 32n) | BigInt(low), offset);
}
function readText(reader, length, offset) {
    reader.checkLength(length, 1, 'a string', offset);
    return reader.text(length);
}
function readBytes(reader, length, offset) {
    reader.checkLength(length, 1, 'a byte string', offset);
    return reader.binary(length);
}
function readExtension(reader, length, offset) {
    if (reader.rules.peers === 'lenient' && isUndefined(reader, offset)) {
        reader.at += 2;
        return reader.nothing();
    }
    const type = (reader.u8() << 24) >> 24;
    reader.checkLength(length, 1, 'an extension', offset);
    return new Tagged(type, reader.binary(length), 'extension');
}
/** True for the extension by which msgpackr means `undefined`: type 0 with the byte 0. */
function isUndefined({ bytes, end }, offset) {
    return end - offset >= 3 && bytes[offset] === 0xd4 && bytes[offset + 1] === 0 && bytes[offset + 2] === 0;
}
function openArray(reader, tree, count, offset) {
    reader.checkLength(count, 1, 'an array', offset);
    return tree.openArray(count, offset);
}
function openMap(reader, tree, count, offset) {
    reader.checkLength(count, 2, 'a map', offset);
    return tree.openMap(count, offset);
}
/** A key: a scalar, or OPENED. */
function readKey(reader, tree) {
    const code = reader.bytes[reader.at];
    const isText = (code >= 0xa0 && code < 0xc0) || (code >= 0xd9 && code < 0xdc);
    // Names are not counted.
    if (!isText)
        reader.countNode();
    reader.isKey = true;
    const key = readItem(reader, tree);
    reader.isKey = false;
    return key;
}
