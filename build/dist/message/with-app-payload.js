/**
 * The application payload mixin: args and kwargs, or one opaque payload with what describes it. It holds accessors
 * and methods; the slots belong to the constructors of the concrete classes.
 */
import { isObject, nameOf, wrongArgument } from "../arguments.js";
import { isAttached, isBytes } from "../brand.js";
import { PayloadRuleError } from "../errors.js";

import { builtPayload, NO_PAYLOAD } from "../payload/payload.js";
import { payloadOfRaw, rawOf } from "../payload/raw.js";
import { viewOfPayload } from "../payload/view-payload.js";
import { isDict } from "./kinds.js";
import { change, readOption, writeOption } from "./options.js";
import { inEnc, inPpt } from "./passthru.js";
import { ENC_ALGO, ENC_KEY, ENC_SERIALIZER, PPT_CIPHER, PPT_KEYID, PPT_SCHEME, PPT_SERIALIZER, } from "./table.js";
/** Adds the application payload to a class. Apply it once for each category, after `withForwardFor`. */
export function withAppPayload(Base) {
    if (typeof Base !== 'function' || Base.prototype === undefined)
        throw wrongArgument('withAppPayload', 'a class', Base);
    class AppPayload extends Base {
        get args() {
            return payloadOf(this).readArgs();
        }
        set args(args) {
            setPayload(this, args, this.kwargs, this.payload);
        }
        get kwargs() {
            return payloadOf(this).readKwargs();
        }
        set kwargs(kwargs) {
            setPayload(this, this.args, kwargs, this.payload);
        }
        get payload() {
            return payloadOf(this).readOpaque();
        }
        set payload(payload) {
            setPayload(this, this.args, this.kwargs, payload);
        }
        get rawPayload() {
            return rawOf(payloadOf(this));
        }
        get payloadView() {
            return viewOfPayload(payloadOf(this));
        }
        get enc_algo() {
            return text(this, ENC_ALGO);
        }
        set enc_algo(value) {
            write(this, ENC_ALGO, value);
        }
        get enc_key() {
            return text(this, ENC_KEY);
        }
        set enc_key(value) {
            write(this, ENC_KEY, value);
        }
        get enc_serializer() {
            return text(this, ENC_SERIALIZER);
        }
        set enc_serializer(value) {
            write(this, ENC_SERIALIZER, value);
        }
        get ppt_scheme() {
            return text(this, PPT_SCHEME);
        }
        set ppt_scheme(value) {
            write(this, PPT_SCHEME, value);
        }
        get ppt_serializer() {
            return text(this, PPT_SERIALIZER);
        }
        set ppt_serializer(value) {
            write(this, PPT_SERIALIZER, value);
        }
        get ppt_cipher() {
            return text(this, PPT_CIPHER);
        }
        set ppt_cipher(value) {
            write(this, PPT_CIPHER, value);
        }
        get ppt_keyid() {
            return text(this, PPT_KEYID);
        }
        set ppt_keyid(value) {
            write(this, PPT_KEYID, value);
        }
        toPpt() {
            return inPpt(this);
        }
        toEnc() {
            return inEnc(this);
        }
        validatePayloadAttributes() {
            checkPayloadRules(this, 'strict');
        }
    }
    return AppPayload;
}
function payloadOf(message) {
    return message._payload ?? NO_PAYLOAD;
}
function text(message, field) {
    return readOption(message, field);
}
function write(message, field, value) {
    writeOption(message, field, value);
    // The dialect of an opaque payload follows from ppt_scheme.
    if (field === PPT_SCHEME && payloadOf(message).isOpaque()) {
        setPayload(message, null, null, payloadOf(message).opaqueBytes());
    }
}
function checkArguments(args, kwargs) {
    if (args != null && !Array.isArray(args))
        throw new TypeError(`expected a list for args, got ${nameOf(args)}`);
    if (kwargs != null && !isDict(kwargs)) {
        throw new TypeError(`expected a dictionary for kwargs, got ${nameOf(kwargs)}`);
    }
}
/** Replaces the payload; messages that share the old one do not see it. */
export function setPayload(message, args, kwargs, payload) {
    checkArguments(args, kwargs);
    if (payload != null && !isBytes(payload)) {
        throw new TypeError(`expected a Uint8Array for payload, got ${nameOf(payload)}`);
    }
    if (payload != null && !isAttached(payload))
        throw new TypeError('payload: its buffer was detached');
    if (payload != null && (args != null || kwargs != null)) {
        throw new PayloadRuleError('PAYLOAD_RULE', 'payload excludes args and kwargs', { path: 'payload' });
    }
    const target = message;
    change(target);
    const mode = readOption(target, PPT_SCHEME) === null ? 2 : 3;
    target._payload = builtPayload(args ?? null, kwargs ?? null, payload ?? null, mode);
}
/**
 * Throws PayloadRuleError unless: enc_* describe an opaque payload, and enc_key and enc_serializer come with enc_algo.
 * Strict: an opaque payload has all three or is in the ppt_* dialect.
 */
export function checkPayloadRules(message, rules) {
    // Nothing describes a payload that was built without options.
    const { _options, _frame } = message;
    if (_options === null && _frame == null && rules === 'interop')
        return;
    const algo = text(message, ENC_ALGO);
    const key = text(message, ENC_KEY);
    const serializer = text(message, ENC_SERIALIZER);
    const broken = (path, rule) => new PayloadRuleError('PAYLOAD_RULE', rule, {
        path,
        messageType: message.table?.code ?? null,
    });
    if (algo === null && key !== null)
        throw broken('enc_key', 'enc_key needs enc_algo');
    if (algo === null && serializer !== null)
        throw broken('enc_serializer', 'enc_serializer needs enc_algo');
    const payload = payloadOf(message);
    // Not its bytes: JSON has to decode them.
    const isOpaque = payload.isOpaque();
    if (algo !== null && !isOpaque)
        throw broken('enc_algo', 'enc_algo needs a payload');
    if (rules === 'interop' || !isOpaque || text(message, PPT_SCHEME) !== null)
        return;
    if (algo === null || key === null || serializer === null) {
        const missing = algo === null ? 'enc_algo' : key === null ? 'enc_key' : 'enc_serializer';
        throw broken(missing, `a payload needs enc_algo, enc_key and enc_serializer: ${missing} is missing`);
    }
}
/** The options of the mixin, by field number from ENC_ALGO on. */
const OPTIONS = [
    'enc_algo',
    'enc_key',
    'enc_serializer',
    'ppt_scheme',
    'ppt_serializer',
    'ppt_cipher',
    'ppt_keyid',
];
/**
 * For constructors: gives the mixin its slots, and the payload and options that the attributes hold. Throws TypeError
 * for a value of the wrong type and PayloadRuleError for attributes that contradict each other.
 */
export function initAppPayload(message, attributes) {
    if (!isObject(message))
        throw wrongArgument('initAppPayload', 'a message', message);
    if (!isObject(attributes))
        throw wrongArgument('initAppPayload', 'an object with attributes', attributes);
    const target = message;
    target._options ??= null;
    target._payload ??= NO_PAYLOAD;
    // Classes with a table have written all their options already.
    if (target.table === undefined) {
        for (const [i, name] of OPTIONS.entries())
            writeOption(target, ENC_ALGO + i, attributes[name]);
    }
    const { args, kwargs, payload, rawPayload } = attributes;
    if (target._options === null && payload == null && rawPayload == null) {
        // Nothing to agree with: the usual message.
        checkArguments(args, kwargs);
        target._payload = builtPayload(args ?? null, kwargs ?? null, null, 2);
        return;
    }
    if (rawPayload != null) {
        if (args != null || kwargs != null || payload != null) {
            throw new PayloadRuleError('PAYLOAD_RULE', 'rawPayload excludes args, kwargs and payload', {
                path: 'rawPayload',
            });
        }
        target._payload = payloadOfRaw(rawPayload);
    }
    else if (args != null || kwargs != null || payload != null) {
        setPayload(message, args, kwargs, payload);
    }
    checkPayloadRules(message, 'interop');
}
/** True for the 7 messages that carry an application payload. */
export function hasAppPayload(message) {
    return isObject(message) && 'validatePayloadAttributes' in message;
}
