/**
 * Deriving one message from another, as routers do all day: PUBLISH to EVENT and the like. The payload object is
 * shared. Options that are carried over stay where they are, in the source's frame, and nobody decodes them: the
 * derived message has entries of its own into the same bytes.
 */
import { nameOf, unknownName, wrongArgument } from "../arguments.js";

import { checkAttribute } from "./check.js";
import { isId, keptOption } from "./kinds.js";
import { Received } from "./message.js";
import { CARRIED, entryOf, NO_INDEX, optionsOf, writeOption } from "./options.js";
import { FORWARD_FOR } from "./table.js";
/** A router's own business: `timeout` unless the callee asked for it, `skip` is no mode of INTERRUPT. */
const NEVER_CARRIED = ['timeout', 'mode'];
/**
 * Who calls or is called is for the router to say: whoever it is could claim to be anybody. Only a router that the
 * message came through has said it already.
 */
const IDENTITY = ['caller', 'caller_authid', 'caller_authrole', 'callee', 'callee_authid', 'callee_authrole'];
/**
 * Carries the options that both messages have, but for what is a router's own business; `identity: 'always'` is for
 * details that are copied as they are. `positions` are given, too, beside options that are not about the payload.
 */
export function derivation(source, target, positions, identity = 'linked') {
    const fieldOf = (attribute) => target.options.findIndex((option) => option.attribute === attribute);
    const carried = (stays) => source.options.map(({ attribute }) => (stays.includes(attribute) ? -1 : fieldOf(attribute)));
    const linkedFields = carried(NEVER_CARRIED);
    const own = target.options.flatMap(({ attribute }, field) => /^(?:enc|ppt)_/.test(attribute) ? [] : [[attribute, field]]);
    return {
        from: source,
        target,
        fields: identity === 'always' ? linkedFields : carried([...NEVER_CARRIED, ...IDENTITY]),
        linkedFields,
        given: new Map([...positions.map((name) => [name, -1]), ...own]),
    };
}
const RECEIVED = new Received();
/**
 * What the constructor of a derived message takes: its ids (0 for a second one that it has not), and for ERROR the type
 * of the request and the URI. Throws TypeError for what is no id.
 */
export function derivedIds(table, first, second, requestType = 0, text = '') {
    if (!isId(first) || !isId(second))
        throw noId(table, first, second);
    RECEIVED.first = first;
    RECEIVED.second = second;
    RECEIVED.requestType = requestType;
    RECEIVED.text = text;
    RECEIVED.ref = -1;
    return RECEIVED;
}
function noId(table, first, second) {
    const [one, other] = table.positions.filter(({ kind }) => kind === 'id');
    const [position, value] = isId(first) ? [other, second] : [one, first];
    return new TypeError(`${table.name}: expected an id (0 to 2^53) for ${position?.attribute}, got ${nameOf(value)}`);
}
/** The error for a message that cannot be derived: `source` is of another class, or `given` no object. */
export function notDerivable(source, given, { from, target }) {
    if (source?.table === from)
        return wrongArgument(`${target.name}.from`, 'an object with attributes', given);
    const got = source?.table?.name ?? nameOf(source);
    return new TypeError(`${target.name}.from: expected ${from.name}, got ${got}`);
}
/** A message made by `derivedIds` has nothing but its ids at first. */
export function clear(target) {
    target._frame = null;
    target._custom = null;
}
/** Fills a new message: the payload, what is carried over, then what is given. Throws TypeError for unknown names. */
export function derive(target, source, given, rule) {
    clear(target);
    target._payload = source._payload;
    // Nothing was set in the source and nothing is unread: there is nothing to carry.
    if (source._options !== null || source._index !== NO_INDEX || source._custom != null) {
        const isLinked = rule.fields !== rule.linkedFields && hasOption(source, FORWARD_FOR);
        carry(target, source, isLinked ? rule.linkedFields : rule.fields);
    }
    const values = given;
    for (const name in values) {
        const field = rule.given.get(name);
        // Not what somebody has put on Object.prototype.
        if (field === undefined && !Object.hasOwn(values, name))
            continue;
        const value = values[name];
        if (value === undefined)
            continue;
        if (field === undefined)
            throw unknownName(`${rule.target.name}.from`, 'option', name, rule.given.keys());
        if (field >= 0)
            setOption(target, field, value);
    }
}
/** True when the option is there. It is not decoded. */
function hasOption(message, field) {
    return message._options?.[field] != null || entryOf(message, field) >= 0;
}
function carry(target, source, fields) {
    const { _frame: frame, _index: from, _options: options, _custom: custom } = source;
    let index = null;
    // Bits of the target's fields that are still encoded.
    let unread = 0;
    for (let i = 0; i < from.length; i += 3) {
        const entry = from[i];
        const field = entry & 0xff;
        const to = field === 83 ? 83 : (fields[field] ?? -1);
        if (to < 0)
            continue;
        if (to === 83)
            target._custom = undefined;
        else
            unread |= 1 << to;
        const carried = to === 83 ? entry | CARRIED : (entry & ~0xff) | to;
        // A literal has room for exactly these; an empty list would take room for 17 at its first element.
        if (index === null)
            index = [carried, from[i + 1], from[i + 2]];
        else
            index.push(carried, from[i + 1], from[i + 2]);
    }
    if (index !== null) {
        target._index = index;
        target._frame = frame;
    }
    if (options !== null) {
        for (let field = 0; field < fields.length; field++) {
            const to = fields[field];
            const value = options[field];
            if (to < 0 || value == null || (unread & (1 << to)) !== 0)
                continue;
            optionsOf(target)[to] = Array.isArray(value) ? value.slice() : value;
        }
    }
    if (frame === null && custom != null)
        target._custom = carriedKeys(custom, target.table);
}
/** The keys that are the application's, and mean nothing else in the target. */
function carriedKeys(custom, table) {
    const own = Object.entries(custom).filter(([key]) => /^(?:x_|_)/.test(key) && table.options.every((option) => option.key !== key));
    return own.length === 0 ? null : Object.fromEntries(own);
}
/** Sets an option of a new message; what stays unread stays unread. Throws TypeError for a value of the wrong kind. */
export function setOption(message, field, value) {
    if (message.table === undefined) {
        writeOption(message, field, value);
        return;
    }
    const option = message.table.options[field];
    if (option !== undefined && value !== null)
        checkAttribute(message.table, option.attribute, option.kind, value);
    const at = entryOf(message, field);
    if (at >= 0) {
        // The index may be shared with the source.
        const index = message._index.filter((_, i) => i < at || i >= at + 3);
        message._index = index.length === 0 ? NO_INDEX : index;
        if (index.length === 0)
            message._frame = null;
    }
    if (value !== null || message._options !== null) {
        optionsOf(message)[field] =
            option === undefined || value === null ? value : keptOption(option.kind, value);
    }
}
/** A copy: the payload is shared, what is unread stays unread. */
export function copyOf(source) {
    const copy = source.table === undefined ? bareCopyOf(source) : newCopyOf(source);
    const { _custom: custom, _trace: trace, _options: options } = source;
    copy._frame = source._frame;
    copy._index = source._index;
    copy._options =
        options == null ? null : options.map((value) => (Array.isArray(value) ? value.slice() : value));
    copy._custom = custom == null ? custom : { ...custom };
    copy._payload = source._payload;
    copy._trace = trace == null ? null : { ...trace };
    return copy;
}
/** Applications' own classes have what the mixins add, and whatever else they like. */
function bareCopyOf(source) {
    return Object.assign(Object.create(Object.getPrototypeOf(source)), source);
}
/** A message with the same ids and URI; made by the constructor, so that it has the shape of all others. */
function newCopyOf(source) {
    const slots = source;
    let ids = 0;
    for (const { kind, slot } of source.table.positions) {
        const value = slots[slot];
        if (kind === 'id') {
            if (ids++ === 0)
                RECEIVED.first = value;
            else
                RECEIVED.second = value;
        }
        else if (kind === 'requestType') {
            RECEIVED.requestType = value;
        }
        else if (kind === 'uri') {
            RECEIVED.text = value;
            RECEIVED.ref = slots[`${slot}Ref`] ?? -1;
        }
    }
    return new source.constructor(RECEIVED);
}
