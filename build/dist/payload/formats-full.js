/** The formats that only the whole package has: both dialects of UBJSON, and FlexBuffers. */

import { decodeFlexbuffers } from "./decode-flexbuffers.js";
import { decodeUbjson, decodeUbjsonDraft12, isEmptyUbjson } from "./decode-ubjson.js";
import { isEmptyFlexbuffers } from "./empty.js";
import { encodeFlexbuffers } from "./encode-flexbuffers.js";
import { encodeUbjson, encodeUbjsonDraft12 } from "./encode-ubjson.js";
import { CBOR_FORMAT, JSON_FORMAT, MSGPACK_FORMAT, } from "./format.js";
import { BJDATA, DRAFT_12 } from "./ubjson-head.js";
import { viewEncoded } from "./view-encoded.js";
import { viewFlexbuffers } from "./view-flexbuffers.js";
export const UBJSON_FORMAT = {
    id: 4,
    name: 'ubjson',
    decode: decodeUbjson,
    encode: encodeUbjson,
    isEmpty: (bytes, start, end) => isEmptyUbjson('ubjson', BJDATA, bytes, start, end),
    view: viewEncoded,
};
export const UBJSON_DRAFT12_FORMAT = {
    id: 5,
    name: 'ubjson-draft12',
    decode: decodeUbjsonDraft12,
    encode: encodeUbjsonDraft12,
    isEmpty: (bytes, start, end) => isEmptyUbjson('ubjson-draft12', DRAFT_12, bytes, start, end),
    view: viewEncoded,
};
/** For payloads only: opaque ones, and args and kwargs inside of FlatBuffers. */
export const FLEXBUFFERS_FORMAT = {
    id: 6,
    name: 'flexbuffers',
    decode: decodeFlexbuffers,
    encode: encodeFlexbuffers,
    isEmpty: isEmptyFlexbuffers,
    view: viewFlexbuffers,
};
/** Every format by its name. */
export const FORMATS = {
    json: JSON_FORMAT,
    msgpack: MSGPACK_FORMAT,
    cbor: CBOR_FORMAT,
    ubjson: UBJSON_FORMAT,
    'ubjson-draft12': UBJSON_DRAFT12_FORMAT,
    flexbuffers: FLEXBUFFERS_FORMAT,
};
