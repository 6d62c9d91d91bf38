/**
 * The options of a message, one by one: unread in its frame, read, or set. All classes and mixins go through here; the
 * tables say what an option is, and the index where its bytes are.
 */

import { NO_PAYLOAD } from "../payload/payload.js";
import { Float64 } from "../payload/values.js";
import { checkAttribute } from "./check.js";
import { keptOption } from "./kinds.js";
import { ENC_ALGO, ENC_SERIALIZER, FORWARD_FOR, ID_OPTIONS, PPT_KEYID, } from "./table.js";
import { PUBLISH } from "./tables.js";
/** The index of messages that have no unread options. */
export const NO_INDEX = Object.freeze([]);
/** The value of an option; null when it is absent. */
export function readOption(message, field) {
    const value = message._options?.[field];
    if (value !== undefined)
        return value;
    const at = entryOf(message, field);
    if (at < 0)
        return null;
    if (isIgnored(message, field))
        return null;
    // Booleans stand in the index, whatever the format: nothing to decode, nothing to remember.
    const kind = (message._index[at] >> 8) & 0xff;
    if (kind === 3 || kind === 2)
        return kind === 3;
    const read = decodeEntry(message, at, field, 'plain');
    try {
        optionsOf(message)[field] = read;
    }
    catch {
        // A frozen message remembers nothing.
    }
    return read;
}
/**
 * An option as it is written: that of a frame as it came, also when the application has read it and changed the list or
 * dictionary that it got.
 */
export function sentOption(message, field) {
    const value = message._options?.[field];
    if (typeof value !== 'object')
        return value ?? readOption(message, field);
    const at = value === null ? -1 : entryOf(message, field);
    return at < 0 ? value : decodeEntry(message, at, field, 'plain');
}
/**
 * True for a message whose bytes cannot change any more unless a setter is called: it was received or derived from one
 * that was, and no list or dictionary of the application's is written with it.
 */
export function isLasting(message) {
    const { _frame: frame, _payload: payload, _options: options, _custom: custom } = message;
    // Applications' own classes may not have the slots.
    if (frame == null && payload?.bytes == null)
        return false;
    if (payload !== undefined && payload.bytes === null && payload !== NO_PAYLOAD)
        return false;
    if (options != null) {
        for (let field = 0; field < options.length; field++) {
            const value = options[field];
            if (typeof value === 'object' && value !== null && entryOf(message, field) < 0)
                return false;
        }
    }
    return custom == null || entryOf(message, 83) >= 0;
}
/** Where the index has the unread option; -1 when it is not there. */
export function entryOf(message, field) {
    const index = message._index;
    // Applications' own classes may not have the slot.
    if (index === undefined)
        return -1;
    for (let i = 0; i < index.length; i += 3)
        if ((index[i] & 0xff) === field)
            return i;
    return -1;
}
function decodeEntry(message, at, field, floats) {
    const { _index: index } = message;
    const type = (index[at] >> 16) & 0xff;
    const [start, end] = [index[at + 1], index[at + 2]];
    return message._frame?.decodeAttribute(start, end, type, typeOf(message, field), floats);
}
/** An option as another format needs it: integral floats are `Float64`. */
export function exactOption(message, field) {
    const at = entryOf(message, field);
    return at < 0 ? readOption(message, field) : decodeEntry(message, at, field, 'exact');
}
/** The type of the option's slot in FlatBuffers; applications' own classes have no table. */
function typeOf(message, field) {
    return message.table?.flatTypes[field] ?? null;
}
/** Custom keys as another format needs them. */
export function exactCustom(message) {
    const at = message._custom === null ? -1 : entryOf(message, 83);
    return at < 0 ? message.custom : decodeCustom(message, at, 'exact');
}
/** enc_* without an opaque payload mean nothing, and may be of any type. */
function isIgnored(message, field) {
    if (!isEncField(message.table, field))
        return false;
    const frame = message._frame;
    frame.ensureChecked();
    return frame.mode !== 2;
}
/** Sets an option after its check; null takes it away. */
export function writeOption(message, field, value) {
    const table = message.table ?? mixinTable(message);
    const option = table.options[field];
    if (option !== undefined && value != null)
        checkAttribute(table, option.attribute, option.kind, value);
    change(message);
    optionsOf(message)[field] = option === undefined || value == null ? null : keptOption(option.kind, value);
}
/** Applications' own classes have no table: they have what the mixins add, and errors show their own name. */
function mixinTable(message) {
    const options = PUBLISH.options.slice(FORWARD_FOR, PPT_KEYID + 1);
    return { ...PUBLISH, name: message.constructor?.name ?? 'a message', code: 0, positions: [], options };
}
/** As many options as a table may have; a part of it is made faster than an array is filled. */
const UNREAD = new Array(32).fill(undefined);
/** The options that are read or set, by field number. */
export function optionsOf(message) {
    message._options ??= UNREAD.slice(0, message.table?.options.length ?? PPT_KEYID + 1);
    return message._options;
}
/** The custom keys, read now when they are still in the frame. */
export function readCustom(message) {
    const at = entryOf(message, 83);
    const custom = at < 0 ? null : decodeCustom(message, at, 'plain');
    try {
        message._custom = custom;
    }
    catch {
        // A frozen message remembers nothing.
    }
    return custom;
}
/** In the index of a derived message: of the Options of its source, only the application's keys are its own. */
export const CARRIED = 1 << 24;
function decodeCustom(message, at, floats) {
    const all = decodeEntry(message, at, 83, floats);
    const rule = message._frame?.context?.policy.unknownKeys ?? 'keep';
    const isCarried = (message._index[at] & CARRIED) !== 0;
    return unknownKeys(message.table, all, isCarried && rule !== 'drop' ? 'custom' : rule);
}
/** The entries of an options dictionary that the table does not know, as the codec's `unknownKeys` wants them. */
export function unknownKeys(table, options, rule) {
    if (rule === 'drop')
        return null;
    const entries = Object.entries(options).filter(([key, value]) => value !== undefined &&
        !table.options.some((option) => option.key === key || option.attribute === key) &&
        (rule !== 'custom' || /^(?:x_|_)/.test(key)));
    return entries.length === 0 ? null : Object.fromEntries(entries);
}
/** Before any change: reads what is still unread, so that the frame can go, and drops cached encodings. */
export function change(message) {
    message._encoded = null;
    if (message._frame == null)
        return;
    for (let field = 0; field < message.table.options.length; field++) {
        const value = readOption(message, field);
        if (value !== null)
            optionsOf(message)[field] = value;
    }
    if (message._custom === undefined)
        readCustom(message);
    message._index = NO_INDEX;
    message._frame = null;
    // A frame without a payload has nothing more to give.
    if (message._payload?.mode === 0)
        message._payload = NO_PAYLOAD;
}
/** Kinds with values of anybody's making inside, floats among them. */
const HOLDS_VALUES = new Set([
    'dict',
    'dictOrNull',
    'clientRoles',
    'routerRoles',
    'hops',
]);
/**
 * The options that are written, in writing order, as key and value; custom keys at their place. `exact` reads what is
 * still in the frame in such a way that another format loses nothing.
 */
export function* writtenOptions(message, exact = false) {
    const { options, writeOrder, customFirst } = message.table;
    const custom = exact ? exactCustom(message) : message.custom;
    const others = Object.entries(custom ?? {}).filter(([, value]) => value !== undefined);
    if (customFirst)
        yield* others;
    for (const field of writeOrder) {
        const value = exact ? writtenValue(message, field) : readOption(message, field);
        if (value !== null && isWritten(message, field, value))
            yield [options[field].key, value];
    }
    if (!customFirst)
        yield* others;
}
/** Whether an option with a value is written. */
export function isWritten(message, field, value) {
    const { table } = message;
    // An empty payload cannot be told from none, so what describes it goes too.
    if (isEncField(table, field) && !message._payload.hasOpaque())
        return false;
    const { write } = table.options[field];
    if (write === 'set')
        return true;
    return write === 'truthy' ? !isEmpty(value) : write.unless !== value;
}
/** True for the options that describe an opaque payload in the enc_* dialect. */
export function isEncField(table, field) {
    return table.category === 4 && field >= ENC_ALGO && field <= ENC_SERIALIZER;
}
/** An option as another format needs it. */
export function writtenValue(message, field) {
    const kind = message.table.options[field]?.kind;
    if (kind === undefined || !HOLDS_VALUES.has(kind))
        return sentOption(message, field);
    const value = exactOption(message, field);
    // The session of a hop may have come as a float, which an exact read would keep.
    return kind === 'hops' ? (value?.map(withWholeSession) ?? null) : value;
}
function withWholeSession(hop) {
    const session = hop.session;
    return session instanceof Float64 ? { ...hop, session: session.value } : hop;
}
/**
 * True when the bytes of an unread option are what any peer may see. What a lenient codec has read may have ids that
 * are floats, and undefined; such options are decoded, and encoded anew.
 */
export function isRight(message, at) {
    const { _frame: frame, _index: index, table } = message;
    if (frame?.context?.policy.peers !== 'lenient')
        return true;
    const entry = index[at];
    const option = table.options[entry & 0xff];
    if (option !== undefined && (option.kind === 'hops' || ID_OPTIONS.includes(option.key)))
        return false;
    return !frame.holdsUndefined(index[at + 1], index[at + 2]);
}
/** False, 0, "", [] and {}: what a reference peer leaves out. */
function isEmpty(value) {
    if (typeof value !== 'object' || value === null)
        return !value;
    return Object.keys(value).length === 0;
}
