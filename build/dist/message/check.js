/** The errors of constructors and setters: wrong use of our own API, so TypeError, except for the rules of WAMP. */
import { nameOf } from "../arguments.js";
import { InvalidUriError } from "../errors.js";
import { Float64 } from "../payload/values.js";
import { isDict, isInteger, KINDS } from "./kinds.js";
import { CLIENT_ROLES, ROUTER_ROLES, wrongFeature } from "./roles.js";
/**
 * The complaint about a value that is not of its kind: *expected a string for forward_for[0].authrole, got null*. It is
 * the same for constructors, `parse` and frames. `isInList` as in `isGoodInList`.
 */
export function complaintOf(kind, attribute, value, isInList) {
    const { path, expected, got } = wrongPart(kind, value, isInList) ?? {
        path: '',
        expected: KINDS[kind].expected,
        got: nameOf(value),
    };
    return { text: `expected ${expected} for ${attribute}${path}, got ${got}`, path: attribute + path };
}
/** The kinds of which `complaintOf` may name a part. */
export function hasParts(kind) {
    return ['ints', 'texts', 'hops', 'clientRoles', 'routerRoles'].includes(kind);
}
/** Null when it is the whole value that is wrong. */
function wrongPart(kind, value, isInList) {
    switch (kind) {
        case 'ints':
        case 'texts': {
            const [expected, check] = kind === 'ints' ? ['an integer', isInteger] : ['a string', isText];
            return wrongItem(value, (item) => (check(item) ? null : { path: '', expected, got: gotOf(item) }));
        }
        case 'hops':
            return wrongItem(value, (hop) => wrongInHop(hop, isInList));
        case 'clientRoles':
        case 'routerRoles':
            return isDict(value) ? wrongRole(value, kind === 'clientRoles' ? CLIENT_ROLES : ROUTER_ROLES) : null;
        default:
            return null;
    }
}
function wrongItem(list, wrongIn) {
    if (!Array.isArray(list))
        return null;
    for (const [i, item] of list.entries()) {
        const part = wrongIn(item);
        if (part !== null)
            return { ...part, path: `[${i}]${part.path}` };
    }
    return null;
}
const isText = (value) => typeof value === 'string';
/** An integral float of a frame is no integer there, and does not look like one. */
const gotOf = (value) => (value instanceof Float64 ? 'a float' : nameOf(value));
/** The first key of a hop that is wrong, in their order; then the first one that is missing. */
function wrongInHop(hop, isInList) {
    if (!isDict(hop))
        return { path: '', expected: 'a dictionary of session, authid and authrole', got: nameOf(hop) };
    const expected = {
        session: 'an integer',
        authid: 'a string or null',
        authrole: isInList ? 'a string' : 'a string or null',
    };
    for (const [key, value] of Object.entries(hop)) {
        if (!Object.hasOwn(expected, key) || value === undefined)
            continue;
        const isNull = value === null && expected[key] === 'a string or null';
        if (isNull || (key === 'session' ? isInteger(value) : isText(value)))
            continue;
        return { path: `.${key}`, expected: expected[key], got: gotOf(value) };
    }
    const missing = Object.keys(expected).find((key) => hop[key] === undefined);
    return missing === undefined
        ? null
        : { path: `.${missing}`, expected: expected[missing], got: 'nothing' };
}
function wrongRole(roles, known) {
    const given = Object.entries(roles).filter(([, role]) => role !== undefined);
    if (given.length === 0)
        return { path: '', expected: 'at least one role', got: 'an empty dictionary' };
    for (const [name, role] of given) {
        if (!Object.hasOwn(known, name))
            continue;
        if (!isDict(role))
            return { path: `.${name}`, expected: 'a dictionary', got: nameOf(role) };
        const { features } = role;
        if (features === undefined)
            continue;
        const path = `.${name}.features`;
        if (!isDict(features))
            return { path, expected: 'a dictionary', got: nameOf(features) };
        const feature = wrongFeature(known, name, features);
        if (feature !== undefined) {
            return { path: `${path}.${feature}`, expected: 'a boolean or null', got: nameOf(features[feature]) };
        }
    }
    return null;
}
/** Throws unless the value is of the kind: InvalidUriError for a URI, TypeError for all else. */
export function checkAttribute(table, attribute, kind, value) {
    if (KINDS[kind].check(value))
        return;
    const text = `${table.name}: ${complaintOf(kind, attribute, value, false).text}`;
    if (kind === 'uri' && typeof value === 'string') {
        throw new InvalidUriError('BAD_URI', text, { messageType: table.code, path: attribute });
    }
    throw new TypeError(text);
}
