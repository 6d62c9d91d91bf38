/**
 * Frame -> message: one call of the kernel, then a message whose attributes are spans of the frame. What the kernel
 * leaves to the façade (closed sets, roles, rules across attributes) is checked here, before anybody sees the message.
 */
import { nameOf } from "../arguments.js";
import { PayloadRuleError, ProtocolError } from "../errors.js";

import { acceptance } from "../kernel/kernel.js";
import { attributeRules } from "../payload/format.js";
import { copyOf } from "../payload/output.js";
import { NO_PAYLOAD, Payload, } from "../payload/payload.js";
import { Counters } from "../stats.js";
import { complaintOf } from "./check.js";
import { construct } from "./classes.js";
import { setOption } from "./derive.js";
import { isGoodInList } from "./kinds.js";
import { Received } from "./message.js";
import { NO_INDEX, unknownKeys } from "./options.js";
import { problem, refusalOf } from "./refusal.js";
import { brokenRule, uriPattern } from "./rules.js";
import { ENC_ALGO, ENC_KEY, ENC_SERIALIZER } from "./table.js";
import { TABLES } from "./tables.js";
import { isUri, isUriClass } from "./uri.js";
import { checkPayloadRules, hasAppPayload } from "./with-app-payload.js";
/** Decodes frames for one codec. */
export class Receiver {
    constructor(kernel, policy) {
        this.kernel = kernel;
        this.policy = policy;
        this.attributes = attributeRules(policy);
        this.counters = new Counters();
        this.received = new Received();
        this.scanFlags = (policy.payloadValidation === 'deferred' ? 1 : 0) | acceptance(policy);
        this.exactUri = policy.uri === 'strict' ? 8 : 1;
        this.eagerValues = policy.duplicateKeys === 'refuse' || policy.integers === 'number';
    }
    /**
     * The message in `length` bytes at `base` of `bytes`. The kernel's input window holds the bytes already, this frame
     * `at` bytes from its start. A frame that is no list has a `reader` for its attributes; `format` is that of args and
     * kwargs then. Throws ProtocolError or one of its children, and nothing else.
     */
    receive(format, bytes, base, length, at, reader = null) {
        const { kernel, received, policy } = this;
        const status = reader === null
            ? kernel.scan(at, length, format.id, this.scanFlags, policy)
            : kernel.scanFlatBuffers(at, length, format.id, this.scanFlags, policy);
        if (status !== 0)
            throw this.refused(status, format, reader, base, at);
        const { words, record } = kernel;
        const frame = new Payload(bytes, base, length, format, this, words, record, reader);
        frame.loads = frame.headLoads = kernel.loads;
        frame.loadedAt = at;
        const form = words[record + 1];
        received.first = kernel.ids[kernel.firstId];
        received.second = kernel.ids[kernel.firstId + 1];
        received.requestType = words[record + 4];
        received.ref = words[record + 5];
        received.text = readText(kernel, frame, received.ref, form);
        const entries = words[record + 3];
        received.index = entries === 0 ? NO_INDEX : kernel.readIndex(entries);
        received.frame = frame;
        const flags = words[record + 2];
        const message = construct(form, received);
        received.frame = NO_PAYLOAD;
        const classes = words[record + 8];
        if ((classes & this.exactUri) === 0 && frame.textEnd !== frame.textStart)
            this.checkUri(message, form, classes);
        if ((flags & (2 | 1)) !== 0)
            this.checkMeaning(message, frame, flags);
        else if (reader !== null && frame.mode === 2)
            this.checkFlatEnc(message);
        if (this.eagerValues && frame.mode !== 4)
            this.readValues(frame);
        return message;
    }
    /** Checks the payload that a deferred decode left alone. */
    check(payload) {
        const { kernel, policy } = this;
        const { length, format, base } = payload;
        const flags = acceptance(policy);
        const isNew = payload.makeResident(kernel);
        const { loadedAt, reader } = payload;
        let status = 65;
        if (reader !== null)
            status = kernel.scanFlatBuffers(loadedAt, length, format.id, 0, policy);
        else if (!isNew && !this.eagerValues)
            status = kernel.scan(loadedAt, length, format.id, flags | 8, policy);
        // What is wrong with a list, and of which message, says the scan of all of it.
        if (status !== 0 && reader === null)
            status = kernel.scan(loadedAt, length, format.id, flags, policy);
        if (status !== 0)
            throw this.refused(status, format, reader, base, loadedAt);
        payload.found(kernel.words, kernel.record);
        if (this.eagerValues)
            this.readValues(payload);
    }
    /** The same in the pass that transcodes, for lists and what is not rare; see PayloadContext. */
    checkInto(payload, format) {
        const { kernel, policy } = this;
        if (this.eagerValues || payload.reader !== null || format.id === 6)
            return null;
        const rest = payload.makeResident(kernel) ? 0 : 8;
        const flags = rest | acceptance(policy) | (policy.tags === 'tagged' ? 2 : 0);
        const { loadedAt, length } = payload;
        const from = payload.format.id;
        const status = kernel.scanTranscoding(loadedAt, length, from, format.id, flags, policy);
        if (status !== 0)
            return null;
        const { words, record } = kernel;
        payload.found(words, record);
        if (payload.mode !== 1)
            return null;
        const { outStart } = kernel;
        const middle = kernel.input + words[record + 24];
        // Empty kwargs may have come that count for nothing.
        const end = payload.kwargsEnd > payload.kwargsStart ? kernel.outEnd : middle;
        return { format, bytes: copyOf(kernel.bytes, outStart, end), argsEnd: middle - outStart };
    }
    /** Decodes args and kwargs now, so that what the policy refuses is refused. */
    readValues(payload) {
        try {
            payload.readArgs();
            payload.readKwargs();
        }
        catch (error) {
            // Nobody may have it at the second try either.
            payload.mode = 4;
            payload.args = payload.kwargs = undefined;
            if (!(error instanceof ProtocolError))
                throw error;
            // The decoder of values does not know whose they are.
            const text = error.message.replace(/^.*?: | \(byte \d+\)$/g, '');
            throw this.broken(error.code, text, payload, 'payload', (error.offset ?? 0) - payload.base);
        }
    }
    checkUri(message, form, classes) {
        const table = TABLES[form];
        const position = table?.positions.find(({ kind }) => kind === 'uri' || kind === 'realm');
        if (table === undefined || position === undefined)
            return;
        const rules = this.policy.uri;
        const match = table.name === 'REGISTER' ? message.match : 'exact';
        if (isUriClass(classes, rules, uriPattern(table, match)))
            return;
        const { attribute } = position;
        const frame = message._frame;
        const received = message[attribute];
        throw this.broken('BAD_URI', `expected a URI by the ${rules} rules for ${attribute}, got ${nameOf(received)}`, frame, attribute, frame.textStart);
    }
    /** Closed sets, roles, URIs in options, and the rules that need more than one attribute. */
    checkMeaning(message, frame, flags) {
        const { table, _index: index } = message;
        const values = message;
        for (let i = 0; i < index.length; i += 3) {
            const field = index[i] & 0xff;
            const option = table.options[field];
            if (option === undefined)
                continue;
            const value = values[option.attribute];
            // The kernel knows the enumerations of the schema, which are not those of the lists.
            if (frame.reader !== null && option.kind !== 'uri' && option.kind !== 'interruptMode')
                continue;
            if (value === '' && isMode(option.kind) && this.policy.peers === 'lenient') {
                setOption(message, field, null);
                continue;
            }
            const isEnc = table.category === 4 && field >= ENC_ALGO && field <= ENC_SERIALIZER;
            const good = option.kind === 'uri'
                ? typeof value === 'string' && isUri(value, this.policy.uri)
                : (isEnc && value === null) || isGoodInList(option.kind, value);
            if (good)
                continue;
            const code = option.kind === 'uri' ? 'BAD_URI' : 'BAD_MESSAGE';
            const { text, path } = complaintOf(option.kind, option.attribute, value, true);
            throw this.broken(code, text, frame, path, index[i + 1]);
        }
        const broken = brokenRule(table, (name) => {
            // The reference peer never writes roles in FlatBuffers, nor do the official vectors have them.
            return name === 'roles' && frame.reader !== null ? NO_ROLES : values[name];
        });
        if (broken !== null) {
            const { attribute, rule } = broken;
            throw this.broken('BAD_MESSAGE', rule, frame, attribute, this.startOf(message, frame, attribute));
        }
        if ((flags & 1) !== 0 && this.policy.unknownKeys === 'refuse')
            this.refuseCustom(message, frame);
        if (frame.mode !== 2)
            return;
        if (frame.reader !== null)
            this.checkFlatEnc(message);
        else if (hasAppPayload(message))
            this.checkEnc(message);
    }
    /** The reference peer loses a custom enc_algo in FlatBuffers, and keeps what needs it. */
    checkFlatEnc(message) {
        if (this.policy.payloadRules === 'strict')
            this.checkEnc(message);
    }
    checkEnc(message) {
        try {
            checkPayloadRules(message, this.policy.payloadRules);
        }
        catch (error) {
            if (!(error instanceof PayloadRuleError))
                throw error;
            const frame = message._frame;
            const at = message._index.findIndex((entry, i) => i % 3 === 0 && isEncField(entry & 0xff));
            const offset = at < 0 ? frame.argsStart : message._index[at + 1];
            throw this.broken('PAYLOAD_RULE', error.message, frame, error.path ?? 'payload', offset);
        }
    }
    refuseCustom(message, frame) {
        const at = message._index.findIndex((entry, i) => i % 3 === 0 && (entry & 0xff) === 83);
        const start = message._index[at + 1];
        const all = frame.decodeAttribute(start, message._index[at + 2]);
        const [key] = Object.keys(unknownKeys(message.table, all, 'keep') ?? {});
        throw this.broken('FORBIDDEN_KEY', `${JSON.stringify(key)} is no key of ${message.table.name}`, frame, key ?? '', start);
    }
    /** Bytes from the start of the message to an attribute, or to the dictionary that lacks it. */
    startOf({ table, _index: index }, frame, attribute) {
        const field = table.options.findIndex((option) => option.attribute === attribute);
        const at = index.findIndex((entry, i) => i % 3 === 0 && (entry & 0xff) === field);
        if (at >= 0)
            return index[at + 1];
        if (frame.reader !== null)
            return 0;
        // The kernel tells where everything is only when it is asked for a trace.
        const { kernel, policy, scanFlags } = this;
        frame.makeResident(kernel);
        kernel.scan(frame.loadedAt, frame.length, frame.format.id, scanFlags | 4, policy);
        const position = table.positions.findIndex(({ kind }) => kind.startsWith('options'));
        const fields = [83, 64 + 1 + position];
        const trace = kernel.readIndex(kernel.words[kernel.record + 3]);
        const dictionary = trace.findIndex((entry, i) => i % 3 === 0 && fields.includes(entry & 0xff));
        return dictionary < 0 ? 0 : trace[dictionary + 1];
    }
    /** The error for what the kernel has just refused: `at` bytes from the start of its window, `base` in the frame. */
    refused(status, format, reader, base, at) {
        const { kernel, policy } = this;
        const list = reader === null ? { format, at } : null;
        return refusalOf(kernel, status, reader?.name ?? format.name, policy, base, list);
    }
    broken(code, text, frame, path, offset) {
        return problem(this.kernel, code, text, frame.frameFormat, frame.base + offset, path);
    }
}
function isMode(kind) {
    return kind === 'cancelMode' || kind === 'interruptMode';
}
function isEncField(field) {
    return field === ENC_ALGO || field === ENC_KEY || field === ENC_SERIALIZER;
}
const NO_ROLES = {};
/** The URI or text position: an interned URI is decoded only the first time. */
function readText(kernel, frame, ref, form) {
    if (ref >= 0) {
        const known = kernel.uriOf(ref);
        if (known !== undefined)
            return known;
    }
    if (frame.textEnd === frame.textStart)
        return null;
    const type = frame.reader === null ? null : flatTextType(form);
    const text = frame.decodeAttribute(frame.textStart, frame.textEnd, 0, type);
    if (ref >= 0)
        kernel.rememberUri(ref, text);
    return text;
}
/** The type of the text position of a form in FlatBuffers: text, except for the method of CHALLENGE. */
export function flatTextType(form) {
    return TABLES[form]?.name === 'CHALLENGE' ? 'AuthMethod' : 'string';
}
