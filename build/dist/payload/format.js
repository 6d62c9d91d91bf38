/**
 * A payload format: its number in the kernel, its name, and the JavaScript codec of its values. Here are those that
 * every entry of the package has; `formats-full.ts` has the others. Adding a list format means a row there, a file in
 * assembly/formats and a wire in src/serializer; a format of payloads only needs no wire.
 */

import { decodeCbor } from "./decode-cbor.js";
import { decodeJson } from "./decode-json.js";
import { decodeMsgpack } from "./decode-msgpack.js";
import { isEmptyCbor, isEmptyJson, isEmptyMsgpack } from "./empty.js";
import { encodeCbor } from "./encode-cbor.js";
import { encodeJson } from "./encode-json.js";
import { encodeMsgpack } from "./encode-msgpack.js";
import { viewEncoded } from "./view-encoded.js";
export const JSON_FORMAT = {
    id: 1,
    name: 'json',
    decode: decodeJson,
    encode: encodeJson,
    isEmpty: isEmptyJson,
    view: viewEncoded,
};
export const MSGPACK_FORMAT = {
    id: 2,
    name: 'msgpack',
    decode: decodeMsgpack,
    encode: encodeMsgpack,
    // The extension of msgpackr.
    undefinedForm: [0xd4, 0, 0],
    isEmpty: isEmptyMsgpack,
    view: viewEncoded,
};
export const CBOR_FORMAT = {
    id: 3,
    name: 'cbor',
    decode: decodeCbor,
    encode: encodeCbor,
    undefinedForm: [0xf7],
    isEmpty: isEmptyCbor,
    view: viewEncoded,
};
/** The formats of `wamp-codec/core`. */
export const CORE_FORMATS = [JSON_FORMAT, MSGPACK_FORMAT, CBOR_FORMAT];
/** Rules under which a value is read for another format: nothing that plain values would lose is lost. */
export function exactRules(policy) {
    return { ...policy, maps: 'map', integers: 'auto', binary: 'view', floats: 'exact' };
}
/** Levels that a value of Options may stand under: the dictionary itself, and the tags that the kernel sees through. */
const LEVELS_AROUND = 9;
/** Rules under which attributes are read: plain data, whatever the codec does with payloads. */
export function attributeRules(policy) {
    const maxDepth = policy.maxDepth + LEVELS_AROUND;
    return {
        ...policy,
        maxDepth,
        integers: 'auto',
        maps: 'object',
        tags: 'plain',
        binary: 'copy',
        duplicateKeys: 'last',
        undefineds: policy.peers === 'lenient' ? 'absent' : 'null',
    };
}
