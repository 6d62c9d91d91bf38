/** Constructors' second half: a message from the attributes that an application gives, every one of them checked. */
import { isObject, nameOf, unknownName, wrongArgument } from "../arguments.js";
import { EncodeError, InvalidUriError, ProtocolError } from "../errors.js";

import { builtPayload } from "../payload/payload.js";
import { checkAttribute } from "./check.js";
import { isId } from "./kinds.js";
import { change, writeOption } from "./options.js";
import { brokenRule, isRuled, uriPattern } from "./rules.js";
import { perTable, REQUEST_TYPES } from "./table.js";
import { isUri } from "./uri.js";
import { checkPayloadRules, hasAppPayload, initAppPayload } from "./with-app-payload.js";
/** Attributes that every message has beside its own. */
const COMMON = [
    'custom',
    'correlation_id',
    'correlation_uri',
    'correlation_is_anchor',
    'correlation_is_last',
    'router_internal',
];
/** What an attribute is that has no field number. */
const COMMON_ATTRIBUTE = -1;
const POSITION_OR_PAYLOAD = -2;
const owns = Object.prototype.hasOwnProperty;
const planOf = perTable((table) => {
    const payload = { none: [], args: ['args', 'kwargs'], any: ['args', 'kwargs', 'payload', 'rawPayload'] };
    const positions = table.positions.filter(({ kind }) => !kind.startsWith('options'));
    const names = new Map();
    const add = (name, role) => names.set(name, { name, role, next: null });
    for (const name of COMMON)
        add(name, COMMON_ATTRIBUTE);
    for (const { attribute } of positions)
        add(attribute, POSITION_OR_PAYLOAD);
    for (const name of payload[table.payload])
        add(name, POSITION_OR_PAYLOAD);
    // After the positions: a dictionary in a position is written as an option is.
    for (const [field, { attribute }] of table.options.entries())
        add(attribute, field);
    return {
        names,
        start: { name: '', role: POSITION_OR_PAYLOAD, next: null },
        positions: positions.filter(({ kind }) => kind !== 'dict'),
        isRuled: isRuled(table),
    };
});
/** Fills a new message. Throws TypeError, InvalidUriError or PayloadRuleError; the message is lost then. */
export function build(message, attributes) {
    const { table } = message;
    const plan = planOf(table);
    const given = isLiteral(attributes) ? attributes : literalOf(table, attributes, plan);
    let options = null;
    let named = plan.start;
    for (const name in given) {
        if (!owns.call(given, name))
            continue;
        const { next } = named;
        if (next !== null && next.name === name)
            named = next;
        else {
            const found = lookUp(table, plan, given, name, named);
            if (found === null)
                continue;
            named = found;
        }
        if (named.role === POSITION_OR_PAYLOAD)
            continue;
        if (options === null)
            options = [named];
        else
            options.push(named);
    }
    const slots = message;
    const { positions } = plan;
    for (let i = 0; i < positions.length; i++) {
        const { attribute, slot, kind } = positions[i];
        const value = kind === 'realm' ? (given[attribute] ?? null) : given[attribute];
        // Its constructor has set the normal reason already.
        if (value == null && table.name === 'GOODBYE')
            continue;
        checkPosition(table, attribute, kind, value, kind === 'uri' ? given.match : null);
        slots[slot] = value;
    }
    if (options !== null)
        setOptions(message, given, options);
    const broken = plan.isRuled ? brokenRule(table, (name) => given[name]) : null;
    if (broken !== null)
        throw new TypeError(`${table.name}: ${broken.rule}`);
    if (table.payload === 'any') {
        initAppPayload(message, given);
    }
    else if (table.payload === 'args') {
        setAbortPayload(message, given.args, given.kwargs);
    }
}
/** The name as it was planned; null for an unknown one that is undefined. Throws TypeError for any other. */
function lookUp(table, plan, given, name, before) {
    const named = plan.names.get(name);
    if (named === undefined) {
        if (given[name] === undefined)
            return null;
        throw unknownName(table.name, 'attribute', name, plan.names.keys());
    }
    before.next = named;
    return named;
}
function isLiteral(attributes) {
    return attributes != null && Object.getPrototypeOf(attributes) === Object.prototype;
}
/** Own keys are all that a literal has; what an application's class gives may be inherited. */
function literalOf(table, attributes, { names }) {
    if (!isObject(attributes))
        throw wrongArgument(table.name, 'an object with attributes', attributes);
    const literal = { ...attributes };
    for (const name of names.keys()) {
        if (!Object.hasOwn(literal, name))
            literal[name] = attributes[name];
    }
    return literal;
}
/** Sets options and common attributes. */
function setOptions(message, given, options) {
    const slots = message;
    for (const { name, role } of options) {
        const value = given[name];
        if (value == null)
            continue;
        if (role === COMMON_ATTRIBUTE)
            slots[name] = value;
        else
            writeOption(message, role, value);
    }
}
/** The error for an argument that must be a message. */
export function notAMessage(value) {
    const hint = Array.isArray(value) ? ': Message.parse makes one of a list' : '';
    return new TypeError(`expected a message, got ${nameOf(value)}${hint}`);
}
/** The rules that setters cannot keep, for a message that is to be written. Throws EncodeError or PayloadRuleError. */
export function checkWhole(message) {
    const { table } = message;
    if (hasAppPayload(message)) {
        checkPayloadRules(message, 'interop');
        return;
    }
    const values = message;
    const broken = brokenRule(table, (name) => values[name]);
    if (broken === null)
        return;
    const details = { messageType: table.code, path: broken.attribute };
    throw new EncodeError('BAD_MESSAGE', `cannot encode ${table.name}: ${broken.rule}`, details);
}
/** ABORT may carry args and kwargs, but nothing opaque. */
export function setAbortPayload(message, args, kwargs) {
    if (args != null && !Array.isArray(args))
        throw new TypeError(`expected a list for args, got ${nameOf(args)}`);
    if (kwargs != null)
        checkAttribute(message.table, 'kwargs', 'dict', kwargs);
    change(message);
    message._payload = builtPayload(args ?? null, kwargs ?? null, null, 2);
}
/** Sets a position of a message after its check. */
export function writePosition(message, attribute, value) {
    const { table } = message;
    const slots = message;
    const position = table.positions.find((candidate) => candidate.attribute === attribute);
    if (position === undefined)
        throw new TypeError(`${table.name} has no ${attribute}`);
    checkPosition(table, attribute, position.kind, value, slots.match);
    change(message);
    slots[`_${attribute}`] = value ?? null;
    if (`_${attribute}Ref` in slots)
        slots[`_${attribute}Ref`] = -1;
}
/** Throws unless the value is good for the position. What a URI may be depends on `match`. */
function checkPosition(table, attribute, kind, value, match) {
    if (kind === 'id') {
        if (isId(value))
            return;
    }
    else if (kind === 'text') {
        if (typeof value === 'string')
            return;
    }
    else if (kind === 'requestType') {
        if (REQUEST_TYPES.includes(value))
            return;
    }
    else if (value == null) {
        if (kind === 'realm')
            return;
    }
    else if (typeof value === 'string' && isUri(value, 'loose', uriPattern(table, match))) {
        return;
    }
    refusePosition(table, attribute, kind, value);
}
function refusePosition(table, attribute, kind, value) {
    const expected = {
        id: 'an id (0 to 2^53)',
        text: 'a string',
        requestType: `one of ${REQUEST_TYPES.join(', ')}`,
    };
    const text = `${table.name}: expected ${expected[kind] ?? 'a URI'} for ${attribute}, got ${nameOf(value)}`;
    if (expected[kind] !== undefined || typeof value !== 'string')
        throw new TypeError(text);
    throw new InvalidUriError('BAD_URI', text, { messageType: table.code, path: attribute });
}
/** Checks a position of a list from a peer: the same rules, the peer's kind of error. */
export function checkPeerPosition(table, attribute, kind, value, match) {
    try {
        checkPosition(table, attribute, kind, value === undefined ? null : value, match);
    }
    catch (error) {
        if (!(error instanceof TypeError) && !(error instanceof InvalidUriError))
            throw error;
        const text = `cannot parse ${error.message}`;
        const details = { messageType: table.code, path: attribute };
        throw kind === 'uri' || kind === 'realm'
            ? new InvalidUriError('BAD_URI', text, details)
            : new ProtocolError('BAD_MESSAGE', text, details);
    }
}
