/**
 * The writer of UBJSON heads in both dialects, for message-writer.ts. Containers have no counts: who writes them need
 * not know how many elements follow, and brackets end them.
 */
import { writeInteger } from "../payload/encode-ubjson.js";
import { sizedText } from "./heads.js";
const CHAR = 0x43;
const TEXT = 0x53;
const NULL = 0x5a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_MAP = 0x7b;
const CLOSE_MAP = 0x7d;
/** Writes in one byte order; `byteString` is what begins a byte string. */
function headsOf(isLittle, byteString) {
    const length = (out, value) => writeInteger(out, value, isLittle);
    return {
        list: (out) => out.u8(OPEN_ARRAY),
        separator() { },
        closeList: (out) => out.u8(CLOSE_ARRAY),
        id: length,
        null: (out) => out.u8(NULL),
        text(out, value) {
            if (value.length === 1 && value.charCodeAt(0) < 0x80) {
                out.u8(CHAR);
                out.u8(value.charCodeAt(0));
            }
            else {
                out.u8(TEXT);
                sizedText(out, value, length);
            }
        },
        bytes(out, value) {
            out.ascii(byteString);
            length(out, value.length);
            out.splice(value);
        },
        dict: (out) => out.u8(OPEN_MAP),
        key: (out, key) => sizedText(out, key, length),
        closeDict: (out) => out.u8(CLOSE_MAP),
    };
}
/** BJData. */
export const UBJSON_HEADS = headsOf(true, '[$B#');
/** UBJSON draft 12. */
export const UBJSON_DRAFT12_HEADS = headsOf(false, '[$U#');
