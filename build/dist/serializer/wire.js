/**
 * A wire: one transport format with all that a serializer needs to read and write it. Each entry of the package lists
 * its wires in its edition (src/edition), so that a bundle holds the code of no other.
 */
import { CBOR_FORMAT, JSON_FORMAT, MSGPACK_FORMAT } from "../payload/format.js";
import { CBOR_HEADS, JSON_HEADS, MSGPACK_HEADS } from "./heads.js";
import { MessageWriter } from "./message-writer.js";
import { peekCbor, peekJson, peekMsgpack } from "./peek.js";
/** The wire of a list format without options. */
function listWire(name, format, rawSocketId, mimeType, heads, peek) {
    return {
        name,
        rawSocketId,
        mimeType,
        isBinary: name !== 'json',
        reader: null,
        format: () => format,
        writer: (_, policy) => new MessageWriter(format, heads, policy),
        peek,
    };
}
/** The wires of `wamp-codec/core`. */
export const CORE_WIRES = [
    listWire('json', JSON_FORMAT, 1, 'application/json', JSON_HEADS, peekJson),
    listWire('msgpack', MSGPACK_FORMAT, 2, 'application/x-msgpack', MSGPACK_HEADS, peekMsgpack),
    listWire('cbor', CBOR_FORMAT, 3, 'application/cbor', CBOR_HEADS, peekCbor),
];
