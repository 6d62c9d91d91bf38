/**
 * The base of all message classes. A received message keeps its frame and reads an option when somebody asks for it
 * (options.ts); a message that anybody has changed has read them all and let go of the frame. Concrete classes assign
 * every slot in their constructors (docs/message-design.md).
 */
import { isBytes, isMap } from "../brand.js";
import { isWampCodecError, ProtocolError } from "../errors.js";
import { jsonSafe, jsonSafeEntries } from "../payload/json-safe.js";
import { NO_PAYLOAD } from "../payload/payload.js";
import { attributesOf, marshal } from "./attributes.js";
import { checkAttribute } from "./check.js";
import { equalValues } from "./equal.js";
import { change, NO_INDEX, readCustom } from "./options.js";
/** What the kernel found in a frame, as a message's constructor takes it. One object, filled for each frame. */
export class Received {
    constructor() {
        this.first = 2 ** 53;
        this.second = 2 ** 53;
        this.requestType = 0;
        this.text = '';
        this.ref = -1;
        this.index = NO_INDEX;
        this.frame = NO_PAYLOAD;
    }
}
const NO_BYTES = new Uint8Array(0);
// What the base may not import, because it is built on the base: given by those modules.
let parser = null;
let transfer = null;
/** Called by parse.ts. */
export function registerParser(parse) {
    parser = parse;
}
/** Called by whoever loads transfer.ts: the codec, and the registry. */
export function registerTransfer(transferable) {
    transfer = transferable;
}
function given(given) {
    if (given === null)
        throw new TypeError('import Message, or make a codec, before this');
    return given;
}
/** A WAMP message. */
export class Message {
    /**
     * Parses a message from its list form; on a concrete class, of that class only. Throws ProtocolError,
     * InvalidUriError or PayloadRuleError.
     */
    static parse(list) {
        const message = given(parser)(list);
        if (message instanceof this)
            return message;
        throw new ProtocolError('BAD_MESSAGE', `cannot parse ${this.name}: got ${message.table.name}`);
    }
    /** The message's wire facts. */
    get table() {
        return this.constructor.TABLE;
    }
    /** Keys of Options or Details that WAMP does not define; null when there are none. */
    get custom() {
        const custom = this._custom;
        return custom === undefined ? readCustom(this) : custom;
    }
    set custom(custom) {
        custom ??= null;
        checkAttribute(this.table, 'custom', 'dictOrNull', custom);
        const keys = custom === null ? {} : isMap(custom) ? Object.fromEntries(custom) : custom;
        const known = this.table.options.find(({ key, attribute }) => Object.hasOwn(keys, key) || Object.hasOwn(keys, attribute));
        if (known !== undefined)
            throw new TypeError(`${this.table.name}: ${known.attribute} is no custom key`);
        change(this);
        const entries = Object.entries(keys).filter(([, value]) => value !== undefined);
        this._custom = entries.length === 0 ? null : Object.fromEntries(entries);
    }
    /** The list form with JavaScript values. */
    marshal() {
        return marshal(this);
    }
    /** True for a message of the same class with an equal list form: what is never written makes no difference. */
    equals(other) {
        if (this === other)
            return true;
        if (!(other instanceof Message) || other.table !== this.table)
            return false;
        return equalValues(this.marshal(), other.marshal());
    }
    /**
     * The attributes that are set, by name, after `type`, in nothing but what `JSON.stringify` writes: bytes are a NUL and
     * base64 in a string, integers beyond 2^53 their digits in a string. Throws ProtocolError for a deferred payload that
     * is broken, EncodeError for values of the application that contain themselves.
     */
    toJSON() {
        const json = { type: this.table.name };
        for (const [name, value] of attributesOf(this)) {
            json[name] = name === 'custom' ? jsonSafeEntries(this.custom ?? {}, name) : jsonSafe(value, name);
        }
        return json;
    }
    /**
     * One line for people: `PUBLISH(request=1, topic="com.example", args=[1])`. Never throws: what cannot be read, as a
     * deferred payload that is broken, is the error's text between `<` and `>`.
     */
    toString() {
        return lineOf(this);
    }
    /** Drops cached encodings; the source stays. */
    uncache() {
        // A frozen message keeps its slot.
        if (Object.isExtensible(this))
            this._encoded = null;
        else
            for (let entry = this._encoded; entry !== null; entry = entry.next)
                entry.bytes = NO_BYTES;
        if (this._payload?.transcoded != null)
            this._payload.transcoded = null;
    }
    /** Copies the bytes that are needed out of a larger buffer, for all messages that share them. */
    detach() {
        this._frame?.detach();
        if (this._payload !== undefined && this._payload !== NO_PAYLOAD)
            this._payload.detach();
        return this;
    }
    /** Bytes of the buffers that this message keeps alive: a small frame may be a part of a large chunk. */
    get retainedBytes() {
        const frame = this._frame;
        const payload = this._payload;
        const ofFrame = frame === null ? 0 : frame.retainedBytes;
        const isShared = payload === undefined || payload === frame || payload.bytes === frame?.bytes;
        return isShared ? ofFrame : ofFrame + payload.retainedBytes;
    }
    /** Bytes and index for `postMessage`; the receiver scans nothing again. */
    toTransferable() {
        return given(transfer)(this);
    }
    /**
     * The same message with a hop more in forward_for, for the next router: the payload is shared, this message does not
     * change. Throws TypeError for the messages that routers do not forward.
     */
    forward(_hop) {
        throw new TypeError(`${this.table.name} has no forward_for`);
    }
    get correlation_id() {
        return this._trace?.correlation_id ?? null;
    }
    set correlation_id(value) {
        traceOf(this).correlation_id = value;
    }
    get correlation_uri() {
        return this._trace?.correlation_uri ?? null;
    }
    set correlation_uri(value) {
        traceOf(this).correlation_uri = value;
    }
    get correlation_is_anchor() {
        return this._trace?.correlation_is_anchor ?? null;
    }
    set correlation_is_anchor(value) {
        traceOf(this).correlation_is_anchor = value;
    }
    get correlation_is_last() {
        return this._trace?.correlation_is_last ?? null;
    }
    set correlation_is_last(value) {
        traceOf(this).correlation_is_last = value;
    }
    /** Whatever a router wants to keep with the message; never on the wire. */
    get router_internal() {
        return this._trace?.router_internal ?? null;
    }
    set router_internal(value) {
        traceOf(this).router_internal = value;
    }
}
// Node's console and util.inspect show a message as it shows itself; other engines know nothing of the symbol.
Object.defineProperty(Message.prototype, Symbol.for('nodejs.util.inspect.custom'), {
    value() {
        return this.toString();
    },
    configurable: true,
});
function traceOf(message) {
    message._trace ??= {
        correlation_id: null,
        correlation_uri: null,
        correlation_is_anchor: null,
        correlation_is_last: null,
        router_internal: null,
    };
    return message._trace;
}
/** An attribute whose getter threw. */
class Unreadable {
    constructor(error) {
        this.text = `<${isWampCodecError(error) ? error.message : 'cannot be read'}>`;
    }
}
function readOrNot(message, name) {
    try {
        return message[name];
    }
    catch (error) {
        return new Unreadable(error);
    }
}
function lineOf(message) {
    // Prototypes, and classes of applications, have no table.
    const { name } = message.table ?? message.constructor;
    if (message.table === undefined)
        return `${name}()`;
    const parts = [];
    let last = '';
    for (const [attribute, value] of attributesOf(message, readOrNot)) {
        const text = shortText(value);
        // What is wrong with a payload is wrong with each of its attributes: said once.
        if (value instanceof Unreadable && text === last)
            continue;
        last = text;
        parts.push(`${attribute}=${text}`);
    }
    return `${name}(${parts.join(', ')})`;
}
function hasTextKeys(map) {
    for (const key of map.keys())
        if (typeof key !== 'string')
            return false;
    return true;
}
/** A value in few words: for people, so what has no JSON form is shown in some way, never refused. */
function shortText(value) {
    if (value instanceof Unreadable)
        return value.text;
    let text;
    try {
        // Undefined for what JSON has nothing for, as an attribute of a prototype.
        const json = JSON.stringify(value, (_key, item) => {
            if (isBytes(item))
                return `<${item.length} bytes>`;
            if (isMap(item))
                return hasTextKeys(item) ? Object.fromEntries(item) : [...item];
            return typeof item === 'bigint' ? `${item}n` : item;
        });
        text = json ?? String(value);
    }
    catch {
        // A cycle, or a toJSON that throws.
        text = '<...>';
    }
    return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
