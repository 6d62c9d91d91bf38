/**
 * The head of a message as numbers in an array of the caller's: for routers that want no object for a message. The
 * layout of what `serializer.scanInto(frame, record)` fills; bytes count from the first of the frame.
 *
 *     0 type    1 request type   2 URI ref   3 URI class   4 flags   5 payload mode
 *     6 first id (two words)     8 second id (two words)
 *     10 URI    12 args          14 kwargs   (start and end each)
 */
import { nameOf, wrongArgument } from "../arguments.js";
import { typedArrayName } from "../brand.js";

import { TABLES } from "../message/tables.js";
/** The message code, as in `MessageType`. */
export const HEAD_TYPE = 0;
/** ERROR: the code of the request that failed; 0 otherwise. */
export const HEAD_REQUEST_TYPE = 1;
/** The number of the interned URI, as in `message.topicRef` and `codec.internUri`; -1 without one. */
export const HEAD_URI_REF = 2;
/** The rules that the URI keeps, a bit each: HEAD_URI_LOOSE and HEAD_URI_STRICT; 0 without one. */
export const HEAD_URI_CLASS = 3;
/** What else there is: HEAD_HAS_... */
export const HEAD_FLAGS = 4;
/** What the payload is: HEAD_PAYLOAD_... */
export const HEAD_PAYLOAD = 5;
/**
 * The first id of the list (mostly the request, for EVENT the subscription), and the second one. In an Int32Array the
 * low 32 bits and the rest, which `headId` puts together; in a Float64Array the whole id and 0. 0 for none.
 */
export const HEAD_FIRST_ID = 6;
export const HEAD_SECOND_ID = 8;
/** The encoded URI (or reason, or signature); -1 and -1 for none. */
export const HEAD_URI_START = 10;
export const HEAD_URI_END = 11;
/** The encoded args, or opaque payload; start equals end for none. Unchecked: the rest of the list. */
export const HEAD_ARGS_START = 12;
export const HEAD_ARGS_END = 13;
/** The encoded kwargs; start equals end for none. */
export const HEAD_KWARGS_START = 14;
export const HEAD_KWARGS_END = 15;
/** Numbers in a record. */
export const HEAD_RECORD_WORDS = 16;
/** In HEAD_URI_CLASS: the URI keeps the loose rules, or the strict ones too. */
export const HEAD_URI_LOOSE = 1;
export const HEAD_URI_STRICT = 8;
/** In HEAD_FLAGS: Options or Details have keys that WAMP does not define. */
export const HEAD_HAS_CUSTOM = 1;
/** In HEAD_FLAGS: there are values or attributes that only `decode` checks, such as closed sets of words. */
export const HEAD_HAS_MORE = 2;
/** In HEAD_FLAGS: Options or Details are not empty. */
export const HEAD_HAS_OPTIONS = 1 << 8;
/** In HEAD_PAYLOAD. Unchecked: lists of args, whose end is not known without a look at all of it. */
export const HEAD_PAYLOAD_NONE = 0;
export const HEAD_PAYLOAD_ARGS = 1;
export const HEAD_PAYLOAD_ENC = 2;
export const HEAD_PAYLOAD_PPT = 3;
export const HEAD_PAYLOAD_UNCHECKED = 4;
/** Throws TypeError for what cannot be a head record; `where` names the argument. */
export function checkHeadRecord(where, record) {
    const name = typedArrayName(record);
    if (name === 'Int32Array' || name === 'Float64Array')
        return;
    throw wrongArgument(where, 'an Int32Array or Float64Array', record);
}
/** The id at HEAD_FIRST_ID or HEAD_SECOND_ID, 0 to 2^53. */
export function headId(record, place) {
    checkHeadRecord('headId', record);
    if (place !== HEAD_FIRST_ID && place !== HEAD_SECOND_ID) {
        throw new RangeError(`headId: expected HEAD_FIRST_ID or HEAD_SECOND_ID, got ${nameOf(place)}`);
    }
    const low = record[place];
    return typedArrayName(record) === 'Float64Array'
        ? low
        : (low >>> 0) + record[place + 1] * 0x1_0000_0000;
}
const ID_COUNTS = /* @__PURE__ */ TABLES.map(({ positions }) => positions.filter(({ kind }) => kind === 'id').length);
/** Copies what the kernel has found, `base` bytes from the start of the frame. Returns the message code. */
export function fillHeadRecord(kernel, out, base) {
    const { words, record, ids, firstId } = kernel;
    const form = words[record + 1];
    const type = TABLES[form].code;
    const count = ID_COUNTS[form];
    out[HEAD_TYPE] = type;
    out[HEAD_REQUEST_TYPE] = words[record + 4];
    out[HEAD_URI_REF] = words[record + 5];
    out[HEAD_URI_CLASS] = words[record + 8];
    const options = words[record + 3] > 0 ? HEAD_HAS_OPTIONS : 0;
    out[HEAD_FLAGS] =
        (words[record + 2] & (1 | 2)) | options;
    out[HEAD_PAYLOAD] = words[record + 9];
    putId(out, HEAD_FIRST_ID, count > 0 ? ids[firstId] : 0);
    putId(out, HEAD_SECOND_ID, count > 1 ? ids[firstId + 1] : 0);
    const hasText = words[record + 6] >= 0;
    for (let i = 0; i < 2; i++) {
        const text = words[record + 6 + i];
        out[HEAD_URI_START + i] = hasText ? base + text : -1;
    }
    for (let i = 0; i < 4; i++) {
        out[HEAD_ARGS_START + i] = base + words[record + 10 + i];
    }
    return type;
}
function putId(out, place, id) {
    if (typedArrayName(out) === 'Float64Array') {
        out[place] = id;
        out[place + 1] = 0;
    }
    else {
        out[place] = id >>> 0;
        out[place + 1] = Math.floor(id / 0x1_0000_0000);
    }
}
