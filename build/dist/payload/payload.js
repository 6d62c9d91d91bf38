/**
 * The application payload of a message, and the bytes of the frame that it came in: one object, shared by every
 * message that is derived from that frame. A payload is decoded when somebody reads it and at no other time.
 */
import { releasedFrame, WampCodecError } from "../errors.js";

import { decodeChecked, decodeResident, NOT_RESIDENT } from "./decode-checked.js";
import { canDirect, NOT_DIRECT, readDirect } from "./direct.js";
import { ARGS, KWARGS } from "./direct-keys.js";
import { exactRules, JSON_FORMAT } from "./format.js";
import { canHydrate } from "./hydrate.js";
import { Tagged } from "./values.js";
/** The record of payloads that no kernel has seen: all zero. */
const NO_RECORD = new Int32Array(26);
/** A received payload with its frame, or one that the application built (`bytes` is null then). */
export class Payload {
    /** `words` from `record` on are the kernel's record; what the application builds has an empty one. */
    constructor(bytes, base, length, format, context, words = NO_RECORD, record = 0, reader = null) {
        this.bytes = bytes;
        this.base = base;
        this.length = length;
        this.format = format;
        this.context = context;
        this.reader = reader;
        this.mode = words[record + 9];
        this.plainJson = (words[record + 2] & 4) !== 0;
        this.wideTexts = words[record + 25];
        this.textStart = words[record + 6];
        this.textEnd = words[record + 7];
        this.argsStart = words[record + 10];
        this.argsEnd = words[record + 11];
        this.kwargsStart = words[record + 12];
        this.kwargsEnd = words[record + 13];
        this.args = undefined;
        this.kwargs = undefined;
        this.opaque = undefined;
        this.isDecoded = false;
        this.transcoded = null;
        this.loads = this.headLoads = -1;
        this.loadedAt = 0;
    }
    /** Takes over what a later check of the payload has found. */
    found(words, record) {
        this.mode = words[record + 9];
        this.plainJson = (words[record + 2] & 4) !== 0;
        this.wideTexts = words[record + 25];
        this.argsStart = words[record + 10];
        this.argsEnd = words[record + 11];
        this.kwargsStart = words[record + 12];
        this.kwargsEnd = words[record + 13];
    }
    /**
     * The frame's bytes, for reading. Throws WampCodecError RELEASED when they are gone: the buffer of a borrowed frame
     * was detached or shrunk. Everything below that looks at a byte gets them here.
     */
    source() {
        const bytes = this.bytes;
        if (bytes.length < this.base + this.length)
            throw releasedFrame(this.frameFormat);
        return bytes;
    }
    /** Checks what was deferred at decode. Everything below calls it before a byte is looked at. */
    ensureChecked() {
        if (this.mode === 4)
            this.context?.check(this);
    }
    readArgs() {
        if (this.args === undefined) {
            this.ensureChecked();
            const present = this.mode === 1 && this.argsEnd > this.argsStart;
            this.args = present ? this.decode(this.argsStart, this.argsEnd) : null;
        }
        else
            this.checkViews();
        return this.args;
    }
    readKwargs() {
        if (this.kwargs === undefined) {
            this.ensureChecked();
            const present = this.mode === 1 && this.kwargsEnd > this.kwargsStart;
            this.kwargs = present
                ? this.decode(this.kwargsStart, this.kwargsEnd)
                : null;
        }
        else
            this.checkViews();
        return this.kwargs;
    }
    /** Values that were read before may have views of the frame inside. */
    checkViews() {
        if (this.bytes !== null && this.context?.policy.binary === 'view')
            this.source();
    }
    /** args for another format: what plain values would lose is kept. Not remembered; the same as args when built. */
    exactArgs() {
        if (this.bytes === null)
            return this.readArgs();
        this.ensureChecked();
        return this.mode === 1 && this.argsEnd > this.argsStart
            ? this.decodeExact(this.argsStart, this.argsEnd)
            : null;
    }
    /** kwargs for another format. */
    exactKwargs() {
        if (this.bytes === null)
            return this.readKwargs();
        this.ensureChecked();
        const present = this.mode === 1 && this.kwargsEnd > this.kwargsStart;
        return present ? this.decodeExact(this.kwargsStart, this.kwargsEnd) : null;
    }
    /** The opaque payload, for the application: a view of the frame where the format allows it. */
    readOpaque() {
        const opaque = this.opaqueBytes();
        if (opaque !== null)
            this.countDecoded();
        return opaque;
    }
    /** The same for serializers: passing it on is no decoding. */
    opaqueBytes() {
        if (this.opaque === undefined) {
            this.ensureChecked();
            const present = this.mode === 2 || this.mode === 3;
            this.opaque = present ? this.decodeBytes() : null;
        }
        else if (this.bytes !== null)
            this.source();
        else if (this.opaque !== null && this.opaque.length < this.length) {
            throw new WampCodecError('RELEASED', 'payload: its buffer was detached or shrunk', { path: 'payload' });
        }
        return this.opaque;
    }
    /** True for opaque bytes, also when there are none of them. */
    isOpaque() {
        this.ensureChecked();
        return this.mode === 2 || this.mode === 3;
    }
    /** True for opaque bytes that are not empty. */
    hasOpaque() {
        if (!this.isOpaque())
            return false;
        // Base64 takes time, and JSON needs eight bytes to say that there are none. Other formats may take any number.
        if (this.format.name === 'json' && this.argsEnd - this.argsStart > LONGEST_EMPTY_JSON)
            return true;
        return this.opaqueBytes().length > 0;
    }
    /** The spans of the payload in its own format; null for one that the application built. */
    raw() {
        this.ensureChecked();
        if (this.bytes === null || this.mode === 0)
            return null;
        const { mode, format } = this;
        if (mode !== 1) {
            const opaque = this.opaqueBytes();
            return { format: format.name, mode: mode === 2 ? 'enc' : 'ppt', bytes: [opaque] };
        }
        const bytes = [];
        if (this.argsEnd > this.argsStart)
            bytes.push(this.span(this.argsStart, this.argsEnd));
        // Not one for all: its buffer is the application's to transfer.
        else
            bytes.push(new Uint8Array(0));
        if (this.kwargsEnd > this.kwargsStart)
            bytes.push(this.span(this.kwargsStart, this.kwargsEnd));
        return { format: format.name, mode: 'args', bytes };
    }
    /** A view of the frame. */
    span(start, end) {
        const bytes = this.source();
        return new Uint8Array(bytes.buffer, bytes.byteOffset + this.base + start, end - start);
    }
    /** Puts the frame into the kernel's input window, at `loadedAt`; false when it was there still. */
    makeResident(kernel) {
        if (this.loads === kernel.loads)
            return false;
        kernel.load(this.span(0, this.length));
        this.loads = kernel.loads;
        this.loadedAt = 0;
        return true;
    }
    /** Copies the frame out of whatever larger buffer it is a part of; every sharer sees the copy. */
    detach() {
        if (this.bytes === null) {
            // Bytes that the application gave: they may be a view of the frame of another message.
            if (this.opaque != null)
                this.opaque = new Uint8Array(this.opaque);
            return;
        }
        // A borrowed buffer is the caller's again after this, also one that the frame fills.
        const isOwn = this.context?.policy.ownership === 'copy';
        if (isOwn && this.bytes.buffer.byteLength === this.length)
            return;
        const copy = new Uint8Array(this.length);
        copy.set(this.span(0, this.length));
        this.rebase(copy);
        const twin = twins.get(this);
        if (twin !== undefined)
            twin.rebase(copy);
    }
    rebase(copy) {
        this.bytes = copy;
        this.base = 0;
        // An opaque payload is a view of the old buffer.
        if (this.opaque != null && (this.mode === 2 || this.mode === 3))
            this.opaque = undefined;
        // So may be bytes inside of args and kwargs.
        if (this.context?.policy.binary === 'view')
            this.args = this.kwargs = undefined;
    }
    /** Bytes of the buffer that this payload keeps alive. */
    get retainedBytes() {
        return this.bytes === null ? 0 : this.bytes.buffer.byteLength;
    }
    /** The name of the frame's format. */
    get frameFormat() {
        return this.reader === null ? this.format.name : this.reader.name;
    }
    /**
     * Decodes one option or position of the frame. `wireType` is what the index says of its type, `slotType` its type in
     * a schema, where the frame has one.
     */
    decodeAttribute(start, end, wireType = 0, slotType = null, floats = 'plain') {
        const { base, context } = this;
        const bytes = this.source();
        if (this.reader !== null && slotType !== null)
            return this.reader.read(this, start, slotType);
        const { attributes, kernel } = context;
        // The direct reader of CBOR takes undefined for null.
        const isForDirect = attributes.undefineds !== 'absent' || this.format.id !== 3;
        if (this.headLoads === kernel.loads && floats === 'plain' && isForDirect && canDirect(this.format.id)) {
            const { format } = this;
            const place = this.loadedAt + start;
            const value = readDirect(kernel, place, end - start, format.id, ARGS, ANY_TEXTS, attributes, bytes, base + start);
            if (value !== NOT_DIRECT)
                return value;
        }
        const rules = floats === 'plain' ? attributes : { ...attributes, floats };
        return this.format.decode(bytes, base + start, base + end, rules, wireType);
    }
    /** True when bytes of the frame look like `undefined`; they may be a part of another value. */
    holdsUndefined(start, end) {
        const { undefinedForm } = this.format;
        if (undefinedForm === undefined)
            return false;
        const bytes = this.span(start, end);
        for (let at = bytes.indexOf(undefinedForm[0]); at >= 0;) {
            if (undefinedForm.every((byte, i) => bytes[at + i] === byte))
                return true;
            at = bytes.indexOf(undefinedForm[0], at + 1);
        }
        return false;
    }
    countDecoded() {
        if (this.isDecoded)
            return;
        this.isDecoded = true;
        if (this.context !== null)
            this.context.counters.decodedPayloads++;
    }
    decode(start, end) {
        this.countDecoded();
        const { policy, kernel } = this.context;
        const { format, base, plainJson } = this;
        const bytes = this.source();
        const length = end - start;
        const isKwargs = start === this.kwargsStart;
        if (canHydrate(policy)) {
            let place = this.loadedAt + start;
            let { wideTexts } = this;
            let isChecked = true;
            if (this.loads !== kernel.loads) {
                // A borrowed frame may have been changed since the check.
                kernel.load(this.span(start, end));
                place = 0;
                isChecked = kernel.check(0, length, format.id, isKwargs ? 16 : 0, policy) === 0;
                wideTexts = kernel.words[kernel.record + 25];
            }
            const root = isKwargs ? KWARGS : ARGS;
            if (isChecked) {
                const value = decodeResident(kernel, place, length, format, root, wideTexts, policy, bytes, base + start);
                if (value !== NOT_RESIDENT)
                    return value;
            }
        }
        return untagged(decodeChecked(format, bytes, base + start, base + end, policy, plainJson));
    }
    decodeExact(start, end) {
        this.countDecoded();
        const { policy } = this.context;
        return untagged(this.format.decode(this.source(), this.base + start, this.base + end, exactRules(policy)));
    }
    decodeBytes() {
        if (this.reader !== null)
            return this.span(this.argsStart, this.argsEnd);
        const { policy } = this.context;
        const start = this.base + this.argsStart;
        // A tag around it means nothing, whatever the codec does with the tags inside of args.
        const rules = { ...policy, binary: 'view', tags: 'plain' };
        return this.format.decode(this.source(), start, this.base + this.argsEnd, rules);
    }
}
/** In place of a count of texts beyond ASCII: a later check counts those of the payload only. */
const ANY_TEXTS = 1;
/** Bytes of "\\u0000", which is an empty byte string in JSON. */
const LONGEST_EMPTY_JSON = 8;
/** Payloads that are the same bytes in two dialects: who detaches one detaches the other. */
const twins = new WeakMap();
/** The same opaque bytes in another dialect; the very payload when it is in that dialect already. */
export function inDialect(payload, mode) {
    if (payload.mode === mode)
        return payload;
    if (payload.bytes === null)
        return builtPayload(null, null, payload.opaqueBytes(), mode);
    const known = twins.get(payload);
    if (known !== undefined)
        return known;
    const { bytes, base, length, format, context, reader } = payload;
    const twin = new Payload(bytes, base, length, format, context, undefined, 0, reader);
    twin.mode = mode;
    twin.argsStart = payload.argsStart;
    twin.argsEnd = payload.argsEnd;
    twin.opaque = payload.opaque;
    twins.set(payload, twin);
    twins.set(twin, payload);
    return twin;
}
/** args and kwargs are a list and a dictionary, whatever tags stand before them. */
function untagged(value) {
    while (value instanceof Tagged)
        value = value.value;
    return value;
}
/** The payload of messages that have none; shared, and never written to. */
export const NO_PAYLOAD = emptyPayload();
function emptyPayload() {
    const payload = new Payload(null, 0, 0, JSON_FORMAT, null);
    payload.args = null;
    payload.kwargs = null;
    payload.opaque = null;
    Object.freeze(payload);
    return payload;
}
/** A payload that the application gives: args and kwargs, or opaque bytes. */
export function builtPayload(args, kwargs, opaque, mode) {
    if (args === null && kwargs === null && opaque === null)
        return NO_PAYLOAD;
    const payload = new Payload(null, 0, opaque?.length ?? 0, JSON_FORMAT, null);
    payload.mode = opaque === null ? 1 : mode;
    payload.args = args;
    payload.kwargs = kwargs;
    payload.opaque = opaque;
    return payload;
}
