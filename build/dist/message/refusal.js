/**
 * The errors of refused frames: what the kernel left in its record, in words. *cannot decode PUBLISH from cbor:
 * expected a string for topic, got an array (byte 14)*. Built only when something is thrown.
 */
import { ERROR_CODES, InvalidUriError, PayloadRuleError, ProtocolError } from "../errors.js";

import { complaint } from "../payload/complaint.js";
import { attributeRules } from "../payload/format.js";
import { complaintOf, hasParts } from "./check.js";
import { ENC_ALGO, REQUEST_TYPES } from "./table.js";
import { TABLES } from "./tables.js";
const WANTED = {
    [1]: 'a boolean',
    [2]: 'an integer',
    [3]: 'an integer from 0',
    [4]: 'an id (0 to 2^53)',
    [5]: 'a string',
    [6]: 'a string or null',
    [7]: 'a dictionary',
    [8]: 'a dictionary or null',
    [9]: 'a list of integers',
    [10]: 'a list of strings',
    [11]: 'a list of { session, authid, authrole }',
    [12]: 'the code of a request',
    [13]: 'a string',
    [14]: 'a string or null',
    [17]: 'a list',
    [19]: 'a known message code',
    [20]: 'a list',
    [21]: 'nothing after the payload',
};
const FOUND = {
    [1]: 'null',
    [2]: 'a boolean',
    [3]: 'a boolean',
    [4]: 'an integer',
    [5]: 'a negative integer',
    [6]: 'a big integer',
    [7]: 'a float',
    [8]: 'a string',
    [9]: 'bytes',
    [10]: 'an array',
    [11]: 'a dictionary',
    [12]: 'an extension or simple value',
};
/** The name of a field of the record, for this message. */
export function fieldName(table, field) {
    switch (field) {
        case 80:
            return 'args';
        case 81:
            return 'kwargs';
        case 82:
            return 'payload';
        case 84:
            return 'a custom key';
        case 85:
            return 'the list';
        case 64:
            return 'type';
    }
    if (field === 83) {
        return table?.positions.find(({ kind }) => kind.startsWith('options'))?.attribute ?? 'options';
    }
    if (field > 64)
        return table?.positions[field - 64 - 1]?.attribute ?? 'the list';
    return table?.options[field]?.attribute ?? 'the list';
}
/**
 * The error for the message that the kernel has just refused with `status`; it begins at `base` in the frame. `list` is
 * null for a frame that is no list.
 */
export function refusalOf(kernel, status, format, policy, base, list) {
    const word = (place) => kernel.words[kernel.record + place];
    const code = ERROR_CODES[status - 1] ?? 'BAD_MESSAGE';
    const table = TABLES[word(1)];
    const field = fieldName(table, word(15));
    let path = field;
    const want = word(16);
    const errorAt = word(14);
    // Beside a list only FlatBuffers has texts, and no escapes in them.
    const said = complaint(code, policy, kernel, (list?.at ?? 0) + errorAt);
    let text = code === 'TRAILING_BYTES' ? said : `${said} in ${field}`;
    if (code === 'BAD_MESSAGE') {
        const found = FOUND[word(17)] ?? 'nothing';
        text = `expected ${WANTED[want]}${want === 17 ? '' : ` for ${field}`}, got ${found}`;
        if (want === 18 && table !== undefined)
            text = wrongLength(table);
        else if (want === 19 && word(17) === 4) {
            text = `${word(0)} is no message code`;
        }
        else if (want === 12 && word(17) === 4) {
            text = `expected the code of a request for ${field}, got another number`;
        }
        else if (want === 4 && word(17) === 4) {
            text = `expected an id (0 to 2^53) for ${field}, got a larger number`;
        }
        else if (want === 20 && hasEncAlgo(kernel, table)) {
            text = `expected a list, or bytes that enc_algo describes, for ${field}, got ${found}`;
        }
        else if (table !== undefined && list !== null) {
            const complaint = refusedOption(kernel, table, list, policy);
            if (complaint !== null)
                ({ text, path } = complaint);
        }
    }
    if (format === 'flatbuffers')
        text = flatBuffersText(code, text, field, want, word(0));
    const isUri = code === 'BAD_MESSAGE' && (want === 13 || want === 14);
    return problem(kernel, isUri ? 'BAD_URI' : code, text, format, base + errorAt, path);
}
/**
 * What is wrong inside of the option that the kernel has refused; null for one without parts, and for a value that
 * cannot be read. The kernel says at which byte.
 */
function refusedOption(kernel, table, { format, at }, policy) {
    const { words, record, input } = kernel;
    const field = words[record + 15];
    const option = table.options[field];
    if (option === undefined || !hasParts(option.kind))
        return null;
    const index = kernel.readIndex(words[record + 3]);
    const entry = index.findIndex((word, i) => i % 3 === 0 && (word & 0xff) === field);
    if (entry < 0)
        return null;
    const start = input + at + index[entry + 1];
    const end = input + at + index[entry + 2];
    const type = (index[entry] >> 16) & 0xff;
    try {
        // 1.0 is no integer.
        const rules = { ...attributeRules(policy), floats: 'exact' };
        const value = format.decode(kernel.bytes, start, end, rules, type);
        return complaintOf(option.kind, option.attribute, value, true);
    }
    catch (error) {
        if (!(error instanceof ProtocolError))
            throw error;
        return null;
    }
}
/** What is different for a frame that is no list. */
function flatBuffersText(code, text, field, want, type) {
    switch (code) {
        case 'TRAILING_BYTES':
            return `bytes follow the value in ${field}`;
        case 'PAYLOAD_RULE':
            return 'payload excludes args and kwargs';
        case 'MISSING_FIELD':
            return `${field} is required and missing`;
        case 'UNKNOWN_UNION': {
            const ordinal = type > 0 && type <= TABLES.length ? ', and ordinals of the union are not read' : '';
            return `${type} is no message code${ordinal}`;
        }
    }
    if (want === 22)
        return `the schema has no name for the number in ${field}`;
    if (want === 23)
        return 'the buffer has its size before it, which WAMP does not send';
    return text.replace('the list', 'the buffer');
}
/** True when the options of the refused frame, which come before its payload, have an enc_algo. */
function hasEncAlgo(kernel, table) {
    const index = kernel.readIndex(kernel.words[kernel.record + 3]);
    return table?.category === 4 && index.some((entry, i) => i % 3 === 0 && (entry & 0xff) === ENC_ALGO);
}
function wrongLength(table) {
    const most = 1 + table.positions.length;
    const least = table.positions.at(-1)?.kind === 'options?' ? most - 1 : most;
    const longest = most + (table.payload === 'none' ? 0 : 2);
    return `expected a list of ${least === longest ? least : `${least} to ${longest}`} elements`;
}
/** An error about the frame in the record, with what is known of its request. */
export function problem(kernel, code, text, format, offset, path) {
    const word = (place) => kernel.words[kernel.record + place];
    const table = TABLES[word(1)];
    const knowsRequest = (word(2) & 8) !== 0 &&
        table?.positions.find(({ kind }) => kind === 'id')?.attribute === 'request';
    const details = {
        format,
        offset,
        path,
        messageType: table?.code ?? null,
        // Only these may be answered with ERROR.
        request_type: knowsRequest && REQUEST_TYPES.includes(table.code) ? table.code : null,
        request: knowsRequest ? kernel.ids[kernel.firstId] : null,
    };
    const full = `cannot decode ${table?.name ?? 'a message'} from ${format}: ${text} (byte ${offset})`;
    const Refusal = code === 'BAD_URI' ? InvalidUriError : code === 'PAYLOAD_RULE' ? PayloadRuleError : ProtocolError;
    return new Refusal(code, full, details);
}
