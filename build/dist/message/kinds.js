/**
 * The check of each attribute kind on JavaScript values: for constructors, setters, `Message.parse`, and for the
 * values of a frame that the kernel leaves to the façade. What the kernel checks itself (assembly/values.ts) obeys
 * the same rules.
 */
import { isMap } from "../brand.js";
import { Float64, Tagged } from "../payload/values.js";
import { areFeatures, CLIENT_ROLES, ROUTER_ROLES } from "./roles.js";
import { isUri } from "./uri.js";
/** The largest WAMP id, 2^53. */
export const MAX_ID = 2 ** 53;
/** An id: an integer from 0 to 2^53. */
export function isId(value) {
    return (typeof value === 'number' &&
        value >= 0 &&
        value <= MAX_ID &&
        Number.isInteger(value) &&
        !Object.is(value, -0));
}
/** An integer as the wire has it: a BigInt beyond 2^53. */
export function isInteger(value) {
    return (typeof value === 'bigint' ||
        (typeof value === 'number' && Number.isInteger(value) && !Object.is(value, -0)));
}
/** A dictionary: an object that is not a list, bytes, or something else that is no dictionary on the wire. */
export function isDict(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    if (Object.getPrototypeOf(value) === Object.prototype)
        return true;
    if (isMap(value))
        return [...value.keys()].every((key) => typeof key === 'string');
    const isObject = Object.prototype.toString.call(value) === '[object Object]';
    return isObject && !(value instanceof Float64) && !(value instanceof Tagged);
}
function isListOf(check) {
    return (value) => Array.isArray(value) && value.every(check);
}
const isText = (value) => typeof value === 'string';
const isOneOf = (...words) => (value) => isText(value) && words.includes(value);
/** Custom values: `x_` alone, or with a letter and at least one of a-z, 0-9 and `_`. */
export function isCustomName(value) {
    return isText(value) && /^x_(?:[a-z][0-9a-z_]+)?$/.test(value);
}
/** A hop names all three; of authid and authrole undefined stands for null. */
function isHop(value) {
    if (!isDict(value) || !('authid' in value && 'authrole' in value))
        return false;
    const { session, authid, authrole } = value;
    return isInteger(session) && (authid == null || isText(authid)) && (authrole == null || isText(authrole));
}
/** The value of an option as messages keep it: in hops, null for undefined. */
export function keptOption(kind, value) {
    if (kind !== 'hops')
        return value;
    const isWhole = value.every(({ authid, authrole }) => authid !== undefined && authrole !== undefined);
    if (isWhole)
        return value;
    return value.map((hop) => ({
        ...hop,
        authid: hop.authid ?? null,
        authrole: hop.authrole ?? null,
    }));
}
/**
 * The check of a value in a list frame, where peers take less than the classes hold: every hop has its authid and its
 * role, and some payload serializers have no name.
 */
export function isGoodInList(kind, value) {
    if (!KINDS[kind].check(value))
        return false;
    if (kind === 'encSerializer')
        return !UNLISTED_SERIALIZERS.includes(value);
    return (kind !== 'hops' ||
        value.every(({ authid, authrole }) => authid !== undefined && authrole != null));
}
/**
 * Roles: at least one. A known one is a dictionary whose `features`, when there, are a dictionary (roles.ts). What an
 * unknown one holds is not looked at: peers ignore what they do not know.
 */
function isRoles(known) {
    return (value) => {
        if (!isDict(value))
            return false;
        const roles = Object.entries(value).filter(([, role]) => role !== undefined);
        if (roles.length === 0)
            return false;
        return roles.every(([name, role]) => {
            if (!Object.hasOwn(known, name))
                return true;
            if (!isDict(role))
                return false;
            const { features } = role;
            return features === undefined || (isDict(features) && areFeatures(known, name, features));
        });
    };
}
function rolesText(known) {
    return `a dictionary of ${Object.keys(known).join(', ')}`;
}
/** Every kind: its check, and its name in errors. */
export const KINDS = {
    id: { expected: 'an id (0 to 2^53)', check: isId },
    int: { expected: 'an integer', check: isInteger },
    uint: { expected: 'an integer from 0', check: (value) => isInteger(value) && value >= 0 },
    count: { expected: 'an integer from 1', check: (value) => isInteger(value) && value >= 1 },
    bool: { expected: 'a boolean', check: (value) => typeof value === 'boolean' },
    text: { expected: 'a string', check: isText },
    textOrNull: { expected: 'a string or null', check: (value) => value === null || isText(value) },
    uri: { expected: 'a URI', check: (value) => isText(value) && isUri(value) },
    dict: { expected: 'a dictionary', check: isDict },
    dictOrNull: { expected: 'a dictionary or null', check: (value) => value === null || isDict(value) },
    ints: { expected: 'a list of integers', check: isListOf(isInteger) },
    texts: { expected: 'a list of strings', check: isListOf(isText) },
    hops: { expected: 'a list of { session, authid, authrole }', check: isListOf(isHop) },
    clientRoles: { expected: rolesText(CLIENT_ROLES), check: isRoles(CLIENT_ROLES) },
    routerRoles: { expected: rolesText(ROUTER_ROLES), check: isRoles(ROUTER_ROLES) },
    match: { expected: 'exact, prefix or wildcard', check: isOneOf('exact', 'prefix', 'wildcard') },
    invoke: {
        expected: 'single, first, last, roundrobin or random',
        check: isOneOf('single', 'first', 'last', 'roundrobin', 'random'),
    },
    cancelMode: { expected: 'skip, kill or killnowait', check: isOneOf('skip', 'kill', 'killnowait') },
    interruptMode: { expected: 'kill or killnowait', check: isOneOf('kill', 'killnowait') },
    encAlgo: {
        expected: 'cryptobox, mqtt, xbr or a custom name',
        check: (value) => isOneOf('cryptobox', 'mqtt', 'xbr')(value) || isCustomName(value),
    },
    encKey: { expected: 'a string', check: isText },
    encSerializer: {
        expected: 'a serializer name or a custom name',
        check: (value) => isOneOf(...ENC_SERIALIZERS)(value) || isCustomName(value),
    },
};
const ENC_SERIALIZERS = ['json', 'msgpack', 'cbor', 'ubjson', 'opaque', 'flatbuffers', 'flexbuffers'];
/** Of these the FlatBuffers schema has numbers, and peers refuse the names in a list. */
const UNLISTED_SERIALIZERS = ['opaque', 'flexbuffers'];
